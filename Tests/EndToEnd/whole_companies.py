"""Companies with something in every table, and what operators do with them."""

import dataclasses
import json
import uuid

from hub import Person, run

TENANT_TABLES = """
select c.relname from pg_class c
join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
where c.relkind in ('r', 'p') and not c.relispartition order by 1
"""
SECRET = "marked-secret"


@dataclasses.dataclass
class Furnished:
    """A company with an administrator, a seller who has another company too, and somebody who was
    asked to join."""

    tenant: str
    administrator: Person
    seller: Person
    invited: str
    link: str


def furnished(hub, country="CO"):
    ana = hub.person(country=country)
    caro = hub.person(country=country, language="pt")
    tenant, link, invited = ana.tenant, str(uuid.uuid4()), f"guest-{uuid.uuid4()}@test.example"
    hub.sql(
        f"""begin;
        update company set legal_name = 'Ejemplar de Prueba S.A.S.', phone = '+576015550101'
        where tenant_id = '{tenant}';
        update account set first_name = 'Ña ''O"\\', last_name = E'\u2028\U0001f600'
        where id = '{ana.account}';
        insert into company_solution (tenant_id, solution, country_version, plan, state)
        select '{tenant}', s, '{country}', 'plus', 'ACTIVE'
        from unnest(array['invoicing', 'pos', 'store']) as s;
        insert into integration_connection (
          tenant_id, integration, connected_by, connected_by_name, sealed_credentials)
        values ('{tenant}', 'payu', '{ana.account}', 'Pru', '{SECRET}');
        insert into membership (tenant_id, account_id, role)
        values ('{tenant}', '{caro.account}', 'seller');
        insert into solution_role values ('{tenant}', '{caro.account}', 'pos', 'assistant');
        insert into account_google (account_id, subject, email)
        values ('{caro.account}', '{SECRET}{caro.account}', 'caro@gmail.example');
        insert into one_time_link (id, purpose, address, facts, expires_at) values (
          '{link}', 'invitation', '{invited}',
          jsonb_build_object('tenant', '{tenant}', 'invitation', '{link}'),
          now() + interval '1 day');
        insert into invitation (
          tenant_id, id, email, role, solution_roles, invited_by, invited_by_name, expires_at,
          mailed_at, link_id)
        values (
          '{tenant}', '{link}', '{invited}', 'seller', '{{"pos": "seller"}}', '{ana.account}',
          'Pru', now() + interval '1 day', array[now()], '{link}');
        insert into mail (kind, address, name, language, facts, link_id, next_attempt_at)
        values ('invitation', '{invited}', '', 'es', '{{"company": "x", "inviter": "y"}}', '{link}',
          now() + interval '1 hour');
        commit"""
    )
    return Furnished(tenant, ana, caro, invited, link)


def tenant(hub, *arguments, database="mi_alegra"):
    """One of the commands, on a database of the hub's cluster."""
    return run("tenant", *arguments, DATABASE_URL=hub.database_url(database))


def exported(hub, id, database="mi_alegra"):
    """A company's document, as text."""
    done = tenant(hub, "export", id, database=database)
    assert done.returncode == 0, done.stderr
    return done.stdout


def timeless(text):
    """A document's text without the time at which it was written."""
    [at] = [line for line in text.splitlines() if line.startswith('"exportedAt"')]
    return text.replace(at, "")


def everything(hub, database="mi_alegra"):
    """Every row of the database, by table; what runs by itself left aside: mails are sent, sessions
    are seen, housekeeping takes away what is over, heads of logs are signed; and
    of what earlier tests left in the hub that they share, tokens are seen and webhooks told."""
    tables = hub.sql(
        "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where relkind = 'r' and nspname = 'public' and relname not in ('mail', 'session',"
        " 'sign_in_guess', 'link_request', 'sign_in_challenge', 'google_flow', 'launch_code',"
        " 'audit_signature', 'api_token', 'service_token', 'webhook', 'webhook_delivery')"
        " order by 1",
        database,
    ).split()
    statements = [
        f"select coalesce(jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text), '[]') from {name} t"
        for name in tables]
    return dict(zip(tables, hub.sql(";\n".join(statements), database).split("\n")))


def places_of(hub, id, database="mi_alegra"):
    """The tables in which a text stands, whatever the column; found without the hub's functions."""
    tables = hub.sql(
        "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where relkind = 'r' and nspname = 'public' order by 1",
        database,
    ).split()
    counted = " union all ".join(
        f"select '{name}' as name from {name} t where t::text like '%{id}%'" for name in tables
    )
    return set(hub.sql(f"select distinct name from ({counted}) as found", database).split())


def rewritten(text, change):
    """A document after a change."""
    document = json.loads(text)
    change(document)
    return json.dumps(document)
