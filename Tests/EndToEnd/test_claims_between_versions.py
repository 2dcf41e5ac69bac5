"""What solutions know of a company that goes on to another country version: what that takes stands,
what it does not stands in nobody's way."""

import concurrent.futures

import pytest

from claim_documents import company_with, errors, field, report, tokens_of_solutions
from hub import until


@pytest.fixture(scope="module")
def tokens(hub):
    return tokens_of_solutions(hub)


def test_a_report_that_waits_for_another_country_version_is_judged_by_that(hub, tokens):
    person = company_with(hub, "pos")
    with hub.open_psql() as holder, concurrent.futures.ThreadPoolExecutor() as solution:
        holder.stdin.write(
            f"begin; select change_country('{person.tenant}', 'MX', true) ->> 'to';\n")
        assert holder.stdout.readline() == "MX\n"
        waiting = solution.submit(
            report, hub, tokens["pos"], person.tenant, phone="55 5555 0102",
            identification={"type": "NIT", "number": "901234567", "checkDigit": "7"},
            address={"description": "Carrera 7", "postalCode": "06600"})
        until(
            lambda: hub.sql(
                """select exists (select from pg_stat_activity
                where wait_event_type = 'Lock' and query like '%report_company%')""") == "t",
            "the report waits")
        holder.stdin.write("commit;\n")
        payload = waiting.result(timeout=20)
    assert sorted(errors(payload)) == [
        ("FIELD_NOT_IN_COUNTRY_VERSION", "fields.address.description"),
        ("NOT_OFFERED", "fields.identification.type"),
    ]
    assert {one["name"]: one["value"] for one in payload["fields"]} == {
        "address.postalCode": "06600", "phone": "+525555550102"}


@pytest.mark.parametrize("old, new, claimed, path, fits", [
    ("CO", "MX", {"address": {"postalCode": "110231"}}, "address.postalCode",
     {"address": {"postalCode": "06600"}}),
    ("MX", "CR", {"address": {"neighborhood": "Sur"}}, "address.neighborhood",
     {"address": {"neighborhood": "Escalante"}}),
    ("PE", "PA", {"identification": {"type": "RUC", "number": "20100070970"}},
     "identification.number",
     {"identification": {"type": "RUC", "number": "155596713-2-2015", "checkDigit": "59"}}),
])
def test_what_was_known_under_another_country_version_stands_in_no_ones_way(
    hub, tokens, old, new, claimed, path, fits
):
    person = company_with(hub, "invoicing", "accounting", country=old)
    report(hub, tokens["invoicing"], person.tenant, at="2026-03-02T12:00:00Z", **claimed)
    hub.sql(f"select change_country('{person.tenant}', '{new}', true)")
    payload = report(hub, tokens["accounting"], person.tenant, tradeName="Nueva", **fits)
    assert payload["userErrors"] == []
    assert {one["stands"] for one in payload["fields"]} == {True}
    shown = field(hub, person, path)
    assert shown["source"]["solution"] == "accounting" and shown["claims"] == []


def test_another_country_version_comes_with_what_solutions_know_that_it_takes(hub, tokens):
    person = company_with(hub, "invoicing", "pos", country="MX")
    neighborhood, city = {"neighborhood": "Escalante"}, {"city": "San José"}
    for token, day, address in [
        ("invoicing", "01", neighborhood), ("pos", "02", {"neighborhood": "Sur"}),
        ("pos", "03", city),
    ]:
        report(hub, tokens[token], person.tenant, at=f"2026-03-{day}T12:00:00Z", address=address)
    report(hub, tokens["pos"], person.tenant, timezone="America/Mexico_City")
    hub.sql(f"select change_country('{person.tenant}', 'CR', true)")
    shown = field(hub, person, "address.neighborhood")
    assert (shown["value"], shown["source"]["solution"]) == ("Escalante", "invoicing")
    assert shown["claims"] == []
    # Of the time zone they spoke where the company was.
    assert field(hub, person, "timezone")["value"] == "America/Costa_Rica"
