"""reauthenticate: what is sensitive asks for a proof of the last ten minutes, and what counts as
one."""

import datetime

import pytest

from hub import PASSWORD, RESPONSE_JSON
from mailed_links import house

REAUTHENTICATE = """
mutation ($password: String!) {
  reauthenticate(input: {password: $password}) {
    security { authenticatedAt isFresh } userErrors { code field message }
  }
}
"""
FRESHNESS = "{ security { authenticatedAt isFresh } }"
CHANGE_EMAIL = """
mutation ($email: String!) {
  changeEmail(input: {newEmail: $email}) { security { pendingEmail } userErrors { code field } }
}
"""


def grow_old(hub, person, age="10 minutes 1 second"):
    hub.sql(
        f"""update session set authenticated_at = now() - interval '{age}'
        where id = '{person.session}'"""
    )


def reauthenticate(hub, person, password=PASSWORD):
    return hub.ask(REAUTHENTICATE, {"password": password}, person.token)


def codes(answer, mutation="reauthenticate"):
    return [(error["code"], error["field"]) for error in answer.data[mutation]["userErrors"]]


def is_fresh(hub, person):
    return hub.ask(FRESHNESS, token=person.token).data["security"]["isFresh"]


@pytest.mark.parametrize(
    "age, fresh", [("0", True), ("9 minutes 50 seconds", True), ("10 minutes 1 second", False),
                   ("3 days", False)]
)
def test_a_proof_is_fresh_for_ten_minutes(hub, age, fresh):
    person = hub.person()
    grow_old(hub, person, age)
    assert is_fresh(hub, person) is fresh
    answer = hub.ask(CHANGE_EMAIL, {"email": f"new-{person.email}"}, person.token)
    refused = [] if fresh else [("REAUTHENTICATION_REQUIRED", [])]
    assert codes(answer, "changeEmail") == refused
    assert (answer.data["changeEmail"]["security"]["pendingEmail"] is not None) is fresh


def test_the_password_makes_the_proof_fresh_in_this_session_alone(hub):
    person = hub.person()
    grow_old(hub, person)
    hub.sql(
        f"""insert into session (account_id, last_tenant_id, device, expires_at, idle_expires_at,
          authenticated_at)
        values ('{person.account}', '{person.tenant}', 'other', now() + interval '1 hour',
          now() + interval '1 hour', now() - interval '1 day')"""
    )
    answer = reauthenticate(hub, person)
    assert codes(answer) == []
    told = answer.data["reauthenticate"]["security"]
    at = datetime.datetime.fromisoformat(told["authenticatedAt"])
    assert told["isFresh"] and abs(datetime.datetime.now(datetime.UTC) - at).seconds < 60
    fresh = hub.sql(
        f"""select device from session where account_id = '{person.account}'
        and is_fresh(authenticated_at)"""
    )
    assert fresh == "test"


@pytest.mark.parametrize("password", ["", "wrong", PASSWORD.upper(), PASSWORD + " ", "x" * 5000])
def test_a_wrong_password_proves_nothing(hub, password):
    person = hub.person()
    grow_old(hub, person)
    before = house(hub)
    assert codes(reauthenticate(hub, person, password)) == [("WRONG_PASSWORD", ["password"])]
    assert house(hub) == before
    assert not is_fresh(hub, person)


def test_guesses_are_counted_with_those_of_the_sign_in_and_the_right_one_forgets_them(hub):
    person = hub.person()
    for _ in range(9):
        assert codes(reauthenticate(hub, person, "wrong")) == [("WRONG_PASSWORD", ["password"])]
    assert codes(reauthenticate(hub, person)) == []
    for _ in range(10):
        assert codes(reauthenticate(hub, person, "wrong")) == [("WRONG_PASSWORD", ["password"])]
    limited = reauthenticate(hub, person)
    assert limited.codes == ["RATE_LIMITED"]
    assert int(limited.headers["Retry-After"]) > 0


def test_a_document_guesses_once(hub):
    person = hub.person()
    field = '%s: reauthenticate(input: {password: "x"}) { userErrors { code } }'
    document = "mutation { " + field % "a" + field % "b" + " }"
    answer = hub.ask(document, token=person.token, accept=RESPONSE_JSON)
    assert answer.status == 400 and answer.codes == ["GRAPHQL_VALIDATION_FAILED"]


def test_who_has_no_password_cannot_prove_by_one(hub):
    person = hub.person()
    hub.sql(f"update account set password_hash = null where id = '{person.account}'")
    assert codes(reauthenticate(hub, person)) == [("NO_PASSWORD", ["password"])]


def test_a_password_that_changes_meanwhile_proves_nothing(hub):
    person = hub.person()
    grow_old(hub, person)
    old = hub.sql(f"select password_hash from account where id = '{person.account}'")
    hub.sql(f"update account set password_hash = 'another' where id = '{person.account}'")
    outcome = hub.sql(
        f"select reauthenticate('{person.session}', '{person.account}', '{old}')"
    )
    assert outcome == "f" and not is_fresh(hub, person)


def test_nothing_of_a_password_is_logged(hub):
    length = hub.log_length()
    reauthenticate(hub, hub.person(), "a marked wrong secret")
    assert "marked" not in hub.log_since(length)[1]
