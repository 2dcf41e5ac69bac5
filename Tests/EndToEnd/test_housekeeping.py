"""What is over goes by itself after a while, whichever server does it, and nobody is held up."""

import collections
import contextlib
import subprocess

import pytest

from hub import until
from session_documents import refresh, sign_in

OFTEN = {"HOUSEKEEPING_SECONDS": "0.2"}
COUNTED = {
    "guesses": "sign_in_guess", "linkRequests": "link_request",
    "challenges": "sign_in_challenge", "journeys": "google_flow",
    "launchCodes": "launch_code", "mails": "mail",
    "links": "one_time_link", "refreshTokens": "refresh_token", "sessions": "session",
}


def backlog(hub, account, rows):
    """So many rows of each kind that are past keeping, of a device that a later session has."""
    hub.sql(f"""begin;
        insert into session (
          id, account_id, device, address_range, created_at, expires_at, idle_expires_at)
        select gen_random_uuid(), '{account}', 'test', '', now() - interval '70 days',
          now() - interval '40 days', now() - interval '40 days'
        from generate_series(1, {rows});
        insert into refresh_token (hash, session_id, used_at, successor_hash)
        select sha256(convert_to(id::text || n, 'UTF8')), id, now(), sha256('x')
        from session cross join generate_series(1, 2) as n
        where account_id = '{account}' and expires_at < now();
        insert into one_time_link (id, purpose, account_id, address, expires_at)
        select gen_random_uuid(), 'reset_password', '{account}', 'old@test.example',
          now() - interval '31 days'
        from generate_series(1, {rows});
        insert into mail (kind, address, name, language, link_id, sent_at)
        select 'reset_password', address, '', 'es', id, now() - interval '31 days'
        from one_time_link where address = 'old@test.example';
        insert into sign_in_guess (email_hash, client, full_at, step)
        select sha256('x'), n::text, now() - interval '1 hour', '1 second'
        from generate_series(1, {rows}) as n;
        insert into link_request (address_hash, window_started_at, requests)
        select sha256(convert_to(n::text, 'UTF8')), now() - interval '2 days', 1
        from generate_series(1, {rows}) as n;
        insert into sign_in_challenge (hash, account_id, expires_at)
        select sha256(convert_to(n::text, 'UTF8')), '{account}', now() - interval '1 hour'
        from generate_series(1, {rows}) as n;
        insert into google_flow (hash, intent, expires_at)
        select sha256(convert_to(n::text, 'UTF8')), 'SIGN_IN', now() - interval '1 hour'
        from generate_series(1, {rows}) as n;
        insert into company_solution (tenant_id, solution, country_version, plan, state)
        select m.tenant_id, 'pos', m.country_version, 'pyme', 'ACTIVE' from membership m
        where m.account_id = '{account}'
        on conflict do nothing;
        insert into launch_code (tenant_id, hash, account_id, session_id, solution, expires_at)
        select m.tenant_id, sha256(convert_to(n::text, 'UTF8')), m.account_id, s.id, 'pos',
          now() - interval '1 hour'
        from membership m
        join (
          select id, account_id from session where expires_at > now() and revoked_at is null
          and account_id = '{account}' limit 1) s on s.account_id = m.account_id
        cross join generate_series(1, {rows}) as n;
        commit
    """)


def counts(hub):
    """How many rows each table has, by what the log calls it."""
    tables = ", ".join(f"(select count(*) from {table})" for table in COUNTED.values())
    return dict(zip(COUNTED, map(int, hub.sql(f"select {tables}").split("|"))))


def removed(*hubs):
    """What the servers say they took away, together."""
    total = collections.Counter()
    for hub in hubs:
        for event in hub.events("housekeeping done"):
            total.update({what: int(event[what]) for what in COUNTED if what in event})
    return total


def ready(hub):
    until(lambda: hub.request("GET", "/readyz").status == 200, "the hub is ready")
    return hub


@contextlib.contextmanager
def held(hub, statement):
    """Seven rows that somebody has in hand."""
    psql = subprocess.Popen(
        ["psql", "-XqAt", "-d", hub.database_url(hub.database)], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    )
    psql.stdin.write(f"begin; select count(*) from ({statement}) as rows;\n")
    psql.stdin.flush()
    assert psql.stdout.readline() == "7\n"
    yield
    psql.communicate("rollback;\n", timeout=30)


def test_two_servers_share_the_work_and_take_away_nothing_else(mail_hub):
    first = ready(mail_hub())
    person = first.person()
    signed_in = sign_in(first, person.email).data["signIn"]["session"]
    renewed = refresh(first, signed_in["refreshToken"]).data["refreshSession"]["session"]
    first.stop()
    # What a sign-in took of its client's guesses comes back by itself, sooner or later.
    first.sql("delete from sign_in_guess")
    before = counts(first)
    backlog(first, person.account, 1200)
    servers = [mail_hub(**OFTEN), mail_hub(**OFTEN)]
    until(lambda: counts(first) == before, "what is past keeping is gone")
    # Told by one of them each, with nothing told twice.
    each = {what: 1200 for what in COUNTED} | {"refreshTokens": 2400}
    until(lambda: removed(*servers) == each, "each row is told of once")
    # What lives goes on: by its newest token, and until a used one comes again.
    hub = ready(servers[0])
    again = refresh(hub, renewed["refreshToken"]).data["refreshSession"]["session"]
    first.sql("update refresh_token set used_at = used_at - interval '1 minute'")
    assert refresh(hub, signed_in["refreshToken"]).data["refreshSession"]["session"] is None
    assert refresh(hub, again["refreshToken"]).data["refreshSession"]["session"] is None
    for server in [first, *servers]:
        assert "ERROR" not in server.log()[1] and '"error"' not in server.log()[1]


@pytest.mark.parametrize(
    "table, statement",
    [
        ("session", "select from session where expires_at < now() order by id limit 7 for update"),
        ("one_time_link", "select from one_time_link order by id limit 7 for update"),
        ("refresh_token", "select from refresh_token order by hash limit 7 for update"),
    ],
)
def test_a_row_that_somebody_holds_is_left_until_the_next_time(mail_hub, table, statement):
    first = mail_hub()
    first.stop()
    person = first.person()
    before = int(first.sql(f"select count(*) from {table}"))
    backlog(first, person.account, 60)
    with held(first, statement):
        server = ready(mail_hub(**OFTEN))
        until(
            lambda: int(first.sql(f"select count(*) from {table}")) == before + 7,
            "all but what is held is gone",
        )
        # Nobody who signs in meanwhile waits for what is held.
        assert sign_in(server, person.email).data["signIn"]["session"]
        ours = 1 if table != "one_time_link" else 0
    until(
        lambda: int(first.sql(f"select count(*) from {table}")) == before + ours,
        "what was held is gone",
    )


def test_a_device_whose_sessions_are_long_over_is_no_new_one(mail_hub):
    hub = ready(mail_hub(**OFTEN))
    person = hub.person()
    assert sign_in(hub, person.email, headers={"User-Agent": "Phone/1"}).data["signIn"]["session"]
    hub.sql(f"""
        update session set created_at = now() - interval '200 days',
          expires_at = now() - interval '170 days', idle_expires_at = now() - interval '170 days'
        where account_id = '{person.account}'""")
    backlog(hub, person.account, 5)

    def told():
        return hub.sql(
            f"select count(*) from mail where account_id = '{person.account}'"
            " and kind = 'new_device'"
        )

    before = told()
    until(
        lambda: hub.sql(
            f"select count(*) from session where account_id = '{person.account}'"
            " and kept_at is null"
        ) == "0",
        "each session was looked at",
    )
    assert sign_in(hub, person.email, headers={"User-Agent": "Phone/1"}).data["signIn"]["session"]
    assert told() == before
    assert sign_in(hub, person.email, headers={"User-Agent": "Phone/2"}).data["signIn"]["session"]
    assert int(told()) == int(before) + 1
