// What a country version demands of a company's data, as the catalogue tells it.

/// The rules of one country version.
package struct CountryVersionRules: Hashable, Sendable {
  package let code: String
  /// By path, such as `address.city`. What is not here does not exist in the version.
  package let form: [String: FormField]
  /// In the order in which they are offered.
  package let identificationTypes: [TaxIdentificationType]
  package let regimes: [String]
  package let kindsOfPerson: [String]
  package let decimalPrecisionMax: Int
  /// The digits behind `+`; nil where the version is no single country's.
  package let phoneCode: String?
  /// The names of the time zones that the database knows.
  package let timezones: Set<String>

  package init(
    code: String, form: [String: FormField], identificationTypes: [TaxIdentificationType],
    regimes: [String], kindsOfPerson: [String], decimalPrecisionMax: Int, phoneCode: String?,
    timezones: Set<String>
  ) {
    self.code = code
    self.form = form
    self.identificationTypes = identificationTypes
    self.regimes = regimes
    self.kindsOfPerson = kindsOfPerson
    self.decimalPrecisionMax = decimalPrecisionMax
    self.phoneCode = phoneCode
    self.timezones = timezones
  }
}

/// A field of a country version's form.
package struct FormField: Hashable, Sendable {
  package let required: Bool
  /// Nil: one.
  package let charactersMin: Int?
  /// Nil: what the column holds.
  package let charactersMax: Int?
  /// Of the whole value.
  package let pattern: ValuePattern?

  package init(
    required: Bool, charactersMin: Int? = nil, charactersMax: Int? = nil,
    pattern: ValuePattern? = nil
  ) {
    self.required = required
    self.charactersMin = charactersMin
    self.charactersMax = charactersMax
    self.pattern = pattern
  }
}
