// What is done by the links of mails: signing up, a new password, another address.

import Execution

func accountBindings(_ hub: HubServices) -> AreaBindings {
  AreaBindings(
    mutations: [
      signUp(hub), confirmSignUp(hub), requestPasswordReset(hub), resetPassword(hub),
      changeEmail(hub), cancelEmailChange(), lookAtLink(hub), confirmEmail(hub),
      undoEmailChange(hub),
    ],
    objects: [
      "CheckYourMailPayload": ["checkYourMail": .member, "userErrors": .member],
      "AddressPayload": ["email": .member, "userErrors": .member],
      "LookAtLinkPayload": ["address": .member, "account": .member, "userErrors": .member],
      "ResetPasswordPayload": ["email": .member, "deviceToken": .member, "userErrors": .member],
    ])
}
