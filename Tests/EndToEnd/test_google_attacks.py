"""What a provider that lies, one that is ill, and a person who meddles get out of a journey to
Google: a stable code, and no session."""

import concurrent.futures
import time
import urllib.parse

import pytest

from hub import PATIENCE_SECONDS
from identity_providers import (
    CLIENT_ID, PUBLIC_URL, Browser, change_after_signing, hostile_provider, ready, settings,
    sign_nothing, sign_with_another_key, sign_with_public_key,
)
from test_google import gmail, link_of, person_with_email

REFRESH_COOKIE = "__Host-mi-alegra-refresh"
FLOW_COOKIE = "__Host-mi-alegra-flow"


@pytest.fixture(scope="module")
def liar():
    with hostile_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def google(serve, liar):
    return ready(serve(**settings(liar)))


@pytest.fixture
def browser(google, liar):
    """Somebody who is linked already: an honest token signs them in."""
    liar.become(gmail())
    browser = Browser(google)
    assert sign_up(browser, liar).outcome == "SIGNED_UP"
    browser.cookies.clear()
    return browser


@pytest.fixture
def own():
    """A provider of the test's own, which no hub knows yet."""
    with hostile_provider() as provider:
        yield provider


@pytest.fixture
def start(serve):
    """Starts a hub for one test, so that the cluster's connections suffice for all of them."""
    started = []

    def make(provider, **changes):
        started.append(serve(**(settings(provider) | changes)))
        return ready(started[-1])

    yield make
    for served in started:
        served.stop()


def sign_up(browser, provider):
    return browser.go(provider, "SIGN_UP", companyName="Hostil", countryVersion="CO")


def sessions(hub):
    return hub.sql("select count(*) from session")


# Tokens ------------------------------------------------------------------------------------------

now = time.time

BAD_TOKENS = {
    "issuer": {"iss": "https://accounts.google.com"},
    "issuer with a slash": {"iss": "SELF/"},
    "no issuer": {"iss": None},
    "audience": {"aud": "another-client"},
    "audience of several": {"aud": [CLIENT_ID, "another-client"]},
    "no audience": {"aud": None},
    "empty audience": {"aud": []},
    "authorized party": {"azp": "another-client"},
    "expired": {"exp": int(now()) - 61},
    "no expiry": {"exp": None},
    "expiry as text": {"exp": "9999999999"},
    "issued in the future": {"iat": int(now()) + 3600},
    "issued long ago": {"iat": int(now()) - 3600},
    "not yet": {"nbf": int(now()) + 3600},
    "no iat": {"iat": None},
    "nonce": {"nonce": "of-another-request"},
    "no nonce": {"nonce": None},
    "nonce as a number": {"nonce": 7},
    "unverified email": {"email_verified": False},
    "email verified as text": {"email_verified": "true"},
    "no word on the email": {"email_verified": None},
    "no email": {"email": None},
    "domain as a number": {"hd": 7},
    "domain that is none": {"hd": "gmail.com\n"},
    "domain that is empty": {"hd": ""},
    "no subject": {"sub": None},
    "empty subject": {"sub": ""},
    "subject as a number": {"sub": 7},
    "long subject": {"sub": "1" * 256},
    "subject with NUL": {"sub": "1\0"},
}


@pytest.mark.parametrize("name", BAD_TOKENS)
def test_a_token_that_does_not_prove_what_was_asked_for(hub, browser, liar, name):
    before = sessions(hub)
    liar.claims |= {
        claim: liar.issuer + "/" if value == "SELF/" else value
        for claim, value in BAD_TOKENS[name].items()
    }
    end = browser.go(liar, "SIGN_IN")
    assert (end.outcome, end.intent) == ("GOOGLE_TOKEN_REFUSED", "SIGN_IN")
    assert REFRESH_COOKIE not in browser.cookies and sessions(hub) == before


FORGERIES = {
    "alg none": sign_nothing,
    "HS256 with the public key": sign_with_public_key,
    "another's key under our name": sign_with_another_key,
    "changed after it was signed": change_after_signing,
    "two parts": lambda header, claims, key: "e30.e30",
    "no JSON": lambda header, claims, key: "AAAA.AAAA.AAAA",
    "padding": lambda header, claims, key: sign_nothing(header, claims, key) + "AA==",
    "a megabyte of dots": lambda header, claims, key: "." * 100_000,
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_token_that_the_provider_did_not_sign(hub, browser, liar, name):
    before = sessions(hub)
    liar.forge = FORGERIES[name]
    assert browser.go(liar, "SIGN_IN").outcome == "GOOGLE_TOKEN_REFUSED"
    assert REFRESH_COOKIE not in browser.cookies and sessions(hub) == before


@pytest.mark.parametrize(
    "header",
    [{"alg": "RS512"}, {"alg": "ES256"}, {"alg": "rs256"}, {"alg": None}, {"kid": "unknown"},
     {"kid": 7}, {"crit": ["b64"]}],
)
def test_a_header_that_asks_for_anything_else(browser, liar, header):
    liar.header = header
    assert browser.go(liar, "SIGN_IN").outcome == "GOOGLE_TOKEN_REFUSED"


def test_an_honest_token_signs_in(browser, liar):
    liar.claims |= {"exp": int(now()) - 30, "iat": int(now()) + 30, "aud": [CLIENT_ID], "azp": None}
    assert browser.go(liar, "SIGN_IN").outcome == "SIGNED_IN"


@pytest.mark.parametrize(
    "seconds, outcome", [(0, "REAUTHENTICATED"), (3600, "GOOGLE_TOKEN_REFUSED")]
)
def test_a_proof_is_as_fresh_as_the_provider_says(hub, google, liar, seconds, outcome):
    person = person_with_email(hub, gmail())
    liar.become(gmail())
    browser = Browser(google)
    assert browser.go(liar, "LINK", person.token).outcome == "LINKED"
    liar.claims["auth_time"] = int(now()) - seconds
    assert browser.go(liar, "REAUTHENTICATE", person.token).outcome == outcome


# Keys --------------------------------------------------------------------------------------------


def test_keys_are_kept_as_long_as_their_header_says_and_refreshed_for_an_unknown_name(start, own):
    google = start(own)
    browser = Browser(google)
    own.become(gmail())
    before = own.asked.get("/keys", 0)
    assert sign_up(browser, own).outcome == "SIGNED_UP"
    for _ in range(3):
        assert browser.go(own, "SIGN_IN").outcome == "SIGNED_IN"
    assert own.asked["/keys"] - before == 1
    own.rotate("second")
    assert browser.go(own, "SIGN_IN").outcome == "SIGNED_IN"
    assert own.asked["/keys"] - before == 2
    # Names that nobody knows make us ask five times a minute, the rotation's among them.
    own.header = {"kid": "unknown"}
    for _ in range(8):
        assert browser.go(own, "SIGN_IN").outcome == "GOOGLE_TOKEN_REFUSED"
    assert own.asked["/keys"] - before == 6
    own.header = {}
    assert browser.go(own, "SIGN_IN").outcome == "SIGNED_IN"


@pytest.mark.parametrize("cache", ["no-store", "max-age=0", "no-cache, max-age=3600", "max-age=x"])
def test_keys_that_may_not_be_kept_are_not(start, own, cache):
    own.key_set_cache = cache
    google = start(own)
    browser = Browser(google)
    own.become(gmail())
    before = own.asked.get("/keys", 0)
    assert sign_up(browser, own).outcome == "SIGNED_UP"
    assert browser.go(own, "SIGN_IN").outcome == "SIGNED_IN"
    assert own.asked["/keys"] - before == 2


def test_what_many_ask_for_at_once_is_fetched_once(start, own):
    google = start(own)
    own.become(gmail())
    before = dict(own.asked)
    browsers = [Browser(google) for _ in range(6)]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        urls = list(pool.map(lambda browser: browser.url("SIGN_IN"), browsers))
        ends = list(pool.map(
            lambda pair: pair[0].come_back(own.authorize(pair[1])).outcome, zip(browsers, urls)))
    assert ends == ["GOOGLE_NOT_LINKED"] * 6
    for path in ("/keys", "/.well-known/openid-configuration"):
        assert own.asked[path] - before.get(path, 0) == 1


# A provider that is ill --------------------------------------------------------------------------


def hang(handler):
    handler.server.hanging.wait(PATIENCE_SECONDS)


def trickle(handler):
    """A byte at a time: no pause is long enough to be one."""
    handler.send_response(200)
    handler.send_header("content-type", "application/json")
    handler.end_headers()
    for _ in range(300):
        if handler.server.hanging.wait(0.1):
            return
        handler.wfile.write(b" ")
        handler.wfile.flush()


def sends(status, body, **headers):
    return lambda handler: handler.answer(status, body, **headers)


ILL = {
    "500": (sends(500, b"{}"), "GOOGLE_UNAVAILABLE"),
    "503 in HTML": (sends(503, b"<html>"), "GOOGLE_UNAVAILABLE"),
    "no JSON": (sends(200, b"<html>"), "GOOGLE_UNAVAILABLE"),
    "no token": (sends(200, b'{"access_token": "a"}'), "GOOGLE_UNAVAILABLE"),
    "megabytes": (sends(200, b'{"id_token": "' + b"a" * 5_000_000 + b'"}'), "GOOGLE_UNAVAILABLE"),
    "a redirect": (sends(302, b"", location="http://127.0.0.1:9/"), "GOOGLE_UNAVAILABLE"),
    "not our secret": (sends(401, b'{"error": "invalid_client"}'), "GOOGLE_UNAVAILABLE"),
    "a code that is not good": (sends(400, b'{"error": "invalid_grant"}'), "GOOGLE_TOKEN_REFUSED"),
}


@pytest.mark.parametrize("name", ILL)
def test_a_token_endpoint_that_answers_otherwise(hub, browser, liar, name):
    before = sessions(hub)
    liar.answer_token, outcome = ILL[name]
    length = browser.hub.log_length()
    assert browser.go(liar, "SIGN_IN").outcome == outcome
    assert REFRESH_COOKIE not in browser.cookies and sessions(hub) == before
    lines, text = browser.hub.log_since(length)
    assert any("Google: " in str(line) for line in lines), text
    liar.honest()
    liar.claims = {"email": gmail()}
    assert browser.go(liar, "SIGN_IN").outcome == "SIGNED_IN"


@pytest.mark.parametrize("slow", [hang, trickle])
def test_a_token_endpoint_that_takes_its_time_is_given_ten_seconds(browser, liar, slow):
    url = browser.url("SIGN_IN")
    liar.answer_token = slow
    began = time.monotonic()
    assert browser.come_back(liar.authorize(url)).outcome == "GOOGLE_UNAVAILABLE"
    assert 9 < time.monotonic() - began < 14
    assert REFRESH_COOKIE not in browser.cookies


@pytest.mark.parametrize(
    "discovery",
    [
        {"issuer": "https://accounts.google.com"},
        {"token_endpoint": "http://tokens.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": None},
    ],
)
def test_a_discovery_that_leads_elsewhere_is_not_followed(start, own, discovery):
    own.discovery = discovery
    payload = Browser(start(own)).start("SIGN_IN")
    assert [error["code"] for error in payload["userErrors"]] == ["GOOGLE_UNAVAILABLE"]


def test_a_provider_that_is_away_is_told_and_found_again(start, own):
    served = start(own, GOOGLE_ISSUER="http://127.0.0.1:9")
    browser = Browser(served)
    payload = browser.start("SIGN_IN")
    assert [error["code"] for error in payload["userErrors"]] == ["GOOGLE_UNAVAILABLE"]
    assert browser.cookies == {}


def test_a_response_names_its_provider_where_it_says_so(start, own):
    own.discovery = {"authorization_response_iss_parameter_supported": True}
    browser = Browser(start(own))
    own.become(gmail())
    assert sign_up(browser, own).outcome == "GOOGLE_TOKEN_REFUSED"
    for issuer, outcome in [("https://evil.example", "GOOGLE_TOKEN_REFUSED"),
                            (own.issuer, "GOOGLE_NOT_LINKED")]:
        url = browser.url("SIGN_IN")
        assert browser.come_back(own.authorize(url, iss=issuer)).outcome == outcome


# Somebody who meddles ----------------------------------------------------------------------------


def test_another_browser_s_journey_cannot_be_finished_here(hub, browser, liar, google):
    """Login CSRF: the attacker's own journey, led to its end in somebody else's browser."""
    attacker = Browser(google)
    location = liar.authorize(attacker.url("SIGN_IN"))
    before = sessions(hub)
    assert Browser(google).come_back(location).outcome == "GOOGLE_STATE_INVALID"
    browser.url("SIGN_IN")
    assert browser.come_back(location).outcome == "GOOGLE_STATE_INVALID"
    assert sessions(hub) == before
    # Nothing of it was used up.
    assert attacker.come_back(location).outcome == "SIGNED_IN"


@pytest.mark.parametrize(
    "change",
    [
        {"state": "another"}, {"state": None}, {"state": ""}, {"state": "x" * 10_000},
    ],
)
def test_a_state_that_is_not_this_browser_s(browser, liar, change):
    url = browser.url("SIGN_IN")
    end = browser.come_back(liar.authorize(url, **change))
    assert (end.outcome, end.intent) == ("GOOGLE_STATE_INVALID", None)
    assert browser.cookies == {}


@pytest.mark.parametrize(
    "query",
    ["", "?", "?state=a&state=b", "?state=%zz", "?code=a", "?state=%00", "?error=access_denied"],
)
def test_a_return_that_is_none(browser, query):
    browser.url("SIGN_IN")
    end = browser.come_back(f"{PUBLIC_URL}/auth/google/return{query}")
    assert end.outcome == "GOOGLE_STATE_INVALID"


@pytest.mark.parametrize("cookie", ["", "fs_short", "fs_" + "A" * 43, "rt_" + "A" * 43, "TWICE"])
def test_a_cookie_that_was_not_given_out(browser, liar, cookie):
    location = liar.authorize(browser.url("SIGN_IN"))
    if cookie == "TWICE":
        cookie = f"{browser.cookies[FLOW_COOKIE]}; {FLOW_COOKIE}={browser.cookies[FLOW_COOKIE]}"
    browser.cookies[FLOW_COOKIE] = cookie
    assert browser.come_back(location).outcome == "GOOGLE_STATE_INVALID"


def test_a_journey_ends_once(hub, browser, liar):
    location = liar.authorize(browser.url("SIGN_IN"))
    kept = dict(browser.cookies)
    assert browser.come_back(location).outcome == "SIGNED_IN"
    browser.cookies = kept
    assert browser.come_back(location).outcome == "GOOGLE_FLOW_EXPIRED"


def test_of_several_returns_of_one_journey_at_once_one_ends_it(browser, liar, google):
    location = liar.authorize(browser.url("SIGN_IN"))
    twins = []
    for _ in range(4):
        twins.append(Browser(google))
        twins[-1].cookies = dict(browser.cookies)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        ends = list(pool.map(lambda twin: twin.come_back(location).outcome, twins))
    assert sorted(ends) == ["GOOGLE_FLOW_EXPIRED"] * 3 + ["SIGNED_IN"]


def test_a_journey_ends_within_ten_minutes(hub, browser, liar):
    location = liar.authorize(browser.url("SIGN_IN"))
    hub.sql("update google_flow set expires_at = now() - interval '1 second'")
    assert browser.come_back(location).outcome == "GOOGLE_FLOW_EXPIRED"


def test_journeys_that_never_came_back_are_swept_by_those_that_begin(hub, browser):
    hub.sql("""delete from google_flow;
        insert into google_flow (hash, intent, expires_at)
        select sha256(n::text::bytea), 'SIGN_IN', now() - interval '1 second'
        from generate_series(1, 25) as n""")
    left = []
    for _ in range(3):
        browser.url("SIGN_IN")
        left.append(hub.sql("select count(*) from google_flow where expires_at < now()"))
    assert left == ["15", "5", "0"]


def test_a_link_cannot_be_led_astray_by_the_intent_of_another_journey(hub, browser, liar, google):
    """The intent is what was begun, not what the address says."""
    person = person_with_email(hub, gmail())
    location = liar.authorize(browser.url("SIGN_IN"))
    assert browser.come_back(location + "&intent=LINK").outcome == "SIGNED_IN"
    assert link_of(hub, person) == ""


def test_who_does_not_go_through_with_it_is_told_so(browser, liar):
    url = browser.url("SIGN_IN")
    end = browser.come_back(liar.authorize(url, code=None, error="access_denied"))
    assert (end.outcome, end.intent) == ("GOOGLE_DENIED", "SIGN_IN")
    assert browser.cookies == {}


@pytest.mark.parametrize(
    "change", [{"code": None}, {"code": ""}, {"code": "x" * 3000}, {"code": "unknown"},
               {"code": None, "error": "server_error"}]
)
def test_a_response_without_a_code_that_is_good(browser, liar, change):
    url = browser.url("SIGN_IN")
    assert browser.come_back(liar.authorize(url, **change)).outcome == "GOOGLE_TOKEN_REFUSED"


def test_the_page_is_of_this_site_whatever_is_asked(browser, liar):
    for field in ("redirect_uri", "return_to", "next", "PUBLIC_URL", "Host"):
        url = browser.url("SIGN_IN")
        location = liar.authorize(url, **{field: "https://evil.example/"})
        parts = urllib.parse.urlsplit(location)
        headers = browser.headers | {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
        answer = browser.hub.request("GET", f"{parts.path}?{parts.query}", None, headers)
        assert answer.headers["location"] == f"{PUBLIC_URL}/google#outcome=SIGNED_IN&intent=SIGN_IN"


def test_a_head_uses_nothing_up(browser, liar):
    location = liar.authorize(browser.url("SIGN_IN"))
    parts = urllib.parse.urlsplit(location)
    answer = browser.hub.request("HEAD", f"{parts.path}?{parts.query}", None, browser.headers)
    assert answer.status == 204 and "set-cookie" not in answer.headers
    assert browser.come_back(location).outcome == "SIGNED_IN"


def test_nothing_secret_is_logged(hub, browser, liar, google):
    length = google.log_length()
    location = liar.authorize(browser.url("SIGN_IN"))
    code = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(location).query))
    secret = browser.cookies[FLOW_COOKIE]
    assert browser.come_back(location).outcome == "SIGNED_IN"
    liar.claims["aud"] = "another"
    browser.go(liar, "SIGN_IN")
    for ill, _ in ILL.values():
        liar.answer_token = ill
        browser.go(liar, "SIGN_IN")
    text = google.log_since(length)[1]
    secrets = ["marked", code["code"], code["state"], secret, liar.subject, liar.claims["email"]]
    assert [each for each in secrets if each in text] == []
