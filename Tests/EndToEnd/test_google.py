"""Signing in and up with Google, linking, and proving who one is: against oidc-provider-mock."""

import concurrent.futures
import re
import urllib.parse
import uuid

import pytest

from hub import PASSWORD
from identity_providers import (
    CLIENT_ID, CLIENT_SECRET, PUBLIC_URL, Browser, mock_provider, ready, settings,
)
from mailed_links import mailed_token
from session_documents import sign_in
from test_second_factor import complete, enrolled

REFRESH = "mutation { refreshSession(input: {}) { session { accessToken } userErrors { code } } }"
ME = """{
  company { legalName countryVersion }
  profile { id firstName lastName country language }
  security { email hasPassword google { email } }
  memberships { companyName role }
}"""
LINKED = "{ security { google { email linkedAt } } }"


@pytest.fixture(scope="module")
def provider():
    with mock_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def google(serve, provider):
    return ready(serve(**settings(provider) | {"PUBLIC_URL": PUBLIC_URL + "/"}))


@pytest.fixture
def browser(google):
    return Browser(google)


def gmail():
    return f"{uuid.uuid4().hex}@gmail.com"


def sign_up(browser, provider, name="Nueva S.A.S.", version="CO", **members):
    return browser.go(provider, "SIGN_UP", companyName=name, countryVersion=version, **members)


def token_of(browser):
    """An access token for the session that a journey left in the cookie."""
    answer = browser.take(browser.hub.ask(REFRESH, **browser.headers)).data["refreshSession"]
    assert answer["userErrors"] == []
    return answer["session"]["accessToken"]


def person_with_email(hub, email, **members):
    person = hub.person(**members)
    hub.sql(f"update account set email = '{email}' where id = '{person.account}'")
    person.email = email
    return person


def linked_person(hub, provider, google, email=None, **claims):
    """A person with a password who has linked Google, and is away from it."""
    person = person_with_email(hub, email or gmail())
    provider.become(person.email, **claims)
    assert Browser(google).go(provider, "LINK", person.token).outcome == "LINKED"
    return person


def grow_stale(hub, person):
    hub.sql(f"""update session set authenticated_at = now() - interval '601 seconds'
        where account_id = '{person.account}'""")


def mails(hub, person, kind):
    found = hub.sql(f"""select address || ' ' || (facts ->> 'google_email') from mail
        where account_id = '{person.account}' and kind = '{kind}' order by created_at""")
    return found.splitlines()


def link_of(hub, person):
    """The Google account that is linked; empty where none is."""
    return hub.sql(f"select subject from account_google where account_id = '{person.account}'")


def links_to(hub, subject):
    """The accounts that a Google account is linked with."""
    found = hub.sql(f"select account_id from account_google where subject = '{subject}'")
    return found.splitlines()


def accounts(hub):
    return hub.sql("select count(*) from account")


# Signing up and in -------------------------------------------------------------------------------


def test_a_person_signs_up_and_in_with_google(browser, provider, google):
    email = gmail()
    provider.become(email, given_name="Gina", family_name="Gómez")
    end = sign_up(browser, provider)
    assert (end.outcome, end.intent) == ("SIGNED_UP", "SIGN_UP")
    me = browser.hub.ask(ME, token=token_of(browser)).data
    assert me["company"] == {"legalName": "Nueva S.A.S.", "countryVersion": "CO"}
    assert me["profile"]["firstName"] == "Gina" and me["profile"]["lastName"] == "Gómez"
    assert me["profile"]["country"] == "CO" and me["profile"]["language"] == "es"
    assert me["security"] == {"email": email, "hasPassword": False, "google": {"email": email}}
    assert me["memberships"] == [{"companyName": "Nueva S.A.S.", "role": "administrator"}]
    # The address at Google changes; the person stays the same.
    provider.change(gmail())
    again = Browser(google)
    end = again.go(provider, "SIGN_IN")
    assert (end.outcome, end.intent) == ("SIGNED_IN", "SIGN_IN")
    assert google.ask(ME, token=token_of(again)).data["profile"]["id"] == me["profile"]["id"]


def test_the_session_comes_as_the_cookie_of_a_sign_in_and_the_flow_s_is_gone(browser, provider):
    provider.become(gmail())
    url = browser.url("SIGN_UP", companyName="Una", countryVersion="MX")
    assert set(browser.cookies) == {"__Host-mi-alegra-flow"}
    end = browser.come_back(provider.authorize(url))
    assert set(browser.cookies) == {"__Host-mi-alegra-refresh", "__Host-mi-alegra-device"}
    refresh = next(line for line in end.cookies if "refresh" in line)
    assert re.fullmatch(
        r"__Host-mi-alegra-refresh=rt_[\w-]{43}; Path=/; Max-Age=2592000; HttpOnly; "
        r"SameSite=Strict; Secure", refresh,
    )
    assert end.answer.headers["cache-control"] == "no-store"
    assert end.answer.headers["referrer-policy"] == "no-referrer"
    assert browser.cookies["__Host-mi-alegra-refresh"] not in end.answer.headers["location"]


def test_the_cookie_of_a_journey_is_kept_from_scripts_and_other_sites(google):
    answer = google.ask(
        "mutation { startGoogle(input: {intent: SIGN_IN}) { authorizationUrl } }"
    )
    assert re.fullmatch(
        r"__Host-mi-alegra-flow=fs_[\w-]{43}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure",
        answer.headers["set-cookie"],
    )


def test_the_request_to_google_is_a_code_flow_with_pkce_state_and_nonce(browser, provider):
    url = browser.url("SIGN_IN")
    sent = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
    assert sent.pop("state") != sent.pop("nonce") and len(sent.pop("code_challenge")) == 43
    assert sent == {
        "response_type": "code", "client_id": CLIENT_ID, "scope": "openid email profile",
        "redirect_uri": PUBLIC_URL + "/auth/google/return", "code_challenge_method": "S256",
        "prompt": "select_account",
    }
    secret = browser.cookies["__Host-mi-alegra-flow"]
    assert secret not in url and CLIENT_SECRET not in urllib.parse.unquote_plus(url)


def test_google_s_name_for_a_person_is_the_only_key(hub, browser, provider):
    """An account with that address, unlinked, is neither entered nor linked nor told of."""
    person = person_with_email(hub, gmail())
    provider.become(person.email)
    known = browser.go(provider, "SIGN_IN")
    provider.become(gmail())
    unknown = browser.go(provider, "SIGN_IN")
    assert known.outcome == unknown.outcome == "GOOGLE_NOT_LINKED"
    assert known.answer.headers["location"] == unknown.answer.headers["location"]
    assert link_of(hub, person) == ""
    assert "__Host-mi-alegra-refresh" not in browser.cookies


def test_signing_up_where_there_is_an_account_is_refused_and_links_nothing(hub, browser, provider):
    person = person_with_email(hub, gmail())
    provider.become(person.email.upper())
    before = accounts(hub)
    assert sign_up(browser, provider).outcome == "ACCOUNT_EXISTS"
    provider.become(gmail())
    assert sign_up(browser, provider).outcome == "SIGNED_UP"
    assert sign_up(browser, provider).outcome == "ACCOUNT_EXISTS"
    assert int(accounts(hub)) == int(before) + 1
    assert link_of(hub, person) == ""


def test_of_two_sign_ups_at_once_one_makes_an_account(hub, google, provider):
    provider.become(gmail())
    urls = []
    for _ in range(4):
        browser = Browser(google)
        url = browser.url("SIGN_UP", companyName="Carrera", countryVersion="PE")
        urls.append((browser, provider.authorize(url)))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        ends = list(pool.map(lambda pair: pair[0].come_back(pair[1]).outcome, urls))
    assert sorted(ends) == ["ACCOUNT_EXISTS"] * 3 + ["SIGNED_UP"]
    assert len(links_to(hub, provider.subject)) == 1
    assert hub.sql("select count(*) from company where legal_name = 'Carrera'") == "1"


@pytest.mark.parametrize(
    "members, refusals",
    [
        ({}, [("REQUIRED", [name]) for name in ("companyName", "countryVersion")]),
        ({"companyName": " ", "countryVersion": "CO"}, [("REQUIRED", ["companyName"])]),
        ({"companyName": "x" * 251, "countryVersion": "CO"}, [("TOO_LONG", ["companyName"])]),
        ({"companyName": "x", "countryVersion": "ZZ"}, [("NOT_OFFERED", ["countryVersion"])]),
        ({"companyName": "x", "countryVersion": "INTL"}, [("REQUIRED", ["country"])]),
        ({"companyName": "x", "countryVersion": "CO", "country": "nowhere"},
         [("INVALID_FORMAT", ["country"])]),
    ],
)
def test_a_sign_up_says_what_it_needs_before_anybody_is_sent_away(browser, members, refusals):
    payload = browser.start("SIGN_UP", **members)
    assert [(error["code"], error["field"]) for error in payload["userErrors"]] == refusals
    assert payload["authorizationUrl"] is None and browser.cookies == {}


def test_the_international_version_takes_the_person_s_country(browser, provider):
    provider.become(gmail(), given_name="", family_name=None)
    assert sign_up(browser, provider, version="INTL", country="ve").outcome == "SIGNED_UP"
    me = browser.hub.ask(ME, token=token_of(browser)).data
    assert (me["company"]["countryVersion"], me["profile"]["country"]) == ("INTL", "VE")
    assert me["profile"]["firstName"] == me["security"]["email"].split("@")[0]


@pytest.mark.parametrize(
    "email, hd, outcome",
    [
        ("{}@googlemail.com", None, "SIGNED_UP"),
        ("{}@empresa.example", "empresa.example", "SIGNED_UP"),
        ("{}@empresa.example", None, "EMAIL_NOT_GOOGLE"),
        ("{}@empresa.example", "otra.example", "EMAIL_NOT_GOOGLE"),
        ("{}@outlook.com", None, "EMAIL_NOT_GOOGLE"),
        ("{}@gmail.com.evil.example", None, "EMAIL_NOT_GOOGLE"),
    ],
)
def test_who_signs_up_is_somebody_google_speaks_for(browser, provider, email, hd, outcome):
    claims = {} if hd is None else {"hd": hd}
    provider.become(email.format(uuid.uuid4().hex), **claims)
    assert sign_up(browser, provider).outcome == outcome


def test_the_company_last_used_or_else_the_first_by_name_is_entered(
    hub, browser, provider, google
):
    person = linked_person(hub, provider, google)
    other = hub.person()
    hub.sql(f"""insert into membership (tenant_id, account_id, role)
        values ('{other.tenant}', '{person.account}', 'seller');
        update company set legal_name = 'AAA' where tenant_id = '{other.tenant}';
        update company set legal_name = 'ZZZ' where tenant_id = '{person.tenant}';
        update account set last_tenant_id = null where id = '{person.account}'""")

    def entered():
        assert browser.go(provider, "SIGN_IN").outcome == "SIGNED_IN"
        return google.ask(ME, token=token_of(browser)).data["company"]["legalName"]

    assert entered() == "AAA"
    hub.sql(f"""update account set last_tenant_id = '{person.tenant}'
        where id = '{person.account}'""")
    assert entered() == "ZZZ"
    hub.sql(f"delete from company where tenant_id in ('{person.tenant}', '{other.tenant}')")
    assert browser.go(provider, "SIGN_IN").outcome == "SIGNED_IN"
    assert google.ask(ME, token=token_of(browser)).codes == ["COMPANY_REQUIRED"]


def test_google_is_one_factor_and_the_second_is_asked_for_all_the_same(
    hub, browser, provider, google
):
    person, _, codes = enrolled(hub)
    email = gmail()
    hub.sql(f"update account set email = '{email}' where id = '{person.account}'")
    provider.become(email)
    assert browser.go(provider, "LINK", person.token).outcome == "LINKED"
    end = browser.go(provider, "SIGN_IN")
    assert (end.outcome, end.intent) == ("SECOND_FACTOR_REQUIRED", "SIGN_IN")
    assert browser.cookies == {}
    refused = complete(google, end.challenge, "000000")
    assert refused["session"] is None and refused["userErrors"]
    assert complete(google, end.challenge, codes[0])["session"]["accessToken"]


# Linking -----------------------------------------------------------------------------------------


def test_a_link_is_made_told_once_and_signs_in(hub, browser, provider, google):
    person = person_with_email(hub, gmail())
    provider.become("la.misma@gmail.com")
    for _ in range(2):
        end = browser.go(provider, "LINK", person.token)
        assert (end.outcome, end.intent) == ("LINKED", "LINK")
        assert end.cookies == [
            "__Host-mi-alegra-flow=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"
        ]
    security = google.ask(LINKED, token=person.token).data["security"]
    assert security["google"]["email"] == "la.misma@gmail.com"
    assert mails(hub, person, "google_linked") == [f"{person.email} la.misma@gmail.com"]
    assert browser.go(provider, "SIGN_IN").outcome == "SIGNED_IN"
    assert google.ask(ME, token=token_of(browser)).data["profile"]["id"] == person.account
    # The password goes on signing in.
    assert sign_in(google, person.email).data["signIn"]["session"]


OTHERS = [
    "outlook.com", "outlook.es", "outlook.com.ar", "hotmail.com", "hotmail.es", "hotmail.co.uk",
    "live.com", "live.com.mx", "msn.com", "yahoo.com", "yahoo.es", "yahoo.com.ar", "yahoo.com.mx",
    "yahoo.com.co", "yahoo.co.uk", "ymail.com", "rocketmail.com", "YAHOO.COM.PE",
]


@pytest.mark.parametrize("domain", OTHERS)
def test_another_provider_s_address_is_refused_before_google_is_asked(hub, browser, domain):
    person = person_with_email(hub, f"{uuid.uuid4().hex}@{domain}")
    payload = browser.start("LINK", person.token)
    assert [error["code"] for error in payload["userErrors"]] == ["EMAIL_NOT_GOOGLE"]
    assert "Cámbialo primero en Seguridad" in payload["userErrors"][0]["message"]
    assert payload["authorizationUrl"] is None and browser.cookies == {}


@pytest.mark.parametrize(
    "email, hd, outcome",
    [
        ("{}@empresa.example", "empresa.example", "LINKED"),
        ("{}@Empresa.Example", "eMPRESA.example", "LINKED"),
        ("{}@xn--and-6ma2c.example", "ñandú.example", "LINKED"),
        ("{}@gmail.com", "empresa.example", "LINKED"),
        ("{}@empresa.example", None, "EMAIL_NOT_GOOGLE"),
        ("{}@empresa.example", "otra.example", "EMAIL_NOT_GOOGLE"),
        ("{}@sub.empresa.example", "empresa.example", "EMAIL_NOT_GOOGLE"),
        ("{}@notgmail.com", None, "EMAIL_NOT_GOOGLE"),
        ("{}@gmail.com.evil.example", None, "EMAIL_NOT_GOOGLE"),
        ("{}@yahoo.empresa.example", "yahoo.empresa.example", "LINKED"),
    ],
)
def test_the_account_s_own_address_decides(hub, browser, provider, email, hd, outcome):
    person = person_with_email(hub, email.format(uuid.uuid4().hex))
    claims = {} if hd is None else {"hd": hd}
    provider.become(gmail(), **claims)
    assert browser.go(provider, "LINK", person.token).outcome == outcome
    assert bool(link_of(hub, person)) == (outcome == "LINKED")


def test_after_the_address_was_changed_to_gmail_the_link_works(hub, browser, provider):
    person = person_with_email(hub, f"{uuid.uuid4().hex}@empresa.example")
    provider.become(person.email)
    assert browser.go(provider, "LINK", person.token).outcome == "EMAIL_NOT_GOOGLE"
    email = gmail()
    document = """mutation ($e: String!) { changeEmail(input: {newEmail: $e}) {
      userErrors { code } } }"""
    asked = browser.hub.ask(document, {"e": email}, person.token).data["changeEmail"]
    assert asked == {"userErrors": []}
    assert browser.go(provider, "LINK", person.token).outcome == "EMAIL_NOT_GOOGLE"
    document = "mutation ($t: String!) { confirmEmail(input: {token: $t}) { email } }"
    done = browser.hub.ask(document, {"t": mailed_token(hub, email, "change_email")})
    assert done.data["confirmEmail"] == {"email": email}
    assert browser.go(provider, "LINK", person.token).outcome == "LINKED"


def test_a_google_account_that_is_linked_elsewhere_is_refused_without_a_hint(
    hub, browser, provider, google
):
    owner = linked_person(hub, provider, google)
    subject = provider.subject
    person = person_with_email(hub, gmail())
    end = browser.go(provider, "LINK", person.token)
    assert end.outcome == "GOOGLE_ALREADY_LINKED"
    told = end.answer.headers["location"] + end.answer.body.decode()
    assert owner.email not in told and owner.account not in told
    assert google.ask(LINKED, token=person.token).data["security"]["google"] is None
    assert links_to(hub, subject) == [owner.account]
    assert mails(hub, person, "google_linked") == []


def test_a_second_google_account_is_not_linked_over_the_first(hub, browser, provider, google):
    person = linked_person(hub, provider, google)
    before = link_of(hub, person)
    provider.become(gmail())
    assert browser.go(provider, "LINK", person.token).outcome == "OTHER_GOOGLE_LINKED"
    assert link_of(hub, person) == before
    assert len(mails(hub, person, "google_linked")) == 1


def test_of_several_that_link_one_google_account_at_once_one_wins(hub, google, provider):
    people = [person_with_email(hub, gmail()) for _ in range(4)]
    provider.become(gmail())
    journeys = []
    for person in people:
        browser = Browser(google)
        journeys.append((browser, provider.authorize(browser.url("LINK", person.token))))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        ends = list(pool.map(lambda pair: pair[0].come_back(pair[1]).outcome, journeys))
    assert sorted(ends) == ["GOOGLE_ALREADY_LINKED"] * 3 + ["LINKED"]
    assert len(links_to(hub, provider.subject)) == 1
    told = [len(mails(hub, person, "google_linked")) for person in people]
    assert sorted(told) == [0, 0, 0, 1]


def test_of_several_links_of_one_person_at_once_one_mail_is_asked_for(hub, google, provider):
    person = person_with_email(hub, gmail())
    provider.become(gmail())
    journeys = []
    for _ in range(4):
        browser = Browser(google)
        journeys.append((browser, provider.authorize(browser.url("LINK", person.token))))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        ends = list(pool.map(lambda pair: pair[0].come_back(pair[1]).outcome, journeys))
    assert ends == ["LINKED"] * 4
    assert len(mails(hub, person, "google_linked")) == 1


def test_linking_asks_for_a_fresh_proof_at_both_ends(hub, browser, provider):
    person = person_with_email(hub, gmail())
    provider.become(gmail())
    location = provider.authorize(browser.url("LINK", person.token))
    grow_stale(hub, person)
    assert browser.come_back(location).outcome == "REAUTHENTICATION_REQUIRED"
    payload = browser.start("LINK", person.token)
    assert [error["code"] for error in payload["userErrors"]] == ["REAUTHENTICATION_REQUIRED"]
    assert link_of(hub, person) == ""


def test_a_link_begun_in_a_session_that_ended_meanwhile_is_not_made(hub, browser, provider):
    person = person_with_email(hub, gmail())
    provider.become(gmail())
    location = provider.authorize(browser.url("LINK", person.token))
    hub.sql(f"update session set revoked_at = now() where id = '{person.session}'")
    assert browser.come_back(location).outcome == "SESSION_ENDED"
    assert link_of(hub, person) == ""


@pytest.mark.parametrize("intent", ["LINK", "REAUTHENTICATE"])
def test_without_a_token_there_is_nobody_to_link_or_to_prove(google, intent):
    query = "mutation { startGoogle(input: {intent: %s}) { authorizationUrl } }" % intent
    answer = google.ask(query)
    assert answer.codes == ["UNAUTHENTICATED"]
    assert "set-cookie" not in answer.headers


# Proving again who one is ------------------------------------------------------------------------


def test_google_proves_again_who_somebody_is(hub, browser, provider, google):
    person = linked_person(hub, provider, google)
    grow_stale(hub, person)
    url = browser.url("REAUTHENTICATE", person.token)
    sent = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
    assert sent["prompt"] == "select_account"
    assert (sent["max_age"], sent["login_hint"]) == ("600", person.email)
    end = browser.come_back(provider.authorize(url))
    assert (end.outcome, end.intent) == ("REAUTHENTICATED", "REAUTHENTICATE")
    assert "__Host-mi-alegra-refresh" not in browser.cookies
    fresh = hub.sql(f"select is_fresh(authenticated_at) from session where id = '{person.session}'")
    assert fresh == "t"


PROVE = """mutation ($input: ReauthenticateInput!) { reauthenticate(input: $input) {
  security { isFresh } userErrors { code field } } }"""
WAITS = "'5 minutes 1 second'"


def prove(google, token, **given):
    payload = google.ask(PROVE, {"input": given}, token).data["reauthenticate"]
    errors = [(error["code"], error["field"]) for error in payload["userErrors"]]
    return payload["security"]["isFresh"], errors


def test_google_alone_proves_nothing_where_there_is_a_second_factor(
    hub, browser, provider, google
):
    person, authenticator, recovery = enrolled(hub)
    hub.sql(f"update account set email = '{gmail()}' where id = '{person.account}'")
    provider.become(hub.sql(f"select email from account where id = '{person.account}'"))
    assert Browser(google).go(provider, "LINK", person.token).outcome == "LINKED"
    grow_stale(hub, person)
    expired = [("GOOGLE_FLOW_EXPIRED", [])]
    # Before Google has said anything no code helps, and none is used up.
    assert prove(google, person.token, code=authenticator.now()) == (False, expired)
    end = browser.go(provider, "REAUTHENTICATE", person.token)
    assert (end.outcome, end.challenge) == ("SECOND_FACTOR_REQUIRED", None)
    assert "__Host-mi-alegra-refresh" not in browser.cookies
    lacks = [("SECOND_FACTOR_REQUIRED", ["code"])]
    assert prove(google, person.token) == (False, lacks)
    assert prove(google, person.token, code="000000x") == (False, [("WRONG_CODE", ["code"])])
    # It was proved in this session alone.
    other = complete(google, challenge_of(google, provider), recovery[0])["session"]["accessToken"]
    hub.sql(f"""update session set authenticated_at = now() - interval '601 seconds'
        where account_id = '{person.account}'""")
    assert prove(google, other, code=recovery[1]) == (False, expired)
    assert prove(google, person.token, code=authenticator.now()) == (True, [])
    # And once: the next proof begins anew.
    assert prove(google, person.token, code=recovery[1]) == (True, expired)
    grow_stale(hub, person)
    assert browser.go(provider, "REAUTHENTICATE", person.token).outcome == "SECOND_FACTOR_REQUIRED"
    hub.sql(f"update session set google_proved_at = google_proved_at - interval {WAITS}")
    assert prove(google, person.token, code=recovery[1]) == (False, expired)
    left = hub.sql(
        f"select recovery_codes_left from second_factor where account_id = '{person.account}'")
    assert left == "9"


def challenge_of(google, provider):
    end = Browser(google).go(provider, "SIGN_IN")
    assert end.outcome == "SECOND_FACTOR_REQUIRED"
    return end.challenge


def test_another_google_account_proves_nothing(hub, browser, provider, google):
    person = linked_person(hub, provider, google)
    grow_stale(hub, person)
    provider.become(person.email)
    assert browser.go(provider, "REAUTHENTICATE", person.token).outcome == "OTHER_GOOGLE_LINKED"
    fresh = hub.sql(f"select is_fresh(authenticated_at) from session where id = '{person.session}'")
    assert fresh == "f"


def test_who_has_linked_nothing_cannot_prove_by_it(hub, browser):
    payload = browser.start("REAUTHENTICATE", hub.person().token)
    assert [error["code"] for error in payload["userErrors"]] == ["GOOGLE_NOT_LINKED"]


SET_PASSWORD = """mutation ($p: String!) { changePassword(input: {newPassword: $p}) {
  security { hasPassword } userErrors { code field } } }"""


def test_who_has_no_password_gives_the_first_one_with_a_fresh_proof(hub, browser, provider, google):
    provider.become(gmail())
    sign_up(browser, provider)
    token = token_of(browser)
    me = google.ask(ME, token=token).data
    account, email = me["profile"]["id"], me["security"]["email"]
    hub.sql(f"""update session set authenticated_at = now() - interval '601 seconds'
        where account_id = '{account}'""")
    refused = google.ask(SET_PASSWORD, {"p": "una frase que nadie adivina"}, token).data
    assert refused["changePassword"] == {
        "security": {"hasPassword": False},
        "userErrors": [{"code": "REAUTHENTICATION_REQUIRED", "field": []}],
    }
    elsewhere = Browser(google)
    assert elsewhere.go(provider, "SIGN_IN").outcome == "SIGNED_IN"
    assert browser.go(provider, "REAUTHENTICATE", token).outcome == "REAUTHENTICATED"
    done = google.ask(SET_PASSWORD, {"p": "una frase que nadie adivina"}, token).data
    assert done["changePassword"] == {"security": {"hasPassword": True}, "userErrors": []}
    assert sign_in(google, email, "una frase que nadie adivina").data["signIn"]["session"]
    # The other session ended, this one stays, and the next change asks for the password.
    ended = google.ask(REFRESH, **elsewhere.headers).data["refreshSession"]
    assert ended["userErrors"] == [{"code": "SESSION_ENDED"}]
    again = google.ask(SET_PASSWORD, {"p": "otra frase que nadie adivina"}, token).data
    required = {"code": "REQUIRED", "field": ["currentPassword"]}
    assert again["changePassword"]["userErrors"] == [required]
    assert hub.sql(f"""select kind from mail where account_id = '{account}'
        and kind = 'password_changed'""") == "password_changed"


# Words and settings ------------------------------------------------------------------------------


def test_a_hub_without_a_client_at_google_says_so(hub):
    payload = Browser(hub).start("SIGN_IN")
    assert [error["code"] for error in payload["userErrors"]] == ["GOOGLE_NOT_CONFIGURED"]
    assert hub.request("GET", "/auth/google/return").status == 404


def test_every_end_has_its_words(hub):
    outcomes = hub.ask(
        "{ googleOutcomes { code isDone messages { language text } } }"
    ).data["googleOutcomes"]
    done = [outcome["code"] for outcome in outcomes if outcome["isDone"]]
    assert done == ["SIGNED_IN", "SIGNED_UP", "LINKED", "REAUTHENTICATED"]
    assert len({outcome["code"] for outcome in outcomes}) == len(outcomes) == 17
    for outcome in outcomes:
        assert [message["language"] for message in outcome["messages"]] == ["es", "en", "pt"]
        assert len({message["text"] for message in outcome["messages"]}) == 3


@pytest.mark.parametrize(
    "settings, complaint",
    [
        ({"GOOGLE_CLIENT_ID": "a"}, "GOOGLE_CLIENT_SECRET is not set"),
        ({"GOOGLE_CLIENT_SECRET": "a"}, "GOOGLE_CLIENT_ID is not set"),
        ({"GOOGLE_ISSUER": "http://accounts.example"}, "GOOGLE_ISSUER is no https address"),
        ({"GOOGLE_ISSUER": "ftp://127.0.0.1"}, "GOOGLE_ISSUER is no https address"),
        ({"PUBLIC_URL": "hub.example"}, "PUBLIC_URL is no address"),
        ({"PUBLIC_URL": "https://hub.example/?a"}, "PUBLIC_URL is no address"),
    ],
)
def test_half_a_client_keeps_the_hub_from_starting(settings, complaint):
    from hub import run

    whole = {} if "CLIENT" in next(iter(settings)) else {
        "GOOGLE_CLIENT_ID": "a", "GOOGLE_CLIENT_SECRET": "b"}
    done = run(
        "serve", DATABASE_URL="host=/nowhere", TOKEN_KEYS="test:" + "A" * 43 + "=", PORT="0",
        **(whole | settings),
    )
    assert done.returncode == 1 and complaint in done.stderr
    assert PASSWORD not in done.stderr
