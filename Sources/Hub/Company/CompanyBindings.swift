// The section Empresa: what answers each field of Company.

import Execution

private let company = Section(
  "company",
  columns: [
    "tenant_id", "legal_name", "trade_name", "identification_type", "identification_number",
    "identification_check_digit", "kind_of_person", "regime", "address_description",
    "address_street", "address_exterior_number", "address_interior_number",
    "address_neighborhood", "address_city", "address_municipality", "address_district",
    "address_region", "address_postal_code", "phone", "email", "website", "currency_code",
    "timezone", "decimal_precision", "country_version", "logo_url", "revision", "updated_at",
    Column("currency_symbol", expression: "y.symbol"),
    Column(
      "address_presence",
      expression: """
        nullif(concat(c.address_description, c.address_street, c.address_exterior_number, \
        c.address_interior_number, c.address_neighborhood, c.address_city, \
        c.address_municipality, c.address_district, c.address_region, c.address_postal_code), '')
        """),
  ],
  alias: "c",
  from: "company c JOIN currency y ON y.code = c.currency_code WHERE c.tenant_id = $1",
  parameters: [.tenant])

/// What stands of each field of the form, by whose word, and what solutions say otherwise.
private let companyFields = Section(
  "company_fields",
  columns: [
    Column("path", expression: "f.path", isNeverNull: true),
    Column("value", expression: "f.value::text"),
    Column("source_kind", expression: "f.source_kind::text"),
    Column("solution", expression: "f.solution::text"),
    Column("solution_name", expression: "f.solution_name::text"),
    Column("since", expression: "f.since::timestamptz"),
    Column("confirmed_by", expression: "f.confirmed_by::text"),
    Column("claims", expression: "f.claims", isNeverNull: true),
  ],
  alias: "f",
  from: "company_fields($1, (SELECT reader_language())) AS f",
  parameters: [.tenant])

func companyBindings(_ hub: HubServices) -> AreaBindings {
  AreaBindings(
    query: permitted(["company": .row(company)]),
    mutations: [updateCompany(hub), adoptClaim(hub), reportCompany(hub)],
    objects: [
      "Company": [
        "id": .column("tenant_id"),
        "legalName": .column("legal_name"),
        "tradeName": .column("trade_name"),
        "identification": .embedded(presence: "identification_number"),
        "kindOfPerson": .column("kind_of_person"),
        "regime": .column("regime"),
        "address": .embedded(presence: "address_presence"),
        "phone": .column("phone"),
        "email": .column("email"),
        "website": .column("website"),
        "currency": .embedded(presence: nil),
        "timezone": .column("timezone"),
        "decimalPrecision": .column("decimal_precision"),
        "countryVersion": .column("country_version"),
        "logoUrl": .address(column: "logo_url", of: hub.publicURL),
        "fields": .root(
          .merged(
            Merge(
              offered: HubCatalogue.companyFields, section: companyFields, codeColumn: "path"))),
        "revision": .column("revision"),
        "updatedAt": .column("updated_at"),
      ],
      "Identification": [
        "type": .column("identification_type"),
        "number": .column("identification_number"),
        "checkDigit": .column("identification_check_digit"),
      ],
      "Address": [
        "description": .column("address_description"),
        "street": .column("address_street"),
        "exteriorNumber": .column("address_exterior_number"),
        "interiorNumber": .column("address_interior_number"),
        "neighborhood": .column("address_neighborhood"),
        "city": .column("address_city"),
        "municipality": .column("address_municipality"),
        "district": .column("address_district"),
        "region": .column("address_region"),
        "postalCode": .column("address_postal_code"),
      ],
      "Currency": [
        "code": .column("currency_code"),
        "symbol": .column("currency_symbol"),
      ],
      "UpdateCompanyPayload": [
        "company": .root(.row(company)),
        "consequences": .member,
        "userErrors": .member,
      ],
    ].merging(claimObjects) { bound, _ in bound })
}

private let claimObjects: [String: [String: FieldBinding]] = [
  "CompanyField": [
    "name": .entry("name"),
    "label": .entry("label"),
    "required": .entry("required"),
    "charactersMin": .entry("charactersMin"),
    "charactersMax": .entry("charactersMax"),
    "pattern": .entry("pattern"),
    "choices": .entryList("choices", HubCatalogue.choiceShape),
    "value": .column("value"),
    "source": .embedded(presence: "source_kind"),
    "since": .column("since"),
    "confirmedBy": .column("confirmed_by"),
    "claims": .objects(column: "claims"),
  ],
  "FieldChoice": ["code": .entry("code"), "label": .entry("label")],
  "FieldSource": [
    "kind": .column("source_kind"),
    "solution": .column("solution"),
    "name": .column("solution_name"),
  ],
  "CompanyClaim": [
    "solution": .member, "name": .member, "value": .member, "reportedAt": .member,
  ],
  "AdoptClaimPayload": ["company": .root(.row(company)), "userErrors": .member],
  "ReportCompanyPayload": ["fields": .member, "userErrors": .member],
  "ReportedField": ["name": .member, "value": .member, "stands": .member],
]
