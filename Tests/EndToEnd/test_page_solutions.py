"""Soluciones in a real browser: what is in use, on which plan and for how much longer, what is
offered, and what switching one off would bring about before it is done."""

import pytest
from playwright.sync_api import expect

from browsing import assert_accessible
from page_windows import (
    NARROW, WIDE, card, dialog, heading, press, says, session_cookie, windows,
)
from solution_documents import activate, change_plan, solutions

DATA = "{ solutions { name status plans { code name } } }"


@pytest.fixture
def open_window(browser, hub, request):
    with windows(browser, request, f"http://127.0.0.1:{hub.port}") as open_window:
        yield open_window


@pytest.fixture
def open_solutions(hub, open_window):
    """Opens the section for a person."""

    def open_solutions(person, **window):
        page = open_window([session_cookie(hub, person)], **window)
        page.goto("/solutions")
        expect(page.locator(".cards")).to_be_visible()
        return page

    return open_solutions


def row(page, code):
    return page.locator(f".solution[data-code='{code}']")


def launcher(page):
    """The names in the menu of solutions, which is opened and closed."""
    banner = page.get_by_role("banner")
    press(banner, "Soluciones")
    names = banner.locator(".menu a:visible").all_inner_texts()
    page.keyboard.press("Escape")
    return names


@pytest.mark.parametrize("country, accounting", [
    ("CO", "Alegra Contabilidad"), ("AR", "Alegra Gestión")])
def test_what_is_offered_is_the_country_versions(hub, open_solutions, country, accounting):
    person = hub.person(country=country)
    offered = hub.ask(DATA, token=person.token).data["solutions"]
    page = open_solutions(person)
    heading(page, "Soluciones")
    expect(card(page, "Activas")).to_contain_text("Todavía no tienes soluciones activas")
    names = card(page, "Disponibles").get_by_role("heading", level=3).all_inner_texts()
    assert names == [one["name"] for one in offered] and accounting in names


def test_a_solution_is_activated_on_a_plan_and_shows_what_is_left_of_its_trial(hub, open_solutions):
    person = hub.person()
    page = open_solutions(person)
    assert launcher(page) == ["Administrar mis soluciones"]
    press(page, "Activar: Alegra POS")
    asked = dialog(page, "Activar Alegra POS")
    plans = asked.get_by_label("Plan").locator("option").all_inner_texts()
    assert plans == ["Emprendedor", "PYME", "PRO", "PLUS"]
    asked.get_by_label("Plan").select_option("pro")
    assert_accessible(page, "activating")
    assert solutions(hub, person)["pos"] == ("AVAILABLE", None)
    press(asked, "Activar")
    says(page, "Activamos Alegra POS.")
    pos = card(page, "Activas").locator(".solution")
    expect(pos).to_contain_text("En prueba")
    expect(pos).to_contain_text("Plan PRO")
    expect(pos).to_contain_text("Quedan 15 días de prueba.")
    assert solutions(hub, person)["pos"] == ("TRIAL", "pro")
    assert launcher(page) == ["Alegra POS", "Administrar mis soluciones"]


@pytest.mark.parametrize("left, said", [
    ("1 day 1 hour", "Quedan 2 días de prueba."), ("1 hour", "Queda 1 día de prueba."),
    ("-1 hour", "Terminó la prueba")])
def test_what_is_left_of_a_trial_is_counted(hub, open_solutions, left, said):
    person = hub.person()
    activate(hub, person, "pos")
    hub.sql(f"update company_solution set trial_ends_at = now() + interval '{left}'"
        f" where tenant_id = '{person.tenant}'")
    expect(row(open_solutions(person), "pos")).to_contain_text(said)


def test_what_needs_another_solution_says_which(hub, open_solutions):
    page = open_solutions(hub.person())
    press(page, "Activar: Alegra Tienda")
    asked = dialog(page, "Activar Alegra Tienda")
    press(asked, "Activar")
    expect(asked.get_by_role("alert")).to_contain_text("Alegra Facturación")
    assert_accessible(page, "a refused activation")


def test_another_plan_ends_the_trial(hub, open_solutions):
    person = hub.person()
    activate(hub, person, "pos", plan="pyme")
    page = open_solutions(person)
    press(page, "Cambiar de plan: Alegra POS")
    asked = dialog(page, "Cambiar el plan de Alegra POS")
    expect(asked.get_by_label("Plan")).to_have_value("pyme")
    asked.get_by_label("Plan").select_option("plus")
    press(asked, "Tomar este plan")
    says(page, "Cambiamos el plan de Alegra POS.")
    expect(row(page, "pos")).to_contain_text("Plan PLUS")
    expect(row(page, "pos")).not_to_contain_text("de prueba")
    assert solutions(hub, person)["pos"] == ("ACTIVE", "plus")


def test_a_plan_that_a_persons_role_does_not_go_with_says_whose(hub, open_solutions):
    person = hub.person()
    activate(hub, person, "pos", plan="pro")
    other = hub.person("seller", tenant=person.tenant)
    hub.sql(f"update account set first_name = 'Vera' where id = '{other.account}'")
    page = open_solutions(person)
    press(page, "Cambiar de plan: Alegra POS")
    asked = dialog(page, "Cambiar el plan de Alegra POS")
    asked.get_by_label("Plan").select_option("emprendedor")
    press(asked, "Tomar este plan")
    expect(asked).to_contain_text("Vera")
    assert solutions(hub, person)["pos"] == ("TRIAL", "pro")


def test_the_consequences_stand_before_a_solution_is_switched_off(hub, open_solutions):
    person = hub.person()
    activate(hub, person, "pos")
    hub.person("seller", tenant=person.tenant)
    told = hub.ask(
        """mutation { deactivateSolution(input: {code: "pos", dryRun: true}) {
          consequences { text } } }""", token=person.token).data["deactivateSolution"]
    page = open_solutions(person)
    press(page, "Desactivar: Alegra POS")
    asked = dialog(page, "¿Desactivar Alegra POS?")
    assert asked.locator(".consequences li").all_inner_texts() == [
        one["text"] for one in told["consequences"]]
    assert_accessible(page, "what switching off brings about")
    press(asked, "Cancelar")
    assert solutions(hub, person)["pos"][0] == "TRIAL"
    press(page, "Desactivar: Alegra POS")
    press(dialog(page, "¿Desactivar Alegra POS?"), "Desactivar")
    says(page, "Desactivamos Alegra POS.")
    expect(card(page, "Disponibles").locator("[data-code='pos']")).to_be_visible()
    assert solutions(hub, person)["pos"][0] == "AVAILABLE"


def test_what_another_solution_needs_is_not_switched_off(hub, open_solutions):
    person = hub.person()
    for code in ["invoicing", "store"]:
        assert activate(hub, person, code)["userErrors"] == []
    page = open_solutions(person)
    press(page, "Desactivar: Alegra Facturación")
    told = dialog(page, "Por ahora no se puede")
    expect(told).to_contain_text("Alegra Tienda")
    assert_accessible(page, "what cannot be switched off")
    press(told, "Cerrar")
    expect(told).to_have_count(0)
    assert solutions(hub, person)["invoicing"][0] == "TRIAL"


def test_who_is_no_administrator_opens_and_changes_nothing(hub, open_solutions):
    person = hub.person()
    activate(hub, person, "pos")
    page = open_solutions(hub.person("seller", tenant=person.tenant))
    expect(page.locator("main").get_by_role("button")).to_have_count(0)
    link = row(page, "pos").get_by_role("link", name="Abrir: Alegra POS")
    assert link.get_attribute("href").endswith("/launch/pos")


def test_what_it_lacks_leads_to_the_company(hub, open_solutions):
    person = hub.person()
    activate(hub, person, "invoicing")
    page = open_solutions(person)
    row(page, "invoicing").locator("summary").click()
    row(page, "invoicing").get_by_role("link", name="Municipio o ciudad").click()
    heading(page, "Empresa")
    expect(page.get_by_label("Municipio o ciudad")).to_be_focused()


def test_what_an_operator_changes_appears_by_itself(hub, open_solutions):
    person = hub.person()
    activate(hub, person, "pos", plan="pyme")
    page = open_solutions(person)
    # The stream begins at a moment that nothing shows: it is changed until it is heard.
    for number in range(100):
        change_plan(hub, person, "pos", ["pro", "plus"][number % 2])
        if row(page, "pos").get_by_text("Plan P").inner_text() != "Plan PYME":
            break
        page.wait_for_timeout(100)
    expect(row(page, "pos")).not_to_contain_text("Plan PYME")


@pytest.mark.parametrize("language, title, active", [
    ("en", "Solutions", "Active"), ("pt", "Soluções", "Ativas")])
def test_the_other_languages(hub, open_solutions, language, title, active):
    person = hub.person(language=language)
    activate(hub, person, "pos")
    page = open_solutions(person)
    heading(page, title)
    expect(card(page, active).locator(".solution")).to_have_count(1)
    assert_accessible(page, language)
    expect(page.locator("main")).not_to_contain_text("undefined")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_every_state_is_for_everybody(hub, open_solutions, theme, width):
    person = hub.person()
    for code in ["invoicing", "pos"]:
        activate(hub, person, code)
    hub.sql("update company_solution set trial_ends_at = now() - interval '1 hour'"
        f" where tenant_id = '{person.tenant}' and solution = 'pos'")
    page = open_solutions(person, theme=theme, width=width)
    row(page, "invoicing").locator("summary").click()
    assert_accessible(page, "the solutions")
