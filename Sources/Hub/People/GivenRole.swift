// What an input says of a role comes in: the role in the company and those by solution. What leaves
// is in the database's form, checked against the codes there are; what the company's plans allow is
// for the database to say.

import Execution
import GraphQLTypes
import JSON
import SQL

/// A role to give somebody.
struct GivenRole {
  let role: String
  /// By the solution's code, `{"pos": "seller"}`; nil where the input says nothing of them.
  let solutionRoles: String?

  init(_ input: InputObject) throws(RuleViolations) {
    var check = ChangeCheck()
    check.text("role", input.text("role"), required: true) { typed throws(RuleViolation) in
      try offeredCode(typed, of: Role.all)
    }
    var members: [JSONMember] = []
    var named: Set<String> = []
    let given = input["solutionRoles"]?.listValue
    // Of more than there are, one is not there or stands twice.
    let isTooLong = (given?.count ?? 0) > solutionRolesMax
    if isTooLong { check.refuse("solutionRoles", .solutionNotFound) }
    for (index, element) in (isTooLong ? [] : given ?? []).enumerated() {
      let solution = element.objectValue?["solution"]?.text ?? ""
      let role = element.objectValue?["role"]?.text ?? ""
      if !named.insert(solution).inserted {
        check.refuse("solutionRoles.\(index).solution", .solutionNotFound)
      } else if !Role.all.contains(role) {
        check.refuse("solutionRoles.\(index).role", .notOffered(offered: Role.all))
      }
      members.append(JSONMember(name: solution, value: .string(role)))
    }
    guard case .text(let role)? = try check.finish()["role"] else {
      throw RuleViolations([FieldViolation(.required, field: ["role"])])
    }
    self.role = role
    solutionRoles = given.map { _ in text(of: .object(members)) }
  }
}

/// Many times the solutions that there are.
private let solutionRolesMax = 100

/// Why the database refused to give a role; nil for an outcome that says nothing of it.
func refusedRole(_ outcome: String?, _ member: RequestContext) -> ActionOutcome? {
  switch outcome {
  case "role_not_in_plan": member.refused(.roleNotInPlan, "role")
  case "solution_role_not_in_plan": member.refused(.roleNotInPlan, "solutionRoles")
  case "solution_not_found": member.refused(.solutionNotFound, "solutionRoles")
  case _: nil
  }
}

private func text(of value: JSONValue) -> String {
  var writer = JSONWriter()
  writer.value(value)
  return String(decoding: writer.bytes, as: UTF8.self)
}
