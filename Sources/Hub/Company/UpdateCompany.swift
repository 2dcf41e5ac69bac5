// updateCompany: the fields that change come in, the company as it then stands leaves, or only what
// the change would bring about. The rules are those of the company's country version.

import Execution
import GraphQLTypes
import Postgres

private let company = RevisedTable(
  table: "company", key: "tenant_id",
  columns: [
    "legalName": "legal_name", "tradeName": "trade_name",
    "identification.type": "identification_type",
    "identification.number": "identification_number",
    "identification.checkDigit": "identification_check_digit",
    "kindOfPerson": "kind_of_person", "regime": "regime",
    "address.description": "address_description", "address.street": "address_street",
    "address.exteriorNumber": "address_exterior_number",
    "address.interiorNumber": "address_interior_number",
    "address.neighborhood": "address_neighborhood", "address.city": "address_city",
    "address.municipality": "address_municipality", "address.district": "address_district",
    "address.region": "address_region", "address.postalCode": "address_postal_code",
    "phone": "phone", "email": "email", "website": "website", "timezone": "timezone",
    "decimalPrecision": "decimal_precision",
  ])

private let readStanding = PreparedStatement(
  """
  SELECT kind_of_person, identification_type, identification_number, identification_check_digit \
  FROM company WHERE tenant_id = $1
  """)

func updateCompany(_ hub: HubServices) -> Action {
  Action("updateCompany") { input, context in
    let member = try context.member()
    let language = member.language
    guard let countryVersion = member.row["country_version"],
      let rules = hub.catalogues.snapshot?.countryVersions[countryVersion]
    else { throw ActionRefusal.overloaded }
    let standing = try await context.write([Query(readStanding, [member.scope.tenant])])[0]
    let change: CheckedChange
    do throws(RuleViolations) {
      change = try checkCompany(CompanyChange(input), of: CompanyStanding(standing), in: rules)
    } catch {
      return ActionOutcome(
        payload: ["consequences": json([], language)], userErrors: error.userErrors(language))
    }
    var consequences: [Consequence] = []
    let conflicting = try await company.apply(
      change, since: input["revision"]?.intValue ?? 0, to: member.scope.tenant
    ) { queries in
      let performed = try await context.perform(queries, isRehearsal: input.isDryRun)
      consequences = performed.consequences
      return performed.rows
    }
    return ActionOutcome(
      payload: ["consequences": json(consequences, language)],
      userErrors: conflicts(conflicting, language))
  }
}

extension CompanyStanding {
  fileprivate init(_ rows: Rows) {
    var identification: TaxIdentification?
    if let type = rows.string(0, 1), let number = rows.string(0, 2) {
      identification = TaxIdentification(
        type: type, number: number, checkDigit: rows.string(0, 3))
    }
    self.init(kindOfPerson: rows.string(0, 0), identification: identification)
  }
}

extension CompanyChange {
  fileprivate init(_ input: InputObject) {
    self.init()
    legalName = input.text("legalName")
    tradeName = input.text("tradeName")
    identification = input.object("identification") { given in
      IdentificationChange(
        type: given["type"]?.text ?? "", number: given["number"]?.text ?? "",
        checkDigit: given["checkDigit"]?.text)
    }
    kindOfPerson = input.text("kindOfPerson")
    regime = input.text("regime")
    address = input.object("address") { AddressChange($0) }
    phone = input.text("phone")
    email = input.text("email")
    website = input.text("website")
    timezone = input.text("timezone")
    decimalPrecision = input.integer("decimalPrecision")
  }
}

extension AddressChange {
  fileprivate init(_ input: InputObject) {
    self.init()
    description = input.text("description")
    street = input.text("street")
    exteriorNumber = input.text("exteriorNumber")
    interiorNumber = input.text("interiorNumber")
    neighborhood = input.text("neighborhood")
    city = input.text("city")
    municipality = input.text("municipality")
    district = input.text("district")
    region = input.text("region")
    postalCode = input.text("postalCode")
  }
}
