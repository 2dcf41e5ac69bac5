"""The pages under /account in a real browser: the links of real mails from the first click to the
end, in each language, by keyboard, and what opening a page must not do."""

import json
import re
import urllib.parse
import uuid

import pytest
from playwright.sync_api import expect

from browsing import PATIENCE_MILLISECONDS, Complaints, assert_accessible, photograph_failure
from hub import PASSWORD, ROOT
from mailed_links import house, mailed_token, mails
from people_documents import invite, refusals, roles
from session_documents import sign_in
from test_second_factor import enrolled

PAGES = [
    "", "/sign-up", "/reset-password", "/change-email", "/undo-email", "/invitation",
    "/unlink-google", "/undo-second-factor",
]
NEW = "una frase que nadie adivina"
CHANGE = """
mutation ($email: String!) { changeEmail(input: {newEmail: $email}) { userErrors { code } } }
"""


@pytest.fixture
def open_page(browser, hub, request):
    """Makes pages of new windows; afterwards none may have complained."""
    contexts, complaints = [], Complaints()

    def open_page(locale="es-CO", theme="light", width=1280, at=hub):
        context = browser.new_context(
            base_url=f"http://127.0.0.1:{at.port}", locale=locale, color_scheme=theme,
            viewport={"width": width, "height": 800},
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        contexts.append(context)
        page = context.new_page()
        complaints.hear(page)
        return page

    yield open_page
    for number, context in enumerate(contexts):
        photograph_failure(context.pages[0], request, number)
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page):
    return open_page()


def visit(page, address):
    page.goto(address)
    expect(page.locator("html[data-ready]")).to_be_attached()


def link_in(hub, address, kind):
    """The address that the last mail of this kind leads to, as a person would click it."""
    mail = hub.mails(address, kind)[-1]
    (link,) = re.findall(r"http://\S+", mail.text)
    assert urllib.parse.urlsplit(link).fragment in mail.html
    return link


def new_address():
    return f"page-{uuid.uuid4()}@test.example"


def says(page, heading):
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def press(page, name):
    page.get_by_role("button", name=name).click()


# The whole way ------------------------------------------------------------------------------------


def test_a_person_signs_up_by_the_mails_link_and_is_signed_in(page, hub):
    email = new_address()
    visit(page, "/account")
    page.get_by_role("link", name="Crear una cuenta").click()
    says(page, "Crea tu cuenta")
    page.get_by_label("Correo").fill(email)
    page.keyboard.press("Enter")
    says(page, "Revisa tu correo")
    visit(page, link_in(hub, email, "sign_up"))
    says(page, "Crea tu cuenta")
    page.get_by_label("Nombre", exact=True).fill("Nora")
    page.get_by_label("Nombre de la empresa").fill("Nueva S.A.S.")
    assert page.get_by_label("País de la empresa").input_value() == "CO"
    page.get_by_label("Contraseña").fill(NEW)
    press(page, "Crear mi cuenta")
    says(page, "¡Listo, Nora!")
    expect(page.get_by_role("status")).to_contain_text("Nueva S.A.S.")
    # The token is gone from the address, and the session is the browser's.
    assert "#" not in page.url
    answer = page.evaluate(
        """async () => (await (await fetch("/graphql", {method: "POST",
          headers: {"content-type": "application/json"}, body: JSON.stringify({query:
          "mutation { refreshSession(input: {}) { session { accessToken } } }"})})).json())"""
    )
    token = answer["data"]["refreshSession"]["session"]["accessToken"]
    who = hub.ask("{ security { email } company { legalName countryVersion } }", token=token).data
    assert who == {
        "security": {"email": email},
        "company": {"legalName": "Nueva S.A.S.", "countryVersion": "CO"},
    }
    assert sign_in(hub, email, NEW).data["signIn"]["session"]


def test_a_person_chooses_a_new_password_by_the_mails_link(page, hub):
    person = hub.person()
    visit(page, "/account")
    page.get_by_role("link", name="Olvidé mi contraseña").click()
    page.get_by_label("Correo").fill(person.email)
    press(page, "Enviar el enlace")
    says(page, "Revisa tu correo")
    visit(page, link_in(hub, person.email, "reset_password"))
    page.get_by_label("Nueva contraseña").fill("corta")
    press(page, "Guardar la contraseña")
    problem = page.get_by_text("Escribe al menos 8 caracteres.")
    expect(problem).to_be_visible()
    expect(page.get_by_label("Nueva contraseña")).to_be_focused()
    expect(page.get_by_label("Nueva contraseña")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Nueva contraseña").fill(NEW)
    page.keyboard.press("Enter")
    says(page, "Tu contraseña cambió")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    assert sign_in(hub, person.email, NEW).data["signIn"]["session"]
    assert not sign_in(hub, person.email, PASSWORD).data["signIn"]["session"]


def test_an_address_is_confirmed_and_the_change_undone(page, hub):
    person, new = hub.person(), new_address()
    hub.ask(CHANGE, {"email": new}, person.token)
    visit(page, link_in(hub, new, "change_email"))
    masked = f"{person.email[0]}***@test.example"
    expect(page.locator("main")).to_contain_text(
        f"{new} pasa a ser el correo de la cuenta {masked} de Mi Alegra.")
    assert_accessible(page, "confirming an address")
    press(page, "Confirmar este correo")
    says(page, "Tu correo cambió")
    expect(page.get_by_role("status")).to_contain_text(new)
    visit(page, link_in(hub, person.email, "email_changed_undo"))
    press(page, "Deshacer el cambio")
    says(page, "El cambio se deshizo")
    visit(page, link_in(hub, person.email, "email_undone"))
    page.get_by_label("Nueva contraseña").fill(NEW)
    press(page, "Guardar la contraseña")
    says(page, "Tu contraseña cambió")
    assert sign_in(hub, person.email, NEW).data["signIn"]["session"]


def test_a_second_factor_is_undone_by_one_button_and_not_by_opening_its_page(page, hub):
    person, _, _ = enrolled(hub)
    link = link_in(hub, person.email, "second_factor_enabled")
    before = house(hub)
    visit(page, link)
    says(page, "Quita la verificación en dos pasos")
    assert_accessible(page, "undoing a second factor")
    page.reload()
    assert house(hub) == before
    press(page, "Quitar la verificación")
    says(page, "La verificación se quitó")
    expect(page.get_by_role("status")).to_contain_text(person.email)
    visit(page, link_in(hub, person.email, "second_factor_undone"))
    page.get_by_label("Nueva contraseña").fill(NEW)
    press(page, "Guardar la contraseña")
    says(page, "Tu contraseña cambió")
    assert sign_in(hub, person.email, NEW).data["signIn"]["session"]


def test_an_invitation_is_accepted_by_somebody_new_and_by_somebody_known(page, hub):
    ana, known, email = hub.person(), hub.person(), new_address()
    for address in (email, known.email):
        assert refusals(invite(hub, ana, address)) == []
    visit(page, link_in(hub, known.email, "invitation"))
    press(page, "Aceptar la invitación")
    says(page, "Ya perteneces a Prueba")
    visit(page, link_in(hub, email, "invitation"))
    says(page, "Acepta la invitación")
    press(page, "Aceptar la invitación")
    says(page, "Crea tu cuenta")
    press(page, "Crear mi cuenta y aceptar")
    for field in ("firstName", "country", "password"):
        expect(page.locator(f"#{field}-problem")).to_be_visible()
    assert_accessible(page, "errors of an invitation")
    page.get_by_label("Nombre", exact=True).fill("Eva")
    page.get_by_label("Tu país").select_option("VE")
    page.get_by_label("Contraseña").fill(NEW)
    press(page, "Crear mi cuenta y aceptar")
    says(page, "¡Listo, Eva!")
    expect(page.get_by_role("status")).to_contain_text("Prueba")
    assert "#" not in page.url
    assert sign_in(hub, email, NEW).data["signIn"]["session"]
    assert len(roles(hub, ana.tenant)) == 3


# Under trusted documents --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def trusting(serve, tmp_path_factory):
    """A server whose manifest holds nothing of the pages."""
    manifest = tmp_path_factory.mktemp("manifest") / "manifest.json"
    manifest.write_text(json.dumps({"nothing": "{ __typename }"}))
    return serve(
        "--trusted-documents", str(manifest), COOKIES_SECURE="false", EXPLORER="true",
        TRUSTED_PROXIES="127.0.0.0/8", CLIENT_MAILS_MAX="1000000",
    )


def test_every_page_works_beside_a_manifest_that_knows_none_of_them(open_page, hub, trusting):
    page, new = open_page(at=trusting), new_address()
    follow = Following(page, hub)
    follow.ask("sign-up", new)
    follow.open("sign-up", new, "sign_up")
    fill(page, {"Nombre": "Nora", "Nombre de la empresa": "Una", "Contraseña": NEW})
    press(page, "Crear mi cuenta")
    says(page, "¡Listo, Nora!")
    follow.ask("reset-password", new)
    follow.open("reset-password", new, "reset_password")
    fill(page, {"Nueva contraseña": NEW + "!"})
    press(page, "Guardar la contraseña")
    says(page, "Tu contraseña cambió")
    person, other = hub.person(), new_address()
    hub.ask(CHANGE, {"email": other}, person.token)
    follow.open("change-email", other, "change_email")
    press(page, "Confirmar este correo")
    says(page, "Tu correo cambió")
    follow.open("undo-email", person.email, "email_changed_undo")
    press(page, "Deshacer el cambio")
    says(page, "El cambio se deshizo")
    asking, guest = hub.person(), new_address()
    for address in (guest, person.email):
        assert refusals(invite(hub, asking, address)) == []
    follow.open("invitation", person.email, "invitation")
    press(page, "Aceptar la invitación")
    says(page, "Ya perteneces a Prueba")
    follow.open("invitation", guest, "invitation")
    press(page, "Aceptar la invitación")
    says(page, "Crea tu cuenta")
    fill(page, {"Nombre": "Eva", "Contraseña": NEW})
    page.get_by_label("Tu país").select_option("VE")
    press(page, "Crear mi cuenta y aceptar")
    says(page, "¡Listo, Eva!")
    follow.open("unlink-google", unlinking(hub, asking), "confirm_unlink_google")
    press(page, "Confirmar y desvincular Google")
    says(page, "Google está desvinculado")


def test_what_the_pages_send_is_trusted_to_the_letter_and_nothing_beside_it(hub, trusting):
    files = sorted((ROOT / "account" / "documents").glob("*.graphql"))
    assert len(files) == 12
    for file in files:
        text = file.read_text()
        # Run, whatever comes of it: what no input is needed for is done, and one is for members.
        told = {"refreshSession": set(), "launchSolution": {"UNAUTHENTICATED"}}
        asked = trusting.ask(text, {"input": {}})
        assert set(asked.codes) == told.get(file.stem, {"BAD_USER_INPUT"})
        for other in (text[:-1], text.replace("input", "given"), "query { about { name } }"):
            assert trusting.ask(other, {"input": {}}).codes == ["DOCUMENT_NOT_TRUSTED"]
        # Known by its text alone: the names are the manifest's.
        assert trusting.post({"documentId": file.stem}).codes == ["PERSISTED_QUERY_NOT_FOUND"]


def test_the_explorer_runs_what_the_manifest_holds_and_says_so_of_the_rest(open_page, trusting):
    page = open_page(at=trusting)
    page.goto("/explorer")
    expect(page.locator("html[data-ready]")).to_be_attached()
    editor = page.get_by_role("textbox", name="Operation", exact=True)
    for document, told in [
        ("{ __typename }", '"Query"'),
        ("{ about { name } }", "Only the documents of this server's manifest are run."),
    ]:
        editor.fill(document)
        page.keyboard.press("Control+Enter")
        expect(page.get_by_role("region", name="Response")).to_contain_text(told)


class Following:
    """Opens pages of a server by the links of mails, which another one may have sent."""

    def __init__(self, page, hub):
        self.page = page
        self.hub = hub

    def ask(self, path, address):
        visit(self.page, f"/account/{path}")
        self.page.get_by_label("Correo").fill(address)
        press(self.page, "Enviar el enlace")
        says(self.page, "Revisa tu correo")

    def open(self, path, address, kind):
        visit(self.page, f"/account/{path}#{mailed_token(self.hub, address, kind)}")


def fill(page, values):
    for label, value in values.items():
        page.get_by_label(label, exact=True).fill(value)


def unlinking(hub, person):
    """The address that is to take the place of a person's link with Google, once confirmed."""
    address = new_address()
    hub.sql(
        f"""insert into account_google (account_id, subject, email)
        values ('{person.account}', '{person.account}', 'somebody@gmail.com');
        select ask_unlink_google('{person.session}', '{person.account}', '{address}',
          'a hash', 3600, 100, 3600)"""
    )
    return address


# Opening a page -----------------------------------------------------------------------------------


def test_opening_a_link_uses_nothing_and_its_token_stands_in_no_address(page, hub):
    person, new = hub.person(), new_address()
    hub.ask(CHANGE, {"email": new}, person.token)
    token = mailed_token(hub, new, "change_email")
    link = link_in(hub, new, "change_email")
    assert urllib.parse.urlsplit(link)[2:] == ("/account/change-email", "", token)
    length, sent, before = hub.log_length(), [], house(hub)
    page.on("request", lambda request: sent.append((request.method, request.url)))
    for _ in range(3):
        visit(page, link)
        page.reload()
    for method in ("GET", "HEAD", "POST"):
        hub.request(method, "/account/change-email")
    assert house(hub) == before
    # Whose account it is, is asked of the hub alone.
    posted = {urllib.parse.urlsplit(url)[1:4] for method, url in sent if method == "POST"}
    assert posted == {(f"127.0.0.1:{hub.port}", "/graphql", "")}
    assert {method for method, _ in sent} == {"GET", "POST"}
    # Chromium tells the whole address of a page to Playwright; what it sends ends before the #.
    assert not [url for _, url in sent if token in url.split("#")[0]]
    assert token not in hub.log_since(length)[1]
    press(page, "Confirmar este correo")
    says(page, "Tu correo cambió")


def test_a_link_that_is_no_good_says_so_and_how_to_go_on(page, hub):
    person, new = hub.person(), new_address()
    hub.ask(CHANGE, {"email": new}, person.token)
    link = link_in(hub, new, "change_email")
    visit(page, link)
    press(page, "Confirmar este correo")
    says(page, "Tu correo cambió")
    visit(page, link)
    expect(page.get_by_role("alert")).to_contain_text("Este enlace ya no sirve")
    expect(page.get_by_role("button")).to_have_count(0)
    assert_accessible(page, "a link that is no good")
    undoing = link_in(hub, person.email, "email_changed_undo")
    visit(page, undoing)
    press(page, "Deshacer el cambio")
    says(page, "El cambio se deshizo")
    visit(page, undoing)
    press(page, "Deshacer el cambio")
    expect(page.get_by_role("alert")).to_contain_text("Este enlace ya no sirve")
    expect(page.get_by_role("button")).to_be_enabled()
    links = ("/change-email", "/undo-email", "/invitation", "/unlink-google",
             "/undo-second-factor")
    for path in links:
        visit(page, "/account" + path)
        says(page, "Abre el enlace del correo")


def test_a_page_says_what_keeps_it_from_doing_anything(page):
    for body, text in [
        ('{"errors": [{"message": "", "extensions": {"code": "RATE_LIMITED"}}]}', "demasiados"),
        ('{"errors": [{"message": "", "extensions": {"code": "INTERNAL"}}]}', "de nuestro lado"),
        ("<html>", "No hay conexión"),
    ]:
        page.route("**/graphql", lambda route: route.fulfill(body=body))
        visit(page, "/account/reset-password")
        page.get_by_label("Correo").fill("a@test.example")
        press(page, "Enviar el enlace")
        expect(page.get_by_role("alert")).to_contain_text(text)
        page.unroute_all()


def test_every_bad_field_is_told_beside_it(page, hub):
    email = new_address()
    visit(page, "/account/sign-up")
    press(page, "Enviar el enlace")
    expect(page.locator("#email-problem")).to_contain_text("obligatorio")
    page.get_by_label("Correo").fill(email)
    press(page, "Enviar el enlace")
    says(page, "Revisa tu correo")
    visit(page, link_in(hub, email, "sign_up"))
    page.get_by_label("País de la empresa").select_option("INTL")
    press(page, "Crear mi cuenta")
    for field in ("firstName", "companyName", "country", "password"):
        expect(page.locator(f"#{field}-problem")).to_be_visible()
        expect(page.locator(f"#{field}")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#lastName-problem")).to_be_hidden()
    expect(page.locator("#firstName")).to_be_focused()
    page.get_by_label("Tu país").select_option("VE")
    page.get_by_label("Nombre", exact=True).fill("Nora")
    page.get_by_label("Nombre de la empresa").fill("Nueva")
    page.get_by_label("Contraseña").fill(NEW)
    press(page, "Crear mi cuenta")
    says(page, "¡Listo, Nora!")
    kept = hub.sql(f"select country from account where email = '{email}'")
    assert kept == "VE"


# Words and looks ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "locale, language, heading, label",
    [("es-AR", "es", "Olvidé mi contraseña", "Correo"),
     ("en-GB", "en", "I forgot my password", "Email"),
     ("pt-BR", "pt", "Esqueci minha senha", "E-mail"),
     ("fr-FR", "es", "Olvidé mi contraseña", "Correo")],
)
def test_a_page_speaks_the_browsers_language(open_page, locale, language, heading, label):
    page = open_page(locale)
    visit(page, "/account/reset-password")
    says(page, heading)
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.get_by_label(label).fill("no address")
    page.get_by_role("button").click()
    expect(page.locator("#email-problem")).to_be_visible()


def test_the_words_are_there_in_each_language(page):
    visit(page, "/account")
    main = page.locator("script[type=module]").get_attribute("src")
    words = page.evaluate(
        "async (path) => (await import(path)).all", main.replace("main", "texts")
    )

    def paths(part, path=()):
        if isinstance(part, str):
            return {path: set(re.findall(r"\{\w+\}", part))}
        return {name: it for key in part for name, it in paths(part[key], (*path, key)).items()}

    said = {language: paths(it) for language, it in words.items()}
    assert len(said["es"]) > 40 and said["es"] == said["en"] == said["pt"]


def test_the_country_versions_are_those_of_the_catalogue(page, hub):
    email = new_address()
    hub.ask(
        "mutation ($email: String!) { signUp(input: {email: $email}) { checkYourMail } }",
        {"email": email},
    )
    visit(page, link_in(hub, email, "sign_up"))
    options = page.get_by_label("País de la empresa").locator("option")
    codes = options.evaluate_all("(all) => all.map((each) => each.value)")
    offered = hub.sql("select code from country_version order by position").splitlines()
    assert codes == ["", *offered]


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_both_themes_and_sizes(open_page, hub, theme, width):
    page, email = open_page(theme=theme, width=width), new_address()
    for path in PAGES:
        visit(page, "/account" + path)
        assert_accessible(page, path)
    visit(page, "/account/sign-up")
    page.get_by_label("Correo").fill(email)
    press(page, "Enviar el enlace")
    says(page, "Revisa tu correo")
    assert_accessible(page, "a mail was sent")
    visit(page, link_in(hub, email, "sign_up"))
    page.get_by_label("País de la empresa").select_option("INTL")
    press(page, "Crear mi cuenta")
    expect(page.locator("#firstName-problem")).to_be_visible()
    assert_accessible(page, "errors")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_and_its_files_are_all_of_this_server_and_may_do_little(hub, path):
    page = hub.request("GET", "/account" + path)
    text = page.body.decode()
    assert page.status == 200 and page.headers["referrer-policy"] == "no-referrer"
    policy = page.headers["content-security-policy"]
    for directive in ("default-src 'none'", "frame-ancestors 'none'", "script-src 'self'"):
        assert directive in policy
    assert not re.search(r"<style|<script>|\sstyle=|\son\w+=", text)
    named = set(re.findall(r'(?:href|src)="([^"#]+)"', text))
    assert named and all(it.startswith("/account/") for it in named)
    assert {hub.request("GET", it).status for it in named} == {200}


def test_nothing_is_stored_by_a_page(page, hub):
    email = new_address()
    hub.ask(
        "mutation ($email: String!) { signUp(input: {email: $email}) { checkYourMail } }",
        {"email": email},
    )
    visit(page, link_in(hub, email, "sign_up"))
    page.get_by_label("Contraseña").fill(NEW)
    stored = page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert json.loads(stored) == {}
    assert mails(hub, email)[-1]["kind"] == "sign_up"
