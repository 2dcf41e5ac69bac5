"""Subscription.events: what changed arrives once and in order, over reconnects, killed servers, two
servers and slow readers; and nothing of another company, nor anything for who may not know."""

import contextlib
import http.client
import json
import queue
import signal
import socket
import threading

import pytest

from event_documents import EVENT, events, update_company
from hub import PATIENCE_SECONDS, until
from streams import Events

FOLLOW = (
    "subscription($after: EventCursor, $types: [EventType!], $without: String) {"
    " events(after: $after, types: $types, excludeOrigin: $without) {" + EVENT + "} }"
)


class Stream:
    """The events that one client follows, read by a thread of its own."""

    def __init__(self, hub, person, **variables):
        self.connection = hub.connect()
        self.connection.request(
            "POST", "/graphql", json.dumps({"query": FOLLOW, "variables": variables}),
            {
                "Content-Type": "application/json", "Accept": "text/event-stream",
                "Authorization": f"Bearer {person.token}",
            },
        )
        self.events = Events(self.connection, self.connection.getresponse())
        self.said = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        try:
            for name, data in self.events:
                self.said.put((name, data))
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            # Closed while it was read from.
            pass
        self.said.put(("end", None))

    def next(self):
        """The next event; fails where the stream says something else."""
        name, data = self.said.get(timeout=PATIENCE_SECONDS)
        assert name == "next" and "errors" not in data, (name, data)
        return data["data"]["events"]

    def take(self, count):
        return [self.next() for _ in range(count)]

    def until_ended(self):
        """What it said until it ended."""
        said = []
        while True:
            name, data = self.said.get(timeout=PATIENCE_SECONDS)
            if name == "end":
                return said
            said.append((name, data))

    def close(self):
        self.events.close()


@pytest.fixture
def follow():
    streams = contextlib.ExitStack()

    def open_stream(hub, person, **variables):
        stream = Stream(hub, person, **variables)
        streams.callback(stream.close)
        return stream

    with streams:
        yield open_stream


def ready(served):
    """A server that has reached the database: one that has not yet refuses a stream."""
    until(lambda: served.request("GET", "/readyz").status == 200, "the server is ready")
    return served


def refusal(hub, person, **variables):
    """The answer instead of a stream."""
    fields = {"Content-Type": "application/json", "Accept": "text/event-stream"}
    if person:
        fields["Authorization"] = f"Bearer {person.token}"
    body = json.dumps({"query": FOLLOW, "variables": variables})
    return hub.request("POST", "/graphql", body, fields)


def position(cursor):
    """The number of the event that a cursor stands behind: a test may know how they are made."""
    return int(cursor[4:20], 16)


def names(found):
    return [event["changes"][0]["after"] for event in found]


def rename(hub, person, *numbers, **options):
    for number in numbers:
        update_company(hub, person, tradeName=f"Nombre {number}", **options)
    return [f"Nombre {number}" for number in numbers]


def test_what_changes_once_the_stream_is_open_is_told_as_a_page_would(hub, follow):
    ana = hub.person()
    stream = follow(hub, ana)
    assert stream.events.status == 200
    rename(hub, ana, 1)
    assert stream.next() == events(hub, ana)["events"][-1]


def test_a_cursor_goes_on_where_it_stood(hub, follow):
    ana = hub.person()
    start = events(hub, ana)["cursor"]
    wanted = rename(hub, ana, *range(120))
    stream = follow(hub, ana, after=start)
    seen = stream.take(70)
    stream.close()
    wanted += rename(hub, ana, 120, 121)
    again = follow(hub, ana, after=seen[-1]["cursor"])
    seen += again.take(52)
    assert names(seen) == wanted


def test_types_and_ones_own_origin_are_left_out(hub, follow):
    ana = hub.person()
    stream = follow(hub, ana, types=["company.updated"], without="mine")
    rename(hub, ana, 1, origin="mine")
    caro = hub.person(tenant=ana.tenant)
    hub.sql(f"update membership set role = 'seller' where account_id = '{caro.account}'")
    rename(hub, ana, 2, origin="theirs")
    rename(hub, ana, 3)
    assert names(stream.take(2)) == ["Nombre 2", "Nombre 3"]


def test_what_an_operator_changes_arrives(hub, follow):
    ana = hub.person()
    stream = follow(hub, ana)
    hub.sql(f"update company set trade_name = 'Por psql' where tenant_id = '{ana.tenant}'")
    event = stream.next()
    assert names([event]) == ["Por psql"] and event["actor"]["kind"] == "OPERATOR"


def test_two_companies_and_nothing_of_one_in_the_stream_of_the_other(hub, follow):
    ana, luis = hub.person(), hub.person()
    of_ana, of_luis = follow(hub, ana), follow(hub, luis)
    for number in range(5):
        rename(hub, ana, f"de Ana {number}")
        rename(hub, luis, f"de Luis {number}")
    assert names(of_ana.take(5)) == [f"Nombre de Ana {number}" for number in range(5)]
    assert names(of_luis.take(5)) == [f"Nombre de Luis {number}" for number in range(5)]
    assert of_ana.said.empty() and of_luis.said.empty()


@pytest.mark.parametrize("role", ["accountant", "assistant", "seller"])
def test_the_stream_is_for_administrators(hub, role):
    refused = refusal(hub, hub.person(role))
    assert (refused.status, refused.codes) == (403, ["FORBIDDEN"])


def test_the_stream_is_for_nobody_without_a_session(hub):
    refused = refusal(hub, None)
    assert (refused.status, refused.codes) == (401, ["UNAUTHENTICATED"])


@pytest.mark.parametrize("end", [
    "update session set revoked_at = now() where id = '{0.session}'",
    "delete from membership where account_id = '{0.account}'",
    "update membership set role = 'seller' where account_id = '{0.account}'",
])
def test_a_session_that_ends_or_a_role_that_goes_ends_the_stream(serve, hub, follow, end):
    served = serve(SESSION_CHECK_SECONDS="0.2")
    ana = hub.person()
    other = hub.person(tenant=ana.tenant)
    stream = follow(served, ana)
    rename(hub, other, 1)
    stream.next()
    hub.sql(end.format(ana))
    rename(hub, other, 2)
    said = stream.until_ended()
    assert "Nombre 2" not in json.dumps(said)


def test_two_servers_tell_the_same(serve, hub, follow):
    first, second = ready(serve()), ready(serve())
    ana = hub.person()
    streams = [follow(first, ana), follow(second, ana)]
    wanted = []
    for number in range(10):
        wanted += rename([first, second][number % 2], ana, number)
    told = [stream.take(10) for stream in streams]
    assert names(told[0]) == wanted and told[0] == told[1]


def test_a_server_that_is_killed_loses_and_repeats_nothing(serve, hub, follow):
    ana = hub.person()
    cursor = events(hub, ana)["cursor"]
    done = threading.Event()
    wanted = []

    def write():
        number = 0
        while not done.is_set():
            wanted.extend(rename(hub, ana, number))
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    seen = []
    for _ in range(3):
        served = ready(serve())
        stream = follow(served, ana, after=cursor)
        seen += stream.take(15)
        served.stop(signal.SIGKILL)
        # What came through the wire and was not taken is asked for again.
        cursor = seen[-1]["cursor"]
    done.set()
    writer.join()
    stream = follow(hub, ana, after=cursor)
    seen += stream.take(len(wanted) - len(seen))
    assert names(seen) == wanted and stream.said.empty()


def test_who_reads_slowly_misses_nothing_and_is_waited_for(hub):
    # More than the buffers of a connection hold that takes little at once.
    count = 2_000
    ana = hub.person()
    start = events(hub, ana)["cursor"]
    hub.sql(
        f"do $$ begin for n in 1..{count} loop"
        " update company set trade_name = 'Lento ' || n, address_city = repeat(n % 9 || '', 90),"
        " address_description = repeat(n % 8 || '', 250), legal_name = repeat(n % 7 || '', 250)"
        f" where tenant_id = '{ana.tenant}'; if n % 50 = 0 then commit; end if;"
        " end loop; end $$"
    )
    connection = hub.connect()
    connection.connect()
    wire = connection.sock
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.request(
        "POST", "/graphql", json.dumps({"query": FOLLOW, "variables": {"after": start}}),
        {
            "Content-Type": "application/json", "Accept": "text/event-stream",
            "Authorization": f"Bearer {ana.token}",
        },
    )
    response = connection.getresponse()
    # Nothing is read from the wire: the server comes to a halt before the end of the log.
    reads = (
        "select coalesce(max(query_start), 'epoch') < now() - interval '1 second'"
        " from pg_stat_activity where query ~ 'FROM event_page' and pid <> pg_backend_pid()"
    )
    until(lambda: hub.sql(reads) == "t", "the server waits for its reader")
    hub.sql("select purge_events(-86400, 100000)")
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
    found = []
    for name, data in Events(connection, response):
        if name == "next":
            found.append(data["data"]["events"])
        if len(found) == count:
            break
    connection.close()
    assert [position(event["cursor"]) for event in found] == list(
        range(position(start) + 1, position(start) + count + 1))
    kept = [event for event in found if not event["isErased"]]
    told = [
        change["after"] for event in kept for change in event["changes"]
        if change["field"] == "tradeName"
    ]
    assert told == [f"Lento {number}" for number in range(1, len(kept) + 1)]
    assert 0 < len(kept) < count, "all of the log was read at once"


@pytest.mark.parametrize("after", ["ev1-x", "ev1-00000000000000010badc0de"])
def test_a_cursor_that_is_none_is_refused(hub, after):
    refused = refusal(hub, hub.person(), after=after)
    assert b'"errors"' in refused.body and b'"data"' not in refused.body, refused.body
    assert b"BAD_USER_INPUT" in refused.body or b"GRAPHQL_VALIDATION" in refused.body


def test_a_type_that_there_is_not_is_refused(hub):
    refused = refusal(hub, hub.person(), types=["company.update"])
    assert b"there is no such type of event" in refused.body and b'"data"' not in refused.body
