"""mi-alegra tenant change-country: what the new version does not have is said first, and dropped
only where that is asked for; what depends on the version holds at once."""

import json
import subprocess

import pytest

from hub import EJEMPLAR, run
from whole_companies import everything, exported, furnished, tenant, timeless

COMPANY = "{ company { countryVersion currency { code } regime address { description } } }"
SOLUTIONS = "{ solutions { code status } integrations { code status } }"


@pytest.fixture(scope="module")
def demo(hub):
    """A database with the demo companies: one for each case."""
    hub.sql("create database country_demo", database="postgres")
    for command in [("migrate", "up"), ("demo",)]:
        assert run(*command, DATABASE_URL=hub.database_url("country_demo")).returncode == 0
    return "country_demo"


@pytest.fixture
def ejemplar(hub, demo):
    """Ejemplar of Colombia in a database of its own."""
    hub.sql("create database country_case template country_demo", database="postgres")
    yield "country_case"
    hub.sql("drop database country_case with (force)", database="postgres")


def company(hub, database):
    return json.loads(
        hub.sql(f"select to_jsonb(c) from company c where tenant_id = '{EJEMPLAR}'", database))


def test_a_dry_run_lists_it_and_changes_nothing(hub, ejemplar):
    before = everything(hub, ejemplar)
    done = tenant(hub, "change-country", EJEMPLAR, "MX", "--dry-run", database=ejemplar)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "Ejemplar S.A.S.: from CO to MX",
        "  drops solution payroll (plus, TRIAL): not in this version",
        "  drops field address.description (Carrera 7 # 71-21, oficina 502): no such field",
        "  drops field address.postalCode (110231): its form is another",
        "  drops field identification.checkDigit (7): no such kind of identification",
        "  drops field identification.number (901234567): no such kind of identification",
        "  drops field identification.type (NIT): no such kind of identification",
        "  drops field regime (COMMON_REGIME): no such regime",
        "  changes currency_code from COP to MXN",
        "  changes timezone from America/Bogota to America/Mexico_City",
        "  changes integration payu from CONNECTED to TAX_ID_CHANGED",
        "  ana@ejemplar.example (Anita) can no longer open payroll",
        "  caro@ejemplar.example (Caro) can no longer open payroll",
        "  lacks identification.type, which the form requires",
        "  lacks identification.number, which the form requires",
        "  lacks regime, which the form requires",
        "  lacks address.street, which the form requires",
        "  lacks address.neighborhood, which the form requires",
        "  lacks address.postalCode, which the form requires",
    ]
    assert everything(hub, ejemplar) == before


def test_it_is_refused_unless_it_may_drop(hub, ejemplar):
    before = everything(hub, ejemplar)
    dry = tenant(hub, "change-country", EJEMPLAR, "MX", "--dry-run", database=ejemplar)
    refused = tenant(hub, "change-country", EJEMPLAR, "MX", database=ejemplar)
    assert (refused.returncode, refused.stdout) == (1, dry.stdout)
    assert "--drop drops" in refused.stderr
    assert everything(hub, ejemplar) == before
    others = [
        timeless(exported(hub, it, ejemplar))
        for it in (EJEMPLAR.replace("c1", "c2"), EJEMPLAR.replace("c1", "c3"))
    ]
    hub.sql(
        f"""update company_confirmation set kind = 'HUB' where tenant_id = '{EJEMPLAR}';
        insert into company_confirmation (tenant_id, field, kind)
        select '{EJEMPLAR}', field, 'HUB'
        from unnest(array['regime', 'address.city', 'address.postalCode', 'legalName']) as field
        on conflict do nothing""", ejemplar)
    kept = "address.city legalName"
    done = tenant(hub, "change-country", EJEMPLAR, "MX", "--drop", database=ejemplar)
    assert (done.returncode, done.stdout) == (0, dry.stdout)
    after = company(hub, ejemplar)
    assert after["country_version"] == "MX" and after["currency_code"] == "MXN"
    for column in ["regime", "identification_type", "identification_number",
                   "identification_check_digit", "address_description", "address_postal_code"]:
        assert after[column] is None
    # That these are empty is nobody's word, and what stayed is still whose it was.
    said = hub.sql(
        f"""select string_agg(field, ' ' order by field) from company_confirmation
        where tenant_id = '{EJEMPLAR}' and field in (
          'regime', 'identification', 'address.description', 'address.postalCode', 'address.city',
          'legalName') and kind = 'HUB'""", ejemplar)
    assert said == kept
    assert after["address_city"] == "Bogotá" and after["phone"] == "+576015550101"
    assert hub.sql(
        f"""select string_agg(distinct solution || country_version, ' ') from company_solution
        where tenant_id = '{EJEMPLAR}'""", ejemplar) == "accountingMX invoicingMX posMX"
    assert hub.sql(
        f"select distinct country_version from membership where tenant_id = '{EJEMPLAR}'",
        ejemplar) == "MX"
    assert others == [
        timeless(exported(hub, it, ejemplar))
        for it in (EJEMPLAR.replace("c1", "c2"), EJEMPLAR.replace("c1", "c3"))
    ]
    again = tenant(hub, "change-country", EJEMPLAR, "MX", database=ejemplar)
    assert again.returncode == 0 and "is in the version MX already" in again.stdout


@pytest.mark.parametrize("database", ["country_demo"])
def test_every_version_can_become_every_other(hub, demo, database):
    """And what is left fits: the database would refuse the rest."""
    versions = hub.sql("select code from country_version order by position", database).split()
    assert len(versions) == 11
    for start in "123":
        id = EJEMPLAR[:-1] + start
        for version in versions:
            done = tenant(hub, "change-country", id, version, "--dry-run", database=database)
            assert done.returncode == 0, (id, version, done.stderr)
            assert f"{version}" in done.stdout.splitlines()[0]


@pytest.mark.parametrize(
    "version", ["ZZ", "co", "", "CO'; drop table company; --"])
def test_an_unknown_version_is_said(hub, demo, version):
    done = tenant(hub, "change-country", EJEMPLAR, version, "--drop", database=demo)
    assert done.returncode == 1 and "there is no country version" in done.stderr


@pytest.mark.parametrize(
    "statements, version, said",
    [
        ("insert into integration_connection (tenant_id, integration) values ('#', 'wompi')",
         "MX", "drops integration wompi (CONNECTED): not in this version"),
        ("select 1", "CR", "drops field address.city (Bogotá): no such field"),
        ("""delete from country_solution
           where (country_version, solution) = ('PE', 'invoicing');
           insert into company_solution (tenant_id, solution, country_version, plan, state)
           values ('#', 'store', 'CO', 'plus', 'ACTIVE')""", "PE",
         "drops solution store (plus, ACTIVE): needs invoicing, which is not in this version"),
        ("delete from country_plan where (country_version, plan) = ('PE', 'pro')", "PE",
         "drops solution accounting (pro, ACTIVE): its plan is not in this version"),
        ("""update company set identification_type = 'CE', identification_number = 'A12',
           identification_check_digit = null, kind_of_person = 'PERSON_ENTITY'
           where tenant_id = '#'""", "PE",
         "drops field identification.number (A12): INVALID_FORMAT"),
        ("""update company set identification_type = 'CE', identification_number = 'A1234567',
           identification_check_digit = null, kind_of_person = 'PERSON_ENTITY'
           where tenant_id = '#'""", "PE", "!drops field identification"),
        ("update company set decimal_precision = 4 where tenant_id = '#'", "MX",
         "changes decimal_precision from 4 to 2"),
        ("""insert into solution_role values
           ('#', '00000000-0000-4000-8000-0000000000a4', 'payroll', 'seller')""", "PE",
         "drops solution payroll (plus, TRIAL, 1 roles)"),
        ("update company set timezone = 'America/Lima' where tenant_id = '#'", "MX",
         "!changes timezone"),
    ],
    ids=[
        "integration", "form", "needs", "plan", "identification", "kept", "decimals", "roles",
        "timezone",
    ],
)
def test_each_kind_of_loss_is_named(hub, ejemplar, statements, version, said):
    hub.sql(statements.replace("#", EJEMPLAR), ejemplar)
    dry = tenant(hub, "change-country", EJEMPLAR, version, "--dry-run", database=ejemplar)
    assert (said[1:] not in dry.stdout) if said[0] == "!" else (said in dry.stdout), dry.stdout
    done = tenant(hub, "change-country", EJEMPLAR, version, "--drop", database=ejemplar)
    assert (done.returncode, done.stdout) == (0, dry.stdout), done.stderr
    after = tenant(hub, "change-country", EJEMPLAR, "CO", "--dry-run", database=ejemplar)
    assert "wompi" not in after.stdout and "payroll" not in after.stdout


def test_its_people_see_it_with_their_next_request(hub):
    one = furnished(hub)
    asked = hub.ask(COMPANY, token=one.administrator.token).data["company"]
    assert (asked["countryVersion"], asked["currency"]["code"]) == ("CO", "COP")
    done = tenant(hub, "change-country", one.tenant, "MX", "--drop")
    assert done.returncode == 0, done.stderr
    asked = hub.ask(COMPANY, token=one.administrator.token).data["company"]
    assert (asked["countryVersion"], asked["currency"]["code"]) == ("MX", "MXN")
    solutions = hub.ask(SOLUTIONS, token=one.administrator.token).data["solutions"]
    codes = {solution["code"] for solution in solutions}
    assert "payroll" not in codes and "pos" in codes


def test_psql_refuses_to_drop_without_being_told(hub, ejemplar):
    done = subprocess.run(
        ["psql", "-XqAt", "-d", hub.database_url(ejemplar), "-c",
         f"select change_country('{EJEMPLAR}', 'MX', false)"], capture_output=True, text=True)
    assert done.returncode == 1
    assert '"name": "payroll"' in done.stderr and "HB409" not in done.stdout
    assert company(hub, ejemplar)["country_version"] == "CO"
