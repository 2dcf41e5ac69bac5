"""The links that mails carry, as the outbox's rows name them: their tokens, and whose they are."""

import base64
import hashlib
import hmac
import json
import random
import statistics
import time
import uuid

from hub import encoded


def token(hub, link, purpose):
    """The token of a link, derived as the hub does it."""
    _, key = (hub.data / "token-keys").read_text().strip().split(":")
    links = hmac.digest(base64.b64decode(key), b"mi-alegra/one-time-link/1", "sha256")
    code = hmac.digest(links, uuid.UUID(link).bytes + purpose.encode(), "sha256")
    return "lt_" + encoded(uuid.UUID(link).bytes + code)


def mails(hub, address):
    """What was asked to be told to an address, in order: kinds, links and the rest. The tests of
    links sign in to look whether it can be done, which is told of as well, but not theirs."""
    rows = hub.sql(
        f"""select to_jsonb(m) || jsonb_build_object('purpose', l.purpose)
        from mail m left join one_time_link l on l.id = m.link_id
        where lower(m.address) = lower('{address}') and m.kind <> 'new_device'
        order by m.created_at, m.kind"""
    )
    return [json.loads(row) for row in rows.splitlines()]


def kinds(hub, address):
    return [mail["kind"] for mail in mails(hub, address)]


def mailed_token(hub, address, kind):
    """The token of the last mail of this kind to an address."""
    mail = next(mail for mail in reversed(mails(hub, address)) if mail["kind"] == kind)
    return token(hub, mail["link_id"], mail["purpose"])


def link_of(token):
    """The id of a token's link."""
    return str(uuid.UUID(bytes=base64.urlsafe_b64decode(token[3:] + "=")[:16]))


def expire(hub, token):
    link = link_of(token)
    hub.sql(f"update one_time_link set expires_at = now() where id = '{link}'")


def house(hub):
    """Everything that a refusal leaves as it is, as one text; mails may be on their way."""
    tables = ["account", "account_google", "company", "membership", "session", "one_time_link"]
    # When a session was last seen is noted by the minute, whatever is asked.
    row = "to_jsonb(t) - 'last_seen_at'"
    parts = [f"select jsonb_agg({row} order by ({row})::text) from {it} t" for it in tables]
    parts.append("select kind, address, facts, link_id from mail order by id")
    return hub.sql(";\n".join(parts))


def not_tokens(hub, purpose, others):
    """What is no token for a purpose: other forms, forgeries, unknown links, and the others."""
    link = str(uuid.uuid4())
    known = token(hub, link, purpose)
    flipped = known[:-1] + ("A" if known[-1] != "A" else "B")
    return [
        "", "lt_", known, flipped, known[:-1], known + "A", "rt_" + known[3:], known.upper(),
        "lt_" + "A" * 64, link, "\u00f1" * 67, *others,
    ]


def digest(purpose, address):
    return hashlib.sha256(f"{purpose}:{address.lower()}".encode()).hexdigest()


def forget_link_requests(hub, address):
    """Lets mails with links be asked for an address anew, as if its window were over."""
    for purpose in ("sign_up", "reset_password", "change_email"):
        hub.sql(f"delete from link_request where address_hash = '\\x{digest(purpose, address)}'")


def take_the_same_time(hub, make_pair, rounds=8):
    """Whether two requests take the same time by their medians, within a quarter.

    `make_pair` makes two that are ready to be sent. They are sent in turns, in either order, while
    no mail is on its way. What else the machine does blurs a round; only what is there in each of
    them, with all measurements together, is a difference.
    """
    taken = [], []
    ratios = []
    for _ in range(rounds):
        for _ in range(25):
            pair = list(enumerate(make_pair()))
            random.shuffle(pair)
            for which, send in pair:
                hub.send_mails()
                before = time.perf_counter()
                send()
                taken[which].append(time.perf_counter() - before)
        ratios.append(statistics.median(taken[0]) / statistics.median(taken[1]))
        if 4 / 5 < ratios[-1] < 5 / 4:
            return True
    print(ratios)
    return False


def work_ratio(hub, call, known, unknown):
    """How much longer a statement works for known addresses than for unknown ones, by medians.

    Within the database, where nothing but its work is measured; all of it is rolled back. The call
    is a function's, of `address` and of `caller`, one of many people with a session.
    """
    answer = hub.sql(
        f"""begin;
        create temporary table took (is_known boolean, span interval) on commit drop;
        insert into account (email, country)
        select 'known-' || n || '@time.example', 'CO' from generate_series(1, 300) as n;
        insert into account (email, country)
        select 'caller-' || n || '@time.example', 'CO' from generate_series(1, 600) as n;
        insert into session (account_id, device, expires_at, idle_expires_at)
        select id, 'time', now() + interval '1 hour', now() + interval '1 hour' from account
        where email like 'caller-%';
        do $time$
        declare
          address text;
          caller session;
          begun timestamptz;
        begin
          for n in 1..600 loop
            address := case when n % 2 = 0 then '{known}' else '{unknown}' end;
            address := replace(address, '#', (n / 2 + n % 2)::text);
            select s.* into caller from session s join account a on a.id = s.account_id
            where a.email_key = 'caller-' || n || '@time.example';
            begun := clock_timestamp();
            perform {call};
            insert into took values (n % 2 = 0, clock_timestamp() - begun);
          end loop;
        end
        $time$;
        select percentile_cont(0.5) within group (order by span) filter (where is_known),
          percentile_cont(0.5) within group (order by span) filter (where not is_known)
        from (select is_known, extract(epoch from span) as span from took) as it;
        rollback"""
    )
    for_known, for_unknown = map(float, answer.split("|"))
    return for_known / for_unknown
