"""A session is handed over to a solution: by a code that is good once, for a minute, for the
backend of this solution alone."""

import concurrent.futures
import json
import re
import uuid

import pytest

from hub import JSON
from service_tokens import revoke, service_token
from session_documents import SIGN_OUT, SWITCH
from solution_backend import exchange, launch, launch_code, query_of
from test_launcher import OPENS, SOLUTIONS, give

HOST = "https://facturacion.alegra.example"
CODE = re.compile(r"lc_[0-9A-Za-z_-]{43}")


@pytest.fixture
def person(hub):
    person = hub.person()
    give(hub, person.tenant, *SOLUTIONS)
    return person


@pytest.fixture(scope="module")
def service(hub):
    return service_token(hub, "invoicing")[0]


def refused(hub, service, code):
    answer = exchange(hub, service, code)
    assert answer.codes == ["LAUNCH_CODE_INVALID"] and answer.status == 400
    return answer


def switched(hub, person, tenant):
    """The person's access token in another of their companies."""
    answer = hub.ask(SWITCH, {"input": {"companyId": tenant}}, person.token)
    return answer.data["switchCompany"]["session"]["accessToken"]


def open_codes(hub, person):
    return int(hub.sql(f"select count(*) from launch_code where tenant_id = '{person.tenant}'"))


# The whole way ------------------------------------------------------------------------------------


def test_a_backend_is_told_who_comes_and_no_more(hub, person, service):
    hub.sql(f"""update account set display_name = 'Ana ñ', language = 'pt'
        where id = '{person.account}';
        update company_solution set plan = 'pro', state = 'READ_ONLY'
        where tenant_id = '{person.tenant}' and solution = 'invoicing'""")
    payload = launch(hub, person.token)
    assert payload["userErrors"] == [] and payload["name"] == "Alegra Faturamento"
    assert payload["url"].startswith(f"{HOST}/?code=")
    (code,) = query_of(payload["url"]).values()
    assert CODE.fullmatch(code)
    answer = exchange(hub, service, code)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith(JSON)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json == {
        "person": {
            "id": person.account, "displayName": "Ana ñ", "email": person.email, "language": "pt",
        },
        "company": {"id": person.tenant, "name": "Prueba", "countryVersion": "CO"},
        "solution": {"code": "invoicing", "status": "READ_ONLY", "plan": "pro"},
        "role": "administrator",
        "session": {
            "id": person.session,
            "expiresAt": hub.sql(
                "select to_char(expires_at at time zone 'UTC',"
                " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
                f" from session where id = '{person.session}'"),
        },
    }
    refused(hub, service, code)


def test_the_code_stands_nowhere_but_in_the_address(hub, person):
    length = hub.log_length()
    code = launch_code(hub, person.token)
    kept = hub.sql(
        "select solution, account_id, session_id, hash = sha256('%s'::bytea),"
        " expires_at - created_at from launch_code where tenant_id = '%s'" % (code, person.tenant))
    assert kept == f"invoicing|{person.account}|{person.session}|t|00:01:00"
    assert code not in hub.log_since(length)[1]


@pytest.mark.parametrize("role", OPENS)
@pytest.mark.parametrize("solution", SOLUTIONS)
def test_who_may_open_what_is_what_the_launcher_shows(hub, role, solution):
    person = hub.person(role)
    give(hub, person.tenant, *SOLUTIONS)
    payload = launch(hub, person.token, solution)
    if solution in OPENS[role]:
        assert payload["url"] and payload["userErrors"] == []
    else:
        assert payload["url"] is None
        (error,) = payload["userErrors"]
        assert error["code"] == "SOLUTION_NOT_FOR_ROLE" and error["field"] == ["code"]


def test_the_role_in_the_solution_is_the_one_that_is_told(hub, service):
    person = hub.person("seller")
    give(hub, person.tenant, "invoicing")
    hub.sql(f"""insert into solution_role (tenant_id, account_id, solution, role) values
        ('{person.tenant}', '{person.account}', 'invoicing', 'accountant')""")
    assert exchange(hub, service, launch_code(hub, person.token)).json["role"] == "accountant"


@pytest.mark.parametrize("code", ["pos", "nothing", "", "exchange", "INVOICING", "a' or 'a"])
def test_a_solution_that_the_company_does_not_use_is_not_found(hub, code):
    person = hub.person()
    give(hub, person.tenant, "invoicing")
    other = hub.person()
    give(hub, other.tenant, "pos")
    payload = launch(hub, person.token, code)
    assert payload["url"] is None and payload["name"] is None
    (error,) = payload["userErrors"]
    assert error["code"] == "SOLUTION_NOT_FOUND" and error["field"] == ["code"]
    assert open_codes(hub, person) == 0


# What opens nothing -------------------------------------------------------------------------------


ENDINGS = {
    "its minute is over": "update launch_code set expires_at = now() where {mine}",
    "the session was revoked": "update session set revoked_at = now() where id = '{session}'",
    "the session is over": "update session set idle_expires_at = now() where id = '{session}'",
    "the person was removed": "delete from membership where account_id = '{account}'",
    "the solution was switched off":
        "update company_solution set state = 'INACTIVE', deactivated_at = now()"
        " where {mine} and solution in ('invoicing', 'store')",
    "nothing is left of the solution":
        "delete from company_solution where {mine} and solution in ('invoicing', 'store')",
    "the role opens it no longer":
        "update membership set role = 'assistant' where account_id = '{account}';"
        " delete from role_solution where role = 'assistant' and solution = 'invoicing'",
    "the company is gone": "delete from company where {mine}",
    "the account is gone": "delete from account where id = '{account}'",
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_ended_in_between_opens_nothing(hub, person, service, ending):
    # The company keeps an administrator when the person goes.
    hub.person(tenant=person.tenant)
    code = launch_code(hub, person.token)
    roles = hub.sql("select role, solution from role_solution").splitlines()
    hub.sql(ENDINGS[ending].format(
        mine=f"tenant_id = '{person.tenant}'", session=person.session, account=person.account))
    try:
        refused(hub, service, code)
        kept = f"select count(*) from launch_code where hash = sha256('{code}'::bytea)"
        assert hub.sql(kept) == "0"
    finally:
        for row in roles:
            role, solution = row.split("|")
            hub.sql(f"insert into role_solution values ('{role}', '{solution}')"
                    " on conflict do nothing")


def test_signing_out_ends_what_is_under_way(hub, person, service):
    code = launch_code(hub, person.token)
    hub.ask(SIGN_OUT, token=person.token)
    refused(hub, service, code)


def test_another_solutions_token_opens_nothing_and_uses_nothing_up(hub, person, service):
    code = launch_code(hub, person.token)
    other, _ = service_token(hub, "pos")
    told = refused(hub, other, code)
    assert told.body == refused(hub, other, "lc_" + "A" * 43).body
    assert exchange(hub, service, code).status == 200


def test_a_code_that_is_none_is_refused_like_one_that_is_used(hub, person, service):
    code = launch_code(hub, person.token)
    assert exchange(hub, service, code).status == 200
    used = refused(hub, service, code).body
    for bad in ["", "x", "lc_", code[:-1], code + "A", code.upper(), "lc_" + "A" * 43, "\0", "ñ"]:
        assert refused(hub, service, bad).body == used


def test_only_a_good_service_token_may_ask(hub, person):
    code = launch_code(hub, person.token)
    token, identifier = service_token(hub, "invoicing")
    revoke(hub, identifier)
    for bad in (token, token[:-1] + "x", "mas_", "x", ""):
        answer = exchange(hub, bad, code)
        assert answer.status == 401 and answer.codes == ["UNAUTHENTICATED"]
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert exchange(hub, person.token, code).codes == ["FORBIDDEN"]
    nobody = hub.request("POST", "/launch/exchange", json.dumps({"code": code}),
                         {"Content-Type": JSON})
    assert nobody.status == 401
    assert exchange(hub, service_token(hub, "invoicing")[0], code).status == 200


@pytest.mark.parametrize("body, kind, status, codes", [
    ("", JSON, 400, ["INVALID_JSON"]), ("{", JSON, 400, ["INVALID_JSON"]),
    ("[]", JSON, 400, ["BATCHING_NOT_SUPPORTED"]), ('"lc_"', JSON, 400, ["INVALID_JSON"]),
    ("{}", JSON, 400, ["INVALID_PARAMETER"]), ('{"code": 1}', JSON, 400, ["INVALID_PARAMETER"]),
    ('{"code": null}', JSON, 400, ["INVALID_PARAMETER"]),
    ('{"code": "a", "code": "b"}', JSON, 400, ["INVALID_JSON"]),
    ("code=lc_", "application/x-www-form-urlencoded", 415, ["UNSUPPORTED_MEDIA_TYPE"]),
    ('{"code": "lc_"}', "text/plain", 415, ["UNSUPPORTED_MEDIA_TYPE"]),
])
def test_a_request_of_another_shape_says_what_is_wrong(hub, service, body, kind, status, codes):
    fields = {"Content-Type": kind, "Authorization": f"Bearer {service}"}
    answer = hub.request("POST", "/launch/exchange", body.encode(), fields)
    assert (answer.status, answer.codes) == (status, codes)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE"])
def test_it_is_asked_for_by_post(hub, service, method):
    fields = {"Authorization": f"Bearer {service}"}
    assert hub.request(method, "/launch/exchange", headers=fields).status == 405


# Two at once --------------------------------------------------------------------------------------


def test_of_many_exchanges_at_once_one_wins(hub, person, service):
    with concurrent.futures.ThreadPoolExecutor(8) as threads:
        for _ in range(10):
            code = launch_code(hub, person.token)
            answers = list(threads.map(lambda _: exchange(hub, service, code), range(8)))
            statuses = sorted(answer.status for answer in answers)
            assert statuses == [200] + [400] * 7


def test_a_second_use_ends_nothing(hub, person, service):
    """A page that is loaded again would else sign its person out."""
    code = launch_code(hub, person.token)
    assert exchange(hub, service, code).status == 200
    refused(hub, service, code)
    assert exchange(hub, service, launch_code(hub, person.token)).status == 200


def test_codes_that_wait_are_bounded(hub, person, service):
    codes = [launch_code(hub, person.token, "pos") for _ in range(20)]
    answer = hub.ask("""mutation { launchSolution(input: {code: "pos"}) { url } }""",
                     token=person.token)
    assert answer.status == 429 and answer.codes == ["RATE_LIMITED"]
    assert answer.headers["retry-after"] == "60"
    pos, _ = service_token(hub, "pos")
    assert exchange(hub, pos, codes[0]).status == 200
    assert launch_code(hub, person.token)
    hub.sql(f"update launch_code set expires_at = now() where tenant_id = '{person.tenant}'")
    assert launch_code(hub, person.token)


# Two companies ------------------------------------------------------------------------------------


def test_a_code_is_of_one_company(hub, person, service):
    """One person with two companies, and two people: each code tells its own company only."""
    other = hub.person()
    give(hub, other.tenant, "invoicing")
    hub.sql(f"""insert into membership (tenant_id, account_id, role)
        values ('{other.tenant}', '{person.account}', 'accountant')""")
    there = switched(hub, person, other.tenant)
    codes = {token: launch_code(hub, token) for token in (person.token, there, other.token)}
    told = {token: exchange(hub, service, code).json for token, code in codes.items()}
    assert [(it["company"]["id"], it["person"]["id"], it["role"]) for it in told.values()] == [
        (person.tenant, person.account, "administrator"),
        (other.tenant, person.account, "accountant"),
        (other.tenant, other.account, "administrator"),
    ]
    # A code does not survive the company that it is of, though its person has another.
    code = launch_code(hub, there)
    hub.sql(f"delete from membership where tenant_id = '{other.tenant}'"
            f" and account_id = '{person.account}'")
    refused(hub, service, code)


def test_the_servers_roles_read_no_code(hub):
    for role in ("hub_app_read", "hub_app_write", "hub_app"):
        assert hub.sql(
            f"select has_any_column_privilege('{role}', 'launch_code',"
            " 'select,insert,update,references')") == "f"


# Where to go --------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed, address", [
    ("/", f"{HOST}/"), ("/invoices/5?a=1&b=2#c", f"{HOST}/invoices/5?a=1&b=2#c"),
    (f"{HOST}", f"{HOST}/"), (f"{HOST.upper()}/Ab", f"{HOST}/Ab"), (None, None),
])
def test_a_place_in_the_solution_goes_along(hub, person, typed, address):
    state = "a b&c=d#ñ"
    payload = launch(hub, person.token, returnTo=typed, state=state)
    query = query_of(payload["url"])
    assert payload["url"].startswith(f"{HOST}/?code=") and "#" not in payload["url"]
    assert query.pop("code")
    assert query == {"state": state} | ({} if address is None else {"return_to": address})


@pytest.mark.parametrize("typed", [
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example",
    f"{HOST}@evil.example/", f"https://evil.example\\@{HOST[8:]}/", f"{HOST}:443/", f"{HOST}:8443/",
    f"{HOST}.evil.example/", f"{HOST}./", f"http://{HOST[8:]}/",
    "https://facturaci\u00f3n.alegra.example/",
    "https://\uff46acturacion.alegra.example/", "https:evil.example", "https:///evil.example",
    "javascript:alert(1)", "/%2f/evil.example", "/%5cevil.example", "/..//evil.example",
    "\thttps://evil.example", "https://pos.alegra.example/", "https://alegra.example/",
    "https://127.0.0.1/", "https://[::1]/", "", "invoices",
])
def test_any_other_place_is_refused_and_no_code_made(hub, person, typed):
    payload = launch(hub, person.token, returnTo=typed)
    assert payload["url"] is None
    (error,) = payload["userErrors"]
    assert error["code"] == "RETURN_TO_FOREIGN" and error["field"] == ["returnTo"]
    assert open_codes(hub, person) == 0


def test_a_state_is_bounded(hub, person):
    assert launch(hub, person.token, state="a" * 512)["url"]
    (error,) = launch(hub, person.token, state="a" * 513)["userErrors"]
    assert (error["code"], error["field"]) == ("TOO_LONG", ["state"])


@pytest.mark.parametrize("url", [
    "https://a.example/?x", "https://a.example/#x", "https://a.example", "https://a@b.example/",
    "https://A.example/", "https://a.example/ x", "http://a.example/",
])
def test_operators_cannot_give_a_solution_an_address_that_codes_would_leak_from(hub, url):
    assert hub.sql(f"""do $$ begin update solution set launch_url = '{url}' where code = 'pos';
        raise exception 'taken'; exception when check_violation then null; end $$""") == ""


def test_what_is_made_for_one_session_dies_with_it_alone(hub, person, service):
    session = str(uuid.uuid4())
    hub.sql(f"""insert into session (id, account_id, last_tenant_id, device, expires_at,
        idle_expires_at) values ('{session}', '{person.account}', '{person.tenant}', 'test',
        now() + interval '1 hour', now() + interval '1 hour')""")
    code = launch_code(hub, person.token)
    hub.sql(f"update session set revoked_at = now() where id = '{session}'")
    assert exchange(hub, service, code).status == 200
