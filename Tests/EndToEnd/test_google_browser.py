"""Google in a real browser: Chromium goes from a frontend's page to oidc-provider-mock and back, so
that cookies, SameSite, redirects and Origin are what browsers make of them."""

import re
import time
import urllib.parse
import uuid

import pytest
from playwright.sync_api import expect

from browsing import PATIENCE_MILLISECONDS, Complaints, photograph_failure
from frontend import frontend
from hub import PASSWORD
from identity_providers import CLIENT_ID, CLIENT_SECRET, START, mock_provider, ready
from mailed_links import kinds, mailed_token
from session_documents import REFRESH, SIGN_IN, sign_in
from test_google import ME, grow_stale, link_of, person_with_email

FLOW, REFRESHING = "__Host-mi-alegra-flow", "__Host-mi-alegra-refresh"
DEVICE = "__Host-mi-alegra-device"
RETURN = "/auth/google/return"
NEW = "una frase que nadie adivina"
UNLINK = """
mutation ($input: UnlinkGoogleInput!) {
  unlinkGoogle(input: $input) { security { email google { email } } userErrors { code } }
}
"""
# What a page of the frontend does: a request of its own to its own origin.
FETCH = """async ([query, variables, token]) => {
  const headers = {"content-type": "application/json"};
  if (token) headers.authorization = `Bearer ${token}`;
  const body = JSON.stringify({query, variables});
  const answer = await fetch("/graphql", {method: "POST", headers, body});
  return await answer.json();
}"""


@pytest.fixture(scope="module")
def provider():
    with mock_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def site(serve, provider):
    """The frontend, with a hub behind it whose public address it is."""
    with frontend() as site:
        site.hub = ready(
            serve(
                GOOGLE_ISSUER=provider.issuer, GOOGLE_CLIENT_ID=CLIENT_ID,
                GOOGLE_CLIENT_SECRET=CLIENT_SECRET, PUBLIC_URL=site.url,
            )
        )
        yield site


@pytest.fixture
def open_traveller(browser, site, provider, request):
    """Makes windows of their own; afterwards no page may have complained."""
    contexts, complaints = [], Complaints()

    def open_traveller():
        context = browser.new_context(base_url=site.url, locale="es-CO")
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        # The mock's page asks another server for its looks.
        context.route(re.compile(r"^https://"), lambda route: route.abort())
        contexts.append(context)
        page = context.new_page()
        complaints.hear(page)
        return Traveller(page, site, provider)

    yield open_traveller
    for number, context in enumerate(contexts):
        photograph_failure(context.pages[0], request, number)
        context.close()
    # What the hub did not let another site's page do is complained of there.
    assert [it for it in complaints if "blocked by CORS policy" not in it] == []


@pytest.fixture
def traveller(open_traveller):
    return open_traveller()


class Traveller:
    """A person at a browser, by the pages of the frontend and of the provider."""

    def __init__(self, page, site, provider):
        self.page = page
        self.site = site
        self.provider = provider
        self.token = None

    def ask(self, query, variables=None):
        """What the frontend's page is answered."""
        if not self.page.url.startswith(self.site.url):
            self.page.goto("/")
        answer = self.page.evaluate(FETCH, [query, variables, self.token])
        assert "errors" not in answer, answer
        return answer["data"]

    def set_out(self, intent, **members):
        """Goes to the provider's page, as the frontend sends people there."""
        payload = self.ask(START, {"input": {"intent": intent} | members})["startGoogle"]
        assert payload["userErrors"] == [], payload
        self.page.evaluate("(url) => { location.assign(url) }", payload["authorizationUrl"])
        self.page.wait_for_url(self.provider.issuer + "/**")

    def agree(self):
        """Where the provider's redirect ended."""
        self.page.locator("input[name=sub]").fill(self.provider.subject)
        self.page.get_by_role("button", name="Authorize", exact=True).click()
        return self.arrive()

    def arrive(self):
        self.page.wait_for_url(self.site.url + "/google#*")
        expect(self.page.get_by_role("heading")).to_have_text("Frontend")
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.page.url).fragment))

    def go(self, intent, **members):
        self.set_out(intent, **members)
        return self.agree()["outcome"]

    @property
    def cookies(self):
        """Those of the frontend's address, by name."""
        return {it["name"]: it for it in self.page.context.cookies(self.site.url)}

    def enter(self):
        """Takes up the session that the cookie stands for."""
        payload = self.ask(REFRESH, {"input": {}})["refreshSession"]
        assert payload["userErrors"] == [], payload
        self.token = payload["session"]["accessToken"]
        return self

    def sign_in(self, email, password=PASSWORD):
        given = {"email": email, "password": password, "delivery": "COOKIE"}
        session = self.ask(SIGN_IN, {"input": given})["signIn"]["session"]
        assert session["refreshToken"] is None
        self.token = session["accessToken"]
        return self


def gmail():
    return f"{uuid.uuid4().hex}@gmail.com"


def test_a_person_signs_up_and_in_again_with_google(open_traveller, hub, provider):
    traveller, email = open_traveller(), gmail()
    provider.become(email, given_name="Gina", family_name="Gómez")
    assert traveller.go("SIGN_UP", companyName="Nueva S.A.S.", countryVersion="CO") == "SIGNED_UP"
    assert set(traveller.cookies) == {REFRESHING, DEVICE}
    assert traveller.page.evaluate("document.cookie") == ""
    me = traveller.enter().ask(ME)
    assert me["profile"]["firstName"] == "Gina" and me["company"]["legalName"] == "Nueva S.A.S."
    assert me["security"] == {"email": email, "hasPassword": False, "google": {"email": email}}
    again = open_traveller()
    assert again.go("SIGN_IN") == "SIGNED_IN"
    assert again.enter().ask(ME)["profile"]["id"] == me["profile"]["id"]


def test_a_person_links_google_and_proves_by_it_who_they_are(open_traveller, hub, provider):
    person = person_with_email(hub, gmail())
    traveller = open_traveller().sign_in(person.email)
    provider.become(person.email)
    assert traveller.go("LINK") == "LINKED"
    assert link_of(hub, person) == provider.subject
    assert kinds(hub, person.email) == ["google_linked"]
    fresh = "{ security { isFresh google { email } } }"
    grow_stale(hub, person)
    google = {"email": person.email}
    assert traveller.ask(fresh)["security"] == {"isFresh": False, "google": google}
    assert traveller.go("REAUTHENTICATE") == "REAUTHENTICATED"
    assert traveller.ask(fresh)["security"] == {"isFresh": True, "google": google}
    # Somebody else's Google account proves nothing.
    grow_stale(hub, person)
    provider.become(gmail())
    assert traveller.go("REAUTHENTICATE") == "OTHER_GOOGLE_LINKED"
    assert traveller.ask(fresh)["security"]["isFresh"] is False


@pytest.mark.parametrize("is_another_address", [False, True])
def test_a_person_unlinks_google(open_traveller, hub, site, provider, is_another_address):
    person = person_with_email(hub, gmail())
    traveller = open_traveller().sign_in(person.email)
    subject = provider.become(person.email)
    assert traveller.go("LINK") == "LINKED"
    email = f"{uuid.uuid4()}@test.example" if is_another_address else person.email
    payload = traveller.ask(UNLINK, {"input": {"email": email, "newPassword": NEW}})["unlinkGoogle"]
    assert payload["userErrors"] == []
    if is_another_address:
        assert link_of(hub, person) == subject
        page = traveller.page
        token = mailed_token(hub, email, "confirm_unlink_google")
        page.goto(f"/account/unlink-google#{token}")
        page.get_by_role("button", name="Confirmar y desvincular Google").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Google está desvinculado")
    assert link_of(hub, person) == ""
    other = open_traveller()
    assert other.go("SIGN_IN") == "GOOGLE_NOT_LINKED"
    assert set(other.cookies) == set()
    assert other.sign_in(email, NEW).ask("{ security { email } }")["security"]["email"] == email
    assert not sign_in(hub, email, PASSWORD).data["signIn"]["session"]


# The cookie of a journey --------------------------------------------------------------------------


def test_the_cookie_of_a_journey_goes_along_with_the_redirect_and_with_nothing_else(
    traveller, hub, site, provider
):
    person = person_with_email(hub, gmail())
    traveller.sign_in(person.email)
    provider.become(person.email)
    traveller.set_out("LINK")
    flow = traveller.cookies[FLOW]
    assert (flow["httpOnly"], flow["secure"], flow["sameSite"]) == (True, True, "Lax")
    assert 0 < flow["expires"] - time.time() <= 600
    assert traveller.cookies[REFRESHING]["sameSite"] == "Strict"
    # What any site could make this browser send: the provider's page stands for it.
    number = len(site.sent)
    traveller.page.evaluate(
        """async (url) => {
          const image = new Promise((done) => {
            const it = new Image();
            it.onload = it.onerror = done;
            it.src = `${url}/auth/google/return?by=image`;
          });
          const frame = new Promise((done) => {
            const it = document.createElement("iframe");
            it.onload = done;
            it.src = `${url}/elsewhere?by=frame`;
            document.body.append(it);
          });
          const options = {method: "POST", mode: "no-cors", credentials: "include",
            body: JSON.stringify({query: "mutation { signOut(input: {}) { __typename } }"})};
          await Promise.all([image, frame, fetch(`${url}/graphql?by=fetch`, options)]);
        }""", site.url,
    )
    sent = site.since(number)
    by = {urllib.parse.urlsplit(it.path).query for it in sent}
    assert by >= {"by=image", "by=frame", "by=fetch"}
    assert {it.site for it in sent} == {"cross-site"}
    assert {name for it in sent for name in it.cookies} == set()
    # The journey goes on as if nothing had been.
    number = len(site.sent)
    assert traveller.agree() == {"outcome": "LINKED", "intent": "LINK"}
    [back] = site.since(number, RETURN)
    assert (back.method, back.site) == ("GET", "cross-site")
    assert FLOW in back.cookies and REFRESHING not in back.cookies
    [page] = site.since(number, "/google")
    assert FLOW not in page.cookies and page.referer is None
    assert set(traveller.cookies) == {REFRESHING, DEVICE}
    # From the page on, what is asked is asked by the site itself.
    number = len(site.sent)
    traveller.enter()
    [asked] = site.since(number, "/graphql")
    assert (asked.site, asked.origin) == ("same-origin", site.url)
    assert asked.cookies == {REFRESHING, DEVICE}


def test_a_page_of_another_site_begins_no_journey(traveller, site, provider):
    traveller.page.goto(provider.issuer)
    number = len(site.sent)
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        traveller.page.evaluate(
            """async ([url, kind]) => {
              const query =
                "mutation { startGoogle(input: {intent: SIGN_IN}) { authorizationUrl } }";
              await fetch(`${url}/graphql`, {method: "POST", mode: "no-cors",
                credentials: "include", headers: {"content-type": kind},
                body: JSON.stringify({query})});
            }""", [site.url, kind],
        )
    assert [it.site for it in site.since(number, "/graphql")] == ["cross-site"] * 2
    assert traveller.cookies == {}
    # One with a body that would be understood asks first, and is refused.
    with pytest.raises(Exception, match="Failed to fetch"):
        traveller.page.evaluate(
            """async (url) => { await fetch(`${url}/graphql`, {method: "POST",
              headers: {"content-type": "application/json"}, body: "{}"}) }""", site.url,
        )
    assert traveller.cookies == {}


def test_a_journey_ends_once_and_in_the_browser_that_began_it(open_traveller, hub, site, provider):
    mallory, victim = open_traveller(), open_traveller()
    provider.become(gmail())
    assert mallory.go("SIGN_UP", companyName="Mallory", countryVersion="CO") == "SIGNED_UP"
    # Mallory begins a sign-in, and plants its end in another browser.
    mallory.set_out("SIGN_IN")
    site.pages.add(RETURN)
    mallory.page.locator("input[name=sub]").fill(provider.subject)
    mallory.page.get_by_role("button", name="Authorize", exact=True).click()
    mallory.page.wait_for_url(f"{site.url}{RETURN}?*")
    site.pages.remove(RETURN)
    planted = mallory.page.url
    victim.page.goto(planted)
    assert victim.arrive()["outcome"] == "GOOGLE_STATE_INVALID"
    assert victim.cookies == {}
    # And in a browser that has a journey of its own.
    victim.set_out("SIGN_IN")
    victim.page.goto(planted)
    assert victim.arrive()["outcome"] == "GOOGLE_STATE_INVALID"
    assert victim.cookies == {}
    # Mallory's own is still good, once.
    mallory.page.goto(planted)
    assert mallory.arrive()["outcome"] == "SIGNED_IN"
    mallory.page.goto("/")
    mallory.page.goto(planted)
    assert mallory.arrive()["outcome"] == "GOOGLE_STATE_INVALID"


def test_who_does_not_agree_is_led_back_and_the_cookie_is_gone(traveller, site, provider):
    provider.become(gmail())
    traveller.set_out("SIGN_IN")
    # The mock's own refusal lacks the state, which RFC 6749 (4.1.2.1) asks for.
    traveller.page.get_by_role("button", name="Deny").click()
    assert traveller.arrive() == {"outcome": "GOOGLE_STATE_INVALID"}
    assert traveller.cookies == {}
    traveller.set_out("SIGN_IN")
    [state] = urllib.parse.parse_qs(urllib.parse.urlsplit(traveller.page.url).query)["state"]
    refusal = urllib.parse.urlencode({"error": "access_denied", "state": state})
    traveller.page.evaluate(
        "(url) => { location.assign(url) }", f"{site.url}{RETURN}?{refusal}"
    )
    assert traveller.arrive() == {"outcome": "GOOGLE_DENIED", "intent": "SIGN_IN"}
    assert traveller.cookies == {}
