"""Seguridad in a real browser: email and password, sessions and the second factor, each with what
proves who the person is; and the mails that tell of it."""

import re

import pytest
from playwright.sync_api import expect

import qr_reader
from browsing import assert_accessible
from hub import PASSWORD
from mailed_links import kinds
from page_windows import (
    NARROW, WIDE, card, dialog, heading, press, says, session_cookie, windows,
)
from session_documents import sign_in
from test_account_pages import link_in, new_address, visit
from test_google import grow_stale
from test_second_factor import Authenticator, enrolled, forget

LOGIN, FACTOR, SESSIONS = "Correo y contraseña", "Verificación en dos pasos", "Sesiones abiertas"
NEW = "una frase que nadie adivina"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:130.0) Gecko/20100101 Firefox/130.0"


@pytest.fixture
def open_window(browser, hub, request):
    with windows(browser, request, f"http://127.0.0.1:{hub.port}") as open_window:
        yield open_window


@pytest.fixture
def open_security(hub, open_window):
    """Opens the section for a person."""

    def open_security(person, **window):
        page = open_window([session_cookie(hub, person)], **window)
        page.goto("/security")
        expect(page.locator(".cards")).to_be_visible()
        return page

    return open_security


def opens(hub, email, password):
    payload = sign_in(hub, email, password).data["signIn"]
    return (payload["session"] or payload["challenge"]) is not None


def prove(page, password=PASSWORD, code=None):
    asked = dialog(page, "Confirma que eres tú")
    asked.get_by_label("Contraseña", exact=True).fill(password)
    if code:
        asked.get_by_label("Código").fill(code)
    press(asked, "Continuar")


# Correo y contraseña ------------------------------------------------------------------------------


def test_the_rules_of_a_password_stand_there_before_one_is_broken(hub, open_security):
    person = hub.person()
    page = open_security(person)
    press(card(page, LOGIN), "Editar")
    rules = card(page, LOGIN).locator(".password-rules li")
    expect(rules).to_have_text([
        "tener al menos 8 caracteres", "no ser tu correo", "no ser una de las más usadas"])
    field = page.get_by_label("Nueva contraseña")
    expect(field).to_have_accessible_description(re.compile("al menos 8 caracteres"))
    level = card(page, LOGIN).locator(".level")
    for typed, states, said in [
        ("corta", ["broken", "kept", "open"], "Muy débil"),
        ("ñandúes", ["broken", "kept", "open"], "Muy débil"),
        ("ñandúes8", ["kept", "kept", "open"], "Débil"),
        (person.email, ["kept", "broken", "open"], "Muy débil"),
        (person.email.split("@")[0].upper(), ["kept", "broken", "open"], "Muy débil"),
        ("Password1", ["kept", "kept", "open"], "Muy débil"),
        ("qwertyuiop", ["kept", "kept", "open"], "Muy débil"),
        ("hunter42x", ["kept", "kept", "open"], "Buena"),
        (NEW, ["kept", "kept", "open"], "Excelente"),
        ("", ["open", "open", "open"], ""),
    ]:
        field.fill(typed)
        assert [rules.nth(at).get_attribute("data-state") for at in range(3)] == states, typed
        expect(level).to_have_text(said)
    field.fill("Password1")
    page.get_by_label("Contraseña actual").fill(PASSWORD)
    press(page, "Guardar")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("Esta contraseña es de las más usadas")).to_be_visible()
    assert_accessible(page, "a password that is refused")


def test_a_password_is_changed_and_the_other_sessions_end(hub, open_security):
    person = hub.person()
    assert opens(hub, person.email, PASSWORD)
    page = open_security(person)
    expect(card(page, SESSIONS).locator("li")).to_have_count(2)
    press(card(page, LOGIN), "Editar")
    page.get_by_label("Contraseña actual").fill("otra")
    page.get_by_label("Nueva contraseña").fill(NEW)
    press(page, "Guardar")
    expect(page.get_by_label("Contraseña actual")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Contraseña actual")).to_be_focused()
    page.get_by_label("Contraseña actual").fill(PASSWORD)
    page.keyboard.press("Enter")
    says(page, f"Te avisamos con un correo a {person.email}.")
    expect(card(page, SESSIONS).locator("li")).to_have_count(1)
    expect(card(page, "Actividad de tu cuenta")).to_contain_text("Cambió la contraseña")
    assert opens(hub, person.email, NEW) and not opens(hub, person.email, PASSWORD)
    assert "password_changed" in kinds(hub, person.email)


def test_another_address_waits_is_sent_again_cancelled_and_confirmed(hub, open_security):
    person, new = hub.person(), new_address()
    page = open_security(person)
    press(card(page, LOGIN), "Editar")
    page.get_by_label("Correo", exact=True).fill("nada")
    press(page, "Guardar")
    expect(page.get_by_label("Correo", exact=True)).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Correo", exact=True).fill(new)
    press(page, "Guardar")
    says(page, f"Te enviamos un correo a {new}. Abre su enlace para confirmar el cambio.")
    waiting = card(page, LOGIN).locator(".callout")
    expect(waiting).to_contain_text(f"Falta confirmar {new}")
    expect(waiting).to_contain_text(f"sigues entrando con {person.email}")
    assert_accessible(page, "an address that waits")
    first = link_in(hub, new, "change_email")
    press(waiting, "Reenviar el correo")
    says(page, f"Enviamos el correo otra vez a {new}.")
    assert link_in(hub, new, "change_email") != first
    press(waiting, "Cancelar el cambio")
    says(page, f"Cancelamos el cambio. Tu correo sigue siendo {person.email}.")
    expect(waiting).to_have_count(0)
    press(card(page, LOGIN), "Editar")
    page.get_by_label("Correo", exact=True).fill(new)
    press(page, "Guardar")
    expect(waiting).to_be_visible()
    link = link_in(hub, new, "change_email")
    other = page.context.new_page()
    visit(other, link)
    press(other, "Confirmar este correo")
    heading(other, "Tu correo cambió")
    other.close()
    page.reload()
    expect(card(page, LOGIN)).to_contain_text(new)
    expect(waiting).to_have_count(0)
    assert opens(hub, new, PASSWORD)


def test_what_is_sensitive_asks_who_the_person_is_and_goes_on(hub, open_security):
    person, new = hub.person(), new_address()
    grow_stale(hub, person)
    page = open_security(person)
    press(card(page, LOGIN), "Editar")
    page.get_by_label("Correo", exact=True).fill(new)
    press(page.locator(".card form"), "Guardar")
    asked = dialog(page, "Confirma que eres tú")
    assert_accessible(page, "asking who the person is")
    press(asked, "Cancelar")
    expect(asked).to_have_count(0)
    expect(page.get_by_label("Correo", exact=True)).to_have_value(new)
    assert kinds(hub, new) == []
    press(page.locator(".card form"), "Guardar")
    prove(page, "otra")
    asked = dialog(page, "Confirma que eres tú")
    expect(asked.get_by_label("Contraseña", exact=True)).to_have_attribute("aria-invalid", "true")
    prove(page)
    says(page, f"Te enviamos un correo a {new}.")
    assert kinds(hub, new) == ["change_email"]


def test_a_form_that_is_not_saved_is_asked_about_and_cancelled(hub, open_security):
    person = hub.person()
    page = open_security(person)
    press(card(page, LOGIN), "Editar")
    page.get_by_label("Correo", exact=True).fill("otro@test.example")
    page.get_by_role("link", name="Perfil").first.click()
    press(dialog(page, "Tienes cambios sin guardar"), "Seguir editando")
    press(page, "Cancelar")
    expect(card(page, LOGIN).get_by_role("button", name="Editar")).to_be_focused()
    expect(card(page, LOGIN)).to_contain_text(person.email)
    page.get_by_role("link", name="Perfil").first.click()
    heading(page, "Perfil")


# Sesiones -----------------------------------------------------------------------------------------


def test_sessions_are_told_apart_and_ended(hub, open_security):
    person = hub.person()
    for _ in range(3):
        sign_in(hub, person.email, headers={"User-Agent": FIREFOX})
    page = open_security(person)
    rows = card(page, SESSIONS).locator("li")
    expect(rows).to_have_count(4)
    expect(rows.first).to_contain_text("Este dispositivo")
    expect(rows.first.get_by_role("button")).to_have_count(0)
    expect(rows.nth(1)).to_contain_text("Firefox en Windows")
    rows.nth(1).get_by_role("button", name="Cerrar la sesión de Firefox en Windows").click()
    says(page, "Cerramos la sesión de Firefox en Windows.")
    expect(rows).to_have_count(3)
    press(card(page, SESSIONS), "Cerrar las demás sesiones")
    asked = dialog(page, "¿Cerrar las demás sesiones?")
    expect(asked).to_contain_text("Se cierran 2 sesiones.")
    press(asked, "Cerrar las demás sesiones")
    says(page, "Cerramos las demás sesiones.")
    expect(rows).to_have_count(1)
    expect(card(page, SESSIONS)).to_contain_text("No hay otras sesiones abiertas.")
    page.reload()
    expect(rows).to_have_count(1)


def test_who_is_signed_out_elsewhere_signs_in_and_is_back_where_they_were(hub, open_security):
    person = hub.person()
    page = open_security(person)
    hub.sql(f"update session set revoked_at = now() where id = '{person.session}'")
    press(card(page, FACTOR), "Activar")
    page.wait_for_url("**/sign-in?continue=%2Fsecurity")
    page.get_by_label("Correo", exact=True).fill(person.email)
    page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    heading(page, "Seguridad")
    assert page.url.endswith("/security")


# Verificación en dos pasos ------------------------------------------------------------------------


def squares(picture):
    """What a reader sees of the code: true where it is dark."""
    side = int(picture.get_attribute("viewBox").split()[-1]) - 8
    path = picture.locator("path").get_attribute("d")
    dark = {tuple(map(int, place)) for place in re.findall(r"M(\d+) (\d+)h1v1h-1z", path)}
    return [[(x + 4, y + 4) in dark for x in range(side)] for y in range(side)]


def test_a_second_factor_is_enrolled_by_what_the_picture_says(hub, open_security):
    person = hub.person()
    grow_stale(hub, person)
    page = open_security(person)
    press(card(page, FACTOR), "Activar")
    prove(page)
    asked = dialog(page, "Activa la verificación en dos pasos")
    assert_accessible(page, "enrolling a second factor")
    uri = asked.get_by_role("link", name="Abrir en la aplicación").get_attribute("href")
    assert qr_reader.read(squares(asked.get_by_role("img"))) == uri
    secret = asked.locator("code").inner_text().replace(" ", "")
    assert f"secret={secret}" in uri
    expect(asked.get_by_label("Código de 6 dígitos")).to_be_focused()
    asked.get_by_label("Código de 6 dígitos").fill("000000")
    press(asked, "Activar")
    expect(asked.get_by_label("Código de 6 dígitos")).to_have_attribute("aria-invalid", "true")
    code = Authenticator(secret).now()
    asked.get_by_label("Código de 6 dígitos").fill(f"{code[:3]} {code[3:]}")
    press(asked, "Activar")
    says(page, f"Te avisamos con un correo a {person.email}.")
    told = dialog(page, "Guarda tus códigos de recuperación")
    codes = told.locator("li").all_inner_texts()
    assert len(set(codes)) == 10
    assert_accessible(page, "recovery codes")
    page.keyboard.press("Escape")
    expect(told).to_be_visible()
    with page.expect_download() as saving:
        press(told, "Descargar")
    assert saving.value.path().read_text().split() == codes
    press(told, "Ya los guardé")
    expect(card(page, FACTOR)).to_contain_text("Te quedan 10 códigos de recuperación.")
    expect(card(page, FACTOR)).to_contain_text("Activada")
    assert "second_factor_enabled" in kinds(hub, person.email)


def test_recovery_codes_are_made_anew_and_the_factor_is_given_up(hub, open_security):
    person, authenticator, codes = enrolled(hub)
    page = open_security(person)
    press(card(page, FACTOR), "Generar códigos nuevos")
    asked = dialog(page, "Generar códigos nuevos")
    asked.get_by_label("Código").fill("111111")
    press(asked, "Generar códigos nuevos")
    expect(asked.get_by_label("Código")).to_have_attribute("aria-invalid", "true")
    asked.get_by_label("Código").fill(codes[0])
    press(asked, "Generar códigos nuevos")
    told = dialog(page, "Guarda tus códigos de recuperación")
    assert set(told.locator("li").all_inner_texts()).isdisjoint(codes)
    press(told, "Ya los guardé")
    forget(hub, person)
    # A stale proof asks for the password and a code of its own, before.
    grow_stale(hub, person)
    press(card(page, FACTOR), "Desactivar")
    prove(page, code=authenticator.now())
    asked = dialog(page, "Desactivar la verificación en dos pasos")
    forget(hub, person)
    asked.get_by_label("Código").fill(authenticator.now())
    press(asked, "Desactivar")
    says(page, "Desactivaste la verificación en dos pasos.")
    expect(card(page, FACTOR)).to_contain_text("Desactivada")
    assert "second_factor_disabled" in kinds(hub, person.email)


def test_a_sign_in_asks_for_the_code_of_the_second_factor(hub, open_window):
    person, authenticator, _ = enrolled(hub)
    page = open_window()
    page.goto("/profile")
    heading(page, "Inicia sesión")
    page.get_by_label("Correo", exact=True).fill(person.email)
    page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    press(page, "Iniciar sesión")
    heading(page, "Verificación en dos pasos")
    assert_accessible(page, "the code of a sign-in")
    page.get_by_label("Código").fill("000000")
    press(page, "Verificar")
    expect(page.get_by_label("Código")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Código").fill(authenticator.now())
    press(page, "Verificar")
    heading(page, "Perfil")


# How it looks -------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_every_state_is_for_everybody(hub, open_security, theme, width):
    person = hub.person()
    sign_in(hub, person.email, headers={"User-Agent": FIREFOX})
    page = open_security(person, theme=theme, width=width)
    assert_accessible(page, "security")
    press(card(page, LOGIN), "Editar")
    page.get_by_label("Nueva contraseña").fill("algo largo")
    assert_accessible(page, "editing the login")
    press(card(page, LOGIN), "Cancelar")
    press(card(page, SESSIONS), "Cerrar las demás sesiones")
    assert_accessible(page, "ending the other sessions")


@pytest.mark.parametrize(
    "language, title, names",
    [
        ("en", "Security", ["Email and password", "Authentication", "Two-step verification",
                            "Open sessions", "Your account's activity"]),
        ("pt", "Segurança", ["E-mail e senha", "Autenticação", "Verificação em duas etapas",
                             "Sessões abertas", "Atividade da sua conta"]),
    ],
)
def test_the_section_speaks_the_persons_language(hub, open_security, language, title, names):
    page = open_security(hub.person(language=language), locale="es-CO")
    heading(page, title)
    for name in names:
        expect(card(page, name)).to_be_visible()
