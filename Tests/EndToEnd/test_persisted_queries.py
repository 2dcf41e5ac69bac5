"""Automatically persisted queries: the hash alone, the hash with its text once, and what is wrong."""

import hashlib
import json

import pytest

from hub import JSON, RESPONSE_JSON

NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
NOT_SUPPORTED = "PERSISTED_QUERY_NOT_SUPPORTED"


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def extension(hash, version=1):
    return {"persistedQuery": {"version": version, "sha256Hash": hash}}


def fresh(name):
    """A document that no other test sends."""
    return f"query {name} {{ about {{ name }} }}"


ANSWER = {"about": {"name": "Mi Alegra"}}


@pytest.mark.parametrize("accept, status", [(JSON, 200), (RESPONSE_JSON, 400)])
def test_an_unknown_hash_is_told_in_the_words_that_clients_know(hub, accept, status):
    answer = hub.post({"extensions": extension("0" * 64)}, {"Accept": accept})
    assert (answer.status, answer.codes) == (status, [NOT_FOUND])
    assert answer.json["errors"][0]["message"] == "PersistedQueryNotFound"
    assert "data" not in answer.json and answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_a_hash_is_enough_once_it_came_with_its_text(hub, method):
    text = fresh(f"Enough{method}")
    named = extension(sha256(text))

    def ask(**parameters):
        if method == "POST":
            return hub.post(parameters)
        return hub.get(**parameters | {"extensions": json.dumps(parameters["extensions"])})

    assert ask(extensions=named).codes == [NOT_FOUND]
    assert ask(query=text, extensions=named).data == ANSWER
    assert ask(extensions=named).data == ANSWER
    assert ask(extensions=named, operationName=f"Enough{method}").data == ANSWER
    # Under the other form of the name, by both methods.
    assert hub.post({"documentId": "sha256:" + sha256(text)}).data == ANSWER
    assert hub.get(documentId="sha256:" + sha256(text)).data == ANSWER


def test_variables_come_with_the_hash(hub):
    text = "query Twice($name: String!) { __type(name: $name) { name } }"
    named = extension(sha256(text))
    hub.post({"query": text, "extensions": named, "variables": {"name": "Query"}})
    for name in ["Query", "Mutation"]:
        answer = hub.post({"extensions": named, "variables": {"name": name}})
        assert answer.data == {"__type": {"name": name}}
    assert hub.post({"extensions": named}).codes == ["BAD_USER_INPUT"]


@pytest.mark.parametrize("accept", [JSON, RESPONSE_JSON])
def test_a_hash_of_another_text_is_refused_and_keeps_nothing(hub, accept):
    text = fresh("Mismatch")
    for hash in [sha256(text + " "), sha256(text).upper(), "", "x"]:
        answer = hub.post({"query": text, "extensions": extension(hash)}, {"Accept": accept})
        assert (answer.status, answer.codes) == (400, ["PERSISTED_QUERY_HASH_MISMATCH"])
        assert hub.post({"extensions": extension(hash)}).codes == [NOT_FOUND]


@pytest.mark.parametrize("version", [0, 2, -1])
def test_another_version_is_not_supported(hub, version):
    text = fresh("Version")
    answer = hub.post({"query": text, "extensions": extension(sha256(text), version)})
    assert answer.codes == [NOT_SUPPORTED]


@pytest.mark.parametrize(
    "value",
    [1, "x", [], True, {}, {"version": 1}, {"sha256Hash": "x"}, {"version": "1", "sha256Hash": "x"},
     {"version": 1, "sha256Hash": 1}, {"version": 1.5, "sha256Hash": "x"}],
    ids=str,
)
def test_what_is_no_persisted_query_is_refused(hub, value):
    answer = hub.post({"query": "{ about { name } }", "extensions": {"persistedQuery": value}})
    assert (answer.status, answer.codes) == (400, ["INVALID_PARAMETER"])


@pytest.mark.parametrize("value", [1, True, [], {}], ids=str)
def test_a_document_id_is_a_string(hub, value):
    answer = hub.post({"documentId": value})
    assert (answer.status, answer.codes) == (400, ["INVALID_PARAMETER"])


def test_a_document_is_named_once(hub):
    answer = hub.post({"documentId": "sha256:x", "extensions": extension("x")})
    assert (answer.status, answer.codes) == (400, ["INVALID_PARAMETER"])


def test_other_extensions_and_null_name_nothing(hub):
    for extensions in [None, {}, {"other": 1}, {"persistedQuery": None}]:
        assert hub.post({"query": "{ about { name } }", "extensions": extensions}).data == ANSWER
        answer = hub.post({"extensions": extensions})
        assert (answer.status, answer.codes) == (400, ["QUERY_MISSING"])


@pytest.mark.parametrize("text", ["{", "{ nothing }", "{ about { name } } # " + "x " * 3])
def test_only_valid_documents_are_kept(hub, text):
    named = extension(sha256(text))
    first = hub.post({"query": text, "extensions": named})
    second = hub.post({"extensions": named})
    if "data" in first.json:
        assert second.data == ANSWER
    else:
        assert second.codes == [NOT_FOUND]


def test_a_mutation_is_kept_too_and_is_no_more_allowed_by_get(hub):
    text = "mutation Kept { __typename }"
    named = extension(sha256(text))
    assert hub.post({"query": text, "extensions": named}).data == {"__typename": "Mutation"}
    assert hub.post({"extensions": named}).data == {"__typename": "Mutation"}
    answer = hub.get(extensions=json.dumps(named))
    assert answer.status == 405 and answer.headers["allow"] == "POST"


def test_every_event_loop_knows_what_one_was_told(serve):
    served = serve(EVENT_LOOPS="4")
    text = fresh("Loops")
    named = extension(sha256(text))
    served.post({"query": text, "extensions": named})
    # Each on a connection of its own, which the loops take in turns.
    for _ in range(12):
        assert served.post({"extensions": named}).data == ANSWER


def test_the_least_recently_used_goes_first(serve):
    served = serve(PERSISTED_QUERIES_MAX="2")
    one, two, three = [fresh(name) for name in ("One", "Two", "Three")]

    def keep(text):
        assert served.post({"query": text, "extensions": extension(sha256(text))}).data == ANSWER

    def knows(text):
        return not served.post({"extensions": extension(sha256(text))}).codes

    keep(one)
    keep(two)
    assert knows(one)
    keep(three)
    assert knows(one) and knows(three) and not knows(two)


def test_the_texts_are_bounded_together(serve):
    served = serve(PERSISTED_QUERIES_BYTES_MAX="300")
    for text in [fresh("Small"), fresh("Large") + " " * 300]:
        named = extension(sha256(text))
        assert served.post({"query": text, "extensions": named}).data == ANSWER
        assert bool(served.post({"extensions": named}).codes) == ("Large" in text)


def test_a_switch_turns_them_off(serve):
    served = serve(PERSISTED_QUERIES="false")
    text = fresh("Off")
    for body in [{}, {"query": text}]:
        answer = served.post(body | {"extensions": extension(sha256(text))})
        assert answer.codes == [NOT_SUPPORTED]
        assert answer.json["errors"][0]["message"] == "PersistedQueryNotSupported"
    assert served.post({"query": text}).data == ANSWER
