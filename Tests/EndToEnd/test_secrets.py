"""Nothing secret is kept or told: a run through everything that takes or makes a secret, each of
them marked, and then a search of every log, of the whole database and of what was answered."""

import json
import subprocess

import pytest

from hub import JSON
from mailed_links import mailed_token, mails, token

SIGN_IN = """mutation ($input: SignInInput!) { signIn(input: $input) {
  session { accessToken refreshToken } userErrors { code message } } }"""
SIGN_UP = """mutation ($email: String!) {
  signUp(input: {email: $email}) { checkYourMail userErrors { code } } }"""
CONFIRM = """mutation ($input: ConfirmSignUpInput!) { confirmSignUp(input: $input) {
  session { accessToken refreshToken } userErrors { code message } } }"""
CHANGE = """mutation ($input: ChangePasswordInput!) { changePassword(input: $input) {
  userErrors { code message } } }"""
PROVE = """mutation ($password: String!) { reauthenticate(input: {password: $password}) {
  userErrors { code message } } }"""
RESET = """mutation ($token: String!, $password: String!) {
  resetPassword(input: {token: $token, newPassword: $password}) { userErrors { code message } } }"""
ASK_RESET = """mutation ($email: String!) {
  requestPasswordReset(input: {email: $email}) { checkYourMail } }"""
REFRESH = """mutation ($token: String) { refreshSession(input: {refreshToken: $token}) {
  session { accessToken refreshToken } userErrors { code message } } }"""
EMAIL = "marked@secrets.example"


class Run:
    """One person's way through the hub: the secrets that were used, and the answers that may hold
    none."""

    def __init__(self, hub):
        self.hub = hub
        self.secrets = {}
        self.told = []

    def password(self, name):
        self.secrets[name] = f"marked {name} \u00f1and\u00fa"
        return self.secrets[name]

    def ask(self, document, variables=None, token=None, **headers):
        answer = self.hub.ask(document, variables, token, **headers)
        self.told.append(answer.body.decode())
        return answer

    def opened(self, field, document, variables):
        """The tokens of a session, which its answer alone may hold."""
        session = self.hub.ask(document, variables).data[field]["session"]
        for name, value in session.items():
            self.secrets[f"{name} {len(self.secrets)}"] = value
        return session


@pytest.fixture(scope="module")
def run(make_hub):
    hub = make_hub().start()
    run = Run(hub)
    name, key = (hub.data / "token-keys").read_text().strip().split(":")
    run.secrets["token key"] = key
    session = sign_up(run)
    sign_in(run)
    session = change(run, session)
    reset(run)
    bad_requests(run, session)
    outage(run)
    return run


def sign_up(run):
    run.ask(SIGN_UP, {"email": EMAIL})
    link = mailed_token(run.hub, EMAIL, "sign_up")
    run.secrets["sign-up link"] = link
    members = {"firstName": "Mar", "companyName": "Marcada", "countryVersion": "CO"}
    short = run.password("short")[:7]
    run.ask(CONFIRM, {"input": members | {"token": link, "password": short}})
    confirmed = members | {"token": link, "password": run.password("first")}
    session = run.opened("confirmSignUp", CONFIRM, {"input": confirmed})
    run.ask(CONFIRM, {"input": confirmed})
    return session


def sign_in(run):
    run.opened("signIn", SIGN_IN, {"input": {"email": EMAIL, "password": run.secrets["first"]}})
    for name in ("wrong", "wrong again"):
        run.ask(SIGN_IN, {"input": {"email": EMAIL, "password": run.password(name)}})
    run.ask(SIGN_IN, {"input": {"email": run.password("in the wrong box"), "password": "x"}})


def change(run, session):
    access = session["accessToken"]
    run.ask(PROVE, {"password": run.password("wrong proof")}, access)
    run.ask(PROVE, {"password": run.secrets["first"]}, access)
    members = {"currentPassword": run.password("not current"), "newPassword": run.password("second")}
    run.ask(CHANGE, {"input": members}, access)
    run.ask(CHANGE, {"input": members | {"currentPassword": run.secrets["first"]}}, access)
    refreshed = run.opened("refreshSession", REFRESH, {"token": session["refreshToken"]})
    run.ask(REFRESH, {"token": session["refreshToken"][:-2] + "xx"})
    return refreshed


def reset(run):
    run.ask(ASK_RESET, {"email": EMAIL})
    link = mailed_token(run.hub, EMAIL, "reset_password")
    run.secrets["reset link"] = link
    run.ask(RESET, {"token": link, "password": "short"})
    run.ask(RESET, {"token": link, "password": run.password("third")})
    run.ask(RESET, {"token": link, "password": run.password("fourth")})


def bad_requests(run, session):
    """What cannot be understood, with a secret where none belongs. The answer may quote it to whoever
    sent it, as for a variable's value of the wrong kind; nothing else may."""
    hub, secret = run.hub, run.password("misplaced")
    run.ask('mutation { signIn(input: {email: "a@b.example", password: "%s' % secret)
    run.ask('mutation { signIn(input: {email: 1, passwort: "%s"}) { nope } }' % secret)
    run.ask(SIGN_IN, {"input": {"email": EMAIL, "password": secret + "\0"}})
    run.ask(SIGN_IN, {"input": {"email": EMAIL, "password": [secret]}})
    run.ask(SIGN_IN, {"input": {"email": EMAIL, "password": "x", "more": secret}})
    run.ask("{ profile { id } }", token=secret.encode().hex())
    run.secrets["misplaced, in hexadecimal"] = secret.encode().hex()
    run.ask("{ profile { id } }", token=session["accessToken"][:-3] + "xyz")
    fields = {"Content-Type": JSON, "Cookie": f"refresh_token={secret.encode().hex()}"}
    for body in (f'{{"query": "{secret}', f'{{"query": {{"{secret}": 1}}}}', f'["{secret}"]'):
        run.told.append(hub.request("POST", "/graphql", body.encode(), fields).body.decode())
    path = "/graphql?query=%7Babout%7Bname%7D%7D&password=marked%20misplaced"
    run.told.append(hub.request("GET", path).body.decode())
    run.secrets["misplaced, in a path"] = "marked%20misplaced"


def outage(run):
    """A statement that fails under the hub, with a secret bound to it."""
    hub = run.hub
    hub.pg_ctl("stop", "-m", "immediate")
    run.ask(SIGN_IN, {"input": {"email": EMAIL, "password": run.password("unlucky")}})
    hub.pg_ctl("start", "-l", str(hub.data / "postgresql.log"))


def holding(text, secrets):
    """The names of the secrets that a text holds, as they are or as JSON writes them."""
    return [
        name for name, secret in secrets.items()
        if secret in text or json.dumps(secret)[1:-1] in text
    ]


def test_the_search_finds_what_it_searches_for(run):
    assert holding('{"a": "marked first \\u00f1and\\u00fa"}', run.secrets) == ["first"]
    assert len(run.secrets) > 15


def test_the_logs_hold_no_secret(run):
    own = run.hub.log_file.read_text()
    assert "request refused" in own
    assert holding(own, run.secrets) == []
    database = "".join(file.read_text() for file in run.hub.data.glob("postgresql.log*"))
    assert "database system is ready" in database
    assert holding(database, run.secrets) == []


def test_the_database_holds_no_secret(run):
    dump = subprocess.run(
        ["pg_dump", "-d", run.hub.database_url()], capture_output=True, text=True, check=True
    ).stdout
    assert EMAIL in dump and "$scrypt$" in dump
    assert holding(dump, run.secrets) == []


def test_no_answer_repeats_a_secret(run):
    assert len(run.told) > 20
    for answer in run.told:
        found = holding(answer, run.secrets)
        assert [name for name in found if not name.startswith("misplaced")] == [], answer
