"""signIn: who gets in, where to, how the refresh token travels, and what a refusal gives away."""

import base64
import hashlib
import os
import re
import time

import pytest

from hub import EJEMPLAR, MODELO, PAMPA, RESPONSE_JSON
from session_documents import SIGN_IN, company_of, sign_in

COOKIE = "mi-alegra-refresh"


def payload(answer):
    assert answer.status == 200
    return answer.data["signIn"]


def codes(answer):
    return [error["code"] for error in payload(answer)["userErrors"]]


@pytest.mark.parametrize(
    "email, company",
    [
        ("ana@ejemplar.example", EJEMPLAR),
        ("luis@modelo.example", MODELO),
        ("sofia@pampa.example", PAMPA),
        ("Ana@EJEMPLAR.example", EJEMPLAR),
    ],
)
def test_a_person_of_one_company_enters_it(hub, email, company):
    opened = payload(sign_in(hub, email))
    assert opened["userErrors"] == [] and opened["companies"] == []
    assert opened["challenge"] is None
    assert opened["session"]["refreshToken"].startswith("rt_")
    assert opened["session"]["expiresAt"].endswith("Z")
    assert company_of(hub, opened["session"]["accessToken"]) == company


def test_a_wrong_password_and_an_unknown_address_are_told_the_same_and_cost_the_same(hub):
    person = hub.person()
    answers, work = {}, {person.email: [], "nobody@test.example": []}
    for _ in range(2):
        for email, taken in work.items():
            before = hub.processor_seconds()
            answers[email] = sign_in(hub, email, "another password")
            taken.append(hub.processor_seconds() - before)
    known, unknown = answers.values()
    assert known.status == unknown.status == 200
    assert known.body == unknown.body
    ours = {"x-request-id", "date"}
    fields = [
        {name.lower(): value for name, value in answer.headers.items() if name.lower() not in ours}
        for answer in (known, unknown)
    ]
    assert fields[0] == fields[1]
    assert codes(known) == ["INVALID_CREDENTIALS"]
    for_known, for_unknown = (min(taken) for taken in work.values())
    assert for_known > 0.05 and 2 / 3 < for_unknown / for_known < 3 / 2


@pytest.mark.parametrize("password", ["", " ", "Demo-ejemplar", "demo-ejemplar ", "x" * 5000])
def test_no_other_password_gets_in(hub, password):
    assert codes(sign_in(hub, hub.person().email, password)) == ["INVALID_CREDENTIALS"]


@pytest.mark.parametrize("email", ["", "not an address", "a@b", "ana@ejemplar.example\u0001"])
def test_what_is_no_address_is_refused_like_an_unknown_one(hub, email):
    assert codes(sign_in(hub, email)) == ["INVALID_CREDENTIALS"]


def test_a_refusal_is_in_the_language_that_the_browser_asks_for(hub):
    for language, word in [("pt-BR", "senha"), ("en", "password"), ("fr", "contraseña")]:
        answer = sign_in(
            hub, f"{language}@test.example", headers={"Accept_Language": language}
        )
        assert word in payload(answer)["userErrors"][0]["message"]


def test_a_person_of_several_companies_chooses_once(hub):
    caro = "caro@ejemplar.example"
    hub.sql(f"update account set last_tenant_id = null where email_key = '{caro}'")
    asked = payload(sign_in(hub, caro))
    assert asked["session"] is None
    assert asked["companies"] == [
        {"id": EJEMPLAR, "name": "Ejemplar"},
        {"id": MODELO, "name": "Modelo"},
    ]
    assert [(error["code"], error["field"]) for error in asked["userErrors"]] == [
        ("COMPANY_CHOICE_REQUIRED", ["companyId"])
    ]
    chosen = payload(sign_in(hub, caro, companyId=MODELO))
    assert company_of(hub, chosen["session"]["accessToken"]) == MODELO
    # The next time, the company that was used last.
    again = payload(sign_in(hub, caro))
    assert company_of(hub, again["session"]["accessToken"]) == MODELO


@pytest.mark.parametrize(
    "company, gets_in",
    [
        (EJEMPLAR, True),
        (EJEMPLAR.upper(), True),
        (PAMPA, False),
        ("00000000-0000-4000-8000-0000000000ff", False),
        ("00000000-0000-0000-0000-000000000000", False),
        ("not a uuid", False),
        ("", False),
        (EJEMPLAR + "'", False),
    ],
)
def test_only_the_persons_own_companies_are_entered_and_no_other_is_told_of(hub, company, gets_in):
    opened = payload(sign_in(hub, "ana@ejemplar.example", companyId=company))
    if gets_in:
        assert company_of(hub, opened["session"]["accessToken"]) == EJEMPLAR
    else:
        assert opened["session"] is None and opened["companies"] == []
        (error,) = opened["userErrors"]
        assert error["code"] == "COMPANY_NOT_FOUND" and error["field"] == ["companyId"]


def test_a_wrong_password_learns_nothing_of_companies(hub):
    for company in [EJEMPLAR, PAMPA, "not a uuid"]:
        refused = sign_in(hub, "wrong-" + company[-3:] + "@test.example", "x", companyId=company)
        assert codes(refused) == ["INVALID_CREDENTIALS"]


def test_a_page_gets_the_refresh_token_as_a_cookie_that_scripts_cannot_read(hub):
    answer = sign_in(hub, "ana@ejemplar.example", delivery="COOKIE")
    assert payload(answer)["session"]["refreshToken"] is None
    cookie, device = answer.headers.get_all("set-cookie")
    assert device.startswith("mi-alegra-device=dt_") and "; HttpOnly; SameSite=Strict" in device
    value, *attributes = cookie.split("; ")
    name, token = value.split("=", 1)
    assert name == COOKIE and token.startswith("rt_") and token.encode() not in answer.body
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(attributes)
    assert not any(attribute.startswith("Domain") for attribute in attributes)


def test_a_program_gets_no_cookie(hub):
    answer = sign_in(hub, "ana@ejemplar.example", delivery="BODY")
    assert answer.headers.get_all("set-cookie") is None
    assert answer.headers["cache-control"] == "private, no-cache"


def test_guesses_are_counted_and_then_refused_for_a_while(hub):
    person = hub.person()
    for number in range(10):
        assert codes(sign_in(hub, person.email, f"guess {number}")) == ["INVALID_CREDENTIALS"]
    before = time.monotonic()
    # The right password does not help any more, however the address is spelled.
    for email in [person.email, person.email.upper()]:
        refused = sign_in(hub, email)
        assert refused.status == 429 and refused.codes == ["RATE_LIMITED"]
        assert "data" not in refused.json
        assert 0 < int(refused.headers["retry-after"]) <= 90
    assert time.monotonic() - before < 5
    hub.sql(
        f"""update sign_in_guess set full_at = full_at - interval '90 seconds'
        where email_hash = sha256('{person.email}')"""
    )
    assert payload(sign_in(hub, person.email))["session"]


def test_a_sign_in_that_succeeds_forgets_the_guesses(hub):
    person = hub.person()
    assert codes(sign_in(hub, person.email, "wrong")) == ["INVALID_CREDENTIALS"]
    assert payload(sign_in(hub, person.email))["session"]
    # What is counted with other strangers' is left: nobody gets them more by signing in.
    left = hub.sql(
        f"""select client, round(extract(epoch from full_at - now()) / extract(epoch from step))
        from sign_in_guess where email_hash = sha256('{person.email}')"""
    )
    assert left == "*|2"


SIGN_IN_FIELD = 'signIn(input: {email: "%s", password: "x"}) { userErrors { code } }'
REFRESH_FIELD = "refreshSession(input: {}) { userErrors { code } }"
SIGN_OUT_FIELD = "signOut(input: {}) { userErrors { code } }"
SWITCH_FIELD = 'switchCompany(input: {companyId: "x"}) { userErrors { code } }'


@pytest.mark.parametrize(
    "fields",
    [
        ["a: " + SIGN_IN_FIELD % "a@test.example", "b: " + SIGN_IN_FIELD % "b@test.example"],
        [SIGN_IN_FIELD % "a@test.example", REFRESH_FIELD],
        [SIGN_OUT_FIELD, SWITCH_FIELD],
        [SWITCH_FIELD, "updateProfile(input: {revision: 1}) { userErrors { code } }", SIGN_OUT_FIELD],
        ["...A", "...A @skip(if: true)", "b: " + REFRESH_FIELD],
    ],
)
def test_a_document_opens_or_ends_one_session_at_most(hub, fields):
    person = hub.person()
    document = "mutation { " + "\n".join(fields) + " }"
    if "...A" in fields:
        document += " fragment A on Mutation { " + SIGN_OUT_FIELD + " }"
    answer = hub.ask(document, token=person.token, accept=RESPONSE_JSON)
    assert answer.status == 400
    assert answer.codes == ["GRAPHQL_VALIDATION_FAILED"]
    assert "data" not in answer.json
    # Nothing of it was performed.
    assert company_of(hub, person.token) == person.tenant


def test_one_beside_other_mutations_is_allowed(hub):
    person = hub.person()
    document = (
        "mutation { updateProfile(input: {revision: 1}) { userErrors { code } } "
        + SIGN_OUT_FIELD + " }"
    )
    assert hub.ask(document, token=person.token).data == {
        "updateProfile": {"userErrors": []}, "signOut": {"userErrors": []}
    }


def test_a_mutation_by_get_is_refused(hub):
    answer = hub.request(
        "GET", "/graphql?query=mutation%7BsignOut(input%3A%7B%7D)%7BuserErrors%7Bcode%7D%7D%7D",
        headers={"GraphQL-Require-Preflight": "1"},
    )
    assert answer.status == 405
    assert answer.codes == ["METHOD_NOT_ALLOWED"]
    assert answer.headers["allow"] == "POST"


def test_no_password_and_no_token_reaches_the_log(hub):
    before = hub.log_length()
    opened = payload(sign_in(hub, "ana@ejemplar.example"))
    sign_in(hub, "someone@test.example", "a-secret-guess")
    hub.ask(SIGN_IN, {"input": {"email": "someone@test.example", "password": 7}})
    hub.ask('{ secretField(password: "a-secret-guess") }')
    _, text = hub.log_since(before)
    secrets = [
        "demo-ejemplar", "a-secret-guess", "secretField", "someone@", "ana@",
        opened["session"]["accessToken"], opened["session"]["refreshToken"],
    ]
    assert [secret for secret in secrets if secret in text] == []


def hash_of_other_days(password, cost):
    """As an older house made it, with other parameters, in the form that is stored."""
    salt = os.urandom(16)
    made = hashlib.scrypt(
        password.encode(), salt=salt, n=2**cost, r=8, p=1, dklen=32, maxmem=2**27
    )
    parts = (base64.b64encode(part).decode().rstrip("=") for part in (salt, made))
    return f"$scrypt$ln={cost},r=8,p=1$" + "$".join(parts)


@pytest.mark.parametrize("cost", [12, 15])
def test_a_sign_in_gives_an_old_hash_today_s_parameters_and_a_wrong_one_does_not(hub, cost):
    person = hub.person()
    old = hash_of_other_days("una frase de antes", cost)
    hub.sql(f"update account set password_hash = $${old}$$ where id = '{person.account}'")
    stored = f"select password_hash from account where id = '{person.account}'"
    changed = f"select password_changed_at, revision from account where id = '{person.account}'"
    before = hub.sql(changed)
    assert sign_in(hub, person.email, "otra frase").data["signIn"]["session"] is None
    assert hub.sql(stored) == old
    assert sign_in(hub, person.email, "una frase de antes").data["signIn"]["session"]
    now = hub.sql(stored)
    assert re.match(r"\$scrypt\$ln=14,r=8,p=5\$", now)
    # The person has changed nothing, and nobody is told of a change.
    assert hub.sql(changed) == before and not hub.mails(person.email, "password_changed")
    assert sign_in(hub, person.email, "una frase de antes").data["signIn"]["session"]
    assert hub.sql(stored) == now
