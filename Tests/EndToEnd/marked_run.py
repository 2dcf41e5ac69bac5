"""A run through everything that takes or makes a secret, each of them marked or kept: by a hub with
a mail server, a provider of identities and keys of its own."""

import base64
import email
import email.policy
import json
import re
import urllib.parse
import uuid

import pictures
from gateway import Gateway, verified_by
from hub import JSON, Served, run, until
from identity_providers import (
    CLIENT_SECRET, Browser, hostile_provider, ready, settings, sign_nothing,
)
from integration_documents import mutation, pairs
from mailed_links import mailed_token
from marked import Secrets
from people_documents import ACCEPT, EXPORT, INVITE, RESEND
from service_tokens import service_token
from smtp_server import SMTPServer
from solution_backend import LAUNCH, exchange, query_of
from test_launcher import give
from test_second_factor import (
    COMPLETE, CONFIRM as CONFIRM_FACTOR, DISABLE, ENROL, REGENERATE, Authenticator,
)

SIGN_IN = """mutation ($input: SignInInput!) { signIn(input: $input) {
  session { accessToken refreshToken deviceToken } challenge { token }
  userErrors { code message } } }"""
SIGN_UP = """mutation ($email: String!) {
  signUp(input: {email: $email}) { checkYourMail userErrors { code } } }"""
CONFIRM = """mutation ($input: ConfirmSignUpInput!) { confirmSignUp(input: $input) {
  session { accessToken refreshToken deviceToken } userErrors { code message } } }"""
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
CHANGE_EMAIL = """mutation ($email: String!) { changeEmail(input: {newEmail: $email}) {
  userErrors { code message } } }"""
USE = """mutation ($token: String!) { %s(input: {token: $token}) {
  email userErrors { code message } } }"""
UNLINK = """mutation ($input: UnlinkGoogleInput!) { unlinkGoogle(input: $input) {
  userErrors { code message } } }"""
PHOTO = "{ profile { photoUrl } security { email sessions { device } } }"
EMAIL = "marked@secrets.example"


def marked_keys(secrets, name):
    """The text of a key list, whose secrets are marked as they are and as they are written."""
    raw = secrets[name] = f"marked {name}".ljust(32, ".")[:32]
    text = base64.b64encode(raw.encode()).decode()
    secrets[name + ", as it is written"] = text.rstrip("=")
    return f"marked:{text}"


class MarkedHub(Served):
    """`mi-alegra serve` with a database of its own in another hub's cluster, and marked keys."""

    def __init__(self, folder, cluster, *arguments, **settings):
        self.cluster = cluster
        url = cluster.database_url("marked", "hub_app_read")
        super().__init__(folder, *arguments, **{"DATABASE_URL": url} | settings)

    @property
    def postmaster_lines(self):
        return self.cluster.postmaster_lines

    def database_url(self, database="marked", user="postgres"):
        return super().database_url(database, user)

    def sql(self, statements, database="marked"):
        return super().sql(statements, database)


class MarkedRun:
    """The secrets that were used, and the answers that may hold none but those they gave out."""

    def __init__(self, folder, cluster):
        self.folder = folder
        self.cluster = cluster
        self.secrets = Secrets()
        self.told = []
        self.exports = []

    def go(self):
        """Everything, with the hubs left running."""
        cluster, secrets = self.cluster, self.secrets
        cluster.sql("create database marked template template0 encoding 'UTF8' locale 'C.UTF-8'")
        done = run("migrate", "up", DATABASE_URL=cluster.database_url("marked"))
        assert done.returncode == 0, done.stderr
        login = [secrets.mark(f"SMTP {it}", "marked {}!") for it in ("user", "password")]
        self.smtp = SMTPServer(login=tuple(login), answer=self.say)
        with hostile_provider() as provider:
            self.provider = provider
            self.listen()
            self.start()
            self.people()
            self.google()
            self.bad_requests()
            self.mails()
            self.outage()
        return self

    def start(self):
        """One hub with its keys in files, and one with keys in its environment."""
        secrets, keys = self.secrets, self.folder / "keys"
        keys.mkdir()
        for name in ("token", "sealing"):
            (keys / f"{name}-keys").write_text(marked_keys(secrets, f"{name} key of a file"))
        user, password = (quoted(secrets[f"SMTP {it}"]) for it in ("user", "password"))
        given = settings(self.provider) | {
            "TOKEN_KEYS_FILE": str(keys / "token-keys"),
            "SEALING_KEYS_FILE": str(keys / "sealing-keys"),
            "GOOGLE_CLIENT_SECRET": self.secrets["client secret"],
            "SMTP_URL": self.smtp.url_of(user, password), "MAIL_POLL_SECONDS": "0.05",
            "MAIL_FROM": "Mi Alegra <hub@mail.example>", "MAIL_RETRY_SECONDS": "0.1",
            "TRUSTED_PROXIES": "127.0.0.0/8", "CLIENT_GUESSES_MAX": "100000",
            "OUTBOUND_LOOPBACK": "true",
        }
        self.hub = ready(MarkedHub(self.folder / "one", self.cluster, **given).start())
        self.hub.data = keys
        # PostgreSQL shows what is not ASCII otherwise.
        password = secrets.mark("database password", "marked {}!")
        socket = quoted(str(self.cluster.socket_folder))
        self.other = MarkedHub(
            self.folder / "other", self.cluster, "--explorer",
            DATABASE_URL=f"postgresql://hub_app_read:{quoted(password)}@/marked?host={socket}",
            TOKEN_KEYS=marked_keys(secrets, "token key of the environment"),
            SEALING_KEYS=marked_keys(secrets, "sealing key of the environment"),
        )
        ready(self.other.start())

    def say(self, stage, envelope):
        """A mail server that repeats what it was told, where it is asked to dislike a mail."""
        if stage == "DATA" and b"disliked@" in envelope.content:
            text = email.message_from_bytes(envelope.content, policy=email.policy.default)
            token = re.search(r"lt_[\w-]+", text.get_body(("plain",)).get_content())[0]
            login = " ".join(self.secrets[f"SMTP {it}"] for it in ("user", "password"))
            return f"554 blocked: /account/reset-password#{token} of {login}"
        return None

    def listen(self):
        """Keeps what the provider gives out and is given."""
        exchange, secrets = self.provider.exchange, self.secrets
        secrets["client secret"] = CLIENT_SECRET

        def heard(form, authorization):
            secrets.keep("authorization code", form["code"])
            secrets.keep("code verifier", form["code_verifier"])
            secrets.keep("authorization of the client", authorization.removeprefix("Basic "))
            status, answer = exchange(form, authorization)
            if status == 200:
                secrets.keep("ID token", answer["id_token"])
                secrets.keep("ID token's signature", answer["id_token"].split(".")[2] or "x" * 99)
                answer["access_token"] = secrets.keep("Google's access token", uuid.uuid4().hex)
            return status, answer

        self.provider.exchange = heard

    # Asking --------------------------------------------------------------------------------------

    def tell(self, answer, *given):
        """Notes an answer, without what it gives out."""
        text = answer.body.decode(errors="replace") + str(answer.headers)
        for secret in given:
            assert secret in text
            text = text.replace(secret, "given")
        self.told.append(text)
        return answer

    def ask(self, document, variables=None, token=None, **headers):
        return self.tell(self.hub.ask(document, variables, token, **headers))

    def opened(self, field, document, variables, token=None, **headers):
        """The payload of an answer that opens a session, whose tokens are kept."""
        answer = self.hub.ask(document, variables, token, **headers)
        payload = answer.data[field]
        given = [
            self.secrets.keep(name, value) for part in ("session", "challenge")
            for name, value in (payload.get(part) or {}).items() if value
        ]
        assert given, answer.json
        self.tell(answer, *given)
        return payload

    def link(self, address, kind):
        return self.secrets.keep(f"link of {kind}", mailed_token(self.hub, address, kind))

    # People --------------------------------------------------------------------------------------

    def people(self):
        session = self.sign_up()
        self.sign_in()
        session = self.change(session)
        self.reset()
        session = self.change_email()
        self.photo(session)
        self.launches(session)
        self.invite(session)
        self.integrations(session)
        self.second_factor(session)

    def integrations(self, session):
        """Credentials that are good, not good, ill formed, and a maker that repeats what it got."""
        gateway = Gateway()
        token = session["accessToken"]
        form = "marked-{}-of-an-account"
        kept, refused = (
            {name: self.secrets.mark(f"{kind} {name}".replace(" ", "-"), form)
             for name in ("identityKey", "secretKey")} for kind in ("credential", "refused credential"))
        ill = {"identityKey": self.mark("ill formed credential"), "secretKey": "x"}
        with verified_by(self.hub, gateway):
            for given, status in ((kept, 200), (refused, 401), (refused, 302), (ill, 200)):
                gateway.answer = lambda request: (status, repr(request).encode(), ("X-Heard", "you"))
                variables = {"input": {"code": "bold", "credentials": pairs(given)}}
                self.ask(mutation("connectIntegration"), variables, token)
            gateway.answer = (403, {})
            self.ask(mutation("checkIntegration"), {"input": {"code": "bold"}}, token)
            self.ask("{ events { events { type changes { field before after } } } }", token=token)
        assert len(gateway.requests) == 4
        gateway.stop()
        failure = self.hub.sql("select failure from integration_connection where integration = 'bold'")
        assert failure == "CREDENTIALS_REFUSED"

    def sign_up(self):
        self.ask(SIGN_UP, {"email": EMAIL})
        link = self.link(EMAIL, "sign_up")
        members = {"firstName": "Mar", "companyName": "Marcada", "countryVersion": "CO"}
        self.ask(CONFIRM, {"input": members | {"token": link, "password": self.mark("short")[:7]}})
        confirmed = members | {"token": link, "password": self.mark("first")}
        session = self.opened("confirmSignUp", CONFIRM, {"input": confirmed})["session"]
        self.ask(CONFIRM, {"input": confirmed})
        return session

    def mark(self, name):
        return self.secrets.mark(name)

    def sign_in(self):
        given = {"email": EMAIL, "password": self.secrets["first"]}
        session = self.opened("signIn", SIGN_IN, {"input": given})["session"]
        for name in ("wrong", "wrong again"):
            self.ask(SIGN_IN, {"input": {"email": EMAIL, "password": self.mark(name)}})
        self.ask(SIGN_IN, {"input": {"email": self.mark("in the wrong box"), "password": "x"}})
        answer = self.hub.ask(SIGN_IN, {"input": given | {"delivery": "COOKIE"}})
        cookies = [it.split(";")[0].split("=", 1)[1] for it in answer.headers.get_all("set-cookie")]
        access = answer.data["signIn"]["session"]["accessToken"]
        kept = [self.secrets.keep("cookie", it) for it in (*cookies, access)]
        self.tell(answer, *kept)
        device = {"deviceToken": session["deviceToken"]}
        self.ask(SIGN_IN, {"input": given | device | {"password": self.mark("wrong, by device")}})

    def change(self, session):
        access, first = session["accessToken"], self.secrets["first"]
        self.ask(PROVE, {"password": self.mark("wrong proof")}, access)
        self.ask(PROVE, {"password": first}, access)
        given = {"currentPassword": self.mark("not current"), "newPassword": self.mark("second")}
        self.ask(CHANGE, {"input": given}, access)
        self.ask(CHANGE, {"input": given | {"currentPassword": first}}, access)
        token = session["refreshToken"]
        refreshed = self.opened("refreshSession", REFRESH, {"token": token})["session"]
        self.ask(REFRESH, {"token": token[:-2] + "xx"})
        return refreshed

    def reset(self):
        self.ask(ASK_RESET, {"email": EMAIL})
        link = self.link(EMAIL, "reset_password")
        for password in ("short", self.mark("third"), self.mark("fourth")):
            self.ask(RESET, {"token": link, "password": password})

    def signed_in(self, email, password):
        given = {"email": email, "password": password}
        return self.opened("signIn", SIGN_IN, {"input": given})["session"]

    def change_email(self):
        new, access = "moved@secrets.example", self.signed_in(EMAIL, self.secrets["third"])
        self.ask(CHANGE_EMAIL, {"email": new}, access["accessToken"])
        self.ask(USE % "confirmEmail", {"token": self.link(new, "change_email")})
        self.ask(USE % "undoEmailChange", {"token": self.link(EMAIL, "email_changed_undo")})
        link = self.link(EMAIL, "email_undone")
        self.ask(RESET, {"token": link, "password": self.mark("fifth")})
        return self.signed_in(EMAIL, self.secrets["fifth"])

    def photo(self, session):
        access = session["accessToken"]
        bearer = {"Authorization": f"Bearer {access}"}
        for body in (pictures.TAKEN["plain.png"](), b"no picture"):
            answer = self.hub.request("PUT", "/profile/photo", body, bearer)
            if answer.status == 200:
                self.photo_name = answer.json["photoUrl"].split("/")[-1]
                self.secrets.keep("name of a photo", self.photo_name.split(".")[0])
                self.tell(answer, self.photo_name)
        self.tell(self.hub.ask(PHOTO, token=access), self.photo_name)
        for path in (self.photo_name, self.photo_name[:-3] + "jpg", self.photo_name + "x"):
            self.hub.request("GET", f"/photos/{path}")
        self.hub.request("DELETE", "/photos/" + self.photo_name, None, bearer)

    def launches(self, session):
        """A service token and codes of launches: exchanged, mistyped, left, and out of place."""
        hub, access = self.hub, session["accessToken"]
        token = self.secrets.keep("service token", service_token(hub)[0])
        give(hub, hub.sql("select tenant_id from company"), "invoicing")
        codes = []
        for _ in range(3):
            answer = hub.ask(LAUNCH, {"input": {"code": "invoicing"}}, access)
            code = query_of(answer.data["launchSolution"]["url"])["code"]
            codes.append(self.secrets.keep("code of a launch", code))
            self.tell(answer, code)
        for bearer, code in ((token, codes[0]), (token, codes[0]), (token, codes[1][:-1] + "-"),
                             (token[:-1], codes[1]), (access, codes[1])):
            self.tell(exchange(hub, bearer, code))
        self.ask("{ service { name } company { id } }", token=token)
        for path in (f"invoicing?code={codes[2]}", codes[2], token):
            self.tell(hub.request("GET", f"/launch/{path}"))

    def invite(self, session):
        access, guest = session["accessToken"], "guest@secrets.example"
        self.ask(INVITE, {"input": {"email": guest, "role": "seller"}}, access)
        void = self.link(guest, "invitation")
        id = self.hub.sql("select id from invitation")
        self.ask(RESEND, {"id": id}, access)
        link = self.link(guest, "invitation")
        member = {"firstName": "Guest", "country": "CO", "password": self.mark("guest")}
        for token in (void, link, link):
            self.ask(ACCEPT, {"input": member | {"token": token}})

    def second_factor(self, session):
        access, secrets = session["accessToken"], self.secrets
        answer = self.hub.ask(ENROL, token=access)
        secret = answer.data["enrolSecondFactor"]["enrolment"]["secret"]
        self.tell(answer, secrets.keep("secret of the factor", secret))
        phone = Authenticator(secret)
        secrets["secret of the factor, raw"] = phone.secret.decode("latin-1")
        secrets["secret of the factor, in hexadecimal"] = phone.secret.hex()
        self.ask(CONFIRM_FACTOR, {"code": self.mark("wrong code")}, access)
        codes = self.recovery_codes("confirmSecondFactor", CONFIRM_FACTOR, phone.now(), access)
        given = {"input": {"email": EMAIL, "password": secrets["fifth"]}}
        challenge = self.opened("signIn", SIGN_IN, given)["challenge"]["token"]
        self.ask(COMPLETE, {"input": {"challenge": challenge, "code": self.mark("no code")}})
        done = {"input": {"challenge": challenge, "code": codes[0]}}
        access = self.opened("completeSignIn", COMPLETE, done)["session"]["accessToken"]
        self.ask(COMPLETE, done)
        answer = self.hub.ask(EXPORT, token=access)
        self.tell(answer, self.photo_name)
        self.exports.append(json.dumps(answer.data["exportMyData"]["document"]))
        codes = self.recovery_codes("regenerateRecoveryCodes", REGENERATE, codes[1], access)
        self.recovery_codes("regenerateRecoveryCodes", REGENERATE, codes[0], access)

    def recovery_codes(self, field, document, code, access):
        answer = self.hub.ask(document, {"code": code}, access)
        codes = [self.secrets.keep("recovery code", it)
                 for it in answer.data[field]["recoveryCodes"]]
        self.tell(answer, *codes)
        return codes

    # Google --------------------------------------------------------------------------------------

    def google(self):
        browser = Browser(self.hub)
        self.provider.become("marked.person@gmail.com")
        new = {"companyName": "Con Google", "countryVersion": "MX"}
        self.journey(browser, "SIGN_UP", **new)
        access = self.hub.ask(REFRESH, {}, **browser.headers).data["refreshSession"]["session"]
        self.secrets.keep("access token", access["accessToken"])
        self.journey(browser, "REAUTHENTICATE", access["accessToken"])
        address = "apart@secrets.example"
        given = {"email": address, "newPassword": self.mark("instead of Google")}
        self.ask(UNLINK, {"input": given}, access["accessToken"])
        link = self.link(address, "confirm_unlink_google")
        for _ in range(2):
            self.ask(USE % "confirmUnlinkGoogle", {"token": link})
        self.journey(Browser(self.hub), "SIGN_IN")
        for wrong in ({"nonce": "another nonce of theirs"}, {"aud": "another"}):
            self.provider.claims |= wrong
            self.journey(Browser(self.hub), "SIGN_IN")
            self.provider.honest()
        self.provider.forge = sign_nothing
        self.journey(Browser(self.hub), "SIGN_IN")
        self.provider.honest()
        self.journey(Browser(self.hub), "SIGN_IN", code=self.mark("no code of Google's"))
        self.provider.answer_token = refuse_with_secrets
        self.journey(Browser(self.hub), "SIGN_IN")
        self.provider.honest()

    def journey(self, browser, intent, token=None, code=None, **members):
        """There and back, keeping what goes along; what is led back with is noted too."""
        url = browser.url(intent, token, **members)
        self.secrets.keep("cookie of a journey", browser.cookies["__Host-mi-alegra-flow"])
        changes = {} if code is None else {"code": code}
        back = self.provider.authorize(url, **changes)
        for part in back.split("?")[1].split("&"):
            name, value = part.split("=", 1)
            self.secrets.keep(f"{name} of a return", value)
        end = browser.come_back(back)
        given = [it.split(";")[0].split("=", 1)[1] for it in end.cookies]
        self.tell(end.answer, *[self.secrets.keep("cookie", it) for it in given if it])

    # What goes wrong -----------------------------------------------------------------------------

    def bad_requests(self):
        """What cannot be understood, with a secret where none belongs. The answer may quote it to
        whoever sent it, as for a variable's value of the wrong kind; nothing else may."""
        hub, secret, ask = self.hub, self.mark("misplaced"), self.ask
        ask('mutation { signIn(input: {email: "a@b.example", password: "%s' % secret)
        ask('mutation { signIn(input: {email: 1, passwort: "%s"}) { nope } }' % secret)
        for bad in ({"password": secret + "\0"}, {"password": [secret]},
                    {"password": "x", "more": secret}):
            ask(SIGN_IN, {"input": {"email": EMAIL} | bad})
        ask("{ profile { id } }", token=secret.encode().hex())
        nobody = self.hub.access_token(*[str(uuid.uuid4())] * 3)
        ask("{ profile { id } }", token=nobody[:-3] + "xyz")
        ask("{ company { id } }", token=self.secrets["client secret"].replace(" ", "+"))
        fields = {"Content-Type": JSON, "Cookie": f"refresh_token={secret.encode().hex()}"}
        for body in (f'{{"query": "{secret}', f'{{"query": {{"{secret}": 1}}}}', f'["{secret}"]'):
            self.tell(hub.request("POST", "/graphql", body.encode(), fields))
        for path in ("/graphql?query=%7Babout%7Bname%7D%7D&password=", "/account/", "/photos/",
                     "/", "/auth/google/return?code="):
            self.tell(hub.request("GET", path + quoted(secret)))
            hub.send(f"GET {path}{quoted(secret)} HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n".encode())
            hub.send(f"{quoted(secret)} {path} HTTP/9.9\r\n\r\n".encode())

    def mails(self):
        """Every mail is sent, and one is refused by a server that repeats what was in it."""
        disliked = "disliked@secrets.example"
        self.ask(SIGN_UP, {"email": disliked})
        self.secrets.keep("disliked link", mailed_token(self.hub, disliked, "sign_up"))
        until(
            lambda: self.hub.sql(
                "select count(*) from mail where sent_at is null and given_up_at is null") == "0",
            "the mails are sent",
        )

    def outage(self):
        """A statement that fails under the hub, with a secret bound to it."""
        self.cluster.pg_ctl("stop", "-m", "immediate")
        self.ask(SIGN_IN, {"input": {"email": EMAIL, "password": self.mark("unlucky")}})
        self.cluster.pg_ctl("start", "-l", str(self.cluster.data / "postgresql.log"))
        until(lambda: self.hub.request("GET", "/readyz").status == 200, "the hub is ready again")

    def stop(self):
        for hub in (self.hub, self.other):
            if hub.process.poll() is None:
                hub.stop()
        self.smtp.stop()


def refuse_with_secrets(handler):
    """A provider that repeats what it was sent."""
    handler.answer(400, json.dumps({
        "error": "invalid_grant", "error_description": handler.headers["authorization"],
    }).encode())


def quoted(text):
    return urllib.parse.quote(text, safe="")
