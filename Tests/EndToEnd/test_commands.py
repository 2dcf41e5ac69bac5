"""The commands: their help, what they print, and what they say where something is missing."""

import re
import signal

import pytest

from hub import EJEMPLAR, PASSWORD, ROOT, Served, run, until
from session_documents import company_of, sign_in

KEY = "test:" + "A" * 43 + "="
COMMANDS = [
    "", "serve", "dev", "migrate", "migrate up", "migrate status", "migrate verify", "demo",
    "keys", "keys new", "keys rotate", "keys reseal", "token", "token issue", "token inspect",
    "token service", "token service create", "token service list", "token service revoke", "schema",
    "schema print", "check", "audit", "audit sign", "audit verify",
    "tenant", "tenant export", "tenant import", "tenant delete",
    "tenant change-country", "doctor",
]


@pytest.mark.parametrize("command", COMMANDS)
def test_help(snapshot, command):
    done = run(*command.split(), "--help")
    assert done.returncode == 0 and done.stderr == ""
    snapshot(f"help{command and '-'}{command.replace(' ', '-')}.txt", done.stdout)


def test_every_command_is_in_the_help_snapshots():
    named = re.findall(r"^  ([a-z]+) ", run("--help").stdout.split("SUBCOMMANDS:")[1], re.M)
    assert set(named) <= set(COMMANDS)


def test_doctor_prints_the_permissions_without_a_database(snapshot):
    done = run("doctor", "--permissions")
    assert done.returncode == 0 and done.stderr == ""
    snapshot("permissions.txt", done.stdout)


def test_the_version():
    """With the commit, which no debug build knows: nothing would be built anew but for it."""
    done = run("--version")
    assert re.fullmatch(r"\d+\.\d+\.\d+\S* \(([0-9a-f]{12}\+?|unknown)\)\n", done.stdout)


@pytest.mark.parametrize(
    "command, status, said",
    [
        ("bogus", 64, "bogus"),
        ("serve --bogus", 64, "--bogus"),
        ("serve --port x", 64, "--port"),
        ("demo --companies 0", 64, "1 to 1000000"),
        ("check", 64, "--ndjson"),
        ("serve", 1, "DATABASE_URL is not set"),
        ("migrate up", 1, "DATABASE_URL is not set"),
        ("migrate verify", 1, "DATABASE_URL is not set"),
        ("demo", 1, "DATABASE_URL is not set"),
        ("tenant export 00000000-0000-4000-8000-0000000000c1", 1, "DATABASE_URL is not set"),
        ("tenant export", 64, "tenant"),
        ("token issue", 1, "TOKEN_KEYS is not set"),
        ("token inspect", 1, "TOKEN_KEYS is not set"),
        ("migrate status --database-url host=/nowhere", 1, "/nowhere"),
    ],
)
def test_a_command_that_lacks_something_says_what(command, status, said):
    done = run(*command.split())
    assert done.returncode == status
    assert said in done.stderr and done.stdout == ""
    assert "Postgres." not in done.stderr


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"DATABASE_URL": None}, "DATABASE_URL is not set"),
        ({"DATABASE_URL": "junk"}, "DATABASE_URL cannot be read"),
        ({"TOKEN_KEYS": None}, "TOKEN_KEYS is not set"),
        ({"TOKEN_KEYS": ""}, "TOKEN_KEYS"),
        ({"TOKEN_KEYS": "junk-secret"}, "TOKEN_KEYS"),
        ({"TOKEN_KEYS": "a:c2VjcmV0"}, "TOKEN_KEYS"),
        ({"TOKEN_KEYS": f"{KEY},{KEY}"}, "TOKEN_KEYS"),
        ({"TOKEN_KEYS": None, "TOKEN_KEYS_FILE": "/nowhere"}, "TOKEN_KEYS_FILE cannot be read"),
        ({"SEALING_KEYS": "a:c2VjcmV0"}, "SEALING_KEYS"),
        ({"SEALING_KEYS_FILE": "/nowhere"}, "SEALING_KEYS_FILE cannot be read"),
        ({"PORT": "abc"}, "PORT is no number"),
        ({"PORT": "65536"}, "PORT is not 0 to 65535"),
        ({"PORT": "-1"}, "PORT is not 0 to 65535"),
        ({"EVENT_LOOPS": "0"}, "EVENT_LOOPS is not 1 to 256"),
        ({"EVENT_LOOPS": "many"}, "EVENT_LOOPS is no number"),
        ({"DATABASE_POOLER": "maybe"}, "DATABASE_POOLER is neither true nor false"),
        ({"DATABASE_POOLER": "true"}, "DATABASE_LISTEN_URL"),
        ({"COOKIES_SECURE": "maybe"}, "COOKIES_SECURE is neither true nor false"),
        ({"DATABASE_READ_CONNECTIONS": "0"}, "DATABASE_READ_CONNECTIONS is not"),
        ({"HOST": "no such host"}, "no such host"),
        ({"ALIASES_MAX": "-1"}, "ALIASES_MAX is not 0 to"),
        ({"TOKENS_MAX": "0"}, "TOKENS_MAX is not 1 to"),
        ({"TOKENS_MAX": "1e3"}, "TOKENS_MAX is no number"),
        ({"PARSER_DEPTH_MAX": "5000"}, "PARSER_DEPTH_MAX is not 1 to 512"),
        ({"PLAN_TIMEOUT_SECONDS": "0"}, "PLAN_TIMEOUT_SECONDS is not more than 0"),
        ({"EXECUTION_TIMEOUT_SECONDS": "soon"}, "EXECUTION_TIMEOUT_SECONDS is no number"),
        ({"INTROSPECTION": "maybe"}, "INTROSPECTION is neither true nor false"),
        ({"SUGGESTIONS": "maybe"}, "SUGGESTIONS is neither true nor false"),
        ({"PERSISTED_QUERIES": "maybe"}, "PERSISTED_QUERIES is neither true nor false"),
        ({"SESSIONS_KEPT_DAYS": "0"}, "SESSIONS_KEPT_DAYS is not 1 to 3650"),
        ({"LINKS_KEPT_DAYS": "a month"}, "LINKS_KEPT_DAYS is no number"),
        ({"HOUSEKEEPING_SECONDS": "0"}, "HOUSEKEEPING_SECONDS is not more than 0"),
        ({"CORS_ORIGINS": "app.example"}, 'CORS_ORIGINS holds "app.example"'),
        ({"CORS_ORIGINS": "https://a.example/"}, "CORS_ORIGINS holds"),
        ({"CORS_ORIGINS": "https://A.example"}, "CORS_ORIGINS holds"),
        ({"CORS_ORIGINS": "https://a.example:443"}, "CORS_ORIGINS holds"),
        ({"CORS_ORIGINS": "https://a.example,"}, "CORS_ORIGINS holds"),
        ({"CORS_ORIGINS": "null"}, "CORS_ORIGINS holds"),
        ({"CORS_ORIGINS": "*", "CORS_CREDENTIALS": "true"}, "CORS_CREDENTIALS takes a list"),
        ({"CORS_CREDENTIALS": "true"}, "CORS_ORIGINS is not set"),
        ({"TRUSTED_PROXIES": "10.0.0.0/33"}, 'TRUSTED_PROXIES holds "10.0.0.0/33"'),
        ({"TRUSTED_PROXIES": "10.0.0.0/8,"}, 'TRUSTED_PROXIES holds ""'),
        ({"TRUSTED_PROXIES": "proxy.example"}, 'TRUSTED_PROXIES holds "proxy.example"'),
        ({"TLS_CERTIFICATE_FILE": "/nowhere"}, "TLS_KEY_FILE is not set"),
        ({"TLS_KEY_FILE": "/nowhere"}, "TLS_CERTIFICATE_FILE is not set"),
        ({"TLS_CERTIFICATE_FILE": "/nowhere", "TLS_KEY_FILE": "/nowhere"},
         "TLS_CERTIFICATE_FILE and TLS_KEY_FILE cannot be used"),
        ({"TRUSTED_DOCUMENTS": "/nowhere"}, "TRUSTED_DOCUMENTS names a file that cannot be read"),
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_is_named_and_the_server_does_not_start(changes, said):
    settings = {"DATABASE_URL": "host=/nowhere", "TOKEN_KEYS": KEY, "PORT": "0"} | changes
    given = {name: value for name, value in settings.items() if value is not None}
    done = run("serve", **given)
    assert done.returncode == 1
    assert said in done.stderr
    assert "ready" not in done.stdout
    assert "junk-secret" not in done.stderr and "c2VjcmV0" not in done.stderr
    assert "A" * 43 not in done.stderr


def test_the_schema_is_printed_whole():
    printed = run("schema", "print").stdout
    for file in sorted((ROOT / "schema").glob("*.graphql")):
        for kind, name in re.findall(
            r"^(type|input|enum|scalar) (\w+)", file.read_text(), re.M
        ):
            assert re.search(rf"^{kind} {name}\b", printed, re.M), f"{kind} {name}"
    assert "extend" not in re.findall(r"^\w+", printed, re.M)
    assert '"The company of the access token, as all its solutions know it."' in printed


def test_a_key_is_made_and_tokens_issued_and_inspected_under_it():
    key = run("keys", "new", "--name", "mine").stdout.strip()
    assert re.fullmatch(r"mine:[A-Za-z0-9+/]{43}=", key)
    assert key != run("keys", "new", "--name", "mine").stdout.strip()
    ids = ["00000000-0000-4000-8000-00000000000" + digit for digit in "123"]
    options = [f"--{name}={value}" for name, value in zip(("account", "tenant", "session"), ids)]
    token = run("token", "issue", *options, TOKEN_KEYS=key).stdout.strip()
    inspected = run("token", "inspect", stdin=token + "\n", TOKEN_KEYS=key)
    assert inspected.returncode == 0
    assert all(value in inspected.stdout for value in ids)
    rotated = run("token", "inspect", stdin=token, TOKEN_KEYS=f"{KEY},{key}")
    assert rotated.returncode == 0
    other = "B" if token[-9] == "A" else "A"
    for tampered, keys in [(token[:-9] + other + token[-8:], key), (token, KEY), ("x", key)]:
        refused = run("token", "inspect", stdin=tampered, TOKEN_KEYS=keys)
        assert refused.returncode == 1 and "not valid" in refused.stdout
    # Among the arguments others would read it.
    for refused in [run("token", "inspect", token, TOKEN_KEYS=key),
                    run("token", "inspect", stdin="\n", TOKEN_KEYS=key)]:
        assert refused.returncode == 64 and "valid until" not in refused.stdout
    many = run("token", "issue", "--from", "-", stdin=" ".join(ids) + "\n" + " ".join(ids) + "\n",
               TOKEN_KEYS=key)
    assert len(many.stdout.split()) == 2
    missing = run("token", "issue", "--from", "/nowhere", TOKEN_KEYS=key)
    assert missing.returncode == 64 and "/nowhere cannot be read" in missing.stderr


def test_check_answers_line_by_line():
    done = run("check", "--ndjson", stdin='not json\n{"id":1}\n')
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 2


# Against a database ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster(make_hub):
    """A hub whose PostgreSQL the commands work on; the roles of it are changed here."""
    return make_hub().start()


@pytest.fixture
def empty(cluster):
    """A database without tables."""
    cluster.sql("create database empty", database="postgres")
    yield cluster.database_url("empty")
    cluster.sql("drop database empty with (force)", database="postgres")


def test_migrating_from_nothing(empty):
    assert run("migrate", "verify", DATABASE_URL=empty).returncode == 1
    before = run("migrate", "status", DATABASE_URL=empty).stdout
    assert "pending  roles\n" in before and "applied" not in before
    count = len(before.splitlines())
    assert run("migrate", "up", DATABASE_URL=empty).stdout == f"applied {count}\n"
    assert run("migrate", "up", DATABASE_URL=empty).stdout == "up to date\n"
    verified = run("migrate", "verify", DATABASE_URL=empty)
    assert (verified.returncode, verified.stdout) == (0, "up to date\n")
    after = run("migrate", "status", "--database-url", empty).stdout
    assert len(after.splitlines()) == count and "pending" not in after


def test_demo_companies_are_generated(cluster, empty):
    run("migrate", "up", DATABASE_URL=empty)
    for companies, status in [(None, 0), (None, 0), (50, 0)]:
        arguments = [] if companies is None else ["--companies", str(companies)]
        done = run("demo", *arguments, DATABASE_URL=empty)
        assert done.returncode == status, done.stderr
    counts = """select (select count(*) from company), (select count(*) from membership) >= 55,
      (select count(*) from company_solution) > 50"""
    assert cluster.sql(counts, database="empty") == "53|t|t"


def doctor(cluster, **changes):
    settings = {"DATABASE_URL": cluster.database_url(), "TOKEN_KEYS": KEY} | changes
    return run("doctor", **settings)


def test_doctor_finds_a_good_hub_good(cluster):
    done = doctor(cluster)
    assert done.returncode == 0, done.stdout
    assert "✗" not in done.stdout
    for subject in [
        "configuration", "database", "migrations", "hub_app_read", "hub_app_write", "operators"
    ]:
        assert re.search(rf"^✓ .*{subject}", done.stdout, re.M), subject


@pytest.mark.parametrize(
    "breaks, mends, said",
    [
        ("alter role hub_app_read nologin", "alter role hub_app_read login", "LOGIN"),
        ("alter role hub_app_write nologin", "alter role hub_app_write login", "LOGIN"),
        ("alter role hub_app_write bypassrls", "alter role hub_app_write nobypassrls",
         "NOBYPASSRLS"),
        ("alter role hub_app_write superuser", "alter role hub_app_write nosuperuser",
         "NOSUPERUSER"),
        ("alter role hub_ops bypassrls", "alter role hub_ops nobypassrls",
         "ALTER ROLE hub_ops NOSUPERUSER NOBYPASSRLS"),
        ("create role careless superuser login in role hub_report", "drop role careless",
         "role careless: is an operator's and reads past row-level security"),
        ("update schema_migration set number = 1022 where number = 22",
         "update schema_migration set number = 22 where number = 1022", "migrate up"),
        ("update schema_migration set checksum = reverse(checksum) where number = 22",
         "update schema_migration set checksum = reverse(checksum) where number = 22",
         "migrate status"),
    ],
)
def test_doctor_says_how_to_mend_what_is_broken(cluster, breaks, mends, said):
    cluster.sql(breaks)
    try:
        done = doctor(cluster)
        assert done.returncode == 1
        assert "to mend it" in done.stdout and said in done.stdout
    finally:
        cluster.sql(mends)
    assert doctor(cluster).returncode == 0


def test_doctor_tells_of_operators_who_share_a_login(cluster):
    cluster.sql("alter role hub_ops_read login")
    try:
        done = doctor(cluster)
        assert done.returncode == 0
        assert "! role hub_ops_read: can log in, so nobody knows who acted" in done.stdout
    finally:
        cluster.sql("alter role hub_ops_read nologin")


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"DATABASE_URL": "host=/nowhere"}, "check DATABASE_URL and that PostgreSQL runs"),
        ({"DATABASE_URL": "junk"}, "DATABASE_URL"),
        ({"TOKEN_KEYS": "junk"}, "TOKEN_KEYS"),
        ({"PORT": "x"}, "PORT"),
        ({"EXPLORER": "perhaps"}, "EXPLORER"),
    ],
    ids=str,
)
def test_doctor_says_which_setting_is_wrong(cluster, changes, said):
    done = doctor(cluster, **changes)
    assert done.returncode == 1
    assert "✗" in done.stdout and said in done.stdout
    assert "Postgres." not in done.stdout


def test_serve_answers_out_of_the_database_that_it_is_given(cluster, tmp_path):
    hub = Served(
        tmp_path, DATABASE_URL=cluster.database_url(), TOKEN_KEYS=KEY, EVENT_LOOPS="2"
    ).start()
    try:
        until(lambda: hub.request("GET", "/readyz").status == 200, "ready")
        answer = sign_in(hub, "ana@ejemplar.example", PASSWORD, delivery="COOKIE")
        session = answer.data["signIn"]["session"]
        for _ in range(4):
            assert company_of(hub, session["accessToken"]) == EJEMPLAR
        # Behind TLS, as serve stands: a cookie that no other site and no plain HTTP can set.
        cookie, device = answer.headers.get_all("set-cookie")
        assert cookie.startswith("__Host-mi-alegra-refresh=rt_") and "; Secure" in cookie
        assert device.startswith("__Host-mi-alegra-device=dt_") and "; Secure" in device
        # A token of another hub's key is none here.
        assert hub.ask("{ profile { id } }", token=cluster.person().token).status == 401
    finally:
        assert hub.stop(signal.SIGTERM) == 0
    log = hub.log_file.read_text()
    assert "ERROR" not in log
    assert session["accessToken"] not in log


@pytest.mark.parametrize(
    "arguments, settings, status",
    [
        ([], {}, 404),
        ([], {"EXPLORER": "false"}, 404),
        ([], {"EXPLORER": "true"}, 200),
        (["--explorer"], {}, 200),
    ],
)
def test_serve_has_an_explorer_only_where_it_is_asked_for(tmp_path, arguments, settings, status):
    hub = Served(
        tmp_path, *arguments, DATABASE_URL="host=/nowhere", TOKEN_KEYS=KEY, **settings
    ).start()
    try:
        page = hub.request("GET", "/explorer")
        assert page.status == status
        if status == 200:
            # Nobody's demo logins: those are for `dev`.
            (folder,) = re.findall(r'src="(/explorer/\w+)/main.js"', page.body.decode())
            known = hub.request("GET", f"{folder}/settings.json").json
            assert known == {"endpoint": "/graphql", "demoLogins": []}
    finally:
        assert hub.stop(signal.SIGTERM) == 0


def test_serve_starts_without_its_database_and_says_that_it_is_not_ready(tmp_path):
    hub = Served(tmp_path, DATABASE_URL="host=/nowhere", TOKEN_KEYS=KEY).start()
    assert hub.request("GET", "/livez").status == 200
    assert hub.request("GET", "/readyz").status == 503
    assert sign_in(hub, "ana@ejemplar.example").status == 503
    assert hub.stop(signal.SIGINT) == 0
    assert "ERROR" not in hub.log_file.read_text()
