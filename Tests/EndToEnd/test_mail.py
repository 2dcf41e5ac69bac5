"""The outbox and the way of a mail to a real SMTP server: by STARTTLS and AUTH, through every kind of
failure, once or under the same Message-ID again."""

import pathlib
import signal
import time
import uuid

import pytest

from hub import certificate, run, until
from smtp_server import DROP, HANG, tls_context
from test_security import change, refusals


def ask_for_mails(hub, count, kind="password_changed", where="test.example"):
    """Mails to new addresses: their ids, in order."""
    ids = [str(uuid.uuid4()) for _ in range(count)]
    rows = ", ".join(f"('{id}', '{kind}', '{id}@{where}', 'Pru', 'es')" for id in ids)
    hub.sql(f"insert into mail (id, kind, address, name, language) values {rows}")
    return ids


def row(hub, id):
    """What the outbox says of a mail."""
    fields = hub.sql(
        f"select attempts, sent_at is not null, given_up_at is not null, failure from mail"
        f" where id = '{id}'"
    ).split("|", 3)
    return int(fields[0]), fields[1] == "t", fields[2] == "t", fields[3]


def until_sent(hub, *ids):
    wanted = ", ".join(f"'{id}'" for id in ids)
    until(
        lambda: hub.sql(
            f"select count(*) from mail where id in ({wanted}) and sent_at is not null"
        ) == str(len(ids)),
        "the mails are sent",
    )


def until_given_up(hub, id):
    until(lambda: row(hub, id)[2], "the mail is given up")
    return row(hub, id)


# A mail that goes ----------------------------------------------------------------------------------


def test_a_change_is_told_by_a_mail_that_any_reader_understands(smtp, mail_hub):
    server = smtp()
    hub = mail_hub(server)
    person = hub.person()
    hub.sql(f"update account set display_name = 'Ñandú <b>' where id = '{person.account}'")
    assert refusals(change(hub, person)) == []
    [taken] = until(lambda: server.taken, "a mail is taken")
    [id] = hub.sql("select id from mail").splitlines()
    until_sent(hub, id)
    assert (taken.sender, taken.recipients) == ("hub@mail.example", [person.email])
    message = taken.message
    assert message["From"] == "Mi Alegra <hub@mail.example>"
    assert [address.addr_spec for address in message["To"].addresses] == [person.email]
    assert message["Subject"] == "Tu contraseña de Mi Alegra cambió"
    assert message["Message-ID"] == f"<{id}@mail.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert abs(message["Date"].datetime.timestamp() - time.time()) < 600
    assert message.get_content_type() == "multipart/alternative"
    assert not message.defects
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert taken.text().startswith("Hola, Ñandú <b>:\n")
    assert "<p>Hola, Ñandú &lt;b&gt;:</p>" in taken.text("html")
    assert row(hub, id) == (1, True, False, "")


def test_a_line_of_the_text_that_is_a_dot_or_longer_than_smtp_allows_arrives(smtp, mail_hub):
    server = smtp()
    hub = mail_hub(server)
    hub.sql(
        """insert into mail (kind, address, name, language, facts)
        values ('new_device', 'a@test.example', '.', 'es', jsonb_build_object('device', '.')),
          ('new_device', 'b@test.example', repeat('ñ', 3000), 'es', '{"device": "x"}')"""
    )
    until(lambda: len(server.taken) == 2, "the mails are taken")
    texts = {taken.recipients[0]: taken.text() for taken in server.taken}
    assert texts["a@test.example"].startswith("Hola, .:\n")
    assert texts["b@test.example"].startswith("Hola, " + "ñ" * 200 + ":\n")
    assert all(len(line) < 80 for taken in server.taken for line in taken.content.splitlines())


def test_what_a_person_typed_adds_no_header_and_no_recipient(smtp, mail_hub):
    server = smtp()
    hub = mail_hub(server)
    hub.sql(
        r"""insert into mail (kind, address, name, language, facts) values ('new_device',
          'a@test.example', E'Ana\r\nBcc: eve@evil.example\r\n\r\n.\r\nRCPT TO:<eve@evil.example>',
          'es', jsonb_build_object('device', E'x\r\n.\r\nMAIL FROM:<eve@evil.example>'))"""
    )
    [taken] = until(lambda: server.taken, "a mail is taken")
    assert taken.recipients == ["a@test.example"]
    assert "Bcc" not in taken.message
    assert taken.text().startswith("Hola, Ana Bcc: eve@evil.example . RCPT TO:<eve@evil.example>:\n")


def test_a_mails_link_leads_to_the_public_url(smtp, mail_hub):
    server = smtp()
    hub = mail_hub(server)
    hub.sql(
        """with link as (
          insert into one_time_link (purpose, address, expires_at)
          values ('reset_password', 'a@test.example', now() + interval '1 hour') returning id)
        insert into mail (kind, address, name, language, link_id)
        select 'reset_password', 'a@test.example', 'Ana', 'es', id from link"""
    )
    [taken] = until(lambda: server.taken, "a mail is taken")
    address = "https://hub.example/account/reset-password#lt_"
    assert f"\n{address}" in taken.text() and f'href="{address}' in taken.text("html")


# How the server is reached -------------------------------------------------------------------------


def test_starttls_and_a_login(smtp, mail_hub, tmp_path):
    context, authorities = tls_context(tmp_path, "mail")
    server = smtp(
        tls=context, require_starttls=True, auth_require_tls=True, login=("u@x", "a p/ss:w@rd")
    )
    hub = mail_hub(
        SMTP_URL=server.url_of("u%40x", "a%20p%2Fss%3Aw%40rd", parameters="?starttls=required"),
        SMTP_AUTHORITIES_FILE=authorities,
    )
    until_sent(hub, *ask_for_mails(hub, 2))
    assert [(taken.login, taken.is_encrypted) for taken in server.taken] == [("u@x", True)] * 2
    assert "p/ss" not in hub.log()[1]


def test_smtps(smtp, mail_hub, tmp_path):
    context, authorities = tls_context(tmp_path, "mail")
    server = smtp(tls=context, is_implicit=True, login=("user", "marked-secret"))
    hub = mail_hub(
        SMTP_URL=server.url_of("user", "marked-secret", scheme="smtps"),
        SMTP_AUTHORITIES_FILE=authorities,
    )
    until_sent(hub, *ask_for_mails(hub, 1))
    assert [(taken.login, taken.is_encrypted) for taken in server.taken] == [("user", True)]


def test_starttls_that_is_required_and_not_offered_sends_neither_password_nor_mail(smtp, mail_hub):
    server = smtp(login=("user", "marked-secret"))
    hub = mail_hub(SMTP_URL=server.url_of("user", "marked-secret", parameters="?starttls=required"))
    [id] = ask_for_mails(hub, 1)
    until(lambda: row(hub, id)[0] >= 2, "it was tried again")
    assert server.commands == [] and server.taken == []
    assert row(hub, id)[1:3] == (False, False)


@pytest.mark.parametrize("scheme, parameters", [("smtp", "?starttls=required"), ("smtps", "")])
def test_a_server_that_nobody_vouches_for_gets_neither_password_nor_mail(
    smtp, mail_hub, tmp_path, scheme, parameters
):
    context, _ = tls_context(tmp_path, "mail")
    other, _ = certificate(tmp_path, "other")
    server = smtp(tls=context, is_implicit=scheme == "smtps", login=("user", "marked-secret"))
    hub = mail_hub(
        SMTP_URL=server.url_of("user", "marked-secret", scheme, parameters),
        SMTP_AUTHORITIES_FILE=other,
    )
    [id] = ask_for_mails(hub, 1)
    until(lambda: row(hub, id)[0] >= 2, "it was tried again")
    assert server.commands == [] and server.taken == []


def test_a_refused_login_gives_no_mail_up_and_is_told_once(smtp, mail_hub):
    server = smtp(login=("user", "the right one"))
    hub = mail_hub(SMTP_URL=server.url_of("user", "marked-secret"), MAIL_ATTEMPTS_MAX="50")
    ids = ask_for_mails(hub, 3)
    until(lambda: server.commands.count(("AUTH", "user", "marked-secret")) >= 2, "two attempts")
    until(lambda: "535" in hub.sql("select string_agg(failure, ' ') from mail"), "the reply is kept")
    server.login = ("user", "marked-secret")
    until_sent(hub, *ids)
    until(lambda: hub.events("mail server back"), "it is told that the server is back")
    assert len(hub.events("mail server lost")) == 1
    assert "marked" not in hub.log()[1] and "test.example" not in hub.log()[1]


def test_a_server_that_is_away_keeps_the_mails_waiting(smtp, mail_hub):
    server = smtp()
    hub = mail_hub(server)
    server.listener.close()
    ids = ask_for_mails(hub, 3)
    until(lambda: hub.events("mail server lost"), "it is told")
    # One mail is tried again and again, not all of them.
    server.listener = server.run(listen_again(server))
    until_sent(hub, *ids)
    assert len({taken.id for taken in server.taken}) == len(server.taken) == 3


async def listen_again(server):
    from aiosmtpd.smtp import SMTP

    return await server.loop.create_server(
        lambda: SMTP(server, loop=server.loop, **server.options), "127.0.0.1", server.port
    )


# What the server may say ---------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_what_is_refused_for_now_is_tried_again_and_sent_once(smtp, mail_hub, stage):
    replies = iter(["451 4.3.0 later", "421 4.7.0 too busy"])
    server = smtp(answer=lambda at, envelope: next(replies, None) if at == stage else None)
    hub = mail_hub(server)
    [id] = ask_for_mails(hub, 1)
    until_sent(hub, id)
    assert row(hub, id) == (3, True, False, "")
    delayed = hub.events("mail delayed")
    assert [(line["mail"], line["kind"], line["attempt"]) for line in delayed] == [
        (id, "password_changed", "1"), (id, "password_changed", "2"),
    ]
    assert len({taken.id for taken in server.taken}) == 1


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
@pytest.mark.parametrize("reply", ["550 5.1.1 no such mailbox", "552 5.3.4 too big"])
def test_what_is_refused_for_good_is_given_up_at_once_and_keeps_nobody(smtp, mail_hub, stage, reply):
    def answer(at, envelope):
        recipient = (envelope.rcpt_tos or [""])[0]
        return reply if at == stage and not recipient.startswith("good") else None

    server = smtp(answer=answer)
    hub = mail_hub(server)
    [id] = ask_for_mails(hub, 1)
    assert until_given_up(hub, id) == (1, False, True, reply)
    server.answer = lambda at, envelope: None
    until_sent(hub, *ask_for_mails(hub, 2))
    [line] = until(lambda: hub.events("mail given up"), "it is told")
    assert (line["level"], line["mail"], line["attempt"]) == ("error", id, "1")
    assert "test.example" not in hub.log()[1] and "no such mailbox" not in hub.log()[1]


def test_a_mail_is_given_up_after_so_many_attempts_and_an_operator_sends_it_after_all(smtp, mail_hub):
    server = smtp(answer=lambda stage, envelope: "451 4.3.0 later")
    hub = mail_hub(server, MAIL_ATTEMPTS_MAX="3")
    [id] = ask_for_mails(hub, 1)
    assert until_given_up(hub, id) == (3, False, True, "451 4.3.0 later")
    server.answer = lambda stage, envelope: None
    readme = (pathlib.Path(__file__).parents[2] / "README.md").read_text()
    revive = readme.split("```sql\n-- Try again")[1].split("```")[0].split("\n", 1)[1]
    hub.sql(revive)
    until_sent(hub, id)
    assert row(hub, id) == (1, True, False, "")


def test_a_server_that_falls_silent_holds_up_neither_requests_nor_other_mails(smtp, mail_hub):
    silent = []

    def answer(stage, envelope):
        if stage == "DATA" and not silent:
            silent.append(envelope)
            return HANG
        return None

    server = smtp(answer=answer)
    hub = mail_hub(server, MAIL_SEND_TIMEOUT_SECONDS="3", MAIL_LEASE_SECONDS="4")
    [id] = ask_for_mails(hub, 1)
    until(lambda: silent, "the server is silent")
    # The one connection for mutations is free, and so are the threads: a password is changed while
    # the server says nothing.
    person = hub.person()
    assert refusals(change(hub, person)) == []
    assert row(hub, id)[1] is False
    until(lambda: len({taken.id for taken in server.taken}) == 2, "the other mail")
    until_sent(hub, id)
    ids = [taken.id for taken in server.taken]
    assert len(ids) == 3 and len(set(ids)) == 2
    # On a connection of its own: on the silent one it would have taken the first one's reply.
    assert hub.sql(f"select attempts from mail where id <> '{id}'") == "1"


def test_a_connection_that_ends_after_the_message_sends_it_again_under_the_same_id(smtp, mail_hub):
    answers = iter([DROP, DROP])
    server = smtp(answer=lambda stage, envelope: next(answers, None) if stage == "DATA" else None)
    hub = mail_hub(server)
    [id] = ask_for_mails(hub, 1)
    until_sent(hub, id)
    assert [taken.id for taken in server.taken] == [f"<{id}@mail.example>"] * 3
    # Nothing of it is different, so that a reader takes the three for one.
    assert len({taken.content for taken in server.taken}) == 1


@pytest.mark.parametrize(
    "kind, address, failure",
    [
        ("no_such_kind", "a@test.example", "there is no template of the kind no_such_kind"),
        ("reset_password", "a@test.example", "a mail of the kind reset_password came without link"),
        ("password_changed", "a b@test.example",
         "a mail of the kind password_changed goes to no plain address"),
        ("password_changed", "a@test.example>\r\nRCPT TO:<eve@evil.example",
         "a mail of the kind password_changed goes to no plain address"),
    ],
)
def test_a_mail_that_cannot_be_written_is_given_up_and_keeps_nobody(
    smtp, mail_hub, kind, address, failure
):
    server = smtp()
    hub = mail_hub(server)
    id = str(uuid.uuid4())
    hub.sql(
        f"insert into mail (id, kind, address, name, language)"
        f" values ('{id}', '{kind}', $x${address}$x$, 'Pru', 'es')"
    )
    assert until_given_up(hub, id) == (1, False, True, failure)
    until_sent(hub, *ask_for_mails(hub, 1))
    assert len(server.taken) == 1


# Crashes, several servers, the end ------------------------------------------------------------------


def test_a_server_killed_between_commit_and_sending_leaves_the_mail_to_the_next(smtp, mail_hub):
    server = smtp()
    first = mail_hub()
    person = first.person()
    assert refusals(change(first, person)) == []
    first.process.kill()
    first.process.wait()
    second = mail_hub(server)
    until(lambda: server.taken, "a mail is taken")
    until_sent(second, *second.sql("select id from mail").splitlines())
    assert [taken.recipients for taken in server.taken] == [[person.email]]


def test_a_server_killed_while_it_sends_leaves_the_mail_to_the_next(smtp, mail_hub):
    server = smtp(answer=lambda stage, envelope: HANG if stage == "DATA" else None)
    limits = {"MAIL_SEND_TIMEOUT_SECONDS": "2", "MAIL_LEASE_SECONDS": "3"}
    first = mail_hub(server, **limits)
    [id] = ask_for_mails(first, 1)
    until(lambda: server.taken, "the server has the message and says nothing")
    first.process.kill()
    first.process.wait()
    server.answer = lambda stage, envelope: None
    second = mail_hub(server, **limits)
    # The dead one's lease: nobody takes the mail before it is over.
    assert row(second, id)[:2] == (1, False)
    until_sent(second, id)
    assert row(second, id)[0] == 2
    assert [taken.id for taken in server.taken] == [f"<{id}@mail.example>"] * 2


def test_two_servers_share_the_mails_and_neither_loses_nor_repeats_one(smtp, mail_hub):
    server = smtp()
    hubs = [mail_hub(server, MAIL_FROM=f"{name} <hub@mail.example>") for name in ("One", "Two")]
    ids = ask_for_mails(hubs[0], 200)
    until_sent(hubs[0], *ids)
    assert sorted(taken.id for taken in server.taken) == sorted(f"<{id}@mail.example>" for id in ids)
    by = [taken.message["From"].split()[0] for taken in server.taken]
    assert min(by.count("One"), by.count("Two")) > 20, by
    assert hubs[0].sql("select max(attempts) from mail") == "1"


def test_of_two_servers_one_is_killed_and_no_mail_is_lost(smtp, mail_hub):
    server = smtp()
    limits = {"MAIL_SEND_TIMEOUT_SECONDS": "2", "MAIL_LEASE_SECONDS": "3"}
    hubs = [mail_hub(server, **limits) for _ in range(2)]
    ids = ask_for_mails(hubs[0], 200)
    until(lambda: len(server.taken) > 50, "some of the mails are taken")
    hubs[1].process.kill()
    hubs[1].process.wait()
    until_sent(hubs[0], *ids)
    taken = [mail.id for mail in server.taken]
    assert set(taken) == {f"<{id}@mail.example>" for id in ids}
    # At most the one that the killed server had in hand came twice.
    assert len(taken) <= 201


def test_a_server_that_stops_while_it_sends_ends_in_time_and_gives_the_mail_back(smtp, mail_hub):
    server = smtp(answer=lambda stage, envelope: HANG if stage == "DATA" else None)
    hub = mail_hub(server)
    [id] = ask_for_mails(hub, 1)
    until(lambda: server.taken, "the server has the message and says nothing")
    began = time.monotonic()
    assert hub.stop(signal.SIGTERM) == 0
    assert time.monotonic() - began < 15
    attempts, is_sent, is_given_up, failure = row(hub, id)
    assert (attempts, is_sent, is_given_up) == (1, False, False)
    assert failure == "the hub was stopped meanwhile"
    server.answer = lambda stage, envelope: None
    until_sent(mail_hub(server), id)


def test_a_server_that_rests_stops_at_once(smtp, mail_hub):
    hub = mail_hub(smtp())
    until_sent(hub, *ask_for_mails(hub, 1))
    assert hub.stop(signal.SIGTERM) == 0


def test_a_database_that_goes_and_comes_back_is_worked_on_again(smtp, mail_hub, database):
    server = smtp()
    hub = mail_hub(server)
    until_sent(hub, *ask_for_mails(hub, 1))
    hub.sql(
        "select count(pg_terminate_backend(pid)) from pg_stat_activity"
        f" where datname = '{database}' and pid <> pg_backend_pid()"
    )
    until_sent(hub, *ask_for_mails(hub, 2))
    assert len(server.taken) == 3


# What is kept, and where nothing is sent ------------------------------------------------------------


def test_mails_are_removed_a_while_after_they_went_and_those_given_up_later(mail_hub):
    first = mail_hub()
    ids = ask_for_mails(first, 5)
    for id, column, days in zip(
        ids, ["sent_at", "sent_at", "given_up_at", "given_up_at"], [29, 31, 89, 91]
    ):
        first.sql(f"update mail set {column} = now() - interval '{days} days' where id = '{id}'")
    hub = mail_hub(HOUSEKEEPING_SECONDS="0.1")
    until(lambda: hub.sql("select count(*) from mail") == "3", "the old ones are removed")
    kept = hub.sql("select id from mail").splitlines()
    assert sorted(kept) == sorted([ids[0], ids[2], ids[4]])


def test_without_a_mail_server_the_mails_wait_and_it_is_said_once(mail_hub):
    hub = mail_hub()
    [id] = ask_for_mails(hub, 1)
    person = hub.person()
    assert refusals(change(hub, person)) == []
    assert hub.sql("select count(*) from mail where sent_at is null") == "2"
    assert row(hub, id) == (0, False, False, "")
    assert hub.log()[1].count("SMTP_URL is not set: mails wait in the outbox") == 1
    assert hub.request("GET", "/dev/mail").status == 404
    assert hub.request("GET", "/dev/mail/messages").status == 404


def test_dev_sends_by_a_mail_server_where_one_is_set(make_hub, smtp):
    server = smtp()
    hub = make_hub()
    hub.settings = {"SMTP_URL": server.url}
    hub.start()
    person = hub.person()
    assert refusals(change(hub, person)) == []
    [taken] = until(lambda: server.taken, "a mail is taken")
    assert taken.sender == "mi-alegra@localhost" and taken.recipients == [person.email]
    assert hub.request("GET", "/dev/mail").status == 404
    assert hub.stop() == 0


SETTINGS = {
    "SMTP_URL": "smtp://user:marked-secret@mail.example.com",
    "MAIL_FROM": "Mi Alegra <hub@mail.example>", "PUBLIC_URL": "https://hub.example",
}


@pytest.mark.parametrize(
    "changes, complaint",
    [
        ({"MAIL_FROM": None}, "MAIL_FROM is not set"),
        ({"MAIL_FROM": "no address"}, "MAIL_FROM is no sender"),
        ({"PUBLIC_URL": None}, "PUBLIC_URL is not set"),
        ({"SMTP_URL": "mail.example.com:marked-secret"}, "SMTP_URL is no address"),
        ({"SMTP_URL": SETTINGS["SMTP_URL"] + "?starttls=off"},
         "SMTP_URL would send the password in the clear"),
        ({"SMTP_URL": SETTINGS["SMTP_URL"] + "?marked-secret"}, "SMTP_URL has a parameter"),
        ({"MAIL_LEASE_SECONDS": "30"}, "MAIL_LEASE_SECONDS is not more than MAIL_SEND_TIMEOUT"),
        ({"MAIL_ATTEMPTS_MAX": "0"}, "MAIL_ATTEMPTS_MAX is not 1 to 1000"),
        ({"MAIL_RETRY_SECONDS": "soon"}, "MAIL_RETRY_SECONDS is no number"),
    ],
)
def test_settings_that_would_send_nothing_are_refused_without_the_password(changes, complaint):
    settings = {name: value for name, value in (SETTINGS | changes).items() if value is not None}
    done = run(
        "serve", DATABASE_URL="host=/nowhere", TOKEN_KEYS="test:" + "A" * 43 + "=", PORT="0",
        **settings,
    )
    assert done.returncode == 1
    assert complaint in done.stderr
    assert "marked" not in done.stderr + done.stdout
