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
}
