"""Subscriptions over graphql-transport-ws and over server-sent events, against a running hub whose
schema has subscriptions of the tests' own."""

import contextlib
import http.client
import json
import re
import signal
import socket as sockets
import ssl
import struct
import time

import pytest
import websockets.exceptions
import websockets.sync.client

from hub import PATIENCE_SECONDS, certificate, until
from streams import SUBPROTOCOL, StreamHub


@pytest.fixture(scope="module")
def stream(hub):
    running = StreamHub(hub)
    yield running
    assert running.stop() == 0


@pytest.fixture
def start(hub):
    """Starts a hub of its own with settings."""
    running = []

    def start(**settings):
        running.append(StreamHub(hub, **settings))
        return running[-1]

    yield start
    for stream in running:
        if stream.process.poll() is None:
            assert stream.stop() == 0


@pytest.fixture
def ana(hub):
    return hub.person()


def end_session(hub, person):
    hub.sql(f"update session set revoked_at = now() where id = '{person.session}'")


# Sockets: the protocol -------------------------------------------------------------------------


def test_a_subscription_answers_each_event_and_its_end(stream):
    with stream.socket() as socket:
        socket.subscribe("1", "subscription($to: Int!) { count(to: $to) }", variables={"to": 2})
        assert [socket.receive() for _ in range(3)] == [
            {"type": "next", "id": "1", "payload": {"data": {"count": 1}}},
            {"type": "next", "id": "1", "payload": {"data": {"count": 2}}},
            {"type": "complete", "id": "1"},
        ]
        # The id is free again.
        socket.subscribe("1", "{ __typename }")
        assert socket.receive()["payload"] == {"data": {"__typename": "Query"}}
        assert socket.receive() == {"type": "complete", "id": "1"}


def test_queries_and_mutations_are_answered_as_over_http(stream, ana):
    with stream.socket(ana.token) as socket:
        socket.subscribe("q", "{ company { legalName } }")
        assert socket.receive()["payload"] == {"data": {"company": {"legalName": "Prueba"}}}
        assert socket.receive()["type"] == "complete"
        socket.subscribe("m", 'mutation { say(input: {text: "hi"}) { listeners } }')
        assert socket.receive()["payload"] == {"data": {"say": {"listeners": 0}}}
        assert socket.receive()["type"] == "complete"


@pytest.mark.parametrize(
    "query, code",
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { count(to: 1) __typename }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription($to: Int!) { count(to: $to) }", "BAD_USER_INPUT"),
        ("subscription { said { text } }", "UNAUTHENTICATED"),
        ("{ company { legalName } }", "UNAUTHENTICATED"),
        ("mutation { signOut(input: {}) { userErrors { code } } }", "TRANSPORT_NOT_SUPPORTED"),
    ],
)
def test_what_cannot_be_executed_is_one_error_and_no_complete(stream, query, code):
    with stream.socket() as socket:
        socket.subscribe("1", query)
        message = socket.receive()
        assert (message["type"], message["id"]) == ("error", "1")
        assert {error["extensions"]["code"] for error in message["payload"]} == {code}
        socket.subscribe("1", "{ __typename }")
        assert socket.receive()["type"] == "next"


def test_a_source_that_fails_ends_its_own_operation_and_says_nothing_of_the_cause(stream):
    with stream.socket() as socket:
        socket.subscribe("1", "subscription { failing(after: 1) }")
        assert socket.receive()["payload"] == {"data": {"failing": 1}}
        message = socket.receive()
        assert message["type"] == "error"
        assert message["payload"][0]["extensions"] == {"code": "INTERNAL"}
        assert "Fault" not in json.dumps(message)
    assert "Fault" in stream.log_file.read_text()


def test_a_role_decides_and_an_event_shows_the_subscribers_own_company(stream, hub, ana):
    seller = hub.person(role="seller", tenant=ana.tenant)
    other = hub.person()
    with stream.socket(ana.token) as mine, stream.socket(other.token) as theirs:
        for socket in (mine, theirs):
            socket.subscribe("1", "subscription { said { text company { id } } }")
        until(lambda: stream.say("hello", ana.token)["listeners"] == 1, "a listener")
        assert mine.receive()["payload"]["data"]["said"] == {
            "text": "hello", "company": {"id": ana.tenant},
        }
        until(lambda: stream.say("olá", other.token)["listeners"] == 1, "a listener")
        assert theirs.receive()["payload"]["data"]["said"] == {
            "text": "olá", "company": {"id": other.tenant},
        }
    with stream.socket(seller.token) as socket:
        socket.subscribe("1", "subscription { secret { text } }")
        message = socket.receive()
        assert message["type"] == "error"
        assert message["payload"][0]["extensions"]["code"] == "FORBIDDEN"


def test_complete_stops_an_operation_and_one_that_crossed_means_nothing(stream, ana):
    with stream.socket(ana.token) as socket:
        socket.subscribe("1", "subscription { said { text } }")
        until(lambda: stream.say("a", ana.token)["listeners"] == 1, "a listener")
        socket.send(id="1", type="complete")
        socket.send(id="1", type="complete")
        socket.send(id="never", type="complete")
        until(lambda: stream.say("b", ana.token)["listeners"] == 0, "nobody listens")
        socket.send(type="ping", payload={"n": 1})
        said = []
        while not said or said[-1]["type"] != "pong":
            said.append(socket.receive())
        assert said[-1] == {"type": "pong", "payload": {"n": 1}}


def test_a_client_that_leaves_stops_its_operations(stream, ana):
    with stream.socket(ana.token) as socket:
        socket.subscribe("1", "subscription { said { text } }")
        until(lambda: stream.say("a", ana.token)["listeners"] == 1, "a listener")
    until(lambda: stream.say("b", ana.token)["listeners"] == 0, "nobody listens")


@pytest.mark.parametrize(
    "messages, code",
    [
        (["nonsense"], 4400),
        (["[]"], 4400),
        (["{}"], 4400),
        (['{"type": 1}'], 4400),
        (['{"type": "unknown"}'], 4400),
        (['{"type": "connection_init", "payload": 1}'], 4400),
        (['{"type": "subscribe", "id": "1", "payload": {}}'], 4400),
        (['{"type": "subscribe", "id": "", "payload": {"query": "{ __typename }"}}'], 4400),
        (['{"type": "subscribe", "id": 1, "payload": {"query": "{ __typename }"}}'], 4400),
        (['{"type": "subscribe", "id": "1", "payload": {"query": 1}}'], 4400),
        (['{"type": "complete"}'], 4400),
        ([b"binary"], 4400),
        (['{"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }"}}'], 4401),
        (['{"type": "connection_init"}', '{"type": "connection_init"}'], 4429),
        (['{"type": "connection_init", "payload": {"Authorization": "Bearer x"}}'], 4403),
        (['{"type": "connection_init", "payload": {"authorization": 7}}'], 4403),
        (["x" * 70_000], 1009),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_the_protocol_forbids_closes_the_socket(stream, messages, code):
    with stream.socket(init=False) as socket:
        for message in messages:
            socket.connection.send(message)
        assert socket.until_closed()[0] == code


def test_an_id_that_is_taken_closes_the_socket(stream, ana):
    with stream.socket(ana.token) as socket:
        for _ in range(2):
            socket.subscribe("same", "subscription { said { text } }")
        code, reason, _ = socket.until_closed()
        assert (code, reason) == (4409, "Subscriber for same already exists")


def test_a_socket_without_connection_init_is_closed(stream):
    with stream.socket(init=False) as socket:
        assert socket.until_closed()[:2] == (
            4408, "Connection initialisation timeout: socketInitTimeoutSeconds"
        )


def test_operations_beyond_the_limit_are_refused_alone(stream, ana):
    with stream.socket(ana.token) as socket:
        for number in range(9):
            socket.subscribe(str(number), "subscription { said { text } }")
        message = socket.receive()
        assert (message["type"], message["id"]) == ("error", "8")
        assert message["payload"][0]["extensions"] == {
            "code": "LIMIT_EXCEEDED", "limit": "socketOperationsMax",
        }
        until(lambda: stream.say("on", ana.token)["listeners"] == 8, "eight listeners")


def test_an_operation_that_is_stopped_counts_until_its_work_is_done(stream, ana):
    with stream.socket(ana.token) as socket:
        for number in range(9):
            socket.subscribe(str(number), "mutation { hold(input: {}) { userErrors { code } } }")
            socket.send(id=str(number), type="complete")
        message = socket.receive()
        assert (message["type"], message["id"]) == ("error", "8")
        assert message["payload"][0]["extensions"]["limit"] == "socketOperationsMax"
        until(lambda: stream.say("", ana.token)["held"] == 8, "eight are held")
        stream.say("", ana.token, to="held")
        until(lambda: answers_a_query(socket), "there is room again")


def answers_a_query(socket):
    socket.subscribe("q", "{ __typename }")
    if socket.receive()["type"] == "error":
        return False
    assert socket.receive()["type"] == "complete"
    return True


@pytest.mark.parametrize(
    "query", ["mutation { hold(input: {}) { userErrors { code } } }", "subscription { held }"]
)
def test_an_operation_that_is_not_answered_in_time_is_an_error(start, query, ana):
    stream = start(REQUEST_TIMEOUT_SECONDS="0.5")
    with stream.socket() as socket:
        socket.subscribe("1", "subscription { flood }")
        assert socket.receive()["type"] == "next"
        socket.send(id="1", type="complete")
        socket.subscribe("2", query)
        while (message := socket.receive())["id"] == "1":
            pass
        assert (message["type"], message["id"]) == ("error", "2")
        assert message["payload"][0]["extensions"] == {
            "code": "TIMED_OUT", "limit": "requestTimeoutSeconds",
        }
    events = stream.events(query)
    assert events.status == 503
    events.close()
    if query.startswith("subscription"):
        # Nobody waits for them, so they have stopped.
        until(lambda: stream.say("", ana.token)["held"] == 0, "nothing is held")


def test_a_subscription_that_is_open_has_no_time_limit(start, ana):
    stream = start(REQUEST_TIMEOUT_SECONDS="0.2")
    with stream.socket(ana.token) as socket:
        socket.subscribe("1", "subscription { said { text } }")
        events = stream.events("subscription { said { text } }", token=ana.token)
        until(lambda: stream.say("a", ana.token)["listeners"] == 2, "two listeners")
        # One that begins later and is over its time already.
        socket.subscribe("2", "subscription { held }")
        while (message := socket.receive())["id"] == "1":
            pass
        assert message["payload"][0]["extensions"]["code"] == "TIMED_OUT"
        assert stream.say("b", ana.token)["listeners"] == 2
        events.close()


# Sockets: who may stay -------------------------------------------------------------------------


def test_a_socket_is_closed_when_its_token_expires(stream, hub, ana):
    token = hub.access_token(ana.account, ana.tenant, ana.session, exp=int(time.time()) + 2)
    with stream.socket(token) as socket:
        socket.subscribe("1", "subscription { said { text } }")
        assert socket.until_closed()[:2] == (4403, "The access token has expired")


def test_a_socket_is_closed_when_its_session_is_revoked_though_nothing_happens(stream, hub, ana):
    with stream.socket(ana.token) as socket:
        socket.subscribe("1", "subscription { said { text } }")
        until(lambda: stream.say("a", ana.token)["listeners"] == 1, "a listener")
        end_session(hub, ana)
        code, reason, said = socket.until_closed()
        assert (code, reason) == (4401, "The session has ended")


def test_a_member_who_is_removed_is_told_nothing_more(stream, hub, ana):
    guest = hub.person(role="seller", tenant=ana.tenant)
    with stream.socket(guest.token) as socket:
        socket.subscribe("1", "subscription { said { text } }")
        until(lambda: stream.say("before", ana.token)["listeners"] == 1, "a listener")
        hub.sql(f"delete from membership where account_id = '{guest.account}'")
        stream.say("after", ana.token)
        assert "after" not in json.dumps(socket.until_closed())


# Sockets: the handshake and its frames ---------------------------------------------------------


@pytest.mark.parametrize(
    "changes, status",
    [
        ({"Sec-WebSocket-Protocol": "graphql-ws"}, 400),
        ({"Sec-WebSocket-Protocol": None}, 400),
        ({"Sec-WebSocket-Version": "8"}, 426),
        ({"Sec-WebSocket-Key": "short"}, 400),
        ({"Sec-WebSocket-Key": None}, 400),
        ({"Connection": "keep-alive"}, 400),
        ({"Origin": "https://elsewhere.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 101),
        ({"Origin": "http://127.0.0.1:PORT"}, 101),
    ],
    ids=str,
)
def test_a_handshake(stream, changes, status):
    fields = {
        "Host": f"127.0.0.1:{stream.port}", "Connection": "Upgrade", "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol": SUBPROTOCOL,
    } | changes
    lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
    request = "\r\n".join(["GET /graphql HTTP/1.1", *lines, "", ""])
    with sockets.create_connection(("127.0.0.1", stream.port), PATIENCE_SECONDS) as connection:
        connection.sendall(request.replace("PORT", str(stream.port)).encode())
        response = http.client.HTTPResponse(connection)
        response.begin()
        assert response.status == status
        if status == 101:
            # The example of RFC 6455, section 1.3.
            assert response.headers["Sec-WebSocket-Accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
            assert response.headers["Sec-WebSocket-Protocol"] == SUBPROTOCOL


@pytest.mark.parametrize(
    "method, version, status", [("GET", "1.0", 403), ("HEAD", "1.1", 403), ("POST", "1.1", 415)]
)
def test_only_a_get_of_http_1_1_makes_a_socket(stream, method, version, status):
    with sockets.create_connection(("127.0.0.1", stream.port), PATIENCE_SECONDS) as connection:
        connection.sendall(handshake(method, version))
        response = http.client.HTTPResponse(connection, method=method)
        response.begin()
        assert response.status == status


@pytest.mark.parametrize(
    "payload, answer",
    [
        (b"", b""),
        (b"\x03\xe8", b"\x03\xe8"),
        (b"\x0f\xa0bye", b"\x0f\xa0"),
        (b"\x03", 1002),
        (b"\x03\xe7", 1002),  # 999
        (b"\x03\xed", 1002),  # 1005
        (b"\x03\xf7", 1002),  # 1015
        (b"\x07\xd0", 1002),  # 2000
        (b"\x13\x88", 1002),  # 5000
        (b"\x03\xe8\xff\xfe", 1007),
    ],
)
def test_a_clients_closing_is_answered_with_its_code_or_refused(stream, payload, answer):
    with raw_socket(stream, bytes([0x88, 0x80 | len(payload)]) + b"\0\0\0\0" + payload) as connection:
        head = read_exactly(connection, 2)
        told = read_exactly(connection, head[1])
        assert head[0] == 0x88
        assert told == answer if isinstance(answer, bytes) else told[:2] == struct.pack(">H", answer)
        assert connection.recv(1) == b""


def test_a_reason_that_quotes_the_client_fits_into_its_frame(stream):
    # Twenty characters, and forty times as many bytes.
    subscribe = json.dumps({
        "type": "subscribe", "id": ("a" + "\u0301" * 20) * 40,
        "payload": {"query": "subscription { held }"},
    })
    with stream.socket() as socket:
        socket.connection.send(subscribe)
        socket.connection.send(subscribe)
        told, reason, _ = socket.until_closed()
        assert told == 4409
        assert len(reason.encode()) <= 123


@pytest.mark.parametrize(
    "more, code",
    [
        ({"variables": {"a": {"b": "\0"}}}, "INVALID_PARAMETER"),
        (
            {"extensions": {"persistedQuery": {"version": 2, "sha256Hash": "a"}}},
            "PERSISTED_QUERY_NOT_SUPPORTED",
        ),
        ({"extensions": {"persistedQuery": "a"}}, "INVALID_PARAMETER"),
    ],
)
def test_an_operation_that_cannot_be_run_ends_alone(stream, more, code):
    with stream.socket() as socket:
        payload = {"query": "{ __typename }"} | more
        socket.connection.send(json.dumps({"type": "subscribe", "id": "1", "payload": payload}))
        refused = socket.receive()
        assert (refused["type"], refused["id"]) == ("error", "1")
        assert [error["extensions"]["code"] for error in refused["payload"]] == [code]
        # The id is free, and the socket goes on.
        socket.subscribe("1", "{ __typename }")
        assert [socket.receive()["type"] for _ in range(2)] == ["next", "complete"]


@pytest.mark.parametrize(
    "frames, code",
    [
        ([b"\x81\x02hi"], 1002),  # not masked
        ([b"\xc1\x82\0\0\0\0hi"], 1002),  # a reserved bit
        ([b"\x80\x82\0\0\0\0hi"], 1002),  # a continuation of nothing
        ([b"\x01\x81\0\0\0\0a", b"\x81\x81\0\0\0\0b"], 1002),  # a message within a message
        ([b"\x89\xfe\0\x7e\0\0\0\0" + b"a" * 126], 1002),  # a ping too long
        ([b"\x09\x81\0\0\0\0a"], 1002),  # a ping in parts
        ([b"\x81\x82\0\0\0\0\xff\xfe"], 1007),
        ([b'\x81\xa4\0\0\0\0{"type":"pong","payload":{"a":"\xff\xfe"}}'[: 6 + 36]], 1007),
        ([b"\x01\x81\0\0\0\0a"] + [b"\0\x81\0\0\0\0a"] * 70, 1008),
        ([b"\x01\xfe\xff\xff\0\0\0\0" + b"a" * 65535] + [b"\0\xfe\xff\xff\0\0\0\0" + b"a" * 65535], 1009),
    ],
    ids=range(10),
)
def test_frames_that_are_forbidden_close_the_socket(stream, frames, code):
    with raw_socket(stream) as connection:
        try:
            for frame in frames:
                connection.sendall(frame)
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert closing_code(connection) == code


def test_bytes_behind_the_handshake_are_not_lost_and_a_message_may_come_in_frames(stream):
    text = b'{"type":"connection_init"}'
    parts = [text[:5], text[5:9], text[9:]]
    kinds = [0x01, 0x00, 0x80]
    frames = b"".join(
        bytes([kind, 0x80 | len(part)]) + b"\0\0\0\0" + part for kind, part in zip(kinds, parts)
    )
    with raw_socket(stream, frames) as connection:
        data = read_exactly(connection, 2 + len('{"type":"connection_ack"}'))
        assert data[2:] == b'{"type":"connection_ack"}'


# Masked by zeros.
INIT = b"\x81\x9a\0\0\0\0" + b'{"type":"connection_init"}'


def handshake(method="GET", version="1.1"):
    return (
        f"{method} /graphql HTTP/{version}\r\nHost: h\r\nConnection: Upgrade\r\n"
        "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        f"Sec-WebSocket-Protocol: {SUBPROTOCOL}\r\n\r\n"
    ).encode()


def raw_socket(stream, behind=b""):
    connection = sockets.create_connection(("127.0.0.1", stream.port), PATIENCE_SECONDS)
    connection.sendall(handshake() + behind)
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += read_exactly(connection, 1)
    assert head.startswith(b"HTTP/1.1 101 ")
    return connection


def read_exactly(connection, count):
    data = b""
    while len(data) < count:
        piece = connection.recv(count - len(data))
        assert piece, f"closed after {data!r}"
        data += piece
    return data


def closing_code(connection):
    """Reads frames up to the one that closes."""
    while True:
        head = read_exactly(connection, 2)
        payload = read_exactly(connection, head[1] & 0x7F)
        if head[0] & 0x0F == 8:
            return struct.unpack(">H", payload[:2])[0]


def test_a_client_that_shows_no_sign_of_life_is_let_go(stream):
    with raw_socket(stream, INIT) as connection:
        assert closing_code(connection) == 1001


def test_a_slow_client_does_not_fill_the_servers_memory(stream, ana):
    with raw_socket(stream, INIT) as connection:
        text = b'{"type":"subscribe","id":"1","payload":{"query":"subscription{flood}"}}'
        connection.sendall(bytes([0x81, 0x80 | len(text)]) + b"\0\0\0\0" + text)
        counts = [stream.say("", ana.token)["flooded"]]
        until(
            lambda: counts.append(stream.say("", ana.token)["flooded"]) or counts[-1] > 0
            and len(counts) > 30 and len(set(counts[-20:])) == 1,
            "the source waits for its client",
        )
        assert counts[-1] < 200


def test_a_client_that_takes_nothing_is_let_go(start):
    stream = start(WRITE_TIMEOUT_SECONDS="0.5", LINGER_TIMEOUT_SECONDS="0.2")
    before = stream.open_files()
    with flooded_socket(stream):
        assert stream.open_files() > before
        until(lambda: stream.open_files() <= before, "its connection is closed")


def test_a_client_that_takes_its_time_is_no_silent_one(start):
    stream = start(WRITE_TIMEOUT_SECONDS="30")
    with flooded_socket(stream) as connection:
        # As long as it takes to find that another one is silent: its own signs are not read.
        with raw_socket(stream, INIT) as silent:
            assert closing_code(silent) == 1001
        received = 0
        while received < 20_000_000:
            piece = connection.recv(1 << 20)
            assert piece, f"closed after {received} bytes"
            received += len(piece)


def test_a_stop_does_not_wait_for_a_client_that_takes_nothing(start, ana):
    stream = start(WRITE_TIMEOUT_SECONDS="300", LINGER_TIMEOUT_SECONDS="0.2")
    with flooded_socket(stream):
        # It is asked to stop when nothing more fits into what the kernel holds.
        until(lambda: is_still(stream, ana), "the source waits for its client")
        assert stream.stop() == 0


def test_a_socket_lives_and_ends_over_tls_as_it_does_without(start, tmp_path):
    file, key = certificate(tmp_path, "server")
    stream = start(TLS_CERTIFICATE_FILE=file, TLS_KEY_FILE=key)
    trust = ssl.create_default_context(cafile=file)
    with stream.socket(ssl=trust) as socket:
        socket.subscribe("1", "subscription { count(to: 1) }")
        assert [socket.receive()["type"] for _ in range(2)] == ["next", "complete"]
        socket.connection.send("nonsense")
        # Behind the closing, which must not take its reason along.
        with contextlib.suppress(websockets.exceptions.ConnectionClosed):
            for _ in range(100):
                socket.connection.send("x" * 10_000)
        assert socket.until_closed()[0] == 4400
    with stream.socket(ssl=trust) as socket:
        assert stream.stop() == 0
        assert socket.until_closed()[0] == 1001


def is_still(stream, ana):
    """Whether the flood stands still."""
    counts = set()
    for _ in range(20):
        counts.add(stream.say("", ana.token)["flooded"])
    return len(counts) == 1


def test_nothing_that_would_outlive_it_begins_on_a_server_that_stops(start, hub, ana):
    stream = start()
    logged = stream.log_file.stat().st_size
    with (
        connected(stream) as socket, connected(stream) as events, connected(stream) as teller,
    ):
        hold = b'{"query":"mutation { hold(input: {}) { userErrors { code } } }"}'
        socket.sendall(post(hold) + handshake())
        events.sendall(post(b'{"query":"subscription { held }"}', "text/event-stream"))
        # The last request that it waits for: what is held is let go by its last byte.
        tell = b'{"query":"mutation { say(input: {text: \\"\\", to: \\"held\\"}) { held } }"}'
        request = post(tell, token=ana.token)
        teller.sendall(request[:-1])
        until(lambda: stream.say("", ana.token)["held"] == 2, "both are held")
        stream.process.send_signal(signal.SIGTERM)
        until(lambda: b"server stopping" in stream.log_file.read_bytes()[logged:], "it stops")
        teller.sendall(request[-1:])
        assert statuses(socket) == [200, 503]
        assert statuses(events) == [503]
        assert stream.process.wait(timeout=PATIENCE_SECONDS) == 0


def connected(stream):
    return sockets.create_connection(("127.0.0.1", stream.port), PATIENCE_SECONDS)


def post(body, accept="application/json", token=None):
    authorization = f"Authorization: Bearer {token}\r\n" if token else ""
    return (
        f"POST /graphql HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\n"
        f"Accept: {accept}\r\n{authorization}Content-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def statuses(connection):
    """Of all responses until the hub closes."""
    received = b""
    while piece := connection.recv(65536):
        received += piece
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+) ", received)]


@contextlib.contextmanager
def flooded_socket(stream):
    """A socket whose client has more to take than the kernel holds, and takes nothing."""
    text = b'{"type":"subscribe","id":"1","payload":{"query":"subscription{flood}"}}'
    subscribe = bytes([0x81, 0x80 | len(text)]) + b"\0\0\0\0" + text
    with raw_socket(stream, INIT + subscribe) as connection:
        read_exactly(connection, 1000)
        yield connection


# Server-sent events ----------------------------------------------------------------------------


def test_a_subscription_by_server_sent_events(stream):
    events = stream.events("subscription { count(to: 2) }")
    assert events.status == 200
    assert events.response.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert list(events) == [
        ("next", {"data": {"count": 1}}),
        ("next", {"data": {"count": 2}}),
        ("complete", None),
    ]
    events.close()


def test_a_connection_serves_on_after_a_stream(stream):
    events = stream.events("subscription { count(to: 1) }")
    assert len(list(events)) == 2
    events.connection.request(
        "POST", "/graphql", '{"query": "{ __typename }"}', {"Content-Type": "application/json"}
    )
    assert json.loads(events.connection.getresponse().read()) == {"data": {"__typename": "Query"}}
    events.close()


@pytest.mark.parametrize(
    "query, code",
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription($to: Int!) { count(to: $to) }", "BAD_USER_INPUT"),
    ],
)
def test_a_document_that_cannot_be_executed_is_told_in_the_stream(stream, query, code):
    events = stream.events(query)
    # What is read before the document is known to be a subscription is answered as it was asked.
    assert events.status == 200
    told = list(events)
    assert [event for event, _ in told] == ["next", "complete"]
    assert told[0][1]["errors"][0]["extensions"]["code"] == code
    assert "data" not in told[0][1]
    events.close()


def test_a_query_is_one_event_where_only_events_are_accepted(stream):
    events = stream.events("{ __typename }")
    assert list(events) == [("next", {"data": {"__typename": "Query"}}), ("complete", None)]
    events.close()


@pytest.mark.parametrize(
    "accept, query, status, content_type",
    [
        ("application/json", "subscription { count }", 200, "application/json"),
        ("*/*", "subscription { count }", 200, "application/json"),
        (
            "application/graphql-response+json", "subscription { count }", 400,
            "application/graphql-response+json",
        ),
        (
            "application/graphql-response+json, application/json, text/event-stream",
            "subscription { count }", 200, "text/event-stream",
        ),
        (
            "application/graphql-response+json, application/json, text/event-stream",
            "{ __typename }", 200, "application/graphql-response+json",
        ),
        ("text/event-stream;q=0", "{ __typename }", 406, "application/json"),
    ],
)
def test_accept_decides_between_one_answer_and_a_stream(
    stream, accept, query, status, content_type
):
    events = stream.events(query, Accept=accept)
    assert events.status == status
    assert events.response.headers["Content-Type"] == content_type + "; charset=utf-8"
    body = events.response.read().decode()
    if "subscription" in query and content_type != "text/event-stream":
        assert json.loads(body)["errors"][0]["extensions"]["code"] == "TRANSPORT_NOT_SUPPORTED"
    events.close()


def test_refusals_before_the_stream_keep_their_status(stream, hub, ana):
    end_session(hub, ana)
    for token in (None, "not.a.token", ana.token):
        events = stream.events("subscription { said { text } }", token=token)
        assert events.status == 401
        assert "WWW-Authenticate" in events.response.headers
        events.close()
    seller = hub.person(role="seller")
    events = stream.events("subscription { secret { text } }", token=seller.token)
    assert events.status == 403
    events.close()


def test_a_stream_of_events_ends_when_its_token_expires_or_its_session_is_revoked(
    stream, hub, ana
):
    token = hub.access_token(ana.account, ana.tenant, ana.session, exp=int(time.time()) + 2)
    events = stream.events("subscription { said { text } }", token=token)
    told = list(events)
    assert [event for event, _ in told] == ["next", "complete"]
    assert told[0][1]["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    events.close()

    events = stream.events("subscription { said { text } }", token=ana.token)
    end_session(hub, ana)
    told = list(events)
    assert told[-2][1]["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    # While nothing happened, comments showed that the stream lives.
    events.close()


def test_a_reader_who_leaves_stops_the_source(stream, ana):
    events = stream.events("subscription { said { text } }", token=ana.token)
    assert events.status == 200
    until(lambda: stream.say("a", ana.token)["listeners"] == 1, "a listener")
    events.close()
    until(lambda: stream.say("b", ana.token)["listeners"] == 0, "nobody listens")


def test_a_quiet_stream_shows_signs_of_life(stream, ana):
    events = stream.events("subscription { said { text } }", token=ana.token)
    assert events.response.readline() == b":\n"
    events.close()


def test_a_client_of_http_1_0_reads_until_the_end(stream):
    body = b'{"query":"subscription { count(to: 1) }"}'
    with sockets.create_connection(("127.0.0.1", stream.port), PATIENCE_SECONDS) as connection:
        connection.sendall(
            b"POST /graphql HTTP/1.0\r\nHost: h\r\nContent-Type: application/json\r\n"
            b"Accept: text/event-stream\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
        )
        received = b""
        while piece := connection.recv(65536):
            received += piece
    head, _, events = received.partition(b"\r\n\r\n")
    assert b"transfer-encoding" not in head.lower()
    assert events == b'event: next\ndata: {"data":{"count":1}}\n\nevent: complete\ndata:\n\n'


def test_a_stop_ends_every_stream(hub, ana):
    running = StreamHub(hub)
    events = running.events("subscription { said { text } }", token=ana.token)
    with running.socket(ana.token) as socket:
        socket.subscribe("1", "subscription { said { text } }")
        until(lambda: running.say("a", ana.token)["listeners"] == 2, "two listeners")
        assert running.stop() == 0
        code, _, _ = socket.until_closed()
        assert code == 1001
    # Without `complete`: the client comes back, to another server.
    assert "complete" not in [event for event, _ in events]
    events.close()
