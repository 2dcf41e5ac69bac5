"""What the tests share: one running hub for all that do not take it down."""

import itertools
import os
import pathlib
import shutil
import signal
import tempfile

import pytest

from browsing import open_browser
from hub import Hub, MailHub, Served, run
from smtp_server import SMTPServer

NUMBERS = itertools.count(1)


def pytest_addoption(parser):
    parser.addoption(
        "--rewrite-snapshots", action="store_true", help="write snapshots instead of comparing"
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item, call):
    """Lets a fixture know at its end how the test went: `request.node.rep_call`."""
    report = yield
    setattr(item, f"rep_{report.when}", report)
    return report


@pytest.fixture(scope="session")
def make_hub():
    """Makes hubs that have not started, each in a folder that PostgreSQL's account may enter."""
    hubs = []

    def make():
        folder = tempfile.mkdtemp(prefix="mi-alegra-test-", dir="/tmp")
        os.chmod(folder, 0o711)
        hubs.append(Hub(folder))
        return hubs[-1]

    yield make
    for hub in hubs:
        if hub.process and hub.process.poll() is None:
            hub.stop(signal.SIGTERM)
        if (hub.data / "data" / "postmaster.pid").exists():
            hub.pg_ctl("stop", "-m", "immediate")
        shutil.rmtree(hub.folder)


@pytest.fixture(scope="session")
def hub(make_hub):
    """The hub that most tests share: they make people and companies of their own in it."""
    return make_hub().start()


@pytest.fixture(scope="module")
def serve(hub, tmp_path_factory):
    """Starts `mi-alegra serve` with settings, on the shared hub's database and keys."""
    running = []

    def start(*arguments, **settings):
        settings = {
            "DATABASE_URL": hub.database_url(user="hub_app_read"),
            "TOKEN_KEYS_FILE": str(hub.data / "token-keys"),
            "SEALING_KEYS_FILE": str(hub.data / "sealing-keys"),
            # Many servers share what connections the cluster has.
            "DATABASE_READ_CONNECTIONS": "1",
            "DATABASE_WRITE_CONNECTIONS": "1",
        } | settings
        settings = {name: value for name, value in settings.items() if value is not None}
        served = Served(tmp_path_factory.mktemp("served"), *arguments, **settings).start()
        running.append(served)
        return served

    yield start
    for served in running:
        if served.process.poll() is None:
            served.stop()


@pytest.fixture(scope="session")
def template(hub):
    """A migrated database with the demo companies, to make others of."""
    hub.sql("create database mail_template template template0 encoding 'UTF8' locale 'C.UTF-8'")
    for command in (["migrate", "up"], ["demo"]):
        done = run(*command, DATABASE_URL=hub.database_url("mail_template"))
        assert done.returncode == 0, done.stderr
    return "mail_template"


@pytest.fixture
def database(hub, template):
    """The name of a database without mails."""
    name = f"mail_{next(NUMBERS)}"
    hub.sql(f"create database {name} template {template}")
    yield name
    hub.sql(f"drop database {name} with (force)")


@pytest.fixture
def smtp():
    """Makes SMTP servers."""
    servers = []

    def make(**options):
        servers.append(SMTPServer(**options))
        return servers[-1]

    yield make
    for server in servers:
        server.stop()


@pytest.fixture
def mail_hub(hub, database, tmp_path):
    """Starts hubs on the test's database."""
    running = []

    def start(server=None, **settings):
        if server is not None:
            settings = {"SMTP_URL": server.url} | settings
        folder = tmp_path / f"served{len(running)}"
        folder.mkdir()
        running.append(MailHub(folder, hub, database, **settings))
        return running[-1].start()

    yield start
    for served in running:
        if served.process.poll() is None:
            served.stop()


@pytest.fixture(scope="module")
def browser():
    """One browser for a module: while it runs, no other event loop can in this thread."""
    with open_browser() as browser:
        yield browser


@pytest.fixture
def snapshot(request):
    """Compares a text with a file under snapshots/, or writes it under --rewrite-snapshots."""

    def compare(name, text):
        path = pathlib.Path(__file__).parent / "snapshots" / name
        if request.config.getoption("--rewrite-snapshots"):
            path.write_text(text)
        assert path.exists(), f"snapshots/{name} is missing: run with --rewrite-snapshots"
        assert text == path.read_text()

    return compare
