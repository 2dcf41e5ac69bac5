"""The frame of the page of Mi Alegra: the door, deep links, companies, other windows, a connection
that is lost, three languages, and how much and how often it asks."""

import json
import re

import pytest
from playwright.sync_api import expect

from browsing import assert_accessible
from hub import PASSWORD, ROOT
from page_windows import (
    NARROW, WIDE, change_until_heard, heading, press, session_cookie, windows,
)

PATHS = ["/", "/sign-in", "/google", "/profile", "/security"]


@pytest.fixture
def open_window(browser, hub, request):
    with windows(browser, request, f"http://127.0.0.1:{hub.port}") as open_window:
        yield open_window


def sign_in_at_the_door(page, email, password=PASSWORD):
    page.get_by_label("Correo").fill(email)
    page.get_by_label("Contraseña", exact=True).fill(password)
    press(page, "Iniciar sesión")


# The door -----------------------------------------------------------------------------------------


def test_a_deep_link_survives_the_sign_in_and_a_reload(hub, open_window):
    person = hub.person()
    page = open_window()
    page.goto("/security?from=mail")
    heading(page, "Inicia sesión")
    sign_in_at_the_door(page, person.email, "otra")
    expect(page.get_by_text("El correo o la contraseña no son correctos.")).to_be_visible()
    assert_accessible(page, "a sign-in that was refused")
    sign_in_at_the_door(page, person.email)
    heading(page, "Seguridad")
    assert page.url.endswith("/security?from=mail")
    page.reload()
    heading(page, "Seguridad")
    # The session is the browser's: no script can read it, and nothing is stored but how it looks.
    assert page.evaluate("document.cookie") == ""
    kept = page.evaluate("Object.keys(localStorage)")
    assert set(kept) <= {"mi-alegra.language", "mi-alegra.theme"}


@pytest.mark.parametrize(
    "asked", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_the_door_leads_to_no_other_site(hub, open_window, asked):
    person = hub.person()
    page = open_window()
    page.goto("/sign-in?continue=" + asked)
    sign_in_at_the_door(page, person.email)
    expect(page.get_by_role("navigation", name="Secciones")).to_be_visible()
    assert page.url.startswith(f"http://127.0.0.1:{hub.port}/")
    assert page.evaluate("location.origin") == f"http://127.0.0.1:{hub.port}"


def test_whoever_signs_out_is_out_in_every_window(hub, open_window):
    person = hub.person()
    page = open_window([session_cookie(hub, person)])
    page.goto("/profile")
    heading(page, "Perfil")
    other = page.context.new_page()
    other.goto("/security")
    heading(other, "Seguridad")
    press(page, "Pru")
    press(page, "Cerrar sesión")
    for window in (page, other):
        heading(window, "Inicia sesión")
    page.goto("/profile")
    heading(page, "Inicia sesión")


def test_windows_that_open_together_all_get_in(hub, open_window):
    # The cookie is replaced at each refresh, and all of them share it.
    page = open_window([session_cookie(hub, hub.person())])
    pages = [page] + [page.context.new_page() for _ in range(4)]
    for window in pages:
        window.goto("/profile", wait_until="commit")
    for window in pages:
        heading(window, "Perfil")
        window.reload()
        heading(window, "Perfil")


def test_more_windows_than_a_browser_has_connections_get_in_and_hear(hub, open_window):
    # HTTP/1.1 leaves a browser six connections: one of the windows listens for all.
    person = hub.person()
    page = open_window([session_cookie(hub, person)])
    pages = [page] + [page.context.new_page() for _ in range(8)]
    for window in pages:
        window.goto("/profile")
        heading(window, "Perfil")
    change_until_heard(hub, person, page)
    for window in pages:
        expect(window.locator("main").get_by_text("Nueva")).to_be_visible()


# The frame ----------------------------------------------------------------------------------------


def test_a_person_goes_on_in_another_company(hub, open_window):
    person = hub.person()
    other = hub.person()
    hub.sql(
        f"""update company set legal_name = 'Otra S.A.S.' where tenant_id = '{other.tenant}';
        insert into membership (tenant_id, account_id, role)
        values ('{other.tenant}', '{person.account}', 'accountant')""")
    page = open_window([session_cookie(hub, person)])
    page.goto("/security")
    heading(page, "Seguridad")
    press(page, "Prueba")
    assert_accessible(page, "the companies")
    press(page, "Otra S.A.S.")
    company = page.get_by_role("banner").get_by_role("button", name="Otra S.A.S.").first
    expect(company).to_be_visible()
    page.reload()
    expect(company).to_be_visible()


def test_menus_are_for_the_keyboard(hub, open_window):
    page = open_window([session_cookie(hub, hub.person())])
    page.goto("/profile")
    heading(page, "Perfil")
    opener = page.get_by_role("button", name="Pru")
    opener.focus()
    page.keyboard.press("ArrowDown")
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("link", name="Perfil").first).to_be_focused()
    assert_accessible(page, "the person's menu")
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")
    press(page, "Soluciones")
    expect(page.get_by_role("link", name="Administrar mis soluciones")).to_be_visible()
    assert_accessible(page, "the launcher")


def test_the_appearance_is_chosen_and_kept(hub, open_window):
    page = open_window([session_cookie(hub, hub.person())], theme="light")
    page.goto("/profile")
    heading(page, "Perfil")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    press(page, "Pru")
    page.get_by_label("Apariencia").select_option("dark")
    dark = page.evaluate(ground)
    assert dark != light
    page.reload()
    heading(page, "Perfil")
    assert page.evaluate(ground) == dark


def test_a_lost_connection_is_said_and_comes_back(hub, open_window):
    page = open_window([session_cookie(hub, hub.person())])
    page.goto("/profile")
    heading(page, "Perfil")
    page.context.set_offline(True)
    page.get_by_role("link", name="Seguridad").first.click()
    banner = page.get_by_text("Se perdió la conexión.")
    expect(banner).to_be_visible()
    page.context.set_offline(False)
    heading(page, "Seguridad")
    expect(banner).to_be_hidden()


def test_an_address_that_there_is_not_is_the_servers_404(hub):
    for path in ("/nothing", "/profile/x", "/index"):
        assert hub.request("GET", path).status == 404, path


# How much and how often ---------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/profile", "/security"])
def test_a_section_asks_once_takes_little_and_stands_still(hub, open_window, path):
    person = hub.person()
    # The browser's language is not the person's: the words change, and nothing is asked twice.
    page = open_window([session_cookie(hub, person)], locale="en-GB")
    asked, sent = [], []
    page.on("request", lambda it: asked.append(it) if it.url.endswith("/graphql") else None)
    page.on("requestfinished", lambda it: sent.append(it.sizes()))
    page.goto(path)
    expect(page.locator(".cards")).to_be_visible()
    # The cookie becomes a token, the section and its frame are asked for, and the stream is opened.
    names = [json.loads(it.post_data)["query"] for it in asked]
    kinds = [re.match(r"\s*(mutation|subscription|query)?", it)[1] or "query" for it in names]
    assert [it for it in kinds if it != "subscription"] == ["mutation", "query"]
    total = sum(it["responseBodySize"] + it["responseHeadersSize"] for it in sent)
    assert total < 100_000, f"{path} takes {total} bytes"
    shift = page.evaluate(
        """() => new Promise((done) => { let sum = 0;
          new PerformanceObserver((list) => {
            for (const it of list.getEntries()) if (!it.hadRecentInput) sum += it.value;
          }).observe({type: "layout-shift", buffered: true});
          requestAnimationFrame(() => requestAnimationFrame(() => done(sum))); })""")
    assert shift < 0.02, f"{path} moves by {shift}"
    page.get_by_role("link", name="Perfil" if path == "/security" else "Seguridad").first.click()
    heading(page, "Perfil" if path == "/security" else "Seguridad")
    names = [json.loads(it.post_data)["query"] for it in asked]
    assert len([it for it in names if "subscription" not in it]) == 3


def test_the_page_lives_of_its_own_files(hub):
    for path in PATHS:
        answer = hub.request("GET", path, headers={"Accept-Encoding": "gzip"})
        assert answer.status == 200
        assert answer.headers["Content-Encoding"] == "gzip"
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy
    page = hub.request("GET", "/").body.decode()
    for asset in re.findall(r'(?:href|src)="([^"]+)"', page):
        answer = hub.request("GET", asset)
        assert answer.status == 200, asset
        assert "immutable" in answer.headers["Cache-Control"]


def test_every_word_is_there_in_every_language(hub, open_window):
    """The same keys, and in each text the same values, as the browser reads them."""
    page = open_window()
    page.goto("/sign-in")
    folder = re.search(r'src="([^"]+)/app/main.js"', hub.request("GET", "/").body.decode())[1]
    sections = sorted(it.stem for it in (ROOT / "page/texts/es").glob("*.js"))
    assert {"google", "profile", "security", "shell", "sign-in"} <= set(sections)
    for section in sections:
        es, en, pt = (
            shape(page.evaluate(
                "async (path) => (await import(path)).default",
                f"{folder}/texts/{language}/{section}.js"))
            for language in ("es", "en", "pt")
        )
        assert es == en == pt, section


def shape(words):
    """What is there, without the words themselves: the names of what is filled in."""
    if isinstance(words, dict):
        return {name: shape(word) for name, word in words.items()}
    if isinstance(words, list):
        return [shape(word) for word in words]
    return sorted(re.findall(r"\{\w+\}", words))


# How it looks -------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_door_is_for_everybody(open_window, theme, width):
    page = open_window(theme=theme, width=width)
    page.goto("/sign-in")
    heading(page, "Inicia sesión")
    assert_accessible(page, "the door")


@pytest.mark.parametrize(
    "locale, title", [("en-GB", "Sign in"), ("pt-BR", "Entre"), ("es-AR", "Inicia sesión"),
                      ("de-DE", "Inicia sesión")])
def test_the_door_speaks_the_browsers_language(open_window, locale, title):
    page = open_window(locale=locale)
    page.goto("/")
    heading(page, title)
    assert page.evaluate("document.documentElement.lang") == {"Sign in": "en", "Entre": "pt"}.get(
        title, "es")
