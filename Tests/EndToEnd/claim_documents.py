"""What solutions report of companies: documents, companies with solutions, how a field stands."""

from service_tokens import service_token

REPORT = """
mutation ($input: ReportCompanyInput!) {
  reportCompany(input: $input) {
    fields { name value stands } userErrors { code message field currentValue } } }
"""
FIELDS = """
{ company { revision fields {
  name value source { kind solution name } since confirmedBy
  claims { solution name value reportedAt } } } }
"""


def tokens_of_solutions(hub):
    return {
        solution: service_token(hub, solution)[0]
        for solution in ["accounting", "invoicing", "payroll", "pos", "store"]
    }


def company_with(hub, *solutions, state="ACTIVE", country="CO"):
    """An administrator of a new company that has these solutions."""
    person = hub.person(country=country)
    trial = "now() + interval '1 day'" if state == "TRIAL" else "null"
    for solution in solutions:
        hub.sql(
            "insert into company_solution"
            " (tenant_id, solution, country_version, plan, state, trial_ends_at)"
            f" values ('{person.tenant}', '{solution}', '{country}', 'pro', '{state}', {trial})"
        )
    return person


def report(hub, token, company, at="2026-03-01T12:00:00Z", source=None, **fields):
    given = {"companyId": company, "reportedAt": at, "fields": fields}
    if source:
        given["source"] = source
    return hub.ask(REPORT, {"input": given}, token=token).data["reportCompany"]


def errors(payload):
    return [(error["code"], ".".join(error["field"])) for error in payload["userErrors"]]


def field(hub, person, name):
    fields = hub.ask(FIELDS, token=person.token).data["company"]["fields"]
    (found,) = [field for field in fields if field["name"] == name]
    return found
