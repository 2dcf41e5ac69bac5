"""Migrations as operators run them: linted, by psql alone, and older and newer than a server."""

import pathlib
import re
import shutil
import subprocess
import sys

import pytest

from hub import ROOT, Served, environment, run, until

MIGRATIONS = sorted((ROOT / "Migrations").glob("[0-9]*.sql"))
# What was released before there were rules.
RELEASED = 78
SQUAWK = pathlib.Path(sys.executable).with_name("squawk")


def number_of(path):
    return int(path.name.split("_")[0])


def lint(*files):
    return subprocess.run(
        [SQUAWK, "--config", ROOT / ".squawk.toml", "--reporter", "gcc", *files],
        capture_output=True, text=True,
    )


def up(folder, database):
    """Runs a folder's up.sh."""
    return subprocess.run(
        [folder / "up.sh", "-d", database], capture_output=True, text=True, env=environment()
    )


@pytest.fixture
def make_database(hub):
    """Makes databases without tables, and gives where they are."""
    made = []

    def make(name):
        hub.sql(f"create database {name} template template0 encoding 'UTF8' locale 'C.UTF-8'")
        made.append(name)
        return hub.database_url(name)

    yield make
    for name in made:
        hub.sql(f"drop database {name} with (force)")


def test_new_migrations_hold_the_rules():
    done = lint(*[path for path in MIGRATIONS if number_of(path) > RELEASED])
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "statement, rule",
    [
        ("alter table company add column size integer not null", "adding-required-field"),
        ("alter table company drop column trade_name", "ban-drop-column"),
        ("alter table company rename column trade_name to brand", "renaming-column"),
        ("alter table company alter column trade_name type varchar(9)", "changing-column-type"),
        ("alter table company add constraint c check (size > 0)", "constraint-missing-not-valid"),
        ("create index i on company (trade_name)", "require-concurrent-index-creation"),
        ("drop table company", "ban-drop-table"),
    ],
)
def test_what_a_running_server_would_not_bear_is_found(tmp_path, statement, rule):
    (tmp_path / "0999_planted.sql").write_text(statement + ";\n")
    done = lint(tmp_path / "0999_planted.sql")
    assert done.returncode != 0
    assert rule in done.stdout


def dump(database):
    done = subprocess.run(
        [ROOT / "Tests" / "Database" / "dump.sh", "-d", database],
        capture_output=True, text=True, env=environment(),
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_psql_alone_makes_the_same_schema_and_the_same_history(hub, make_database, tmp_path):
    database = make_database("by_psql")
    done = up(ROOT / "Migrations", database)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(MIGRATIONS)
    # Of one that the program has migrated, and no other test touched: schema/database.sql is held
    # against that by another test, and only under PostgreSQL 15.
    migrated = make_database("by_program")
    assert run("migrate", "up", DATABASE_URL=migrated).returncode == 0
    assert dump(database) == dump(migrated)
    history = "select number, name, checksum from schema_migration order by number"
    assert hub.sql(history, database="by_psql") == hub.sql(history)
    verified = run("migrate", "verify", DATABASE_URL=database)
    assert (verified.returncode, verified.stdout) == (0, "up to date\n")
    again = up(ROOT / "Migrations", database)
    assert (again.returncode, again.stdout) == (0, "")
    # A file that was edited after it was applied.
    edited = tmp_path / "Migrations"
    edited.mkdir()
    for path in [*MIGRATIONS, ROOT / "Migrations" / "up.sh"]:
        shutil.copy(path, edited)
    with (edited / MIGRATIONS[3].name).open("a") as file:
        file.write("-- A word more.\n")
    refused = up(edited, database)
    assert refused.returncode != 0
    assert "not what was applied under this number" in refused.stderr


def serve(folder, hub, database, **settings):
    folder.mkdir()
    return Served(
        folder, DATABASE_URL=hub.database_url(database, "hub_app_read"),
        TOKEN_KEYS_FILE=str(hub.data / "token-keys"), DATABASE_READ_CONNECTIONS="1",
        DATABASE_WRITE_CONNECTIONS="1", **settings,
    )


def is_ready(served):
    return served.request("GET", "/readyz").status == 200


def test_a_server_refuses_an_older_schema_until_it_is_migrated(hub, make_database, tmp_path):
    """As the last release had it, whose history servers could not read."""
    database = make_database("older")
    before = tmp_path / "Migrations"
    before.mkdir()
    shutil.copy(ROOT / "Migrations" / "up.sh", before)
    for path in MIGRATIONS:
        if number_of(path) <= RELEASED:
            shutil.copy(path, before)
    assert up(before, database).returncode == 0
    lacking = [path for path in MIGRATIONS if number_of(path) > RELEASED]
    settings = {
        "DATABASE_URL": hub.database_url("older", "hub_app_read"),
        "TOKEN_KEYS_FILE": str(hub.data / "token-keys"),
    }
    done = run("serve", "--port", "0", **settings)
    assert done.returncode == 1 and "ready" not in done.stdout
    assert "from before servers could read which migrations it has" in done.stderr
    assert "mi-alegra migrate up" in done.stderr
    assert run("migrate", "up", DATABASE_URL=database).stdout == f"applied {len(lacking)}\n"
    served = serve(tmp_path / "served", hub, "older").start()
    try:
        until(lambda: is_ready(served), "ready")
    finally:
        assert served.stop() == 0
    # From here on a schema says what it lacks.
    newest = re.sub(r"\d+_(\w+)", r"\1", MIGRATIONS[-1].name.split(".")[0])
    hub.sql("delete from schema_migration where name = '%s'" % newest, database="older")
    done = run("serve", "--port", "0", **settings)
    assert done.returncode == 1
    assert f"the database lacks 1 of this program's migrations ({newest})" in done.stderr


def test_a_server_goes_on_serving_a_newer_schema(hub, make_database, tmp_path):
    """A release later has expanded the database, and this server runs, and starts, beside it."""
    database = make_database("newer")
    assert run("migrate", "up", DATABASE_URL=database).returncode == 0
    assert run("demo", DATABASE_URL=database).returncode == 0
    running = serve(tmp_path / "running", hub, "newer").start()
    started = None
    try:
        until(lambda: is_ready(running), "ready")
        hub.sql(
            """begin;
            set local role hub_owner;
            alter table company add column motto text;
            alter table solution add column is_new boolean not null default true;
            create table of_a_later_release (id bigint primary key);
            reset role;
            insert into schema_migration (number, name, checksum) values (9999, 'later', '00');
            commit""",
            database="newer",
        )
        started = serve(tmp_path / "started", hub, "newer").start()
        for served in (running, started):
            until(lambda: is_ready(served), "ready")
            signed_in = served.ask(
                """mutation { signIn(input: {
                  email: "ana@ejemplar.example", password: "demo-ejemplar"}) {
                    session { accessToken } userErrors { code } } }"""
            ).data["signIn"]
            token = signed_in["session"]["accessToken"]
            answer = served.ask("{ company { legalName } solutions { code } }", token=token)
            assert answer.data["company"]["legalName"] and answer.data["solutions"]
        settings = {
            "DATABASE_URL": database, "TOKEN_KEYS_FILE": str(hub.data / "token-keys"),
        }
        # What an older release's container does at its start is no mistake and changes nothing.
        assert run("migrate", "up", **settings).stdout == "up to date\n"
        verified = run("migrate", "verify", **settings)
        assert verified.returncode == 1 and "0 pending, 1 newer, 0 problems" in verified.stderr
        status = run("migrate", "status", **settings).stdout
        assert re.search(r"^newer    later  \d{4}-", status, re.M) and "problem" not in status
        doctor = run("doctor", **settings)
        assert doctor.returncode == 0, doctor.stdout
        assert re.search(r"^! migrations: .* 1 newer$", doctor.stdout, re.M)
    finally:
        assert running.stop() == 0
        assert started is None or started.stop() == 0
