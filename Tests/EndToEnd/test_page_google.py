"""Google on the page of Mi Alegra, in a real browser and with a provider that is one: signing in,
linking, proving who one is, and "Desconectar" with the user and the password."""

import re

import pytest
from playwright.sync_api import expect

from browsing import assert_accessible
from frontend import frontend
from hub import PASSWORD
from identity_providers import CLIENT_ID, CLIENT_SECRET, mock_provider, ready
from mailed_links import kinds
from page_windows import card, dialog, heading, press, says, windows
from session_documents import sign_in
from test_account_pages import link_in, new_address, visit
from test_google import gmail, grow_stale, link_of, person_with_email

AUTHENTICATION, LOGIN = "Autenticación", "Correo y contraseña"
NEW = "una frase que nadie adivina"


@pytest.fixture(scope="module")
def provider():
    with mock_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def site(serve, provider):
    """The hub under an address that it knew before it began."""
    with frontend() as site:
        site.pages = set()
        site.hub = ready(
            serve(
                GOOGLE_ISSUER=provider.issuer, GOOGLE_CLIENT_ID=CLIENT_ID,
                GOOGLE_CLIENT_SECRET=CLIENT_SECRET, PUBLIC_URL=site.url,
            )
        )
        yield site


@pytest.fixture
def open_window(browser, request, site):
    with windows(browser, request, site.url) as open_window:
        yield open_window


@pytest.fixture
def open_security(open_window):
    """Signs in at the door and opens the section."""

    def open_security(person, **window):
        page = open_window(**window)
        # The mock's page asks another server for its looks.
        page.route(re.compile(r"^https://"), lambda route: route.abort())
        page.goto("/security")
        page.get_by_label("Correo").fill(person.email)
        page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
        page.keyboard.press("Enter")
        heading(page, "Seguridad")
        return page

    return open_security


def agree(page, provider):
    page.wait_for_url(provider.issuer + "/**")
    page.locator("input[name=sub]").fill(provider.subject)
    press(page, "Authorize")


def linked(hub, open_security, provider, person):
    """The section of a person who has just linked Google on it."""
    provider.become(person.email)
    page = open_security(person)
    press(card(page, AUTHENTICATION), "Iniciar sesión con Google")
    agree(page, provider)
    heading(page, "Seguridad")
    account = card(page, AUTHENTICATION).get_by_role("button", name="Desvincular la cuenta")
    expect(account).to_have_text(person.email)
    return page


def member(hub, email=None):
    """Whoever is no administrator follows no stream, which this site's front would hold up."""
    return person_with_email(hub, email or gmail(), role="accountant")


def test_a_person_links_google_and_signs_in_with_it(hub, provider, open_security, open_window):
    person = member(hub)
    page = linked(hub, open_security, provider, person)
    assert page.url.endswith("/security") and link_of(hub, person) == provider.subject
    expect(page.locator("#notices")).not_to_be_empty()
    assert_accessible(page, "a linked account")
    other = open_window()
    other.route(re.compile(r"^https://"), lambda route: route.abort())
    other.goto("/profile")
    heading(other, "Inicia sesión")
    press(other, "Iniciar sesión con Google")
    agree(other, provider)
    heading(other, "Perfil")
    assert other.url.endswith("/profile")


@pytest.mark.parametrize("address", ["ana@outlook.com", "ana@yahoo.com"])
def test_who_has_an_address_of_others_is_told_to_change_it_first(
    hub, open_security, provider, address
):
    person = member(hub, address.replace("ana", gmail().split("@")[0]))
    page = open_security(person)
    expect(card(page, AUTHENTICATION)).to_contain_text("Si es de Outlook o Yahoo!")
    press(card(page, AUTHENTICATION), "Iniciar sesión con Google")
    said = card(page, AUTHENTICATION).get_by_role("alert")
    expect(said).to_contain_text("Cámbialo primero en Seguridad")
    assert link_of(hub, person) == ""


def test_disconnecting_asks_for_user_and_password(hub, open_security, provider):
    person = member(hub)
    page = linked(hub, open_security, provider, person)
    press(card(page, AUTHENTICATION), "Desvincular la cuenta", exact=False)
    asked = dialog(page, "Desvincular tu cuenta de Google")
    assert_accessible(page, "disconnecting")
    asked.get_by_label("Usuario").fill("")
    press(asked, "Desconectar")
    for name in ("Usuario (correo)", "Contraseña"):
        field = asked.get_by_label(name, exact=True)
        expect(field).to_have_attribute("aria-invalid", "true")
    assert link_of(hub, person) == provider.subject
    asked.get_by_label("Usuario").fill(person.email)
    asked.get_by_label("Contraseña", exact=True).fill(NEW)
    press(asked, "Desconectar")
    says(page, f"Te avisamos con un correo a {person.email}.")
    expect(card(page, AUTHENTICATION)).to_contain_text("Iniciar sesión con Google")
    assert link_of(hub, person) == ""
    assert sign_in(hub, person.email, NEW).data["signIn"]["session"]
    assert not sign_in(hub, person.email, PASSWORD).data["signIn"]["session"]
    assert "google_unlinked" in kinds(hub, person.email)


def test_disconnecting_to_another_address_waits_for_it(hub, open_security, provider):
    person, new = member(hub), new_address()
    page = linked(hub, open_security, provider, person)
    press(card(page, AUTHENTICATION), "Desvincular la cuenta", exact=False)
    asked = dialog(page, "Desvincular tu cuenta de Google")
    asked.get_by_label("Usuario").fill(new)
    asked.get_by_label("Contraseña", exact=True).fill(NEW)
    press(asked, "Desconectar")
    says(page, f"Te enviamos un correo a {new}. Google se desvincula cuando abras su enlace.")
    waiting = card(page, LOGIN).locator(".callout")
    expect(waiting).to_contain_text("sigues entrando con Google")
    # Sent again it is another password as well: the form asks for it.
    press(waiting, "Reenviar el correo")
    asked = dialog(page, "Desvincular tu cuenta de Google")
    expect(asked.get_by_label("Usuario")).to_have_value(new)
    press(asked, "Cancelar")
    other = page.context.new_page()
    link = link_in(hub, new, "confirm_unlink_google")
    visit(other, "/account" + link.split("/account")[1])
    press(other, "Confirmar y desvincular Google")
    heading(other, "Google está desvinculado")
    assert link_of(hub, person) == ""


def test_who_has_no_password_proves_by_google_who_they_are(hub, open_security, provider):
    person = member(hub)
    page = linked(hub, open_security, provider, person)
    hub.sql(f"update account set password_hash = null where id = '{person.account}'")
    grow_stale(hub, person)
    page.reload()
    expect(card(page, LOGIN)).to_contain_text("Sin contraseña: inicias sesión con Google")
    press(card(page, "Verificación en dos pasos"), "Activar")
    asked = dialog(page, "Confirma que eres tú")
    expect(asked.locator("input")).to_have_count(0)
    assert_accessible(page, "a proof by Google")
    press(asked, "Continuar con Google")
    agree(page, provider)
    heading(page, "Seguridad")
    press(card(page, "Verificación en dos pasos"), "Activar")
    press(dialog(page, "Activa la verificación en dos pasos"), "Cancelar")
    # The first password needs no other one.
    press(card(page, LOGIN), "Editar")
    expect(page.get_by_label("Contraseña actual")).to_have_count(0)
    page.get_by_label("Nueva contraseña").fill(NEW)
    press(page, "Guardar")
    says(page, "Tu contraseña quedó lista.")
    assert sign_in(hub, person.email, NEW).data["signIn"]["session"]


def test_who_does_not_go_through_with_it_is_told_so_where_they_were(hub, open_security, provider):
    person = member(hub)
    provider.become(gmail())
    page = open_security(person)
    press(card(page, AUTHENTICATION), "Iniciar sesión con Google")
    page.wait_for_url(provider.issuer + "/**")
    page.go_back()
    heading(page, "Seguridad")
    page.goto("/google#outcome=GOOGLE_DENIED&intent=LINK")
    heading(page, "Seguridad")
    says(page, "No se completó el paso en Google.")
