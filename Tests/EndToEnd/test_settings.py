"""What an operator configures: other origins, TLS, introspection and suggestions."""

import http.client
import ssl

import pytest

from hub import JSON, certificate

APP = "https://app.example"


def preflight(hub, origin, method="POST"):
    headers = {"Origin": origin, "Access-Control-Request-Method": method}
    return hub.request("OPTIONS", "/graphql", None, headers)


def shared(answer):
    return {
        name.removeprefix("access-control-"): value
        for name, value in answer.headers.items() if name.startswith("access-control-")
    }


def test_listed_origins_may_ask(serve):
    served = serve(
        CORS_ORIGINS=f"{APP}, http://localhost:3000", CORS_CREDENTIALS="true",
        CORS_MAX_AGE_SECONDS="60",
    )
    for origin in [APP, "http://localhost:3000"]:
        answer = preflight(served, origin)
        permission = shared(answer)
        assert answer.status == 204
        assert permission["allow-origin"] == origin and permission["allow-credentials"] == "true"
        assert permission["allow-methods"] == "POST, GET, HEAD, OPTIONS"
        assert "authorization" in permission["allow-headers"] and permission["max-age"] == "60"
        answer = served.ask("{ about { name } }", Origin=origin)
        assert shared(answer)["allow-origin"] == origin
        assert "etag" in shared(answer)["expose-headers"]
        assert "Origin" in ", ".join(answer.headers.get_all("vary"))
    for origin in ["https://evil.example", "null", "http://app.example", APP + ".evil.example"]:
        assert shared(preflight(served, origin)) == {}
        assert shared(served.ask("{ about { name } }", Origin=origin)) == {}


def test_any_origin_may_ask_without_cookies(serve):
    served = serve(CORS_ORIGINS="*")
    permission = shared(preflight(served, "https://any.example"))
    assert permission["allow-origin"] == "*" and "allow-credentials" not in permission
    assert shared(served.ask("{ about { name } }", Origin="https://any.example"))["allow-origin"] == "*"


def test_a_304_keeps_the_permission(serve):
    served = serve(CORS_ORIGINS=APP)
    fields = {"Origin": APP}
    tag = served.get(fields, query="{ about { name } }").headers["etag"]
    answer = served.get(fields | {"If-None-Match": tag}, query="{ about { name } }")
    assert answer.status == 304 and shared(answer)["allow-origin"] == APP


def test_a_certificate_and_its_key_make_it_https(serve, tmp_path):
    file, key = certificate(tmp_path, "server")
    served = serve(TLS_CERTIFICATE_FILE=file, TLS_KEY_FILE=key)
    connection = http.client.HTTPSConnection(
        "127.0.0.1", served.port, context=ssl.create_default_context(cafile=file), timeout=30
    )
    try:
        connection.request(
            "POST", "/graphql", '{"query": "{ about { name } }"}', {"Content-Type": JSON}
        )
        answer = connection.getresponse()
        assert answer.status == 200 and b"Mi Alegra" in answer.read()
    finally:
        connection.close()
    with pytest.raises((http.client.HTTPException, OSError)):
        served.ask("{ about { name } }")


def test_the_key_of_another_certificate_is_refused_at_the_start(tmp_path):
    from hub import run

    (file, _), (_, key) = certificate(tmp_path, "one"), certificate(tmp_path, "two")
    done = run(
        "serve", DATABASE_URL="host=/nowhere", TOKEN_KEYS="test:" + "A" * 43 + "=", PORT="0",
        TLS_CERTIFICATE_FILE=file, TLS_KEY_FILE=key,
    )
    assert done.returncode == 1
    assert "TLS_CERTIFICATE_FILE and TLS_KEY_FILE cannot be used" in done.stderr


@pytest.fixture(scope="module")
def closed(serve):
    return serve(INTROSPECTION="false", SUGGESTIONS="false")


@pytest.mark.parametrize(
    "query, count",
    [
        ("{ __schema { types { name } } }", 1),
        ('{ __type(name: "Query") { name } }', 1),
        ('{ a: __schema { types { name } } b: __type(name: "Query") { name } }', 2),
        ("{ ...F } fragment F on Query { ... { __schema { types { name } } } }", 1),
        ("query ($no: Boolean = false) { __schema @include(if: $no) { types { name } } }", 1),
    ],
)
def test_introspection_can_be_switched_off(hub, closed, query, count):
    answer = closed.ask(query)
    assert answer.codes == ["INTROSPECTION_DISABLED"] * count
    assert "data" not in answer.json
    assert all(error["locations"] for error in answer.json["errors"])
    assert "errors" not in hub.ask(query).json


def test_the_name_of_a_type_is_answered_all_the_same(closed):
    answer = closed.ask("{ __typename about { __typename name } }")
    assert answer.data["__typename"] == "Query" and answer.data["about"]["__typename"]


@pytest.mark.parametrize(
    "query, variables",
    [
        ("{ abuot { name } }", None),
        ("{ about { nmae } }", None),
        ("{ integrations(conected: true) { name } }", None),
        ("{ integrations(category: ONLINE_PAYMENT) { name } }", None),
        ('{ integrations(category: "ONLINE_PAYMENTS") { name } }', None),
        ("query ($a: Strin) { about { name } }", None),
        ("{ ... on Qury { about { name } } }", None),
        ('mutation { signIn(input: {emial: "a", password: "b"}) { userErrors { code } } }', None),
        (
            "mutation ($i: SignInInput!) { signIn(input: $i) { userErrors { code } } }",
            {"i": {"emial": "a", "password": "b", "email": "c"}},
        ),
        (
            "query ($c: IntegrationCategory) { integrations(category: $c) { name } }",
            {"c": "ONLINE_PAYMENT"},
        ),
        ("{ about @inclde(if: true) { name } }", None),
    ],
)
def test_suggestions_can_be_switched_off(hub, closed, query, variables):
    told = [error["message"] for error in hub.ask(query, variables).json["errors"]]
    kept = [error["message"] for error in closed.ask(query, variables).json["errors"]]
    assert not any("Did you mean" in message for message in kept), kept
    # Nothing else is different.
    assert [message.split(" Did you mean")[0] for message in told] == kept
