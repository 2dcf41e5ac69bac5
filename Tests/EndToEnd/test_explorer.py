"""The explorer in a real browser: its flows, its keys, what it stores, and what it may load."""

import json
import pathlib
import re
import signal

import pytest
from playwright.sync_api import expect

from browsing import PATIENCE_MILLISECONDS, Complaints, assert_accessible, photograph_failure
from hub import PASSWORD, until
from streams import StreamHub

HUB_QUERY = (pathlib.Path(__file__).parents[1] / "Benchmarks" / "hub.graphql").read_text()
LOCALE = {"locale": "en-GB", "timezone_id": "UTC"}


@pytest.fixture(scope="module")
def complaints():
    return Complaints()


@pytest.fixture(scope="module")
def stream(hub):
    """A hub with subscriptions of the tests' own, and with the explorer."""
    running = StreamHub(hub, EXPLORER="true")
    yield running
    assert running.stop() == 0


@pytest.fixture
def open_page(browser, hub, complaints, request):
    """Opens the explorer as a new person would; afterwards no page may have complained."""
    contexts = []

    def open_page(theme="light", width=1280, height=800, at=hub):
        context = browser.new_context(
            base_url=f"http://127.0.0.1:{at.port}", color_scheme=theme,
            viewport={"width": width, "height": height}, **LOCALE,
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        complaints.hear(page)
        visit(page)
        return page

    yield open_page
    for number, context in enumerate(contexts):
        photograph_failure(context.pages[0], request, number)
        context.close()
    assert complaints == []


@pytest.fixture(scope="module")
def make_page(browser, hub, complaints):
    """Makes pages that outlive a test, each in a window of its own: one behind another is slow."""
    contexts = []

    def make():
        contexts.append(
            browser.new_context(
                base_url=f"http://127.0.0.1:{hub.port}", viewport={"width": 1280, "height": 800},
                **LOCALE,
            )
        )
        contexts[-1].set_default_timeout(PATIENCE_MILLISECONDS)
        page = contexts[-1].new_page()
        complaints.hear(page)
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def shared_page(make_page):
    """A page that the tests use one after the other, each with nothing left of the one before."""
    return make_page()


@pytest.fixture(scope="module")
def idle_page(make_page):
    """A page that is only asked about its modules."""
    page = make_page()
    visit(page)
    return page


@pytest.fixture
def page(shared_page, complaints, request):
    """The explorer with nobody signed in and nothing stored."""
    visit(shared_page)
    yield shared_page
    photograph_failure(shared_page, request)
    shared_page.unroute_all()
    # The page stores its draft when it is left, so it is left first.
    origin = shared_page.evaluate("location.origin")
    shared_page.goto("about:blank")
    browser_itself = shared_page.context.new_cdp_session(shared_page)
    browser_itself.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    browser_itself.detach()
    said, complaints[:] = list(complaints), []
    assert said == []


def visit(page):
    page.goto("/explorer")
    expect(page.locator("html[data-ready]")).to_be_attached()


def editor_of(page):
    return page.get_by_role("textbox", name="Operation", exact=True)


def write(page, document, variables=None):
    editor_of(page).fill(document)
    if variables is not None:
        page.get_by_label("Variables, as JSON").fill(variables)


def run(page):
    """Runs by the keys and waits for the answer's status."""
    editor_of(page).press("Control+Enter")
    expect(page.locator("#status")).to_contain_text(re.compile(r"\d{3} .* · "))


def sign_in(page, person):
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Email").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")


def answer(page):
    """What the answer's tree says, as JSON; folded parts must be open."""
    page.evaluate("document.querySelectorAll('.tree details').forEach((each) => each.open = true)")
    lines = page.locator(".tree").evaluate(
        "(tree) => [...tree.querySelectorAll('summary, .leaf')].map((each) => {"
        "  const copy = each.cloneNode(true); copy.querySelector('.folded')?.remove();"
        "  return copy.textContent })"
    )
    return json.loads("".join(lines))


def module(page, name, expression, argument=None):
    """What an expression over one of the page's own modules, `it`, gives."""
    main = page.locator("script[type=module]").get_attribute("src")
    return page.evaluate(
        f"async (given) => {{ const it = await import({json.dumps(main.replace('main', name))});"
        f" return {expression} }}", argument,
    )


def stored(page):
    return page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")


# What is served -----------------------------------------------------------------------------------


def test_the_page_and_its_files_are_all_of_this_server_and_may_do_little(hub):
    page = hub.request("GET", "/explorer")
    text = page.body.decode()
    assert page.status == 200
    directives = page.headers["content-security-policy"].split("; ")
    policy = dict(directive.split(" ", 1) for directive in directives)
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers.get_all("set-cookie") is None
    assert not re.search(r"<style|<script>|\sstyle=|\son\w+=", text)
    named = set(re.findall(r'(?:href|src)="([^"#]+)"', text))
    assert named and all(path.startswith("/explorer/") for path in named)
    for path in named:
        file = hub.request("GET", path)
        assert file.status == 200 and "immutable" in file.headers["cache-control"], path
        addresses = re.findall(rb"https?://[^\"'` ]+", file.body)
        assert set(addresses) <= {b"http://www.w3.org/2000/svg"}, path


def test_dev_says_where_the_explorer_is(hub):
    address = f"http://127.0.0.1:{hub.port}/explorer"
    until(lambda: address in hub.log_file.read_text(), "the welcome names the explorer")


# Sign-in ------------------------------------------------------------------------------------------


def test_a_demo_account_signs_in_and_the_hub_query_is_answered(page):
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name=re.compile("ana@ejemplar.example")).click()
    expect(page.locator("#person")).to_contain_text("Ejemplar")
    expect(page.get_by_role("dialog")).to_be_hidden()
    write(page, HUB_QUERY)
    run(page)
    expect(page.locator("#status")).to_contain_text("200 OK")
    data = answer(page)["data"]
    assert data["company"]["legalName"] == "Ejemplar S.A.S."
    assert {"solutions", "profile", "security", "integrations"} <= set(data)


def test_a_refused_sign_in_says_why_and_keeps_the_form(page, hub):
    page.get_by_role("button", name="Sign in").click()
    page.get_by_label("Email").fill(hub.person().email)
    page.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("password")
    expect(page.get_by_label("Email")).not_to_have_value("")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_label("Password")).to_have_value("")
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_person_of_several_companies_is_asked_which(page, hub):
    person, other = hub.person(), hub.person()
    hub.sql(
        f"""insert into membership (tenant_id, account_id, role)
        values ('{other.tenant}', '{person.account}', 'administrator')"""
    )
    sign_in(page, person)
    expect(page.get_by_role("group", name="Company").get_by_role("radio")).to_have_count(2)
    page.locator(f"input[value='{other.tenant}']").check()
    page.keyboard.press("Enter")
    expect(page.locator("#person")).to_be_visible()
    write(page, "{ company { id } }")
    run(page)
    assert answer(page) == {"data": {"company": {"id": other.tenant}}}


def test_a_session_outlives_a_reload_and_ends_by_signing_out(page, hub):
    sign_in(page, hub.person())
    expect(page.locator("#person")).to_contain_text("Prueba")
    visit(page)
    expect(page.locator("#person")).to_contain_text("Prueba")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_focused()
    visit(page)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    write(page, "{ company { id } }")
    run(page)
    expect(page.locator("#status")).to_contain_text("401")


def test_a_session_that_was_ended_elsewhere_is_signed_out_here(page, hub):
    person = hub.person()
    sign_in(page, person)
    expect(page.locator("#person")).to_be_visible()
    hub.sql(f"update session set revoked_at = now() where account_id = '{person.account}'")
    write(page, "{ company { id } }")
    run(page)
    expect(page.locator("#status")).to_contain_text("401")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def test_neither_a_password_nor_a_token_is_ever_stored(page, hub):
    person = hub.person()
    sign_in(page, person)
    expect(page.locator("#person")).to_be_visible()
    given = json.dumps({"input": {"email": person.email, "password": PASSWORD}})
    documents = [
        (f'mutation {{ signIn(input: {{email: "{person.email}", password: "{PASSWORD}"}}) '
         "{ session { accessToken refreshToken } } }", ""),
        ("mutation ($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }",
         given),
    ]
    for document, variables in documents:
        write(page, document, variables)
        run(page)
        expect(page.locator(".tree")).to_contain_text("eyJ")
    write(page, "{ about { name } }", "")
    page.get_by_role("tab", name="Headers").click()
    page.get_by_label("Header fields, as JSON").fill(json.dumps({"x-secret": "sesame"}))
    run(page)
    kept = stored(page)
    assert "about" in kept
    assert [it for it in (PASSWORD, person.email, "eyJ", "rt_", "sesame") if it in kept] == []
    visit(page)
    assert editor_of(page).input_value() == "{ about { name } }"


@pytest.mark.parametrize(
    "document, variables, is_secret",
    [
        ("{ security { hasPassword passwordChangedAt } }", "", False),
        ("{ password: email }", "", False),
        ("{ company { id } }", '{"name": "x"}', False),
        ("mutation { refreshSession(input: {}) { session { expiresAt } } }", "", True),
        ("mutation ($i: I!) { signIn(input: $i) { companies { id } } }", "{", True),
        ("mutation ($i: I!) { change(input: $i) { id } }", '{"i": {"newPassword": "x"}}', True),
        ("mutation ($i: I!) { change(input: $i) { id } }", '{"i": {"apiKey" : "x"}}', True),
        ("query ($token: ID) { it(id: $token) { id } }", "", True),
        ('{ it(text: "Bearer abcdefghij") { id } }', "", True),
        ("{ it(id: $id) { id } }", '{"id": "rt_abcdefghij"}', True),
        ("# the password is sesame\n{ it }", "", True),
    ],
)
def test_what_may_hold_a_secret_is_told_by_the_names_of_values(
    idle_page, document, variables, is_secret
):
    found = module(idle_page, "operations", "it.mayHoldSecret(...given)", [document, variables])
    assert found is is_secret


# Running ------------------------------------------------------------------------------------------


def test_an_error_is_marked_where_it_is(page):
    write(page, "query {\n  about {\n    nam\n  }\n}\n")
    run(page)
    editor = editor_of(page)
    expect(page.locator("#status")).to_contain_text("1 error · 400")
    expect(editor).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".line.faulty")).to_have_text("3")
    expect(page.locator(".marked")).to_have_text("nam")
    expect(page.locator("#query-problem")).to_contain_text("Line 3, column 5: Cannot query field")
    page.get_by_role("button", name="line 3, column 5").click()
    expect(editor).to_be_focused()
    assert editor.evaluate("(area) => area.selectionStart") == 22
    page.keyboard.press("Delete")
    expect(page.locator(".marked")).to_have_count(0)
    expect(page.locator("#query-problem")).to_be_hidden()


def test_variables_are_checked_before_they_are_sent(page):
    document = "query ($yes: Boolean!) { about { name version @include(if: $yes) } }"
    write(page, document, '{"yes": ')
    editor_of(page).press("Control+Enter")
    expect(page.locator("#variables-problem")).to_contain_text("no JSON")
    expect(page.get_by_label("Variables, as JSON")).to_be_focused()
    expect(page.locator("#status")).to_have_text("")
    write(page, document, '{"yes": false}')
    expect(page.locator("#variables-problem")).to_be_hidden()
    run(page)
    assert answer(page) == {"data": {"about": {"name": "Mi Alegra"}}}


def test_header_fields_are_sent(page, hub):
    sent = []
    page.on("request", lambda request: sent.append(request.headers.get("accept-language")))
    page.get_by_role("tab", name="Variables").press("ArrowRight")
    page.get_by_label("Header fields, as JSON").fill('{"accept-language": "pt"}')
    write(page, "{ about { name } }")
    run(page)
    assert sent[-1] == "pt"


def test_of_several_operations_the_one_at_the_cursor_runs(page):
    write(page, "query One { a: __typename }\nquery Two { b: __typename }\n")
    choice = page.locator("#operation")
    expect(choice.get_by_role("option")).to_have_text(["One", "Two"])
    editor = editor_of(page)
    editor.press("Control+Home")
    expect(choice).to_have_value("One")
    editor.press("ArrowDown")
    expect(choice).to_have_value("Two")
    editor.press("Control+Enter")
    expect(page.locator(".tree")).to_contain_text('"b"')
    choice.select_option("One")
    page.get_by_role("button", name="Run").click()
    expect(page.locator(".tree")).to_contain_text('"a"')


def test_a_running_operation_can_be_stopped(page):
    held = []
    page.route("**/graphql", lambda route: held.append(route))
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#response")).to_have_attribute("aria-busy", "true")
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#status")).to_have_text("Stopped")
    expect(page.get_by_role("button", name="Run")).to_be_visible()


def test_the_events_of_a_subscription_are_shown_as_they_come(page):
    def answer_with_events(route):
        assert route.request.headers["accept"].startswith("text/event-stream")
        parts = [": kept alive", 'event: next\ndata: {"data": {"tick": 1}}',
                 'event: next\ndata: {"data":\ndata: {"tick": 2}}', "event: complete\ndata:"]
        route.fulfill(content_type="text/event-stream", body="\n\n".join(parts) + "\n\n")

    page.route("**/graphql", answer_with_events)
    write(page, "subscription { tick }")
    editor_of(page).press("Control+Enter")
    expect(page.locator("#status")).to_have_text("Ended · 2 events")
    expect(page.locator(".event")).to_have_count(2)
    expect(page.locator(".event").first).to_contain_text('"tick": 2')
    page.unroute_all()
    run(page)
    expect(page.locator("#status")).to_contain_text("400")


def test_the_events_of_a_running_hub_are_shown_until_they_end_or_are_stopped(
    open_page, stream, hub
):
    page = open_page(at=stream)
    person = hub.person()
    sign_in(page, person)
    expect(page.locator("#person")).to_contain_text("Prueba")
    events, status = page.locator(".event"), page.locator("#status")

    write(page, "subscription { said { text company { id } } }")
    editor_of(page).press("Control+Enter")
    until(lambda: stream.say("hola", person.token)["listeners"] == 1, "the page listens")
    expect(events).to_have_count(1)
    expect(events.first).to_contain_text('"hola"')
    expect(events.first).to_contain_text(person.tenant)
    stream.say("olá", person.token)
    expect(events).to_have_count(2)
    expect(events.first).to_contain_text('"olá"')
    page.get_by_role("button", name="Stop").click()
    until(lambda: stream.say("nobody?", person.token)["listeners"] == 0, "the page has left")
    expect(events).to_have_count(2)

    write(page, "subscription { count(to: 3) }")
    editor_of(page).press("Control+Enter")
    expect(status).to_have_text("Ended · 3 events")
    expect(events.first).to_contain_text('"count": 3')
    write(page, "subscription { failing(after: 1) }")
    editor_of(page).press("Control+Enter")
    expect(status).to_have_text("Ended · 2 events")
    expect(events.first).to_contain_text("INTERNAL")


def test_a_stream_that_is_cut_off_is_told_and_its_events_stay(open_page, hub):
    short_lived = StreamHub(hub, EXPLORER="true")
    page, person = open_page(at=short_lived), hub.person()
    sign_in(page, person)
    expect(page.locator("#person")).to_contain_text("Prueba")
    write(page, "subscription { said { text } }")
    editor_of(page).press("Control+Enter")
    until(lambda: short_lived.say("hola", person.token)["listeners"] == 1, "the page listens")
    expect(page.locator(".event")).to_contain_text('"hola"')
    short_lived.stop(signal.SIGKILL)
    expect(page.locator("#status")).to_have_text("Cut off · 1 event")
    expect(page.locator(".event")).to_contain_text('"hola"')


def test_a_server_that_is_away_is_told(page):
    page.route("**/graphql", lambda route: route.abort())
    page.get_by_role("button", name="Run").click()
    expect(page.locator("#status")).to_have_text("No answer")


def test_a_server_without_introspection_is_told_and_operations_run_all_the_same(page):
    refusal = {"errors": [{"message": "Introspection is off."}]}

    def without_introspection(route):
        if "__schema" in route.request.post_data:
            route.fulfill(status=400, json=refusal)
        else:
            route.continue_()

    page.route("**/graphql", without_introspection)
    visit(page)
    page.get_by_role("button", name="Docs").click()
    docs = page.get_by_role("complementary", name="Documentation")
    expect(docs).to_contain_text("does not describe its schema")
    expect(docs).to_contain_text("Introspection is off.")
    write(page, "{ about { name } }")
    run(page)
    assert answer(page)["data"]["about"]["name"] == "Mi Alegra"
    page.unroute("**/graphql")
    docs.get_by_role("button", name="Ask again").click()
    expect(docs.get_by_label("Search types and fields")).to_be_visible()


# Documentation and history ------------------------------------------------------------------------


def test_the_documentation_is_searched_and_walked(page):
    page.get_by_role("button", name="Docs").click()
    search = page.get_by_label("Search types and fields")
    expect(search).to_be_focused()
    search.fill("legalname")
    page.get_by_role("button", name=re.compile(r"^Company\.legalName")).click()
    docs = page.get_by_role("complementary", name="Documentation")
    expect(docs.get_by_role("heading", name="type Company")).to_be_visible()
    expect(docs.locator("[data-wanted]")).to_contain_text("The registered name (razón social).")
    expect(docs.locator("[data-wanted]")).to_be_focused()
    docs.get_by_role("button", name="Identification", exact=True).click()
    expect(docs.get_by_role("heading", name="type Identification")).to_be_focused()
    docs.get_by_role("button", name="Back to Company").click()
    expect(docs.get_by_role("heading", name="type Company")).to_be_visible()
    docs.get_by_role("button", name="Back to Schema").click()
    expect(docs).to_contain_text("mutation: Mutation")
    docs.press("Escape")
    expect(docs).to_be_hidden()
    expect(page.get_by_role("button", name="Docs")).to_be_focused()


def test_what_is_deprecated_is_shown_as_such_and_suggested_last(page):
    def deprecate(route):
        answer = route.fetch()
        body = answer.json()
        if "__schema" in body["data"]:
            types = {it["name"]: it for it in body["data"]["__schema"]["types"]}
            field = next(it for it in types["About"]["fields"] if it["name"] == "name")
            field |= {"isDeprecated": True, "deprecationReason": "Ask for `version`."}
        route.fulfill(response=answer, json=body)

    page.route("**/graphql", deprecate)
    visit(page)
    page.get_by_role("button", name="Docs").click()
    page.get_by_role("button", name="About", exact=True).click()
    entry = page.get_by_role("complementary", name="Documentation").get_by_role("listitem").filter(
        has_text="deprecated"
    )
    expect(entry).to_contain_text("Deprecated: Ask for version.")
    write(page, "{ about {  } }")
    editor_of(page).evaluate("(area) => area.setSelectionRange(10, 10)")
    editor_of(page).press("Control+Space")
    expect(page.get_by_role("option")).to_contain_text(["version", "__typename", "...", "name"])


def test_the_page_works_where_nothing_can_be_stored(open_page):
    page = open_page()
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage',"
        " {get() { throw new DOMException('denied', 'SecurityError') }})"
    )
    visit(page)
    write(page, "{ about { name } }")
    run(page)
    assert answer(page)["data"]["about"]["name"] == "Mi Alegra"


def test_the_name_at_the_cursor_leads_to_its_documentation(page):
    write(page, "{ company { legalName } }")
    editor = editor_of(page)
    editor.evaluate("(area) => area.setSelectionRange(15, 15)")
    editor.press("F1")
    docs = page.get_by_role("complementary", name="Documentation")
    expect(docs.locator("[data-wanted]")).to_contain_text("legalName")


def test_descriptions_are_text_whatever_they_hold(idle_page):
    description = "<img src=x onerror=alert(1)> and `<b>code</b>`"
    text = module(
        idle_page, "dom", "(() => { const made = it.prose(given);"
        " return [made.textContent, made.querySelectorAll('img, b').length,"
        " made.querySelector('code').textContent] })()", description,
    )
    assert text == ["<img src=x onerror=alert(1)> and <b>code</b>", 0, "<b>code</b>"]


def test_history_outlives_a_reload(page):
    write(page, "query First { about { name } }", '{"unused": 1}')
    run(page)
    write(page, "query Second { about { version } }", "")
    run(page)
    visit(page)
    page.get_by_role("button", name="History").click()
    history = page.get_by_role("complementary", name="History")
    rows = history.get_by_role("listitem")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("query Second")
    rows.nth(1).get_by_role("button", name=re.compile("^query First")).click()
    expect(editor_of(page)).to_have_value("query First { about { name } }")
    expect(page.get_by_label("Variables, as JSON")).to_have_value('{"unused": 1}')
    history.get_by_role("button", name="Forget query Second").click()
    expect(rows).to_have_count(1)
    history.get_by_role("button", name="Forget all").click()
    expect(history).to_contain_text("Nothing was run yet.")
    assert "First" not in page.evaluate("localStorage.getItem('explorer.history')")


def test_history_is_bounded(page):
    page.evaluate(
        """localStorage.setItem("explorer.history", JSON.stringify(Array.from({length: 90},
        (_, index) => ({document: `{ a${index} }`, variables: "", at: index}))))"""
    )
    visit(page)
    write(page, "{ about { name } }")
    run(page)
    entries = json.loads(page.evaluate("localStorage.getItem('explorer.history')"))
    assert len(entries) == 50
    assert entries[0]["document"] == "{ about { name } }"


# The editor ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document, expected",
    [
        ("|", ["query", "mutation", "subscription", "fragment"]),
        ("{ comp| }", ["company"]),
        ("{ company { legaln| } }", ["legalName"]),
        ("{ a: comp| }", ["company"]),
        ("{ solutions(|) }", ["status"]),
        ("{ solutions(status: A|) }", ["ACTIVE", "AVAILABLE"]),
        ("mutation { signIn(input: {|}) }", ["email", "password", "companyId", "delivery"]),
        ('mutation { signIn(input: {email: "", pass|}) }', ["password"]),
        ("mutation { signIn(input: {delivery: |}) }", ["BODY", "COOKIE"]),
        ("query ($a: SignInI|) { a }", ["SignInInput"]),
        ("{ company { ...| } } fragment Parts on Company { id }", ["on", "Parts"]),
        ("{ company { ... on | } }", ["Company"]),
        ("{ company @| { id } }", ["include", "skip"]),
        ("{ company @include(if: |) { id } }", ["true", "false"]),
        ("query ($is: Boolean) { company @include(if: $|) { id } }", ["is"]),
        ("{ profile { firstName } compan| }", ["company"]),
        ("{ company { id # lega| } }", []),
        ('{ company(name: "lega|") { id } }', []),
    ],
)
def test_what_may_stand_at_the_cursor_is_suggested(idle_page, document, expected):
    found = module(
        idle_page, "completion",
        """(async () => {
          const parts = await import(given.schema);
          const body = JSON.stringify({query: parts.introspectionQuery});
          const headers = {"content-type": "application/json"};
          const answer = await fetch("/graphql", {method: "POST", headers, body});
          globalThis.known ??= new parts.Schema((await answer.json()).data.__schema);
          return it.suggestionsAt(given.text, given.cursor, globalThis.known)
            .items.map((item) => item.text);
        })()""",
        {
            "text": document.replace("|", "", 1), "cursor": document.index("|"),
            "schema": idle_page.locator("script[type=module]").get_attribute("src")
            .replace("main", "schema"),
        },
    )
    assert found[: len(expected)] == expected and (expected or not found)


@pytest.mark.parametrize(
    "document, expected",
    [
        ("{a}", "{\n  a\n}\n"),
        ("query Q($a:Int=1){b(c:$a)@skip(if:true){...F ...on T{d}}}",
         "query Q($a: Int = 1) {\n  b(c: $a) @skip(if: true) {\n    ...F\n    ... on T {\n"
         "      d\n    }\n  }\n}\n"),
        ("# top\n{a # why\n b:c}", "# top\n{\n  a\n  # why\n  b: c\n}\n"),
        ('{a(list:[1,2,{b:ENUM}],text:"x, {y}")}',
         '{\n  a(list: [1, 2, {b: ENUM}], text: "x, {y}")\n}\n'),
        ("{a(b:1 # why\n c:2)}", "{\n  a(\n    b: 1\n    # why\n    c: 2\n  )\n}\n"),
        ("subscription S{e} query Q{f}", "subscription S {\n  e\n}\n\nquery Q {\n  f\n}\n"),
        ("", ""),
        ("{a(", None),
        ("{a}}", None),
        ('{a(b:"open)}', None),
    ],
)
def test_a_document_is_laid_out_or_left_alone(idle_page, document, expected):
    twice = "[it.prettify(given), it.prettify(it.prettify(given))]"
    expression = f"(() => {{ try {{ return {twice} }} catch (error) {{ return error.offset }} }})()"
    found = module(idle_page, "prettify", expression, document)
    if expected is None:
        assert isinstance(found, int)
    else:
        assert found == [expected, expected]


def test_prettify_lays_out_both_editors_and_can_be_undone(page):
    write(page, "{about{name}}", '{"a":1}')
    editor = editor_of(page)
    editor.press("Alt+Shift+F")
    expect(editor).to_have_value("{\n  about {\n    name\n  }\n}\n")
    expect(page.get_by_label("Variables, as JSON")).to_have_value('{\n  "a": 1\n}\n')
    editor.press("Control+z")
    expect(editor).to_have_value("{about{name}}")
    write(page, "{about{", '{"a":2}')
    page.get_by_role("button", name="Prettify").click()
    expect(page.locator("#query-problem")).to_contain_text("Line 1, column 7")
    expect(editor).to_have_value("{about{")
    expect(page.get_by_label("Variables, as JSON")).to_have_value('{\n  "a": 2\n}\n')


def test_writing_is_helped_and_never_hindered(page):
    editor = editor_of(page)
    write(page, "")
    editor.press_sequentially("{")
    editor.press("Enter")
    editor.press_sequentially("solutions(status: ACTIVE")
    editor.press_sequentially(") {")
    editor.press("Enter")
    editor.press_sequentially("code")
    expect(editor).to_have_value("{\n  solutions(status: ACTIVE) {\n    code\n  }\n}")
    editor.press("Control+/")
    expect(editor).to_have_value("{\n  solutions(status: ACTIVE) {\n#     code\n  }\n}")
    editor.press("Control+/")
    editor.press("Shift+Tab")
    expect(editor).to_have_value("{\n  solutions(status: ACTIVE) {\n  code\n  }\n}")


def test_a_suggestion_is_chosen_by_the_keys(page):
    editor = editor_of(page)
    write(page, "{ company {  } }")
    editor.evaluate("(area) => area.setSelectionRange(12, 12)")
    editor.press("Control+Space")
    options = page.get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    active = editor.get_attribute("aria-activedescendant")
    assert options.first.get_attribute("id") == active
    for _ in range(11):
        editor.press("ArrowDown")
    expect(page.get_by_role("option", selected=True)).to_have_attribute("aria-posinset", "12")
    editor.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    editor.press_sequentially("lega")
    expect(options).to_contain_text(["legalName"])
    editor.press("Enter")
    expect(editor).to_have_value("{ company { legalName } }")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_what_scrolled_before_the_suggestions_opened_does_not_close_them(page):
    """The event of a scrolling comes a frame after it, and may find the list open."""
    editor = editor_of(page)
    write(page, "{ company {  } } # " + "wide " * 80)
    editor.evaluate("(area) => { area.scrollLeft = 200; }")
    page.evaluate("() => new Promise(requestAnimationFrame)")
    assert editor.evaluate("(area) => area.scrollLeft") == 200
    is_open = editor.evaluate("""async (area) => {
        const frame = () => new Promise(requestAnimationFrame);
        await frame();
        area.focus();
        area.setSelectionRange(12, 12);
        area.scrollLeft = 0;
        area.dispatchEvent(new KeyboardEvent("keydown", { key: " ", ctrlKey: true }));
        await frame();
        await frame();
        return !document.getElementById("suggestions").hidden;
    }""")
    assert is_open
    editor.evaluate("(area) => { area.scrollLeft = 100; }")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_everything_is_done_by_the_keys_alone(page, hub):
    person = hub.person()
    keys = page.keyboard

    def tab_to(locator, key="Tab"):
        for _ in range(12):
            keys.press(key)
            if locator.evaluate("(it) => it === document.activeElement"):
                return
        raise AssertionError(f"{key} does not reach {locator}")

    tab_to(page.get_by_role("button", name="Sign in"))
    keys.press("Enter")
    keys.type(person.email)
    keys.press("Tab")
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(page.locator("#person")).to_be_visible()
    visit(page)
    keys.press("Tab")
    expect(page.get_by_role("link", name="To the editor")).to_be_focused()
    keys.press("Enter")
    editor = editor_of(page)
    expect(editor).to_be_focused()
    keys.press("Control+a")
    keys.type("{ company { legalName } }")
    keys.press("Escape")
    keys.press("Control+Enter")
    expect(page.locator(".tree")).to_contain_text('"Prueba"')
    # Tab indents; after Escape it leaves.
    keys.press("Tab")
    expect(editor).to_be_focused()
    keys.press("Escape")
    keys.press("Tab")
    expect(page.get_by_role("tab", name="Variables")).to_be_focused()
    keys.press("Tab")
    keys.press("Escape")
    keys.press("Tab")
    expect(page.get_by_role("button", name="Copy")).to_be_focused()
    keys.press("Tab")
    tree = page.locator(".tree")
    expect(tree.locator("summary").first).to_be_focused()
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(tree.locator("summary").nth(2)).to_contain_text("company")
    keys.press("ArrowLeft")
    expect(tree.get_by_text('"legalName"')).to_be_hidden()
    keys.press("ArrowRight")
    expect(tree.get_by_text('"legalName"')).to_be_visible()
    # Of the editors on the way back only the Escape key lets go.
    for _ in range(2):
        keys.press("Shift+Tab")
    for _ in range(4):
        keys.press("Escape")
        keys.press("Shift+Tab")
    tab_to(page.get_by_role("button", name="Docs"), "Shift+Tab")
    keys.press("Enter")
    keys.type("UserError")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="type UserError")).to_be_focused()
    keys.press("Escape")
    expect(page.get_by_role("button", name="Docs")).to_be_focused()


# Looks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_both_themes_and_sizes(open_page, hub, theme, width):
    page = open_page(theme, width)
    page.get_by_role("button", name="Sign in").click()
    assert_accessible(page, "sign-in")
    page.keyboard.press("Escape")
    write(page, '{ about { name } a: about { bad } b(c: "d") }')
    run(page)
    page.get_by_role("button", name="History").click()
    assert_accessible(page, "errors and history")
    page.get_by_role("button", name="Close history").click()
    write(page, "query A { about { name version } } query B { about { name } }")
    run(page)
    page.get_by_role("button", name="Docs").click()
    page.get_by_role("button", name="Mutation", exact=True).click()
    assert_accessible(page, "an answer and documentation")
    page.get_by_role("button", name="Close documentation").click()
    write(page, "")
    editor_of(page).press("Control+Space")
    expect(page.get_by_role("option").first).to_be_visible()
    assert_accessible(page, "suggestions")


def test_the_theme_is_the_persons(open_page):
    grounds = [
        open_page(theme).evaluate("getComputedStyle(document.body).backgroundColor")
        for theme in ("light", "dark")
    ]
    lightness = [sum(map(int, re.findall(r"\d+", ground))) for ground in grounds]
    assert lightness[0] > 600 and lightness[1] < 150
