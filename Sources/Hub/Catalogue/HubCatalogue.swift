// The lists of the catalogues that every request sees, and what their entries carry.

import Execution

enum HubCatalogue {
  /// What the country version's companies can have, as it calls it.
  static let solutions = CatalogueListID(
    index: 0,
    shape: CatalogueShape(
      values: ["code", "name", "description", "launchUrl", "icon"], lists: ["plans"]))
  /// The form of the country version's companies.
  static let companyFields = CatalogueListID(
    index: 1,
    shape: CatalogueShape(
      values: ["name", "label", "required", "charactersMin", "charactersMax", "pattern"],
      lists: ["choices"]))
  /// What the country version's companies can connect.
  static let integrations = CatalogueListID(index: 2, shape: integrationShape)
  /// What is offered elsewhere: shown only where it is still connected.
  static let otherIntegrations = CatalogueListID(index: 3, shape: integrationShape)

  static let credentialFieldShape = CatalogueShape(
    values: ["name", "label", "secret", "required", "pattern"])
  static let settingFieldShape = CatalogueShape(values: ["name", "label", "kind", "pattern"])
  static let choiceShape = CatalogueShape(values: ["code", "label"])
  static let planShape = CatalogueShape(values: ["code", "name"])
  static let countryShape = CatalogueShape(values: ["code"])

  private static let integrationShape = CatalogueShape(
    values: ["code", "name", "description", "category", "documentationUrl"],
    lists: ["countries", "credentialFields", "settingFields"])
}
