"""The documents by which a company's solutions come and go, and what is asked of them."""

import subprocess


SOLUTION = "code name status plan trialEndsAt activatedAt"
PAYLOAD = (
    "solution {" + SOLUTION + "} consequences { kind subject solution text }"
    " userErrors { code message field obstacles { kind id name role } }"
)
ACTIVATE = (
    "mutation ($input: ActivateSolutionInput!) { activateSolution(input: $input) {"
    + PAYLOAD + "} }"
)
DEACTIVATE = (
    "mutation ($input: DeactivateSolutionInput!) { deactivateSolution(input: $input) {"
    + PAYLOAD + "} }"
)
CHANGE_PLAN = (
    "mutation ($input: ChangePlanInput!) { changePlan(input: $input) {" + PAYLOAD + "} }"
)


def activate(hub, person, code, plan="pro"):
    given = {"code": code, "plan": plan}
    return hub.ask(ACTIVATE, {"input": given}, person.token).data["activateSolution"]


def deactivate(hub, person, code, **members):
    given = {"code": code} | members
    return hub.ask(DEACTIVATE, {"input": given}, person.token).data["deactivateSolution"]


def change_plan(hub, person, code, plan, **members):
    given = {"code": code, "plan": plan} | members
    return hub.ask(CHANGE_PLAN, {"input": given}, person.token).data["changePlan"]


def errors(payload):
    """Codes, fields and the ids of what stands in the way."""
    return [
        (error["code"], ".".join(error["field"]), [one["id"] for one in error["obstacles"]])
        for error in payload["userErrors"]
    ]


def solutions(hub, person):
    """Status and plan by the code of each solution that the country version has."""
    listed = hub.ask("{ solutions { code status plan } }", token=person.token).data["solutions"]
    return {one["code"]: (one["status"], one["plan"]) for one in listed}


def versions(hub, tenant):
    """The versions of the rows of a company's solutions: an update of nothing makes another."""
    return hub.sql(
        f"select solution, xmin, ctid from company_solution where tenant_id = '{tenant}'"
        " order by solution"
    )


def dump(hub):
    """Everything in the database but when sessions were last seen, which is noted by the minute."""
    hub.send_mails()
    done = subprocess.run(
        ["pg_dump", "--data-only", "--exclude-table-data=session", hub.database_url()],
        capture_output=True, check=True, text=True,
    )
    # The first and last words of a dump are another secret each time, and a sequence counts what
    # was rolled back.
    rows = [line for line in done.stdout.split("\n")
            if "restrict " not in line and "pg_catalog.setval" not in line]
    sessions = hub.sql("select count(*), max(created_at), max(revoked_at) from session")
    return "\n".join([*rows, sessions])
