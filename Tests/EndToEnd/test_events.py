"""The log of a company: what its administrators read of it, page by page, and what nobody does."""

import pytest

from event_documents import (
    AUDIT_LOG, EVENTS, UPDATE_PROFILE, audit_log, events, told, update_company,
)
from people_documents import change_role, give_solutions


def test_a_change_is_told_with_who_made_it_and_what_was_before(hub):
    ana = hub.person()
    start = events(hub, ana)["cursor"]
    update_company(hub, ana, tradeName="Uno", phone="+576015550101", origin="tab-1")
    update_company(hub, ana, tradeName="Dos")
    first, second = events(hub, ana, after=start)["events"]
    assert (first["type"], first["subject"], first["origin"]) == ("company.updated", None, "tab-1")
    assert first["actor"] == {"kind": "ACCOUNT", "id": ana.account, "name": "Pru"}
    assert first["changes"] == [
        {"field": "tradeName", "before": None, "after": "Uno"},
        {"field": "phone", "before": None, "after": "+576015550101"},
    ]
    assert second["changes"] == [{"field": "tradeName", "before": "Uno", "after": "Dos"}]
    assert second["origin"] is None and not second["isErased"]
    assert first["at"] <= second["at"] and first["at"].endswith("Z")


def test_a_change_that_changes_nothing_and_one_that_is_refused_are_no_events(hub):
    ana = hub.person()
    update_company(hub, ana, tradeName="Uno")
    start = events(hub, ana)["cursor"]
    update_company(hub, ana, tradeName="Uno")
    hub.ask(
        "mutation { updateCompany(input: {revision: 1000, phone: \"none\"}) {"
        " userErrors { code } } }",
        token=ana.token,
    )
    page = events(hub, ana, after=start)
    assert page == {"events": [], "cursor": start, "hasMore": False}


def test_an_operator_is_named_and_cannot_pass_as_somebody_else(hub):
    ana = hub.person()
    start = events(hub, ana)["cursor"]
    hub.sql(
        f"begin; select set_config('app.actor', 'account:{ana.account}', true);"
        f" update company set website = 'https://a.example/' where tenant_id = '{ana.tenant}';"
        " commit"
    )
    [event] = events(hub, ana, after=start)["events"]
    assert event["actor"] == {"kind": "OPERATOR", "id": "postgres", "name": None}


def test_pages_come_one_after_the_other_without_gap_or_repetition(hub):
    ana = hub.person()
    for number in range(7):
        update_company(hub, ana, tradeName=f"Nombre {number}")
    seen, cursor, pages = [], None, 0
    while True:
        page = events(hub, ana, after=cursor, first=3)
        seen += page["events"]
        cursor = page["cursor"]
        pages += 1
        if not page["hasMore"]:
            break
    assert pages == 3 and len(seen) == 9
    assert [event["changes"][0]["after"] for event in seen[2:]] == [
        f"Nombre {number}" for number in range(7)
    ]
    backwards = []
    cursor = None
    while True:
        page = audit_log(hub, ana, before=cursor, first=2)
        backwards += page["events"]
        cursor = page["cursor"]
        if not page["hasMore"]:
            break
    assert backwards == seen[::-1]


def test_filters(hub):
    ana, caro = (lambda first: (first, hub.person("seller", tenant=first.tenant)))(hub.person())
    update_company(hub, ana, tradeName="Uno", origin="a")
    update_company(hub, ana, tradeName="Dos", origin="b")
    change_role(hub, ana, caro, "accountant")
    everything = events(hub, ana)
    types = ["company.updated", "person.role_changed"]
    assert told(events(hub, ana, types=types)) == [
        "company.updated", "company.updated", f"person.role_changed {caro.account}",
    ]
    others = events(hub, ana, types=types, without="a")
    assert told(others) == ["company.updated", f"person.role_changed {caro.account}"]
    # The cursor stands behind what was left out, too.
    assert others["cursor"] == everything["cursor"]
    assert told(audit_log(hub, ana, subject=caro.account)) == [
        f"person.role_changed {caro.account}", f"person.joined {caro.account}",
    ]
    assert len(audit_log(hub, ana, actor=ana.account)["events"]) == 3
    assert len(events(hub, ana, first=-5)["events"]) == 1
    assert len(events(hub, ana, first=100000)["events"]) == len(everything["events"])


@pytest.mark.parametrize("cursor", [
    "", "ev1-", "ev1-000000000000000g00000000", "ev1-800000000000000000000000", "5",
    "ev1-0000000000000001", "ev1-FFFFFFFFFFFFFFFF00000000", "ev1-000000000000000100000000 ",
])
def test_a_damaged_cursor_is_refused_and_not_taken_for_the_beginning(hub, cursor):
    ana = hub.person()
    for document, name in [(EVENTS, "after"), (AUDIT_LOG, "before")]:
        answer = hub.ask(document, {name: cursor}, token=ana.token)
        assert answer.codes and "data" not in answer.json, answer.json


def test_a_cursor_that_the_log_does_not_have_is_told(hub):
    """As after a backup that was older than what was read."""
    ana = hub.person()
    cursor = events(hub, ana)["cursor"]
    assert events(hub, ana, after=cursor)["events"] == []
    for other in (cursor[:-8] + "0badc0de", cursor[:4] + "00000000000fffff" + cursor[20:]):
        assert events(hub, ana, after=other) is None
    assert events(hub, ana, after="ev1-" + 24 * "0")["events"] == events(hub, ana)["events"]


def test_a_type_that_there_is_not_is_refused_and_every_other_is_taken(hub):
    ana = hub.person()
    refused = hub.ask(EVENTS, {"types": ["company.updated", "company.update"]}, token=ana.token)
    assert refused.codes == ["BAD_USER_INPUT"] and "no such type" in refused.body.decode()
    known = hub.sql("select string_agg(distinct type, ' ') from event").split()
    assert len(known) > 5 and events(hub, ana, types=known) is not None


@pytest.mark.parametrize("role", ["accountant", "assistant", "seller"])
def test_the_log_is_for_administrators(hub, role):
    person = hub.person(role)
    for document in [EVENTS, AUDIT_LOG]:
        assert hub.ask(document, token=person.token).codes == ["FORBIDDEN"]


def test_two_companies_and_nothing_of_one_in_the_other(hub):
    ana, luis = hub.person(), hub.person(country="MX")
    update_company(hub, ana, tradeName="De Ana")
    update_company(hub, luis, tradeName="De Luis")
    mine, theirs = events(hub, ana)["events"], events(hub, luis)["events"]
    assert "De Luis" not in str(mine) and "De Ana" not in str(theirs)
    # A cursor of another company is no place in one's own log.
    assert events(hub, ana, after=events(hub, luis, first=1)["cursor"]) is None
    for filters in [{"subject": luis.account}, {"actor": luis.account}]:
        assert audit_log(hub, ana, **filters)["events"] == []


def test_a_profile_is_told_in_each_company_without_what_they_do_not_see(hub):
    ana = hub.person()
    other = hub.person()
    hub.sql(
        "insert into membership (tenant_id, account_id, role)"
        f" values ('{other.tenant}', '{ana.account}', 'seller')"
    )
    answer = hub.ask(
        UPDATE_PROFILE,
        {"input": {"revision": 1, "displayName": "Anita", "phone": "+573005550101"}},
        token=ana.token,
    )
    assert answer.data["updateProfile"]["userErrors"] == []
    for person in [ana, other]:
        event = events(hub, person, types=["profile.updated"])["events"][-1]
        assert event["subject"] == ana.account and event["actor"]["id"] == ana.account
        assert event["changes"] == [
            {"field": "displayName", "before": "Pru", "after": "Anita"},
            {"field": "phone", "before": None, "after": None},
        ]


def test_roles_are_told_once(hub):
    ana = hub.person()
    caro = hub.person("seller", tenant=ana.tenant)
    give_solutions(hub, ana.tenant, invoicing="pro", pos="pro")
    given = [
        {"solution": "invoicing", "role": "assistant"}, {"solution": "pos", "role": "accountant"},
    ]
    change_role(hub, ana, caro, "seller", solutionRoles=given)
    start = events(hub, ana)["cursor"]
    change_role(hub, ana, caro, "seller", solutionRoles=given)
    assert events(hub, ana, after=start)["events"] == []
    given[1]["role"] = "seller"
    change_role(hub, ana, caro, "accountant", solutionRoles=given)
    changes = [event["changes"] for event in events(hub, ana, after=start)["events"]]
    assert changes == [
        [{"field": "solutionRoles.pos", "before": "accountant", "after": "seller"}],
        [{"field": "role", "before": "seller", "after": "accountant"}],
    ]


def test_who_signs_up_or_joins_by_a_link_is_told_as_who_did_it(hub):
    ana = hub.person()
    start = events(hub, ana)["cursor"]
    invited = hub.ask(
        'mutation { invitePerson(input: {email: "nuevo@events.example", role: "accountant"}) {'
        " userErrors { code } } }",
        token=ana.token,
    )
    assert invited.data["invitePerson"]["userErrors"] == []
    [mail] = hub.mails("nuevo@events.example", "invitation")
    accepted = hub.ask(
        "mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) {"
        " userErrors { code } } }",
        {"input": {
            "token": mail.token, "firstName": "Nuevo", "password": "una clave larga y rara 7",
            "country": "CO", "language": "es",
        }},
    )
    assert accepted.data["acceptInvitation"]["userErrors"] == [], accepted.json
    account = hub.sql("select id from account where email_key = 'nuevo@events.example'")
    page = events(hub, ana, after=start)["events"]
    assert [(event["type"], event["actor"]["id"]) for event in page] == [
        ("invitation.created", ana.account), ("invitation.sent", ana.account),
        ("invitation.accepted", account), ("person.joined", account),
    ]
    assert page[3]["actor"] == {"kind": "ACCOUNT", "id": account, "name": "Nuevo"}


def test_who_ends_their_account_leaves_no_name_and_the_chain_holds(hub):
    ana = hub.person()
    caro = hub.person(tenant=ana.tenant)
    update_company(hub, caro, tradeName="De Caro")
    hub.sql(f"select purge_events(86400, 1000); delete from account where id = '{caro.account}'")
    page = events(hub, ana)["events"]
    assert caro.email not in str(page)
    [joined] = [e for e in page if e["subject"] == caro.account and e["type"] == "person.joined"]
    assert joined["isErased"] and joined["changes"] is None
    [theirs] = [e for e in page if e["actor"]["id"] == caro.account]
    assert theirs["actor"]["name"] is None and theirs["changes"][0]["after"] == "De Caro"
    assert hub.sql(f"select problem from verify_event_chain('{ana.tenant}')") == ""


def test_the_login_has_a_log_of_its_own(hub):
    ana = hub.person()
    answer = hub.ask(
        "mutation { changePassword(input: {currentPassword: \"demo-ejemplar\","
        " newPassword: \"otra clave larga y rara 7\"}) { userErrors { code } } }",
        token=ana.token,
    )
    assert answer.data["changePassword"]["userErrors"] == [], answer.json
    assert hub.sql(
        "select string_agg(concat_ws(' ', type, actor_kind, actor_id), ',') from account_event"
        f" where account_id = '{ana.account}'"
    ) == f"password.changed ACCOUNT {ana.account}"
    asked = "{ security { events { type actorKind email device at id } } }"
    [event] = hub.ask(asked, token=ana.token).data["security"]["events"]
    assert event.pop("at") and event.pop("id")
    assert event == {
        "type": "password.changed", "actorKind": "ACCOUNT", "email": None, "device": None}
    other = hub.person(tenant=ana.tenant)
    assert hub.ask(asked, token=other.token).data["security"]["events"] == []
