"""What the launcher shows: who opens what, in which order, under which name."""

import pytest

from session_documents import SWITCH

LAUNCHER = """{ launcher { solutions { code name icon url status role }
  manage { name icon url } related { name icon url } } }"""
SOLUTIONS = ["accounting", "invoicing", "payroll", "pos", "store"]
OPENS = {
    "administrator": SOLUTIONS,
    "accountant": ["accounting", "invoicing", "payroll"],
    "assistant": ["accounting", "invoicing", "pos", "store"],
    "seller": ["invoicing", "pos", "store"],
}


def give(hub, tenant, *solutions, state="ACTIVE", country="CO"):
    """The company uses these solutions, taken up in another order than they are shown in."""
    trial = "now() + interval '1 day'" if state == "TRIAL" else "null"
    rows = ", ".join(
        f"('{tenant}', '{code}', '{country}', 'plus', '{state}', {trial})"
        for code in reversed(solutions))
    hub.sql(f"""insert into company_solution
        (tenant_id, solution, country_version, plan, state, trial_ends_at) values {rows}""")


def launcher(hub, token):
    return hub.ask(LAUNCHER, token=token).data["launcher"]


def codes(hub, token):
    return [it["code"] for it in launcher(hub, token)["solutions"]]


@pytest.mark.parametrize("role", OPENS)
def test_a_role_opens_its_solutions_in_the_order_of_the_suite(hub, role):
    person = hub.person(role)
    give(hub, person.tenant, *SOLUTIONS)
    assert codes(hub, person.token) == OPENS[role]
    assert {it["role"] for it in launcher(hub, person.token)["solutions"]} == {role}


def test_a_role_of_ones_own_in_a_solution_opens_it_and_is_the_one_that_counts(hub):
    person = hub.person("seller")
    give(hub, person.tenant, "accounting", "payroll", "pos")
    hub.sql(f"""insert into solution_role (tenant_id, account_id, solution, role) values
        ('{person.tenant}', '{person.account}', 'payroll', 'assistant'),
        ('{person.tenant}', '{person.account}', 'pos', 'accountant')""")
    shown = launcher(hub, person.token)["solutions"]
    assert [(it["code"], it["role"]) for it in shown] == [
        ("payroll", "assistant"), ("pos", "accountant")]


def test_what_ended_is_shown_to_be_read_and_what_is_not_used_is_not(hub):
    person = hub.person()
    assert codes(hub, person.token) == []
    give(hub, person.tenant, "pos", state="TRIAL")
    give(hub, person.tenant, "invoicing")
    give(hub, person.tenant, "store", state="READ_ONLY")
    statuses = {it["code"]: it["status"] for it in launcher(hub, person.token)["solutions"]}
    assert statuses == {"invoicing": "ACTIVE", "pos": "TRIAL", "store": "READ_ONLY"}
    hub.sql(f"update company_solution set trial_ends_at = now() where tenant_id = '{person.tenant}'"
            " and solution = 'pos'")
    assert launcher(hub, person.token)["solutions"][1]["status"] == "READ_ONLY"
    hub.sql("update company_solution set state = 'INACTIVE', deactivated_at = now()"
            f" where tenant_id = '{person.tenant}'")
    assert codes(hub, person.token) == []


def test_names_are_the_country_versions_in_the_persons_language(hub):
    person = hub.person(country="AR")
    give(hub, person.tenant, "accounting", country="AR")
    shown = launcher(hub, person.token)
    assert shown["solutions"][0] == {
        "code": "accounting", "name": "Alegra Gestión", "icon": "accounting",
        "url": f"http://127.0.0.1:{hub.port}/launch/accounting", "status": "ACTIVE",
        "role": "administrator",
    }


@pytest.mark.parametrize("language, manage", [
    ("es", "Administrar mis soluciones"), ("en", "Manage my solutions"),
    ("pt", "Administrar minhas soluções")])
def test_the_links_beside_the_solutions(hub, language, manage):
    person = hub.person(language=language)
    shown = launcher(hub, person.token)
    assert shown["manage"] == {
        "name": manage, "icon": "settings", "url": f"http://127.0.0.1:{hub.port}/solutions"}
    assert shown["related"] == [{
        "name": "Alegra Contador", "icon": "accountant",
        "url": "https://contador.alegra.example/"}]


def test_each_company_has_its_own(hub):
    """One person in two companies, with a role in each: nothing of one is in the other."""
    person = hub.person("administrator")
    give(hub, person.tenant, "pos")
    other = hub.person("administrator")
    give(hub, other.tenant, "invoicing", "store")
    hub.sql(f"""insert into membership (tenant_id, account_id, role)
        values ('{other.tenant}', '{person.account}', 'accountant');
        insert into solution_role (tenant_id, account_id, solution, role)
        values ('{other.tenant}', '{other.account}', 'store', 'seller')""")
    assert codes(hub, person.token) == ["pos"]
    assert codes(hub, other.token) == ["invoicing", "store"]
    answer = hub.ask(SWITCH, {"input": {"companyId": other.tenant}}, person.token)
    there = answer.data["switchCompany"]["session"]["accessToken"]
    assert codes(hub, there) == ["invoicing"]
