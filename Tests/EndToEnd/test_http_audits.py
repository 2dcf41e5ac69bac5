"""GraphQL over HTTP, held against the audits of the graphql-http project's server suite (2025).

One row an audit, under the suite's own id. Three MAY audits ask by a GET that any web page could
send as well; those are refused here (`PREFLIGHT_REQUIRED`), which is the guard against requests
forged across sites. With a header that a page cannot set they are answered, and that is what their
rows ask.
"""

import json

import pytest

from hub import JSON, RESPONSE_JSON

TYPENAME = "{ __typename }"
NAMED = "query Query { __typename }"
TYPE = "query Type($name: String!) { __type(name: $name) { name } }"
COERCED = "query CoerceFailure($id: ID!) { __typename }"
UNKNOWN = "{ 8f31403dfe404bccbb0e835f2629c6a7 }"
SOME = {"name": "sometype"}
WRONG = {"object": {"obj": "ect"}, "number": 0, "boolean": False, "array": ["array"]}
WRONG_MAP = {"string": "string", "number": 0, "boolean": False, "array": ["array"]}


def post(accept=None, raw=None, content_type=JSON, **body):
    headers = {"Content-Type": content_type, "Accept": accept}
    data = json.dumps(body, ensure_ascii=False).encode() if raw is None else raw
    return "POST", {}, data, {name: value for name, value in headers.items() if value}


def get(accept=None, **parameters):
    headers = {"Accept": accept, "GraphQL-Require-Preflight": "1"}
    return "GET", parameters, None, {name: value for name, value in headers.items() if value}


def answered(media_type=None):
    """200 without errors, as that media type."""

    def check(answer):
        assert answer.status == 200
        assert "errors" not in answer.json and "data" in answer.json
        assert media_type is None or answer.headers["content-type"].startswith(media_type)

    return check


def refused(status, media_type=None):
    """That status, without data."""

    def check(answer):
        assert answer.status == status
        assert "data" not in answer.json and answer.json["errors"]
        assert media_type is None or answer.headers["content-type"].startswith(media_type)

    return check


def is_utf8(answer):
    answer.body.decode("utf-8")
    assert answer.status == 200 and "charset=utf-8" in answer.headers["content-type"]


def is_405(answer):
    assert answer.status == 405 and answer.headers["allow"] == "POST"


AUDITS = {
    # Media types.
    "22EB": (post(RESPONSE_JSON, query=TYPENAME), answered(RESPONSE_JSON)),
    "4655": (post(JSON, query=TYPENAME), answered(JSON)),
    "47DE": (post("*/*", query=TYPENAME), answered(JSON)),
    "80D8": (post(query=TYPENAME), answered(JSON)),
    "82A3": (post(query=TYPENAME), is_utf8),
    "BF61": (
        post(content_type=f"{JSON}; charset=utf-8", query='{ __type(name: "Run🏃Swim🏊") { name } }'),
        answered(),
    ),
    "78D5": (post(query=TYPENAME), answered()),
    # Methods.
    "2C94": (post(query=TYPENAME), answered()),
    "5A70": (get(query=TYPENAME), answered()),
    "9C48": (get(RESPONSE_JSON, query="mutation { __typename }"), is_405),
    "9ABE": (post(content_type=None, raw=b""), refused(415)),
    "03D4": (post(query=TYPENAME), answered()),
    "A5BF": (post(raw=b""), refused(400)),
    # Parameters.
    "423L": (post(RESPONSE_JSON, notquery=TYPENAME), refused(400)),
    **{
        f"LKJ{index}": (post(query=value), refused(400))
        for index, value in enumerate(WRONG.values())
    },
    "34A2": (post(RESPONSE_JSON, query=TYPENAME), answered(RESPONSE_JSON)),
    "13EE": (post(JSON, query=TYPENAME), answered(JSON)),
    **{
        f"6C0{index}": (post(query=TYPENAME, operationName=value), refused(400))
        for index, value in enumerate(WRONG.values())
    },
    "8161": (post(RESPONSE_JSON, query=NAMED, operationName="Query"), answered(RESPONSE_JSON)),
    "B8B3": (post(JSON, query=NAMED, operationName="Query"), answered(JSON)),
    **{
        f"{family}{index}": (post(accept, query=TYPENAME, **{name: None}), answered(accept))
        for family, accept in [("94B", RESPONSE_JSON), ("022", JSON)]
        for index, name in enumerate(["variables", "operationName", "extensions"])
    },
    **{
        f"476{index}": (post(query=TYPENAME, variables=value), refused(400))
        for index, value in enumerate(WRONG_MAP.values())
    },
    "2EA1": (post(RESPONSE_JSON, query=TYPE, variables=SOME), answered(RESPONSE_JSON)),
    "28B9": (post(JSON, query=TYPE, variables=SOME), answered(JSON)),
    "D6D5": (
        get(RESPONSE_JSON, query=TYPE, variables=json.dumps(SOME)), answered(RESPONSE_JSON)
    ),
    "6A70": (get(JSON, query=TYPE, variables=json.dumps(SOME)), answered(JSON)),
    **{
        f"58B{index}": (post(query=TYPENAME, extensions=value), refused(400))
        for index, value in enumerate(WRONG_MAP.values())
    },
    "428F": (post(RESPONSE_JSON, query=TYPENAME, extensions={"some": "value"}), answered()),
    "1B7A": (post(JSON, query=TYPENAME, extensions={"some": "value"}), answered(JSON)),
    "B6DC": (post(raw=b'{ "not a JSON'), refused(400)),
    "BCF8": (post(raw=b'{ "not a JSON'), refused(400)),
    "8764": (post(qeury=TYPENAME), refused(400)),
    "3E3A": (post(qeury=TYPENAME), refused(400)),
    # Documents that cannot be executed, as application/json.
    "572B": (post(JSON, query="{"), refused(200, JSON)),
    "FDE2": (post(JSON, query=UNKNOWN), refused(200, JSON)),
    "7B9B": (post(JSON, query=COERCED, variables={"id": None}), refused(200, JSON)),
    # The same, as application/graphql-response+json.
    "865D": (post(RESPONSE_JSON, query="{"), refused(400, RESPONSE_JSON)),
    "556A": (post(RESPONSE_JSON, query="{"), refused(400, RESPONSE_JSON)),
    "D586": (post(RESPONSE_JSON, query="{"), refused(400, RESPONSE_JSON)),
    "51FE": (post(RESPONSE_JSON, query=UNKNOWN), refused(400, RESPONSE_JSON)),
    "74FF": (post(RESPONSE_JSON, query=UNKNOWN), refused(400, RESPONSE_JSON)),
    "5E5B": (post(RESPONSE_JSON, query=UNKNOWN), refused(400, RESPONSE_JSON)),
    "86EE": (
        post(RESPONSE_JSON, query=COERCED, variables={"id": None}), refused(400, RESPONSE_JSON)
    ),
}


@pytest.mark.parametrize("audit", AUDITS)
def test_audit(hub, audit):
    (method, parameters, body, headers), check = AUDITS[audit]
    if method == "GET":
        check(hub.get(headers, **parameters))
    else:
        check(hub.request(method, "/graphql", body, headers))


def test_no_audit_is_missing():
    assert len(AUDITS) == 60


# Where the draft says more than the audits ask ---------------------------------------------------


@pytest.mark.parametrize(
    "query, variables, said",
    [
        ("mutation { __typename }", None, "POST"),
        ("query A { __typename } mutation B { __typename }", None, "POST"),
    ],
)
def test_a_mutation_by_get_is_refused_before_it_is_performed(hub, query, variables, said):
    for method in ["GET", "HEAD"]:
        answer = hub.get(method=method, query=query, operationName="B" if "B" in query else "")
        assert answer.status == 405 and answer.headers["allow"] == said
    if "A" in query:
        assert hub.get(query=query, operationName="A").status == 200


def test_head_is_get_without_its_body(hub):
    got, head = hub.get(query=TYPENAME), hub.get(method="HEAD", query=TYPENAME)
    assert head.status == got.status == 200 and head.body == b""
    for name in ["content-type", "content-length", "cache-control", "vary", "etag"]:
        assert head.headers[name] == got.headers[name], name


@pytest.mark.parametrize("accept", [JSON, RESPONSE_JSON])
@pytest.mark.parametrize(
    "query, token, status, code",
    [
        ("{ profile { id } }", None, 401, "UNAUTHENTICATED"),
        ("{ profile { id } }", "no.token.here", 401, "UNAUTHENTICATED"),
    ],
)
def test_a_refusal_before_execution_keeps_its_status(hub, accept, query, token, status, code):
    answer = hub.ask(query, token=token, accept=accept)
    assert (answer.status, answer.codes) == (status, [code])
    assert answer.headers["content-type"].startswith(accept)
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("accept", [JSON, RESPONSE_JSON])
def test_a_refused_field_is_200_with_its_code(hub, accept):
    answer = hub.ask("{ about { name } profile { id } }", accept=accept)
    assert answer.status == 200 and answer.codes == ["UNAUTHENTICATED"]
    assert answer.json["data"] is None or answer.json["data"]["about"]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Accept": RESPONSE_JSON},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Cookie": "a=b"},
        {"Authorization": "Basic eDp5"},
        {"GraphQL-Require-Preflight": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_what_a_page_can_send_without_asking_first_is_refused(hub, headers):
    answer = hub.request("GET", "/graphql?query=%7B__typename%7D", None, headers)
    assert (answer.status, answer.codes) == (403, ["PREFLIGHT_REQUIRED"])


@pytest.mark.parametrize(
    "headers",
    [
        {"GraphQL-Require-Preflight": "1"},
        {"Apollo-Require-Preflight": "true"},
        {"X-Apollo-Operation-Name": "Q"},
        {"X-Requested-With": "XMLHttpRequest"},
        {"Content-Type": JSON},
        {"Sec-Fetch-Site": "same-origin"},
    ],
)
def test_what_a_page_cannot_send_without_asking_first_is_answered(hub, headers):
    answer = hub.request("GET", "/graphql?query=%7B__typename%7D", None, headers)
    assert answer.data == {"__typename": "Query"}


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "application/json;q=0"])
def test_another_media_type_is_406(hub, accept):
    assert hub.ask(TYPENAME, accept=accept).status == 406


def test_options_lists_the_methods_and_shares_nothing_unless_configured(hub):
    answer = hub.request(
        "OPTIONS", "/graphql", None,
        {"Origin": "https://app.example", "Access-Control-Request-Method": "POST"},
    )
    assert answer.status == 204 and answer.headers["allow"] == "POST, GET, HEAD, OPTIONS"
    assert not [name for name in answer.headers if name.startswith("access-control")]


def test_requests_are_not_taken_in_batches(hub):
    answer = hub.post([{"query": TYPENAME}, {"query": TYPENAME}])
    assert (answer.status, answer.codes) == (400, ["BATCHING_NOT_SUPPORTED"])
