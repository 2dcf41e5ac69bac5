"""/launcher.js on a page of another origin: one tag and one element, asked when it is opened, with
the token that the page's own backend has, and closed to the page around it."""

import http.server
import threading
import urllib.parse

import pytest

from browsing import assert_accessible
from page_windows import NARROW, WIDE, windows
from solution_documents import activate

POLICY = "default-src 'none'; script-src 'self' {hub}; connect-src {hub}; style-src 'none'"
DOCUMENT = (
    '<!doctype html><html lang="{language}"><title>POS</title><main><h1>POS</h1>'
    "<mi-alegra-launcher></mi-alegra-launcher></main>"
    '<script src="{hub}/launcher.js"></script><script src="/own.js?token={token}"></script>')
OWN = "document.querySelector('mi-alegra-launcher').tokenSource = async () => '{token}';"


class Shop(http.server.ThreadingHTTPServer):
    """A solution's pages, under a strict policy of their own."""

    hub = None

    def __init__(self):
        super().__init__(("127.0.0.1", 0), ShopPages)
        self.origin = f"http://127.0.0.1:{self.server_port}"


class ShopPages(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        values = dict(urllib.parse.parse_qsl(address.query)) | {"hub": self.server.hub}
        kind, text = {
            "/": ("text/html", DOCUMENT), "/own.js": ("text/javascript", OWN),
        }.get(address.path, ("text/plain", ""))
        self.send_response(200)
        self.send_header("content-type", f"{kind}; charset=utf-8")
        self.send_header("content-security-policy", POLICY.format(hub=self.server.hub))
        self.end_headers()
        self.wfile.write(text.format_map(values).encode())

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def shop(serve):
    with Shop() as shop:
        served = serve(CORS_ORIGINS=shop.origin)
        shop.hub = f"http://127.0.0.1:{served.port}"
        threading.Thread(target=shop.serve_forever, daemon=True).start()
        yield shop
        shop.shutdown()


@pytest.fixture
def open_window(browser, shop, request):
    with windows(browser, request, shop.origin) as open_window:
        yield open_window


@pytest.fixture
def open_shop(open_window):
    """Opens a solution's page with its person's launcher."""

    def open_shop(token, language="es", **window):
        page = open_window(**window)
        page.goto(f"/?token={token}&language={language}")
        return page

    return open_shop


def focused(page):
    """What has the focus within the closed root, as assistive technology is told of it."""
    wire = page.context.new_cdp_session(page)
    nodes = wire.send("Accessibility.getFullAXTree")["nodes"]
    return [
        (node["role"]["value"], node["name"]["value"]) for node in nodes
        if any(it["name"] == "focused" and it["value"].get("value") for it in
            node.get("properties", []))
    ]


def named(page, role):
    """The names of what has this role, the closed root's too."""
    wire = page.context.new_cdp_session(page)
    nodes = wire.send("Accessibility.getFullAXTree")["nodes"]
    return [
        node["name"]["value"] for node in nodes
        if not node["ignored"] and node["role"]["value"] == role]


def until(page, condition):
    for _ in range(100):
        if condition():
            return
        page.wait_for_timeout(50)
    assert condition()


@pytest.mark.parametrize("language, button, manage", [
    ("es", "Soluciones", "Administrar mis soluciones"), ("en", "Solutions", "Manage my solutions"),
    ("pt", "Soluções", "Administrar minhas soluções")])
def test_it_lists_the_solutions_and_their_management(hub, open_shop, language, button, manage):
    person = hub.person(language=language)
    activate(hub, person, "pos")
    page = open_shop(person.token, language)
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    assert named(page, "button") == [button] and sent == [], "nothing is asked before it is opened"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    (pos,) = hub.ask("{ launcher { solutions { name } } }", token=person.token).data[
        "launcher"]["solutions"]
    until(page, lambda: named(page, "link") == [pos["name"], manage])
    assert [url for url in sent if "/graphql" in url]
    page.keyboard.press("Tab")
    assert ("link", pos["name"]) in focused(page)
    page.keyboard.press("Escape")
    assert named(page, "link") == [] and ("button", button) in focused(page)


def test_a_click_elsewhere_closes_it(hub, open_shop):
    page = open_shop(hub.person().token)
    page.locator("mi-alegra-launcher").click()
    until(page, lambda: named(page, "link") == ["Administrar mis soluciones"])
    page.get_by_role("heading", level=1).click()
    assert named(page, "link") == []


def test_the_page_around_it_cannot_look_inside(hub, open_shop):
    page = open_shop(hub.person().token)
    assert page.evaluate("document.querySelector('mi-alegra-launcher').shadowRoot") is None


def test_a_token_that_is_good_no_more_leaves_the_way_to_the_hub(hub, open_shop):
    page = open_shop("nothing")
    page.locator("mi-alegra-launcher").click()
    until(page, lambda: named(page, "alert") != [])
    assert named(page, "link") == ["Administrar mis soluciones"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_it_is_for_everybody(hub, open_shop, theme, width):
    page = open_shop(hub.person().token, theme=theme, width=width)
    page.locator("mi-alegra-launcher").click()
    until(page, lambda: named(page, "link") != [])
    assert_accessible(page, f"the launcher ({theme}, {width})")


def test_the_script_is_served_to_every_origin_and_packed(hub):
    answer = hub.request("GET", "/launcher.js", None, {"accept-encoding": "gzip"})
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["content-encoding"] == "gzip"
    again = hub.request("GET", "/launcher.js", None, {
        "accept-encoding": "gzip", "if-none-match": answer.headers["etag"]})
    assert again.status == 304
