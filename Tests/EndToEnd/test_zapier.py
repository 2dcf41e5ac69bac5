"""Zapier: a token with the connection, hooks as plain HTTP, and the end of both; the app itself is
run by Node."""

import json
import pathlib
import shutil
import subprocess

import pytest

from api_tokens import TOKEN, api_token
from hub import until
from webhook_documents import Endpoint, rename

CONNECT = """
mutation ($input: ConnectIntegrationInput!) {
  connectIntegration(input: $input) { token integration { status } userErrors { code field } }
}
"""
DISCONNECT = """
mutation { disconnectIntegration(input: {code: "zapier"}) { userErrors { code } } }
"""
APP = pathlib.Path(__file__).parents[2] / "schema" / "zapier" / "index.js"


def connect(hub, person, code="zapier"):
    answer = hub.ask(CONNECT, {"input": {"code": code}}, token=person.token)
    return answer.data["connectIntegration"]


def call(hub, token, method, path, body=None):
    fields = {"Content-Type": "application/json"}
    if token:
        fields["Authorization"] = f"Bearer {token}"
    return hub.request(method, path, json.dumps(body) if body else None, fields)


@pytest.fixture
def zapier():
    endpoint = Endpoint()
    yield endpoint
    endpoint.stop()


@pytest.fixture
def served(serve):
    return serve(OUTBOUND_LOOPBACK="true", WEBHOOK_POLL_SECONDS="0.05")


def test_connecting_tells_a_token_once_behind_a_fresh_proof(hub):
    person = hub.person()
    hub.sql(f"update session set authenticated_at = now() - interval '1 hour'"
            f" where id = '{person.session}'")
    stale = connect(hub, person)
    assert [error["code"] for error in stale["userErrors"]] == ["REAUTHENTICATION_REQUIRED"]
    assert stale["token"] is None and stale["integration"]["status"] == "AVAILABLE"
    hub.sql(f"update session set authenticated_at = now() where id = '{person.session}'")
    made = connect(hub, person)
    assert made["userErrors"] == [] and made["integration"]["status"] == "CONNECTED"
    assert TOKEN.fullmatch(made["token"])
    me = call(hub, made["token"], "GET", "/zapier/me")
    assert me.status == 200 and json.loads(me.body) == {
        "companyId": person.tenant, "companyName": "Prueba", "tokenName": "Zapier"}
    assert me.headers["RateLimit"]
    # Connected anew, it has another token, and the first is good for nothing.
    again = connect(hub, person)
    assert call(hub, made["token"], "GET", "/zapier/me").status == 401
    assert call(hub, again["token"], "GET", "/zapier/me").status == 200
    assert connect(hub, person, "none")["token"] is None


def test_a_hook_is_told_and_ends_with_the_connection(hub, served, zapier):
    person = hub.person()
    token = connect(hub, person)["token"]
    made = call(served, token, "POST", "/zapier/hooks",
                {"url": zapier.url + "/hooks/1", "trigger": "company"})
    assert made.status == 200
    identifier = json.loads(made.body)["id"]
    rename(hub, person.token, "Zapier & Cía.")
    until(lambda: zapier.names == ["Zapier & Cía."], "the hook is told")
    assert hub.ask(DISCONNECT, token=person.token).data["disconnectIntegration"] == {
        "userErrors": []}
    assert call(hub, token, "GET", "/zapier/me").status == 401
    assert hub.sql(f"select count(*) from webhook where id = '{identifier}'") == "0"
    assert hub.sql(
        f"select revoked_at is not null from api_token where tenant_id = '{person.tenant}'") == "t"


def test_a_hook_is_taken_away_by_its_own_token_alone(hub):
    person = hub.person()
    token = connect(hub, person)["token"]
    url = "http://127.0.0.1:10009/hooks"
    made = json.loads(call(
        hub, token, "POST", "/zapier/hooks", {"url": url, "trigger": "solution"}).body)
    types = hub.sql(f"select array_to_string(event_types, ' ') from webhook where id = '{made['id']}'")
    assert types.split() == [
        "solution.activated", "solution.deactivated", "solution.plan_changed", "solution.removed",
        "solution.updated"]
    other, _ = api_token(hub, person)
    path = f"/zapier/hooks/{made['id']}"
    assert call(hub, other, "DELETE", path).status == 404
    assert call(hub, token, "DELETE", path).status == 204
    assert call(hub, token, "DELETE", path).status == 404
    assert call(hub, token, "DELETE", "/zapier/hooks/none").status == 404


def test_samples_are_what_happened_of_late(hub):
    person = hub.person()
    token = connect(hub, person)["token"]
    for number in range(4):
        rename(hub, person.token, f"Nombre {number}")
    listed = json.loads(call(hub, token, "GET", "/zapier/samples/company").body)
    assert [event["data"]["changes"][0]["after"] for event in listed] == [
        "Nombre 3", "Nombre 2", "Nombre 1"]
    assert all(event["id"].startswith("evt_") for event in listed)
    assert json.loads(call(hub, token, "GET", "/zapier/samples/solution").body) == []
    assert call(hub, token, "GET", "/zapier/samples/none").status == 404


@pytest.mark.parametrize("method, path, body, scopes", [
    ("GET", "/zapier/me", None, ["events:read"]),
    ("GET", "/zapier/samples/company", None, ["company:read"]),
    ("POST", "/zapier/hooks", {"url": "http://127.0.0.1:10009/", "trigger": "company"},
     ["webhooks:read"]),
    ("DELETE", "/zapier/hooks/none", None, ["webhooks:read"]),
])
def test_each_asks_for_its_scope_and_for_a_token(hub, method, path, body, scopes):
    person = hub.person()
    token, _ = api_token(hub, person, *scopes)
    refused = call(hub, token, method, path, body)
    assert refused.status == 403 and refused.codes == ["SCOPE_REQUIRED"]
    for other in (None, person.token, "map_" + "x" * 36):
        assert call(hub, other, method, path, body).status == 401


@pytest.mark.parametrize("body", [
    {"url": "http://127.0.0.1:10009/"}, {"trigger": "company"}, {"url": 1, "trigger": "company"},
    {"url": "http://127.0.0.1:10009/", "trigger": "none"},
    {"url": "https://10.0.0.1/", "trigger": "company"},
])
def test_what_makes_no_hook(hub, body):
    person = hub.person()
    token = connect(hub, person)["token"]
    refused = call(hub, token, "POST", "/zapier/hooks", body)
    assert refused.status == 400 and refused.codes == ["INVALID_PARAMETER"]


def run_app(hub, token, script):
    """A script with the app and a `z` whose requests are real."""
    node = shutil.which("node") or shutil.which("nodejs")
    assert node, "no Node: tools/setup.sh --with-tests installs it"
    prelude = """
      const app = require(process.env.APP);
      const z = {
        errors: { Error },
        request: async (options) => {
          const bundle = { authData: { token: process.env.TOKEN } };
          for (const before of app.beforeRequest) options = before(options, z, bundle);
          const answer = await fetch(options.url, {
            method: options.method || "GET", headers: options.headers,
            body: options.body && JSON.stringify(options.body) });
          const text = await answer.text();
          if (!answer.ok) throw new Error(`${answer.status} ${text}`);
          return { status: answer.status, data: text ? JSON.parse(text) : undefined };
        },
      };
      const bundle = { authData: { token: process.env.TOKEN } };
    """
    return subprocess.run(
        [node, "-e", prelude + "(async () => {" + script + "})().then(v => "
         "console.log(JSON.stringify(v)))"],
        capture_output=True, text=True, timeout=60, env={
            "APP": str(APP), "TOKEN": token, "MI_ALEGRA_URL": f"http://127.0.0.1:{hub.port}",
            "PATH": "/usr/bin:/bin"})


def test_the_app_of_the_documentation_works(hub, served, zapier):
    person = hub.person()
    token = connect(hub, person)["token"]
    done = run_app(served, token, f"""
      const me = await app.authentication.test(z, bundle);
      const made = {{}};
      for (const [key, trigger] of Object.entries(app.triggers)) {{
        const hook = {{ ...bundle, targetUrl: "{zapier.url}/" + key }};
        const subscribed = await trigger.operation.performSubscribe(z, hook);
        const listed = await trigger.operation.performList(z, hook);
        made[key] = [typeof subscribed.id, Array.isArray(listed)];
        if (key !== "company")
          await trigger.operation.performUnsubscribe(z, {{ ...hook, subscribeData: subscribed }});
      }}
      return [me, made];
    """)
    assert done.returncode == 0, done.stderr
    me, made = json.loads(done.stdout)
    assert me["companyId"] == person.tenant
    assert made == {
        key: ["string", True] for key in ["company", "profile", "solution", "integration"]}
    rename(hub, person.token, "Por la app")
    until(lambda: zapier.names == ["Por la app"], "the hook that was kept is told")
    fields, body = zapier.messages[0]
    done = run_app(served, token, f"""
      return app.triggers.company.operation.perform(z, {{
        cleanedRequest: {body.decode()},
        rawRequest: {{ headers: {{ "Http-Webhook-Id": "{fields['webhook-id']}" }} }} }});
    """)
    assert done.returncode == 0, done.stderr
    (event,) = json.loads(done.stdout)
    assert event["id"] == fields["webhook-id"] and event["type"] == "company.updated"
    sample = run_app(served, token, """
      return Object.values(app.triggers).map((t) => Object.keys(t.operation.sample).sort());
    """)
    assert json.loads(sample.stdout) == [sorted(event)] * 4


def test_the_app_tells_who_has_no_good_token(served):
    done = run_app(served, "map_" + "x" * 36, "return app.authentication.test(z, bundle);")
    assert done.returncode != 0 and "401" in done.stderr
