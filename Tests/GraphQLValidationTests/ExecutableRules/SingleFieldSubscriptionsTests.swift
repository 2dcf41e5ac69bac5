// SingleFieldSubscriptions: section 5.2.4.1.

import Testing

@Suite("SingleFieldSubscriptions")
struct SingleFieldSubscriptionsTests {
  @Test(
    "a subscription has one root field, not of introspection, under no condition",
    arguments: [
      RuleCase("subscription sub { newMessage { body sender } }"),
      RuleCase(
        "subscription sub { ...F } fragment F on Subscription { newMessage { body sender } }"),
      RuleCase("subscription { newMessage { body } ... { newMessage { sender } } }"),
      RuleCase("subscription { newMessage { body } ... on Query { dog { name } } }"),
      RuleCase(
        "subscription sub { newMessage { body sender } disallowedSecondRootField }",
        "1:47 Subscription \"sub\" must select only one top level field."),
      RuleCase(
        "subscription { ...F } fragment F on Subscription { newMessage { body } "
          + "disallowedSecondRootField a: disallowedSecondRootField }",
        "1:72 1:98 Anonymous Subscription must select only one top level field."),
      RuleCase(
        "subscription { newMessage { body } a: newMessage { sender } }",
        "1:36 Anonymous Subscription must select only one top level field."),
      RuleCase(
        "subscription sub { __typename }",
        "1:20 Subscription \"sub\" must not select an introspection top level field."),
      RuleCase(
        "subscription sub { newMessage { body } __typename }",
        "1:40 Subscription \"sub\" must select only one top level field.",
        "1:40 Subscription \"sub\" must not select an introspection top level field."),
      RuleCase(
        "subscription ($bool: Boolean!) { newMessage @include(if: $bool) { body } "
          + "disallowedSecondRootField @skip(if: $bool) }",
        "1:45 1:100 Anonymous Subscription must not use `@skip` or `@include` directives in the "
          + "top level selection."),
      RuleCase(
        "subscription S { ...F } fragment F on Subscription { ... @skip(if: true) { newMessage { "
          + "body } } }",
        "1:58 Subscription \"S\" must not use `@skip` or `@include` directives in the top level "
          + "selection."),
      RuleCase("subscription { ...F } fragment F on Subscription { ...F newMessage { body } }"),
      RuleCase("query { dog { name } pet { name } }"),
    ])
  func rule(_ example: RuleCase) throws {
    #expect(try breaches(of: "SingleFieldSubscriptions", in: example.document) == example.expected)
  }

  @Test(
    "fragments of which none applies select no root field",
    arguments: [
      RuleCase("subscription { ... on Root { ... on Other { newMessage } } }"),
      RuleCase(
        "subscription { ... on Root { ... on Third { newMessage } } }",
        "1:30 Anonymous Subscription must select one top level field, but selects none."),
      RuleCase(
        "subscription S { ...F ...F } fragment F on Root { ...G ... on Room { newMessage } } "
          + "fragment G on Third { newMessage }",
        "1:51 1:56 Subscription \"S\" must select one top level field, but selects none."),
      RuleCase("subscription { ... on Root { newMessage ... on Third { another: newMessage } } }"),
      // The condition in what never applies is not met; that on it is.
      RuleCase(
        "subscription { newMessage ... on Root { ... on Third { newMessage @skip(if: true) } } }"),
      RuleCase(
        "subscription { newMessage ... on Root { ... on Third @skip(if: true) { newMessage } } }",
        "1:54 Anonymous Subscription must not use `@skip` or `@include` directives in the top "
          + "level selection."),
      // What another rule refuses says enough.
      RuleCase("subscription { ... on Query { a } }"),
      RuleCase("subscription { ...Missing ... on Root { ... on Third { newMessage } } }"),
      RuleCase("subscription { ...F } fragment F on Subscription { ...F }"),
    ])
  func noField(_ example: RuleCase) throws {
    let schema = try schema(
      """
      type Query { a: Int }
      interface Root { newMessage: Int } interface Other { newMessage: Int }
      interface Third { newMessage: Int }
      type Room implements Root & Third { newMessage: Int }
      type Subscription implements Root & Other { newMessage: Int }
      """)
    #expect(
      try breaches(of: "SingleFieldSubscriptions", in: example.document, against: schema)
        == example.expected)
  }
}
