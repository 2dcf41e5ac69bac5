"""Secrets that operators write into settings: whatever is wrong with them, no error says one, and
no other account of the machine sees them."""

import base64
import pathlib
import re
import signal
import subprocess

import pytest

from hub import PATIENCE_SECONDS, PROGRAM, Served, environment, run, until

# No part of a secret is to be said either, wherever a special character cuts it.
PARTS = ["first-part", "second-part"]
MARK = "first-part{}second-part"
BETWEEN = [*"@:/?#%[] '\"\\=&,;+", "", "%zz", "\u00f1", "@127.0.0.1/"]
KEY = "good:" + base64.b64encode(b"k" * 32).decode()
GOOD = {"DATABASE_URL": "host=/nowhere", "TOKEN_KEYS": KEY, "PORT": "0"}


def said(done):
    """What a command said, which may repeat no part of the secret."""
    text = done.stdout + done.stderr
    assert [part for part in PARTS if part in text] == [], text
    return text


@pytest.mark.parametrize(
    "form",
    ["postgresql://user:{}@127.0.0.1:1/db", "postgresql://user:{}@127.0.0.1:x/db",
     "postgresql://user:{}@", "postgresql://[::1:{}@127.0.0.1/db",
     "postgresql://user@127.0.0.1:1/db?password={}", "postgresql://127.0.0.1/db?{}=1",
     "host=127.0.0.1 port=1 password={}", "host=127.0.0.1 port=1 password='{}'",
     "host=127.0.0.1 port=1 password='{}", "{}", "password {}", "passwort={}"],
)
def test_no_error_of_the_database_url_says_its_password(form):
    for between in BETWEEN:
        url = form.format(MARK.format(between))
        done = run("migrate", "status", **GOOD | {"DATABASE_URL": url})
        assert done.returncode != 0 and said(done)
    done = run("doctor", **GOOD | {"DATABASE_URL": form.format(MARK.format("@"))})
    assert done.returncode == 1 and said(done)


@pytest.mark.parametrize("between", ["@", "/", "%zz", " ", ""])
def test_a_server_that_cannot_reach_its_database_does_not_say_the_password(tmp_path, between):
    url = f"postgresql://user:{MARK.format(between)}@127.0.0.1:1/db"
    served = Served(tmp_path, **GOOD | {"DATABASE_URL": url})
    served.launch()
    if served.process.stdout.readline():
        try:
            until(lambda: "database lost" in served.log_file.read_text(), "the loss is noticed")
        finally:
            served.stop()
    else:
        assert served.process.wait(PATIENCE_SECONDS) == 1
        served.process.stdout.close()
    text = served.log_file.read_text()
    assert text and [part for part in PARTS if part in text] == []


@pytest.mark.parametrize(
    "form", ["{}", "good:{}", "{}:AAAA", "a b:{}", KEY + ",good:{}", KEY + ",{}", "good:{},x:{}"]
)
@pytest.mark.parametrize("variable", ["TOKEN_KEYS", "SEALING_KEYS"])
def test_no_error_of_keys_says_one(tmp_path, variable, form):
    text = form.format(*[MARK.format("!")] * 2)
    file = tmp_path / "keys"
    file.write_text(text)
    for settings in ({variable: text}, {variable: None, variable + "_FILE": str(file)}):
        settings = {k: v for k, v in (GOOD | settings).items() if v is not None}
        for command in ("serve", "doctor"):
            done = run(command, **settings)
            assert done.returncode == 1 and variable in said(done)
    for arguments in ([], ["--promote"], ["--last"]):
        done = run("keys", "rotate", *arguments, str(file))
        assert done.returncode == 1 and "was left as it is" in said(done)
    assert file.read_text() == text


@pytest.mark.parametrize(
    "variable, form",
    [("SMTP_URL", form) for form in (
        "smtp://user:{}@mail.example:587?starttls=off", "smtp://user:{}@mail.example:x",
        "smtp://user:{}@", "http://user:{}@mail.example", "{}", "smtp://u@h?password={}",
        "smtp://user:{}@mail.example/path", "smtp://user:{}@mail.example:99999999",
    )] + [
        ("GOOGLE_CLIENT_SECRET", "{}"),
        ("GOOGLE_ISSUER", "https://user:{}@accounts.example?x"),
        ("PUBLIC_URL", "https://user:{}@hub.example"),
        ("MAIL_FROM", "{}"),
    ],
)
def test_no_error_of_another_setting_says_a_secret(variable, form):
    for between in ("@", "#", " ", "%zz", ""):
        settings = {variable: form.format(MARK.format(between))}
        if variable == "GOOGLE_ISSUER":
            settings |= {"GOOGLE_CLIENT_ID": "client", "GOOGLE_CLIENT_SECRET": MARK}
        # Nothing listens there, so that nothing starts where the setting is taken.
        for command in ("serve", "doctor"):
            done = run(command, **GOOD | {"TLS_KEY_FILE": "half"} | settings)
            assert done.returncode == 1 and said(done)


@pytest.mark.parametrize("command", [["serve"], ["migrate", "status"], ["demo"]])
def test_a_password_is_not_taken_from_where_everybody_reads_it(command):
    """The arguments of a process are shown to every account of the machine."""
    for place in ("password=", "sslpassword="):
        url = f"host=127.0.0.1 port=1 {place}{MARK}"
        done = run(*command, "--database-url", url, **GOOD)
        assert done.returncode == 1
        assert "--database-url" in said(done) and "DATABASE_URL" in said(done)
    done = run(*command, "--database-url", f"postgresql://u:{MARK}@127.0.0.1:1/db", **GOOD)
    assert done.returncode == 1 and "--database-url" in said(done)


def test_what_the_environment_holds_is_the_accounts_own(serve):
    served = serve(TOKEN_KEYS_FILE=None, TOKEN_KEYS=KEY)
    process = pathlib.Path("/proc") / str(served.process.pid)
    assert KEY.encode() in (process / "environ").read_bytes()
    assert KEY.encode() not in (process / "cmdline").read_bytes()
    # Only where this test runs as root there is another account to try it with.
    if process.owner() == "root":
        asked = subprocess.run(
            ["runuser", "-u", "nobody", "--", "cat", process / "environ"], capture_output=True,
            cwd="/", timeout=PATIENCE_SECONDS,
        )
        assert asked.returncode != 0 and asked.stdout == b""


@pytest.mark.parametrize("number", ["SEGV", "ABRT"])
def test_a_crash_report_shows_nothing_of_what_was_in_memory(serve, number):
    """Registers are left out: beside each, the report shows the memory that it points to."""
    served = serve(TOKEN_KEYS_FILE=None, TOKEN_KEYS=KEY)
    served.ask("{ about { name } }")
    served.process.send_signal(signal.Signals[f"SIG{number}"])
    # A report is there only where Swift's own tool for it is installed.
    until(
        lambda: served.process.poll() is not None
        or "Backtrace took" in served.log_file.read_text(), "the crash is over",
    )
    if served.process.poll() is None:
        served.process.kill()
        served.process.wait()
    text = served.log_file.read_text()
    assert KEY[5:] not in text and "kkkkkkkk" not in text
    assert "Registers" not in text and not re.search(r"^ *(rsp|rip|sp|pc) 0x", text, re.MULTILINE)


def test_help_and_version_say_no_setting():
    names = ["TOKEN_KEYS", "SEALING_KEYS", "SMTP_URL", "DATABASE_URL", "GOOGLE_CLIENT_SECRET"]
    settings = environment(**{name: MARK for name in names})
    for arguments in (["--help"], ["serve", "--help"], ["--version"], ["doctor", "--permissions"]):
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, env=settings)
        assert done.returncode == 0 and said(done)
