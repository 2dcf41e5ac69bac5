"""An operator in psql, under each of their roles: what they see, what they do, what the hub shows
of it at once, and what they are refused."""

import json
import re
import subprocess
import uuid

import pytest

from event_documents import audit_log
from hub import PATIENCE_SECONDS, ROOT, run, until
from session_documents import sign_in
from solution_documents import activate, solutions
from webhook_documents import Endpoint, change, rename
from whole_companies import SECRET, everything, exported, furnished, tenant, timeless

COMPANY = "{ company { legalName countryVersion currency { code } phone } }"
REASON = "ticket 4711: asked for by their administrator"


class Psql:
    """Somebody at a terminal, as the role that is theirs alone."""

    def __init__(self, hub, role, database="mi_alegra"):
        self.role, self.url = role, hub.database_url(database, role)

    def run(self, statements):
        return subprocess.run(
            ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", self.url], input=statements,
            capture_output=True, text=True, timeout=PATIENCE_SECONDS)

    def __call__(self, statements):
        done = self.run(statements)
        assert done.returncode == 0, done.stderr
        return done.stdout.rstrip("\n")

    def refused(self, statements):
        """What it says instead."""
        done = self.run(statements)
        assert done.returncode != 0, done.stdout
        return done.stderr


LOGINS = {"ops_maria": "hub_ops", "ops_pedro": "hub_ops_read", "ops_bi": "hub_report"}


@pytest.fixture(scope="module")
def logins(hub):
    """As an administrator of the cluster makes them: one each, in a group."""
    for login, group in LOGINS.items():
        hub.sql(f"create role {login} login in role {group}")
    yield
    for login in LOGINS:
        hub.sql(f"drop role {login}")


@pytest.fixture
def maria(hub, logins):
    """An operator who acts."""
    return Psql(hub, "ops_maria")


@pytest.fixture
def pedro(hub, logins):
    """One who reads."""
    return Psql(hub, "ops_pedro")


@pytest.fixture
def report(hub, logins):
    """One who counts."""
    return Psql(hub, "ops_bi")


def acts(hub, person):
    """What the company is shown of operators."""
    page = audit_log(hub, person, types=["operator.acted"])
    return [
        (e["actor"]["kind"], e["actor"]["id"], e["subject"], *(c["after"] for c in e["changes"]))
        for e in page["events"]]


# What they are taught, and what is kept from them ------------------------------------------------

def test_help_tells_each_what_is_theirs(maria, pedro, report):
    names = {who.role: set(who("select name from ops.help()").splitlines())
             for who in (maria, pedro, report)}
    assert names["ops_bi"] < names["ops_pedro"] < names["ops_maria"]
    assert "ops.companies" in names["ops_pedro"] and "ops.companies" not in names["ops_bi"]
    assert any(name.startswith("ops.extend_trial(") for name in names["ops_maria"])
    assert "'pos', 15," in maria("select says from ops.help('extend_trial')")
    assert "  guesses_until|timestamp with time zone|Until when" in pedro(
        "select * from ops.help('ops.people')")
    assert maria("select count(*) from ops.help() where says is null") == "0"
    assert "ops|extend_trial|" in maria(r"\df ops.*")
    assert "Until when guesses at the password" in maria(r"\d+ ops.people")


@pytest.mark.parametrize("statement", [
    "update company set phone = null", "delete from session", "truncate event",
    "set role hub_app_write", "set role hub_owner", "set role hub_ops_tenant",
    "set role hub_ops_actor", "select password_hash from account", "select hash from api_token",
    "select sealed_secret from second_factor", "select facts from mail",
    "alter table company no force row level security", "create schema mine",
    "select delete_tenant(null, null, null, null)", "select ops.begin_whole()",
    "alter role ops_maria bypassrls",
    "copy company to program 'cat'", "select pg_read_file('postgresql.conf')",
])
def test_what_nobody_of_them_may(maria, pedro, report, statement):
    for who in (maria, pedro, report):
        said = who.refused(statement)
        assert "permission denied" in said or "must be" in said or "does not exist" in said, said


def test_who_reads_does_not_act(pedro, report, hub):
    person = hub.person()
    for statement in (
        f"select ops.unlock_login('{person.email}', '{REASON}')",
        f"select ops.move_company('{person.tenant}', 'MX', '{REASON}')",
        f"select ops.export_company('{person.tenant}', '{REASON}')",
    ):
        assert "permission denied for function" in pedro.refused(statement)
        assert "permission denied for function" in report.refused(statement)


def test_reports_show_nobody(hub, report):
    furnished(hub)
    shown = {
        cell
        for view in report("select name from ops.help() where kind = 'view'").splitlines()
        for line in report(f"select * from {view}").splitlines()
        for cell in line.split("|")}
    assert "TRIAL" in shown and "company.created" in shown
    values = hub.sql(
        "select email from account union select legal_name from company"
        " union select tenant_id::text from company"
        " union select phone from company where phone is not null"
        " union select display_name from membership where display_name <> 'Pru'").splitlines()
    assert len(values) > 10
    assert [value for value in values if value and value in shown] == []
    assert "permission denied" in report.refused("select * from ops.companies")


# Finding and reading -----------------------------------------------------------------------------

def test_a_company_and_a_person_are_found(hub, pedro):
    person = hub.person()
    hub.sql(f"""update company set identification_type = 'NIT', identification_number = '800197268',
      identification_check_digit = '4', legal_name = 'Rápidos y Buenos S.A.'
      where tenant_id = '{person.tenant}'""")
    for words in ("800.197.268-4", "800197268", "rápidos y", person.tenant):
        # Other files' companies are in the hub that tests share; some have this number too.
        found = pedro(f"select company_id from ops.find_company('{words}')").splitlines()
        assert person.tenant in found
    assert pedro(f"select account_id, companies from ops.find_person('{person.email}')") == (
        f"{person.account}|Rápidos y Buenos S.A. (administrator)")
    assert pedro(f"select count(*) from ops.sessions where account_id = '{person.account}'"
                 " and is_open") == "1"
    assert pedro("select value > 3 from ops.overview where name = 'companies'") == "t"
    said = pedro.refused("select ops.enter('Nadie S.A.', 'a reason of mine')")
    assert "there is no company Nadie S.A." in said and "HINT:  Give its id" in said


def test_who_enters_reads_as_the_company_does_and_is_seen(hub, pedro):
    person, other = hub.person(), hub.person()
    assert pedro("select count(*) from company") == "0"
    read = pedro(f"""select ops.enter('{person.tenant}', '{REASON}');
      select 'company', tenant_id from company;
      select 'member', account_id from membership;
      select 'account', count(*) from account;
      select ops.leave();
      select 'company', count(*) from company;""")
    assert read.splitlines()[1:] == [
        f"company|{person.tenant}", f"member|{person.account}", "account|0",
        "You read as no company any more.", "company|0"]
    assert acts(hub, person) == [("OPERATOR", "ops_pedro", None, "enter", REASON)]
    assert acts(hub, other) == []
    assert "a reason is needed" in pedro.refused(f"select ops.enter('{person.tenant}', '')")


def test_slow_statements_are_shown_where_they_are_counted(make_hub):
    hub = make_hub().start()
    hub.sql("create role ops_pedro login in role hub_ops_read")
    pedro = Psql(hub, "ops_pedro")
    assert pedro("select count(*) from ops.slow_statements") == "0"
    # It is installed, and not loaded: nothing is counted, nothing fails.
    hub.sql("create extension pg_stat_statements")
    assert pedro("select count(*) from ops.slow_statements") == "0"
    hub.sql("alter system set shared_preload_libraries = 'pg_stat_statements'")
    hub.pg_ctl("restart", "-m", "fast")
    hub.sql("alter role ops_pedro password 'marked-secret'; select pg_sleep(0.2), 'marked-value'")
    shown = pedro("select total_seconds >= 0.2, role, statement from ops.slow_statements")
    assert "t|postgres|select pg_sleep($1), $2" in shown.splitlines()
    assert "marked" not in shown


# Acting ------------------------------------------------------------------------------------------

def test_a_trial_is_extended_and_a_plan_changed(hub, maria):
    person = hub.person()
    said = maria(f"select ops.activate_solution('{person.tenant}', 'invoicing', 'pro', '{REASON}')")
    assert said.startswith("invoicing: TRIAL on pro, until ")
    assert solutions(hub, person)["invoicing"] == ("TRIAL", "pro")
    hub.sql(f"""update company_solution set trial_ends_at = now() - interval '3 days'
      where tenant_id = '{person.tenant}'""")
    assert solutions(hub, person)["invoicing"] == ("READ_ONLY", "pro")
    maria(f"select ops.extend_trial('{person.tenant}', 'invoicing', 5, '{REASON}')")
    assert solutions(hub, person)["invoicing"] == ("TRIAL", "pro")
    assert hub.sql(f"""select round(extract(epoch from trial_ends_at - now()) / 86400)
      from company_solution where tenant_id = '{person.tenant}'""") == "5"
    maria(f"select ops.change_plan('{person.tenant}', 'invoicing', 'plus', '{REASON}')")
    assert solutions(hub, person)["invoicing"] == ("ACTIVE", "plus")
    said = maria.refused(f"select ops.extend_trial('{person.tenant}', 'invoicing', 5, '{REASON}')")
    assert "is no trial: a plan was taken" in said and "HINT:" in said
    said = maria.refused(f"select ops.activate_solution('{person.tenant}', 'x', 'pro', '{REASON}')")
    assert "ops.offers where country_version = 'CO'" in said
    assert [act[3] for act in acts(hub, person)] == [
        "change_plan", "extend_trial", "activate_solution"]
    page = audit_log(hub, person, actor="ops_maria")
    assert [e["type"] for e in page["events"]] == [
        "operator.acted", "solution.plan_changed", "operator.acted", "solution.updated",
        "operator.acted", "solution.activated"]


def test_the_same_solution_is_the_same_event(hub, maria):
    """What an operator activates is told as what the company's administrator does is."""
    by_hub, by_operator = hub.person(), hub.person()
    assert activate(hub, by_hub, "invoicing")["userErrors"] == []
    maria(f"select ops.activate_solution('{by_operator.tenant}', 'invoicing', 'pro', '{REASON}')")

    def told(person):
        (event,) = audit_log(hub, person, types=["solution.activated"])["events"]
        fields = [(c["field"], c["before"], c["field"] == "trialEndsAt" or c["after"])
                  for c in event["changes"]]
        return event["subject"], fields
    assert told(by_hub) == told(by_operator)


def test_data_is_corrected_by_the_rules_of_the_country(hub, maria):
    person = hub.person()
    maria(f"""select ops.correct_company('{person.tenant}',
      '{{"phone": "+576015550199", "legalName": "Corregida S.A."}}', '{REASON}')""")
    company = hub.ask(COMPANY, token=person.token).data["company"]
    assert (company["legalName"], company["phone"]) == ("Corregida S.A.", "+576015550199")
    for fields, hint in [
        ('{"phone": "luego"}', "Nothing was changed"),
        ('{"identification.type": "RFC", "identification.number": "X"}', "tax_id_type"),
        ('{"legalName": ""}', "Nothing was changed"), ('{"color": "rojo"}', "form_field"),
    ]:
        said = maria.refused(
            f"select ops.correct_company('{person.tenant}', '{fields}', '{REASON}')")
        assert hint in said.partition("HINT:")[2], said
    assert hub.ask(COMPANY, token=person.token).data["company"] == company
    (event,) = audit_log(hub, person, types=["company.updated"])["events"]
    assert event["actor"] == {"kind": "OPERATOR", "id": "ops_maria", "name": None}


def test_sessions_end_at_once(hub, maria):
    person = hub.person()
    assert hub.ask("{ company { id } }", token=person.token).status == 200
    assert maria(f"select ops.revoke_sessions('{person.email}', '{REASON}')") == (
        "1 sessions are over, at once.")
    assert hub.ask("{ company { id } }", token=person.token).status == 401


def test_who_was_kept_out_is_let_in(hub, maria, serve):
    strict = serve(
        TRUSTED_PROXIES="127.0.0.0/8", GUESSES_MAX="2", STRANGER_GUESSES_MAX="2",
        CLIENT_GUESSES_MAX="100")
    person, client = hub.person(), {"X_Forwarded_For": "10.77.0.7"}
    for _ in range(2):
        sign_in(strict, person.email, "wrong", headers=client)
    assert sign_in(strict, person.email, headers=client).status == 429
    locked = f"select guesses_until > now() from ops.people where email = '{person.email}'"
    assert maria(locked) == "t"
    assert maria(f"select ops.unlock_login('{person.email}', '{REASON}')").startswith("Unlocked")
    answer = sign_in(strict, person.email, headers=client)
    assert answer.data["signIn"]["userErrors"] == []


def test_a_mail_is_sent_again(hub, maria):
    person = hub.person()
    identifier = hub.sql(
        f"""insert into mail (
          kind, account_id, address, name, language, attempts, given_up_at, failure)
        values ('password_changed', '{person.account}', '{person.email}', 'Pru', 'es', 9, now(),
          '550 mailbox full') returning id""")
    assert maria(f"select kind, failure from ops.dead_letters where id = '{identifier}'") == (
        "mail|550 mailbox full")
    maria(f"select ops.resend_mail('{identifier}', '{REASON}')")
    (first,) = hub.mails(person.email)
    assert first.id == identifier
    maria(f"select ops.resend_mail('{identifier}', '{REASON}')")
    first, second = hub.mails(person.email)
    assert (first.id, first.subject) == (identifier, second.subject) and second.id != identifier
    said = maria.refused(f"select ops.resend_mail('{uuid.uuid4()}', '{REASON}')")
    assert "HINT:  The mails there are" in said


def test_a_webhook_is_told_once_more(hub, maria, mail_hub, database):
    told = mail_hub(
        OUTBOUND_LOOPBACK="true", WEBHOOK_POLL_SECONDS="0.05",
        SEALING_KEYS_FILE=str(hub.data / "sealing-keys"))
    maria = Psql(hub, "ops_maria", database)
    program, person = Endpoint(), told.person()
    try:
        made = change(
            told, person.token, "createWebhook", url=program.url, eventTypes=["company.updated"])
        rename(told, person.token, "Uno")
        until(lambda: program.names == ["Uno"], "it is told")
        assert maria(f"select events_behind from ops.event_lag where webhook_id = '{made['id']}'"
                     ) in ("0", "1")
        said = maria(f"""select ops.replay_webhook('{person.tenant}', '{made['id']}',
          now() - interval '1 hour', '{REASON}')""")
        assert said == "1 events are told once more, under the ids they had."
        until(lambda: program.names == ["Uno", "Uno"], "it is told once more")
        assert len({fields["webhook-id"] for fields, _ in program.messages}) == 1
    finally:
        program.stop()


# A whole company ---------------------------------------------------------------------------------

def test_a_company_moves_to_another_country(hub, maria):
    person = hub.person()
    hub.sql(f"update company set regime = 'COMMON_REGIME' where tenant_id = '{person.tenant}'")
    before = everything(hub)
    dry = json.loads(maria(f"select ops.move_company('{person.tenant}', 'MX', '{REASON}')"))
    assert (dry["done"], dry["to"]) == (False, "MX")
    assert [(one["kind"], one["name"]) for one in dry["dropped"]] == [("field", "regime")]
    assert everything(hub) == before
    move = f"select ops.move_company('{person.tenant}', 'MX', '{REASON}', dry_run => false%s)"
    said = maria.refused(move % "")
    assert "does not have all" in said and "drops => true" in said and "no such regime" in said
    assert everything(hub) == before
    done = json.loads(maria(move % ", drops => true"))
    assert done == dry | {"done": True}
    company = hub.ask(COMPANY, token=person.token).data["company"]
    assert (company["countryVersion"], company["currency"]["code"]) == ("MX", "MXN")
    assert acts(hub, person) == [("OPERATOR", "ops_maria", "MX", "move_company", REASON)]


def test_an_export_is_what_the_command_writes(hub, maria, tmp_path):
    company = furnished(hub)
    by_command = json.loads(exported(hub, company.tenant))
    by_operator = maria(f"select ops.export_company('{company.tenant}', '{REASON}')")
    assert SECRET not in by_operator
    document = json.loads(by_operator)
    assert document.keys() == by_command.keys()
    document["exportedAt"] = by_command["exportedAt"]
    assert document == by_command
    # Elsewhere it is the same company.
    hub.sql("create database ops_elsewhere", database="postgres")
    try:
        assert run("migrate", "up", DATABASE_URL=hub.database_url("ops_elsewhere")).returncode == 0
        file = tmp_path / "company.json"
        file.write_text(by_operator)
        done = tenant(hub, "import", str(file), database="ops_elsewhere")
        assert done.returncode == 0, done.stderr
        there = json.loads(exported(hub, company.tenant, "ops_elsewhere"))
        assert there["tables"]["company"][0]["legal_name"] == "Ejemplar de Prueba S.A.S."
    finally:
        hub.sql("drop database ops_elsewhere with (force)", database="postgres")
    assert [act[3] for act in acts(hub, company.administrator)] == ["export_company"]


def test_a_company_is_deleted(hub, maria):
    company = furnished(hub)
    name = "Ejemplar de Prueba S.A.S."
    before = timeless(exported(hub, company.tenant))
    dry = json.loads(maria(f"select ops.delete_company('{company.tenant}', '{name}', '{REASON}')"))
    assert (dry["done"], dry["rows"]["company"], len(dry["people"])) == (False, 1, 2)
    assert timeless(exported(hub, company.tenant)) == before
    delete = f"select ops.delete_company('{company.tenant}', '%s', '%s', dry_run => false)"
    assert "to the letter" in maria.refused(delete % ("Otra", REASON))
    assert "a reason is needed" in maria.refused(delete % (name, ""))
    assert timeless(exported(hub, company.tenant)) == before
    assert json.loads(maria(delete % (name, REASON)))["done"] is True
    assert hub.sql(f"select count(*) from tenant_traces('{company.tenant}')") == "0"
    assert maria("select deleted_by, reason from ops.deleted_companies where company_id ="
                 f" '{company.tenant}'") == f"ops_maria|{REASON}"
    told = hub.mails(company.administrator.email, "company_deleted")
    assert len(told) == 1 and "Ejemplar de Prueba" in told[0].text
    answer = hub.ask("{ company { id } }", token=company.administrator.token)
    assert answer.status == 401 or answer.codes, answer.json


# What is documented -------------------------------------------------------------------------------

def test_the_page_for_operators_names_what_there_is(maria):
    page = (ROOT / "schema" / "operators.md").read_text()
    named = set(re.findall(r"\bops\.([a-z_]+)", page))
    there = {re.match(r"ops\.([a-z_]+)", name)[1]
             for name in maria("select name from ops.help()").splitlines()}
    assert named == there
    for name, arguments in re.findall(r"`ops\.([a-z_]+)\(([a-z_, ]+)\)`", page):
        assert arguments == maria(
            f"select array_to_string(proargnames, ', ') from pg_proc where proname = '{name}'"
            " and pronamespace = 'ops'::regnamespace")
