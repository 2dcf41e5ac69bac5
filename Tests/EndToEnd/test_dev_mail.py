"""The page under /dev/mail in a real browser, and the list that it reads."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from browsing import Complaints
from test_security import change, refusals

HOSTILE = "<img src=x onerror=alert(1)><script>document.title='taken'</script>"


@pytest.fixture
def page(browser, hub):
    """The page, which may not have complained at the end."""
    context = browser.new_context(base_url=f"http://127.0.0.1:{hub.port}", color_scheme="light")
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints = Complaints()
    complaints.hear(page)
    page.goto("/dev/mail")
    yield page
    context.close()
    assert complaints == []


def told(hub, display):
    """A person who was just told of a changed password."""
    person = hub.person()
    hub.sql(f"update account set display_name = $x${display}$x$ where id = '{person.account}'")
    assert refusals(change(hub, person)) == []
    return person


def test_a_mail_comes_by_itself_and_is_read_as_text_and_as_html(hub, page):
    person = told(hub, "Anita")
    entry = page.get_by_role("button").filter(has_text=person.email)
    entry.click()
    expect(entry).to_have_attribute("aria-current", "true")
    expect(page.get_by_role("heading", level=2)).to_have_text("Tu contraseña de Mi Alegra cambió")
    expect(page.locator("#text")).to_contain_text("Hola, Anita:")
    inside = page.frame_locator("#html")
    expect(inside.locator("p").first).to_have_text("Hola, Anita:")
    assert Axe().run(page).response["violations"] == []


def test_what_a_person_typed_is_text_on_the_page(hub, page):
    person = told(hub, HOSTILE)
    page.on("dialog", lambda dialog: pytest.fail("a script ran"))
    page.get_by_role("button").filter(has_text=person.email).click()
    expect(page.locator("#text")).to_contain_text(f"Hola, {HOSTILE}:")
    expect(page.frame_locator("#html").locator("p").first).to_have_text(f"Hola, {HOSTILE}:")
    expect(page).to_have_title("Mails · Mi Alegra")


def test_the_html_may_do_nothing_wherever_it_is_opened(hub):
    person = told(hub, "Anita")
    [mail] = hub.mails(person.email)
    answer = hub.request("GET", f"/dev/mail/messages/{mail.id}")
    assert answer.status == 200 and answer.body.decode() == mail.html
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox ") and "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert hub.request("GET", "/dev/mail/messages/no-such-mail").status == 404


def test_the_list_is_json_the_latest_first_and_asks_for_an_address(hub):
    people = [told(hub, "Ana"), told(hub, "Luis")]
    for person in people:
        hub.mails(person.email)
    answer = hub.request("GET", "/dev/mail/messages")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    listed = [mail["to"] for mail in answer.json["mails"]]
    assert listed.index(people[1].email) < listed.index(people[0].email)
    only = hub.request("GET", f"/dev/mail/messages?address={people[0].email}").json["mails"]
    assert [mail["to"] for mail in only] == [people[0].email]
    assert set(only[0]) == {"id", "messageId", "to", "subject", "secondsSince1970", "text", "html"}
    assert only[0]["messageId"] == f"{only[0]['id']}@localhost"
