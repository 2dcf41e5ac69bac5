"""Perfil in a real browser: what the help article describes from "Editar" to "Guardar", in each
language, with the photo and its square, and what is typed and not saved."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

import pictures
from browsing import assert_accessible
from page_windows import (
    NARROW, WIDE, card, change_until_heard, dialog, heading, press, says, session_cookie, windows,
)

WORDS = {
    "es": ("Perfil", "Información general", "Editar", "Guardar", "Guardamos tu perfil."),
    "en": ("Profile", "General information", "Edit", "Save", "Your profile is saved."),
    "pt": ("Perfil", "Informações gerais", "Editar", "Salvar", "Salvamos seu perfil."),
}


@pytest.fixture
def open_window(browser, hub, request):
    with windows(browser, request, f"http://127.0.0.1:{hub.port}") as open_window:
        yield open_window


@pytest.fixture
def open_profile(hub, open_window):
    """Opens the section for a person."""

    def open_profile(person, **window):
        page = open_window([session_cookie(hub, person)], **window)
        page.goto("/profile")
        expect(page.locator(".cards")).to_be_visible()
        return page

    return open_profile


def stored(hub, person):
    return hub.sql(
        "select concat_ws('|', first_name, last_name, display_name, phone, country, language)"
        f" from account where id = '{person.account}'")


def edit(page):
    press(card(page, "Información general"), "Editar")


# Información general ------------------------------------------------------------------------------


def test_a_person_edits_and_saves_their_profile(hub, open_profile):
    person = hub.person()
    page = open_profile(person)
    heading(page, "Perfil")
    edit(page)
    expect(page.get_by_label("Nombre", exact=True)).to_be_focused()
    expect(page.get_by_label("Nombre en Alegra")).to_have_accessible_description(
        "Es el nombre que Alegra usa cuando se comunica contigo por chat, correo y otros medios. "
        "Si lo dejas vacío, usamos tu nombre.")
    page.get_by_label("Nombre", exact=True).fill("Ana María")
    page.get_by_label("Apellido").fill("Gómez")
    page.get_by_label("Nombre en Alegra").fill("Anita")
    page.get_by_label("Teléfono").fill("300 555 0101")
    page.get_by_label("País").select_option("VE")
    assert stored(hub, person) == "Pru|||CO|es", "nothing is saved before Guardar"
    press(page, "Guardar")
    says(page, "Guardamos tu perfil.")
    # A telephone without a country's code is one of the country that is saved with it.
    assert stored(hub, person) == "Ana María|Gómez|Anita|+583005550101|VE|es"
    expect(card(page, "Información general")).to_contain_text("Ana María")
    expect(card(page, "Información general")).to_contain_text("Venezuela")
    expect(page.get_by_role("banner")).to_contain_text("Anita")


@pytest.mark.parametrize("before, after", [("es", "en"), ("en", "pt"), ("pt", "es")])
def test_the_page_speaks_the_new_language_at_once(hub, open_profile, before, after):
    person = hub.person(language=before)
    page = open_profile(person, locale="de-DE")
    title, general, edit, save, _ = WORDS[before]
    heading(page, title)
    press(card(page, general), edit)
    page.locator("select[name=language]").select_option(after)
    page.evaluate("window.sameDocument = true")
    press(page, save)
    title, general, edit, _, saved = WORDS[after]
    says(page, saved)
    heading(page, title)
    expect(card(page, general).get_by_role("button", name=edit)).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == after
    assert page.title() == f"{title} · Mi Alegra"
    assert page.evaluate("window.sameDocument"), "the page was loaded anew"
    page.reload()
    heading(page, title)


def test_what_is_wrong_stands_beside_its_field_and_is_mended(hub, open_profile):
    person = hub.person()
    page = open_profile(person)
    edit(page)
    page.get_by_label("Nombre", exact=True).fill("")
    page.get_by_label("Teléfono").fill("abc")
    press(page, "Guardar")
    for label in ("Nombre", "Teléfono"):
        field = page.get_by_label(label, exact=True)
        expect(field).to_have_attribute("aria-invalid", "true")
        described = field.get_attribute("aria-describedby").split()[-1]
        expect(page.locator(f"#{described}")).not_to_be_empty()
    expect(page.get_by_label("Nombre", exact=True)).to_be_focused()
    assert_accessible(page, "errors of the profile")
    page.get_by_label("Nombre", exact=True).fill("Ana")
    page.get_by_label("Teléfono").fill("")
    page.keyboard.press("Enter")
    says(page, "Guardamos tu perfil.")
    assert stored(hub, person) == "Ana|||CO|es"


def test_what_somebody_else_changed_meanwhile_is_told_and_not_overwritten(hub, open_profile):
    person = hub.person()
    page = open_profile(person)
    edit(page)
    page.get_by_label("Apellido").fill("Mío")
    hub.ask(
        """mutation { updateProfile(input: {revision: 1, lastName: "Suyo"}) {
          userErrors { code } } }""", token=person.token)
    press(page, "Guardar")
    field = page.get_by_label("Apellido")
    expect(field).to_have_attribute("aria-invalid", "true")
    assert stored(hub, person).split("|")[1] == "Suyo"
    # Who has read it and saves again means it.
    press(page, "Guardar")
    says(page, "Guardamos tu perfil.")
    assert stored(hub, person).split("|")[1] == "Mío"


def test_what_is_not_saved_is_asked_about(hub, open_profile):
    page = open_profile(hub.person())
    edit(page)
    page.get_by_label("Apellido").fill("Sin guardar")
    page.get_by_role("link", name="Seguridad").first.click()
    asked = dialog(page, "Tienes cambios sin guardar")
    press(asked, "Seguir editando")
    assert page.url.endswith("/profile")
    expect(page.get_by_label("Apellido")).to_have_value("Sin guardar")
    page.get_by_role("link", name="Seguridad").first.click()
    press(dialog(page, "Tienes cambios sin guardar"), "Salir sin guardar")
    heading(page, "Seguridad")
    # And on the way back through the history.
    page.go_back()
    heading(page, "Perfil")
    edit(page)
    page.get_by_label("Apellido").fill("Otra vez")
    page.go_forward()
    press(dialog(page, "Tienes cambios sin guardar"), "Seguir editando")
    assert page.url.endswith("/profile")
    expect(page.get_by_label("Apellido")).to_have_value("Otra vez")
    press(page, "Cancelar")
    page.get_by_role("link", name="Seguridad").first.click()
    heading(page, "Seguridad")


def test_a_change_made_elsewhere_appears_by_itself(hub, open_profile):
    person = hub.person()
    page = open_profile(person)
    change_until_heard(hub, person, page)
    expect(card(page, "Información general")).to_contain_text("Nueva")


def test_a_change_in_another_window_appears_by_itself(hub, open_profile):
    # Without an administrator's stream; the form that is open keeps what is typed.
    page = open_profile(hub.person(role="seller"))
    editing = page.context.new_page()
    editing.goto("/profile")
    other = page.context.new_page()
    other.goto("/profile")
    edit(other)
    other.get_by_label("Apellido").fill("Otro")
    edit(editing)
    editing.get_by_label("Teléfono").fill("300 555 0102")
    press(editing, "Guardar")
    says(editing, "Guardamos tu perfil.")
    expect(card(page, "Información general")).to_contain_text("+573005550102")
    expect(other.get_by_label("Apellido")).to_have_value("Otro")
    press(other, "Guardar")
    says(other, "Guardamos tu perfil.")
    expect(card(page, "Información general")).to_contain_text("Otro")
    expect(card(page, "Información general")).to_contain_text("+573005550102")


# The photo ----------------------------------------------------------------------------------------


def chosen(page, data, name="photo.png", kind="image/png"):
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": kind, "buffer": data})
    return dialog(page, "Recorta tu foto")


def striped(width, height):
    """Thirds of red, green and blue from left to right."""
    image = Image.new("RGB", (width, height))
    for at, colour in enumerate([(255, 0, 0), (0, 255, 0), (0, 0, 255)]):
        image.paste(colour, (at * width // 3, 0, (at + 1) * width // 3, height))
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def photo_of(hub, person):
    url = hub.ask("{ profile { photoUrl } }", token=person.token).data["profile"]["photoUrl"]
    path = "/" + url.split("/", 3)[3]
    image = Image.open(io.BytesIO(hub.request("GET", path).body))
    image.load()
    return image


def near(one, other):
    return all(abs(a - b) < 40 for a, b in zip(one, other))


def test_a_photo_is_cropped_to_a_square_and_kept(hub, open_profile):
    person = hub.person()
    page = open_profile(person)
    asked = chosen(page, striped(900, 300))
    expect(asked.get_by_role("img", name="Vista previa")).to_be_visible()
    assert_accessible(page, "cropping a photo")
    press(asked, "Guardar")
    says(page, "Guardamos tu foto.")
    kept = photo_of(hub, person)
    assert kept.size == (512, 512)
    assert near(kept.convert("RGB").getpixel((256, 256)), (0, 255, 0))
    assert near(kept.convert("RGB").getpixel((10, 500)), (0, 255, 0))
    photo = card(page, "Foto de perfil").get_by_role("img", name="Tu foto de perfil")
    expect(photo).to_be_visible()
    expect(page.get_by_role("banner").locator("img.avatar")).to_be_visible()


def test_the_square_is_moved_by_keys_and_by_hand_and_drawn_nearer(hub, open_profile):
    person = hub.person()
    page = open_profile(person)
    asked = chosen(page, striped(900, 300))
    board = asked.get_by_role("application")
    expect(board).to_be_focused()
    for _ in range(30):
        page.keyboard.press("ArrowRight")
    press(asked, "Guardar")
    says(page, "Guardamos tu foto.")
    assert near(photo_of(hub, person).convert("RGB").getpixel((256, 256)), (0, 0, 255))
    press(card(page, "Foto de perfil"), "Editar foto de perfil")
    asked = chosen(page, striped(900, 300))
    box = asked.get_by_role("application").bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 50)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 5, box["y"] + 60, steps=5)
    page.mouse.up()
    asked.get_by_label("Acercamiento").fill("2")
    press(asked, "Guardar")
    expect(asked).to_be_hidden()
    assert near(photo_of(hub, person).convert("RGB").getpixel((100, 256)), (255, 0, 0))


def test_what_can_be_seen_through_stays_so(hub, open_profile):
    person = hub.person()
    page = open_profile(person)
    press(chosen(page, pictures.TAKEN["rgba.png"]()), "Guardar")
    says(page, "Guardamos tu foto.")
    kept = photo_of(hub, person)
    assert kept.format == "PNG" and kept.getextrema()[3][0] < 255


@pytest.mark.parametrize("data", [b"", b"no picture", pictures.REFUSED["page.html"][1]()])
def test_a_file_that_is_no_picture_is_refused_before_it_is_sent(hub, open_profile, data):
    page = open_profile(hub.person())
    page.locator("input[type=file]").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": data})
    said = page.get_by_role("alert").filter(has_text="Este archivo no es una imagen")
    expect(said).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_photo_is_taken_away_after_a_question(hub, open_profile):
    person = hub.person()
    page = open_profile(person)
    press(chosen(page, striped(300, 300)), "Guardar")
    press(card(page, "Foto de perfil"), "Quitar la foto")
    press(dialog(page, "¿Quitar tu foto de perfil?"), "Cancelar")
    assert photo_of(hub, person).size == (512, 512)
    press(card(page, "Foto de perfil"), "Quitar la foto")
    press(dialog(page, "¿Quitar tu foto de perfil?"), "Quitar la foto")
    says(page, "Quitamos tu foto.")
    expect(card(page, "Foto de perfil").locator("img")).to_have_count(0)
    assert hub.ask("{ profile { photoUrl } }", token=person.token).data["profile"] == {
        "photoUrl": None}


# How it looks -------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_every_state_is_for_everybody(hub, open_profile, theme, width):
    page = open_profile(hub.person(), theme=theme, width=width)
    assert_accessible(page, "the profile")
    edit(page)
    assert_accessible(page, "editing the profile")
    page.get_by_label("Apellido").fill("x")
    page.get_by_role("link", name="Seguridad").first.click()
    dialog(page, "Tienes cambios sin guardar")
    assert_accessible(page, "leaving without saving")
