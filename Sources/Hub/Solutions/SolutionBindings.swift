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

/// What each solution of the country version lacks of the company's data. A statement of its own,
/// so that who does not ask for it pays nothing.
private let requirements = Section(
  "solution_requirements",
  columns: [
    "solution", "path",
    Column(
      "label", expression: "coalesce(f.labels->>a.language, f.labels->>'es')", isNeverNull: true),
    Column(
      "reason", expression: "CASE WHEN v.value IS NULL THEN 'MISSING' ELSE 'NOT_ACCEPTED' END",
      isNeverNull: true),
    Column(
      "accepted",
      expression: """
        (SELECT coalesce(json_agg(json_build_object('code', value)), '[]') \
        FROM unnest(r.accepted) AS value)
        """, isNeverNull: true),
  ],
  alias: "r",
  from: """
    company c CROSS JOIN (SELECT reader_language() AS language) a \
    JOIN solution_requirement r ON r.country_version = c.country_version \
    JOIN form_field f ON f.country_version = r.country_version AND f.path = r.path \
    JOIN LATERAL company_values(c) v ON v.path = r.path \
    WHERE c.tenant_id = $1 AND (v.value IS NULL OR v.value <> ALL (r.accepted)) \
    ORDER BY f.position
    """,
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
        "plans": .entryList("plans", HubCatalogue.planShape),
        "trialEndsAt": .column("trial_ends_at"),
        "activatedAt": .column("activated_at"),
        "launchUrl": .entry("launchUrl"),
        "readiness": .rowsOfEntry(requirements, codeColumn: "solution"),
      ],
      "Plan": ["code": .entry("code"), "name": .entry("name")],
      "SolutionRequirement": [
        "field": .column("path"),
        "label": .column("label"),
        "reason": .column("reason"),
        "accepted": .objects(column: "accepted"),
      ],
      "AcceptedValue": ["code": .member],
      "SolutionPayload": [
        "solution": .root(.mergedNamed(solutions, member: "code")),
        "consequences": .member,
        "userErrors": .member,
      ],
    ])
}
