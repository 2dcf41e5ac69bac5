"""Ending the link with Google: what is asked for, what ends with it, and that it ends once."""

import concurrent.futures
import uuid

import pytest

from hub import PASSWORD
from identity_providers import Browser, mock_provider, ready, settings
from mailed_links import expire, kinds, mailed_token, not_tokens, token
from session_documents import sign_in
from test_change_email import LOOK
from test_google import gmail, grow_stale, link_of, linked_person, mails, sign_up, token_of

UNLINK = """
mutation ($input: UnlinkGoogleInput!) {
  unlinkGoogle(input: $input) {
    security { email pendingEmail hasPassword google { email } sessions { isCurrent } }
    userErrors { code field message }
  }
}
"""
CONFIRM = """
mutation ($token: String!) {
  confirmUnlinkGoogle(input: {token: $token}) { email userErrors { code field } }
}
"""
NEW = "una frase que nadie adivina"
BOTH = [("REQUIRED", ["email"]), ("REQUIRED", ["newPassword"])]


@pytest.fixture(scope="module")
def provider():
    with mock_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def google(serve, provider):
    return ready(serve(**settings(provider)))


@pytest.fixture
def person(hub, provider, google):
    return linked_person(hub, provider, google)


def unlink(hub, person, **members):
    return hub.ask(UNLINK, {"input": members}, person.token).data["unlinkGoogle"]


def confirm(hub, token):
    errors = hub.ask(CONFIRM, {"token": token}).data["confirmUnlinkGoogle"]["userErrors"]
    return [error["code"] for error in errors]


def codes(payload):
    return [(error["code"], error["field"]) for error in payload["userErrors"]]


def standing(hub, person):
    account = hub.sql(f"select to_jsonb(a) from account a where id = '{person.account}'")
    return account, link_of(hub, person)


def google_signs_in(google, provider):
    return Browser(google).go(provider, "SIGN_IN").outcome


# The same address: at once ------------------------------------------------------------------------


def test_with_the_same_address_the_password_takes_google_s_place_at_once(
    hub, person, provider, google
):
    elsewhere = Browser(google)
    assert elsewhere.go(provider, "SIGN_IN").outcome == "SIGNED_IN"
    payload = unlink(google, person, email=f" {person.email.upper()} ", newPassword=NEW)
    assert payload == {
        "security": {
            "email": person.email, "pendingEmail": None, "hasPassword": True, "google": None,
            "sessions": [{"isCurrent": True}],
        },
        "userErrors": [],
    }
    assert google_signs_in(google, provider) == "GOOGLE_NOT_LINKED"
    assert sign_in(google, person.email, NEW).data["signIn"]["session"]
    assert sign_in(google, person.email, PASSWORD).data["signIn"]["session"] is None
    ended = google.ask(
        "mutation { refreshSession(input: {}) { userErrors { code } } }", **elsewhere.headers
    ).data["refreshSession"]
    assert ended["userErrors"] == [{"code": "SESSION_ENDED"}]
    assert mails(hub, person, "google_unlinked") == [f"{person.email} {person.email}"]
    again = unlink(google, person, email=person.email, newPassword="otra frase muy larga")
    assert codes(again) == [("GOOGLE_NOT_LINKED", [])]
    assert sign_in(google, person.email, NEW).data["signIn"]["session"]


def test_who_never_had_a_password_signs_in_with_it_from_then_on(google, provider):
    browser = Browser(google)
    email = gmail()
    provider.become(email)
    sign_up(browser, provider)
    token = token_of(browser)
    answer = google.ask(UNLINK, {"input": {"email": email, "newPassword": NEW}}, token)
    payload = answer.data["unlinkGoogle"]
    assert payload["userErrors"] == [] and payload["security"]["hasPassword"]
    assert sign_in(google, email, NEW).data["signIn"]["session"]


@pytest.mark.parametrize(
    "members, refusals",
    [
        ({}, BOTH),
        ({"email": "SAME"}, [("REQUIRED", ["newPassword"])]),
        ({"newPassword": NEW}, [("REQUIRED", ["email"])]),
        ({"email": None, "newPassword": None}, BOTH),
        ({"email": "  ", "newPassword": ""}, BOTH),
        ({"email": "no address", "newPassword": NEW}, [("INVALID_FORMAT", ["email"])]),
        ({"email": "SAME", "newPassword": "ñandúes"}, [("TOO_SHORT", ["newPassword"])]),
        ({"email": "SAME", "newPassword": "x" * 129}, [("TOO_LONG", ["newPassword"])]),
        ({"email": "SAME", "newPassword": "Password1"}, [("PASSWORD_TOO_COMMON", ["newPassword"])]),
        ({"email": "SAME", "newPassword": "SAME"}, [("PASSWORD_IS_EMAIL", ["newPassword"])]),
        ({"email": "otra@else.example", "newPassword": "otra@else.example"},
         [("PASSWORD_IS_EMAIL", ["newPassword"])]),
    ],
)
def test_what_is_missing_or_weak_is_refused_and_the_link_stays(
    hub, person, google, members, refusals
):
    before = standing(hub, person)
    members = {
        name: person.email if value == "SAME" else value for name, value in members.items()
    }
    payload = unlink(google, person, **members)
    assert codes(payload) == refusals
    assert payload["security"]["google"] and standing(hub, person) == before
    assert mails(hub, person, "google_unlinked") == []


def test_without_a_fresh_proof_nothing_ends(hub, person, google):
    grow_stale(hub, person)
    before = standing(hub, person)
    for email in (person.email, gmail()):
        payload = unlink(google, person, email=email, newPassword=NEW)
        assert codes(payload) == [("REAUTHENTICATION_REQUIRED", [])]
    assert standing(hub, person) == before
    made = hub.sql(f"select count(*) from one_time_link where account_id = '{person.account}'")
    assert made == "0"


def test_of_several_at_once_one_wins(hub, person, google):
    words = [f"una frase número {number}" for number in range(4)]

    def unlinked(word):
        return codes(unlink(google, person, email=person.email, newPassword=word))

    with concurrent.futures.ThreadPoolExecutor() as pool:
        payloads = list(pool.map(unlinked, words))
    assert sorted(payloads) == [[]] + [[("GOOGLE_NOT_LINKED", [])]] * 3
    assert len(mails(hub, person, "google_unlinked")) == 1
    winner = words[payloads.index([])]
    for word in words:
        session = sign_in(google, person.email, word).data["signIn"]["session"]
        assert bool(session) == (word == winner)


def test_a_sign_in_and_an_unlinking_at_once_leave_no_session_of_google_behind(
    hub, person, provider, google
):
    for _ in range(3):
        browser = Browser(google)
        location = provider.authorize(browser.url("SIGN_IN"))
        with concurrent.futures.ThreadPoolExecutor() as pool:
            end = pool.submit(browser.come_back, location)
            done = pool.submit(unlink, google, person, email=person.email, newPassword=NEW)
        assert codes(done.result()) == []
        assert end.result().outcome in ("SIGNED_IN", "GOOGLE_NOT_LINKED")
        # Whichever came first: no other session is open afterwards.
        assert hub.sql(f"""select count(*) from session where account_id = '{person.account}'
            and revoked_at is null and id <> '{person.session}'""") == "0"
        assert Browser(google).go(provider, "LINK", person.token).outcome == "LINKED"


# Another address: when it is confirmed ------------------------------------------------------------


def ask_for(google, person, email):
    payload = unlink(google, person, email=email, newPassword=NEW)
    assert codes(payload) == []
    assert payload["security"]["pendingEmail"] == email
    assert payload["security"]["email"] == person.email and payload["security"]["google"]


def test_with_another_address_the_link_holds_until_it_is_confirmed(hub, person, provider, google):
    email = f"{uuid.uuid4().hex}@Otra.Example"
    ask_for(google, person, email)
    assert google_signs_in(google, provider) == "SIGNED_IN"
    assert sign_in(google, person.email, PASSWORD).data["signIn"]["session"]
    assert sign_in(google, email, NEW).data["signIn"]["session"] is None
    assert kinds(hub, email) == ["confirm_unlink_google"]
    # The mail goes to an address that has not proved itself: it says whose account it is, and
    # greets by nobody's words.
    masked = f"{person.email[0]}***@gmail.com"
    told = f"select name, facts ->> 'account' from mail where lower(address) = lower('{email}')"
    assert hub.sql(told) == f"|{masked}"
    token = mailed_token(hub, email, "confirm_unlink_google")
    told = google.ask(LOOK, {"token": token}).data["lookAtLink"]
    assert told == {"address": email, "account": masked, "userErrors": []}
    answer = google.ask(CONFIRM, {"token": token}).data["confirmUnlinkGoogle"]
    assert answer == {"email": email, "userErrors": []}
    assert google_signs_in(google, provider) == "GOOGLE_NOT_LINKED"
    # The session that asked stays; those opened with Google and the old password have ended.
    assert hub.sql(f"""select id from session where account_id = '{person.account}'
        and revoked_at is null""") == person.session
    assert sign_in(google, email.lower(), NEW).data["signIn"]["session"]
    assert sign_in(google, person.email, PASSWORD).data["signIn"]["session"] is None
    assert mails(hub, person, "google_unlinked") == [f"{email} {person.email}"]
    assert confirm(google, token) == ["LINK_INVALID"]


def test_the_address_before_is_told_and_can_undo_the_change(hub, person, google):
    email = gmail()
    ask_for(google, person, email)
    assert confirm(google, mailed_token(hub, email, "confirm_unlink_google")) == []
    assert kinds(hub, email)[1:] == ["email_changed", "google_unlinked"]
    assert kinds(hub, person.email)[-1] == "email_changed_undo"
    undone = google.ask(
        "mutation ($t: String!) { undoEmailChange(input: {token: $t}) { email } }",
        {"t": mailed_token(hub, person.email, "email_changed_undo")},
    ).data["undoEmailChange"]
    assert undone == {"email": person.email}
    assert sign_in(google, email, NEW).data["signIn"]["session"] is None


def test_asking_never_tells_that_somebody_has_the_address(hub, person, google):
    other = hub.person()
    ask_for(google, person, other.email)
    assert kinds(hub, other.email) == ["change_email_known"]
    assert link_of(hub, person)


def test_an_address_that_was_taken_meanwhile_is_a_clean_failure(hub, person, google):
    email, before = gmail(), link_of(hub, person)
    ask_for(google, person, email)
    token = mailed_token(hub, email, "confirm_unlink_google")
    other = hub.person()
    hub.sql(f"update account set email = '{email.upper()}' where id = '{other.account}'")
    stands = standing(hub, person)
    assert confirm(google, token) == ["EMAIL_TAKEN"]
    assert standing(hub, person) == stands and link_of(hub, person) == before
    assert mails(hub, person, "google_unlinked") == []
    assert google.ask(CONFIRM, {"token": token}).data["confirmUnlinkGoogle"]["email"] is None
    hub.sql(f"update account set email = '{gmail()}' where id = '{other.account}'")
    assert confirm(google, token) == []


def test_a_second_request_voids_the_first(hub, person, google):
    first, second = gmail(), gmail()
    ask_for(google, person, first)
    token = mailed_token(hub, first, "confirm_unlink_google")
    ask_for(google, person, second)
    assert confirm(google, token) == ["LINK_INVALID"]
    assert confirm(google, mailed_token(hub, second, "confirm_unlink_google")) == []
    assert hub.sql(f"select email from account where id = '{person.account}'") == second


CHANGES_OF_MIND = {
    "unlinked at once": """mutation ($same: String!) { unlinkGoogle(input:
        {email: $same, newPassword: "otra frase muy larga"}) { userErrors { code } } }""",
    "taken back": "mutation { cancelEmailChange(input: {}) { userErrors { code } } }",
    "another change of address": """mutation { changeEmail(input:
        {newEmail: "GMAIL"}) { userErrors { code } } }""",
}


@pytest.mark.parametrize("name", CHANGES_OF_MIND)
def test_what_was_done_meanwhile_voids_the_link_of_the_mail(hub, person, google, name):
    email = gmail()
    ask_for(google, person, email)
    token = mailed_token(hub, email, "confirm_unlink_google")
    if "GMAIL" in CHANGES_OF_MIND[name]:
        carried = hub.sql(f"""update account_google set email = '{gmail()}'
            where account_id = '{person.account}' returning email""")
        document, variables = CHANGES_OF_MIND[name].replace("GMAIL", carried), None
    else:
        document = CHANGES_OF_MIND[name]
        variables = {"same": person.email} if "$same" in document else None
    answer = next(iter(google.ask(document, variables, person.token).data.values()))
    assert answer == {"userErrors": []}
    assert confirm(google, token) == ["LINK_INVALID"]
    assert hub.sql(f"select email from account where id = '{person.account}'") == person.email


def test_of_several_confirmations_at_once_one_is_done(hub, person, google):
    email = gmail()
    ask_for(google, person, email)
    token = mailed_token(hub, email, "confirm_unlink_google")
    with concurrent.futures.ThreadPoolExecutor() as pool:
        ends = list(pool.map(lambda _: confirm(google, token), range(4)))
    assert sorted(ends) == [[]] + [["LINK_INVALID"]] * 3
    assert len(mails(hub, person, "google_unlinked")) == 1


def test_a_token_that_is_not_good_ends_nothing(hub, person, google):
    email = gmail()
    ask_for(google, person, email)
    good = mailed_token(hub, email, "confirm_unlink_google")
    link = hub.sql(f"""select id from one_time_link where account_id = '{person.account}'
        and purpose = 'unlink_google'""")
    for bad in not_tokens(hub, "unlink_google", [token(hub, link, "change_email")]):
        assert confirm(google, bad) == ["LINK_INVALID"]
    expire(hub, good)
    assert confirm(google, good) == ["LINK_INVALID"]
    assert link_of(hub, person)


def test_nothing_of_a_password_is_logged_or_kept(hub, person, google):
    length = google.log_length()
    secret = "a marked secret phrase"
    unlink(google, person, email=gmail(), newPassword=secret)
    assert "marked" not in google.log_since(length)[1]
    facts = hub.sql(f"select facts from one_time_link where account_id = '{person.account}'")
    assert "marked" not in facts and "$scrypt$" in facts
