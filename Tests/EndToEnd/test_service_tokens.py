"""The tokens of solutions' backends: how operators keep them, and what they open."""

import re
import subprocess

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from hub import EJEMPLAR, encoded
from service_tokens import TOKEN, command, revoke, service_token
from session_documents import company_of
from test_access_tokens import assert_refused

SERVICE = "{ service { solution name } }"
UNKNOWN = "00000000-0000-4000-8000-00000000dead"


def test_a_token_says_in_whose_name_it_acts(hub):
    for solution in ("invoicing", "payroll"):
        token, _ = service_token(hub, solution, name="Taller ñ")
        answer = hub.ask("{ service { __typename solution name expiresAt } about { name } }",
                         token=token).data
        assert answer["about"] == {"name": "Mi Alegra"}
        assert answer["service"].pop("expiresAt") == hub.sql(
            "select to_char(expires_at at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
            f" from service_token order by created_at desc limit 1")
        assert answer["service"] == {
            "__typename": "Service", "solution": solution, "name": "Taller ñ"}


@pytest.mark.parametrize("document", [
    "{ company { legalName } }", "{ profile { id } security { email } }", "{ people { id } }",
    "{ memberships { companyId } }", "{ solutions { code } }",
    "mutation { signOut(input: {}) { userErrors { code } } }",
    'mutation { updateProfile(input: {revision: 1, firstName: "X"}) { userErrors { code } } }',
    "mutation { leaveCompany(input: {}) { userErrors { code } } }",
])
def test_it_has_no_field_of_a_member(hub, document):
    token, _ = service_token(hub)
    answer = hub.ask(document, token=token)
    assert answer.status == 200
    assert set(answer.codes) == {"FORBIDDEN"}
    assert set(answer.json["data"].values()) == {None}


def test_no_member_has_its_field_and_nobody_without_a_token(hub):
    for role in ("administrator", "seller"):
        answer = hub.ask(SERVICE, token=hub.person(role).token)
        assert answer.codes == ["FORBIDDEN"] and answer.json["data"] == {"service": None}
    assert_refused(hub, None, SERVICE)
    mixed = hub.ask("{ about { name } service { solution } }")
    assert mixed.codes == ["UNAUTHENTICATED"] and mixed.json["data"]["service"] is None


def mistyped(token):
    """Tokens that a person or a program could make of one."""
    flipped = token[:20] + ("a" if token[20] != "a" else "b") + token[21:]
    return {
        "one character": flipped, "cut": token[:-1], "longer": token + "0",
        "no checksum": token[:34], "another's checksum": token[:34] + "000000",
        "only the prefix": "mas_", "padded": token + "=", "lower case": token.lower(),
        "a refresh token": "rt_" + encoded(b"x" * 32), "with spaces": f"{token} {token}",
    }


def test_what_is_no_token_of_ours_is_refused_like_an_invalid_access_token(hub):
    token, _ = service_token(hub)
    for bad in mistyped(token).values():
        assert_refused(hub, bad, SERVICE)
    # Of the right shape, and never made.
    never = service_token(hub)[0]
    hub.sql("delete from service_token where id ="
            " (select id from service_token order by created_at desc limit 1)")
    assert_refused(hub, never, SERVICE)
    assert hub.ask(SERVICE, token=token).data["service"]["solution"] == "invoicing"


def test_a_mistyped_one_costs_no_question_to_the_database(hub):
    token, _ = service_token(hub)
    with subprocess.Popen(
        ["psql", "-XqAt", "-d", hub.database_url()], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    ) as holder:
        holder.stdin.write("begin; lock table service_token in access exclusive mode; select 1;\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "1\n"
        for bad in mistyped(token).values():
            assert_refused(hub, bad, SERVICE)
        # Whoever could be one of ours waits for the table, and in vain.
        assert hub.ask(SERVICE, token=token).codes == ["TIMED_OUT"]
        holder.stdin.close()
    assert hub.ask(SERVICE, token=token).status == 200


@pytest.mark.parametrize("document", [SERVICE, "{ company { legalName } }"])
def test_one_that_is_revoked_or_over_is_refused_at_once(hub, document):
    kept, _ = service_token(hub)
    revoked, identifier = service_token(hub)
    over, _ = service_token(hub, days=1)
    assert hub.ask(SERVICE, token=revoked).status == 200
    revoke(hub, identifier)
    assert_refused(hub, revoked, document)
    hub.sql("update service_token set created_at = created_at - interval '2 days',"
            " expires_at = now() - interval '1 second' where id ="
            " (select id from service_token order by created_at desc limit 1)")
    assert_refused(hub, over, document)
    assert hub.ask(SERVICE, token=kept).status == 200


def test_what_is_public_stays_public(hub):
    token, _ = service_token(hub)
    answer = hub.ask('mutation { signIn(input: {email: "no@body.example", password: "x"})'
                     " { userErrors { code } } }", token=token)
    assert answer.data["signIn"]["userErrors"]


def test_a_socket_is_for_people(hub):
    token, _ = service_token(hub)
    url = f"ws://127.0.0.1:{hub.port}/graphql"
    with connect(url, subprotocols=["graphql-transport-ws"]) as socket:
        socket.send('{"type":"connection_init","payload":{"Authorization":"Bearer %s"}}' % token)
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(timeout=10)
    assert closed.value.rcvd.code == 4403


def test_a_stream_answers_it_as_a_response_would(hub):
    token, _ = service_token(hub)
    answer = hub.ask(SERVICE, token=token, accept="text/event-stream")
    assert b'"solution":"invoicing"' in answer.body


# What acts ---------------------------------------------------------------------------------------


def solution_of(hub, token, role="hub_app_write"):
    hashed = f"sha256('{token}'::bytea)"
    return hub.sql(f"set role {role}; select service_solution({hashed})")


def test_the_act_itself_asks_again_and_notes_the_use_once_a_minute(hub):
    token, identifier = service_token(hub)
    used = f"select last_used_at from service_token where id = '{identifier}'"
    hub.ask(SERVICE, token=token)
    assert hub.sql(used) == ""
    assert solution_of(hub, token) == "invoicing"
    first = hub.sql(used)
    assert first != ""
    assert solution_of(hub, token) == "invoicing"
    assert hub.sql(used) == first
    hub.sql(f"update service_token set last_used_at = now() - interval '61 seconds'"
            f" where id = '{identifier}'")
    solution_of(hub, token)
    assert hub.sql(used) >= first
    revoke(hub, identifier)
    assert solution_of(hub, token) == ""
    hub.sql(f"""do $$ begin perform service_guard(sha256('{token}'::bytea));
        raise exception 'let in'; exception when sqlstate 'HB401' then null; end $$""")


def test_the_servers_roles_neither_read_the_table_nor_make_tokens(hub):
    for role in ("hub_app_read", "hub_app_write"):
        assert hub.sql(f"""
            select has_table_privilege('{role}', 'service_token', 'select'),
              has_any_column_privilege('{role}', 'service_token', 'select,insert,update'),
              has_function_privilege('{role}', 'service_tokens()', 'execute'),
              has_function_privilege('{role}', 'revoke_service_token(uuid)', 'execute'),
              has_function_privilege(
                '{role}', 'create_service_token(text, text, bytea, integer)', 'execute')
            """) == "f|f|f|f|f"


def test_a_solution_finds_the_companies_that_have_it(hub):
    """What the functions of solutions' backends ask first."""
    person = hub.person()
    find = ("set role hub_service; select company_has_solution('{}', 'invoicing'),"
            " company_has_solution('{}', 'pos')")
    assert hub.sql(find.format(person.tenant, person.tenant)) == "f|f"
    hub.sql(f"insert into company_solution (tenant_id, solution, country_version, plan, state)"
            f" values ('{person.tenant}', 'invoicing', 'CO', 'pyme', 'READ_ONLY')")
    assert hub.sql(find.format(person.tenant, person.tenant)) == "t|f"
    assert hub.sql(find.format(UNKNOWN, UNKNOWN)) == "f|f"


# Operators' commands -----------------------------------------------------------------------------


def test_it_is_shown_once_and_kept_as_a_hash(hub):
    token, identifier = service_token(hub, "pos", name="caja")
    assert hub.sql("select solution, name, hash = sha256('%s'::bytea),"
                   " expires_at - created_at from service_token where id = '%s'"
                   % (token, identifier)) == "pos|caja|t|365 days"
    listed = command(hub, "list")
    assert listed.returncode == 0 and not TOKEN.search(listed.stdout + listed.stderr)
    line = next(line for line in listed.stdout.splitlines() if identifier in line)
    assert re.fullmatch(rf"{identifier}  pos  good until \d{{4}}-\S+ \S+  never used  caja", line)
    revoke(hub, identifier)
    listed = command(hub, "list").stdout
    assert re.search(rf"{identifier}  pos  revoked ", listed)
    first = hub.sql(f"select revoked_at from service_token where id = '{identifier}'")
    revoke(hub, identifier)
    assert hub.sql(f"select revoked_at from service_token where id = '{identifier}'") == first


@pytest.mark.parametrize("arguments, said", [
    (["create", "nothing", "--name", "x"], "no solution nothing"),
    (["create", "pos"], "--name"),
    (["create", "pos", "--name", ""], "--name takes"),
    (["create", "pos", "--name", "a\nb"], "--name takes"),
    (["create", "pos", "--name", "x" * 101], "--name takes"),
    (["create", "pos", "--name", "x", "--days", "0"], "--days takes"),
    (["create", "pos", "--name", "x", "--days", "3651"], "--days takes"),
    (["revoke", UNKNOWN], "no token"),
    (["revoke", "x"], "is a uuid"),
])
def test_what_cannot_be_is_said_and_no_token_shown(hub, arguments, said):
    before = hub.sql("select count(*) from service_token")
    done = command(hub, *arguments)
    assert done.returncode != 0 and said in done.stderr
    assert done.stdout == ""
    assert hub.sql("select count(*) from service_token") == before


def test_the_company_that_a_member_is_in_is_none_of_a_tokens_business(hub):
    """A service token and a person's access token side by side: each opens its own."""
    token, _ = service_token(hub)
    person = hub.person(tenant=EJEMPLAR)
    assert company_of(hub, person.token) == EJEMPLAR
    assert hub.ask("{ company { id } }", token=token).codes == ["FORBIDDEN"]
