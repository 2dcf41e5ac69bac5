"""PostgreSQL taken away under a running hub: it says so, stays alive, and recovers by itself."""

import concurrent.futures

import pytest

from hub import JSON, RESPONSE_JSON, until
from session_documents import SIGN_IN, refresh

PROFILE = "{ profile { id } }"
CHANGE = 'mutation { updateProfile(input: {revision: 1}) { userErrors { code } } }'
UPDATE = (
    'mutation { updateProfile(input: {revision: 1, firstName: "N%d"}) { userErrors { code } } }'
)
SIGN = {"input": {"email": "ana@ejemplar.example", "password": "demo-ejemplar"}}


@pytest.fixture(scope="module")
def outage(make_hub):
    """A hub of its own, for its database is taken away; with a person who had a token before."""
    hub = make_hub().start()
    return hub, hub.person()


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_the_hub_says_that_the_database_is_away_and_recovers_by_itself(outage, mode):
    hub, person = outage
    assert hub.request("GET", "/readyz").status == 200
    token = hub.refresh_token(person)
    hub.pg_ctl("stop", "-m", mode)
    try:
        before = hub.log_length()
        asked = 0
        for accept in [JSON, RESPONSE_JSON]:
            for document, variables in [(PROFILE, None), (CHANGE, None), (SIGN_IN, SIGN)]:
                answer = hub.ask(document, variables, token=person.token, accept=accept)
                asked += 1
                assert answer.status == 503
                assert answer.codes == ["DATABASE_UNAVAILABLE"]
                assert int(answer.headers["retry-after"]) >= 1
                assert answer.headers["content-type"].startswith(accept)
        assert refresh(hub, token).status == 503
        assert hub.request("GET", "/readyz").status == 503
        assert hub.request("GET", "/livez").status == 200
        # What needs no database is answered on.
        assert hub.ask("{ about { name } }").status == 200
        lines, text = hub.log_since(before)
        refused = [line for line in lines if line.get("code") == "DATABASE_UNAVAILABLE"]
        assert len([line for line in refused if line["route"] == "/graphql"]) == asked + 1
        assert person.token not in text and token not in text
    finally:
        hub.pg_ctl("start", "-l", hub.data / "postgresql.log")
    until(lambda: hub.request("GET", "/readyz").status == 200, "ready again")
    assert hub.ask(PROFILE, token=person.token).data == {"profile": {"id": person.account}}
    assert hub.ask(CHANGE, token=person.token).data == {"updateProfile": {"userErrors": []}}
    assert refresh(hub, token).data["refreshSession"]["userErrors"] == []


def test_connections_that_an_operator_ends_are_made_anew(outage):
    hub, person = outage
    hub.sql(
        """select pg_terminate_backend(pid) from pg_stat_activity
        where usename like 'hub\\_app%'"""
    )
    until(
        lambda: hub.ask(PROFILE, token=person.token).status == 200
        and hub.ask(CHANGE, token=person.token).status == 200,
        "served again",
    )


def active(hub, statement):
    """How many connections are at a statement like this one."""
    return int(
        hub.sql(
            f"""select count(*) from pg_stat_activity
            where state = 'active' and query like '{statement}'"""
        )
    )


def test_requests_in_flight_when_the_database_goes_are_all_answered(outage):
    hub, person = outage
    # A lock that another holds keeps the change in flight until the server is stopped.
    with concurrent.futures.ThreadPoolExecutor(8) as clients:
        lock = f"select from account where id = '{person.account}' for update"
        holder = clients.submit(hub.sql, f"begin; {lock}; select pg_sleep(60)")
        until(lambda: active(hub, "select pg_sleep%") == 1, "the lock is held")
        changes = [clients.submit(hub.ask, UPDATE % n, None, person.token) for n in range(3)]
        until(lambda: active(hub, "% FOR UPDATE") == 3, "the changes wait")
        hub.pg_ctl("stop", "-m", "immediate")
        try:
            for change in changes:
                answer = change.result()
                assert answer.status == 503
                assert answer.codes == ["DATABASE_UNAVAILABLE"]
            holder.exception()
        finally:
            hub.pg_ctl("start", "-l", hub.data / "postgresql.log")
    until(lambda: hub.request("GET", "/readyz").status == 200, "ready again")
    name = hub.ask("{ profile { firstName } }", token=person.token).data
    assert name == {"profile": {"firstName": "Pru"}}
