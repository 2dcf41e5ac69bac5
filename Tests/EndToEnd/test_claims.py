"""What solutions know of a company: reported, shown beside what stands, and adopted."""

import concurrent.futures
import uuid

import pytest

from claim_documents import (
    FIELDS, REPORT, company_with, errors, field, report, tokens_of_solutions,
)
from hub import EJEMPLAR, MODELO
from service_tokens import revoke, service_token

ADOPT = """
mutation ($input: AdoptClaimInput!) {
  adoptClaim(input: $input) {
    company { legalName phone revision identification { type number checkDigit } }
    userErrors { code message field currentValue } } }
"""
UPDATE = """
mutation ($input: UpdateCompanyInput!) {
  updateCompany(input: $input) { company { revision } userErrors { code field } } }
"""
UNKNOWN = "00000000-0000-4000-8000-00000000dead"


@pytest.fixture(scope="module")
def tokens(hub):
    return tokens_of_solutions(hub)


def adopt(hub, person, name, source, revision, **more):
    given = {"field": name, "source": source, "revision": revision} | more
    return hub.ask(ADOPT, {"input": given}, token=person.token).data["adoptClaim"]


def revision(hub, person):
    return hub.ask("{ company { revision } }", token=person.token).data["company"]["revision"]


def test_what_a_solution_knows_is_filled_in(hub, tokens):
    person = company_with(hub, "accounting")
    payload = report(
        hub, tokens["accounting"], person.tenant, source="accounting", tradeName=" Prueba Uno ",
        phone="601 555 0101", address={"city": "Cali"}, decimalPrecision=4,
        identification={"type": "NIT", "number": "900.123.456", "checkDigit": "8"},
    )
    assert payload["userErrors"] == []
    assert [(found["name"], found["value"], found["stands"]) for found in payload["fields"]] == [
        ("tradeName", "Prueba Uno", True), ("identification.type", "NIT", True),
        ("identification.number", "900123456", True), ("identification.checkDigit", "8", True),
        ("address.city", "Cali", True), ("phone", "+576015550101", True),
        ("decimalPrecision", "4", True),
    ]
    assert field(hub, person, "phone") == {
        "name": "phone", "value": "+576015550101",
        "source": {"kind": "SOLUTION", "solution": "accounting", "name": "Alegra Contabilidad"},
        "since": "2026-03-01T12:00:00.000000Z", "confirmedBy": None, "claims": [],
    }
    assert revision(hub, person) == 2
    # Once more, and as another zone writes it: nothing changes.
    again = report(
        hub, tokens["accounting"], person.tenant, at="2026-03-01T07:00:00-05:00",
        phone="+576015550101",
    )
    assert again["fields"] == [{"name": "phone", "value": "+576015550101", "stands": True}]
    assert revision(hub, person) == 2
    assert hub.sql(
        f"select count(*) from company_claim where tenant_id = '{person.tenant}'"
        " and field = 'phone'"
    ) == "1"


def test_a_persons_word_outranks_every_report_and_the_solution_learns_it(hub, tokens):
    person = company_with(hub, "accounting", "pos")
    saved = {"input": {"revision": 1, "phone": "601 555 0101", "tradeName": None}}
    assert hub.ask(UPDATE, saved, token=person.token).data["updateCompany"]["userErrors"] == []
    for at in ["2020-01-01T00:00:00Z", "2026-11-01T00:00:00Z"]:
        payload = report(
            hub, tokens["pos"], person.tenant, at=at, phone="601 555 0102", tradeName="Otra"
        )
        assert payload == {"userErrors": [], "fields": [
            {"name": "tradeName", "value": None, "stands": False},
            {"name": "phone", "value": "+576015550101", "stands": False},
        ]}
    shown = field(hub, person, "phone")
    assert shown["source"] == {"kind": "HUB", "solution": None, "name": None}
    assert shown["confirmedBy"] == "Pru"
    assert shown["value"] == "+576015550101"
    assert shown["claims"] == [{
        "solution": "pos", "name": "Alegra POS", "value": "+576015550102",
        "reportedAt": "2026-11-01T00:00:00.000000Z",
    }]
    emptied = field(hub, person, "tradeName")
    assert (emptied["value"], emptied["source"]["kind"]) == (None, "HUB")
    assert [claim["value"] for claim in emptied["claims"]] == ["Otra"]


def test_saving_what_stands_confirms_it(hub, tokens):
    person = company_with(hub, "accounting", "pos")
    report(hub, tokens["pos"], person.tenant, phone="601 555 0101")
    saved = {"input": {"revision": 2, "phone": "+576015550101"}}
    payload = hub.ask(UPDATE, saved, token=person.token).data["updateCompany"]
    assert payload == {"company": {"revision": 2}, "userErrors": []}
    report(hub, tokens["pos"], person.tenant, at="2026-04-01T00:00:00Z", phone="601 555 0102")
    shown = field(hub, person, "phone")
    assert (shown["value"], shown["confirmedBy"]) == ("+576015550101", "Pru")


def test_an_operators_word_counts_and_is_shown_as_one(hub, tokens):
    person = company_with(hub, "pos")
    hub.sql(f"update company set phone = '+576015550109' where tenant_id = '{person.tenant}'")
    report(hub, tokens["pos"], person.tenant, phone="601 555 0102")
    shown = field(hub, person, "phone")
    assert (shown["value"], shown["source"]["kind"]) == ("+576015550109", "OPERATOR")
    assert shown["confirmedBy"] == "postgres"


def test_what_a_company_begins_with_is_nobodys(hub):
    person = company_with(hub)
    assert field(hub, person, "timezone") == {
        "name": "timezone", "value": "America/Bogota", "source": None, "since": None,
        "confirmedBy": None, "claims": [],
    }
    assert field(hub, person, "phone")["source"] is None


@pytest.mark.parametrize("country, name, bounds", [
    ("CR", "address.neighborhood", (5, 50, None)),
    ("MX", "address.postalCode", (None, None, "^[0-9]{5}$")),
    ("CO", "legalName", (None, None, None)),
])
def test_a_field_says_what_it_takes(hub, country, name, bounds):
    fields = hub.ask(
        "{ company { fields { name charactersMin charactersMax pattern } } }",
        token=hub.person(country=country).token,
    ).data["company"]["fields"]
    (found,) = [field for field in fields if field["name"] == name]
    assert (found["charactersMin"], found["charactersMax"], found["pattern"]) == bounds


# What a report may not do -------------------------------------------------------------------------


def test_a_bad_field_is_refused_by_itself_and_the_others_are_taken(hub, tokens):
    person = company_with(hub, "pos")
    payload = report(
        hub, tokens["pos"], person.tenant, legalName="x" * 251, phone="call me",
        email="hola@prueba.example", regime="NO_REGIME", decimalPrecision=7,
        address={"street": "Reforma", "city": "Cali"},
        identification={"type": "NIT", "number": "900123456", "checkDigit": "1"},
    )
    assert errors(payload) == [
        ("TOO_LONG", "fields.legalName"),
        ("INVALID_CHECK_DIGIT", "fields.identification.checkDigit"),
        ("NOT_OFFERED", "fields.regime"),
        ("FIELD_NOT_IN_COUNTRY_VERSION", "fields.address.street"),
        ("INVALID_FORMAT", "fields.phone"), ("OUT_OF_RANGE", "fields.decimalPrecision"),
    ]
    assert [found["name"] for found in payload["fields"]] == ["address.city", "email"]
    kept = hub.sql(
        "select string_agg(field, ' ' order by field) from company_claim"
        f" where tenant_id = '{person.tenant}'"
    )
    assert kept == "address.city email"


def test_what_is_blank_says_nothing(hub, tokens):
    person = company_with(hub, "pos")
    report(hub, tokens["pos"], person.tenant, phone="601 555 0101", address={"city": "Cali"})
    blank = {"type": "NIT", "number": " "}
    for at in ["2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z"]:
        payload = report(
            hub, tokens["pos"], person.tenant, at=at, phone=" ", legalName=None, tradeName="\u200b",
            address={"city": "\u00a0", "region": None}, identification=blank, website="",
            decimalPrecision=None, timezone="", email="",
        )
        assert payload == {"fields": [], "userErrors": []}
        for nothing in [{"address": None, "identification": None}, {}]:
            assert report(hub, tokens["pos"], person.tenant, at=at, **nothing) == payload
    assert field(hub, person, "phone")["value"] == "+576015550101"
    assert revision(hub, person) == 2


def test_a_report_is_judged_by_itself_whatever_stands(hub, tokens):
    """Or the order of two reports would decide which of them are taken."""
    person = company_with(hub, "pos")
    citizen = {"type": "CC", "number": "12345"}
    assert report(hub, tokens["pos"], person.tenant, identification=citizen)["userErrors"] == []
    assert errors(report(
        hub, tokens["pos"], person.tenant, kindOfPerson="LEGAL_ENTITY", identification=citizen
    )) == [("NOT_OFFERED", "fields.identification.type")]


@pytest.mark.parametrize("at, code", [
    ("1 hour", "REPORTED_AHEAD"), ("301 seconds", "REPORTED_AHEAD"), ("200 seconds", None),
])
def test_the_future_is_bounded(hub, tokens, at, code):
    person = company_with(hub, "pos")
    instant = hub.sql(
        f"select to_char((now() + interval '{at}') at time zone 'UTC',"
        " 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"
    )
    payload = report(hub, tokens["pos"], person.tenant, at=instant, phone="601 555 0101")
    assert errors(payload) == ([(code, "reportedAt")] if code else [])
    stands = field(hub, person, "phone")["value"]
    assert stands == (None if code else "+576015550101")


@pytest.mark.parametrize("at", [
    "now", "infinity", "yesterday", "2026-02-30T00:00:00Z", "2026-01-01", "2026-01-01T00:00:00",
    "2026-01-01 00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:00:60Z", "",
    "0000-01-01T00:00:00Z",
    "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00+24:00", "2026-13-01T00:00:00Z",
])
def test_an_instant_is_one_as_rfc_3339_writes_it(hub, tokens, at):
    given = {"companyId": EJEMPLAR, "reportedAt": at, "fields": {}}
    answer = hub.ask(REPORT, {"input": given}, token=tokens["pos"])
    assert answer.codes == ["BAD_USER_INPUT"]


def test_only_companies_that_have_the_solution_are_there(hub, tokens):
    person = company_with(hub, "pos")
    foreign = {}
    for company in [person.tenant, MODELO, UNKNOWN, "none", "", "'"]:
        foreign[company] = report(hub, tokens["payroll"], company, phone="601 555 0101")
    assert errors(foreign[UNKNOWN]) == [("COMPANY_NOT_FOUND", "companyId")]
    assert all(payload == foreign[UNKNOWN] for payload in foreign.values())
    assert hub.sql(
        f"select count(*) from company_claim where tenant_id = '{person.tenant}'") == "0"
    assert errors(report(hub, tokens["pos"], person.tenant, source="payroll")) == [
        ("NOT_OFFERED", "source")
    ]


@pytest.mark.parametrize("state", ["TRIAL", "ACTIVE", "READ_ONLY"])
def test_a_solution_of_any_status_may_report(hub, tokens, state):
    person = company_with(hub, "pos", state=state)
    assert report(hub, tokens["pos"], person.tenant, phone="601 555 0101")["userErrors"] == []


def test_switched_off_it_leaves_what_it_gave(hub, tokens):
    person = company_with(hub, "pos")
    report(hub, tokens["pos"], person.tenant, phone="601 555 0101")
    hub.sql(f"delete from company_solution where tenant_id = '{person.tenant}'")
    shown = field(hub, person, "phone")
    assert (shown["value"], shown["source"]["solution"]) == ("+576015550101", "pos")
    assert errors(report(hub, tokens["pos"], person.tenant, phone="601 555 0102")) == [
        ("COMPANY_NOT_FOUND", "companyId")
    ]


def test_no_member_reports_and_no_revoked_token(hub):
    person = company_with(hub, "pos")
    given = {"input": {
        "companyId": person.tenant, "reportedAt": "2026-01-01T00:00:00Z",
        "fields": {"phone": "601 555 0101"},
    }}
    assert hub.ask(REPORT, given, token=person.token).codes == ["FORBIDDEN"]
    token, identifier = service_token(hub, "pos")
    revoke(hub, identifier)
    assert hub.ask(REPORT, given, token=token).codes == ["UNAUTHENTICATED"]
    assert field(hub, person, "phone")["value"] is None


def test_a_refusal_speaks_the_callers_language(hub, tokens):
    given = {"companyId": UNKNOWN, "reportedAt": "2026-01-01T00:00:00Z", "fields": {}}
    told = {
        language: hub.ask(
            REPORT, {"input": given}, token=tokens["pos"], Accept_Language=language
        ).data["reportCompany"]["userErrors"][0]["message"]
        for language in ["es", "en", "pt"]
    }
    assert len(set(told.values())) == 3


# Adopting -----------------------------------------------------------------------------------------


def test_an_administrator_adopts_a_claim(hub, tokens):
    person = company_with(hub, "accounting", "pos")
    report(hub, tokens["accounting"], person.tenant, phone="601 555 0101")
    report(hub, tokens["pos"], person.tenant, at="2026-02-01T00:00:00Z", phone="601 555 0102")
    payload = adopt(hub, person, "phone", "pos", 2, reportedAt="2026-02-01T00:00:00Z")
    assert payload["userErrors"] == []
    assert payload["company"]["phone"] == "+576015550102"
    assert payload["company"]["revision"] == 3
    shown = field(hub, person, "phone")
    assert (shown["source"]["kind"], shown["confirmedBy"]) == ("HUB", "Pru")
    assert [claim["solution"] for claim in shown["claims"]] == ["accounting"]
    # From now on it is the person's word.
    later = "2026-09-01T00:00:00Z"
    report(hub, tokens["accounting"], person.tenant, at=later, phone="601 555 0103")
    assert field(hub, person, "phone")["value"] == "+576015550102"


def test_an_identification_is_adopted_as_a_whole(hub, tokens):
    person = company_with(hub, "accounting", "pos")
    nit = {"type": "NIT", "number": "900123456", "checkDigit": "8"}
    report(hub, tokens["pos"], person.tenant, at="2026-01-01T00:00:00Z", identification=nit)
    other = nit | {"number": "901234567", "checkDigit": "7"}
    report(hub, tokens["accounting"], person.tenant, identification=other)
    shown = field(hub, person, "identification.number")
    assert (shown["value"], [c["value"] for c in shown["claims"]]) == ("901234567", ["900123456"])
    assert field(hub, person, "identification.type")["claims"] == []
    payload = adopt(hub, person, "identification.number", "pos", revision(hub, person))
    assert payload["userErrors"] == []
    assert payload["company"]["identification"] == nit
    assert field(hub, person, "identification.type")["source"]["kind"] == "HUB"


def test_what_was_not_claimed_is_not_found(hub, tokens):
    person = company_with(hub, "accounting", "pos")
    other = company_with(hub, "pos")
    report(hub, tokens["pos"], person.tenant, phone="601 555 0101")
    for who, name, source, place in [
        (person, "phone", "accounting", "source"), (person, "email", "pos", "source"),
        (person, "phone", "none", "source"), (person, "phone", "'; --", "source"),
        (person, "address.street", "pos", "field"), (person, "logo_url", "pos", "field"),
        (other, "phone", "pos", "source"),
    ]:
        payload = adopt(hub, who, name, source, 1)
        assert errors(payload) == [("CLAIM_NOT_FOUND", place)], (name, source)
    assert revision(hub, other) == 1


def test_what_changed_meanwhile_is_a_conflict(hub, tokens):
    person = company_with(hub, "pos", "accounting")
    report(hub, tokens["accounting"], person.tenant, phone="601 555 0101", tradeName="Uno")
    report(hub, tokens["pos"], person.tenant, at="2026-02-01T00:00:00Z", phone="601 555 0102")
    saved = {"input": {"revision": 2, "phone": "601 555 0109"}}
    hub.ask(UPDATE, saved, token=person.token)
    payload = adopt(hub, person, "phone", "pos", 2)
    assert errors(payload) == [("CONFLICT", "field")]
    assert payload["userErrors"][0]["currentValue"] == "+576015550109"
    # Another field of before is none.
    assert errors(adopt(hub, person, "tradeName", "accounting", 2)) == []
    # The solution has spoken since: another value would be taken than the one that was seen.
    report(hub, tokens["pos"], person.tenant, at="2026-02-02T00:00:00Z", phone="601 555 0104")
    unseen = adopt(hub, person, "phone", "pos", 3, reportedAt="2026-02-01T00:00:00Z")
    assert errors(unseen) == [("CONFLICT", "reportedAt")]
    assert unseen["userErrors"][0]["currentValue"] == "2026-02-02T00:00:00.000000Z"
    assert field(hub, person, "phone")["value"] == "+576015550109"


def test_a_claim_is_adopted_by_the_rules_of_an_edit(hub, tokens):
    """The company is a legal entity: a citizen's number does not become its own."""
    person = company_with(hub, "pos")
    report(hub, tokens["pos"], person.tenant,
           identification={"type": "CC", "number": "12345"})
    assert errors(adopt(hub, person, "identification.type", "pos", 2)) == [
        ("NOT_OFFERED", "field")
    ]


@pytest.mark.parametrize("role", ["accountant", "assistant", "seller"])
def test_nobody_else_adopts(hub, tokens, role):
    admin = company_with(hub, "pos")
    report(hub, tokens["pos"], admin.tenant, phone="601 555 0101")
    given = {"field": "phone", "source": "pos", "revision": 2}
    answer = hub.ask(ADOPT, {"input": given}, token=hub.person(role, tenant=admin.tenant).token)
    assert answer.codes == ["FORBIDDEN"]
    assert field(hub, admin, "phone")["source"]["kind"] == "SOLUTION"


# Two companies ------------------------------------------------------------------------------------


def test_no_claim_is_seen_by_another_company(hub, tokens):
    one, other = company_with(hub, "pos"), company_with(hub, "pos")
    before = hub.ask(FIELDS, token=other.token).data
    mark = f"marca-{uuid.uuid4()}"
    report(hub, tokens["pos"], one.tenant, tradeName=mark, legalName=mark)
    assert hub.ask(FIELDS, token=other.token).data == before
    assert mark in str(hub.ask(FIELDS, token=one.token).data)
    assert hub.sql("select count(*) from company_claim "
                   f"where tenant_id = '{other.tenant}'") == "0"


def test_names_of_solutions_are_the_country_versions_own(hub, tokens):
    person = company_with(hub, "accounting", country="AR")
    report(hub, tokens["accounting"], person.tenant, tradeName="Pampa Dos")
    assert field(hub, person, "tradeName")["source"]["name"] == "Alegra Gestión"


def test_many_report_and_one_edits_at_once(hub, tokens):
    person = company_with(hub, "accounting", "invoicing", "pos")
    reports = [
        (solution, f"2026-03-{day:02}T00:00:00Z", f"601 555 01{day:02}")
        for day in range(1, 9) for solution in ["accounting", "invoicing", "pos"]
    ]

    def write(step):
        if step is None:
            saved = {"input": {"revision": 1000, "email": "hola@prueba.example"}}
            return errors(hub.ask(UPDATE, saved, token=person.token).data["updateCompany"])
        solution, at, phone = step
        return errors(report(
            hub, tokens[solution], person.tenant, at=at, phone=phone,
            email=f"{solution}@prueba.example",
        ))

    with concurrent.futures.ThreadPoolExecutor(8) as writers:
        assert list(writers.map(write, reports + [None] + reports)) == [[]] * (2 * 24 + 1)
    phone, email = field(hub, person, "phone"), field(hub, person, "email")
    assert (phone["value"], phone["source"]["solution"]) == ("+576015550108", "accounting")
    assert (email["value"], email["source"]["kind"]) == ("hola@prueba.example", "HUB")
