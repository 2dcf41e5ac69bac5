"""Nothing secret is kept or told: a run through everything that takes or makes a secret, each of
them marked, and then a search of all that was written, shown or kept anywhere."""

import contextlib
import pathlib
import re
import subprocess

import pytest

from hub import PATIENCE_SECONDS, PROGRAM, environment, run as command, until
from marked import Secrets, forms
from marked_run import EMAIL, MarkedRun

ACTIVITY = "select to_jsonb(a) from pg_stat_activity a"


@pytest.fixture(scope="module")
def run(make_hub, tmp_path_factory):
    folder = tmp_path_factory.mktemp("marked")
    for name in ("one", "other"):
        (folder / name).mkdir()
    run = MarkedRun(folder, make_hub().start()).go()
    yield run
    run.stop()


def test_the_search_finds_what_it_searches_for(run):
    text = '{"a": "marked first \\u00f1and\\u00fa"} marked%20first%20%C3%B1and%C3%BA'
    assert run.secrets.holding(text) == ["first"]
    for name, secret in run.secrets.items():
        for form in forms(secret):
            assert name in run.secrets.holding(b"\x00" + form + b"\x00")
    kinds = {re.sub(r" \d+$", "", name) for name in run.secrets}
    assert kinds >= {
        "SMTP user", "SMTP password", "client secret", "database password", "authorization code",
        "code verifier", "ID token", "Google's access token", "cookie of a journey",
        "state of a return", "accessToken", "refreshToken", "deviceToken", "token", "cookie",
        "secret of the factor", "recovery code", "name of a photo", "token key of a file",
        "credential-secretKey", "refused-credential-secretKey", "ill formed credential",
        "sealing key of a file", "token key of the environment", "sealing key of the environment",
    }
    links = {name.split(" of ")[1] for name in kinds if name.startswith("link of ")}
    assert links == {
        "sign_up", "reset_password", "change_email", "email_changed_undo", "email_undone",
        "invitation", "confirm_unlink_google",
    }


# What the house writes ----------------------------------------------------------------------------


def test_the_logs_hold_no_secret(run):
    own = run.hub.log_file.read_text()
    assert "request refused" in own and "mail given up" in own and "Google: token" in own
    assert run.secrets.holding(own) == []
    assert run.secrets.holding(run.other.log_file.read_text()) == []


def test_the_log_of_the_database_holds_no_secret(run):
    logs = "".join(file.read_text() for file in run.cluster.data.glob("postgresql.log*"))
    assert "database system is ready" in logs
    assert run.secrets.holding(logs) == []


def kept(run):
    """Those that the database may not hold: by its name a photo is served, and whoever reads the
    database has the photo itself."""
    return run.secrets.without("name of a photo")


def test_the_database_holds_only_hashes_and_what_is_sealed(run):
    dump = subprocess.run(
        ["pg_dump", "-d", run.hub.database_url()], capture_output=True, text=True, check=True
    ).stdout
    assert EMAIL in dump and "$scrypt$" in dump
    assert kept(run).holding(dump) == []
    refused = run.hub.sql("select failure from mail where failure is not null")
    assert refused == "554 blocked: /account/reset-password#lt_\u2026 of \u2026 \u2026"


def test_no_file_of_the_cluster_holds_one(run):
    """What was written and rolled back, too: the write-ahead log keeps it for a while."""
    run.hub.sql("checkpoint")
    secrets, searched = kept(run), 0
    for file in (run.cluster.data / "data").rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            searched += len(data)
            assert secrets.holding(data) == [], file
    assert searched > 10_000_000


def test_no_answer_holds_what_it_does_not_give_out(run):
    assert len(run.told) > 60
    for answer in run.told:
        found = run.secrets.without("misplaced").holding(answer)
        # What a browser has just sent back is led on to the page, but for the codes.
        assert found == [], answer


def test_an_export_holds_no_secret(run):
    [export] = run.exports
    assert "recoveryCodesUsedAt" in export and EMAIL in export
    assert kept(run).holding(export) == []


def test_a_mail_holds_the_token_of_its_own_link_and_no_other_secret(run):
    taken = run.smtp.taken
    assert {mail.login for mail in taken} == {run.secrets["SMTP user"]}
    assert len(taken) > 15
    for mail in taken:
        text = mail.text() + mail.text("html")
        headers = str(mail.message.items())
        found = run.secrets.holding(text)
        assert all(re.match("(link of|disliked link)", name) for name in found), found
        assert len({run.secrets[name] for name in found}) <= 1
        assert run.secrets.holding(headers) == []


# What the program shows ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [["doctor"], ["doctor", "--permissions"], ["migrate", "status"], ["migrate", "verify"],
     ["serve"], ["keys", "rotate", "keys"], ["token", "issue"]],
)
def test_no_command_says_a_secret(run, arguments, tmp_path):
    keys = (run.folder / "keys" / "token-keys").read_text()
    (tmp_path / "keys").write_text(keys)
    for settings in (run.hub.settings, run.other.settings):
        # It finds the port taken, and says so.
        settings = settings | {"PORT": str(run.hub.port), "TOKEN_KEYS": keys}
        if arguments == ["doctor"]:
            settings |= {"DATABASE_URL": run.other.settings["DATABASE_URL"]}
        done = command(*arguments, cwd=tmp_path, **settings)
        assert done.stdout + done.stderr
        assert run.secrets.holding(done.stdout + done.stderr) == []


def test_no_process_shows_a_secret_to_others(run):
    """What every account of the machine may read: the arguments of processes."""
    shown = processes()
    assert sum(b"mi-alegra" in text for text in shown) >= 3
    for text in shown:
        assert run.secrets.holding(text) == [], text


def processes():
    """The arguments and the name of each process."""
    shown = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        # One that has ended meanwhile shows nothing.
        with contextlib.suppress(OSError):
            shown.append((folder / "cmdline").read_bytes() + (folder / "comm").read_bytes())
    return shown


def test_the_database_shows_no_secret_of_what_runs(run):
    shown = until(
        lambda: next((it for it in [run.hub.sql(ACTIVITY)] if "claim_mail" in it), None),
        "the outbox is looked at",
    )
    assert "mi-alegra" in shown
    assert run.secrets.holding(shown) == []


def test_no_page_and_no_probe_tells_one(run):
    for hub, path in [(run.hub, path) for path in (
        "/livez", "/readyz", "/account", "/account/sign-up", "/metrics", "/dev/mail/messages",
        "/explorer", "/.env", "/graphql?query={about{name}}",
    )] + [(run.other, "/explorer")]:
        answer = hub.request("GET", path)
        assert run.secrets.holding(answer.body + str(answer.headers).encode()) == [], path


def test_a_debugger_of_another_account_is_kept_out(run):
    process = pathlib.Path("/proc") / str(run.other.process.pid)
    for name in ("environ", "mem", "maps"):
        asked = subprocess.run(
            ["runuser", "-u", "nobody", "--", "head", "-c", "1", process / name], cwd="/",
            capture_output=True, timeout=PATIENCE_SECONDS,
        )
        assert asked.returncode != 0 and asked.stdout == b""


def test_a_secret_that_is_kept_nowhere_is_found_where_it_is_planted(run):
    """Each of the searches above would see one: here is one wherever a test can put it."""
    secret = Secrets(planted="a planted secret")
    assert secret.holding(run.hub.sql("select 'a planted secret'")) == ["planted"]
    run.hub.sql("create table planted as select 'a planted secret' as it; checkpoint")
    dump = subprocess.run(
        ["pg_dump", "-d", run.hub.database_url()], capture_output=True, text=True, check=True)
    assert secret.holding(dump.stdout) == ["planted"]
    files = [it for it in (run.cluster.data / "data").rglob("*") if it.is_file()]
    assert any(secret.holding(file.read_bytes()) for file in files)
    run.hub.sql("drop table planted")
    shown = run.hub.sql("set application_name = 'a planted secret';" + ACTIVITY)
    assert secret.holding(shown) == ["planted"]
    waiting = ["sh", "-c", "read line", "a planted secret"]
    with subprocess.Popen(waiting, stdin=subprocess.PIPE) as it:
        assert any(secret.holding(text) for text in processes())
        it.stdin.close()
    done = subprocess.run(
        [PROGRAM, "a planted secret"], capture_output=True, text=True, env=environment())
    assert secret.holding(done.stderr) == ["planted"]
