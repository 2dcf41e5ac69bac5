"""A dump by the backup role, restored beside its source: nothing missing, nothing twice."""

import json
import re
import subprocess

import pytest

from event_documents import EVENTS, events, update_company
from hub import ROOT, Served, environment, run, until

ROWS = """
select string_agg(n.name || ' ' || n.count, E'\\n' order by n.name)
from (
  select c.relname as name, (xpath('/row/n/text()', query_to_xml(
    format('select count(*) as n from %I.%I', s.nspname, c.relname), false, true, '')))[1] as count
  from pg_class c join pg_namespace s on s.oid = c.relnamespace
  where c.relkind = 'r' and s.nspname not like 'pg\\_%' and s.nspname <> 'information_schema') n
"""


def tool(program, *arguments):
    done = subprocess.run(
        [program, *arguments], capture_output=True, text=True, env=environment()
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def script(name, database):
    return tool("psql", "-XqAt", "-d", database, "-f", ROOT / "docker" / name)


@pytest.fixture
def start(hub, tmp_path):
    """Starts servers on a database."""
    running = []

    def start(database):
        folder = tmp_path / database
        folder.mkdir()
        served = Served(
            folder, DATABASE_URL=hub.database_url(database, "hub_app_read"),
            TOKEN_KEYS_FILE=str(hub.data / "token-keys"), DATABASE_READ_CONNECTIONS="1",
            DATABASE_WRITE_CONNECTIONS="1",
        )
        served.data = hub.data
        served.sql = lambda statements, database=database: hub.sql(statements, database)
        running.append(served.start())
        until(lambda: served.request("GET", "/readyz").status == 200, "ready")
        return served

    yield start
    for served in running:
        if served.process.poll() is None:
            served.stop()


@pytest.fixture
def backup_role(hub, database):
    """The role as docker/backup_role.sql makes it, twice; roles are the cluster's."""
    for _ in range(2):
        script("backup_role.sql", hub.database_url(database))
    yield "hub_backup"
    hub.sql("drop owned by hub_backup; drop role hub_backup")


def test_the_backup_role_reads_everything_and_changes_nothing(hub, database, backup_role):
    url = hub.database_url(database, backup_role)
    assert int(tool("psql", "-XqAt", "-d", url, "-c", "select count(*) from company")) > 0
    for statement in [
        "update company set legal_name = ''", "delete from session", "create table mine (id int)",
        "set default_transaction_read_only = off; update account set first_name = ''",
    ]:
        done = subprocess.run(
            ["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", statement],
            capture_output=True, text=True, env=environment(),
        )
        assert done.returncode != 0, statement
        assert re.search("permission denied|read-only transaction", done.stderr)


def test_a_restored_server_goes_on_where_the_backup_ended(
    hub, database, backup_role, start, tmp_path
):
    source = start(database)
    ana = source.person()
    update_company(source, ana, tradeName="Uno")
    early = events(source, ana)["cursor"]
    update_company(source, ana, tradeName="Dos")
    source.sql("select ask_mail('password_changed', id, null) from account limit 1")
    kept = events(source, ana)
    rows = hub.sql(ROWS, database)
    dump, roles = tmp_path / "mi_alegra.dump", tmp_path / "roles.sql"
    tool("pg_dump", "-d", hub.database_url(database, backup_role), "-Fc", "-f", dump)
    tool(
        "pg_dumpall", "-d", hub.database_url(database, backup_role), "--roles-only",
        "--no-role-passwords", "-f", roles,
    )
    assert "CREATE ROLE hub_owner;" in roles.read_text()
    update_company(source, ana, tradeName="Tres")
    late = events(source, ana)["cursor"]
    assert source.stop() == 0

    restored_name = f"{database}_restored"
    hub.sql(
        f"create database {restored_name} template template0 encoding 'UTF8' locale 'C.UTF-8'"
    )
    try:
        url = hub.database_url(restored_name)
        tool("pg_restore", "-d", url, "--exit-on-error", "--single-transaction", dump)
        assert hub.sql(ROWS, restored_name) == rows
        counts = [int(line) for line in script("after_restore.sql", url).splitlines()]
        assert counts[0] >= 1 and counts[2] >= 1
        # It was ended with all the others.
        restored = start(restored_name)
        refused = restored.ask("{ profile { id } }", token=ana.token)
        assert refused.status == 401
        again = restored.person(tenant=ana.tenant)

        assert restored.ask(EVENTS, {"after": late}, token=again.token).data["events"] is None
        page = events(restored, again, after=early)
        old = [event["hash"] for event in kept["events"]]
        behind = [event["hash"] for event in page["events"]]
        assert behind[:1] == old[-1:] and page["events"][0]["changes"][0]["after"] == "Dos"
        update_company(restored, again, tradeName="Cuatro")
        more = events(restored, again, after=page["cursor"])["events"]
        assert [event["changes"][0]["after"] for event in more] == ["Cuatro"]
        everything = [event["hash"] for event in events(restored, again)["events"]]
        assert everything[:len(old)] == old and len(set(everything)) == len(everything)
        log = json.loads(hub.sql(
            "select json_agg(sequence order by sequence) from event"
            f" where tenant_id = '{ana.tenant}'", restored_name))
        assert log == list(range(1, len(log) + 1))
        verified = run(
            "audit", "verify", DATABASE_URL=url, TOKEN_KEYS_FILE=str(hub.data / "token-keys"))
        assert verified.returncode == 0, verified.stdout + verified.stderr
    finally:
        hub.sql(f"drop database {restored_name} with (force)")
