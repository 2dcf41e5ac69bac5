"""reauthenticate: what is sensitive asks for a proof of the last ten minutes, and what counts as
one: the password, and the code of the second factor where there is one."""

import concurrent.futures
import datetime

import pytest

from hub import PASSWORD, RESPONSE_JSON, until
from mailed_links import house
from test_second_factor import (
    CONFIRM, DISABLE, ENROL, Authenticator, challenge, complete, enrolled, one, refusals,
)

REAUTHENTICATE = """
mutation ($password: String!) {
  reauthenticate(input: {password: $password}) {
    security { authenticatedAt isFresh } userErrors { code field message }
  }
}
"""
FRESHNESS = "{ security { authenticatedAt isFresh } }"
WITH_CODE = """
mutation ($input: ReauthenticateInput!) {
  reauthenticate(input: $input) { security { isFresh } userErrors { code field } }
}
"""
LACKS_CODE = [("SECOND_FACTOR_REQUIRED", ["code"])]
WRONG_CODE = [("WRONG_CODE", ["code"])]
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
        f"select reauthenticate('{person.session}', '{person.account}', '{old}', null, null)"
    )
    assert outcome == "changed" and not is_fresh(hub, person)


# With a second factor ------------------------------------------------------------------------------


def prove(hub, person, **given):
    answer = hub.ask(WITH_CODE, {"input": {"password": PASSWORD} | given}, person.token)
    return answer if answer.status == 429 else codes(answer)


def stale(hub, **given):
    """A person with a second factor whose proof has grown old: authenticator and recovery codes."""
    person, authenticator, recovery = enrolled(hub, **given)
    grow_old(hub, person)
    return person, authenticator, recovery


@pytest.mark.parametrize("uses", ["authenticator", "recovery"])
def test_the_password_alone_proves_nothing_where_there_is_a_second_factor(hub, uses):
    person, authenticator, recovery = stale(hub)
    code = authenticator.now() if uses == "authenticator" else recovery[2]
    for given in ({}, {"code": ""}, {"code": None}):
        assert prove(hub, person, **given) == LACKS_CODE
    assert prove(hub, person, code="000000x") == WRONG_CODE
    assert not is_fresh(hub, person)
    refused = one(hub.ask(DISABLE, {"code": code}, person.token), "disableSecondFactor")
    assert refusals(refused) == [("REAUTHENTICATION_REQUIRED", [])]
    # The code says nothing without the password, and is not used up by a wrong one.
    wrong = [("WRONG_PASSWORD", ["password"])]
    assert prove(hub, person, password="wrong", code=code) == wrong
    assert prove(hub, person, code=code) == []
    assert is_fresh(hub, person)
    # It is used up, here and at the sign-in.
    assert prove(hub, person, code=code) == WRONG_CODE
    assert refusals(complete(hub, challenge(hub, person), code)) == WRONG_CODE
    left = hub.sql(
        f"select recovery_codes_left from second_factor where account_id = '{person.account}'")
    assert left == ("10" if uses == "authenticator" else "9")


def test_of_two_at_once_with_one_code_one_has_proved_it(hub):
    person, authenticator, recovery = stale(hub)
    for code in (authenticator.now(), recovery[0]):
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            told = list(pool.map(lambda _: prove(hub, person, code=code), range(2)))
        assert sorted(told) == [[], WRONG_CODE]


def test_codes_are_guessed_at_together_with_those_of_the_sign_in(hub):
    person, authenticator, _ = stale(hub)
    for _ in range(6):
        assert prove(hub, person, code="000000x") == WRONG_CODE
    token = challenge(hub, person)
    for _ in range(4):
        assert refusals(complete(hub, token, "000000x")) == WRONG_CODE
    limited = prove(hub, person, code=authenticator.now())
    assert limited.codes == ["RATE_LIMITED"] and int(limited.headers["Retry-After"]) > 0
    assert complete(hub, token, authenticator.now()).codes == ["RATE_LIMITED"]
    # Asking what is missing is no guess, and the password that was right is none either.
    hub.sql("delete from sign_in_guess where client = 'second factor' and email_hash = "
            f"sha256('{person.email}')")
    for _ in range(3):
        assert prove(hub, person) == LACKS_CODE
    assert prove(hub, person, code=authenticator.now()) == []


def test_a_factor_that_was_not_confirmed_asks_for_nothing(hub):
    person = hub.person()
    assert one(hub.ask(ENROL, token=person.token), "enrolSecondFactor")["enrolment"]
    grow_old(hub, person)
    assert prove(hub, person, code="000000x") == []
    assert prove(hub, hub.person(), code="000000x") == []


def test_one_persons_code_proves_nobody_else(hub):
    person, _, _ = stale(hub)
    _, others, recovery = enrolled(hub)
    for code in (others.now(), others.now(1), recovery[0]):
        assert prove(hub, person, code=code) == WRONG_CODE
    assert not is_fresh(hub, person)


def test_the_database_asks_for_the_code_whatever_was_read_before(hub):
    person, _, _ = stale(hub)
    for hash in (f"(select password_hash from account where id = '{person.account}')", "null"):
        call = f"reauthenticate('{person.session}', '{person.account}', {hash}, null, null)"
        expected = "not_proved" if hash == "null" else "code_required"
        assert hub.sql(f"select {call}") == expected
    assert not is_fresh(hub, person)


@pytest.mark.parametrize("given", [{"password": None}, {"password": None, "code": "123456"}])
def test_without_a_password_there_is_nothing_to_prove_by(hub, given):
    person, _, _ = stale(hub)
    assert prove(hub, person, **given) == [("REQUIRED", ["password"])]
    # Nothing was guessed at.
    counted = hub.sql("select count(*) from sign_in_guess where client = 'second factor' and "
                      f"email_hash = sha256('{person.email}')")
    assert counted == "0"


def test_nothing_of_a_code_is_logged(hub):
    person, authenticator, recovery = stale(hub)
    length = hub.log_length()
    assert prove(hub, person, code=recovery[1]) == []
    assert prove(hub, person, code="a marked wrong code") == WRONG_CODE
    text = hub.log_since(length)[1]
    assert recovery[1] not in text and "marked" not in text


def test_a_code_confirms_the_secret_that_it_was_made_of(hub):
    """Of two enrolments in a race: the first one's code is read before the second is kept."""
    person = hub.person()
    first = one(hub.ask(ENROL, token=person.token), "enrolSecondFactor")["enrolment"]
    kept = f"from second_factor where account_id = '{person.account}'"
    sealed = hub.sql(f"select encode(sealed_secret, 'hex') {kept}")
    second = one(hub.ask(ENROL, token=person.token), "enrolSecondFactor")["enrolment"]
    call = "confirm_second_factor('{}', '\\x{}', 1, '{{}}', 60)".format(person.account, sealed)
    assert hub.sql(f"set role hub_app_write; select {call}") == "another"
    assert hub.sql(f"select confirmed_at is null {kept}") == "t"
    assert hub.mails(person.email, "second_factor_enabled") == []
    code = Authenticator(first["secret"]).now()
    told = one(hub.ask(CONFIRM, {"code": code}, person.token), "confirmSecondFactor")
    assert refusals(told) == WRONG_CODE
    code = Authenticator(second["secret"]).now()
    told = one(hub.ask(CONFIRM, {"code": code}, person.token), "confirmSecondFactor")
    assert refusals(told) == []
    assert hub.sql(f"set role hub_app_write; select {call}") == "none"


def test_a_confirmation_that_waits_for_another_enrolment_confirms_nothing(hub):
    """The same through the program: it has proved the code, and waits for the row's lock while the
    row gets the other secret."""
    person, other = hub.person(), hub.person()
    enrolments = [one(hub.ask(ENROL, token=it.token), "enrolSecondFactor")["enrolment"]
                  for it in (person, other)]
    code = Authenticator(enrolments[0]["secret"]).now()
    waits = "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query ~ " \
        "'confirm_second_factor'"
    with concurrent.futures.ThreadPoolExecutor(1) as pool, hub.open_psql() as psql:
        psql.stdin.write(
            f"""begin; update second_factor set sealed_secret = (
              select sealed_secret from second_factor where account_id = '{other.account}')
            where account_id = '{person.account}'; select 'held';\n""")
        assert psql.stdout.readline() == "held\n"
        asked = pool.submit(hub.ask, CONFIRM, {"code": code}, person.token)
        until(lambda: hub.sql(waits) == "1", "the confirmation waits")
        psql.stdin.write("commit; select 'done';\n")
        assert psql.stdout.readline() == "done\n"
        told = one(asked.result(), "confirmSecondFactor")
    assert refusals(told) == WRONG_CODE and told["recoveryCodes"] is None
    assert hub.sql("select confirmed_at is null from second_factor where account_id = "
                   f"'{person.account}'") == "t"


def test_nothing_of_a_password_is_logged(hub):
    length = hub.log_length()
    reauthenticate(hub, hub.person(), "a marked wrong secret")
    assert "marked" not in hub.log_since(length)[1]
