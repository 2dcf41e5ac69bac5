"""security.sessions: what a person is shown of where they are signed in, when it was last used, and
when it ends."""

import concurrent.futures
import time

import pytest

from hub import until
from session_documents import refresh, sign_in

SESSIONS = """
{ security { sessions {
  id device browser system addressRange createdAt lastSeenAt isCurrent
} } }
"""
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/17.5 Mobile/15E148 Safari/604.1"
)
WRITING_SECONDS = 0.3


def sessions(hub, token):
    return hub.ask(SESSIONS, token=token).data["security"]["sessions"]


def open_session(hub, person, agent="curl/8.5.0", address="192.0.2.77"):
    answer = sign_in(
        hub, person.email, headers={"User_Agent": agent, "X_Forwarded_For": address}
    )
    return answer.data["signIn"]["session"]


def seldom(serve):
    """A hub that writes down when sessions were used at its end alone."""
    served = serve(SEEN_SESSIONS_SECONDS="86400")
    until(lambda: served.request("GET", "/readyz").status == 200, "the hub is ready")
    return served


def last_seen(hub, person):
    return hub.sql(f"select extract(epoch from last_seen_at) from session where id = '{person.session}'")


def test_a_session_tells_what_people_know_it_by(hub):
    person = hub.person()
    token = open_session(hub, person, FIREFOX, "203.0.113.200")["accessToken"]
    open_session(hub, person, PHONE, "2001:db8:12:34::9")
    open_session(hub, person, "Gestor/1.0", "junk")
    found = sessions(hub, token)
    told = {
        (one["browser"], one["system"], one["addressRange"], one["isCurrent"]) for one in found
    }
    assert told == {
        ("Firefox", "Linux", "203.0.113.0/24", True),
        ("Safari", "iOS", "2001:db8:12::/48", False),
        (None, None, "127.0.0.0/24", False),
        # Made by the test itself, from nowhere.
        (None, None, None, False),
    }
    assert {FIREFOX, PHONE, "Gestor/1.0", "test"} == {one["device"] for one in found}
    assert all(one["createdAt"] <= one["lastSeenAt"] for one in found)


def test_a_long_user_agent_is_cut_and_no_reason_to_fail(hub):
    person = hub.person()
    token = open_session(hub, person, "Firefox/1 " + "x" * 5000)["accessToken"]
    (one,) = [one for one in sessions(hub, token) if one["isCurrent"]]
    assert len(one["device"]) == 200 and one["browser"] == "Firefox"


@pytest.fixture(scope="module")
def eager(serve):
    """A hub that writes down often when sessions were used."""
    return serve(SEEN_SESSIONS_SECONDS=str(WRITING_SECONDS))


def backdate(hub, person, seconds=3600):
    hub.sql(
        f"update session set last_seen_at = last_seen_at - interval '{seconds} seconds' "
        f"where id = '{person.session}'"
    )


def test_a_read_writes_nothing_and_its_time_is_written_afterwards(hub, eager):
    person = hub.person()
    backdate(hub, person)
    before = last_seen(hub, person)
    for _ in range(20):
        assert hub.ask("{ profile { id } }", token=person.token).status == 200
    # The shared hub writes once a minute: nothing came of twenty reads yet.
    assert last_seen(hub, person) == before
    asked_at = time.time()
    assert eager.ask("{ profile { id } }", token=person.token).status == 200
    until(lambda: last_seen(hub, person) != before, "the session was written down as seen")
    assert asked_at - 2 <= float(last_seen(hub, person)) <= time.time()


def test_many_sessions_are_written_in_one_statement(hub, serve):
    people = [hub.person() for _ in range(12)]
    for person in people:
        backdate(hub, person)
    # Each statement is one transaction, and so are a row's writers told from each other.
    transactions = (
        "select count(distinct xmin::text) from session where id in "
        f"({', '.join(repr(person.session) for person in people)}) and last_seen_at > now() - "
        "interval '10 minutes'"
    )
    served = seldom(serve)
    for person in people:
        assert served.ask("{ profile { id } }", token=person.token).status == 200
    assert hub.sql(transactions) == "0"
    # What is in memory is written when the server ends.
    served.stop()
    assert hub.sql(transactions) == "1"
    seen = "select bool_and(last_seen_at > now() - interval '10 minutes') from session where id in "
    assert hub.sql(seen + f"({', '.join(repr(person.session) for person in people)})") == "t"


def test_several_servers_write_and_the_later_time_stays(hub, serve):
    person = hub.person()
    one, two = seldom(serve), seldom(serve)
    assert one.ask("{ profile { id } }", token=person.token).status == 200
    hub.sql(f"update session set last_seen_at = now() + interval '1 minute' where id = '{person.session}'")
    later = last_seen(hub, person)
    one.stop()
    assert last_seen(hub, person) == later
    backdate(hub, person, 7200)
    assert two.ask("{ profile { id } }", token=person.token).status == 200
    two.stop()
    assert time.time() - 60 < float(last_seen(hub, person)) <= time.time()


def test_a_session_that_ended_is_not_seen_any_more(hub, serve):
    person = hub.person()
    served = seldom(serve)
    assert served.ask("{ profile { id } }", token=person.token).status == 200
    backdate(hub, person)
    hub.sql(f"update session set revoked_at = now() where id = '{person.session}'")
    before = last_seen(hub, person)
    served.stop()
    assert last_seen(hub, person) == before


def test_two_refreshes_at_the_same_instant_have_one_result(hub):
    """Whoever comes first: both go on with the same successor, and the session lives."""
    for _ in range(5):
        person = hub.person()
        token = hub.refresh_token(person)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda _: refresh(hub, token), range(2)))
        opened = [answer.data["refreshSession"]["session"] for answer in answers]
        assert opened[0]["refreshToken"] == opened[1]["refreshToken"]
        count = "select count(*), count(used_at) from refresh_token where session_id = '%s'"
        assert hub.sql(count % person.session) == "2|1"
        for one in opened:
            assert hub.ask("{ profile { id } }", token=one["accessToken"]).status == 200


@pytest.mark.parametrize("column", ["idle_expires_at", "expires_at"])
def test_an_access_token_ends_with_its_session_by_either_clock(hub, column):
    person = hub.person()
    session = open_session(hub, person)
    assert hub.ask("{ profile { id } }", token=session["accessToken"]).status == 200
    ends = {"idle_expires_at": "idle_expires_at = now()",
            "expires_at": "expires_at = now(), idle_expires_at = now()"}[column]
    hub.sql(f"update session set {ends} where account_id = '{person.account}'")
    assert hub.ask("{ profile { id } }", token=session["accessToken"]).status == 401
    assert refresh(hub, session["refreshToken"]).data["refreshSession"]["session"] is None


def test_the_idle_end_moves_with_each_refresh_and_the_absolute_one_never(hub):
    person = hub.person()
    token = open_session(hub, person)["refreshToken"]
    ends = (
        "select round(extract(epoch from idle_expires_at - now()) / 86400), "
        "round(extract(epoch from expires_at - now()) / 86400) from session "
        f"where account_id = '{person.account}' and device <> 'test'"
    )
    assert hub.sql(ends) == "30|180"
    hub.sql(
        "update session set idle_expires_at = now() + interval '1 day', "
        "expires_at = now() + interval '20 days' "
        f"where account_id = '{person.account}' and device <> 'test'"
    )
    assert refresh(hub, token).data["refreshSession"]["session"]
    assert hub.sql(ends) == "20|20"
