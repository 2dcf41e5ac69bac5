"""Trusted documents: a manifest is read and checked at the start, and nothing else is run."""

import hashlib
import json

import pytest

from hub import JSON, RESPONSE_JSON, run

ABOUT = "query About { about { name } }"
PROFILE = "query Profile { profile { firstName } }"
TWO = "query A { about { name } } query B { __typename }"
CHANGE = "mutation Change { __typename }"
KEY = "test:" + "A" * 43 + "="


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def apollo(*texts):
    return {
        "format": "apollo-persisted-query-manifest",
        "version": 1,
        "operations": [
            {"id": sha256(text), "name": text.split()[1], "type": text.split()[0], "body": text}
            for text in texts
        ],
    }


def persisted(hash):
    return {"persistedQuery": {"version": 1, "sha256Hash": hash}}


@pytest.fixture(scope="module", params=["apollo", "map", "named"])
def trusting(request, serve, tmp_path_factory):
    """A server with a manifest in each format, and what that calls the documents."""
    texts = [ABOUT, PROFILE, CHANGE]
    names = {text: sha256(text) for text in texts}
    if request.param == "named":
        names = {text: text.split()[1].lower() for text in texts}
    manifest = apollo(*texts)
    if request.param != "apollo":
        manifest = {name: text for text, name in names.items()}
    file = tmp_path_factory.mktemp("manifest") / "manifest.json"
    file.write_text(json.dumps(manifest))
    return serve("--trusted-documents", str(file)), names


def test_a_document_of_the_manifest_is_run_however_it_is_named(trusting):
    served, names = trusting
    name = names[ABOUT]
    bodies = [
        {"documentId": name},
        {"extensions": persisted(name)},
        {"documentId": "sha256:" + sha256(ABOUT)},
        {"extensions": persisted(sha256(ABOUT))},
        {"query": ABOUT},
        {"query": ABOUT, "extensions": persisted(name)},
        {"query": ABOUT, "documentId": name},
        {"query": ABOUT, "operationName": "About"},
    ]
    for body in bodies:
        assert served.post(body).data == {"about": {"name": "Mi Alegra"}}, body
        flat = {key: json.dumps(value) if key == "extensions" else value
                for key, value in body.items()}
        assert served.get(**flat).data == {"about": {"name": "Mi Alegra"}}, body


def test_a_person_asks_as_ever(trusting, hub):
    served, names = trusting
    answer = served.request(
        "POST", "/graphql", json.dumps({"documentId": names[PROFILE]}),
        {"Content-Type": JSON, "Authorization": f"Bearer {hub.person().token}"},
    )
    assert answer.data == {"profile": {"firstName": "Pru"}}


@pytest.mark.parametrize("accept", [JSON, RESPONSE_JSON])
@pytest.mark.parametrize(
    "text", ["{ about { name } }", ABOUT + " ", "{ __schema { types { name } } }", "{"]
)
def test_another_text_is_not_run(trusting, accept, text):
    served, names = trusting
    for body in [{"query": text}, {"query": text, "extensions": persisted(sha256(text))}]:
        answer = served.post(body, {"Accept": accept})
        if "extensions" in body:
            assert answer.codes == ["PERSISTED_QUERY_NOT_FOUND"]
        else:
            assert (answer.status, answer.codes) == (403, ["DOCUMENT_NOT_TRUSTED"])
    # Nothing was kept.
    answer = served.post({"extensions": persisted(sha256(text))})
    assert answer.codes == ["PERSISTED_QUERY_NOT_FOUND"]


@pytest.mark.parametrize("body", [{"documentId": "x"}, {"extensions": persisted("0" * 64)}])
def test_an_unknown_name_is_not_found(trusting, body):
    assert trusting[0].post(body).codes == ["PERSISTED_QUERY_NOT_FOUND"]


def test_a_name_with_the_text_of_another_document_is_refused(trusting):
    served, names = trusting
    answer = served.post({"documentId": names[ABOUT], "query": PROFILE})
    assert (answer.status, answer.codes) == (400, ["PERSISTED_QUERY_HASH_MISMATCH"])


def test_a_trusted_mutation_is_not_performed_by_get(trusting):
    served, names = trusting
    assert served.get(documentId=names[CHANGE]).status == 405
    assert served.post({"documentId": names[CHANGE]}).data == {"__typename": "Mutation"}


@pytest.mark.parametrize(
    "manifest, said",
    [
        ("", ["is no JSON"]),
        ("{", ["is no JSON"]),
        ("[]", ["is no JSON object"]),
        ("{}", ["holds no document"]),
        ('{"a": 1}', ['has something else than a text under "a"']),
        ('{"a": "{ about { name } }", "a": "{ __typename }"}', ["is no JSON"]),
        (json.dumps(apollo(ABOUT) | {"version": 2}), ["apollo-persisted-query-manifest"]),
        (json.dumps(apollo(ABOUT) | {"format": "other"}), ["apollo-persisted-query-manifest"]),
        (json.dumps(apollo(ABOUT, ABOUT)), ["names two documents"]),
        (json.dumps(apollo(ABOUT) | {"operations": [{"id": "x"}]}), ["operations[0]"]),
        (
            json.dumps({"bad": "{ nothing }", "worse": "{", "good": ABOUT, "both": TWO}),
            ['bad: 1:3: Cannot query field "nothing"', "worse: 1:2: Syntax Error"],
        ),
        (json.dumps({"deep": "{" + "a{" * 200}), ["deep: "]),
        (
            json.dumps(apollo(ABOUT)).replace('"name": "About"', '"name": "Other"'),
            ['Unknown operation named "Other"'],
        ),
    ],
    ids=str,
)
def test_a_manifest_that_cannot_be_trusted_keeps_the_server_from_starting(
    tmp_path, manifest, said
):
    file = tmp_path / "manifest.json"
    file.write_text(manifest)
    done = run(
        "serve", "--trusted-documents", str(file), DATABASE_URL="host=/nowhere", TOKEN_KEYS=KEY,
        PORT="0",
    )
    assert done.returncode == 1 and "ready" not in done.stdout
    assert "TRUSTED_DOCUMENTS" in done.stderr
    for sentence in said:
        assert sentence in done.stderr, done.stderr
    assert "good" not in done.stderr and "both" not in done.stderr
