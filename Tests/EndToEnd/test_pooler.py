"""Behind PgBouncer in transaction mode, where each transaction runs on whichever connection is free:
everything holds as without it, and what has changed elsewhere is heard of past it."""

import concurrent.futures
import os
import shutil
import subprocess
import tempfile

import pytest

from event_documents import events, update_company
from hub import PASSWORD, until
from session_documents import refresh, sign_in
from test_event_stream import Stream

# Fewer connections than the server's pools have: they are shared at once.
SETTINGS = """
[databases]
* = host={host} port=5432
[pgbouncer]
pool_mode = transaction
default_pool_size = 2
unix_socket_dir = {folder}
listen_addr =
listen_port = 5432
auth_type = trust
auth_file = {folder}/users
"""
SECTIONS = "{ company { id revision } profile { id } security { sessions { id } } }"


@pytest.fixture(scope="module")
def pooler(hub):
    """A PgBouncer before the shared hub's PostgreSQL: the folder of its socket."""
    folder = tempfile.mkdtemp(prefix="mi-alegra-test-", dir="/tmp")
    with open(f"{folder}/users", "w") as users:
        users.write('"hub_app_read" ""\n"hub_app_write" ""\n')
    with open(f"{folder}/settings", "w") as settings:
        settings.write(SETTINGS.format(host=hub.socket_folder, folder=folder))
    os.chmod(folder, 0o777)
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with open(f"{folder}/log", "w") as log:
        process = subprocess.Popen(
            [*prefix, shutil.which("pgbouncer", path="/usr/sbin:/usr/bin"), f"{folder}/settings"],
            stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/",
        )
    until(lambda: os.path.exists(f"{folder}/.s.PGSQL.5432"), "PgBouncer listens")
    yield folder
    process.terminate()
    process.wait()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def pooled(hub, serve, pooler):
    """A server behind PgBouncer."""
    return serve(
        DATABASE_URL=f"host={pooler} dbname=mi_alegra user=hub_app_read application_name=pooled",
        DATABASE_POOLER="true",
        DATABASE_LISTEN_URL=hub.database_url(user="hub_app_read") + " application_name=direct",
        DATABASE_READ_CONNECTIONS="4", DATABASE_WRITE_CONNECTIONS="4",
    )


def test_each_is_answered_their_own_on_shared_connections(hub, pooled):
    people = [hub.person() for _ in range(8)]

    def ask(number):
        person = people[number % len(people)]
        if number % 3 == 0:
            update_company(pooled, person, tradeName=f"Nombre {number}")
        return person, pooled.ask(SECTIONS, token=person.token)

    with concurrent.futures.ThreadPoolExecutor(8) as clients:
        for person, answer in clients.map(ask, range(240)):
            assert answer.data["company"]["id"] == person.tenant
            assert answer.data["profile"]["id"] == person.account
            assert answer.data["security"]["sessions"] == [{"id": person.session}]
    connections = hub.sql(
        "select usename, count(*) from pg_stat_activity where application_name = 'pooled' group by 1")
    assert {line.split("|")[0] for line in connections.split()} == {"hub_app_read", "hub_app_write"}
    assert all(int(line.split("|")[1]) <= 2 for line in connections.split()), connections


def test_nothing_of_a_transaction_stays_on_its_connection(hub, pooled):
    person = hub.person()
    update_company(pooled, person, tradeName="Nadie")
    # Whoever has the connection next is nobody.
    assert hub.ask(SECTIONS, token=person.token).data == pooled.ask(SECTIONS, token=person.token).data
    answer = pooled.ask(SECTIONS, token=hub.access_token(person.account, person.tenant, person.tenant))
    assert answer.status == 401


def test_people_sign_in_and_go_on(hub, pooled):
    person = hub.person()
    payload = sign_in(pooled, person.email, PASSWORD).data["signIn"]
    assert payload["userErrors"] == []
    again = refresh(pooled, payload["session"]["refreshToken"]).data["refreshSession"]
    assert pooled.ask(SECTIONS, token=again["session"]["accessToken"]).status == 200
    # Refused in the transaction that counts it, and again: a refusal leaves the connection whole.
    for _ in range(3):
        refused = sign_in(pooled, person.email, "another").data["signIn"]
        assert [error["code"] for error in refused["userErrors"]] == ["INVALID_CREDENTIALS"]


def test_what_happens_at_another_server_is_heard_of(hub, pooled):
    person = hub.person()
    listens = "select count(*) from pg_stat_activity where application_name = 'direct'"
    until(lambda: hub.sql(listens) == "1", "it listens")
    stream = Stream(pooled, person)
    assert stream.events.status == 200
    update_company(hub, person, tradeName="De otro servidor")
    assert stream.next() == events(hub, person)["events"][-1]
    # And the other way round: what is told of through PgBouncer.
    other = Stream(hub, person)
    assert other.events.status == 200
    update_company(pooled, person, tradeName="Por PgBouncer")
    assert other.next() == stream.next()
    stream.close()
    other.close()
