"""Every limit that an answer may name is passed once, and is named with its code."""

import contextlib
import json
import re
import socket
import subprocess

import pytest

from api_tokens import api_token
from hub import JSON, RESPONSE_JSON, ROOT, Answer, until

ABOUT = "{ about { name } }"
PROFILE = "{ profile { firstName } }"
# Small enough to be passed by a line, and none in another's way.
SMALL = {
    "SELECTION_DEPTH_MAX": "2", "ALIASES_MAX": "1", "DIRECTIVES_MAX": "1", "ROOT_FIELDS_MAX": "2",
    "COMPLEXITY_MAX": "60", "VALIDATION_ERRORS_MAX": "2", "VALIDATION_STEPS_MAX": "500",
    "VARIABLES_BYTES_MAX": "40", "RESPONSE_BYTES_MAX": "300",
}


def names(kind, file):
    """The cases of an enum of the server, or the fields of its limits."""
    text = (ROOT / "Sources" / "Server" / file).read_text()
    body = re.search(rf"enum {kind}\b.*?\n}}", text, re.S)[0]
    return re.findall(r"\w+", " ".join(re.findall(r"^  case (.*)$", body, re.M)))


def nested(field, count, leaf):
    return f"{field} {{ " * count + leaf + " }" * count


def ask(query, **body):
    return lambda hub: hub.post({"query": query} | body, {"Accept": RESPONSE_JSON})


def as_json(raw):
    return lambda hub: hub.request(
        "POST", "/graphql", raw, {"Content-Type": JSON, "Accept": RESPONSE_JSON}
    )


def answer_of(received):
    """The last response of what came over a socket."""
    head, _, body = received.rpartition(b"\r\n\r\n")
    status = int(re.findall(rb"HTTP/1\.1 (\d+) ", head)[-1])
    return Answer(status, None, body)


def long_header(hub):
    return answer_of(hub.send(b"GET /livez HTTP/1.1\r\nHost: a\r\nA: " + b"x" * 20_000 + b"\r\n\r\n"))


def many_headers(hub):
    return answer_of(hub.send(b"GET /livez HTTP/1.1\r\nHost: a\r\n" + b"A: b\r\n" * 200 + b"\r\n"))


def half_a_request(line):
    def send(hub):
        with socket.create_connection(("127.0.0.1", hub.port), 30) as connection:
            connection.sendall(line + b" HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{")
            received = b""
            while piece := connection.recv(65536):
                received += piece
        return answer_of(received)

    return send


def one_connection_too_many(hub):
    with contextlib.ExitStack() as held:
        for _ in range(2):
            held.enter_context(socket.create_connection(("127.0.0.1", hub.port), 30))
        until(lambda: refused_connection(hub), "a connection too many", 10)
        return refused_connection(hub)


def refused_connection(hub):
    with socket.create_connection(("127.0.0.1", hub.port), 30) as connection:
        connection.sendall(b"GET /livez HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        received = connection.recv(65536)
    return answer_of(received) if b" 503 " in received else None


@contextlib.contextmanager
def locked(hub, table="account"):
    """Keeps a table from being read until the end."""
    holder = subprocess.Popen(
        ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", hub.database_url()],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    try:
        holder.stdin.write(f"begin; lock table {table};\n\\echo locked\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "locked\n"
        yield
    finally:
        holder.stdin.close()
        holder.wait(timeout=30)
        holder.stdout.close()


def slow(hub):
    """A query that waits in the database."""
    person = hub.database.person()
    with locked(hub.database):
        answer = hub.ask(PROFILE, token=person.token, accept=RESPONSE_JSON)
        ended = "select count(*) from pg_stat_activity where usename = 'hub_app_read'" \
            " and state = 'active' and wait_event_type = 'Lock'"
        if hub.settings.get("EXECUTION_TIMEOUT_SECONDS"):
            # PostgreSQL itself has ended it: the table is still locked, and nobody waits for it.
            assert hub.database.sql(ended) == "0"
    until(lambda: not hub.ask(PROFILE, token=person.token).codes, "answered again")
    return answer


def frame(value):
    """A text frame of a client (RFC 6455, section 5.2), under a mask of zeros."""
    payload = json.dumps(value).encode()
    return b"\x81\xfe" + len(payload).to_bytes(2, "big") + bytes(4) + payload


def message(received):
    """The next message of the server."""
    length = received.read(2)[1]
    if length == 126:
        length = int.from_bytes(received.read(2), "big")
    return json.loads(received.read(length))


def one_operation_too_many(hub):
    """Two operations of a socket, the first of which waits in the database."""
    person = hub.database.person()
    with (
        locked(hub.database),
        socket.create_connection(("127.0.0.1", hub.port), 30) as connection,
        connection.makefile("rb") as received,
    ):
        connection.sendall(
            b"GET /graphql HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            b"Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
        )
        assert received.readline().startswith(b"HTTP/1.1 101")
        while received.readline() != b"\r\n":
            pass
        token = f"Bearer {person.token}"
        init = {"type": "connection_init", "payload": {"Authorization": token}}
        connection.sendall(frame(init | {"padding": "x" * 126}))
        assert message(received) == {"type": "connection_ack"}
        for name in ["first", "second"]:
            start = {"type": "subscribe", "id": name, "payload": {"query": PROFILE}}
            connection.sendall(frame(start | {"padding": "x" * 126}))
        refused = message(received)
    assert (refused["type"], refused["id"]) == ("error", "second")
    return Answer(400, None, json.dumps({"errors": refused["payload"]}).encode())


def photo(body):
    return lambda hub: hub.request(
        "PUT", "/profile/photo", body, {"Authorization": f"Bearer {hub.database.person().token}"}
    )


def too_often(hub):
    token, _ = api_token(hub.database, hub.database.person())
    hub.ask(ABOUT, token=token)
    return hub.ask(ABOUT, token=token, accept=RESPONSE_JSON)


def keyed(hub):
    return hub.ask(
        "mutation { updateCompany(input: {revision: 1}) { userErrors { code } } }",
        token=hub.database.person().token, accept=RESPONSE_JSON, Idempotency_Key="a")


# A PNG that says how large it is, and ends there.
PNG_HEADER = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\0\x27\x0f" * 2 + bytes(1000)
OVERLAPPING = "{ " + "about { name } " * 1000 + "}"
LISTS = "fields { type { fields { type { fields { name } } } } }"

# By limit: the settings, what passes it, and the code and status under graphql-response+json.
LIMITS = {
    "connectionsMax": (
        {"CONNECTIONS_MAX": "2"}, one_connection_too_many, "OVERLOADED", 503
    ),
    "headerBytesMax": ({}, long_header, "HEADERS_TOO_LARGE", 431),
    "headerFieldsMax": ({}, many_headers, "HEADERS_TOO_LARGE", 431),
    "bodyBytesMax": (
        {"BODY_BYTES_MAX": "1000"}, ask(ABOUT + " " * 1000), "BODY_TOO_LARGE", 413
    ),
    "readTimeoutSeconds": (
        {"READ_TIMEOUT_SECONDS": "0.3"}, half_a_request(b"POST /graphql"), "REQUEST_TIMEOUT", 408
    ),
    "partnerRequestsMax": ({"PARTNER_REQUESTS_MAX": "1"}, too_often, "RATE_LIMITED", 429),
    "requestTimeoutSeconds": ({"REQUEST_TIMEOUT_SECONDS": "0.3"}, slow, "TIMED_OUT", 503),
    "tokensMax": ({}, ask("{ about { " + "name " * 20_000 + "} }"), "LIMIT_EXCEEDED", 400),
    "parserDepthMax": ({}, ask("{ " + nested("a", 200, "b") + " }"), "LIMIT_EXCEEDED", 400),
    "selectionDepthMax": (
        SMALL, ask("{ security { sessions { device } } }"), "LIMIT_EXCEEDED", 400
    ),
    "introspectionDepthMax": (
        {}, ask('{ __type(name: "Query") { ' + nested("ofType", 25, "name") + " } }"),
        "LIMIT_EXCEEDED", 400,
    ),
    "introspectionListsMax": (
        {}, ask("{ __schema { types { " + LISTS + " } } }"), "LIMIT_EXCEEDED", 400
    ),
    "aliasesMax": (SMALL, ask("{ about { a: name b: name } }"), "LIMIT_EXCEEDED", 400),
    "directivesMax": (
        SMALL, ask("{ about { name @include(if: true) @skip(if: false) } }"),
        "LIMIT_EXCEEDED", 400,
    ),
    "rootFieldsMax": (
        SMALL, ask("{ about { name } profile { id } company { id } }"), "LIMIT_EXCEEDED", 400
    ),
    "complexityMax": (
        SMALL, ask("{ integrations { name code status description category connectedAt connectedBy } }"),
        "LIMIT_EXCEEDED", 400,
    ),
    "validationErrorsMax": (SMALL, ask("{ a b c d }"), "GRAPHQL_VALIDATION_FAILED", 400),
    "validationStepsMax": (SMALL, ask(OVERLAPPING), "LIMIT_EXCEEDED", 400),
    "planTimeoutSeconds": (
        {"PLAN_TIMEOUT_SECONDS": "0.000001"}, ask(ABOUT), "LIMIT_EXCEEDED", 400
    ),
    "jsonDepthMax": (
        {}, as_json(b'{"query":"{a}","variables":{"a":' + b"[" * 100 + b"]" * 100 + b"}}"),
        "INVALID_JSON", 400,
    ),
    "jsonValuesMax": (
        {}, ask(ABOUT, variables={"a": [0] * 60_000}), "INVALID_JSON", 400
    ),
    "variablesBytesMax": (
        SMALL, ask(ABOUT, variables={"a": "x" * 40}), "LIMIT_EXCEEDED", 400
    ),
    "executionTimeoutSeconds": ({"EXECUTION_TIMEOUT_SECONDS": "0.3"}, slow, "TIMED_OUT", 503),
    "socketOperationsMax": (
        {"SOCKET_OPERATIONS_MAX": "1"}, one_operation_too_many, "LIMIT_EXCEEDED", 400
    ),
    "photoBytesMax": (
        {"PHOTO_BYTES_MAX": "1000"}, photo(b"x" * 1001), "BODY_TOO_LARGE", 413
    ),
    "photoTimeoutSeconds": (
        {"PHOTO_TIMEOUT_SECONDS": "0.3"}, half_a_request(b"PUT /profile/photo"),
        "REQUEST_TIMEOUT", 408,
    ),
    "photoSideMax": ({"PHOTO_SIDE_MAX": "9998"}, photo(PNG_HEADER), "IMAGE_TOO_LARGE", 422),
    "photoPixelsMax": ({}, photo(PNG_HEADER), "IMAGE_TOO_LARGE", 422),
    "keptAnswerBytesMax": (
        {"KEPT_ANSWER_BYTES_MAX": "20"}, keyed, "LIMIT_EXCEEDED", 400
    ),
    "responseBytesMax": (
        SMALL, ask("{ __schema { types { name } } }"), "LIMIT_EXCEEDED", 400
    ),
}


@pytest.fixture(scope="module")
def served(hub, serve):
    """A server with these settings; one for all that ask for the same one after the other."""
    servers = {}
    # Each holds connections of a cluster that all of them share.
    together_max = 8

    def with_settings(settings):
        key = json.dumps(settings, sort_keys=True)
        if key not in servers:
            if len(servers) >= together_max:
                oldest = next(it for it in servers if it != json.dumps(SMALL, sort_keys=True))
                servers.pop(oldest).stop()
            servers[key] = serve(**settings)
            servers[key].database = hub
            if "CONNECTIONS_MAX" not in settings:
                until(lambda: servers[key].request("GET", "/readyz").status == 200, "ready")
        return servers[key]

    return with_settings


@pytest.mark.parametrize("limit", LIMITS)
def test_a_limit_that_is_passed_is_named(served, limit):
    settings, break_it, code, status = LIMITS[limit]
    answer = break_it(served(settings))
    assert answer.limits == [limit]
    assert (answer.status, answer.codes[0]) == (status, code)
    assert "data" not in answer.json
    assert all(error["message"] for error in answer.json["errors"])


def test_every_limit_has_its_row():
    assert set(LIMITS) == set(names("LimitName", "Limits.swift"))


def test_every_limit_is_in_the_help():
    fields = re.findall(
        r"package var (\w+) =", (ROOT / "Sources" / "Server" / "Limits.swift").read_text()
    )
    told = (ROOT / "Tests" / "EndToEnd" / "snapshots" / "help-serve.txt").read_text()
    for field in fields:
        variable = re.sub("([A-Z])", r"_\1", field).upper()
        assert re.search(rf"^ +{variable} ", told, re.M), field


def test_errors_of_validation_are_told_up_to_the_limit_and_then_that_there_were_more(served):
    small = served(SMALL)
    for query in ["{ a b c d }", "{ about { a b } profile { c } }"]:
        answer = small.ask(query)
        told = "GRAPHQL_VALIDATION_FAILED"
        assert answer.codes == [told, told, "LIMIT_EXCEEDED"]
        assert answer.limits == ["validationErrorsMax"]
    assert small.ask("{ a b }").codes == ["GRAPHQL_VALIDATION_FAILED"] * 2


def test_errors_of_variables_are_told_up_to_the_limit_and_then_that_there_were_more(served):
    text = "mutation ($i: SignInInput!) { signIn(input: $i) { userErrors { code } } }"
    answer = served({"VALIDATION_ERRORS_MAX": "2"}).post(
        {"query": text, "variables": {"i": {"a": 1, "b": 2, "c": 3, "d": 4}}}
    )
    assert answer.codes == ["BAD_USER_INPUT", "BAD_USER_INPUT", "LIMIT_EXCEEDED"]
    assert answer.limits == ["validationErrorsMax"]


def test_a_document_within_the_limits_is_answered(served):
    small = served(SMALL)
    assert small.ask("{ about { a: name @include(if: true) } }").data == {
        "about": {"a": "Mi Alegra"}
    }
    assert not small.post({"query": ABOUT, "variables": {"a": "x" * 30}}).codes


def test_the_variables_of_a_query_string_are_bounded_too(served):
    answer = served(SMALL).get(query=ABOUT, variables=json.dumps({"a": "x" * 40}))
    assert answer.limits == ["variablesBytesMax"]
