// updateCompany: the fields that change come in, the company as it then stands leaves, or only what
// the change would bring about. The rules are those of the company's country version.

import Execution
import GraphQLTypes
import Postgres

let revisedCompany = RevisedTable(
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

let readCompanyStanding = PreparedStatement(
  """
  SELECT kind_of_person, identification_type, identification_number, identification_check_digit \
  FROM company WHERE tenant_id = $1
  """)

func updateCompany(_ hub: HubServices) -> Action {
  Action("updateCompany") { input, context in
    let member = try context.company()
    let language = member.language
    let rules = try hub.companyRules(of: member)
    let standing = try await context.prepare([
      Query(readCompanyStanding, [member.scope.tenant])
    ])[0]
    let change: CheckedChange
    do throws(RuleViolations) {
      change = try checkCompany(CompanyChange(input), of: CompanyStanding(standing), in: rules)
    } catch {
      return ActionOutcome(
        payload: ["consequences": json([], language)], userErrors: error.userErrors(language))
    }
    var consequences: [Consequence] = []
    let conflicts = try await revisedCompany.apply(
      change, since: input["revision"]?.intValue ?? 0, to: member.scope.tenant
    ) { queries in
      let performed = try await context.perform(queries, isRehearsal: input.isDryRun)
      consequences = performed.consequences
      return performed.rows
    }
    return ActionOutcome(
      payload: ["consequences": json(consequences, language)],
      userErrors: conflicts.map { $0.userError(language) })
  }
}

extension HubServices {
  /// The rules of the country version of the company that is asked in.
  func companyRules(of member: RequestContext) throws -> CountryVersionRules {
    guard let countryVersion = member.row["country_version"],
      let rules = catalogues.snapshot?.countryVersions[countryVersion]
    else { throw ActionRefusal.overloaded }
    return rules
  }
}

extension CompanyStanding {
  init(_ rows: Rows) {
    var identification: TaxIdentification?
    if let type = rows.string(0, 1), let number = rows.string(0, 2) {
      identification = TaxIdentification(
        type: type, number: number, checkDigit: rows.string(0, 3))
    }
    self.init(kindOfPerson: rows.string(0, 0), identification: identification)
  }
}
