"""What somebody tries who wants another person's account, or more than their own role: chains over
several features, each of which is held by its own tests for itself."""

import concurrent.futures
import json
import uuid

import pytest

from hub import PASSWORD
from mailed_links import expire, house, mailed_token, mails, token
from people_documents import (
    ACCEPT, CHANGE_ROLE, DELETE, EXPORT, INVITE, NOBODY, PEOPLE, REMOVE, RESEND, REVOKE, accept,
    change_role, delete, invite, roles,
)
from session_documents import REFRESH, SIGN_IN, SWITCH, sign_in
from test_second_factor import COMPLETE, ENROL, enrolled
from test_second_factor import CONFIRM as CONFIRM_FACTOR

CHANGE_EMAIL = """
mutation ($email: String!) { changeEmail(input: {newEmail: $email}) { userErrors { code } } }
"""
USE = "mutation ($token: String!) { %s(input: {token: $token}) { email userErrors { code } } }"
RESET = """
mutation ($token: String!) {
  resetPassword(input: {token: $token, newPassword: "una frase que nadie adivina"}) {
    email userErrors { code }
  }
}
"""
ASK_RESET = """
mutation ($email: String!) { requestPasswordReset(input: {email: $email}) { checkYourMail } }
"""
CHANGE_PASSWORD = """
mutation {
  changePassword(input: {currentPassword: "demo-ejemplar", newPassword: "otra frase larga"}) {
    userErrors { code }
  }
}
"""
REVOKE_SESSION = """
mutation ($id: ID!) { revokeSession(input: {sessionId: $id}) { userErrors { code message field } } }
"""
WHOSE = "{ security { email google { email } secondFactor { confirmedAt } } }"


def codes(answer):
    """What refused the only mutation, as a user error or as an error of the response."""
    if answer.codes:
        return answer.codes
    [payload] = answer.data.values()
    return [error["code"] for error in payload["userErrors"]]


def new_address(domain="test.example"):
    return f"{uuid.uuid4()}@{domain}"


def use(hub, name, token):
    return codes(hub.ask(USE % name, {"token": token}))


def link_google(hub, person, email):
    """As LINK does at its end, for a Google account with this address."""
    hub.sql(f"insert into account_google (account_id, subject, email)"
            f" values ('{person.account}', '{uuid.uuid4()}', '{email}')")


def google_of(hub, person):
    return hub.sql(f"select email from account_google where account_id = '{person.account}'")


# Another person's account -------------------------------------------------------------------------


def test_an_intruder_s_google_account_does_not_outlive_the_undoing_of_the_change_it_made(hub):
    """Linked first, so that the address may become its own: linked before the change, then."""
    victim, intruder = hub.person(), new_address("gmail.com")
    mine = new_address("gmail.com")
    hub.sql(f"update account set email = '{mine}' where id = '{victim.account}'")
    link_google(hub, victim, intruder)
    assert codes(hub.ask(CHANGE_EMAIL, {"email": intruder}, victim.token)) == []
    assert use(hub, "confirmEmail", mailed_token(hub, intruder, "change_email")) == []
    assert use(hub, "undoEmailChange", mailed_token(hub, mine, "email_changed_undo")) == []
    assert google_of(hub, victim) == ""
    assert hub.sql(f"select email from account where id = '{victim.account}'") == mine


def test_a_google_account_of_the_address_itself_stays_with_an_undoing(hub):
    person, mine = hub.person(), new_address("gmail.com")
    hub.sql(f"update account set email = '{mine}' where id = '{person.account}'")
    hub.sql(f"insert into one_time_link (purpose, account_id, address, expires_at, created_at)"
            f" values ('undo_email', '{person.account}', '{mine}', now() + interval '1 hour',"
            f" now())")
    hub.sql(f"insert into account_google (account_id, subject, email, linked_at) values"
            f" ('{person.account}', '{uuid.uuid4()}', '{mine.upper()}', now() - interval '1 day')")
    id = hub.sql(f"select id from one_time_link where account_id = '{person.account}'")
    assert use(hub, "undoEmailChange", token(hub, id, "undo_email")) == []
    assert google_of(hub, person) == mine.upper()


def test_no_link_of_a_mail_before_an_undoing_opens_anything_after_it(hub):
    """The intruder asks for everything there is, and keeps all the links."""
    victim, theirs = hub.person(), new_address()
    hub.ask(CHANGE_EMAIL, {"email": theirs}, victim.token)
    use(hub, "confirmEmail", mailed_token(hub, theirs, "change_email"))
    undo = mailed_token(hub, victim.email, "email_changed_undo")
    hub.ask(ASK_RESET, {"email": theirs})
    reset = mailed_token(hub, theirs, "reset_password")
    second = new_address()
    hub.ask(CHANGE_EMAIL, {"email": second}, victim.token)
    waiting = mailed_token(hub, second, "change_email")
    assert use(hub, "undoEmailChange", undo) == []
    assert codes(hub.ask(RESET, {"token": reset})) == ["LINK_INVALID"]
    assert use(hub, "confirmEmail", waiting) == ["LINK_INVALID"]
    assert hub.ask(WHOSE, token=victim.token).codes == ["UNAUTHENTICATED"]
    assert not sign_in(hub, theirs, PASSWORD).data["signIn"]["session"]
    assert not sign_in(hub, victim.email, PASSWORD).data["signIn"]["session"]


def test_a_chain_of_changes_is_undone_from_its_beginning(hub):
    victim, second, third = hub.person(), new_address(), new_address()
    for new in (second, third):
        hub.ask(CHANGE_EMAIL, {"email": new}, victim.token)
        assert use(hub, "confirmEmail", mailed_token(hub, new, "change_email")) == []
    first_undo = mailed_token(hub, victim.email, "email_changed_undo")
    second_undo = mailed_token(hub, second, "email_changed_undo")
    # The intruder undoes their own second change, which keeps the victim from nothing.
    assert use(hub, "undoEmailChange", second_undo) == []
    assert use(hub, "undoEmailChange", first_undo) == []
    assert use(hub, "undoEmailChange", second_undo) == ["LINK_INVALID"]
    email = hub.sql(f"select email from account where id = '{victim.account}'")
    assert email == victim.email


def test_an_undoing_ends_a_sign_in_whose_second_factor_is_missing(hub):
    victim, phone, recovery = enrolled(hub)
    begun = sign_in(hub, victim.email).data["signIn"]["challenge"]["token"]
    new = new_address()
    hub.ask(CHANGE_EMAIL, {"email": new}, victim.token)
    use(hub, "confirmEmail", mailed_token(hub, new, "change_email"))
    assert use(hub, "undoEmailChange", mailed_token(hub, victim.email, "email_changed_undo")) == []
    answer = hub.ask(COMPLETE, {"input": {"challenge": begun, "code": recovery[0]}})
    assert codes(answer) == ["CHALLENGE_ENDED"]


def test_an_invitation_gives_nobody_the_account_of_its_address(hub):
    """It makes a member of whoever has the address, and sets nothing of theirs."""
    host, victim = hub.person(), hub.person()
    invite(hub, host, victim.email)
    before = hub.sql(f"select password_hash, first_name, country from account"
                     f" where id = '{victim.account}'")
    answer = accept(
        hub, mailed_token(hub, victim.email, "invitation"), firstName="Mallory", country="MX",
        password="la contraseña de Mallory",
    )
    assert codes(answer) == []
    after = hub.sql(f"select password_hash, first_name, country from account"
                    f" where id = '{victim.account}'")
    assert after == before
    assert not sign_in(hub, victim.email, "la contraseña de Mallory").data["signIn"]["session"]


def test_nobody_comes_in_by_the_word_of_somebody_who_has_ended_their_account(hub):
    """As with leaving, being removed and losing the role."""
    host = hub.person()
    leaving = hub.person(tenant=host.tenant)
    guest = new_address()
    invite(hub, leaving, guest, "administrator")
    link = mailed_token(hub, guest, "invitation")
    assert codes(delete(hub, leaving)) == []
    answer = accept(hub, link, firstName="Mallory", country="MX", password="una frase larga")
    assert codes(answer) == ["LINK_INVALID"]
    assert list(roles(hub, host.tenant)) == [host.account]


# More than one's role -----------------------------------------------------------------------------


ADMINISTRATION = {
    "invitePerson": 'invitePerson(input: {email: "x@test.example", role: "seller"})',
    "changeRole": 'changeRole(input: {personId: "%s", role: "administrator"})',
    "removePerson": 'removePerson(input: {personId: "%s"})',
    "revokeInvitation": 'revokeInvitation(input: {invitationId: "%s"})',
    "resendInvitation": 'resendInvitation(input: {invitationId: "%s"})',
    "updateCompany": 'updateCompany(input: {revision: 1, legalName: "Mallory"})',
}


@pytest.mark.parametrize("role", ["accountant", "assistant", "seller"])
def test_no_alias_and_no_batch_lends_an_administrator_s_right(hub, role):
    person = hub.person(role, tenant=hub.person().tenant)
    before = house(hub)
    fields = [text.replace("%s", person.account) + " { userErrors { code } }"
              for text in ADMINISTRATION.values()]
    document = "mutation { " + " ".join(
        f"a{n}: {field}" for n, field in enumerate(fields)) + " }"
    answer = hub.ask(document, token=person.token)
    assert set(answer.codes) == {"FORBIDDEN"} and len(answer.codes) == len(fields)
    assert set((answer.json["data"] or {}).values()) <= {None}
    spread = ("mutation { ...F updateProfile(input: {revision: 1}) { userErrors { code } } }"
              " fragment F on Mutation { " + " ".join(
                  f"b{n}: {field}" for n, field in enumerate(fields)) + " }")
    assert hub.ask(spread, token=person.token).codes == ["FORBIDDEN"] * len(fields)
    assert house(hub) == before


def test_who_gives_their_role_up_has_no_right_in_the_rest_of_the_document(hub):
    host = hub.person()
    person = hub.person(tenant=host.tenant)
    document = """mutation ($me: ID!, $host: ID!) {
      down: changeRole(input: {personId: $me, role: "seller"}) { userErrors { code } }
      up: changeRole(input: {personId: $me, role: "administrator"}) { userErrors { code } }
      out: removePerson(input: {personId: $host}) { userErrors { code } }
      in: invitePerson(input: {email: "x@test.example", role: "seller"}) { userErrors { code } }
    }"""
    answer = hub.ask(document, {"me": person.account, "host": host.account}, person.token)
    assert roles(hub, host.tenant) == {
        host.account: "administrator", person.account: "seller"}
    assert answer.codes.count("FORBIDDEN") == 3, answer.json
    assert hub.ask(PEOPLE, token=person.token).codes == ["FORBIDDEN"]


def test_demoted_by_others_every_right_is_gone_with_the_next_request(hub):
    host = hub.person()
    person = hub.person(tenant=host.tenant)
    assert codes(change_role(hub, host, person, "seller")) == []
    for document in (PEOPLE, "{ invitations { id } }"):
        assert hub.ask(document, token=person.token).codes == ["FORBIDDEN"]
    assert codes(change_role(hub, person, person, "administrator")) == ["FORBIDDEN"]
    assert codes(invite(hub, person, new_address())) == ["FORBIDDEN"]


# Tokens of one kind as another --------------------------------------------------------------------


def test_a_token_is_good_for_what_it_was_made_for_and_nothing_else(hub):
    """Every token there is, shown at every place that takes one."""
    person, phone, recovery = enrolled(hub)
    plain = hub.person()
    entered = sign_in(hub, plain.email).data["signIn"]["session"]
    challenge = sign_in(hub, person.email).data["signIn"]["challenge"]["token"]
    hub.ask(ASK_RESET, {"email": plain.email})
    new = new_address()
    hub.ask(CHANGE_EMAIL, {"email": new}, plain.token)
    host, guest = hub.person(), new_address()
    invite(hub, host, guest)
    hub.ask("mutation ($e: String!) { signUp(input: {email: $e}) { checkYourMail } }",
            {"e": (stranger := new_address())})
    tokens = {
        "access": entered["accessToken"], "refresh": entered["refreshToken"],
        "device": entered["deviceToken"], "challenge": challenge, "recovery": recovery[0],
        "reset": mailed_token(hub, plain.email, "reset_password"),
        "change": mailed_token(hub, new, "change_email"),
        "invitation": mailed_token(hub, guest, "invitation"),
        "sign up": mailed_token(hub, stranger, "sign_up"),
        "flow": "fs_" + entered["refreshToken"][3:],
    }
    member = {"firstName": "Eva", "country": "CO", "password": "una frase larga"}
    signing = {"firstName": "Eva", "companyName": "Una", "countryVersion": "CO",
               "password": "una frase larga"}
    places = {
        "refresh": lambda it: codes(hub.ask(REFRESH, {"input": {"refreshToken": it}})),
        "challenge": lambda it: codes(hub.ask(
            COMPLETE, {"input": {"challenge": it, "code": recovery[1]}})),
        "reset": lambda it: codes(hub.ask(RESET, {"token": it})),
        "change": lambda it: use(hub, "confirmEmail", it),
        "undo": lambda it: use(hub, "undoEmailChange", it),
        "unlink": lambda it: use(hub, "confirmUnlinkGoogle", it),
        "invitation": lambda it: codes(accept(hub, it, **member)),
        "sign up": lambda it: codes(hub.ask(
            "mutation ($input: ConfirmSignUpInput!) { confirmSignUp(input: $input)"
            " { userErrors { code } } }", {"input": signing | {"token": it}})),
        "access": lambda it: hub.ask(WHOSE, token=it).codes,
    }
    before = house(hub)
    for place, show in places.items():
        for name, shown in tokens.items():
            if name != place:
                assert show(shown) not in ([], ["INTERNAL"]), (place, name)
        for cookie in ("mi-alegra-refresh", "mi-alegra-flow", "mi-alegra-device"):
            for shown in tokens.values():
                assert hub.ask(WHOSE, Cookie=f"{cookie}={shown}").codes == ["UNAUTHENTICATED"]
    # Nothing was used up or changed by any of them.
    assert house(hub) == before


# Other tenants ------------------------------------------------------------------------------------


def test_what_is_another_company_s_cannot_be_told_from_what_is_not_there(hub):
    """Each mutation that takes an id: byte for byte the same answer."""
    mine, theirs = hub.person(), hub.person()
    colleague = hub.person("seller", tenant=theirs.tenant)
    invite(hub, theirs, new_address())
    invitation = hub.sql(f"select id from invitation where tenant_id = '{theirs.tenant}'")
    before = house(hub)
    for document, variables in [
        (CHANGE_ROLE, lambda id: {"input": {"personId": id, "role": "seller"}}),
        (REMOVE, lambda id: {"id": id}), (RESEND, lambda id: {"id": id}),
        (REVOKE, lambda id: {"id": id}), (REVOKE_SESSION, lambda id: {"id": id}),
        (SWITCH, lambda id: {"input": {"companyId": id}}),
        (SIGN_IN, lambda id: {"input": {
            "email": mine.email, "password": PASSWORD, "companyId": id}}),
    ]:
        absent = hub.ask(document, variables(NOBODY), mine.token)
        assert absent.json["data"] and codes(absent) != []
        for id in (theirs.account, theirs.tenant, theirs.session, colleague.account, invitation):
            there = hub.ask(document, variables(id), mine.token)
            assert (there.status, there.body) == (absent.status, absent.body), document
    assert house(hub) == before


# At once ------------------------------------------------------------------------------------------


def at_once(*calls):
    with concurrent.futures.ThreadPoolExecutor(len(calls)) as pool:
        return [done.result() for done in [pool.submit(call) for call in calls]]


@pytest.mark.parametrize("round", range(3))
def test_one_invitation_taken_by_many_at_once_makes_one_person_and_one_member(hub, round):
    host, guest = hub.person(), new_address()
    invite(hub, host, guest)
    link = mailed_token(hub, guest, "invitation")
    member = {"firstName": "Eva", "country": "CO", "password": "una frase larga"}
    ends = at_once(*[lambda: codes(accept(hub, link, **member))] * 5)
    assert sorted(ends) == [[]] + [["LINK_INVALID"]] * 4
    assert hub.sql(f"select count(*) from account where email = '{guest}'") == "1"
    assert len(roles(hub, host.tenant)) == 2


@pytest.mark.parametrize("round", range(3))
def test_undoing_and_what_an_intruder_does_at_the_same_time(hub, round):
    """Whichever comes first, the owner of the old address has the account in the end."""
    victim, theirs, next_ = hub.person(), new_address(), new_address()
    hub.ask(CHANGE_EMAIL, {"email": theirs}, victim.token)
    use(hub, "confirmEmail", mailed_token(hub, theirs, "change_email"))
    hub.ask(CHANGE_EMAIL, {"email": next_}, victim.token)
    waiting = mailed_token(hub, next_, "change_email")
    undo = mailed_token(hub, victim.email, "email_changed_undo")
    ends = at_once(
        lambda: use(hub, "undoEmailChange", undo),
        lambda: use(hub, "confirmEmail", waiting),
        lambda: codes(hub.ask(CHANGE_PASSWORD, token=victim.token)),
        lambda: sign_in(hub, theirs).status,
        lambda: hub.ask(ENROL, token=victim.token).status,
    )
    assert ends[0] == []
    assert hub.sql(
        f"select email, password_hash is null from account where id = '{victim.account}'"
    ) == f"{victim.email}|t"
    assert hub.sql(f"select count(*) from session where account_id = '{victim.account}'"
                   " and revoked_at is null") == "0"


# Shutting the owner out ---------------------------------------------------------------------------


def test_who_knows_the_password_alone_keeps_the_owner_out_no_longer_than_a_reset_takes(hub):
    """The guesses at a second factor are one bucket: an intruder empties it, and a new password
    ends every sign-in of theirs, so that it fills again for the owner."""
    victim, phone, recovery = enrolled(hub)
    for _ in range(3):
        begun = sign_in(hub, victim.email).data["signIn"]["challenge"]["token"]
        for _ in range(5):
            last = hub.ask(COMPLETE, {"input": {"challenge": begun, "code": "000000"}})
    assert last.codes == ["RATE_LIMITED"]
    hub.ask(ASK_RESET, {"email": victim.email})
    link = mailed_token(hub, victim.email, "reset_password")
    assert codes(hub.ask(RESET, {"token": link})) == []
    assert codes(hub.ask(COMPLETE, {"input": {"challenge": begun, "code": "000000"}})) != []
    # One guess comes back within a window's tenth, and the intruder has no challenge to spend it.
    hub.sql("update sign_in_guess set full_at = full_at - 2 * step where client = 'second factor'")
    begun = sign_in(hub, victim.email, "una frase que nadie adivina")
    begun = begun.data["signIn"]["challenge"]["token"]
    done = hub.ask(COMPLETE, {"input": {"challenge": begun, "code": recovery[0]}})
    assert done.data["completeSignIn"]["session"]


def test_many_devices_that_knew_the_password_once_do_not_multiply_the_guesses(hub, serve):
    """Each sign-in gives out a token by which a device is known: who had the password for a while
    may hold any number of them when it is changed."""
    strict = serve(
        TRUSTED_PROXIES="127.0.0.0/8", GUESSES_MAX="3", STRANGER_GUESSES_MAX="5",
        CLIENT_GUESSES_MAX="100",
    )
    victim = hub.person()
    theirs, home = {"X_Forwarded_For": "198.51.100.7"}, {"X_Forwarded_For": "203.0.113.9"}
    devices = [
        sign_in(strict, victim.email, headers=theirs).data["signIn"]["session"]["deviceToken"]
        for _ in range(8)
    ]
    own = sign_in(strict, victim.email, headers=home).data["signIn"]["session"]["deviceToken"]
    hub.sql(f"update account set password_hash = (select password_hash from account"
            f" where email_key = 'ana@ejemplar.example') where id = '{victim.account}'")
    answered = [
        sign_in(strict, victim.email, "a guess", headers=theirs, deviceToken=device).status
        for device in devices for _ in range(3)
    ]
    # Those of all devices, and then those of their network.
    assert answered.count(200) <= 5 + 3 and answered[-1] == 429
    # The owner is let in all the same, at home, where the network is known.
    let_in = sign_in(strict, victim.email, headers=home, deviceToken=own)
    assert let_in.data["signIn"]["session"]
