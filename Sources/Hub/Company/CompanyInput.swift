// A coerced input comes in, or the value of one claim; the change of a company that it says leaves.

import Execution
import GraphQLTypes
import JSON

extension CompanyChange {
  init(_ input: InputObject) {
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

// MARK: Claims

extension CompanyChange {
  /// The change that takes a claim's value.
  /// - Parameter field: as in `company_claim.field`, such as `address.city`.
  init(ofClaim field: String, _ value: JSONValue) {
    let change = inputPath(field).reversed().reduce(inputValue(of: value)) { inner, name in
      .object(InputObject([InputObject.Field(name: name, value: inner)]))
    }
    self.init(change.objectValue ?? InputObject())
  }

  /// What a report says: null and blank say nothing, and empty no field.
  var withoutBlanks: CompanyChange {
    var said = self
    said.legalName = legalName.saying
    said.tradeName = tradeName.saying
    said.kindOfPerson = kindOfPerson.saying
    said.regime = regime.saying
    said.phone = phone.saying
    said.email = email.saying
    said.website = website.saying
    said.timezone = timezone.saying
    if case .cleared = decimalPrecision { said.decimalPrecision = .unchanged }
    switch identification {
    case .cleared: said.identification = .unchanged
    case .set(let number) where trimmed(number.number).isEmpty: said.identification = .unchanged
    case .unchanged, .set: break
    }
    switch address {
    case .cleared: said.address = .unchanged
    case .set(let parts): said.address = .set(parts.withoutBlanks)
    case .unchanged: break
    }
    return said
  }
}

extension AddressChange {
  fileprivate var withoutBlanks: AddressChange {
    var said = self
    said.description = description.saying
    said.street = street.saying
    said.exteriorNumber = exteriorNumber.saying
    said.interiorNumber = interiorNumber.saying
    said.neighborhood = neighborhood.saying
    said.city = city.saying
    said.municipality = municipality.saying
    said.district = district.saying
    said.region = region.saying
    said.postalCode = postalCode.saying
    return said
  }
}

extension Change<String> {
  fileprivate var saying: Change<String> {
    switch self {
    case .unchanged, .cleared: .unchanged
    case .set(let text): trimmed(text).isEmpty ? .unchanged : self
    }
  }
}

private func inputValue(of json: JSONValue) -> InputValue {
  switch json {
  case .string(let text): .string(text)
  case .number: json.intValue.map(InputValue.int) ?? .null
  case .object(let members):
    .object(
      InputObject(
        members.map { InputObject.Field(name: $0.name, value: inputValue(of: $0.value)) }))
  case .null, .bool, .array: .null
  }
}
