"""The API tokens of companies: how administrators keep them, what they open, and when they end."""

import contextlib
import subprocess
import threading

import pytest
from graphql import build_client_schema, get_introspection_query
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from api_tokens import (
    TOKEN, api_token, create, quota, required, revoke, rotate, tokens,
)
from hub import EJEMPLAR, until
from service_tokens import service_token
from test_access_tokens import assert_refused
from test_service_tokens import mistyped

COMPANY = "{ company { legalName } }"
HUB_PAGE = """
{ company { legalName identification { number } } solutions { code } integrations { code }
  profile { firstName } security { email } about { name } }
"""
CHANGE = """
mutation Change($revision: Int!, $name: String) {
  updateCompany(input: {revision: $revision, tradeName: $name}) {
    company { tradeName } userErrors { code } }
}
"""
NEVER = "00000000-0000-4000-8000-00000000dead"


def codes(made):
    return [(error["code"], error["field"]) for error in made["userErrors"]]


def change(hub, token, name, revision=1_000_000):
    return hub.ask(CHANGE, {"revision": revision, "name": name}, token=token)


# Making and ending -------------------------------------------------------------------------------


def test_a_token_is_told_once_and_kept_by_its_hash(hub):
    person = hub.person()
    made = create(hub, person, "people:read", "company:read", "company:read", name=" Socio ñ ")
    assert TOKEN.fullmatch(made["token"]) and made["userErrors"] == []
    (kept,) = made["apiTokens"]
    assert made["id"] == kept["id"] and kept["status"] == "ACTIVE"
    assert kept["name"] == "Socio ñ" and kept["createdBy"] == "Pru"
    assert kept["scopes"] == ["company:read", "people:read"]
    assert kept["lastUsedAt"] is kept["revokedAt"] is kept["rotatedAt"] is None
    assert tokens(hub, person) == {kept["id"]: kept}
    assert hub.sql(f"""
        select hash = sha256('{made["token"]}'::bytea), expires_at = created_at + interval '1 year'
        from api_token where id = '{kept["id"]}'""") == "t|t"
    everything = subprocess.run(
        ["pg_dump", "--data-only", "-d", hub.database_url()], capture_output=True, check=True)
    assert made["token"].encode() not in everything.stdout
    assert made["token"] not in hub.log_file.read_text()


@pytest.mark.parametrize("given, code, field", [
    ({"name": "  "}, "REQUIRED", "name"),
    ({"name": "x" * 101}, "TOO_LONG", "name"),
    ({"name": "a\nb"}, "INVALID_CHARACTERS", "name"),
    ({"scopes": []}, "REQUIRED", "scopes"),
    ({"scopes": ["company:read", "profile:read"]}, "NOT_OFFERED", "scopes"),
    ({"scopes": ["company:read,people:read"]}, "NOT_OFFERED", "scopes"),
    ({"scopes": ["COMPANY:READ"]}, "NOT_OFFERED", "scopes"),
    ({"expiresAt": "2020-01-01T00:00:00Z"}, "EXPIRY_OUT_OF_RANGE", "expiresAt"),
    ({"expiresAt": "2999-01-01T00:00:00Z"}, "EXPIRY_OUT_OF_RANGE", "expiresAt"),
])
def test_what_makes_no_token(hub, given, code, field):
    person = hub.person()
    given = {"name": "Socio", "scopes": ["company:read"]} | given
    made = create(hub, person, *given.pop("scopes"), **given)
    assert codes(made) == [(code, [field])] and made["token"] is made["id"] is None
    assert tokens(hub, person) == {}


def test_they_are_the_administrators_and_ask_for_a_fresh_proof(hub):
    administrator = hub.person()
    _, identifier = api_token(hub, administrator)
    hub.sql("update session set authenticated_at = now() - interval '11 minutes'"
            f" where id = '{administrator.session}'")
    refused = [("REAUTHENTICATION_REQUIRED", [])]
    assert codes(create(hub, administrator, "company:read")) == refused
    assert codes(rotate(hub, administrator, identifier)) == refused
    # Whoever finds one in the wrong place ends it at once.
    assert codes(revoke(hub, administrator, identifier)) == []
    for role in ("accountant", "assistant", "seller"):
        person = hub.person(role, tenant=administrator.tenant)
        answer = hub.ask("{ apiTokens { id } }", token=person.token)
        assert answer.codes == ["FORBIDDEN"]


def test_a_company_has_so_many_at_once(hub):
    person = hub.person()
    hub.sql(f"""insert into api_token (tenant_id, name, scopes, hash, created_at, expires_at)
        select '{person.tenant}', 'n' || n, '{{company:read}}', sha256(n::text::bytea),
          now() - interval '2 days', now() + (49 - n) * interval '1 day' - interval '1 hour'
        from generate_series(0, 49) as n""")
    # One of the fifty is over.
    api_token(hub, person)
    assert codes(create(hub, person, "company:read")) == [("TOO_MANY_API_TOKENS", [])]


def test_nobody_reaches_another_companys_tokens(hub):
    owner, other = hub.person(), hub.person()
    token, identifier = api_token(hub, owner)
    for attempt in (identifier, NEVER, "", "x", identifier[:-1]):
        for act in (rotate, revoke):
            assert codes(act(hub, other, attempt)) == [("API_TOKEN_NOT_FOUND", ["id"])]
    assert tokens(hub, other) == {}
    assert hub.ask(COMPANY, token=token).status == 200


def test_a_revoked_one_is_refused_at_once_for_good(hub):
    person = hub.person()
    token, identifier = api_token(hub, person)
    kept, _ = api_token(hub, person)
    for _ in range(2):
        assert hub.ask(COMPANY, token=token).status == 200
    revoked = revoke(hub, person, identifier)
    assert codes(revoked) == []
    (told,) = [one for one in revoked["apiTokens"] if one["id"] == identifier]
    assert told["status"] == "REVOKED" and told["revokedAt"]
    for document in (COMPANY, "{ about { name } company { id } }", "{ __schema { types { name } } }"):
        assert_refused(hub, token, document)
    assert change(hub, token, "Nunca").status == 401
    assert codes(rotate(hub, person, identifier)) == [("API_TOKEN_NOT_FOUND", ["id"])]
    assert codes(revoke(hub, person, identifier)) == []
    assert hub.ask(COMPANY, token=kept).status == 200


@pytest.mark.parametrize("ending", [
    "update api_token set created_at = now() - interval '2 days',"
    " expires_at = now() - interval '1 second' where id = '{id}'",
    "delete from api_token where id = '{id}'",
    "delete from company where tenant_id = '{tenant}'",
    "update api_token set hash = sha256('other') where id = '{id}'",
])
def test_one_that_is_over_or_whose_company_is_gone_is_refused_at_once(hub, ending):
    person = hub.person()
    token, identifier = api_token(hub, person)
    assert hub.ask(COMPANY, token=token).status == 200
    hub.sql(ending.format(id=identifier, tenant=person.tenant))
    assert_refused(hub, token, COMPANY)
    assert_refused(hub, token, COMPANY)


def test_a_rotated_one_and_its_heir_both_work_for_a_while(hub):
    person = hub.person()
    first, identifier = api_token(hub, person)
    rotated = rotate(hub, person, identifier, overlapHours=1)
    second = rotated["token"]
    (told,) = rotated["apiTokens"]
    assert rotated["id"] == identifier and told["rotatedAt"] and told["overlapUntil"]
    for token in (first, second):
        assert hub.ask(COMPANY, token=token).status == 200
        assert change(hub, token, token[-8:]).data["updateCompany"]["userErrors"] == []
    # A further rotation keeps the last but one; the first text is at its end.
    third = rotate(hub, person, identifier)["token"]
    assert_refused(hub, first, COMPANY)
    assert [hub.ask(COMPANY, token=one).status for one in (second, third)] == [200, 200]
    hub.sql("update api_token set previous_until = now() - interval '1 second'"
            f" where id = '{identifier}'")
    assert_refused(hub, second, COMPANY)
    assert change(hub, second, "Nunca").status == 401
    assert tokens(hub, person)[identifier]["overlapUntil"] is None
    fourth = rotate(hub, person, identifier, overlapHours=0)["token"]
    assert_refused(hub, third, COMPANY)
    revoke(hub, person, identifier)
    assert_refused(hub, fourth, COMPANY)
    assert codes(rotate(hub, person, identifier, overlapHours=169)) == [
        ("OUT_OF_RANGE", ["overlapHours"])]


def test_both_texts_end_when_it_is_revoked(hub):
    person = hub.person()
    first, identifier = api_token(hub, person)
    second = rotate(hub, person, identifier)["token"]
    revoke(hub, person, identifier)
    assert_refused(hub, first, COMPANY)
    assert_refused(hub, second, COMPANY)


def test_what_is_no_token_of_ours_is_refused_like_an_invalid_access_token(hub):
    person = hub.person()
    token, _ = api_token(hub, person)
    forged = mistyped(token) | {
        "only the prefix": "map_", "a service token's": "mas_" + token[4:],
        "a personal token's": "MAP_" + token[4:],
    }
    for bad in forged.values():
        assert_refused(hub, bad, COMPANY)
    never, identifier = api_token(hub, person)
    hub.sql(f"delete from api_token where id = '{identifier}'")
    assert_refused(hub, never, COMPANY)
    assert_refused(hub, service_token(hub)[0].replace("mas_", "map_"), COMPANY)


def test_a_mistyped_one_costs_no_question_to_the_database(hub):
    token, _ = api_token(hub, hub.person())
    with hub.open_psql() as holder:
        holder.stdin.write("begin; lock table api_token in access exclusive mode; select 1;\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "1\n"
        for bad in mistyped(token).values():
            assert_refused(hub, bad, COMPANY)
        assert hub.ask(COMPANY, token=token).codes == ["TIMED_OUT"]


# What it opens -----------------------------------------------------------------------------------


def test_the_rest_of_a_query_is_answered(hub):
    token, _ = api_token(hub, hub.person(), "company:read", "solutions:read")
    answer = hub.ask(HUB_PAGE, token=token)
    assert answer.status == 200
    assert required(answer) == {
        "company.identification": "company.identification:read",
        "integrations": "integrations:read", "profile": None, "security": None}
    told = answer.json["data"]
    assert told["company"] == {"legalName": "Prueba", "identification": None}
    assert told["solutions"] and told["about"] == {"name": "Mi Alegra"}
    assert told["integrations"] is told["profile"] is told["security"] is None


def test_with_every_scope_nothing_of_a_person_is_opened(hub):
    person = hub.person()
    token, _ = api_token(hub, person)
    assert required(hub.ask(HUB_PAGE, token=token)) == {"profile": None, "security": None}
    for mutation in (
        'createApiToken(input: {name: "X", scopes: ["company:read"]})', "signOut(input: {})",
        f'revokeApiToken(input: {{id: "{NEVER}"}})', "leaveCompany(input: {})",
        'updateProfile(input: {revision: 1, firstName: "X"})',
        f'changeRole(input: {{personId: "{person.account}", role: "seller"}})',
        'activateSolution(input: {code: "invoicing", plan: "PRO"})',
        'invitePerson(input: {email: "a@b.example", role: "seller"})',
    ):
        name = mutation.partition("(")[0]
        answer = hub.ask("mutation { %s { userErrors { code } } }" % mutation, token=token)
        assert required(answer) == {name: None}
    assert hub.sql(f"select role from membership where account_id = '{person.account}'") == (
        "administrator")


def test_it_is_of_one_company_whatever_it_names(hub):
    token, _ = api_token(hub, hub.person())
    other = hub.person()
    theirs = hub.ask("{ company { id } people { id } }", token=token).data
    assert theirs["company"]["id"] != other.tenant
    assert other.account not in {one["id"] for one in theirs["people"]}
    headers = {"X_Tenant_Id": other.tenant, "X_Company": other.tenant}
    assert hub.ask("{ company { id } }", token=token, **headers).data["company"] == theirs["company"]


def test_a_change_is_the_tokens_in_the_log_and_asks_for_its_scope(hub):
    person = hub.person()
    reading, _ = api_token(hub, person, "company:read")
    writing, identifier = api_token(hub, person, "company:write")
    assert required(change(hub, reading, "Nunca")) == {"updateCompany": "company:write"}
    answer = change(hub, writing, "De un socio")
    # It changes the company, and is shown nothing of it.
    assert required(answer) == {"updateCompany.company": "company:read"}
    assert answer.json["data"]["updateCompany"] == {"company": None, "userErrors": []}
    last = hub.ask("""{ auditLog(types: ["company.updated"], first: 1) {
        events { actor { kind id name } changes { field after } } } }""",
        token=person.token).data["auditLog"]["events"][0]
    assert last["actor"] == {"kind": "TOKEN", "id": identifier, "name": None}
    assert last["changes"] == [{"field": "tradeName", "after": "De un socio"}]


def test_a_conflict_tells_nothing_that_the_token_may_not_read(hub):
    person = hub.person()
    hub.sql(f"update company set trade_name = 'Secreta' where tenant_id = '{person.tenant}'")
    document = CHANGE.replace("{ code }", "{ code currentValue }")
    writing, _ = api_token(hub, person, "company:write", "company:read")
    answer = hub.ask(document, {"revision": 0, "name": "Otra"}, token=writing)
    assert required(answer) == {
        "updateCompany.userErrors.0.currentValue": "company.identification:read"}
    assert b"Otra" not in answer.body
    told = answer.json["data"]["updateCompany"]
    assert told["userErrors"] == [{"code": "CONFLICT", "currentValue": None}]


def test_the_log_tells_a_token_no_more_than_its_scopes(hub):
    person = hub.person()
    document = '{ events { events { type actor { kind name } changes { field after } } } }'
    bare, _ = api_token(hub, person, "events:read")
    answer = hub.ask(document, token=bare)
    assert set(required(answer).values()) == {"events.changes:read", "people:read"}
    told = answer.json["data"]["events"]["events"]
    assert told[0]["type"] == "company.created"
    assert all(event["changes"] is event["actor"]["name"] is None for event in told)
    everything, _ = api_token(hub, person)
    made = [event for event in hub.ask(document, token=everything).data["events"]["events"]
            if event["type"] == "api_token.created"]
    assert [change["field"] for change in made[0]["changes"]] == ["name", "scopes", "expiresAt"]
    assert made[0]["actor"] == {"kind": "ACCOUNT", "name": "Pru"}


def test_what_happens_to_tokens_is_in_the_log_without_their_texts(hub):
    person = hub.person()
    token, identifier = api_token(hub, person)
    second = rotate(hub, person, identifier)["token"]
    revoke(hub, person, identifier)
    assert hub.sql(f"""select string_agg(type, ' ' order by sequence) from event
        where tenant_id = '{person.tenant}' and subject = '{identifier}'""") == (
        "api_token.created api_token.rotated api_token.revoked")
    told = hub.sql(f"select * from event where tenant_id = '{person.tenant}'")
    assert "hash" not in told.lower() and token not in told and second not in told


def test_texts_come_in_the_language_that_the_request_asks_for(hub):
    token, _ = api_token(hub, hub.person(), "solutions:read")
    names = {
        language: hub.ask('{ solution(code: "invoicing") { name } }', token=token,
                          Accept_Language=language).data["solution"]["name"]
        for language in ("es", "en", "pt", "fr")}
    assert names["es"] == names["fr"] and len({names["es"], names["en"], names["pt"]}) == 3


def test_a_refusal_speaks_the_language_of_the_request(hub):
    token, _ = api_token(hub, hub.person(), "company:write")
    document = """mutation { updateCompany(input: {revision: 1, email: "x"}) {
        userErrors { message } } }"""
    said = {
        language: hub.ask(document, token=token, Accept_Language=language)
        .data["updateCompany"]["userErrors"][0]["message"] for language in ("es", "en", "pt")}
    assert len(set(said.values())) == 3


def test_the_form_and_what_solutions_lack_are_told_without_a_person(hub):
    token, _ = api_token(hub, hub.person())
    answer = hub.ask("""{ company { fields { name label value } }
        solutions { code readiness { field label reason } } }""", token=token,
        Accept_Language="en")
    told = answer.data
    fields = {one["name"]: one for one in told["company"]["fields"]}
    assert fields["legalName"]["value"] == "Prueba" and fields["phone"]["label"] == "Telephone"
    assert any(solution["readiness"] for solution in told["solutions"])


# Introspection -----------------------------------------------------------------------------------


def schema_of(hub, token):
    return build_client_schema(hub.ask(get_introspection_query(), token=token).data)


def test_introspection_shows_what_the_token_may_have(hub):
    person = hub.person()
    reading, _ = api_token(hub, person, "company:read")
    shown = schema_of(hub, reading)
    assert "company" in shown.query_type.fields and "about" in shown.query_type.fields
    assert not {"profile", "security", "people", "apiTokens", "service", "solutions"} & set(
        shown.query_type.fields)
    assert "updateCompany" not in shown.mutation_type.fields
    assert shown.subscription_type is None
    company = shown.type_map["Company"].fields
    assert "legalName" in company and not {"identification", "fields"} & set(company)
    for name in ("Profile", "Security", "Identification", "ApiToken", "UpdateCompanyInput", "Event"):
        assert name not in shown.type_map
        assert hub.ask('{ __type(name: "%s") { name } }' % name, token=reading).data == {
            "__type": None}
    everything = schema_of(hub, api_token(hub, person)[0])
    assert {"company", "people", "events", "auditLog"} <= set(everything.query_type.fields)
    assert not {"profile", "security", "apiTokens"} & set(everything.query_type.fields)
    assert set(everything.subscription_type.fields) == {"events"}
    assert "identification" in everything.type_map["Company"].fields


def test_people_and_strangers_are_shown_the_whole_schema_as_before(hub):
    whole = schema_of(hub, None)
    assert "profile" in whole.query_type.fields
    assert set(schema_of(hub, hub.person().token).type_map) == set(whole.type_map)


@pytest.mark.parametrize("document, hidden", [
    ("{ profil { id } }", "profile"), ("{ securty { email } }", "security"),
    ("{ company { identificatio { number } } }", "identification"),
    ("mutation { updateCompan(input: {revision: 1}) { userErrors { code } } }", "updateCompany"),
    ("query ($in: UpdateCompanyInpu) { about { name } }", "UpdateCompanyInput"),
    ('mutation { updateCompany(input: {revision: 1, legalNam: "x"}) { userErrors { code } } }',
     "legalName"),
])
def test_suggestions_name_nothing_that_the_token_may_not_have(hub, document, hidden):
    token, _ = api_token(hub, hub.person(), "company:read")
    told = hub.ask(document, token=token).json["errors"][0]
    assert told["extensions"]["code"] == "GRAPHQL_VALIDATION_FAILED"
    assert f'"{hidden}"' not in told["message"].partition("Did you mean")[2]
    # To whoever may have it, it is.
    assert f'"{hidden}"' in hub.ask(document).json["errors"][0]["message"]


def test_what_it_may_have_is_suggested(hub):
    token, _ = api_token(hub, hub.person(), "company:read")
    assert "Did you mean" in hub.ask("{ compan { id } }", token=token).json["errors"][0]["message"]


# Streams and other doors -------------------------------------------------------------------------


def test_a_stream_of_events_ends_with_the_token(hub):
    person = hub.person()
    token, identifier = api_token(hub, person, "events:read")
    with contextlib.closing(hub.connect()) as connection:
        connection.request(
            "POST", "/graphql", '{"query": "subscription { events { type } }"}',
            {"Content-Type": "application/json", "Accept": "text/event-stream",
             "Authorization": f"Bearer {token}"})
        response = connection.getresponse()
        assert response.status == 200 and response.headers["RateLimit"]
        hub.sql(f"update company set trade_name = 'Uno' where tenant_id = '{person.tenant}'")
        told = b""
        while b"company.updated" not in told:
            told += response.readline()
        revoke(hub, person, identifier)
        told = response.read()
    # The revocation itself is an event; it is not told to a token that has ended.
    assert b"UNAUTHENTICATED" in told and b"api_token.revoked" not in told


def test_a_stream_asks_for_its_scope(hub):
    token, _ = api_token(hub, hub.person(), "company:read")
    answer = hub.ask("subscription { events { type } }", token=token, accept="text/event-stream")
    assert b"SCOPE_REQUIRED" in answer.body


def test_a_socket_is_for_people(hub):
    token, _ = api_token(hub, hub.person())
    url = f"ws://127.0.0.1:{hub.port}/graphql"
    with connect(url, subprotocols=["graphql-transport-ws"]) as socket:
        socket.send('{"type":"connection_init","payload":{"Authorization":"Bearer %s"}}' % token)
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(timeout=10)
    assert closed.value.rcvd.code == 4403


@pytest.mark.parametrize("method, path", [
    ("PUT", "/company/logo"), ("DELETE", "/company/logo"), ("PUT", "/profile/photo"),
    ("POST", "/launch/exchange"),
])
def test_what_stands_outside_of_graphql_is_not_for_tokens(hub, method, path):
    token, _ = api_token(hub, hub.person())
    answer = hub.request(method, path, b"{}", {
        "Authorization": f"Bearer {token}", "Content-Type": "application/json"})
    assert answer.status == 403 and answer.codes == ["SCOPE_REQUIRED"]


def test_a_get_is_answered_and_changes_nothing(hub):
    token, _ = api_token(hub, hub.person())
    headers = {"Authorization": f"Bearer {token}"}
    assert hub.get(headers, query=COMPANY).data["company"] == {"legalName": "Prueba"}
    answer = hub.get(headers, query="mutation { signOut(input: {}) { userErrors { code } } }")
    assert answer.codes == ["METHOD_NOT_ALLOWED"]


# While something is under way --------------------------------------------------------------------


def test_nothing_of_a_token_commits_once_its_revocation_was_answered(hub):
    person = hub.person()
    token, identifier = api_token(hub, person, "company:read", "company:write")
    assert hub.ask(COMPANY, token=token).status == 200
    with hub.open_psql() as holder:
        # The change has been admitted and waits for the company's row.
        holder.stdin.write(
            f"begin; select 1 from company where tenant_id = '{person.tenant}' for update;\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "1\n"
        outcome = []
        acting = threading.Thread(
            target=lambda: outcome.append(change(hub, token, "Antes")))
        acting.start()
        waits = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
        until(lambda: hub.sql(waits) != "0", "the change waits")
        ended = []
        ending = threading.Thread(
            target=lambda: ended.append(revoke(hub, person, identifier)))
        ending.start()
        until(lambda: int(hub.sql(waits)) > 1, "the revocation waits for the change")
        assert not ended
        holder.stdin.write("rollback;\n")
        holder.stdin.flush()
        acting.join(timeout=20)
        ending.join(timeout=20)
    assert codes(ended[0]) == []
    # The change was first, and stands; whatever comes now is refused.
    assert hub.sql(f"select trade_name from company where tenant_id = '{person.tenant}'") == "Antes"
    assert change(hub, token, "Después").status == 401


def test_the_database_asks_for_token_and_scope_again(hub):
    person = hub.person()
    token, identifier = api_token(hub, person, "company:read")
    for tenant, one, text, scope, refused in (
        (person.tenant, identifier, token, "company:read", ""),
        (person.tenant, identifier, token, "company:write", "HB403"),
        (EJEMPLAR, identifier, token, "company:read", "HB401"),
        (person.tenant, NEVER, token, "company:read", "HB401"),
        (person.tenant, identifier, token + "x", "company:read", "HB401"),
    ):
        said = hub.sql(f"""set role hub_app_write; do $$ begin
            perform token_guard('{tenant}', '{one}', sha256('{text}'::bytea), '{scope}');
            perform set_config('test.said', '', false);
            exception when others then perform set_config('test.said', sqlstate, false);
            end $$; select current_setting('test.said')""")
        assert said == refused
    assert hub.sql(f"""set role hub_app_write; do $$ begin
        perform token_guard('{person.tenant}', '{identifier}', sha256('{token}'::bytea), null);
        perform set_config('test.said', 'let in', false);
        exception when others then perform set_config('test.said', sqlstate, false);
        end $$; select current_setting('test.said')""") == "HB403"


def test_an_undoing_ends_the_tokens_of_whoever_knew_the_password(hub):
    person = hub.person()
    old, kept = api_token(hub, person)
    hub.sql(f"update api_token set created_at = now() - interval '80 hours' where id = '{kept}'")
    new, _ = api_token(hub, person)
    colleague = hub.person(tenant=person.tenant)
    theirs, _ = api_token(hub, colleague)
    # What undoing does: the password is taken away.
    hub.sql("update account set password_hash = null, password_changed_at = null"
            f" where id = '{person.account}'")
    assert_refused(hub, new, COMPANY)
    assert hub.ask(COMPANY, token=old).status == hub.ask(COMPANY, token=theirs).status == 200


def test_it_stays_when_its_maker_leaves_and_names_nobody(hub):
    colleague = hub.person()
    maker = hub.person(tenant=colleague.tenant)
    token, identifier = api_token(hub, maker)
    hub.sql(f"delete from account where id = '{maker.account}'")
    assert hub.ask(COMPANY, token=token).status == 200
    assert tokens(hub, colleague)[identifier]["createdBy"] is None


# When it was used, and how often -----------------------------------------------------------------


@pytest.fixture(scope="module")
def limited(serve):
    """A hub that writes down often when tokens were used, and lets each ask little."""
    served = serve(SEEN_SESSIONS_SECONDS="0.3", PARTNER_REQUESTS_MAX="5", PARTNER_WINDOW_SECONDS="2")
    until(lambda: served.request("GET", "/readyz").status == 200, "the hub is ready")
    return served


def test_when_it_was_used_is_written_afterwards_by_whoever_may_write(hub, limited):
    person = hub.person()
    token, identifier = api_token(hub, person)
    used = f"select last_used_at from api_token where id = '{identifier}'"
    assert hub.sql(used) == ""
    assert limited.ask(COMPANY, token=token).status == 200
    first = until(lambda: hub.sql(used), "its use is written down")
    sequence = f"select sequence from event_head where tenant_id = '{person.tenant}'"
    before = hub.sql(sequence)
    limited.ask(COMPANY, token=token)
    until(lambda: hub.sql(used) > first, "a later use is written down")
    # That it was used is no event.
    assert hub.sql(sequence) == before
    assert tokens(hub, person)[identifier]["lastUsedAt"]


def test_each_answer_tells_the_tokens_limit_and_beyond_it_is_429(hub, limited):
    person = hub.person()
    token, identifier = api_token(hub, person)
    told = [quota(limited.ask(COMPANY, token=token)) for _ in range(5)]
    assert [one[:3] for one in told] == [(5, 2, left) for left in (4, 3, 2, 1, 0)]
    refused = limited.ask(COMPANY, token=token)
    assert refused.status == 429 and refused.codes == ["RATE_LIMITED"]
    assert refused.limits == ["partnerRequestsMax"]
    assert quota(refused)[2] == 0 and int(refused.headers["Retry-After"]) == quota(refused)[3]
    # Another token of the company, and its people, are not held up.
    other, _ = api_token(hub, person)
    assert limited.ask(COMPANY, token=other).status == 200
    answer = limited.ask(COMPANY, token=person.token)
    assert answer.status == 200 and "RateLimit" not in answer.headers
    until(lambda: limited.ask(COMPANY, token=token).status == 200, "the window is over")


def test_both_texts_of_a_token_count_together_and_so_does_what_is_refused(hub, limited):
    person = hub.person()
    token, identifier = api_token(hub, person)
    second = rotate(hub, person, identifier)["token"]
    for number, (text, document, status) in enumerate([
        (token, COMPANY, 200), (second, COMPANY, 200), (second, "{", 200), (token, "{ x }", 200)]):
        answer = limited.ask(document, token=text)
        assert answer.status == status and quota(answer)[2] == 4 - number


def test_a_clock_may_be_asked_of_no_answer_without_a_token(hub):
    assert "RateLimit" not in hub.ask("{ about { name } }").headers
