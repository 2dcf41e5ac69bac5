// The section Soluciones: the catalogue of the country version, met with what the company has.

import Execution

private let companySolutions = Section(
  "company_solutions",
  columns: [
    "solution", "plan", "trial_ends_at", "activated_at",
    Column(
      "status", expression: "solution_status(s.state, s.trial_ends_at, now())", isNeverNull: true),
  ],
  alias: "s",
  from: "company_solution s WHERE s.tenant_id = $1 AND s.state <> 'INACTIVE'",
  parameters: [.tenant])

func solutionBindings() -> AreaBindings {
  let solutions = Merge(
    offered: HubCatalogue.solutions, section: companySolutions, codeColumn: "solution",
    filters: [.column("status", absent: "AVAILABLE", argument: "status")])
  return AreaBindings(
    query: permitted([
      "solutions": .merged(solutions),
      "solution": .mergedOne(solutions, argument: "code"),
    ]),
    mutations: [activateSolution(), deactivateSolution(), changePlan()],
    objects: [
      "Solution": [
        "code": .entry("code"),
        "name": .entry("name"),
        "description": .entry("description"),
        "status": .column("status", absent: "AVAILABLE"),
        "plan": .column("plan"),
        "trialEndsAt": .column("trial_ends_at"),
        "activatedAt": .column("activated_at"),
        "launchUrl": .entry("launchUrl"),
      ],
      "SolutionPayload": [
        "solution": .root(.mergedNamed(solutions, member: "code")),
        "consequences": .member,
        "userErrors": .member,
      ],
    ])
}
