"""The machine of the primary is lost under load: a standby takes its place, the servers find it by
themselves, and nothing that was answered is lost."""

import base64
import concurrent.futures
import os
import shutil
import tempfile
import threading

import pytest

from clusters import Cluster
from event_documents import UPDATE, events
from hub import Served, run, until

WRITERS = 4


class Replicated(Served):
    """`mi-alegra serve` on several clusters: whichever of them may be written to."""

    def __init__(self, folder, *clusters, **settings):
        super().__init__(folder)
        self.clusters = clusters
        self.data = self.folder
        key = base64.b64encode(os.urandom(32)).decode()
        (self.data / "token-keys").write_text(f"test:{key}\n")
        self.settings = {
            "DATABASE_URL": self.database_url(user="hub_app_read"),
            "TOKEN_KEYS_FILE": str(self.data / "token-keys"),
        } | settings

    def database_url(self, database="mi_alegra", user="postgres"):
        hosts = ",".join(str(cluster.folder) for cluster in self.clusters)
        return self.clusters[0].url(
            database, user, host=hosts, target_session_attrs="read-write")


@pytest.fixture
def folder():
    """One that PostgreSQL's account may enter."""
    folder = tempfile.mkdtemp(prefix="mi-alegra-test-", dir="/tmp")
    os.chmod(folder, 0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def clusters(folder):
    """A primary and a standby that has what was answered: a commit waits for it."""
    primary, standby = Cluster(folder, "one"), Cluster(folder, "two")
    try:
        primary.make()
        standby.copy(primary)
        primary.set(synchronous_standby_names="two")
        primary.control("reload")
        yield primary, standby
    finally:
        standby.stop()
        primary.stop()


@pytest.fixture
def hub(clusters, tmp_path):
    hub = Replicated(tmp_path, *clusters)
    hub.sql("create database mi_alegra", "postgres")
    for command in (["migrate", "up"], ["demo"]):
        done = run(*command, DATABASE_URL=hub.database_url())
        assert done.returncode == 0, done.stderr
    hub.start()
    yield hub
    hub.stop()


def write_on(hub, person, answered, ended):
    """Gives the company one name after another, whatever happens to the database, and notes which
    were answered."""
    number, statuses = 0, set()
    while not ended.is_set():
        number += 1
        given = {"input": {"revision": 1000, "tradeName": f"Nombre {number}"}}
        answer = hub.ask(UPDATE, given, token=person.token)
        statuses.add(answer.status)
        payload = (answer.json.get("data") or {}).get("updateCompany")
        if payload:
            assert payload["userErrors"] == []
            answered.append(f"Nombre {number}")
    return statuses


def test_a_standby_takes_over_and_nothing_answered_is_lost(hub, clusters):
    primary, standby = clusters
    people = [hub.person() for _ in range(WRITERS)]
    answered, ended = [[] for _ in people], threading.Event()
    with concurrent.futures.ThreadPoolExecutor() as writers:
        written = [writers.submit(write_on, hub, *pair, ended)
                   for pair in zip(people, answered, strict=True)]
        try:
            until(lambda: all(len(names) > 20 for names in answered), "all of them write")
            primary.crash()
            lost = [len(names) for names in answered]
            until(lambda: hub.request("GET", "/readyz").status == 503, "it says so")
            assert hub.request("GET", "/livez").status == 200
            standby.promote()
            until(
                lambda: all(len(names) > before + 20
                            for names, before in zip(answered, lost, strict=True)),
                "all of them write again",
            )
        finally:
            ended.set()
    # Each was told what it is, and nobody anything else.
    assert {status for each in written for status in each.result()} <= {200, 503}
    assert hub.request("GET", "/readyz").status == 200
    for person, names in zip(people, answered, strict=True):
        kept, cursor = [], None
        while True:
            page = events(hub, person, after=cursor)
            kept += [event["changes"][0]["after"] for event in page["events"]]
            cursor = page["cursor"]
            if not page["hasMore"]:
                break
        # What was done and not answered may stand between them; what was answered stands in order.
        rest = iter(kept)
        assert all(name in rest for name in names)
