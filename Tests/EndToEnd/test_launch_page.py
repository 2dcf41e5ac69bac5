"""The page /launch/{code} in a real browser, with a real solution behind it by TLS: from another
site, from a bookmark, signed out, in two tabs; and what it leaves in history, Referer and log."""

import http.server
import json
import urllib.parse

import pytest
from playwright.sync_api import expect

from browsing import PATIENCE_MILLISECONDS, Complaints, assert_accessible, photograph_failure
from hub import PASSWORD
from solution_backend import running, running_solution
from test_launcher import give

SIGN_IN = """mutation ($input: SignInInput!) { signIn(input: $input) {
  session { accessToken } userErrors { code } } }"""


@pytest.fixture(scope="module")
def own_hub(make_hub):
    """Its catalogue is changed, which the others' tests need not see."""
    return make_hub().start()


@pytest.fixture(scope="module")
def solution(own_hub, tmp_path_factory):
    with running_solution(own_hub, tmp_path_factory.mktemp("solution")) as solution:
        yield solution


@pytest.fixture(scope="module")
def elsewhere(own_hub):
    """Another site: its pages link to the hub."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            target = urllib.parse.unquote(self.path[1:])
            body = f'<!doctype html><title>x</title><a href="{target}">go</a>'.encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    with running(Handler) as port:
        # Of another site than 127.0.0.1, as a browser sees it.
        yield lambda link: f"http://localhost:{port}/{urllib.parse.quote(link, safe='')}"


@pytest.fixture
def open_window(browser, own_hub, request):
    """Makes windows, signed in where a person is given; afterwards no page may have complained."""
    contexts, complaints = [], Complaints()

    def open_window(person=None, locale="es-CO", **more):
        context = browser.new_context(
            base_url=f"http://127.0.0.1:{own_hub.port}", locale=locale, ignore_https_errors=True,
            **more,
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        contexts.append(context)
        context.on("page", complaints.hear)
        if person:
            given = {"email": person.email, "password": PASSWORD, "delivery": "COOKIE"}
            answer = context.request.post(
                "/graphql", data={"query": SIGN_IN, "variables": {"input": given}})
            assert answer.json()["data"]["signIn"]["session"], answer.text()
        return context

    yield open_window
    for number, context in enumerate(contexts):
        if context.pages:
            photograph_failure(context.pages[0], request, number)
        context.close()
    assert complaints == []


@pytest.fixture
def person(own_hub):
    person = own_hub.person()
    give(own_hub, person.tenant, "invoicing", "pos")
    return person


def says(page, heading):
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def history(page):
    """Every address that the window could go back or forward to."""
    session = page.context.new_cdp_session(page)
    return [it["url"] for it in session.send("Page.getNavigationHistory")["entries"]]


def arrived(solution, before):
    (arrival,) = solution.arrivals[before:]
    assert arrival["status"] == 200, arrival
    return arrival


# Going there --------------------------------------------------------------------------------------


def test_a_link_of_another_site_opens_the_solution(
    own_hub, solution, elsewhere, open_window, person
):
    page, before = open_window(person).new_page(), len(solution.arrivals)
    length, sent = own_hub.log_length(), []
    page.on("request", lambda request: sent.append(request))
    start = elsewhere(f"http://127.0.0.1:{own_hub.port}/launch/invoicing?state=s1")
    page.goto(start)
    page.get_by_role("link").click()
    page.wait_for_url(f"{solution.url}/welcome")
    arrival = arrived(solution, before)
    assert arrival["told"]["person"]["id"] == person.account
    assert arrival["told"]["company"]["id"] == person.tenant
    assert arrival["query"] == {"state": "s1"}
    # The Strict cookie stayed out of the navigation, and came with what our page asked for.
    asked = {request.url.split("?")[0]: request.all_headers() for request in sent}
    hub = f"http://127.0.0.1:{own_hub.port}"
    assert "cookie" not in asked[f"{hub}/launch/invoicing"]
    assert "mi-alegra-refresh" in asked[f"{hub}/graphql"]["cookie"]
    # The code is in no Referer, no history and no log.
    assert "Referer" not in arrival["headers"]
    assert history(page)[-2:] == [start, f"{solution.url}/welcome"]
    (code,) = {
        urllib.parse.parse_qs(urllib.parse.urlsplit(request.url).query)["code"][0]
        for request in sent if request.url.startswith(f"{solution.url}/?")
    }
    assert not [url for url in history(page) if code in url]
    assert code not in own_hub.log_since(length)[1]
    page.go_back()
    assert page.url == start


def test_a_bookmark_and_the_launcher_open_it(own_hub, solution, open_window, person):
    page, before = open_window(person).new_page(), len(solution.arrivals)
    page.goto("/launch/invoicing", wait_until="commit")
    page.wait_for_url(f"{solution.url}/welcome")
    arrived(solution, before)
    before = len(solution.arrivals)
    answer = own_hub.ask("{ launcher { solutions { code url } } }", token=person.token).data
    url = {it["code"]: it["url"] for it in answer["launcher"]["solutions"]}["invoicing"]
    page.goto(url, wait_until="commit")
    page.wait_for_url(f"{solution.url}/welcome")
    arrived(solution, before)


def test_a_place_in_the_solution_is_gone_to(own_hub, solution, open_window, person):
    page, before = open_window(person).new_page(), len(solution.arrivals)
    place = urllib.parse.quote("/invoices/5?a=1#b", safe="")
    page.goto(f"/launch/invoicing?return_to={place}", wait_until="commit")
    page.wait_for_url(f"{solution.url}/invoices/5?a=1#b")
    assert arrived(solution, before)["query"] == {"return_to": f"{solution.url}/invoices/5?a=1#b"}


def test_two_tabs_at_once_each_open_it(own_hub, solution, open_window, person):
    window, before = open_window(person), len(solution.arrivals)
    tabs = [window.new_page() for _ in range(4)]
    for tab in tabs:
        tab.goto("/launch/invoicing", wait_until="commit")
    for tab in tabs:
        tab.wait_for_url(f"{solution.url}/welcome")
    arrivals = solution.arrivals[before:]
    assert [it["status"] for it in arrivals] == [200] * 4
    assert len({it["told"]["session"]["id"] for it in arrivals}) == 1
    # The session goes on in this browser.
    answer = window.request.post("/graphql", data={
        "query": "mutation { refreshSession(input: {}) { session { expiresAt } } }"})
    assert answer.json()["data"]["refreshSession"]["session"]


def test_an_address_that_is_loaded_again_is_refused_and_nobody_signed_out(
    own_hub, solution, open_window, person
):
    page, before = open_window(person).new_page(), len(solution.arrivals)
    taken = []
    page.on("request", lambda it: it.url.startswith(f"{solution.url}/?") and taken.append(it.url))
    page.goto("/launch/invoicing", wait_until="commit")
    page.wait_for_url(f"{solution.url}/welcome")
    page.goto(taken[0])
    assert page.url == f"{solution.url}/refused"
    page.goto("/launch/invoicing", wait_until="commit")
    page.wait_for_url(f"{solution.url}/welcome")
    assert [it["status"] for it in solution.arrivals[before:]] == [200, 400, 200]


# Not going there ----------------------------------------------------------------------------------


@pytest.mark.parametrize("locale, heading, link", [
    ("es-CO", "Inicia sesión", "Iniciar sesión"), ("en-US", "Sign in", "Sign in"),
    ("pt-BR", "Entre", "Entrar")])
def test_whoever_is_signed_out_is_offered_to_sign_in(
    own_hub, solution, elsewhere, open_window, locale, heading, link
):
    page, before = open_window(locale=locale).new_page(), len(solution.arrivals)
    page.goto(elsewhere(f"http://127.0.0.1:{own_hub.port}/launch/invoicing?state=a%26b"))
    page.get_by_role("link").click()
    says(page, heading)
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert page.get_by_role("link", name=link).get_attribute("href") == (
        "/sign-in?continue=" + urllib.parse.quote("/launch/invoicing?state=a%26b", safe=""))
    assert_accessible(page, "signed out")
    assert solution.arrivals[before:] == []


def test_a_session_that_was_revoked_is_signed_out(own_hub, solution, open_window, person):
    window = open_window(person)
    own_hub.sql(f"update session set revoked_at = now() where account_id = '{person.account}'")
    page = window.new_page()
    page.goto("/launch/invoicing")
    says(page, "Inicia sesión")


@pytest.mark.parametrize("place", [
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example",
    "https:evil.example", "/%2F%2Fevil.example", "javascript:alert(1)", "/%5cevil.example",
])
def test_a_way_to_another_host_is_refused_and_said(own_hub, solution, open_window, person, place):
    page, before = open_window(person).new_page(), len(solution.arrivals)
    page.goto(f"/launch/invoicing?return_to={urllib.parse.quote(place, safe='')}")
    says(page, "No pudimos abrir la solución")
    expect(page.get_by_role("alert")).to_contain_text("fuera de la solución")
    assert_accessible(page, "refused")
    assert solution.arrivals[before:] == []
    page.get_by_role("link", name="Abrir la página principal").click()
    page.wait_for_url(f"{solution.url}/welcome")


@pytest.mark.parametrize("path, text", [
    ("/launch/store", "no tiene esa solución"), ("/launch/nothing", "no tiene esa solución"),
    ("/launch/", "no tiene esa solución"), ("/launch/a/b", "no tiene esa solución"),
    ("/launch/payroll", "Tu rol no abre"),
])
def test_a_solution_that_is_not_to_be_opened_is_said(own_hub, open_window, path, text):
    person = own_hub.person("seller")
    give(own_hub, person.tenant, "invoicing", "payroll")
    page = open_window(person).new_page()
    page.goto(path)
    expect(page.get_by_role("alert")).to_contain_text(text)
    assert page.get_by_role("link").get_attribute("href") == "/"


@pytest.mark.parametrize("body, text", [
    ('{"errors": [{"message": "", "extensions": {"code": "RATE_LIMITED"}}]}', "demasiados"),
    ('{"errors": [{"message": "", "extensions": {"code": "INTERNAL"}}]}', "de nuestro lado"),
    ("<html>", "No hay conexión"),
])
def test_what_fails_can_be_tried_again(own_hub, solution, open_window, person, body, text):
    page = open_window(person).new_page()
    page.route("**/graphql", lambda route: route.fulfill(body=body))
    page.goto("/launch/invoicing")
    expect(page.get_by_role("alert")).to_contain_text(text)
    assert_accessible(page, "failed")
    page.unroute_all()
    page.get_by_role("button", name="Intentar de nuevo").click()
    page.wait_for_url(f"{solution.url}/welcome")


def test_a_page_that_is_opened_ahead_goes_nowhere(own_hub, solution, open_window, person):
    page, before = open_window(person).new_page(), len(solution.arrivals)
    page.add_init_script(
        "Object.defineProperty(document, 'prerendering', {get: () => !window.shown})")
    asked = []
    page.on("request", lambda request: asked.append(request.method))
    page.goto("/launch/invoicing")
    page.wait_for_load_state("networkidle")
    assert "POST" not in asked and solution.arrivals[before:] == []
    page.evaluate(
        "() => { window.shown = true; document.dispatchEvent(new Event('prerenderingchange')); }")
    page.wait_for_url(f"{solution.url}/welcome")
    arrived(solution, before)


def test_the_page_itself_asks_nothing_and_may_do_little(own_hub):
    length = own_hub.log_length()
    for path in ("/launch/invoicing", "/launch/invoicing?return_to=//evil.example&state=marked"):
        for method in ("GET", "HEAD"):
            answer = own_hub.request(method, path)
            assert answer.status == 200 and "set-cookie" not in answer.headers
            assert answer.headers["referrer-policy"] == "no-referrer"
            assert answer.headers["cache-control"] == "no-cache"
            policy = answer.headers["content-security-policy"]
            for directive in ("default-src 'none'", "frame-ancestors 'none'", "connect-src 'self'"):
                assert directive in policy
            assert b"marked" not in answer.body and b"evil" not in answer.body
    assert own_hub.request("POST", "/launch/invoicing", b"{}").status == 405
    assert "marked" not in own_hub.log_since(length)[1]


def test_nothing_is_stored_by_the_page(own_hub, open_window):
    page = open_window().new_page()
    page.goto("/launch/invoicing?state=x")
    says(page, "Inicia sesión")
    stored = page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert json.loads(stored) == {}
