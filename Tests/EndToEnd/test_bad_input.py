"""Bad input: a clear code and status, one line in the log without a secret, the hub serving on."""

import json
import re

import pytest

from hub import JSON, RESPONSE_JSON

SECRET = "a-secret-value"


def body(query, **members):
    return json.dumps({"query": query} | members).encode()


def deep_json(depth):
    return b'{"query":"{about{name}}","variables":{"a":' + b"[" * depth + b"]" * depth + b"}}"


SIGN_IN = "mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }"
UPDATE = "mutation ($r: Int!) { updateProfile(input: {revision: $r}) { userErrors { code } } }"
TWO = "query A { about { name } } query B { about { name } }"

# What stands no chance to be GraphQL: the status is the same under both media types.
REQUESTS = {
    "empty body": (b"", 400, "INVALID_JSON"),
    "cut JSON": (b'{"query": "' + SECRET.encode(), 400, "INVALID_JSON"),
    "no JSON": (SECRET.encode(), 400, "INVALID_JSON"),
    "a string": (b'"{about{name}}"', 400, "INVALID_JSON"),
    "two values": (b"{} {}", 400, "INVALID_JSON"),
    "a member twice": (b'{"query":"{about{name}}","query":"x"}', 400, "INVALID_JSON"),
    "invalid UTF-8": (b'{"query":"{about{name}} #\xff\xfe"}', 400, "INVALID_JSON"),
    "overlong UTF-8": (b'{"query":"{about{name}} #\xc0\xaf"}', 400, "INVALID_JSON"),
    "a lone surrogate": (rb'{"query":"{about{name}} #\ud800"}', 400, "INVALID_JSON"),
    "a raw control character": (b'{"query":"{about{name}} #\x01"}', 400, "INVALID_JSON"),
    "JSON nested too deep": (deep_json(100_000), 400, "INVALID_JSON"),
    "too many values": (body("{about{name}}", variables={"a": [0] * 60_000}), 400, "INVALID_JSON"),
    "a batch": (b"[" + body("{about{name}}") + b"]", 400, "BATCHING_NOT_SUPPORTED"),
    "no query": (b"{}", 400, "QUERY_MISSING"),
    "a null query": (b'{"query":null}', 400, "QUERY_MISSING"),
    "a number as query": (b'{"query":1}', 400, "INVALID_PARAMETER"),
    "a list as variables": (body("{about{name}}", variables=[1]), 400, "INVALID_PARAMETER"),
    "text as variables": (body("{about{name}}", variables="{}"), 400, "INVALID_PARAMETER"),
    "a number as name": (body("{about{name}}", operationName=1), 400, "INVALID_PARAMETER"),
    "NUL in a variable": (
        body(SIGN_IN, variables={"input": {"email": "a\0b", "password": SECRET}}),
        400, "INVALID_PARAMETER",
    ),
    "an oversized body": (body(" " * (1 << 20)), 413, "BODY_TOO_LARGE"),
}

# What is GraphQL over HTTP and cannot be executed.
DOCUMENTS = {
    "an empty document": (body(""), "GRAPHQL_PARSE_FAILED"),
    "no GraphQL": (body(f"{{ about {{ name({SECRET} }}"), "GRAPHQL_PARSE_FAILED"),
    "a lone surrogate in a literal": (
        body('{ solution(code: "\\ud800") { code } }'), "GRAPHQL_PARSE_FAILED"
    ),
    "NUL in the document": (body("{ about { name } } \0"), "GRAPHQL_PARSE_FAILED"),
    "40 KB of nesting": (body("{a" * 20_000), "LIMIT_EXCEEDED"),
    "a deep list": (body("{ a(b: " + "[" * 100_000), "LIMIT_EXCEEDED"),
    "a deep type": (body("query ($a: " + "[" * 100_000), "LIMIT_EXCEEDED"),
    "too many tokens": (body("{ about { " + "name " * 20_000 + "} }"), "LIMIT_EXCEEDED"),
    "an unknown field": (body(f"{{ {SECRET.replace('-', '_')} }}"), "GRAPHQL_VALIDATION_FAILED"),
    "an unknown argument": (body("{ company(id: 1) { id } }"), "GRAPHQL_VALIDATION_FAILED"),
    "no selection": (body("{ company }"), "GRAPHQL_VALIDATION_FAILED"),
    "a fragment's cycle": (
        body("{ ...A } fragment A on Query { ...A }"), "GRAPHQL_VALIDATION_FAILED"
    ),
    "a subscription": (body("subscription { company { id } }"), "GRAPHQL_VALIDATION_FAILED"),
    "a literal of the wrong type": (
        body('{ integrations(connected: "yes") { code } }'), "GRAPHQL_VALIDATION_FAILED"
    ),
    "a type system document": (body("type A { b: Int }"), "GRAPHQL_VALIDATION_FAILED"),
    "several operations": (body(TWO), "OPERATION_RESOLUTION_FAILURE"),
    "an unknown operation": (body(TWO, operationName=SECRET), "OPERATION_RESOLUTION_FAILURE"),
    "a variable missing": (body(SIGN_IN), "BAD_USER_INPUT"),
    "a variable null": (body(SIGN_IN, variables={"input": None}), "BAD_USER_INPUT"),
    "a member missing": (body(SIGN_IN, variables={"input": {"email": "a"}}), "BAD_USER_INPUT"),
    "a member too many": (
        body(SIGN_IN, variables={"input": {"email": "a", "password": SECRET, "x": 1}}),
        "BAD_USER_INPUT",
    ),
    "a member of the wrong type": (
        body(SIGN_IN, variables={"input": {"email": "a", "password": 7}}), "BAD_USER_INPUT"
    ),
    "no enum value": (
        body(SIGN_IN, variables={"input": {"email": "a", "password": SECRET, "delivery": "X"}}),
        "BAD_USER_INPUT",
    ),
    "an integer out of range": (body(UPDATE, variables={"r": 2**31}), "BAD_USER_INPUT"),
    "no integer": (body(UPDATE, variables={"r": 1.5}), "BAD_USER_INPUT"),
    "text for an integer": (body(UPDATE, variables={"r": "1"}), "BAD_USER_INPUT"),
}


@pytest.fixture(scope="module")
def token(hub):
    return hub.person().token


def assert_one_line(hub, before, answer, code):
    """One line of the log tells of the request, and nothing in it is the client's."""
    lines, text = hub.log_since(before)
    assert [line["code"] for line in lines] == [code], text
    assert lines[0]["status"] == str(answer.status)
    assert lines[0]["request"] == answer.headers["x-request-id"]
    assert SECRET not in text and SECRET.replace("-", "_") not in text


def assert_serving(hub):
    assert hub.ask("{ about { name } }").data == {"about": {"name": "Mi Alegra"}}


def check(hub, token, data, headers, status, code):
    before = hub.log_length()
    headers = {"Content-Type": JSON, "Authorization": f"Bearer {token}"} | headers
    headers = {name: value for name, value in headers.items() if value is not None}
    answer = hub.request("POST", "/graphql", data, headers)
    assert (answer.status, answer.codes[0]) == (status, code), answer.body
    assert len(set(answer.codes)) == 1
    assert "data" not in answer.json
    assert all(error["message"] for error in answer.json["errors"])
    assert_one_line(hub, before, answer, code)
    assert token not in hub.log_since(before)[1]
    assert_serving(hub)
    return answer


@pytest.mark.parametrize("accept", [JSON, RESPONSE_JSON])
@pytest.mark.parametrize("name", REQUESTS)
def test_what_is_no_request_is_refused(hub, token, name, accept):
    data, status, code = REQUESTS[name]
    check(hub, token, data, {"Accept": accept}, status, code)


@pytest.mark.parametrize("accept, status", [(JSON, 200), (RESPONSE_JSON, 400)])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_cannot_be_executed_is_refused(hub, token, name, accept, status):
    data, code = DOCUMENTS[name]
    answer = check(hub, token, data, {"Accept": accept}, status, code)
    assert answer.headers["content-type"].startswith(accept)


@pytest.mark.parametrize(
    "name, limit",
    [("40 KB of nesting", "parserDepthMax"), ("too many tokens", "tokensMax")],
)
def test_a_limit_is_named(hub, token, name, limit):
    answer = check(hub, token, DOCUMENTS[name][0], {}, 200, "LIMIT_EXCEEDED")
    assert answer.json["errors"][0]["extensions"]["limit"] == limit


@pytest.mark.parametrize(
    "headers, status, code",
    [
        ({"Content-Type": "text/plain"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ({"Content-Type": "application/json; charset=latin1"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ({"Content-Type": None}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ({"Content-Encoding": "gzip"}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ({"Accept": "text/html"}, 406, "NOT_ACCEPTABLE"),
    ],
)
def test_other_media_types_are_refused(hub, token, headers, status, code):
    check(hub, token, body("{ about { name } }"), headers, status, code)


@pytest.mark.parametrize(
    "method, path, status, code",
    [
        ("GET", "/nowhere-" + SECRET, 404, "NOT_FOUND"),
        ("POST", "/nowhere", 404, "NOT_FOUND"),
        ("POST", "/", 405, "METHOD_NOT_ALLOWED"),
        ("PUT", "/graphql", 405, "METHOD_NOT_ALLOWED"),
        ("DELETE", "/graphql", 405, "METHOD_NOT_ALLOWED"),
        ("POST", "/livez", 405, "METHOD_NOT_ALLOWED"),
        ("GET", "/graphql?query=%7Babout%7Bname%7D%7D", 403, "PREFLIGHT_REQUIRED"),
    ],
)
def test_other_ways_are_refused(hub, method, path, status, code):
    before = hub.log_length()
    answer = hub.request(method, path)
    assert (answer.status, answer.codes) == (status, [code])
    assert_one_line(hub, before, answer, code)


@pytest.mark.parametrize(
    "query, code",
    [
        ("", "QUERY_MISSING"),
        ("query=%FF", "INVALID_PARAMETER"),
        ("query=%7B", "GRAPHQL_PARSE_FAILED"),
        ("query=%zz", "INVALID_PARAMETER"),
        ("query=a&query=b", "INVALID_PARAMETER"),
        ("query=%7Babout%7Bname%7D%7D&variables=x", "INVALID_PARAMETER"),
    ],
)
def test_a_broken_query_string_is_refused(hub, query, code):
    before = hub.log_length()
    headers = {"GraphQL-Require-Preflight": "1", "Accept": RESPONSE_JSON}
    answer = hub.request("GET", f"/graphql?{query}", headers=headers)
    assert (answer.status, answer.codes) == (400, [code])
    assert_one_line(hub, before, answer, code)


def test_nul_in_a_literal_is_refused_before_the_database_sees_it(hub, token):
    for document in [
        'mutation { signIn(input: {email: "a\\u0000", password: "x"}) { userErrors { code } } }',
        'mutation { updateProfile(input: {revision: 1, firstName: "a\\u0000b"}) '
        "{ userErrors { code } } }",
        '{ solution(code: "a\\u0000b") { code } }',
    ]:
        answer = hub.ask(document, token=token, accept=RESPONSE_JSON)
        assert answer.status < 500
        said = answer.codes or [
            error["code"]
            for payload in answer.json["data"].values() if payload
            for error in payload["userErrors"]
        ]
        assert said in ([], ["BAD_USER_INPUT"], ["INVALID_CHARACTERS"], ["INVALID_CREDENTIALS"])
    assert_serving(hub)


def test_a_field_that_the_data_leaves_unanswered_is_logged(hub):
    person = hub.person()
    hub.sql("alter table company alter column timezone drop not null")
    try:
        # Past the trigger that holds a company to its country version.
        hub.sql(
            f"""set session_replication_role = replica;
            update company set timezone = null where tenant_id = '{person.tenant}'"""
        )
        before = hub.log_length()
        answer = hub.ask("{ company { timezone } profile { id } }", token=person.token)
        assert answer.json["data"] == {"company": None, "profile": {"id": person.account}}
        assert answer.codes == ["INTERNAL"]
        assert_one_line(hub, before, answer, "INTERNAL")
        assert "company.timezone" in hub.log_since(before)[1]
    finally:
        hub.sql(
            f"""update company set timezone = 'UTC' where tenant_id = '{person.tenant}';
            alter table company alter column timezone set not null"""
        )


HOST = b"Host: 127.0.0.1\r\n"
GOOD = b"GET /livez HTTP/1.1\r\n" + HOST + b"\r\n"


@pytest.mark.parametrize(
    "data, statuses, code",
    [
        (b"\x00\x01\x02\x03\r\n\r\n", [400], "BAD_REQUEST"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 300, [400], "BAD_REQUEST"),
        (b"GET /livez HTTP/9.9\r\n\r\n", [505], "HTTP_VERSION_NOT_SUPPORTED"),
        (b"GET /livez HTTP/1.1\r\n\r\n", [400], "BAD_REQUEST"),
        (b"GET /livez HTTP/1.1\r\n" + HOST + HOST + b"\r\n", [400], "BAD_REQUEST"),
        (b"GET /livez HTTP/1.1\r\n" + HOST + b"A: " + b"x" * 20_000 + b"\r\n\r\n", [431],
         "HEADERS_TOO_LARGE"),
        (b"POST /graphql HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n"
         b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", [400], "BAD_REQUEST"),
        (b"POST /graphql HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999999\r\n\r\n", [413],
         "BODY_TOO_LARGE"),
        (b"POST /graphql HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n", [400],
         "BAD_REQUEST"),
        (GOOD + b"\xff\xfe garbage\r\n\r\n", [200, 400], "BAD_REQUEST"),
        (GOOD * 2 + b"BREW /pot HTCPCP/1.0\r\n\r\n", [200, 200, 400], "BAD_REQUEST"),
    ],
)
def test_bytes_that_are_no_http_are_refused_and_what_came_before_is_answered(
    hub, data, statuses, code
):
    before = hub.log_length()
    received = hub.send(data)
    assert [int(found) for found in re.findall(rb"HTTP/1\.1 (\d+) ", received)] == statuses
    lines, text = hub.log_since(before)
    assert [line["code"] for line in lines] == [code], text
    assert_serving(hub)


def test_a_connection_that_says_nothing_or_half_is_let_go_in_silence(hub):
    before = hub.log_length()
    assert hub.send(b"") == b""
    hub.send(b"POST /graphql HTTP/1.1\r\n" + HOST + b"Content-Length: 50\r\n\r\n{")
    assert len(hub.log_since(before)[0]) <= 1
    assert_serving(hub)
