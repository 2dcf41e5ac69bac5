"""Empresa in a real browser: the form of each country version, whose word a value is, a solution's
value that is taken over, what is wrong beside its field, and what a save brings about."""

import re

import pytest
from playwright.sync_api import expect

from browsing import assert_accessible
from page_windows import (
    NARROW, WIDE, card, dialog, heading, press, says, session_cookie, windows,
)
from service_tokens import service_token
from solution_documents import activate

REPORT = """mutation ($input: ReportCompanyInput!) {
  reportCompany(input: $input) { userErrors { code } } }"""
UPDATE = """mutation ($input: UpdateCompanyInput!) {
  updateCompany(input: $input) { userErrors { code message } } }"""
NIT = {"type": "NIT", "number": "900123456", "checkDigit": "8"}
DATA = "Datos de la empresa"


@pytest.fixture
def open_window(browser, hub, request):
    with windows(browser, request, f"http://127.0.0.1:{hub.port}") as open_window:
        yield open_window


@pytest.fixture
def open_company(hub, open_window):
    """Opens the section for a person."""

    def open_company(person, path="/company", **window):
        page = open_window([session_cookie(hub, person)], **window)
        page.goto(path)
        expect(page.locator(".cards")).to_be_visible()
        return page

    return open_company


@pytest.fixture(scope="module")
def tokens(hub):
    return {code: service_token(hub, code)[0] for code in ["invoicing", "pos"]}


def report(hub, token, person, at="2026-03-01T12:00:00Z", **fields):
    given = {"companyId": person.tenant, "reportedAt": at, "fields": fields}
    answer = hub.ask(REPORT, {"input": given}, token=token).data
    assert answer["reportCompany"]["userErrors"] == []


def update(hub, person, revision=1, **given):
    answer = hub.ask(UPDATE, {"input": given | {"revision": revision}}, token=person.token).data
    assert answer["updateCompany"]["userErrors"] == []


def stored(hub, person, *columns):
    return hub.sql(
        f"select concat_ws('|', {', '.join(columns)}) from company"
        f" where tenant_id = '{person.tenant}'")


def edit(page):
    press(card(page, DATA), "Editar")


@pytest.mark.parametrize("country", ["CO", "MX", "CR", "DO", "PE", "PA", "AR", "CL", "ES", "US"])
def test_the_form_is_the_country_versions(hub, open_company, country):
    person = hub.person(country=country)
    fields = hub.ask(
        "{ company { fields { name label required choices { code label } } } }",
        token=person.token).data["company"]["fields"]
    page = open_company(person)
    labels = card(page, DATA).locator("dt").all_inner_texts()
    assert sorted(labels) == sorted(field["label"] for field in fields)
    edit(page)
    shown = page.locator(".field [name]").evaluate_all("all => all.map(({ name }) => name)")
    assert sorted(shown) == sorted(field["name"] for field in fields)
    for field in fields:
        control = page.locator(f"[name='{field['name']}']")
        if field["choices"]:
            offered = control.locator("option:not([value=''])").all_inner_texts()
            assert offered == [choice["label"] for choice in field["choices"]]
        required = control.get_attribute("aria-required")
        assert (required == "true") == field["required"], field["name"]


def test_an_administrator_fills_in_and_saves(hub, open_company):
    person = hub.person()
    page = open_company(person)
    heading(page, "Empresa")
    edit(page)
    expect(page.get_by_label("Razón social o nombre completo")).to_be_focused()
    page.get_by_label("Razón social o nombre completo").fill("Prueba S.A.S.")
    page.get_by_label("Nombre comercial").fill("Prueba")
    page.get_by_label("Tipo de identificación").select_option("NIT")
    page.get_by_label("Número de identificación").fill("900.123.456")
    page.get_by_label("Dígito de verificación").fill("8")
    page.get_by_label("Régimen").select_option(label="Responsable de IVA")
    page.get_by_label("Departamento").fill("Valle")
    page.get_by_label("Municipio o ciudad").fill("Cali")
    page.get_by_label("Dirección", exact=True).last.fill("Calle 1")
    page.get_by_label("Precisión decimal").select_option("4")
    assert stored(hub, person, "legal_name", "revision") == "Prueba|1", "nothing before Guardar"
    press(page, "Guardar")
    says(page, "Guardamos los datos de tu empresa.")
    assert stored(
        hub, person, "legal_name", "trade_name", "identification_number", "regime",
        "address_city", "decimal_precision",
    ) == "Prueba S.A.S.|Prueba|900123456|COMMON_REGIME|Cali|4"
    expect(card(page, DATA)).to_contain_text("Responsable de IVA")
    expect(card(page, DATA)).to_contain_text("Confirmado por Pru")
    expect(page.get_by_role("banner")).to_contain_text("Prueba S.A.S.")


def test_only_what_was_changed_is_sent_and_a_value_is_emptied(hub, open_company):
    person = hub.person()
    update(hub, person, tradeName="Vieja", phone="601 555 0101")
    page = open_company(person)
    edit(page)
    # Somebody else's change of another field meanwhile is not undone.
    update(hub, person, revision=2, phone="601 555 0102")
    page.get_by_label("Nombre comercial").fill("")
    press(page, "Guardar")
    says(page, "Guardamos los datos de tu empresa.")
    assert stored(hub, person, "coalesce(trade_name, '-')", "phone") == "-|+576015550102"


def test_what_is_wrong_stands_beside_its_field(hub, open_company):
    person = hub.person()
    page = open_company(person)
    edit(page)
    page.get_by_label("Razón social o nombre completo").fill("")
    page.get_by_label("Tipo de identificación").select_option("NIT")
    page.get_by_label("Número de identificación").fill("900123456")
    page.get_by_label("Dígito de verificación").fill("7")
    page.get_by_label("Código postal").fill("12")
    page.get_by_label("Sitio web").fill("nada")
    press(page, "Guardar")
    wrong = ["legalName", "identification.checkDigit", "address.postalCode", "website"]
    for name in wrong:
        field = page.locator(f"[name='{name}']")
        expect(field).to_have_attribute("aria-invalid", "true")
        described = field.get_attribute("aria-describedby").split()[-1]
        expect(page.locator(f"[id='{described}']")).not_to_be_empty()
    expect(page.locator("[aria-invalid]")).to_have_count(len(wrong))
    expect(page.locator("[name='legalName']")).to_be_focused()
    assert_accessible(page, "errors of the company")
    assert stored(hub, person, "legal_name", "revision") == "Prueba|1"


def test_what_somebody_else_changed_meanwhile_is_told_and_not_overwritten(hub, open_company):
    person = hub.person()
    page = open_company(person)
    edit(page)
    page.get_by_label("Nombre comercial").fill("Mía")
    update(hub, person, tradeName="Suya")
    press(page, "Guardar")
    expect(page.get_by_label("Nombre comercial")).to_have_attribute("aria-invalid", "true")
    assert stored(hub, person, "trade_name") == "Suya"
    # Who has read it and saves again means it.
    press(page, "Guardar")
    says(page, "Guardamos los datos de tu empresa.")
    assert stored(hub, person, "trade_name") == "Mía"


def test_a_value_of_a_solution_is_shown_with_its_source_and_taken_over(hub, open_company, tokens):
    person = hub.person()
    for code in ["invoicing", "pos"]:
        assert activate(hub, person, code)["userErrors"] == []
    report(hub, tokens["invoicing"], person, address={"city": "Cali"})
    update(hub, person, revision=2, phone="601 555 0101")
    report(hub, tokens["pos"], person, at="2026-04-01T12:00:00Z", phone="601 555 0199")
    page = open_company(person)
    expect(card(page, DATA)).to_contain_text(re.compile("Cali.*De Alegra Facturación", re.DOTALL))
    expect(card(page, DATA)).to_contain_text("Alegra POS dice: +576015550199")
    assert_accessible(page, "a conflict")
    card(page, DATA).get_by_role("button", name="Usar este valor").click()
    says(page, "Tomamos el valor de Alegra POS para Teléfono.")
    expect(card(page, DATA).locator(".conflict")).to_have_count(0)
    assert stored(hub, person, "phone") == "+576015550199"


def test_who_is_no_administrator_reads_and_changes_nothing(hub, open_company, tokens):
    administrator = hub.person()
    assert activate(hub, administrator, "pos")["userErrors"] == []
    update(hub, administrator, phone="601 555 0101")
    report(hub, tokens["pos"], administrator, phone="601 555 0199")
    page = open_company(hub.person("accountant", tenant=administrator.tenant))
    expect(card(page, DATA)).to_contain_text("Alegra POS dice: +576015550199")
    expect(page.locator("main").get_by_role("button")).to_have_count(0)


def test_what_a_solution_lacks_leads_to_its_field(hub, open_company):
    person = hub.person()
    assert activate(hub, person, "invoicing")["userErrors"] == []
    page = open_company(person)
    needs = page.get_by_role("region", name="Faltan datos")
    expect(needs).to_contain_text("Alegra Facturación necesita:")
    press(needs, "Municipio o ciudad")
    expect(page.get_by_label("Municipio o ciudad")).to_be_focused()
    update(hub, person, identification=NIT, regime="COMMON_REGIME",
        address={"region": "Valle", "city": "Cali", "description": "Calle 1"})
    press(page, "Cancelar")
    page.reload()
    expect(card(page, DATA)).to_be_visible()
    expect(page.get_by_role("region", name="Faltan datos")).to_have_count(0)
    # From the section of the solutions, too.
    page.goto("/company?field=regime")
    expect(page.get_by_label("Régimen")).to_be_focused()


def test_what_a_new_tax_number_brings_about_is_asked_before_it_is_saved(hub, open_company):
    person = hub.person()
    update(hub, person, identification=NIT)
    hub.sql("insert into integration_connection (tenant_id, integration)"
        f" values ('{person.tenant}', 'payu')")
    page = open_company(person)
    edit(page)
    page.get_by_label("Número de identificación").fill("800197268")
    page.get_by_label("Dígito de verificación").fill("4")
    press(page, "Guardar")
    asked = dialog(page, "Antes de guardar")
    expect(asked).to_contain_text("PayU")
    assert_accessible(page, "what a new tax number brings about")
    press(asked, "Cancelar")
    assert stored(hub, person, "identification_number") == "900123456"
    press(page, "Guardar")
    press(dialog(page, "Antes de guardar"), "Guardar")
    says(page, "Guardamos los datos de tu empresa.")
    assert stored(hub, person, "identification_number") == "800197268"


def test_what_a_solution_reports_appears_by_itself(hub, open_company, tokens):
    person = hub.person()
    assert activate(hub, person, "pos")["userErrors"] == []
    page = open_company(person)
    # The stream begins at a moment that nothing shows: it is reported until it is heard.
    for number in range(100):
        report(hub, tokens["pos"], person, at=f"2026-05-01T12:00:{number % 60:02}Z",
            tradeName=f"Nueva {number}")
        if card(page, DATA).get_by_text("Nueva").count():
            break
        page.wait_for_timeout(100)
    expect(card(page, DATA)).to_contain_text("Nueva")


@pytest.mark.parametrize("language, title, button", [
    ("en", "Company", "Edit"), ("pt", "Empresa", "Editar")])
def test_the_other_languages(hub, open_company, language, title, button):
    page = open_company(hub.person(language=language))
    heading(page, title)
    press(page, button)
    assert_accessible(page, language)
    expect(page.locator("main")).not_to_contain_text("undefined")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_every_state_is_for_everybody(hub, open_company, theme, width):
    person = hub.person()
    assert activate(hub, person, "invoicing")["userErrors"] == []
    page = open_company(person, theme=theme, width=width)
    assert_accessible(page, "the company")
    edit(page)
    assert_accessible(page, "editing the company")
    page.get_by_label("Nombre comercial").fill("x")
    page.get_by_role("link", name="Perfil").first.click()
    press(dialog(page, "Tienes cambios sin guardar"), "Seguir editando")
    expect(page.get_by_label("Nombre comercial")).to_have_value("x")
