"""Idempotency-Key: a mutation is done once and answered each time it is sent, over crashes, servers and
sessions, and its key is good for nothing else."""

import concurrent.futures
import json
import uuid

import pytest

from api_tokens import CREATE
from event_documents import update_company
from hub import until
from people_documents import INVITE
from session_documents import SIGN_IN
from test_event_stream import ready
from webhook_documents import LIST, MUTATION

UPDATE = """
  mutation($input: UpdateCompanyInput!) {
    updateCompany(input: $input) { company { tradeName revision } userErrors { code } }
  }
"""
HOOK = MUTATION.format(name="CreateWebhook", field="createWebhook", LIST=LIST)


def new_key():
    return str(uuid.uuid4())


def send(hub, document, given, key, token, **headers):
    return hub.ask(document, {"input": given}, token=token, Idempotency_Key=key, **headers)


def invited(hub, person, key, email="eva@test.example", **headers):
    return send(hub, INVITE, {"email": email, "role": "seller"}, key, person.token, **headers)


def invitations(hub, person):
    return int(hub.sql(f"select count(*) from invitation where tenant_id = '{person.tenant}'"))


def is_replay(answer):
    return answer.headers.get("idempotency-replayed") == "true"


def test_what_is_sent_again_is_answered_again_and_not_done_again(hub):
    ana, key = hub.person(), new_key()
    first, again = invited(hub, ana, key), invited(hub, ana, key)
    assert first.data["invitePerson"]["userErrors"] == []
    assert not is_replay(first) and is_replay(again)
    assert again.body == first.body and again.status == 200
    assert invitations(hub, ana) == 1
    mailed = f"select cardinality(mailed_at) from invitation where tenant_id = '{ana.tenant}'"
    assert hub.sql(mailed) == "1"
    # Under another key it is another attempt.
    assert not is_replay(invited(hub, ana, new_key(), email="otra@test.example"))
    assert invitations(hub, ana) == 2


def test_another_body_under_the_same_key_is_refused(hub):
    ana, key = hub.person(), new_key()
    invited(hub, ana, key)
    refused = invited(hub, ana, key, email="otra@test.example")
    assert (refused.status, refused.codes) == (422, ["IDEMPOTENCY_KEY_REUSED"])
    assert invitations(hub, ana) == 1


def test_each_actor_and_each_company_has_keys_of_its_own(hub):
    ana, luis, key = hub.person(), hub.person(), new_key()
    caro = hub.person(tenant=ana.tenant)
    answers = [invited(hub, person, key, email=f"{number}@test.example")
               for number, person in enumerate((ana, luis, caro))]
    assert [is_replay(answer) for answer in answers] == [False] * 3
    assert (invitations(hub, ana), invitations(hub, luis)) == (2, 1)
    # The same person in another company.
    hub.sql(f"""insert into membership (tenant_id, account_id, role)
        values ('{luis.tenant}', '{ana.account}', 'administrator')""")
    there = hub.access_token(ana.account, luis.tenant, ana.session)
    given = {"email": "0@test.example", "role": "seller"}
    assert not is_replay(send(hub, INVITE, given, key, there))
    assert invitations(hub, luis) == 2


def test_whoever_signs_in_anew_is_answered_again(hub):
    ana, key, session = hub.person(), new_key(), str(uuid.uuid4())
    first = invited(hub, ana, key)
    hub.sql(f"""insert into session (id, account_id, last_tenant_id, device, expires_at,
          idle_expires_at)
        values ('{session}', '{ana.account}', '{ana.tenant}', 'test', now() + interval '1 hour',
          now() + interval '1 hour');
        update session set revoked_at = now() where id = '{ana.session}'""")
    assert invited(hub, ana, key).status == 401
    ana.token = hub.access_token(ana.account, ana.tenant, session)
    again = invited(hub, ana, key)
    assert is_replay(again) and again.body == first.body


def test_who_may_no_longer_is_told_nothing(hub):
    ana, key = hub.person(), new_key()
    hub.person(tenant=ana.tenant)
    invited(hub, ana, key)
    hub.sql(f"update membership set role = 'seller' where account_id = '{ana.account}'")
    refused = invited(hub, ana, key)
    assert refused.codes == ["FORBIDDEN"] and not is_replay(refused)


def test_a_day_later_the_key_is_free(hub):
    ana, key = hub.person(), new_key()
    invited(hub, ana, key)
    hub.sql(f"""update kept_answer set kept_at = now() - interval '1 day 1 second'
        where tenant_id = '{ana.tenant}'""")
    other = invited(hub, ana, key, email="otra@test.example")
    assert other.data["invitePerson"]["userErrors"] == [] and not is_replay(other)
    assert is_replay(invited(hub, ana, key, email="otra@test.example"))


def test_a_refusal_is_an_answer_too(hub):
    ana, key = hub.person(), new_key()
    given = {"revision": 1, "tradeName": "x" * 10_000}
    first, again = (send(hub, UPDATE, given, key, ana.token) for _ in range(2))
    assert first.data["updateCompany"]["userErrors"] != []
    assert is_replay(again) and again.body == first.body


def test_what_was_changed_since_is_not_in_the_answer(hub):
    ana, key = hub.person(), new_key()
    given = {"revision": 1, "tradeName": "Uno"}
    first = send(hub, UPDATE, given, key, ana.token)
    update_company(hub, ana, tradeName="Dos")
    assert send(hub, UPDATE, given, key, ana.token).body == first.body
    assert hub.sql(f"select trade_name from company where tenant_id = '{ana.tenant}'") == "Dos"


def test_each_field_of_a_document_is_done_once(hub):
    ana, key = hub.person(), new_key()
    both = """mutation($a: InvitePersonInput!, $b: InvitePersonInput!) {
      a: invitePerson(input: $a) { invitations { email } userErrors { code } }
      b: invitePerson(input: $b) { invitations { email } userErrors { code } }
    }"""
    variables = {"a": {"email": "a@test.example", "role": "seller"},
                 "b": {"email": "b@test.example", "role": "nobody"}}
    first, again = (hub.ask(both, variables, token=ana.token, Idempotency_Key=key)
                    for _ in range(2))
    assert first.data["a"]["userErrors"] == [] and first.data["b"]["userErrors"] != []
    assert is_replay(again) and again.body == first.body
    # Where the answer to one of them was never kept, as behind a crash, it alone is done.
    hub.sql(f"delete from kept_answer where field = 'b' and tenant_id = '{ana.tenant}'")
    third = hub.ask(both, variables, token=ana.token, Idempotency_Key=key)
    assert third.body == first.body and invitations(hub, ana) == 1


def test_many_at_once_at_two_servers_are_one(hub, serve):
    ana, other = hub.person(), ready(serve())
    for round in range(5):
        key, email = new_key(), f"r{round}@test.example"

        def attempt(number):
            while True:
                answer = invited((hub, other)[number % 2], ana, key, email=email)
                if answer.status != 409:
                    return answer
                assert answer.codes == ["IDEMPOTENCY_UNDER_WAY"]
                assert answer.headers["retry-after"] == "1"

        with concurrent.futures.ThreadPoolExecutor(8) as clients:
            answers = list(clients.map(attempt, range(8)))
        assert len({answer.body for answer in answers}) == 1
        assert [is_replay(answer) for answer in answers].count(False) == 1
        assert invitations(hub, ana) == round + 1


def waiting(hub, serve):
    """A server that holds an attempt open, behind whoever has the company's row."""
    waits = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
    return ready(serve()), lambda: hub.sql(waits) != "0"


def test_while_it_is_done_it_is_neither_done_nor_waited_for(hub, serve):
    ana, key = hub.person(), new_key()
    given = {"revision": 1, "tradeName": "Una vez"}
    served, waits = waiting(hub, serve)
    with concurrent.futures.ThreadPoolExecutor() as clients, hub.open_psql() as psql:
        psql.stdin.write(
            f"begin; select 1 from company where tenant_id = '{ana.tenant}' for update;\n")
        assert psql.stdout.readline() == "1\n"
        first = clients.submit(send, served, UPDATE, given, key, ana.token)
        until(waits, "the first attempt waits")
        second = send(hub, UPDATE, given, key, ana.token)
        assert (second.status, second.codes) == (409, ["IDEMPOTENCY_UNDER_WAY"])
        psql.stdin.write("commit;\n")
        psql.stdin.flush()
        assert first.result().data["updateCompany"]["company"]["tradeName"] == "Una vez"
    assert send(hub, UPDATE, given, key, ana.token).body == first.result().body


def test_a_server_that_is_killed_at_it_has_done_nothing(hub, serve):
    ana, key = hub.person(), new_key()
    given = {"revision": 1, "tradeName": "Otra vez"}
    served, waits = waiting(hub, serve)
    with concurrent.futures.ThreadPoolExecutor() as clients, hub.open_psql() as psql:
        psql.stdin.write(
            f"begin; select 1 from company where tenant_id = '{ana.tenant}' for update;\n")
        assert psql.stdout.readline() == "1\n"
        first = clients.submit(send, served, UPDATE, given, key, ana.token)
        until(waits, "the attempt waits")
        served.process.kill()
        served.process.wait()
        served.process.stdout.close()
        with pytest.raises(OSError):
            first.result()
        psql.stdin.write("commit;\n")
        psql.stdin.flush()
    # The connection of who was killed may take its time to be noticed.
    until(lambda: send(hub, UPDATE, given, key, ana.token).status == 200, "the key is free")
    assert is_replay(send(hub, UPDATE, given, key, ana.token))


def test_who_left_before_the_answer_is_answered_later(hub):
    ana, key = hub.person(), new_key()
    connection = hub.connect()
    connection.request(
        "POST", "/graphql",
        json.dumps({"query": INVITE, "variables": {
            "input": {"email": "eva@test.example", "role": "seller"}}}),
        {"Content-Type": "application/json", "Authorization": f"Bearer {ana.token}",
         "Idempotency-Key": key},
    )
    connection.close()
    until(lambda: invitations(hub, ana) == 1, "it is done")
    assert is_replay(invited(hub, ana, key)) and invitations(hub, ana) == 1


def test_a_secret_that_is_shown_once_is_shown_again_to_whoever_has_the_key(hub):
    ana, key = hub.person(), new_key()
    given = {"name": "Socio", "scopes": ["company:read", "webhooks:write"]}
    first, again = (send(hub, CREATE, given, key, ana.token) for _ in range(2))
    token = first.data["createApiToken"]["token"]
    assert again.body == first.body and token.startswith("map_")
    stored = hub.sql("select encode(sealed_answer, 'escape') from kept_answer")
    assert token not in stored and "createApiToken" not in stored
    # And to a program, under its token's own keys.
    hook = {"url": "http://127.0.0.1:10009/"}
    made, same = (send(hub, HOOK, hook, key, token) for _ in range(2))
    # What the token may not read is an error of the answer, and of the one that is told again.
    assert made.codes == ["SCOPE_REQUIRED"]
    assert same.body == made.body and is_replay(same)
    assert made.json["data"]["createWebhook"]["secret"].startswith("whsec_")
    assert int(hub.sql(f"select count(*) from webhook where tenant_id = '{ana.tenant}'")) == 1


@pytest.mark.parametrize(
    "bad", ["", " ", "a b", "ñ", "a,b", '"a', 'a"', '"a" b', '"a\\x"', "x" * 256, '""'], ids=ascii)
def test_what_is_no_key_is_refused(hub, bad):
    ana = hub.person()
    answer = invited(hub, ana, bad.encode())
    assert (answer.status, answer.codes) == (400, ["IDEMPOTENCY_KEY_INVALID"])
    assert invitations(hub, ana) == 0


def test_two_keys_are_none(hub):
    ana = hub.person()
    body = json.dumps({"query": "mutation { updateCompany(input: {revision: 1}) { userErrors { code } } }"})
    answer = hub.send((
        f"POST /graphql HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer {ana.token}\r\n"
        "Content-Type: application/json\r\nIdempotency-Key: a\r\nIdempotency-Key: a\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}").encode())
    assert b"IDEMPOTENCY_KEY_INVALID" in answer


def test_quoted_and_bare_it_is_the_same_key(hub):
    ana, key = hub.person(), new_key()
    first = invited(hub, ana, key)
    assert invited(hub, ana, f'"{key}"').body == first.body
    # The longest there is.
    assert invited(hub, ana, "x" * 255, email="l@test.example").status == 200


def test_what_has_to_do_with_a_session_takes_no_key(hub):
    ana = hub.person()
    alone = hub.access_token(ana.account, str(uuid.UUID(int=0)), ana.session)
    signing = {"email": ana.email, "password": "x"}
    mixed = """mutation { updateCompany(input: {revision: 1}) { userErrors { code } }
      signOut(input: {}) { userErrors { code } } }"""
    for answer in (
        hub.ask(SIGN_IN, {"input": signing}, Idempotency_Key="a"),
        hub.ask(mixed, token=ana.token, Idempotency_Key="a"),
        send(hub, UPDATE, {"revision": 1}, "a", alone),
    ):
        assert (answer.status, answer.codes) == (400, ["IDEMPOTENCY_NOT_SUPPORTED"])
    assert hub.ask("{ company { id } }", token=ana.token, Idempotency_Key="").status == 200


def test_an_answer_that_is_too_large_to_keep_leaves_nothing_done(hub, serve):
    ana, served = hub.person(), ready(serve(KEPT_ANSWER_BYTES_MAX="60"))
    answer = invited(served, ana, new_key())
    assert answer.codes == ["LIMIT_EXCEEDED"]
    assert answer.json["errors"][0]["extensions"]["limit"] == "keptAnswerBytesMax"
    assert invitations(hub, ana) == 0


def test_answers_are_forgotten_after_a_day(hub, serve):
    ana = hub.person()
    invited(hub, ana, new_key())
    invited(hub, ana, new_key(), email="otra@test.example")
    hub.sql(f"""update kept_answer set kept_at = now() - interval '25 hours'
        where tenant_id = '{ana.tenant}' and key_digest = (
          select key_digest from kept_answer where tenant_id = '{ana.tenant}' limit 1)""")
    serve(HOUSEKEEPING_SECONDS="0.2")
    kept = f"select count(*) from kept_answer where tenant_id = '{ana.tenant}'"
    until(lambda: hub.sql(kept) == "1", "the older one is forgotten")
