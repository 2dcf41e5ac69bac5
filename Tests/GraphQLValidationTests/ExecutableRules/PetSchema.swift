// The schema that section 5 of the specification validates its examples against, and the one line
// per error in which the tests of the executable rules say what they expect.

import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation
import Testing

/// Section 5's type system, with the additions that its examples make on the way.
let petSchemaText = """
  type Query {
    dog: Dog
    findDog(searchBy: FindDogInput): Dog
    arguments: Arguments
    pet: Pet
    catOrDog: CatOrDog
    human: Human
    booleanList(booleanListArg: [Boolean!]): Boolean
    addPet(pet: PetInput): Pet
    addPets(pets: [PetInput!]): Pet
    anything(value: Anything): String
    matrix(rows: [[Int]]): Int
  }
  type Mutation { addPet(pet: PetInput!): Pet }
  type Subscription { newMessage: Message disallowedSecondRootField: Boolean }
  type Message { body: String sender: String }
  enum DogCommand { SIT DOWN HEEL }
  type Dog implements Pet {
    name: String!
    nickname: String
    barkVolume: Int
    doesKnowCommand(dogCommand: DogCommand!): Boolean!
    isHouseTrained(atOtherHomes: Boolean): Boolean!
    owner: Human
    extras: [Extra!]
  }
  interface Sentient { name: String! }
  interface Pet { name: String! }
  interface Resource { name: String! }
  type Alien implements Sentient { name: String! homePlanet: String }
  type Human implements Sentient { name: String! pets: [Pet!] }
  enum CatCommand { JUMP }
  type Cat implements Pet {
    name: String!
    nickname: String
    doesKnowCommand(catCommand: CatCommand!): Boolean!
    meowVolume: Int
    owner: Human!
    extras: [String!]
  }
  union CatOrDog = Cat | Dog
  union DogOrHuman = Dog | Human
  union HumanOrAlien = Human | Alien
  type Extra { string: String }
  input FindDogInput { name: String owner: String }
  input CatInput { name: String! nickname: String meowVolume: Int }
  input DogInput { name: String! nickname: String = "Fido" barkVolume: Int! = 1 }
  input PetInput @oneOf { cat: CatInput dog: DogInput name: String }
  scalar Anything
  type Arguments {
    multipleRequirements(x: Int!, y: Int!): Int!
    booleanArgField(booleanArg: Boolean): Boolean
    floatArgField(floatArg: Float): Float
    intArgField(intArg: Int): Int
    stringArgField(stringArg: String): String
    idArgField(idArg: ID): ID
    nonNullBooleanArgField(nonNullBooleanArg: Boolean!): Boolean!
    booleanListArgField(booleanListArg: [Boolean]!): [Boolean]
    optionalNonNullBooleanArgField(optionalBooleanArg: Boolean! = false): Boolean!
  }
  directive @delegateField(name: String!) repeatable on OBJECT | INTERFACE
  directive @onQuery on QUERY
  directive @repeated(times: Int) repeatable on FIELD
  directive @onVariable on VARIABLE_DEFINITION
  """

func schema(_ text: String) throws -> Schema {
  Schema(assembling: [try parse(Source(text))])
}

let petSchema: Result<Schema, any Error> = Result { try schema(petSchemaText) }

/// Each error of one rule as `line:column line:column message`.
func breaches(
  of rule: String, in document: String, against schema: Schema? = nil,
  limits: ValidationLimits = ValidationLimits()
) throws -> [String] {
  let source = Source(document)
  let parsed = try parse(source)
  let lines = LineIndex(source)
  do throws(ValidationErrors) {
    _ = try validate(parsed, against: schema ?? petSchema.getOrEmpty(), limits: limits)
    return []
  } catch {
    return error.errors.filter { $0.rule == rule }.map { error in
      let places = error.locations.map { range in
        let location = lines.location(of: range)
        return "\(location.line):\(location.column)"
      }
      return (places + [error.message]).joined(separator: " ")
    }
  }
}

extension Result where Success == Schema {
  /// The schema, or one without types, against which every test of a rule fails with its errors.
  func getOrEmpty() -> Schema {
    switch self {
    case .success(let schema): schema
    case .failure: Schema.builtIn
    }
  }
}

/// A document and what one rule says of it.
struct RuleCase: Sendable, CustomTestStringConvertible {
  var document: String
  var expected: [String]

  init(_ document: String, _ expected: String...) {
    self.document = document
    self.expected = expected
  }

  var testDescription: String { document }
}
