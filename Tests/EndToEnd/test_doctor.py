"""What doctor says of mails and keys: what is missing, what waits, what may go, and no secret."""

import socket

import pytest

from hub import run
from smtp_server import tls_context

KEY = "test:" + "A" * 43 + "="
OLD = "\\x0103" + b"old".hex() + "00" * 40


@pytest.fixture
def silent_port():
    """A port that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_doctor_tells_of_keys_that_sign_seal_and_may_go(hub, database):
    where = {"DATABASE_URL": hub.database_url(database)}
    plain = run("doctor", TOKEN_KEYS=KEY, **where)
    assert plain.returncode == 0, plain.stdout
    assert "✓ token keys: test signs\n" in plain.stdout
    assert "✓ sealing keys: SEALING_KEYS is not set" in plain.stdout
    assert "✓ Google: GOOGLE_CLIENT_ID is not set" in plain.stdout
    other = run("keys", "new", "--name", "other").stdout.strip()
    both = run("doctor", TOKEN_KEYS=f"{KEY},{other}", SEALING_KEYS=f"{KEY},{other}", **where)
    assert both.returncode == 0
    assert "✓ token keys: test signs, other verify too\n" in both.stdout
    assert "✓ sealing keys: test seals\n" in both.stdout
    assert "! sealing keys: nothing is sealed under other\n" in both.stdout
    assert "A" * 43 not in both.stdout and other.split(":")[1] not in both.stdout


@pytest.mark.parametrize(
    "envelope, configured, status, said",
    [
        (OLD, KEY + ",old:" + "B" * 42 + "A=", 0,
         "! sealing keys: 1 secrets at rest are still sealed under old\n"
         "    you may: run `mi-alegra keys reseal`"),
        (OLD, KEY, 1,
         "✗ sealing keys: 1 secrets at rest are sealed under old, which is not set\n"
         "    to mend it: put the key old back"),
        (OLD, None, 1, "sealed under old, which is not set"),
        ("\\x0104" + b"test".hex() + "00" * 40, KEY, 0, "✓ sealing keys: test seals\n"),
        ("\\x0203" + b"old".hex() + "00" * 40, KEY, 1, "1 secrets at rest are no envelopes"),
        ("\\x01ff" + b"old".hex(), KEY, 1, "1 secrets at rest are no envelopes"),
        ("\\x01", KEY, 1, "1 secrets at rest are no envelopes"),
        ("\\x", KEY, 1, "1 secrets at rest are no envelopes"),
    ],
    ids=[
        "under a key behind the first", "under a key that is not set", "no key is set",
        "under the first key", "another version", "a name that is cut off", "one byte", "nothing",
    ],
)
@pytest.mark.parametrize("place", ["second factor", "integration"])
def test_doctor_finds_secrets_by_the_name_of_their_key(
    hub, database, place, envelope, configured, status, said
):
    if place == "second factor":
        hub.sql(
            "insert into second_factor (account_id, sealed_secret)"
            f" select id, '{envelope}' from account limit 1", database)
    else:
        hub.sql(
            "with one as (select ctid from integration_connection limit 1)"
            f" update integration_connection c set sealed_credentials = '{envelope}'"
            " from one where c.ctid = one.ctid", database)
    settings = {} if configured is None else {"SEALING_KEYS": configured}
    done = run(
        "doctor", DATABASE_URL=hub.database_url(database), TOKEN_KEYS=KEY, **settings)
    assert said in done.stdout and done.returncode == status, done.stdout


def test_doctor_greets_the_mail_server(hub, database, smtp, silent_port, tmp_path):
    context, authorities = tls_context(tmp_path, "mail")
    server = smtp(tls=context, require_starttls=True, login=("hub", "pass-right"))
    where = {
        "DATABASE_URL": hub.database_url(database), "TOKEN_KEYS": KEY,
        "MAIL_FROM": "Mi Alegra <hub@mail.example>", "PUBLIC_URL": "https://hub.example",
        "SMTP_AUTHORITIES_FILE": authorities, "MAIL_SEND_TIMEOUT_SECONDS": "2",
    }
    good = server.url_of("hub", "pass-right", parameters="?starttls=required")
    done = run("doctor", SMTP_URL=good, **where)
    assert "✓ mail server: answers\n" in done.stdout and done.returncode == 0, done.stdout
    # It was greeted, and asked to let the hub in, and given nothing.
    assert server.commands == [("AUTH", "hub", "pass-right")] and server.taken == []
    for url, changes, said in [
        (server.url_of("hub", "pass-wrong", parameters="?starttls=required"), {}, "535"),
        (good, {"SMTP_AUTHORITIES_FILE": "/dev/null"}, "ertificate"),
        (f"smtp://127.0.0.1:{silent_port}", {}, "imed"),
        ("smtp://127.0.0.1:1", {}, "onnect"),
    ]:
        done = run("doctor", SMTP_URL=url, **where | changes)
        assert done.returncode == 1, done.stdout
        assert "✗ mail server: does not take mails: " in done.stdout
        assert said in done.stdout and "pass-" not in done.stdout + done.stderr
    without = {name: value for name, value in where.items() if name != "PUBLIC_URL"}
    done = run("doctor", SMTP_URL=good, **without)
    assert done.returncode == 1 and "✗ mail server: PUBLIC_URL is not set" in done.stdout


@pytest.mark.parametrize(
    "changes, status, said",
    [
        ({}, 0, "✓ Google: GOOGLE_CLIENT_ID is not set"),
        ({"GOOGLE_CLIENT_ID": "hub", "GOOGLE_CLIENT_SECRET": "marked-secret",
          "PUBLIC_URL": "https://hub.example"}, 0,
         "✓ Google: client hub of https://accounts.google.com\n"),
        ({"GOOGLE_CLIENT_ID": "hub", "GOOGLE_CLIENT_SECRET": "marked-secret"}, 0,
         "! Google: client hub of https://accounts.google.com, which sends people back to where"),
        ({"GOOGLE_CLIENT_ID": "hub"}, 1, "✗ configuration: GOOGLE_CLIENT_SECRET is not set"),
        ({"GOOGLE_CLIENT_SECRET": "marked-secret"}, 1,
         "✗ configuration: GOOGLE_CLIENT_ID is not set"),
        ({"SMTP_URL": "smtp://u:marked-secret@mail.example?starttls=off",
          "MAIL_FROM": "a@mail.example"}, 1, "✗ configuration: SMTP_URL would send the password"),
        ({"SEALING_KEYS": "short:" + "A" * 20}, 1, "✗ configuration: SEALING_KEYS"),
    ],
)
def test_doctor_says_whether_a_setting_is_complete(hub, database, changes, status, said):
    done = run("doctor", DATABASE_URL=hub.database_url(database), TOKEN_KEYS=KEY, **changes)
    assert done.returncode == status and said in done.stdout, done.stdout
    assert "marked-secret" not in done.stdout + done.stderr


def test_doctor_counts_the_mails_that_wait_and_those_that_were_given_up(hub, database):
    def told():
        done = run("doctor", DATABASE_URL=hub.database_url(database), TOKEN_KEYS=KEY)
        assert done.returncode == 0, done.stdout
        return done.stdout.partition("outbox:")[2]

    assert told().startswith(" no mail waits\n")
    hub.sql(
        """insert into mail (kind, address, name, language, created_at, given_up_at, failure)
        values ('a', 'a@test.example', 'Ana Secreta', 'es', now(), null, null),
          ('a', 'b@test.example', '', 'es', now() - interval '59 minutes', null, null),
          ('a', 'c@test.example', '', 'es', now(), '2020-01-01', 'earlier'),
          ('a', 'd@test.example', '', 'es', now(), '2021-02-03', '550 no such mailbox')""",
        database)
    assert told().startswith(" 2 mails wait, the oldest since ")
    assert "! outbox: 2 mails were given up, the last 2021-02-03" in told()
    assert ": 550 no such mailbox\n    you may: try them again" in told()
    assert "Secreta" not in told() and "test.example" not in told()
    hub.sql("update mail set created_at = now() - interval '61 minutes' where address like 'b%'",
            database)
    assert "look into the table mail" in told()
