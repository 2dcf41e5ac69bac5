// Google in the section Seguridad and at the sign-in: the mutations, and the words of each end that
// a journey can have.

import Execution
import JSON

func googleBindings(_ hub: HubServices) -> AreaBindings {
  AreaBindings(
    query: permitted(["googleOutcomes": .constant(.array(googleOutcomes))]),
    mutations: [startGoogle(hub), unlinkGoogle(hub), confirmUnlinkGoogle(hub)],
    objects: [
      "GoogleOutcome": ["code": .member, "isDone": .member, "messages": .member],
      "GoogleOutcomeMessage": ["language": .member, "text": .member],
      "StartGooglePayload": ["authorizationUrl": .member, "userErrors": .member],
    ])
}

private let googleOutcomes: [JSONValue] =
  [
    outcome(
      "SIGNED_IN", isDone: true,
      LocalizedText(es: "Iniciaste sesión.", en: "You are signed in.", pt: "Você entrou.")),
    outcome(
      "SIGNED_UP", isDone: true,
      LocalizedText(
        es: "Tu cuenta está lista.", en: "Your account is ready.", pt: "Sua conta está pronta.")),
    outcome(
      "LINKED", isDone: true,
      LocalizedText(
        es: "Tu cuenta está vinculada con Google.", en: "Your account is linked with Google.",
        pt: "Sua conta está vinculada ao Google.")),
    outcome(
      "REAUTHENTICATED", isDone: true,
      LocalizedText(
        es: "Confirmaste quién eres.", en: "You have confirmed who you are.",
        pt: "Você confirmou quem é.")),
    outcome("SECOND_FACTOR_REQUIRED", isDone: false, SecondFactorTexts.secondFactorRequired),
  ] + googleRefusals.map { outcome($0.code, isDone: false, text(for: $0)) }

private func outcome(_ code: String, isDone: Bool, _ text: LocalizedText) -> JSONValue {
  let messages = hubLanguages.map { language in
    JSONValue.object([
      JSONMember(name: "language", value: .string(language)),
      JSONMember(name: "text", value: .string(text.text(in: language))),
    ])
  }
  return .object([
    JSONMember(name: "code", value: .string(code)),
    JSONMember(name: "isDone", value: .bool(isDone)),
    JSONMember(name: "messages", value: .array(messages)),
  ])
}
