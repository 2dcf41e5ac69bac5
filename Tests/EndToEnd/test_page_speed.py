"""How fast the page is: what a first visit transfers, how often a section asks the server, and that
nothing on it moves once it is there."""

import json

import pytest
from playwright.sync_api import expect

from page_windows import NARROW, WIDE, session_cookie, windows
from solution_documents import activate

SECTIONS = ["company", "solutions", "profile", "security"]
BYTES_MAX = 100_000
SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) {
      if (!shift.hadRecentInput) {
        const moved = shift.sources.map(({ node }) => node?.outerHTML?.slice(0, 90));
        window.shifts.push([shift.value, ...moved]);
      }
    }
  }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def open_window(browser, hub, request):
    with windows(browser, request, f"http://127.0.0.1:{hub.port}") as open_window:
        yield open_window


@pytest.fixture
def person(hub):
    person = hub.person()
    activate(hub, person, "invoicing")
    return person


def asked(page):
    """The documents that the page sends from now on, but for its stream of events."""
    sent = []

    def hear(request):
        if request.url.endswith("/graphql") and request.headers["accept"] == "application/json":
            sent.append(json.loads(request.post_data)["query"])

    page.on("request", hear)
    return sent


def shown(page):
    expect(page.locator(".cards")).to_be_visible()


@pytest.mark.parametrize("section", SECTIONS)
def test_a_first_visit_transfers_little(hub, open_window, person, section):
    page = open_window([session_cookie(hub, person)])
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes = {}
    wire.on("Network.responseReceived",
        lambda it: sizes.setdefault(it["requestId"], [it["response"]["url"], 0]))
    wire.on("Network.loadingFinished",
        lambda it: sizes[it["requestId"]].__setitem__(1, it["encodedDataLength"]))
    page.goto(f"/{section}", wait_until="load")
    shown(page)
    transferred = sum(size for _, size in sizes.values())
    assert 0 < transferred < BYTES_MAX, sorted(sizes.values(), key=lambda it: -it[1])[:10]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_asks_once(hub, open_window, person, section):
    page = open_window([session_cookie(hub, person)])
    sent = asked(page)
    page.goto(f"/{section}")
    shown(page)
    page.wait_for_load_state("load")
    # The first visit takes up the session besides.
    assert [document.split("(")[0].strip() for document in sent] == ["mutation", "query"]


def test_a_step_to_another_section_asks_once(hub, open_window, person):
    page = open_window([session_cookie(hub, person)])
    page.goto("/profile")
    shown(page)
    for section in [*SECTIONS, "company"]:
        sent = asked(page)
        page.locator(f".side a[href='/{section}']").click()
        here = page.locator(f".side a[href='/{section}']")
        expect(here).to_have_attribute("aria-current", "page")
        shown(page)
        assert len(sent) == 1, section


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("section", SECTIONS)
def test_nothing_moves_once_it_is_there(hub, open_window, person, section, width):
    page = open_window([session_cookie(hub, person)], width=width)
    page.add_init_script(SHIFTS)
    page.goto(f"/{section}")
    shown(page)
    # Two frames: what the last change of the page moved has been told by then.
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.evaluate("window.shifts") == []
