"""Who belongs to no company any more has what is theirs, and nothing of any company."""

import dataclasses

import pytest

from hub import PASSWORD
from people_documents import EXPORT, LEAVE, NOBODY, PEOPLE, accept, delete, invite, refusals
from session_documents import WHO, company_of, refresh, sign_in

THEIRS = """{
  profile { id firstName } security { email sessions { isCurrent } events { type } }
  memberships { companyId }
}"""
CHANGES = """mutation {
  updateProfile(input: {revision: 1, firstName: "Sola"}) { profile { firstName } userErrors { code } }
  reauthenticate(input: {password: "%s"}) { security { isFresh } userErrors { code } }
  changePassword(input: {currentPassword: "%s", newPassword: "otra clave larga y rara 7"}) {
    userErrors { code }
  }
}""" % (PASSWORD, PASSWORD)
# Every field of a company that a member of some role has.
COMPANYS = [
    "{ company { id } }", "{ solutions { code } }", '{ solution(code: "accounting") { code } }',
    "{ integrations { code } }", "{ launcher { solutions { code } } }", PEOPLE,
    "{ invitations { id } }", "{ events { cursor } }", "{ auditLog { cursor } }", LEAVE,
    'mutation { updateCompany(input: {revision: 1, tradeName: "X"}) { userErrors { code } } }',
    'mutation { adoptClaim(input: {field: "phone", source: "pos", revision: 1}) {'
    " userErrors { code } } }",
    'mutation { launchSolution(input: {code: "pos"}) { userErrors { code } } }',
    'mutation { activateSolution(input: {code: "pos", plan: "pro"}) { userErrors { code } } }',
    'mutation { invitePerson(input: {email: "x@test.example", role: "seller"}) {'
    " userErrors { code } } }",
    'mutation { removePerson(input: {personId: "%s"}) { userErrors { code } } }' % NOBODY,
]


def alone(hub, person=None):
    """Somebody whose only company let them go, signed in afterwards."""
    person = person or hub.person("seller")
    hub.sql(f"delete from membership where account_id = '{person.account}'")
    payload = sign_in(hub, person.email, PASSWORD).data["signIn"]
    assert payload["userErrors"] == [] and payload["companies"] == []
    return dataclasses.replace(person, token=payload["session"]["accessToken"])


def test_what_is_the_persons_is_answered_and_changed(hub):
    caro = alone(hub)
    told = hub.ask(THEIRS, token=caro.token).data
    assert told["profile"]["id"] == caro.account and told["memberships"] == []
    assert {"isCurrent": True} in told["security"]["sessions"]
    changed = hub.ask(CHANGES, token=caro.token).data
    assert [payload["userErrors"] for payload in changed.values()] == [[], [], []]
    assert changed["updateProfile"]["profile"]["firstName"] == "Sola"


@pytest.mark.parametrize("document", COMPANYS)
def test_nothing_of_a_company_is(hub, document):
    caro = alone(hub)
    answer = hub.ask(document, token=caro.token)
    assert answer.status == 200 and answer.codes == ["COMPANY_REQUIRED"]
    assert set(answer.json["data"].values()) == {None}


def test_the_rest_of_a_query_is_answered(hub):
    caro = alone(hub)
    answer = hub.ask(WHO, token=caro.token)
    assert answer.codes == ["COMPANY_REQUIRED"] and answer.json["data"]["company"] is None
    assert answer.json["data"]["profile"] == {"id": caro.account}


def test_a_logo_is_a_companys_and_a_photo_the_persons(hub):
    caro = alone(hub)
    fields = {"Authorization": f"Bearer {caro.token}", "Content-Type": "image/png"}
    assert hub.request("DELETE", "/company/logo", None, fields).codes == ["COMPANY_REQUIRED"]
    assert hub.request("DELETE", "/profile/photo", None, fields).status in (200, 204)


def test_the_persons_data_and_the_end_of_their_account(hub):
    caro = alone(hub)
    exported = hub.ask(EXPORT, token=caro.token).data["exportMyData"]
    assert exported["userErrors"] == [] and caro.email in str(exported["document"])
    assert refusals(delete(hub, caro)) == []
    assert hub.sql(f"select count(*) from account where id = '{caro.account}'") == "0"
    assert hub.ask(THEIRS, token=caro.token).status == 401


def test_a_session_goes_on_in_a_company_once_there_is_one(hub):
    caro = hub.person("seller")
    token = hub.refresh_token(caro)
    ana = hub.person()
    hub.sql(f"delete from membership where account_id = '{caro.account}'")
    assert hub.ask(THEIRS, token=caro.token).status == 401
    opened = refresh(hub, token).data["refreshSession"]["session"]
    assert hub.ask(WHO, token=opened["accessToken"]).codes == ["COMPANY_REQUIRED"]
    assert refusals(invite(hub, ana, caro.email)) == []
    [mail] = hub.mails(caro.email, "invitation")
    assert refusals(accept(hub, mail.token)) == []
    # What was opened before stays what it is; the next refresh goes on in the company.
    assert hub.ask(WHO, token=opened["accessToken"]).codes == ["COMPANY_REQUIRED"]
    switched = hub.ask(
        'mutation ($id: ID!) { switchCompany(input: {companyId: $id}) {'
        " session { accessToken } userErrors { code } } }",
        {"id": ana.tenant}, opened["accessToken"]).data["switchCompany"]
    assert company_of(hub, switched["session"]["accessToken"]) == ana.tenant
    hub.sql(f"update session set last_tenant_id = null where account_id = '{caro.account}'")
    again = refresh(hub, opened["refreshToken"]).data["refreshSession"]["session"]
    assert company_of(hub, again["accessToken"]) == ana.tenant


def test_a_company_that_is_wanted_is_one_that_is_not_theirs(hub):
    caro = alone(hub)
    for wanted in (hub.person().tenant, NOBODY):
        refused = sign_in(hub, caro.email, PASSWORD, companyId=wanted).data["signIn"]
        assert refused["session"] is None
        assert [error["code"] for error in refused["userErrors"]] == ["COMPANY_NOT_FOUND"]


def test_the_zero_of_a_token_opens_nothing_of_anybody(hub):
    """A member's session with the tenant of nobody: their own, and no company's."""
    nowhere = "00000000-0000-0000-0000-000000000000"
    ana, luis = hub.person(), hub.person()
    token = hub.access_token(ana.account, nowhere, ana.session)
    told = hub.ask(THEIRS, token=token).data
    assert [it["companyId"] for it in told["memberships"]] == [ana.tenant]
    for document in COMPANYS:
        assert hub.ask(document, token=token).codes == ["COMPANY_REQUIRED"]
    foreign = hub.access_token(ana.account, nowhere, luis.session)
    assert hub.ask(THEIRS, token=foreign).status == 401


def test_a_stream_of_a_company_is_refused(hub):
    caro = alone(hub)
    fields = {
        "Content-Type": "application/json", "Accept": "text/event-stream",
        "Authorization": f"Bearer {caro.token}"}
    refused = hub.request(
        "POST", "/graphql", '{"query": "subscription { events { type } }"}', fields)
    assert b"COMPANY_REQUIRED" in refused.body
