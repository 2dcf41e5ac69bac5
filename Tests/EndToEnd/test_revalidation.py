"""Answers by GET: private, tagged, and 304 where the client has them already."""

import pytest

from hub import JSON, RESPONSE_JSON

NAME = "{ profile { firstName } }"


@pytest.fixture(scope="module")
def person(hub):
    return hub.person()


def ask(hub, person, query=NAME, method="GET", **headers):
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    return hub.get(
        {"Authorization": f"Bearer {person.token}"} | fields, method=method, query=query
    )


def test_an_answer_is_for_its_person_alone(hub, person):
    answer = ask(hub, person)
    assert answer.headers["cache-control"] == "private, no-cache"
    assert {"Authorization", "Accept"} <= set(answer.headers["vary"].split(", "))
    assert answer.headers["etag"].startswith('"')


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("form", ["{tag}", "W/{tag}", '"x", {tag}', "*", '"a,b" ,W/{tag}'])
def test_what_the_client_has_is_not_sent_again(hub, person, method, form):
    before = ask(hub, person)
    tag = before.headers["etag"]
    answer = ask(hub, person, method=method, If_None_Match=form.format(tag=tag))
    assert answer.status == 304 and answer.body == b""
    for name in ["etag", "cache-control", "vary"]:
        assert answer.headers[name] == before.headers[name]
    for name in ["content-type", "content-length"]:
        assert name not in answer.headers


@pytest.mark.parametrize("form", ['"other"', '"{inner}', "{inner}", '"{inner}x"', ""])
def test_another_tag_gets_the_answer(hub, person, form):
    inner = ask(hub, person).headers["etag"].strip('"')
    answer = ask(hub, person, If_None_Match=form.format(inner=inner))
    assert answer.status == 200 and answer.data == {"profile": {"firstName": "Pru"}}


def test_the_tag_is_of_the_content_and_the_media_type(hub, person):
    one = ask(hub, person, Accept=JSON).headers["etag"]
    assert ask(hub, person, Accept=JSON).headers["etag"] == one
    assert ask(hub, person, Accept=RESPONSE_JSON).headers["etag"] != one
    answer = ask(hub, person, Accept=RESPONSE_JSON, If_None_Match=one)
    assert answer.status == 200
    other = hub.person()
    hub.sql(f"update account set first_name = 'Ana' where id = '{other.account}'")
    assert ask(hub, other, Accept=JSON).headers["etag"] != one


def test_the_tag_changes_with_the_data(hub):
    person = hub.person()
    tag = ask(hub, person).headers["etag"]
    hub.sql(f"update account set first_name = 'Eva' where id = '{person.account}'")
    answer = ask(hub, person, If_None_Match=tag)
    assert answer.status == 200 and answer.data == {"profile": {"firstName": "Eva"}}


def test_a_closed_session_gets_no_304(hub):
    person = hub.person()
    tag = ask(hub, person).headers["etag"]
    hub.sql(f"update session set revoked_at = now() where id = '{person.session}'")
    assert ask(hub, person, If_None_Match=tag).status == 401


@pytest.mark.parametrize("query", ["{ nothing }", "{"])
def test_errors_have_no_tag(hub, person, query):
    answer = ask(hub, person, query=query, If_None_Match="*")
    assert "etag" not in answer.headers
    assert answer.headers["cache-control"] == "no-store"


def test_an_answer_with_the_error_of_a_field_has_no_tag(hub):
    answer = hub.get(query="{ about { name } profile { id } }", headers={"If-None-Match": "*"})
    assert answer.codes == ["UNAUTHENTICATED"] and "etag" not in answer.headers


def test_a_post_has_no_tag(hub, person):
    assert "etag" not in hub.ask(NAME, token=person.token, If_None_Match="*").headers
