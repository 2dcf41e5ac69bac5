"""Windows on the page of Mi Alegra: a person who is signed in by the cookie, in either theme, at
either width; and what no view may do."""

import contextlib

from playwright.sync_api import expect

from browsing import PATIENCE_MILLISECONDS, Complaints, photograph_failure
from hub import until

NARROW, WIDE = 360, 1280


@contextlib.contextmanager
def windows(browser, request, at):
    """Makes pages of new windows at an address; afterwards none may have complained."""
    contexts, complaints = [], Complaints()

    def open_window(cookies=(), locale="es-CO", theme="light", width=WIDE, **more):
        context = browser.new_context(
            base_url=at, locale=locale, color_scheme=theme, reduced_motion="reduce",
            viewport={"width": width, "height": 800}, **more,
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        context.add_cookies(list(cookies))
        contexts.append(context)
        page = context.new_page()
        complaints.hear(page)
        return page

    yield open_window
    for number, context in enumerate(contexts):
        if context.pages:
            photograph_failure(context.pages[0], request, number)
        context.close()
    # What the provider's page fetches from elsewhere is none of ours.
    assert [it for it in complaints if "ERR_FAILED" not in it] == []


def session_cookie(hub, person, name="mi-alegra-refresh"):
    """The cookie of the person's session, as a sign-in would have set it."""
    return {
        "name": name, "value": hub.refresh_token(person), "url": f"http://127.0.0.1:{hub.port}",
        "httpOnly": True, "sameSite": "Strict",
    }


def heading(page, text):
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def card(page, name):
    """The part of a section with this heading."""
    return page.get_by_role("region", name=name)


def press(place, name, exact=True):
    place.get_by_role("button", name=name, exact=exact).click()


def says(page, text):
    """Something was done, and is said."""
    expect(page.locator("#notices")).to_contain_text(text)


def dialog(page, name):
    found = page.get_by_role("dialog", name=name)
    expect(found).to_be_visible()
    return found


def change_until_heard(hub, person, page):
    """Changes the person's profile from elsewhere until a page shows it: the stream begins at a
    moment that nothing shows, and what came before it is not told."""
    update = """
    mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { profile { revision } } }
    """
    revision = 1

    def is_heard():
        nonlocal revision
        given = {"revision": revision, "lastName": f"Nueva {revision}"}
        payload = hub.ask(update, {"input": given}, person.token).data["updateProfile"]
        revision = payload["profile"]["revision"]
        return page.locator("main").get_by_text("Nueva").is_visible()

    until(is_heard, "the change is shown")
