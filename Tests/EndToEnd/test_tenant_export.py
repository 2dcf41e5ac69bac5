"""mi-alegra tenant export and import: all of a company, none of its secrets, on another server the
same again; and what is no such document is refused, with the place in it."""

import copy
import json
import random
import re
import stat
import subprocess
import uuid

import pytest

from hub import EJEMPLAR, PROGRAM, environment, run, until
from mailed_links import mailed_token
from session_documents import company_of, sign_in
from whole_companies import (
    SECRET, TENANT_TABLES, everything, exported, furnished, rewritten, tenant, timeless,
)

NOBODY = "00000000-0000-4000-8000-00000000dead"
RESET = """mutation ($email: String!) {
  requestPasswordReset(input: {email: $email}) { checkYourMail userErrors { code } } }"""
SET = """mutation ($token: String!) {
  resetPassword(input: {token: $token, newPassword: "una frase muy larga"}) {
    userErrors { code } } }"""


@pytest.fixture(scope="module")
def company(hub):
    return furnished(hub)


@pytest.fixture(scope="module")
def document(hub, company):
    return exported(hub, company.tenant)


@pytest.fixture
def elsewhere(hub):
    """Another server's database, of the same schema."""
    name = f"elsewhere_{uuid.uuid4().hex}"
    hub.sql(f"create database {name} template mi_alegra_schema", database="postgres")
    yield name
    hub.sql(f"drop database {name} with (force)", database="postgres")


@pytest.fixture(scope="module", autouse=True)
def schema(hub):
    hub.sql("create database mi_alegra_schema", database="postgres")
    done = run("migrate", "up", DATABASE_URL=hub.database_url("mi_alegra_schema"))
    assert done.returncode == 0, done.stderr


@pytest.fixture
def imported(hub, tmp_path):
    """Imports a text as it is, and gives what the command said."""

    def start(text, database, *arguments):
        file = tmp_path / f"{uuid.uuid4()}.json"
        file.write_text(text, encoding="utf-8")
        return tenant(hub, "import", str(file), *arguments, database=database)

    return start


# Export ------------------------------------------------------------------------------------------


def told_tables(hub):
    """All that hold rows of companies, but for those whose comment keeps them out."""
    redacted = hub.sql("select name from tenant_tables() where is_redacted").split()
    return set(hub.sql(TENANT_TABLES).split()) - set(redacted)


def test_every_row_of_every_table_is_in_it(hub, company, document):
    read = json.loads(document)
    tables = told_tables(hub)
    assert set(read["tables"]) == tables
    for name in tables:
        count = hub.sql(f"select count(*) from {name} where tenant_id = '{company.tenant}'")
        assert len(read["tables"][name]) == int(count), name
    people = {person["id"]: person for person in read["people"]}
    assert set(people) == {company.administrator.account, company.seller.account}
    assert people[company.administrator.account] == {
        "id": company.administrator.account, "email": company.administrator.email,
        "first_name": "Ña 'O\"\\", "last_name": "\u2028\U0001f600", "display_name": "",
        "country": "CO", "language": "es",
    }
    newest = hub.sql(
        "select number || ' ' || name from schema_migration order by number desc limit 1")
    assert (read["format"], read["formatVersion"]) == ("mi-alegra tenant", 1)
    assert f"{read['schema']['migration']} {read['schema']['name']}" == newest
    assert read["tenantId"] == company.tenant


def test_the_demo_has_rows_of_every_table_and_they_come_back(hub, elsewhere, imported):
    """A table that is added is in this with the rows that the demo data has to have of it."""
    text = exported(hub, EJEMPLAR)
    tables = json.loads(text)["tables"]
    assert set(tables) == told_tables(hub)
    assert [name for name, rows in tables.items() if rows == []] == []
    done = imported(text, elsewhere)
    assert done.returncode == 0, done.stderr
    assert timeless(exported(hub, EJEMPLAR, elsewhere)) == timeless(text)


def test_nothing_secret_is_in_it(hub, company, document):
    read = json.loads(document)
    assert {"integration_connection.sealed_credentials", "invitation.link_id"} <= set(
        read["redacted"])
    for name in read["redacted"]:
        table, _, column = name.partition(".")
        assert not any(column in row for row in read["tables"].get(table, []))
        assert column or table not in read["tables"]
    sessions = [company.administrator.session, company.seller.session]
    hidden = [SECRET, SECRET.encode().hex(), "c2VjcmV0", "$scrypt$", *sessions]
    # The link's number is the invitation's too: it stands there once, as that.
    assert document.count(company.link) == 1
    assert [text for text in hidden if text in document] == []
    # Nor anything of another company, the seller's own included.
    assert company.seller.tenant not in document and EJEMPLAR not in document


def test_two_exports_of_one_state_are_the_same_bytes(hub, company, document):
    again = exported(hub, company.tenant)
    assert again != document and timeless(again) == timeless(document)


def test_it_is_one_instant(hub):
    """An export that waits for a table does not see what was written before it got there."""
    company = furnished(hub)
    holder = subprocess.Popen(
        ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-d", hub.database_url()],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    holder.stdin.write("begin; lock table solution_role; select 'held';\n")
    holder.stdin.flush()
    assert holder.stdout.readline() == "held\n"
    export = subprocess.Popen(
        [PROGRAM, "tenant", "export", company.tenant], stdout=subprocess.PIPE, text=True,
        env=environment(DATABASE_URL=hub.database_url()),
    )
    waits = "select exists (select from pg_locks where relation = 'solution_role'::regclass" \
        " and not granted)"
    until(lambda: hub.sql(waits) == "t", "the export waits")
    holder.stdin.write(
        f"""insert into solution_role
        values ('{company.tenant}', '{company.administrator.account}', 'pos', 'seller');
        update company set legal_name = 'Otra' where tenant_id = '{company.tenant}'; commit;\n"""
    )
    holder.stdin.close()
    assert holder.wait() == 0
    holder.stdout.close()
    text, _ = export.communicate()
    assert export.returncode == 0
    read = json.loads(text)["tables"]
    assert len(read["solution_role"]) == 1
    assert read["company"][0]["legal_name"] == "Ejemplar de Prueba S.A.S."


def test_a_file_is_its_owners_alone_and_never_written_over(hub, company, document, tmp_path):
    file = tmp_path / "export.json"
    done = tenant(hub, "export", company.tenant, "--output", str(file))
    assert (done.returncode, done.stdout) == (0, "")
    assert timeless(file.read_text()) == timeless(document)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    again = tenant(hub, "export", company.tenant, "--output", str(file))
    assert again.returncode == 1 and "is there already" in again.stderr
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "id, status, said",
    [(NOBODY, 1, f"there is no company {NOBODY}"), ("x", 64, "x"), ("' or true --", 64, "or true")],
)
@pytest.mark.parametrize(
    "arguments", [["export"], ["delete", "--dry-run"], ["change-country"]], ids=lambda it: it[0])
def test_an_unknown_company_is_said(hub, tmp_path, arguments, id, status, said):
    command, *flags = arguments
    more = {"export": ["--output", str(tmp_path / "none")], "change-country": ["MX"]}
    flags += more.get(command, [])
    done = tenant(hub, command, id, *flags)
    assert done.returncode == status
    assert said in done.stderr and done.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_whoever_is_held_by_row_level_security_is_told_so(hub, company):
    for user in ["hub_app_read", "hub_app_write"]:
        for command in [["export"], ["delete", "--dry-run"], ["change-country"]]:
            arguments = [company.tenant, *command[1:], *(["MX"] if "change" in command[0] else [])]
            done = run("tenant", command[0], *arguments, DATABASE_URL=hub.database_url(user=user))
            assert done.returncode == 1 and done.stdout == ""
            assert "permission denied" in done.stderr or "another schema" in done.stderr


# Import ------------------------------------------------------------------------------------------


def test_an_import_elsewhere_exports_the_same(hub, company, document, elsewhere, imported):
    dry = imported(document, elsewhere, "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert hub.sql("select count(*) from company", elsewhere) == "0"
    done = imported(document, elsewhere)
    assert done.returncode == 0, done.stderr
    assert done.stdout == dry.stdout
    assert "2 people" in done.stdout and "sets a password by a reset" in done.stdout
    assert timeless(exported(hub, company.tenant, elsewhere)) == timeless(document)
    assert hub.sql(
        """select bool_and(password_hash is null and not has_password and photo_url is null)
        from account""", elsewhere) == "t"
    assert hub.sql("select count(*) from session", elsewhere) == "0"
    again = imported(document, elsewhere)
    assert again.returncode == 1
    assert f"there is a company {company.tenant} already" in again.stderr


def test_people_who_came_with_it_set_a_password_and_are_in(
    hub, company, document, elsewhere, imported, serve
):
    assert imported(document, elsewhere).returncode == 0
    served = serve(DATABASE_URL=hub.database_url(elsewhere, user="hub_app_read"))
    until(lambda: served.request("GET", "/readyz").status == 200, "ready")
    served.data = hub.data
    served.sql = lambda statements: hub.sql(statements, elsewhere)
    email = company.administrator.email
    assert sign_in(served, email).data["signIn"]["session"] is None
    assert served.ask(RESET, {"email": email}).data["requestPasswordReset"]["checkYourMail"]
    token = mailed_token(served, email, "reset_password")
    assert served.ask(SET, {"token": token}).data["resetPassword"]["userErrors"] == []
    session = sign_in(served, email, "una frase muy larga").data["signIn"]["session"]
    assert company_of(served, session["accessToken"]) == company.tenant
    served.stop()


def test_people_who_have_an_account_there_keep_it(hub, company, document, elsewhere, imported):
    own, other = str(uuid.uuid4()), str(uuid.uuid4())
    email = company.administrator.email
    # The administrator has another number there; the seller's number is somebody else's.
    hub.sql(
        f"""insert into account (id, email, password_hash, first_name, country, language)
        values ('{own}', '{email.upper()}', 'kept', 'Otra', 'MX', 'en'),
          ('{company.seller.account}', 'somebody-{other}@test.example', 'kept', 'Alguien', 'AR',
            'pt')""", elsewhere)
    accounts = """select jsonb_agg(to_jsonb(a) order by id) from account a
        where password_hash = 'kept'"""
    before = hub.sql(accounts, elsewhere)
    done = imported(document, elsewhere)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("has an account here, of another id") == 1
    assert done.stdout.count("sets a password by a reset, of another id") == 1
    assert hub.sql(accounts, elsewhere) == before
    seller = hub.sql(
        f"select id from account where email = '{company.seller.email}'", elsewhere)
    read = json.loads(exported(hub, company.tenant, elsewhere))
    expected = json.loads(
        document.replace(company.administrator.account, own)
        .replace(company.seller.account, seller))
    # What a membership shows of its person is the account's that is there.
    for table in (read["tables"], expected["tables"]):
        table["membership"] = sorted(
            (row["account_id"], row["role"], row["joined_at"]) for row in table["membership"])
    assert read["tables"] == expected["tables"]
    [connection] = read["tables"]["integration_connection"]
    assert connection["connected_by"] == own


@pytest.mark.parametrize("seed", range(4))
def test_whatever_people_type_comes_back(hub, elsewhere, imported, seed):
    """Texts of any characters, and nulls, in every column that takes them."""
    chosen = random.Random(seed)
    company = furnished(hub)
    columns = [
        "legal_name", "trade_name", "address_description", "address_city", "address_region",
        "website", "logo_url",
    ]
    for name in columns:
        characters = [
            chr(chosen.choice([chosen.randrange(1, 0x80), chosen.randrange(0xa0, 0xd800),
                               chosen.randrange(0xe000, 0x110000), 0x22, 0x5c, 0x27, 0x0a]))
            for _ in range(chosen.randrange(1, 20))
        ]
        text = "".join(characters).replace("'", "''")
        value = f"'{text}'" if name == "legal_name" or chosen.random() < 0.8 else "null"
        hub.sql(f"update company set {name} = {value} where tenant_id = '{company.tenant}'")
    hub.sql(
        f"""update company set field_revisions = field_revisions || '{{"a": 1.50, "b": 1e20,
          "c": [null, true, {{"d": "\\u00f1\\""}}], "e": 12345678901234567890}}'
        where tenant_id = '{company.tenant}';
        update invitation set mailed_at = array['2026-01-01 00:00:00.000001+05'::timestamptz,
          'infinity', '0044-03-15 BC'] where tenant_id = '{company.tenant}'"""
    )
    document = exported(hub, company.tenant)
    done = imported(document, elsewhere)
    assert done.returncode == 0, done.stderr
    assert timeless(exported(hub, company.tenant, elsewhere)) == timeless(document)
    rows = f"select to_jsonb(c) from company c where tenant_id = '{company.tenant}'"
    assert hub.sql(rows, elsewhere) == hub.sql(rows)


def first(table):
    """The first row of a table of the document."""
    return lambda document: document["tables"][table][0]


def put(row, **members):
    return lambda document: row(document).update(members)


def huge(document):
    document["tables"]["integration_connection"][0].update(
        state="ERROR", failure="x" * (1 << 20) + "x")


def renamed(document):
    tables = document["tables"]
    tables['company" cascade; drop table company; --'] = tables.pop("company")


def without_administrator(document):
    for row in document["tables"]["membership"]:
        row["role"] = "seller"


def second_person_of_one_address(document):
    one, other = document["people"]
    other["email"] = one["email"].upper()


def stranger(document):
    document["people"].append(
        document["people"][0] | {"id": NOBODY, "email": "stranger@test.example"})


def member_out_of_nowhere(document):
    document["tables"]["membership"].append(
        copy.deepcopy(document["tables"]["membership"][0]) | {"account_id": NOBODY})


COMPANY, MEMBER = first("company"), first("membership")
PERSON = lambda document: document["people"][0]
HOSTILE = [
    (lambda it: it.update(format="other"), "format: this is no export"),
    (lambda it: it.update(formatVersion=2), "formatVersion: this program reads 1"),
    (lambda it: it["schema"].update(migration=1), "schema: it was not written from"),
    (lambda it: it["schema"].update(name="another"), "schema: it was not written from"),
    (lambda it: it.update(tenantId="x"), "tenantId: is no uuid"),
    (lambda it: it.update(tenantId=EJEMPLAR), f"there is a company {EJEMPLAR} already"),
    (lambda it: it.update(tenantId=NOBODY), "tables.company[0].tenant_id: is another company's"),
    (lambda it: it.update({"\x1b[2J\nimported": 1}), " [2J imported: there is no such member"),
    (lambda it: it.update(more=1), "more: there is no such member"),
    (lambda it: it.pop("people"), "people: is no list"),
    (lambda it: it.update(tables=[]), "tables: is no object"),
    (lambda it: it["tables"].update(company={}), "tables.company: is no list"),
    (lambda it: it["tables"].update(company=[1]), "tables.company[0]: is no object"),
    (lambda it: it["tables"].update(account=[]), "tables.account: there is no such table"),
    (lambda it: it["tables"].update(tenant_tombstone=[]),
     "tables.tenant_tombstone: there is no such table"),
    (lambda it: it["tables"].update(pg_authid=[]), "tables.pg_authid: there is no such table"),
    (lambda it: it["tables"].pop("membership"), "tables.membership: is missing"),
    (renamed, 'tables.company" cascade; drop table company; --: there is no such table'),
    (put(COMPANY, password_hash="x"), "tables.company[0].password_hash: there is no such column"),
    (put(COMPANY, **{"legal_name\" = '': --": 1}),
     "tables.company[0].legal_name\" = '': --: there is no such column"),
    (lambda it: COMPANY(it).pop("phone"), "tables.company[0].phone: is missing"),
    (put(first("integration_connection"), sealed_credentials="AA=="),
     "tables.integration_connection[0].sealed_credentials: there is no such column"),
    (put(first("invitation"), email_key="x"),
     "tables.invitation[0].email_key: there is no such column"),
    (put(first("invitation"), link_id=NOBODY),
     "tables.invitation[0].link_id: there is no such column"),
    (put(MEMBER, tenant_id=EJEMPLAR), "tables.membership[0].tenant_id: is another company's"),
    (put(MEMBER, tenant_id=None), "tables.membership[0].tenant_id: is another company's"),
    (put(MEMBER, account_id=NOBODY), "tables.membership[0].account_id: is none of the document's"),
    (put(MEMBER, account_id={"a": 1}),
     "tables.membership[0].account_id: is none of the document's"),
    (member_out_of_nowhere, "tables.membership[2].account_id: is none of the document's people"),
    (put(MEMBER, joined_at="never"), "tables.membership[0]: invalid input syntax"),
    (put(MEMBER, role="owner"), "tables.membership[0]: new row"),
    (without_administrator, "tables.membership: nobody administers the company"),
    (put(COMPANY, legal_name="x" * 251), "tables.company[0]: new row"),
    (put(COMPANY, legal_name=None), "tables.company[0].legal_name: null value"),
    (put(COMPANY, legal_name="a\0b"), "tables.company[0].legal_name: holds NUL"),
    (put(COMPANY, country_version="ZZ"), "tables.company[0]: insert or update"),
    (put(COMPANY, decimal_precision=9), "decimal_precision: the version CO allows"),
    (put(COMPANY, revision=10**400), "tables.company[0]: "),
    (put(COMPANY, field_revisions="x" * (1 << 20) + "x"),
     "tables.company[0].field_revisions: is longer"),
    (huge, "tables.integration_connection[0].failure: is longer than 1048576 bytes"),
    (put(first("company_solution"), solution="payroll'; drop table company; --"),
     "tables.company_solution[0]: insert or update"),
    (put(first("invitation"), invited_by_name=f"of {EJEMPLAR}"),
     "tables.invitation[0]: names another company"),
    (put(first("invitation"), invited_by=EJEMPLAR.upper()),
     "tables.invitation[0]: names another company"),
    (put(PERSON, password_hash="x"), "people[0].password_hash: there is no such column"),
    (put(PERSON, id="x"), "people[0]: invalid input syntax"),
    (put(PERSON, id="00000000-0000-0000-0000-000000000000"), "people[0]: new row"),
    (put(PERSON, email="no address"), "people[0]: new row"),
    (put(PERSON, email=None), "people[0].email: is no text"),
    (put(PERSON, language="xx"), "people[0]: insert or update"),
    (put(PERSON, first_name="x" * 961), "people[0]: new row"),
    (second_person_of_one_address, "people[1].email: is another person's"),
    (stranger, "people[2]: has nothing to do with the company"),
]


@pytest.fixture(scope="module")
def taken(hub):
    """A server with companies of its own."""
    hub.sql("create database taken template mi_alegra_schema", database="postgres")
    assert run("demo", DATABASE_URL=hub.database_url("taken")).returncode == 0
    return "taken"


@pytest.mark.parametrize("change, said", HOSTILE, ids=[said for _, said in HOSTILE])
def test_what_is_no_such_document_is_refused_with_its_place(
    hub, document, taken, imported, change, said
):
    before = everything(hub, taken)
    done = imported(rewritten(document, change), taken)
    assert done.returncode == 1
    assert said in done.stderr and done.stdout == ""
    assert everything(hub, taken) == before


@pytest.mark.parametrize(
    "text, said",
    [
        ("", "ends too early"),
        ("{", "ends too early"),
        ("[]", "format: this is no export"),
        ('{"format": "mi-alegra tenant", "format": "mi-alegra tenant"}', "occurs twice"),
        ("[" * 100_000, "nested too deeply"),
        ('{"format": "mi-alegra tenant", "formatVersion": 1e400}', "formatVersion"),
    ],
    ids=["empty", "half", "list", "twice", "deep", "number"],
)
def test_what_is_no_json_is_refused(hub, taken, imported, text, said):
    done = imported(text, taken)
    assert done.returncode == 1 and said in done.stderr


def test_a_file_that_is_not_there_is_said(hub, taken):
    done = tenant(hub, "import", "/nowhere", database=taken)
    assert done.returncode == 1 and "/nowhere cannot be read" in done.stderr


def test_many_rows_come_and_go(hub, elsewhere, imported):
    """More than are held in memory at once, and the last of them refused."""
    company = furnished(hub)
    hub.sql(
        f"""insert into invitation (tenant_id, email, role, invited_by_name, expires_at)
        select '{company.tenant}', 'guest-' || n || '@many.example', 'seller', 'Pru', now()
        from generate_series(1, 2000) as n"""
    )
    document = exported(hub, company.tenant)
    wrong = rewritten(document, lambda it: it["tables"]["invitation"][-1].update(role="owner"))
    done = imported(wrong, elsewhere)
    assert done.returncode == 1 and "tables.invitation[2000]: new row" in done.stderr
    assert hub.sql("select count(*) from account", elsewhere) == "0"
    assert imported(document, elsewhere).returncode == 0
    assert timeless(exported(hub, company.tenant, elsewhere)) == timeless(document)
    assert re.search(r"invitation +2001\n", imported(document, elsewhere).stdout) is None
