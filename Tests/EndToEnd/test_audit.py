"""The chain of a company's log, and the signatures of its heads: what they notice."""

import json

import pytest

from event_documents import events, update_company
from hub import run, until


@pytest.fixture
def audit(hub, tmp_path):
    """Runs `mi-alegra audit` on the shared hub's database with keys of its own."""
    keys = tmp_path / "audit-keys"
    keys.write_text(run("keys", "new", "--name", "first").stdout)

    def command(*arguments, **settings):
        where = {
            "DATABASE_URL": hub.database_url(), "TOKEN_KEYS_FILE": str(hub.data / "token-keys"),
            "AUDIT_KEYS_FILE": str(keys)} | settings
        return run("audit", *arguments, **{k: v for k, v in where.items() if v is not None})

    command.keys = keys
    return command


@pytest.fixture
def person(hub):
    """Somebody with a company whose log has three events at least."""
    ana = hub.person()
    for name in ("Uno", "Dos", "Tres"):
        update_company(hub, ana, tradeName=name)
    return ana


TAMPER = {
    "an event is changed":
        ("update event set origin = 'forged' where {last}", "event {end}: the hash is not"),
    "what it tells is changed":
        ("update event set changes = jsonb_set(changes, '{{0,after}}', '\"Zwei\"') where {last}",
         "event {end}: the changes are not those"),
    "the name of who made it is changed":
        ("update event set actor_name = 'Nobody' where {last}", "event {end}: the name of who"),
    "an event is taken out":
        ("delete from event where tenant_id = '{tenant}' and sequence = {end} - 1",
         "event {end}: an event before this one is missing"),
    "the last event is taken out":
        ("delete from event where {last}", "event {end}: the head is not the last event"),
    "the head is set back":
        ("update event_head set sequence = sequence - 1 where tenant_id = '{tenant}'",
         "the head is not the last event"),
}


@pytest.mark.parametrize("what", TAMPER)
def test_what_is_tampered_with_is_named(hub, audit, person, what):
    good = audit("verify", person.tenant)
    assert (good.returncode, good.stdout) == (0, ""), good.stderr
    end = int(hub.sql(f"select sequence from event_head where tenant_id = '{person.tenant}'"))
    tamper, said = TAMPER[what]
    names = {
        "tenant": person.tenant, "end": end,
        "last": f"tenant_id = '{person.tenant}' and sequence = {end}"}
    # Past the triggers, as a superuser can.
    hub.sql("set session_replication_role = replica; " + tamper.format(**names))
    bad = audit("verify", person.tenant)
    assert bad.returncode == 1 and said.format(**names) in bad.stdout, bad.stdout
    assert bad.stdout.startswith(person.tenant) and len(bad.stdout.splitlines()) == 1


def test_retention_and_erasure_leave_the_chain(hub, audit, person):
    assert audit("sign").returncode == 0
    hub.sql(f"select erase_tenant_events('{person.tenant}')")
    assert all(event["isErased"] for event in events(hub, person)["events"])
    good = audit("verify", person.tenant)
    assert (good.returncode, good.stdout) == (0, ""), good.stderr


def rewritten(hub, tenant):
    """An operator changes what an event tells, and computes the chain from there on anew."""
    hub.sql(f"""
      set session_replication_role = replica;
      do $$ declare e event; before bytea := decode(repeat('00', 32), 'hex'); begin
        for e in select * from event where tenant_id = '{tenant}' order by sequence loop
          if e.changes is not null then
            e.changes := replace(e.changes::text, 'Dos', 'Zwei')::jsonb;
            e.changes_digest := event_digest(e.changes_salt, e.changes::text);
          end if;
          before := event_hash(before, e);
          update event set changes = e.changes, changes_digest = e.changes_digest, hash = before
          where tenant_id = e.tenant_id and sequence = e.sequence;
        end loop;
        update event_head set hash = before where tenant_id = '{tenant}';
      end $$""")


def test_a_chain_that_was_computed_anew_does_not_fit_its_signature(hub, audit, person, tmp_path):
    signed = audit("sign")
    lines = [json.loads(line) for line in signed.stdout.splitlines()]
    [mine] = [line for line in lines if line["tenant"] == person.tenant]
    assert mine["key"] == "first" and len(mine["signature"]) == 64
    again = audit("sign")
    assert person.tenant not in again.stdout
    rewritten(hub, person.tenant)
    bad = audit("verify", person.tenant)
    assert bad.returncode == 1
    assert bad.stdout == (
        f"{person.tenant}: event {mine['sequence']}: what was signed by first is not there\n")
    # Whoever rewrites takes the signature away, too: what was kept elsewhere tells.
    hub.sql(f"set session_replication_role = replica;"
            f" delete from audit_signature where tenant_id = '{person.tenant}'")
    assert audit("verify", person.tenant).returncode == 0
    kept = tmp_path / "kept"
    kept.write_text("a line of another kind\n" + signed.stdout)
    bad = audit("verify", "--kept", str(kept), person.tenant)
    assert bad.returncode == 1 and "what was signed by first is not there" in bad.stdout


def test_a_signature_by_another_key_is_none(hub, audit, person):
    audit("sign")
    hub.sql(f"""set session_replication_role = replica;
      update audit_signature set signature = sha256('forged') where tenant_id = '{person.tenant}'""")
    bad = audit("verify", person.tenant)
    assert bad.returncode == 1 and "the signature by first is not of this head" in bad.stdout
    audit.keys.write_text(run("keys", "new", "--name", "second").stdout)
    lost = audit("verify", person.tenant)
    assert lost.returncode == 0 and "1 signatures were not" in lost.stderr


def test_a_server_signs_by_itself_and_logs_it(serve, hub, audit, person, tmp_path):
    served = serve(AUDIT_KEYS_FILE=str(audit.keys), AUDIT_SECONDS="1")

    def logged():
        return [line for line in served.log_since(0)[0]
                if line["message"] == "head signed" and line["tenant"] == person.tenant]

    until(logged, "a head is signed")
    kept = tmp_path / "log"
    kept.write_bytes(served.log_file.read_bytes())
    good = audit("verify", "--kept", str(kept), person.tenant)
    assert (good.returncode, good.stdout) == (0, ""), good.stderr
    assert "signatures were verified" in good.stderr
    # What moves later is signed again.
    update_company(hub, person, tradeName="Cuatro")
    until(lambda: len(logged()) > 1, "the next head is signed")


def test_without_keys_nothing_is_signed_and_it_is_said(audit):
    refused = audit("sign", AUDIT_KEYS_FILE=None)
    assert refused.returncode != 0 and "AUDIT_KEYS" in refused.stderr
