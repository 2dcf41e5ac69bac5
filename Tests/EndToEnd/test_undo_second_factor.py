"""undoSecondFactor: who did not enrol a second factor takes it away by the mail that told of it,
and who reads the mailbox can do no more with that than this."""

import concurrent.futures
import uuid

import pytest

from hub import PASSWORD, RESPONSE_JSON
from mailed_links import expire, house, kinds, link_of, mailed_token, mails, not_tokens, token
from session_documents import sign_in
from test_second_factor import (
    CONFIRM, DISABLE, ENROL, Authenticator, challenge, complete, enrolled, one, refusals,
)
from test_change_email import changed, undo as undo_change
from test_reset_password import requested, reset

UNDO = """
mutation ($token: String!) {
  undoSecondFactor(input: {token: $token}) { email userErrors { code field message } }
}
"""
ME = "{ security { email secondFactor { confirmedAt } } }"
REFUSED = [("LINK_INVALID", ["token"])]
NEW = "una frase que nadie adivina"


def undo(hub, token):
    return hub.ask(UNDO, {"token": token}).data["undoSecondFactor"]


def link(hub, address):
    """The token that the last mail of an enrolment to an address carries."""
    return mailed_token(hub, address, "second_factor_enabled")


def has_factor(hub, person):
    rows = f"select count(*) from second_factor where account_id = '{person.account}'"
    return hub.sql(rows) == "1"


def enrol(hub, account_token):
    """Enrols and confirms with a session: the authenticator."""
    enrolment = one(hub.ask(ENROL, token=account_token), "enrolSecondFactor")["enrolment"]
    authenticator = Authenticator(enrolment["secret"])
    done = one(hub.ask(CONFIRM, {"code": authenticator.now()}, account_token),
               "confirmSecondFactor")
    assert refusals(done) == []
    return authenticator, done["recoveryCodes"]


def age(hub, link, span):
    """As if factor and link were that much older, together with each other."""
    hub.sql(
        f"""begin;
        update second_factor f set confirmed_at = f.confirmed_at - interval '{span}'
        from one_time_link l where l.id = '{link_of(link)}' and f.account_id = l.account_id;
        update one_time_link set created_at = created_at - interval '{span}',
          expires_at = expires_at - interval '{span}' where id = '{link_of(link)}';
        commit"""
    )


# Whom it is for -----------------------------------------------------------------------------------


def test_who_did_not_enrol_it_puts_the_intruder_out(hub):
    person, bystander = hub.person(), hub.person()
    # Somebody who knows the password signs in, and locks the owner out.
    intruder = one(sign_in(hub, person.email), "signIn")["session"]["accessToken"]
    authenticator, codes = enrol(hub, intruder)
    waiting = challenge(hub, person)
    [mail] = hub.mails(person.email, "second_factor_enabled")
    assert "Quitar la verificación" in mail.text and "/account/undo-second-factor#" in mail.link
    told = undo(hub, mail.token)
    assert told == {"email": person.email, "userErrors": []}
    assert not has_factor(hub, person)
    left = f"select count(*) from recovery_code where account_id = '{person.account}'"
    assert hub.sql(left) == "0"
    # No session is left, no half sign-in either, and what the intruder knows opens nothing.
    assert [hub.ask(ME, token=it).status for it in (person.token, intruder)] == [401, 401]
    assert refusals(complete(hub, waiting, codes[0])) == [("CHALLENGE_ENDED", ["challenge"])]
    assert refusals(one(sign_in(hub, person.email), "signIn")) == [
        ("INVALID_CREDENTIALS", ["password"])]
    assert hub.ask(ME, token=bystander.token).status == 200
    # The owner chooses another password, by the mail that tells of it.
    assert kinds(hub, person.email) == ["second_factor_enabled", "second_factor_undone"]
    last = mailed_token(hub, person.email, "second_factor_undone")
    assert refusals(one(reset(hub, last, NEW), "resetPassword")) == []
    assert one(sign_in(hub, person.email, NEW), "signIn")["session"]


def test_the_link_is_good_for_72_hours_and_once(hub):
    person, _, _ = enrolled(hub)
    undoing = link(hub, person.email)
    hours = hub.sql(
        f"""select extract(epoch from expires_at - created_at) / 3600 from one_time_link
        where id = '{link_of(undoing)}'"""
    )
    assert float(hours) == 72
    age(hub, undoing, "71 hours 59 minutes")
    assert refusals(undo(hub, undoing)) == []
    before = house(hub)
    assert refusals(undo(hub, undoing)) == REFUSED
    assert house(hub) == before


def test_of_two_at_once_one_undoes_it(hub):
    person, _, _ = enrolled(hub)
    undoing = link(hub, person.email)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        told = list(pool.map(lambda _: refusals(undo(hub, undoing)), range(4)))
    assert sorted(told) == [[], *[REFUSED] * 3]
    assert kinds(hub, person.email).count("second_factor_undone") == 1


@pytest.mark.parametrize(
    "language, country, subject, button",
    [
        ("es", "CO", "Activaste la verificación en dos pasos", "Quitar la verificación"),
        ("es", "AR", "Activaste la verificación en dos pasos", "si no fuiste vos"),
        ("en", "CO", "You turned on two-step verification", "Take the verification away"),
        ("pt", "CO", "Você ativou a verificação em duas etapas", "Remover a verificação"),
    ],
)
def test_the_mails_speak_the_persons_language(hub, language, country, subject, button):
    person, _, _ = enrolled(hub, language=language, country=country)
    [mail] = hub.mails(person.email, "second_factor_enabled")
    assert mail.subject.startswith(subject) and button.lower() in mail.text.lower()
    undo(hub, mail.token)
    [mail] = hub.mails(person.email, "second_factor_undone")
    assert "/account/reset-password#" in mail.link and "Google" not in mail.text


# What it is not for -------------------------------------------------------------------------------


def test_who_reads_the_mailbox_later_takes_nothing_away(hub):
    person, authenticator, _ = enrolled(hub)
    undoing = link(hub, person.email)
    age(hub, undoing, "72 hours")
    before = house(hub)
    assert refusals(undo(hub, undoing)) == REFUSED
    assert house(hub) == before and has_factor(hub, person)
    # Nor by asking for a new password: the factor stays in their way.
    assert refusals(one(reset(hub, requested(hub, person), NEW), "resetPassword")) == []
    stopped = one(sign_in(hub, person.email, NEW), "signIn")
    assert stopped["session"] is None and stopped["challenge"]


def test_what_is_no_such_link_is_refused_and_changes_nothing(hub):
    person, _, _ = enrolled(hub)
    mine, others = link(hub, person.email), requested(hub, person)
    asked = [token(hub, link_of(mine), it) for it in ("reset_password", "undo_email", "")]
    before = house(hub)
    for text in not_tokens(hub, "undo_second_factor", [others, *asked]):
        assert refusals(undo(hub, text)) == REFUSED, text
    # Nor is it good for anything else.
    assert refusals(one(reset(hub, mine, NEW), "resetPassword")) == REFUSED
    assert house(hub) == before


def test_an_old_mail_ends_no_session_once_its_factor_is_gone(hub):
    person, authenticator, codes = enrolled(hub)
    undoing = link(hub, person.email)
    done = one(hub.ask(DISABLE, {"code": codes[0]}, person.token), "disableSecondFactor")
    assert refusals(done) == []
    before = house(hub)
    assert refusals(undo(hub, undoing)) == REFUSED
    assert house(hub) == before and hub.ask(ME, token=person.token).status == 200
    # Nor does it touch the one that was enrolled afterwards: that has a mail of its own.
    enrol(hub, person.token)
    hub.sql(f"update one_time_link set voided_at = null where id = '{link_of(undoing)}'")
    assert refusals(undo(hub, undoing)) == REFUSED
    assert has_factor(hub, person) and hub.ask(ME, token=person.token).status == 200
    assert refusals(undo(hub, link(hub, person.email))) == []


def test_it_undoes_its_own_persons_and_nobody_elses(hub):
    person, _, _ = enrolled(hub)
    other, others, _ = enrolled(hub)
    assert refusals(undo(hub, link(hub, person.email))) == []
    assert has_factor(hub, other) and hub.ask(ME, token=other.token).status == 200
    assert complete(hub, challenge(hub, other), others.now())["session"]


def test_what_waits_and_a_google_account_of_those_days_go_too(hub):
    for linked, left in (("71 hours", "0"), ("73 hours", "1")):
        person = hub.person()
        email = f"{uuid.uuid4().hex}@gmail.com"
        hub.sql(
            f"""insert into account_google (account_id, subject, email, linked_at)
            values ('{person.account}', '{uuid.uuid4()}', '{email}', now() - interval '{linked}')"""
        )
        reset_link = requested(hub, person)
        enrol(hub, person.token)
        assert refusals(undo(hub, link(hub, person.email))) == []
        kept = f"select count(*) from account_google where account_id = '{person.account}'"
        assert hub.sql(kept) == left
        assert refusals(one(reset(hub, reset_link, NEW), "resetPassword")) == REFUSED
        [mail] = hub.mails(person.email, "second_factor_undone")
        assert (email in mail.text) is (left == "0")


# Together with another address --------------------------------------------------------------------


def test_an_intruder_who_changes_the_address_as_well_is_put_out_by_either_link(hub):
    """The factor first and then the address: undoing the address undoes the factor that the same
    mailbox was told of, and the intruder's mailbox never gets a way in that it had not."""
    person = hub.person()
    enrol(hub, person.token)
    undoing = link(hub, person.email)
    new, undo_address = changed(hub, person)
    # By the link of the factor: the way in goes to the account's address, and not to this one.
    assert undo(hub, undoing) == {"email": new, "userErrors": []}
    assert mails(hub, person.email)[-1]["kind"] == "second_factor_undone_notice"
    assert mails(hub, person.email)[-1]["link_id"] is None
    assert mails(hub, new)[-1]["purpose"] == "reset_password"
    reset_link = mailed_token(hub, new, "second_factor_undone")
    assert refusals(one(undo_change(hub, undo_address), "undoEmailChange")) == []
    assert refusals(one(reset(hub, reset_link, NEW), "resetPassword")) == REFUSED

    person = hub.person()
    enrol(hub, person.token)
    undoing = link(hub, person.email)
    _, undo_address = changed(hub, person)
    # By the link of the address alone.
    assert refusals(one(undo_change(hub, undo_address), "undoEmailChange")) == []
    assert not has_factor(hub, person)
    assert refusals(undo(hub, undoing)) == REFUSED


def test_undoing_an_address_leaves_a_factor_that_its_mailbox_could_not_undo(hub):
    person = hub.person()
    enrol(hub, person.token)
    undoing = link(hub, person.email)
    _, undo_address = changed(hub, person)
    expire(hub, undoing)
    assert refusals(one(undo_change(hub, undo_address), "undoEmailChange")) == []
    assert has_factor(hub, person)


def test_a_document_uses_one_link(hub):
    fields = " ".join(
        f'{it}(input: {{token: "x"}}) {{ email }}' for it in ("undoSecondFactor", "confirmEmail"))
    answer = hub.ask("mutation { " + fields + " }", accept=RESPONSE_JSON)
    assert answer.status == 400 and answer.codes == ["GRAPHQL_VALIDATION_FAILED"]


def test_nothing_secret_is_logged(hub):
    person, length = hub.person(), hub.log_length()
    _, codes = enrol(hub, person.token)
    undoing = link(hub, person.email)
    assert refusals(undo(hub, undoing)) == []
    text = hub.log_since(length)[1]
    assert [it for it in (undoing, person.email, PASSWORD, *codes) if it in text] == []
