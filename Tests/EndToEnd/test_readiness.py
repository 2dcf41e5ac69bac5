"""Solution.readiness: what a solution needs to know of the company and does not, by country
version; and what is told of a change of the tax number or of an address before it is made."""

import pytest

from solution_documents import activate, dump

READINESS = """
query ($code: ID!) {
  solution(code: $code) { readiness { field label reason accepted { code } } }
}
"""
UPDATE = """
mutation ($input: UpdateCompanyInput!) {
  updateCompany(input: $input) {
    company { identification { number } }
    consequences { kind subject solution text } userErrors { code field }
  }
}
"""
CHANGE_EMAIL = """
mutation ($input: ChangeEmailInput!) {
  changeEmail(input: $input) {
    security { email pendingEmail }
    consequences { kind subject solution text } userErrors { code field }
  }
}
"""
VERSIONS = ["CO", "MX", "CR", "DO", "PE", "PA", "AR", "CL", "ES", "US", "INTL"]


def readiness(hub, person, code):
    return hub.ask(READINESS, {"code": code}, person.token).data["solution"]["readiness"]


def lacks(hub, person, code):
    """The fields that a solution lacks, and why where it is not that they are missing."""
    return [
        one["field"] if one["reason"] == "MISSING" else (one["field"], one["accepted"][0]["code"])
        for one in readiness(hub, person, code)
    ]


def update(hub, person, **given):
    given = {"revision": 1000000} | given
    return hub.ask(UPDATE, {"input": given}, person.token).data["updateCompany"]


@pytest.mark.parametrize("country", VERSIONS)
def test_an_invoice_needs_the_tax_number_and_an_address_everywhere(hub, country):
    ana = hub.person(country="US" if country == "INTL" else country)
    hub.sql(
        f"update company set country_version = '{country}' where tenant_id = '{ana.tenant}'")
    lacking = lacks(hub, ana, "invoicing")
    assert "identification.number" in lacking
    assert any(field.startswith("address.") for field in lacking)
    form = hub.ask("{ company { fields { name label } } }", token=ana.token).data
    labels = {field["name"]: field["label"] for field in form["company"]["fields"]}
    told = readiness(hub, ana, "invoicing")
    # In the order of the form, by its words.
    assert [one["field"] for one in told] == [name for name in labels if name in lacking]
    assert all(one["label"] == labels[one["field"]] for one in told)
    # What is not in use yet tells it too, and what is in use goes on telling it.
    assert activate(hub, ana, "invoicing")["userErrors"] == []
    assert readiness(hub, ana, "invoicing") == told


def test_the_payroll_of_colombia_needs_a_nit_and_its_regime(hub):
    ana = hub.person()
    lacking = ["identification.type", "identification.number", "regime", "address.region",
        "address.city", "address.description"]
    assert lacks(hub, ana, "payroll") == lacking
    number = {"type": "CC", "number": "1020304"}
    assert update(hub, ana, kindOfPerson="PERSON_ENTITY", identification=number)["userErrors"] == []
    assert lacks(hub, ana, "payroll") == [("identification.type", "NIT"), *lacking[2:]]
    assert lacks(hub, ana, "invoicing") == lacking[2:]
    number = {"type": "NIT", "number": "900123456", "checkDigit": "8"}
    address = {"region": "Valle", "city": "Cali", "description": "Calle 1"}
    payload = update(
        hub, ana, identification=number, regime="COMMON_REGIME", address=address)
    assert payload["userErrors"] == []
    assert lacks(hub, ana, "payroll") == lacks(hub, ana, "invoicing") == []
    assert lacks(hub, ana, "store") == ["phone", "email"]


def test_each_solution_tells_its_own_and_each_company_its_own(hub):
    ana, other = hub.person(), hub.person()
    number = {"type": "NIT", "number": "900123456", "checkDigit": "8"}
    assert update(hub, other, identification=number)["userErrors"] == []
    listed = hub.ask(
        "{ solutions { code readiness { field } } again: solutions { readiness { reason } } }",
        token=ana.token).data
    told = {one["code"]: [need["field"] for need in one["readiness"]]
        for one in listed["solutions"]}
    assert told == {code: [field for field in lacks(hub, ana, code)] for code in told}
    assert "identification.number" in told["accounting"]
    assert "identification.number" not in lacks(hub, other, "accounting")
    assert [len(one["readiness"]) for one in listed["again"]] == list(map(len, told.values()))


def test_the_labels_come_in_the_persons_language(hub):
    ana = hub.person(language="en", country="AR")
    labels = {one["field"]: one["label"] for one in readiness(hub, ana, "invoicing")}
    assert labels["regime"] == "VAT status"


# Dry runs -----------------------------------------------------------------------------------------


def connect(hub, tenant, *integrations):
    for integration in integrations:
        hub.sql(
            "insert into integration_connection (tenant_id, integration)"
            f" values ('{tenant}', '{integration}')"
        )


def states(hub, tenant):
    return hub.sql(
        "select integration, state, failure from integration_connection"
        f" where tenant_id = '{tenant}' order by integration"
    ).split("\n")


def test_another_tax_number_flags_the_connections_that_go_by_it(hub):
    ana, other = hub.person(), hub.person()
    for person in [ana, other]:
        connect(hub, person.tenant, "payu", "zapier")
    sound = ["payu|CONNECTED|", "zapier|CONNECTED|"]
    number = {"type": "NIT", "number": "900123456", "checkDigit": "8"}
    before = dump(hub)
    dry = update(hub, ana, identification=number, dryRun=True)
    assert dry == {
        "company": {"identification": None},
        "consequences": [{
            "kind": "CONNECTION_FLAGGED", "subject": "payu", "solution": None,
            "text": "La conexión con PayU quedará marcada para que la revises."}],
        "userErrors": [],
    }
    assert dump(hub) == before and states(hub, ana.tenant) == sound
    wet = update(hub, ana, identification=number)
    assert wet["consequences"] == [] and wet["company"]["identification"]
    assert states(hub, ana.tenant) == ["payu|ERROR|TAX_ID_CHANGED", "zapier|CONNECTED|"]
    assert states(hub, other.tenant) == sound
    # The same number again flags nothing more, nor does another field.
    assert update(hub, ana, identification=number, dryRun=True)["consequences"] == []
    assert update(hub, ana, tradeName="Otra", dryRun=True)["consequences"] == []


def test_a_dry_run_of_a_wrong_change_is_refused_alike(hub):
    ana = hub.person()
    before = dump(hub)
    number = {"type": "NIT", "number": "900123456", "checkDigit": "9"}
    dry = update(hub, ana, identification=number, dryRun=True)
    assert dry["userErrors"] == update(hub, ana, identification=number)["userErrors"]
    stale = update(hub, ana, revision=-1, legalName="Otra", dryRun=True)
    assert stale["userErrors"] == [] and dump(hub) == before


def test_a_dry_run_of_another_address_tells_of_its_mail_and_of_nobody(hub):
    ana, known = hub.person(), hub.person()
    hub.sql(f"update account set email = upper(email) where id = '{known.account}'")
    before = dump(hub)
    for address in [f"nobody-{ana.account}@test.example", known.email]:
        given = {"newEmail": address, "dryRun": True}
        told = hub.ask(CHANGE_EMAIL, {"input": given}, ana.token).data["changeEmail"]
        assert told == {
            "security": {"email": ana.email, "pendingEmail": None},
            "consequences": [{
                "kind": "MAIL_SENT", "subject": address, "solution": None,
                "text": f"Enviaremos un correo a {address}."}],
            "userErrors": [],
        }
    assert dump(hub) == before
    assert hub.mails(known.email.upper()) == []
    given = {"newEmail": known.email}
    wet = hub.ask(CHANGE_EMAIL, {"input": given}, ana.token).data["changeEmail"]
    assert wet["consequences"] == [] and wet["security"]["pendingEmail"] == known.email
