"""activateSolution, deactivateSolution and changePlan: what may come and go, on which plan, and
what a dry run tells of it."""

import concurrent.futures
import datetime

import pytest

from people_documents import change_role, give_solutions, invite, refusals
from solution_documents import (
    activate, change_plan, deactivate, dump, errors, solutions, versions,
)


def at_once(*actions):
    with concurrent.futures.ThreadPoolExecutor(len(actions)) as pool:
        return [future.result() for future in [pool.submit(action) for action in actions]]


def instant(text):
    return datetime.datetime.fromisoformat(text)


def end_trial(hub, tenant, solution):
    hub.sql(
        f"update company_solution set trial_ends_at = now() where tenant_id = '{tenant}'"
        f" and solution = '{solution}'"
    )


# Coming -------------------------------------------------------------------------------------------


def test_a_first_activation_is_a_trial_of_fifteen_days(hub):
    ana = hub.person()
    assert set(solutions(hub, ana).values()) == {("AVAILABLE", None)}
    payload = activate(hub, ana, "invoicing", "pyme")
    assert errors(payload) == [] and payload["consequences"] == []
    told = payload["solution"]
    assert (told["code"], told["status"], told["plan"]) == ("invoicing", "TRIAL", "pyme")
    length = instant(told["trialEndsAt"]) - instant(told["activatedAt"])
    assert length == datetime.timedelta(days=15)
    assert solutions(hub, ana)["invoicing"] == ("TRIAL", "pyme")
    end_trial(hub, ana.tenant, "invoicing")
    assert solutions(hub, ana)["invoicing"] == ("READ_ONLY", "pyme")


def test_activating_twice_is_once(hub):
    ana = hub.person()
    first = activate(hub, ana, "invoicing", "pyme")
    before = versions(hub, ana.tenant)
    assert activate(hub, ana, "invoicing", "pyme") == first
    assert versions(hub, ana.tenant) == before
    other = activate(hub, ana, "invoicing", "pro")
    assert errors(other) == [("ALREADY_ACTIVE", "plan", [])]
    assert other["solution"] == first["solution"] and versions(hub, ana.tenant) == before


def test_many_at_once_are_one_activation(hub):
    ana = hub.person()
    payloads = at_once(*[lambda: activate(hub, ana, "invoicing", "pyme")] * 8)
    assert all(payload == payloads[0] for payload in payloads)
    assert errors(payloads[0]) == []
    # A row that was inserted and never updated.
    assert versions(hub, ana.tenant).split("|")[2] == hub.sql(
        f"select min(ctid) from company_solution where tenant_id = '{ana.tenant}'")
    assert hub.sql(
        "select count(distinct xmin::text) from company_solution"
        f" where tenant_id = '{ana.tenant}'") == "1"


def test_of_two_plans_at_once_one_is_taken(hub):
    for _ in range(5):
        ana = hub.person()
        payloads = at_once(
            lambda: activate(hub, ana, "pos", "pyme"), lambda: activate(hub, ana, "pos", "pro"))
        assert sorted(map(errors, payloads)) == [[], [("ALREADY_ACTIVE", "plan", [])]]
        assert payloads[0]["solution"] == payloads[1]["solution"]


@pytest.mark.parametrize(
    "country, code, plan, refusal",
    [
        ("MX", "payroll", "pro", ("SOLUTION_NOT_AVAILABLE", "code", [])),
        ("CO", "payroll", "pro", None),
        ("CO", "bookkeeping", "pro", ("SOLUTION_NOT_AVAILABLE", "code", [])),
        ("CO", "", "pro", ("SOLUTION_NOT_AVAILABLE", "code", [])),
        ("CO", "pos", "gold", ("PLAN_NOT_AVAILABLE", "plan", [])),
        ("CO", "pos", "", ("PLAN_NOT_AVAILABLE", "plan", [])),
        ("AR", "accounting", "emprendedor", None),
        ("CO", "store", "pro", ("REQUIREMENT_INACTIVE", "code", ["invoicing"])),
    ],
)
def test_what_can_be_activated(hub, country, code, plan, refusal):
    ana = hub.person(country=country)
    payload = activate(hub, ana, code, plan)
    assert errors(payload) == ([refusal] if refusal else [])
    rows = hub.sql(f"select count(*) from company_solution where tenant_id = '{ana.tenant}'")
    assert rows == ("0" if refusal else "1")
    assert (payload["solution"] is None) == (code not in solutions(hub, ana))


def test_a_plan_that_is_offered_no_longer_stays_with_who_has_it(hub):
    ana = hub.person(country="CL")
    give_solutions(hub, ana.tenant, pos="plus")
    hub.sql(
        "update country_plan set offered = false where country_version = 'CL' and plan = 'plus'")
    try:
        assert solutions(hub, ana)["pos"] == ("ACTIVE", "plus")
        assert errors(activate(hub, ana, "pos", "plus")) == []
        assert errors(change_plan(hub, ana, "pos", "plus")) == []
        refused = [("PLAN_NOT_AVAILABLE", "plan", [])]
        assert errors(activate(hub, ana, "accounting", "plus")) == refused
        assert errors(change_plan(hub, ana, "pos", "pro")) == []
        assert errors(change_plan(hub, ana, "pos", "plus")) == refused
    finally:
        hub.sql("update country_plan set offered = true")


def test_what_stands_in_the_way_is_named_in_the_persons_language(hub):
    for language, name in [("es", "Alegra Facturación"), ("en", "Alegra Invoicing")]:
        ana = hub.person(language=language)
        [error] = activate(hub, ana, "store")["userErrors"]
        assert error["obstacles"] == [
            {"kind": "SOLUTION", "id": "invoicing", "name": name, "role": None}]
        assert name in error["message"]


# Going --------------------------------------------------------------------------------------------


def test_another_solution_that_needs_it_goes_first(hub):
    ana = hub.person(country="MX")
    give_solutions(hub, ana.tenant, invoicing="pro", store="pro")
    payload = deactivate(hub, ana, "invoicing")
    assert errors(payload) == [("DEPENDENTS_ACTIVE", "code", ["store"])]
    assert payload["solution"]["status"] == "ACTIVE"
    assert errors(deactivate(hub, ana, "store")) == []
    assert errors(deactivate(hub, ana, "invoicing")) == []
    assert set(solutions(hub, ana).values()) == {("AVAILABLE", None)}
    # The last one has gone, and the hub stays.
    assert hub.ask("{ company { id } profile { id } }", token=ana.token).data["company"]


def test_what_goes_leaves_the_company_and_its_people_as_they_were(hub):
    ana = hub.person()
    give_solutions(hub, ana.tenant, accounting="pro", pos="pro")
    caro = hub.person("seller", tenant=ana.tenant)
    role = [{"solution": "pos", "role": "assistant"}]
    assert refusals(change_role(hub, ana, caro, "seller", solutionRoles=role)) == []
    asked = "{ company { legalName revision } people { id role solutionRoles { solution role } } }"
    before = hub.ask(asked, token=ana.token).data
    payload = deactivate(hub, ana, "pos")
    assert errors(payload) == []
    told = payload["solution"]
    assert (told["status"], told["plan"], told["trialEndsAt"], told["activatedAt"]) == (
        "AVAILABLE", None, None, None)
    gone = versions(hub, ana.tenant)
    assert deactivate(hub, ana, "pos") == payload and versions(hub, ana.tenant) == gone
    away = hub.ask(asked, token=ana.token).data
    assert away["company"] == before["company"]
    assert [person["solutionRoles"] for person in away["people"]] == [[], []]
    refused = change_role(hub, ana, caro, "seller", solutionRoles=role)
    assert refusals(refused) == [("SOLUTION_NOT_FOUND", ["solutionRoles"])]
    # A smaller plan would take what Caro had; on one that has it, all is as it was.
    assert errors(activate(hub, ana, "pos", "pyme")) == [
        ("PLAN_LACKS_ROLES", "plan", [caro.account])]
    assert errors(activate(hub, ana, "pos", "pro")) == []
    assert hub.ask(asked, token=ana.token).data == before


def test_there_is_no_second_trial(hub):
    ana = hub.person()
    first = activate(hub, ana, "pos")["solution"]
    deactivate(hub, ana, "pos")
    again = activate(hub, ana, "pos", "plus")["solution"]
    assert (again["status"], again["trialEndsAt"]) == ("TRIAL", first["trialEndsAt"])
    assert again["activatedAt"] > first["activatedAt"]
    deactivate(hub, ana, "pos")
    end_trial(hub, ana.tenant, "pos")
    assert activate(hub, ana, "pos")["solution"]["status"] == "READ_ONLY"
    # Nor for one that was paid for without one.
    give_solutions(hub, ana.tenant, accounting="pro")
    deactivate(hub, ana, "accounting")
    assert activate(hub, ana, "accounting")["solution"]["status"] == "READ_ONLY"
    assert change_plan(hub, ana, "accounting", "pro")["solution"]["status"] == "ACTIVE"


@pytest.mark.parametrize("time", range(5))
def test_what_is_needed_and_what_needs_it_at_once(hub, time):
    ana = hub.person()
    give_solutions(hub, ana.tenant, invoicing="pro")
    came, went = at_once(
        lambda: activate(hub, ana, "store"), lambda: deactivate(hub, ana, "invoicing"))
    assert (errors(came), errors(went)) in [
        ([], [("DEPENDENTS_ACTIVE", "code", ["store"])]),
        ([("REQUIREMENT_INACTIVE", "code", ["invoicing"])], []),
    ]


# Plans --------------------------------------------------------------------------------------------


def test_a_plan_makes_a_trial_active(hub):
    ana = hub.person()
    activate(hub, ana, "pos", "pyme")
    taken = change_plan(hub, ana, "pos", "pyme")
    assert errors(taken) == [] and taken["solution"]["status"] == "ACTIVE"
    before = versions(hub, ana.tenant)
    assert change_plan(hub, ana, "pos", "pyme") == taken
    assert versions(hub, ana.tenant) == before
    activate(hub, ana, "accounting", "pyme")
    end_trial(hub, ana.tenant, "accounting")
    told = change_plan(hub, ana, "accounting", "plus")["solution"]
    assert (told["status"], told["plan"]) == ("ACTIVE", "plus")
    assert errors(change_plan(hub, ana, "invoicing", "pro")) == [
        ("SOLUTION_NOT_FOUND", "code", [])]


def test_nobody_loses_a_role_by_a_plan(hub):
    ana = hub.person()
    give_solutions(hub, ana.tenant, accounting="pro", pos="pro")
    caro, dora = (hub.person(role, tenant=ana.tenant) for role in ["seller", "accountant"])
    pos = [{"solution": "pos", "role": "assistant"}]
    assert refusals(change_role(hub, ana, dora, "accountant", solutionRoles=pos)) == []
    guest = f"{dora.account}@guest.example"
    assert refusals(invite(hub, ana, guest, "assistant")) == []
    [invitation] = hub.ask("{ invitations { id } }", token=ana.token).data["invitations"]
    for code, plan, stand in [
        ("pos", "pyme", {caro.account: "seller", dora.account: "assistant"}),
        ("accounting", "emprendedor", {caro.account: "seller"}),
        ("pos", "plus", {}),
    ]:
        payload = change_plan(hub, ana, code, plan)
        if not stand:
            assert errors(payload) == []
            continue
        [error] = payload["userErrors"]
        assert (error["code"], error["field"]) == ("PLAN_LACKS_ROLES", ["plan"])
        told = {one["id"]: one["role"] for one in error["obstacles"]}
        assert told == stand | {invitation["id"]: "assistant"}
        assert payload["solution"]["plan"] == "pro"
        assert all(one["name"] in error["message"] for one in error["obstacles"])


def test_a_plan_and_a_role_at_once(hub):
    for _ in range(8):
        ana = hub.person()
        give_solutions(hub, ana.tenant, pos="pro")
        caro = hub.person("accountant", tenant=ana.tenant)
        given, taken = at_once(
            lambda: change_role(hub, ana, caro, "seller"),
            lambda: change_plan(hub, ana, "pos", "pyme"))
        assert (refusals(given), errors(taken)) in [
            ([], [("PLAN_LACKS_ROLES", "plan", [caro.account])]),
            ([("ROLE_NOT_IN_PLAN", ["role"])], []),
        ]


def test_an_invitation_in_a_role_that_no_plan_has_any_more_waits(hub):
    ana = hub.person()
    give_solutions(hub, ana.tenant, pos="pro")
    email = f"{ana.account}@guest.example"
    assert refusals(invite(hub, ana, email, "seller")) == []
    token = hub.mails(email, "invitation")[-1].token
    # As an operator may, whom no invitation stands in the way of.
    hub.sql(f"update company_solution set plan = 'pyme' where tenant_id = '{ana.tenant}'")
    accept = """mutation ($input: AcceptInvitationInput!) {
      acceptInvitation(input: $input) { company { id } userErrors { code message field } } }"""
    given = {"token": token, "firstName": "Eva", "password": "una frase larga", "country": "CO"}
    assert refusals(hub.ask(accept, {"input": given})) == [("ROLE_NOT_IN_PLAN", ["token"])]
    assert hub.sql(f"select count(*) from account where email = '{email}'") == "0"
    change_plan(hub, ana, "pos", "pro")
    assert refusals(hub.ask(accept, {"input": given})) == []


# Dry runs -----------------------------------------------------------------------------------------


def told(payload):
    return [(one["kind"], one["subject"], one["solution"]) for one in payload["consequences"]]


def test_a_dry_run_tells_who_and_what_stops_and_changes_nothing(hub):
    ana = hub.person()
    give_solutions(hub, ana.tenant, accounting="pro", pos="pro")
    caro = hub.person("seller", tenant=ana.tenant)
    hub.person()
    before = dump(hub)
    dry = deactivate(hub, ana, "pos", dryRun=True)
    assert dump(hub) == before
    assert errors(dry) == []
    assert told(dry)[0] == ("SOLUTION_STOPS", "pos", "pos")
    assert sorted(told(dry)[1:]) == sorted(
        ("ACCESS_LOST", one.account, "pos") for one in [ana, caro])
    assert "Alegra POS dejará de funcionar." in [one["text"] for one in dry["consequences"]]
    assert "Pru perderá el acceso a Alegra POS." in [one["text"] for one in dry["consequences"]]
    assert dry["solution"]["status"] == "ACTIVE"
    wet = deactivate(hub, ana, "pos")
    assert wet["consequences"] == [] and wet["solution"]["status"] == "AVAILABLE"
    assert dump(hub) != before


def test_a_dry_run_is_refused_as_the_change_would_be(hub):
    ana = hub.person()
    give_solutions(hub, ana.tenant, invoicing="pro", store="pro")
    caro = hub.person("seller", tenant=ana.tenant)
    before = dump(hub)
    dry = [
        deactivate(hub, ana, "invoicing", dryRun=True),
        deactivate(hub, ana, "none", dryRun=True),
        change_plan(hub, ana, "store", "pyme", dryRun=True),
        change_plan(hub, ana, "store", "gold", dryRun=True),
    ]
    assert list(map(told, dry)) == [
        [("SOLUTION_STOPS", "store", "store")], [],
        [("ACCESS_LOST", caro.account, "store")], [],
    ]
    assert dump(hub) == before
    wet = [
        deactivate(hub, ana, "invoicing"), deactivate(hub, ana, "none"),
        change_plan(hub, ana, "store", "pyme"), change_plan(hub, ana, "store", "gold"),
    ]
    assert [payload["userErrors"] for payload in dry] == [
        payload["userErrors"] for payload in wet]
    assert dump(hub) == before


def test_a_dry_run_of_a_greater_plan_takes_nothing(hub):
    ana = hub.person()
    activate(hub, ana, "pos", "pyme")
    before = dump(hub)
    dry = change_plan(hub, ana, "pos", "plus", dryRun=True)
    assert (errors(dry), dry["consequences"], dry["solution"]["plan"]) == ([], [], "pyme")
    assert dump(hub) == before


def test_many_dry_runs_leave_the_connections_good(hub):
    ana = hub.person()
    give_solutions(hub, ana.tenant, pos="pro")
    payloads = at_once(*[lambda: deactivate(hub, ana, "pos", dryRun=True)] * 16)
    assert all(payload == payloads[0] for payload in payloads)
    assert errors(deactivate(hub, ana, "pos")) == []


@pytest.mark.parametrize("role", ["accountant", "assistant", "seller"])
def test_nobody_but_administrators_may_even_try(hub, role):
    ana = hub.person()
    give_solutions(hub, ana.tenant, pos="pro")
    caro = hub.person(role, tenant=ana.tenant)
    for field in [
        'deactivateSolution(input: {code: "pos", dryRun: true})',
        'changePlan(input: {code: "pos", plan: "pyme", dryRun: true})',
        'activateSolution(input: {code: "pos", plan: "pro"})',
    ]:
        document = "mutation { " + field + " { userErrors { code } } }"
        answer = hub.ask(document, token=caro.token)
        assert answer.codes == ["FORBIDDEN"]
