// An expected format enters, the sentence that shows it with an example leaves.

func text(for format: ExpectedFormat) -> LocalizedText {
  switch format {
  case .email:
    LocalizedText(
      es: "Escribe un correo válido, como ana@ejemplar.com.",
      en: "Enter a valid email address, such as ana@ejemplar.com.",
      pt: "Escreva um e-mail válido, como ana@ejemplar.com.")
  case .phone:
    LocalizedText(
      es: "Escribe el teléfono solo con números, como +57 601 555 0101.",
      en: "Enter the phone with digits only, such as +57 601 555 0101.",
      pt: "Escreva o telefone só com números, como +57 601 555 0101.")
  case .phoneWithCountryCode:
    LocalizedText(
      es: "Escribe el teléfono con el código del país, como +57 601 555 0101.",
      en: "Enter the phone with its country code, such as +57 601 555 0101.",
      pt: "Escreva o telefone com o código do país, como +57 601 555 0101.")
  case .url:
    LocalizedText(
      es: "Escribe la dirección completa del sitio, como https://www.ejemplar.com.",
      en: "Enter the full address of the site, such as https://www.ejemplar.com.",
      pt: "Escreva o endereço completo do site, como https://www.ejemplar.com.")
  case .timezone:
    LocalizedText(
      es: "Elige una zona horaria válida, como America/Bogota.",
      en: "Choose a valid time zone, such as America/Bogota.",
      pt: "Escolha um fuso horário válido, como America/Bogota.")
  case .country:
    LocalizedText(
      es: "Elige un país por su código de dos letras, como CO.",
      en: "Choose a country by its two-letter code, such as CO.",
      pt: "Escolha um país pelo código de duas letras, como CO.")
  case .identification(let label):
    LocalizedText(
      es: "El número no tiene la forma que se espera para \(label.es). Revísalo, por favor.",
      en: "The number does not have the form expected for \(label.en). Please check it.",
      pt: "O número não tem a forma esperada para \(label.pt). Confira-o, por favor.")
  case .rfcOfLegalEntity:
    LocalizedText(
      es: "El RFC de una persona moral tiene 12 caracteres, como EJE010203AB1.",
      en: "The RFC of a company has 12 characters, such as EJE010203AB1.",
      pt: "O RFC de uma pessoa jurídica tem 12 caracteres, como EJE010203AB1.")
  case .rfcOfPersonEntity:
    LocalizedText(
      es: "El RFC de una persona física tiene 13 caracteres, como EJEM010203AB1.",
      en: "The RFC of a person has 13 characters, such as EJEM010203AB1.",
      pt: "O RFC de uma pessoa física tem 13 caracteres, como EJEM010203AB1.")
  case .formField:
    LocalizedText(
      es: "Este dato no tiene la forma que se espera en tu país. Revísalo, por favor.",
      en: "This value does not have the form expected in your country. Please check it.",
      pt: "Este dado não tem a forma esperada no seu país. Confira-o, por favor.")
  case .integrationField:
    LocalizedText(
      es: "Este dato no tiene la forma que usa la integración. Cópialo de nuevo, por favor.",
      en: "This value does not have the form that the integration uses. Please copy it again.",
      pt: "Este dado não tem a forma que a integração usa. Copie-o novamente, por favor.")
  }
}
