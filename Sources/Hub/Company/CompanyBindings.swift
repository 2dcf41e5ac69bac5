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

func companyBindings(_ hub: HubServices) -> AreaBindings {
  AreaBindings(
    query: permitted(["company": .row(company)]),
    mutations: [updateCompany(hub)],
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
        "logoUrl": .column("logo_url"),
        "fields": .catalogue(HubCatalogue.companyFields),
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
      "CompanyField": [
        "name": .entry("name"),
        "label": .entry("label"),
        "required": .entry("required"),
      ],
      "UpdateCompanyPayload": [
        "company": .root(.row(company)),
        "consequences": .member,
        "userErrors": .member,
      ],
    ])
}
