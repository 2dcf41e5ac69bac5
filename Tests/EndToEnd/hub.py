"""The real program as a subprocess: started, spoken to over HTTP, looked at with psql, stopped."""

import base64
import contextlib
import dataclasses
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import time
import urllib.parse
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(
    os.environ.get("MI_ALEGRA_PROGRAM", ROOT / ".build" / "debug" / "mi-alegra")
).resolve()
PASSWORD = "demo-ejemplar"
EJEMPLAR = "00000000-0000-4000-8000-0000000000c1"
MODELO = "00000000-0000-4000-8000-0000000000c2"
PAMPA = "00000000-0000-4000-8000-0000000000c3"
JSON = "application/json"
RESPONSE_JSON = "application/graphql-response+json"
PATIENCE_SECONDS = 30


def until(condition, what, seconds=PATIENCE_SECONDS):
    """Asks again and again until the condition holds, and gives what it answered."""
    deadline = time.monotonic() + seconds
    while True:
        answer = condition()
        if answer:
            return answer
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.02)


@dataclasses.dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def data(self):
        """The data of an answer without errors."""
        answer = self.json
        assert "errors" not in answer, answer
        return answer["data"]

    @property
    def codes(self):
        """The codes of the errors, in order."""
        return [error["extensions"]["code"] for error in self.json.get("errors", [])]

    @property
    def limits(self):
        """The limits that the errors name."""
        extensions = [error["extensions"] for error in self.json.get("errors", [])]
        return [found["limit"] for found in extensions if "limit" in found]


@dataclasses.dataclass
class Mail:
    """One mail as `dev` would have sent it."""

    id: str
    kind: str
    language: str
    subject: str
    text: str
    html: str

    @property
    def link(self):
        """The address of its link; None where it carries none."""
        found = re.search(r"https?://\S+/account/\S+#lt_\S+", self.text)
        return found[0] if found else None

    @property
    def token(self):
        """The token of its link."""
        return self.link.partition("#")[2]


@dataclasses.dataclass
class Person:
    """A member of a company with an open session and its access token."""

    account: str
    tenant: str
    session: str
    email: str
    token: str


class Hub:
    """`mi-alegra dev` in a folder of its own.

    All tests sign in from one machine: it is trusted to say for whom it asks, and its own guesses
    are not bounded together.
    """

    def __init__(self, folder):
        self.settings = {
            "TRUSTED_PROXIES": "127.0.0.0/8", "CLIENT_GUESSES_MAX": "1000000",
            "CLIENT_MAILS_MAX": "1000000",
        }
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        self.log_file = self.folder / "log"
        self.process = None
        self.port = None

    # Life ----------------------------------------------------------------------------------------

    def start(self):
        self.launch()
        self.wait_until_ready()
        return self

    def launch(self):
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "dev", "--port", "0", "--data", self.data],
                stdout=subprocess.PIPE,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                env=environment(**self.settings),
                cwd=self.folder,
            )

    def wait_until_ready(self):
        line = self.process.stdout.readline().decode()
        found = re.fullmatch(r"ready https?://127\.0\.0\.1:(\d+)\n", line)
        assert found, f"the program said {line!r} and logged:\n{self.log_file.read_text()}"
        self.port = int(found[1])

    def stop(self, number=signal.SIGTERM):
        """The exit code after the signal."""
        self.process.send_signal(number)
        status = self.process.wait(timeout=PATIENCE_SECONDS)
        self.process.stdout.close()
        return status

    def processor_seconds(self):
        """What the program has computed for, by the kernel's count."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    # The database --------------------------------------------------------------------------------

    @property
    def postmaster_lines(self):
        return (self.data / "data" / "postmaster.pid").read_text().split("\n")

    @property
    def postmaster(self):
        return int(self.postmaster_lines[0])

    @property
    def socket_folder(self):
        return pathlib.Path(self.postmaster_lines[4])

    def database_url(self, database="mi_alegra", user="postgres"):
        return f"host={self.socket_folder} port=5432 dbname={database} user={user}"

    def sql(self, statements, database="mi_alegra"):
        """Runs statements as the superuser: fields by `|`, rows by line."""
        done = subprocess.run(
            ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", self.database_url(database)],
            input=statements,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.rstrip("\n")

    def send_mails(self):
        """Waits until no mail is on its way: what a test holds back for long is on none."""
        none = """select not exists (select from mail where sent_at is null and given_up_at is null
          and next_attempt_at < now() + interval '10 minutes')"""
        until(lambda: self.sql(none) == "t", "no mail is on its way")

    @contextlib.contextmanager
    def open_psql(self):
        """A psql to hold a transaction open with: its `stdin` and `stdout`, line by line."""
        psql = subprocess.Popen(
            ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", self.database_url()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        )
        try:
            yield psql
        finally:
            psql.communicate(timeout=PATIENCE_SECONDS)

    def pg_ctl(self, *arguments):
        """PostgreSQL's own control program, as the account that the server runs under."""
        folders = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=major_of)
        major = (self.data / "data" / "PG_VERSION").read_text().strip()
        program = next(folder for folder in folders if folder.parent.name == major) / "pg_ctl"
        prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run(
            [*prefix, program, *arguments, "-D", self.data / "data", "-s", "-w"],
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            cwd="/",
        )

    # People --------------------------------------------------------------------------------------

    def person(self, role="administrator", country="CO", language="es", tenant=None):
        """A new person with a session, in a new company unless one is given."""
        account, session = str(uuid.uuid4()), str(uuid.uuid4())
        email = f"{account}@test.example"
        makes_company = tenant is None
        tenant = tenant or str(uuid.uuid4())
        company = f"""
            insert into company (
              tenant_id, country_version, legal_name, currency_code, timezone, decimal_precision,
              kind_of_person)
            select '{tenant}', code, 'Prueba', currency_code, timezone, 2, 'LEGAL_ENTITY'
            from country_version where code = '{country}';"""
        self.sql(
            f"""begin;
            {company if makes_company else ''}
            insert into account (
              id, email, password_hash, password_changed_at, first_name, country, language)
            select '{account}', '{email}', password_hash, now(), 'Pru', '{country}', '{language}'
            from account where email_key = 'ana@ejemplar.example';
            insert into membership (tenant_id, account_id, role)
            values ('{tenant}', '{account}', '{role}');
            insert into session (
              id, account_id, last_tenant_id, device, expires_at, idle_expires_at)
            values ('{session}', '{account}', '{tenant}', 'test', now() + interval '1 hour',
              now() + interval '1 hour');
            commit"""
        )
        token = self.access_token(account, tenant, session)
        return Person(account, tenant, session, email, token)

    def refresh_token(self, person):
        """A new refresh token of the person's session."""
        token = "rt_" + encoded(os.urandom(32))
        digest = hashlib.sha256(token.encode()).hexdigest()
        self.sql(
            f"insert into refresh_token (hash, session_id) values ('\\x{digest}', '{person.session}')"
        )
        return token

    def access_token(self, account, tenant, session, *, header=None, secret=None, **claims):
        """A token under this hub's key; header, secret and claims may be given otherwise."""
        name, key = (self.data / "token-keys").read_text().strip().split(":")
        now = int(time.time())
        head = {"alg": "HS256", "kid": name, "typ": "at+jwt"} | (header or {})
        body = {
            "iss": "mi-alegra", "aud": "mi-alegra", "sub": account, "tid": tenant,
            "sid": session, "iat": now, "nbf": now, "exp": now + 900,
        } | claims
        signed = ".".join(
            encoded(json.dumps(part, separators=(",", ":")).encode()) for part in (head, body)
        )
        secret = base64.b64decode(key) if secret is None else secret
        return signed + "." + encoded(hmac.digest(secret, signed.encode(), "sha256"))

    # Mails ---------------------------------------------------------------------------------------

    def mails(self, address, kind=None):
        """The mails to an address, the oldest first, as `/dev/mail` shows them.

        A change asks for its mails in its own transaction: once it was answered they are asked for,
        or nobody ever will. So an empty list means that nothing was told.
        """
        where = f"address = $${address}$$" + (f" and kind = '{kind}'" if kind else "")
        until(
            lambda: self.sql(
                f"select count(*) from mail where {where} and sent_at is null"
                " and given_up_at is null"
            ) == "0",
            f"the mails to {address} are sent",
        )
        asked = self.sql(
            "select coalesce(json_agg(json_build_object('id', id, 'kind', kind, 'language', language,"
            f" 'failure', failure) order by created_at, id), '[]') from mail where {where}"
        )
        query = urllib.parse.urlencode({"address": address})
        shown = self.request("GET", f"/dev/mail/messages?{query}").json["mails"]
        shown = {mail["id"]: mail for mail in shown}
        mails = []
        for row in json.loads(asked):
            assert row["failure"] is None, row
            mail = shown[row["id"]]
            mails.append(
                Mail(
                    row["id"], row["kind"], row["language"], mail["subject"], mail["text"],
                    mail["html"],
                )
            )
        return mails

    # HTTP ----------------------------------------------------------------------------------------

    def request(self, method, path, body=None, headers=None):
        connection = self.connect()
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)

    def get(self, headers=None, method="GET", **parameters):
        """Asks by GET with a query string, as a client that no page can imitate."""
        fields = {"GraphQL-Require-Preflight": "1"} | (headers or {})
        return self.request(method, f"/graphql?{urllib.parse.urlencode(parameters)}", None, fields)

    def post(self, body, headers=None):
        """Sends a value as JSON."""
        fields = {"Content-Type": JSON} | (headers or {})
        return self.request("POST", "/graphql", json.dumps(body), fields)

    def ask(self, query, variables=None, token=None, accept=JSON, **headers):
        """Sends a document by POST; header names are written with underscores."""
        fields = {"Content-Type": JSON, "Accept": accept}
        if token is not None:
            fields["Authorization"] = f"Bearer {token}"
        for name, value in headers.items():
            fields[name.replace("_", "-")] = value
        body = {"query": query} if variables is None else {"query": query, "variables": variables}
        return self.request("POST", "/graphql", json.dumps(body), fields)

    def send(self, data, reads_all=True):
        """Sends bytes as they are, and gives all that comes back until the hub closes."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE_SECONDS) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            received = b""
            while piece := connection.recv(65536):
                received += piece
            return received

    # The log -------------------------------------------------------------------------------------

    def log_length(self):
        return self.log_file.stat().st_size

    def log_since(self, length):
        """The lines that were logged since, and their text as it is."""
        text = self.log_file.read_bytes()[length:].decode()
        return [json.loads(line) for line in text.splitlines() if line.startswith("{")], text


class Served(Hub):
    """`mi-alegra serve` against another hub's PostgreSQL."""

    def __init__(self, folder, *arguments, **settings):
        super().__init__(folder)
        self.arguments = arguments
        self.settings = settings

    def launch(self):
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM, "serve", "--port", "0", *self.arguments], stdout=subprocess.PIPE, stderr=log,
                env=environment(**self.settings), start_new_session=True,
            )


class MailHub(Served):
    """`mi-alegra serve` with a database of its own in the shared hub's cluster."""

    def __init__(self, folder, hub, database, **settings):
        standard = {
            "DATABASE_URL": hub.database_url(database, "hub_app_read"),
            "TOKEN_KEYS_FILE": str(hub.data / "token-keys"),
            "DATABASE_READ_CONNECTIONS": "1", "DATABASE_WRITE_CONNECTIONS": "1",
            "PUBLIC_URL": "https://hub.example", "MAIL_FROM": "Mi Alegra <hub@mail.example>",
            "MAIL_POLL_SECONDS": "0.05", "MAIL_RETRY_SECONDS": "0.1",
        }
        super().__init__(folder, **standard | settings)
        self.data = hub.data
        self.database = database

    def sql(self, statements, database=None):
        return super().sql(statements, database or self.database)

    def log(self):
        return self.log_since(0)

    def events(self, message):
        """The lines of the log with this message."""
        return [line for line in self.log()[0] if line["message"] == message]


def environment(**changes):
    """This process's environment without what would configure a hub."""
    configures = re.compile(
        r"DATABASE_|TOKEN_|SEALING_|HOST$|PORT$|EVENT_LOOPS$|COOKIES_|EXPLORER$|PG[A-Z]+$"
        r"|MAIL_|SMTP_|PUBLIC_URL$|GOOGLE_|TLS_|CORS_|INTROSPECTION|SUGGESTIONS$|PERSISTED_"
        r"|TRUSTED_|OUTBOUND_|.*_(MAX|SECONDS|DAYS)$|LIST_SIZE_"
    )
    kept = {name: value for name, value in os.environ.items() if not configures.match(name)}
    return kept | {"LC_ALL": "C.UTF-8", "COLUMNS": "100"} | changes


def run(*arguments, stdin="", cwd=None, **changes):
    """One of the program's commands, to its end."""
    return subprocess.run(
        [PROGRAM, *arguments], input=stdin, capture_output=True, text=True,
        timeout=PATIENCE_SECONDS, env=environment(**changes), cwd=cwd,
    )


def certificate(folder, name):
    """A certificate for 127.0.0.1 that signs itself, and its key."""
    certificate, key = folder / f"{name}.pem", folder / f"{name}-key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", key, "-out", certificate],
        check=True, capture_output=True,
    )
    return str(certificate), str(key)


def encoded(data):
    """Base64 for URLs, without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def major_of(folder):
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0
