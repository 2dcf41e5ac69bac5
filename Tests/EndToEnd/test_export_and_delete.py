"""exportMyData and deleteAccount: what proves it, what is told, what is gone and what stays."""

import concurrent.futures

import pytest

from hub import PASSWORD
from people_documents import (
    EXPORT, MEMBERSHIPS, accept, delete, give_solutions, invite, refusals, roles,
)
from session_documents import WHO, refresh, sign_in


def member(hub, role="seller"):
    """Somebody who is no company's last administrator."""
    return hub.person(role, tenant=hub.person().tenant)


def stale(hub, person):
    hub.sql(
        f"update session set authenticated_at = now() - interval '11 minutes'"
        f" where id = '{person.session}'"
    )


def rows_with(hub, *texts):
    """The tables, and how many of their rows hold one of these texts."""
    tables = hub.sql(
        "select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " where relkind = 'r' and nspname = 'public' order by 1"
    ).split()
    matches = " or ".join(f"t::text like '%{text}%'" for text in texts)
    counted = " union all ".join(
        f"select '{table}' as name, count(*) from {table} t where {matches}" for table in tables
    )
    rows = hub.sql(f"select name, count from ({counted}) as c where count > 0 order by 1")
    return {name: int(count) for name, count in (row.split("|") for row in rows.splitlines())}


def test_everything_that_is_kept_is_told_to_the_person(hub):
    person = member(hub, "administrator")
    give_solutions(hub, person.tenant, pos="pro")
    hub.sql(
        f"""update account set first_name = 'Ana', last_name = 'Gómez', display_name = 'Anita',
          phone = '+573005550101', pending_email = 'new-{person.email}'
        where id = '{person.account}';
        insert into account_google (account_id, subject, email)
        values ('{person.account}', 'google-{person.account}', 'ana@gmail.example');
        insert into solution_role values ('{person.tenant}', '{person.account}', 'pos', 'seller');
        insert into integration_connection (tenant_id, integration, connected_by)
        values ('{person.tenant}', 'payu', '{person.account}');
        insert into one_time_link (purpose, account_id, address, expires_at)
        values ('reset_password', '{person.account}', '{person.email}', now());
        insert into photo (account_id, name, digest, bytes)
        values ('{person.account}', md5('{person.account}') || '.png', sha256(''), 'x')"""
    )
    guest = f"guest-{person.account}@test.example"
    assert refusals(invite(hub, person, guest)) == []
    headers = {"User-Agent": "Firefox on Debian"}
    assert sign_in(hub, person.email, PASSWORD, headers=headers).data["signIn"]["session"]
    assert hub.mails(person.email)
    # Last, for from now on a sign-in asks for it.
    hub.sql(
        f"""insert into second_factor (account_id, sealed_secret, confirmed_at)
        values ('{person.account}', 'sealed-secret', now());
        insert into recovery_code (account_id, hash, used_at)
        values ('{person.account}', sha256('{person.account}'), now())"""
    )
    answer = hub.ask(EXPORT, token=person.token)
    assert refusals(answer) == []
    told = answer.data["exportMyData"]["document"]
    assert told["exportedAt"] and told["photo"]["storedAt"]
    assert told["profile"] == told["profile"] | {
        "id": person.account, "firstName": "Ana", "lastName": "Gómez", "displayName": "Anita",
        "phone": "+573005550101", "country": "CO", "language": "es",
    }
    assert told["login"] == told["login"] | {
        "email": person.email, "pendingEmail": f"new-{person.email}", "hasPassword": True,
    }
    assert told["secondFactor"]["confirmedAt"]
    assert len(told["secondFactor"]["recoveryCodesUsedAt"]) == 1
    assert told["google"]["email"] == "ana@gmail.example"
    [membership] = told["memberships"]
    assert membership == membership | {
        "companyId": person.tenant, "companyName": "Prueba", "role": "administrator",
        "solutionRoles": {"pos": "seller"},
    }
    assert {one["device"] for one in told["sessions"]} == {"test", "Firefox on Debian"}
    assert [one["purpose"] for one in told["links"]] == ["reset_password"]
    assert [one["kind"] for one in told["mails"]] == ["new_device"]
    [sent] = told["invitationsSent"]
    assert (sent["companyId"], sent["role"], sent["status"]) == (
        person.tenant, "accountant", "PENDING")
    [connected] = told["integrationsConnected"]
    assert (connected["companyId"], connected["integration"]) == (person.tenant, "payu")
    # No secret, and nobody else's address.
    for secret in ("scrypt", "sealed", guest):
        assert secret not in answer.body.decode()
    links = hub.sql("select id from one_time_link").split()
    sessions = hub.sql(f"select id from session where account_id = '{person.account}'").split()
    assert not [id for id in links + sessions if id in answer.body.decode()]


def test_an_accepted_invitation_is_the_persons(hub):
    inviter, person = hub.person(), hub.person()
    assert refusals(invite(hub, inviter, person.email)) == []
    assert refusals(accept(hub, hub.mails(person.email, "invitation")[-1].token)) == []
    told = hub.ask(EXPORT, token=person.token).data["exportMyData"]["document"]
    [accepted] = told["invitationsAccepted"]
    assert (accepted["companyId"], accepted["email"]) == (inviter.tenant, person.email)
    assert inviter.email not in str(told) and told["invitationsSent"] == []


def test_nothing_of_other_people_is_told_and_lists_are_bounded(hub):
    person = member(hub)
    other = hub.person(tenant=person.tenant)
    hub.sql(
        f"""insert into session (account_id, device, expires_at, idle_expires_at)
        select '{person.account}', 'x', now(), now() from generate_series(1, 600)"""
    )
    answer = hub.ask(EXPORT, token=person.token)
    told = answer.data["exportMyData"]["document"]
    assert len(told["sessions"]) == 500 and told["mails"] == [] and told["google"] is None
    assert other.email not in answer.body.decode() and other.account not in answer.body.decode()


def test_what_a_person_confirmed_of_their_companies_is_told(hub):
    person, other = hub.person(), hub.person()
    for who, name in [(person, "Mía"), (other, "Ajena")]:
        saved = hub.ask(
            "mutation ($name: String) { updateCompany(input: {revision: 1, tradeName: $name})"
            " { userErrors { code } } }", {"name": name}, token=who.token)
        assert refusals(saved) == []
    told = hub.ask(EXPORT, token=person.token).data["exportMyData"]["document"]
    [confirmed] = told["companyFieldsConfirmed"]
    assert confirmed.pop("confirmedAt")
    assert confirmed == {
        "companyId": person.tenant, "field": "tradeName", "confirmedAs": "Pru"}


def test_an_export_asks_for_a_fresh_proof(hub):
    person = member(hub)
    stale(hub, person)
    answer = hub.ask(EXPORT, token=person.token)
    assert refusals(answer) == [("REAUTHENTICATION_REQUIRED", [])]
    assert answer.data["exportMyData"]["document"] is None


def test_an_account_ends_with_everything_of_it(hub):
    person = member(hub, "administrator")
    hub.sql(
        f"""update account set first_name = 'Marked-{person.account}' where id = '{person.account}';
        insert into account_google (account_id, subject, email)
        values ('{person.account}', 'google-{person.account}', '{person.email}');
        insert into integration_connection (tenant_id, integration, connected_by, connected_by_name)
        values ('{person.tenant}', 'payu', '{person.account}', 'Marked-{person.account}')"""
    )
    token = hub.refresh_token(person)
    guest = f"guest-of-{person.account[:8]}@test.example"
    assert refusals(invite(hub, person, guest)) == [] and hub.mails(guest)
    assert sign_in(hub, person.email, PASSWORD).data["signIn"]["session"]
    # Mails that are on their way would hold a row that the worker then writes to.
    assert hub.mails(person.email)
    answer = delete(hub, person)
    assert refusals(answer) == [] and "Max-Age=0" in answer.headers["set-cookie"]
    [last] = hub.mails(person.email)
    assert (last.kind, last.subject) == ("account_deleted", "Tu cuenta de Mi Alegra se eliminó")
    assert last.text.startswith(f"Hola, Marked-{person.account}:")
    # Of the whole database, nothing but that last mail knows them; the company's log knows that an
    # account of that number was there, and nothing of whose it was.
    assert rows_with(hub, person.email, f"Marked-{person.account}") == {"mail": 1}
    assert set(rows_with(hub, person.account)) == {"event", "mail"}
    assert hub.ask(WHO, token=person.token).status == 401
    refreshed = refresh(hub, token).data["refreshSession"]
    assert [error["code"] for error in refreshed["userErrors"]] == ["SESSION_ENDED"]
    again = sign_in(hub, person.email, PASSWORD).data["signIn"]
    assert [error["code"] for error in again["userErrors"]] == ["INVALID_CREDENTIALS"]


def test_what_is_the_companies_stays_without_the_name(hub):
    person = member(hub, "administrator")
    hub.sql(
        f"""insert into integration_connection (
          tenant_id, integration, connected_by, connected_by_name, sealed_credentials)
        values ('{person.tenant}', 'payu', '{person.account}', 'Pru', 'sealed')"""
    )
    guest = f"guest-{person.account}@test.example"
    assert refusals(invite(hub, person, guest)) == []
    assert hub.mails(guest, "invitation")
    before = roles(hub, person.tenant)
    assert refusals(delete(hub, person)) == []
    kept = hub.sql(
        f"""select state, connected_by, connected_by_name, sealed_credentials
        from integration_connection where tenant_id = '{person.tenant}'"""
    )
    assert kept == "CONNECTED|||\\x7365616c6564"
    asked = hub.sql(
        f"""select email, invited_by, invited_by_name, revoked_at is not null from invitation
        where tenant_id = '{person.tenant}'"""
    )
    assert asked == f"{guest}|||t"
    del before[person.account]
    assert roles(hub, person.tenant) == before


def test_an_accepted_invitation_goes_with_the_person_and_others_companies_stay(hub):
    person = member(hub)
    hub.sql(
        f"""insert into invitation (
          tenant_id, email, role, invited_by_name, expires_at, accepted_at, accepted_by)
        values ('{person.tenant}', '{person.email}', 'seller', 'x', now(), now(),
          '{person.account}')"""
    )
    everything = "select count(*) from company"
    before = hub.sql(everything)
    assert refusals(delete(hub, person)) == []
    assert rows_with(hub, person.email) == {"mail": 1}
    assert hub.sql(everything) == before


def test_the_last_administrator_of_companies_is_refused_and_told_which(hub):
    person = hub.person()
    elsewhere, third = hub.person(), hub.person()
    hub.sql(
        f"""update company set trade_name = 'Aldea' where tenant_id = '{elsewhere.tenant}';
        insert into membership (tenant_id, account_id, role) values
          ('{elsewhere.tenant}', '{person.account}', 'administrator'),
          ('{third.tenant}', '{person.account}', 'administrator');
        update membership set role = 'seller' where account_id = '{elsewhere.account}'"""
    )
    answer = delete(hub, person)
    assert refusals(answer) == [("LAST_ADMINISTRATOR", [])]
    assert answer.data["deleteAccount"]["companies"] == [
        {"id": elsewhere.tenant, "name": "Aldea"}, {"id": person.tenant, "name": "Prueba"},
    ]
    assert len(hub.ask(MEMBERSHIPS, token=person.token).data["memberships"]) == 3
    assert hub.mails(person.email) == []


def test_a_fresh_proof_is_asked_for(hub):
    person = member(hub)
    stale(hub, person)
    assert refusals(delete(hub, person)) == [("REAUTHENTICATION_REQUIRED", [])]
    assert hub.ask(WHO, token=person.token).status == 200
    proof = """mutation ($password: String!) {
      reauthenticate(input: {password: $password}) { userErrors { code field } } }"""
    assert refusals(hub.ask(proof, {"password": PASSWORD}, person.token)) == []
    assert refusals(delete(hub, person)) == []


@pytest.mark.parametrize("typed", ["", "none", "ana@ejemplar.example"])
def test_the_own_address_confirms_it(hub, typed):
    person = member(hub)
    assert refusals(delete(hub, person, typed)) == [("EMAIL_MISMATCH", ["email"])]
    assert hub.ask(WHO, token=person.token).status == 200
    assert refusals(delete(hub, person, f" {person.email.upper()} ")) == []


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_last_administrators_who_end_their_accounts_at_once_one_stays(hub, attempt):
    ana = hub.person()
    caro = hub.person(tenant=ana.tenant)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda person: delete(hub, person), (ana, caro)))
    assert sorted(refusals(answer) for answer in answers) == [[], [("LAST_ADMINISTRATOR", [])]]
    assert list(roles(hub, ana.tenant).values()) == ["administrator"]


@pytest.mark.parametrize("attempt", range(3))
def test_ending_an_account_and_going_on_with_its_session_at_once_do_not_stumble(hub, attempt):
    person = member(hub)
    token = hub.refresh_token(person)
    actions = [lambda: delete(hub, person), lambda: refresh(hub, token)]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        deleted, refreshed = pool.map(lambda action: action(), actions)
    assert refusals(deleted) == [] and refreshed.status == 200
    assert rows_with(hub, person.email) == {"mail": 1}
    # The last mail greets them by their name.
    assert set(rows_with(hub, person.account)) == {"event", "mail"}


def test_the_address_is_free_for_somebody_new(hub):
    person = member(hub)
    assert refusals(delete(hub, person)) == []
    hub.sql(f"insert into account (email, country) values ('{person.email}', 'CO')")


def test_an_account_stays_while_its_address_before_can_undo_the_change(hub):
    person = member(hub)
    undo = f"""insert into one_time_link (purpose, account_id, address, expires_at)
        values ('undo_email', '{person.account}', 'before@test.example', now() + interval '1 hour')"""
    hub.sql(undo)
    answer = delete(hub, person)
    assert refusals(answer) == [("EMAIL_CHANGED_LATELY", [])]
    hub.sql(f"update one_time_link set expires_at = now() where account_id = '{person.account}'")
    assert refusals(delete(hub, person)) == []
