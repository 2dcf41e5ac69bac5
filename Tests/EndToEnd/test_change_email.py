"""changeEmail, cancelEmailChange, confirmEmail and undoEmailChange: which address signs in when,
who is told, what can be taken back, and what a stranger learns."""

import concurrent.futures
import uuid

import pytest

from hub import PASSWORD, RESPONSE_JSON
from mailed_links import (
    expire, house, kinds, link_of, mailed_token, mails, not_tokens, token,
    take_the_same_time, work_ratio,
)
from session_documents import sign_in

CHANGE = """
mutation ($email: String!) {
  changeEmail(input: {newEmail: $email}) {
    security { email pendingEmail } userErrors { code field message }
  }
}
"""
CANCEL = """
mutation { cancelEmailChange(input: {}) { security { pendingEmail } userErrors { code field } } }
"""
CONFIRM = """
mutation ($token: String!) {
  confirmEmail(input: {token: $token}) { email userErrors { code field message } }
}
"""
UNDO = """
mutation ($token: String!) {
  undoEmailChange(input: {token: $token}) { email userErrors { code field message } }
}
"""
LOOK = """
mutation ($token: String!) {
  lookAtLink(input: {token: $token}) { address account userErrors { code field } }
}
"""
ME = "{ security { email pendingEmail } people { email } }"
REFUSED = [("LINK_INVALID", ["token"])]


def new_address(prefix="new"):
    return f"{prefix}-{uuid.uuid4()}@test.example"


def change(hub, person, email):
    return hub.ask(CHANGE, {"email": email}, person.token)


def confirm(hub, token):
    return hub.ask(CONFIRM, {"token": token})


def undo(hub, token):
    return hub.ask(UNDO, {"token": token})


def codes(answer):
    (payload,) = answer.data.values()
    return [(error["code"], error["field"]) for error in payload["userErrors"]]


def asked(hub, person, email):
    """The token that a request for another address had mailed there."""
    assert codes(change(hub, person, email)) == []
    return mailed_token(hub, email, "change_email")


def changed(hub, person, email=None):
    """The new address of a person who has changed to it, and the token that undoes it."""
    email, old = email or new_address(), address(hub, person)
    assert codes(confirm(hub, asked(hub, person, email))) == []
    return email, mailed_token(hub, old, "email_changed_undo")


def address(hub, person):
    return hub.sql(f"select email from account where id = '{person.account}'")


def gets_in(hub, email):
    return sign_in(hub, email).data["signIn"]["session"] is not None


# The way of a change ------------------------------------------------------------------------------


def test_the_old_address_signs_in_until_the_new_ones_link_is_used(hub):
    person, new = hub.person(), new_address()
    answer = change(hub, person, new)
    told = answer.data["changeEmail"]["security"]
    assert told == {"email": person.email, "pendingEmail": new}
    assert gets_in(hub, person.email) and not gets_in(hub, new)
    assert kinds(hub, person.email) == []
    answer = confirm(hub, mailed_token(hub, new, "change_email"))
    assert answer.data["confirmEmail"] == {"email": new, "userErrors": []}
    assert gets_in(hub, new) and not gets_in(hub, person.email)
    told = hub.ask(ME, token=person.token).data
    assert told["security"] == {"email": new, "pendingEmail": None}
    assert told["people"] == [{"email": new}]


def test_both_addresses_are_told_once_and_the_old_one_can_undo_it(hub):
    person = hub.person()
    new, _ = changed(hub, person)
    assert kinds(hub, new) == ["change_email", "email_changed"]
    (mail,) = mails(hub, person.email)
    assert (mail["kind"], mail["purpose"], mail["facts"]) == (
        "email_changed_undo", "undo_email", {"email": new}
    )
    hours = hub.sql(
        f"""select extract(epoch from expires_at - created_at) / 3600 from one_time_link
        where id = '{mail["link_id"]}'"""
    )
    assert float(hours) == 72


def test_a_later_request_voids_the_one_before(hub):
    person = hub.person()
    first = asked(hub, person, new_address())
    # One address waits at a time, whatever it waits for.
    unlinking = hub.sql(
        f"""insert into one_time_link (purpose, account_id, address, expires_at)
        values ('unlink_google', '{person.account}', '{new_address()}', now() + interval '1 hour')
        returning id"""
    )
    second = asked(hub, person, new_address())
    assert hub.sql(f"select voided_at from one_time_link where id = '{unlinking}'")
    assert codes(confirm(hub, first)) == REFUSED
    assert codes(confirm(hub, second)) == []


def test_a_change_is_taken_back(hub):
    person, new = hub.person(), new_address()
    link = asked(hub, person, new)
    answer = hub.ask(CANCEL, token=person.token)
    assert answer.data["cancelEmailChange"] == {
        "security": {"pendingEmail": None}, "userErrors": []
    }
    assert codes(confirm(hub, link)) == REFUSED and address(hub, person) == person.email
    before = house(hub)
    assert codes(hub.ask(CANCEL, token=person.token)) == []
    assert house(hub) == before


def test_links_that_went_to_the_old_address_open_nothing_any_more(hub):
    person = hub.person()
    hub.ask(
        "mutation ($email: String!) { requestPasswordReset(input: {email: $email}) "
        "{ checkYourMail } }", {"email": person.email},
    )
    link = mailed_token(hub, person.email, "reset_password")
    changed(hub, person)
    answer = hub.ask(
        "mutation ($token: String!) { resetPassword(input: {token: $token, "
        'newPassword: "una frase larga"}) { userErrors { code field } } }', {"token": link},
    )
    assert codes(answer) == REFUSED


# Whose account it is ------------------------------------------------------------------------------


def look(hub, token):
    return hub.ask(LOOK, {"token": token}).data["lookAtLink"]


@pytest.mark.parametrize(
    "email, masked",
    [("ana@{}.example", "a***@{}.example"), ("x@{}.example", "x***@{}.example"),
     ("ANA.maria@{}.Example", "A***@{}.Example"), ("ñandú@{}.xn--p1ai", "ñ***@{}.xn--p1ai")],
)
def test_mail_and_link_tell_whose_account_it_is_and_the_look_uses_nothing_up(hub, email, masked):
    person, domain, new = hub.person(), f"d{uuid.uuid4().hex}", new_address()
    email, masked = email.format(domain), masked.format(domain)
    hub.sql(f"update account set email = '{email}' where id = '{person.account}'")
    link = asked(hub, person, new)
    [mail] = hub.mails(new)
    assert masked in mail.text and masked in mail.html
    assert email not in mail.text and "Pru" not in mail.text
    before = house(hub)
    for _ in range(3):
        assert look(hub, link) == {"address": new, "account": masked, "userErrors": []}
    assert house(hub) == before
    assert codes(confirm(hub, link)) == []


def test_what_is_no_link_that_confirms_tells_nothing(hub):
    person = hub.person()
    _, undoing = changed(hub, person)
    waiting = asked(hub, person, new_address())
    others = [undoing, *(token(hub, link_of(waiting), it) for it in ("undo_email", "sign_up", ""))]
    # Whoever holds a link that confirms another purpose learns nothing by this one.
    others.append(token(hub, link_of(waiting), "unlink_google"))
    refused = {"address": None, "account": None,
               "userErrors": [{"code": "LINK_INVALID", "field": ["token"]}]}
    for text in not_tokens(hub, "change_email", others):
        assert look(hub, text) == refused, text
    assert look(hub, waiting)["userErrors"] == []
    codes(hub.ask(CANCEL, token=person.token))
    assert look(hub, waiting) == refused
    last = asked(hub, person, new_address())
    assert codes(confirm(hub, last)) == []
    assert look(hub, last) == refused


# What changes nothing -----------------------------------------------------------------------------


def test_the_same_address_in_other_letters_changes_its_form_and_tells_nobody(hub):
    person = hub.person()
    spelled = person.email.upper()
    answer = change(hub, person, spelled)
    assert answer.data["changeEmail"] == {
        "security": {"email": spelled, "pendingEmail": None}, "userErrors": []
    }
    assert kinds(hub, person.email) == [] and gets_in(hub, person.email)
    before = house(hub)
    assert codes(change(hub, person, f" {spelled} ")) == []
    assert house(hub) == before


@pytest.mark.parametrize(
    "email, code",
    [("", "REQUIRED"), ("  ", "REQUIRED"), ("no address", "INVALID_FORMAT"),
     ("a@b", "INVALID_FORMAT"), ("a@b.example\r\nBcc: c@d.example", "INVALID_CHARACTERS"),
     ("a" * 300 + "@b.example", "TOO_LONG")],
)
def test_what_is_no_address_is_refused_and_changes_nothing(hub, email, code):
    person = hub.person()
    waiting = new_address()
    asked(hub, person, waiting)
    before = house(hub)
    assert codes(change(hub, person, email)) == [(code, ["newEmail"])]
    assert house(hub) == before


def test_an_address_of_another_script_is_kept_in_its_ascii_form_and_signs_in_by_both(hub):
    person, other, name = hub.person(), hub.person(), f"Nora.{uuid.uuid4().hex}"
    kept = f"{name}@xn--pea-8ma.example"
    assert codes(change(hub, person, f"{name}@Pen\u0303a.example")) == []
    assert codes(confirm(hub, mailed_token(hub, kept, "change_email"))) == []
    assert address(hub, person) == kept
    assert gets_in(hub, f" {name.lower()}@PEÑA.example") and gets_in(hub, kept)
    # It is one address, however it is written.
    assert codes(change(hub, other, f"{name}@peña.example")) == []
    assert kinds(hub, kept) == ["change_email", "email_changed", "change_email_known"]


def test_old_proof_is_not_enough_whatever_is_asked(hub):
    person = hub.person()
    hub.sql(
        f"""update session set authenticated_at = now() - interval '11 minutes'
        where id = '{person.session}'"""
    )
    before = house(hub)
    for email in (new_address(), person.email.upper(), "no address", ""):
        assert codes(change(hub, person, email)) == [("REAUTHENTICATION_REQUIRED", [])]
    assert house(hub) == before


def test_the_database_asks_for_a_fresh_proof_of_this_session_too(hub):
    person, other = hub.person(), hub.person()
    hub.sql(
        f"""update session set authenticated_at = now() - interval '11 minutes'
        where id = '{person.session}'"""
    )
    for session in (person.session, other.session):
        outcome = hub.sql(
            f"select change_email('{session}', '{person.account}', 'a@b.example', 60, 5, 60)"
        )
        assert outcome == "not_fresh"


# Links --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("purpose", ["change_email", "undo_email"])
def test_what_is_no_such_link_is_refused_and_changes_nothing(hub, purpose):
    person = hub.person()
    _, undoing = changed(hub, person)
    waiting = asked(hub, person, new_address())
    mine = {"change_email": waiting, "undo_email": undoing}
    link = link_of(mine[purpose])
    others = [it for name, it in mine.items() if name != purpose]
    others += [token(hub, link, it) for it in ("sign_up", "reset_password", "")]
    use = {"change_email": confirm, "undo_email": undo}[purpose]
    before = house(hub)
    for text in not_tokens(hub, purpose, others):
        assert codes(use(hub, text)) == REFUSED, text
    expire(hub, mine[purpose])
    before = house(hub)
    assert codes(use(hub, mine[purpose])) == REFUSED
    assert house(hub) == before


def test_a_link_is_good_once_even_for_two_at_once(hub):
    person = hub.person()
    link = asked(hub, person, new_address())
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda _: confirm(hub, link), range(4)))
    assert sorted(codes(answer) for answer in answers) == [[], *[REFUSED] * 3]
    assert kinds(hub, person.email) == ["email_changed_undo"]
    undoing = mailed_token(hub, person.email, "email_changed_undo")
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda _: undo(hub, undoing), range(4)))
    assert sorted(codes(answer) for answer in answers) == [[], *[REFUSED] * 3]


def test_requests_and_confirmations_at_once_leave_one_address_and_no_fault(hub):
    person = hub.person()
    first = asked(hub, person, new_address())
    acts = [lambda: confirm(hub, first), lambda: change(hub, person, new_address())] * 3
    acts += [lambda: hub.ask(CANCEL, token=person.token)]
    with concurrent.futures.ThreadPoolExecutor(len(acts)) as pool:
        answers = [it.result() for it in [pool.submit(act) for act in acts]]
    assert {answer.status for answer in answers} == {200}
    assert all("errors" not in answer.json for answer in answers)
    confirmed = [it for it in answers if it.data.get("confirmEmail", {}).get("email")]
    assert len(confirmed) <= 1


# Somebody else's address --------------------------------------------------------------------------


def test_a_taken_address_is_answered_like_a_free_one_and_its_owner_is_told(hub):
    owner, free = hub.person(), new_address()
    answers = {}
    for email in (owner.email, free):
        person = hub.person()
        answers[email] = change(hub, person, email)
    taken, given = (answers[it].body.decode() for it in (owner.email, free))
    for email in (owner.email, free):
        told = answers[email].data["changeEmail"]
        assert told["userErrors"] == [] and told["security"]["pendingEmail"] == email
        assert answers[email].status == 200
    assert len(taken) - len(owner.email) == len(given) - len(free)
    assert kinds(hub, owner.email) == ["change_email_known"]
    assert mails(hub, owner.email)[0]["link_id"] is None
    assert kinds(hub, free) == ["change_email"]


def test_the_database_does_the_same_work_for_both(hub):
    call = "change_email(caller.id, caller.account_id, address, 3600, 5, 900)"
    ratio = work_ratio(hub, call, "known-#@time.example", "unknown-#@time.example")
    assert 3 / 4 < ratio < 4 / 3, ratio


def test_a_taken_and_a_free_address_take_the_same_time(hub):
    def pair():
        people, taken, free = [hub.person(), hub.person()], hub.person().email, new_address()
        return lambda: change(hub, people[0], taken), lambda: change(hub, people[1], free)

    assert take_the_same_time(hub, pair)


def test_an_address_that_is_taken_meanwhile_fails_cleanly(hub):
    person, other, new = hub.person(), hub.person(), new_address()
    link, others = asked(hub, person, new), asked(hub, other, new.upper())
    assert codes(confirm(hub, others)) == []
    before = house(hub)
    assert codes(confirm(hub, link)) == [("EMAIL_TAKEN", ["token"])]
    assert house(hub) == before
    assert gets_in(hub, person.email)


def test_of_two_people_with_one_new_address_at_once_one_gets_it(hub):
    people, new = [hub.person() for _ in range(4)], new_address()
    links = [asked(hub, person, new) for person in people]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda link: confirm(hub, link), links))
    taken = [("EMAIL_TAKEN", ["token"])]
    assert sorted(codes(answer) for answer in answers) == [[], *[taken] * 3]
    assert hub.sql(f"select count(*) from account where email_key = '{new}'") == "1"


def test_a_mailbox_is_not_filled(hub):
    owner, free, person = hub.person(), new_address(), hub.person()
    for _ in range(8):
        for email in (owner.email, free):
            assert codes(change(hub, person, email)) == []
    assert kinds(hub, owner.email) == ["change_email_known"] * 5
    assert kinds(hub, free) == ["change_email"] * 5


# Google -------------------------------------------------------------------------------------------


def link_google(hub, person, email, age="0"):
    hub.sql(
        f"""insert into account_google (account_id, subject, email, linked_at)
        values ('{person.account}', '{uuid.uuid4()}', '{email}', now() - interval '{age}')"""
    )


def test_while_google_is_linked_only_its_own_address_is_taken(hub):
    person, google = hub.person(), new_address("google")
    link_google(hub, person, google.upper(), "1 day")
    before = house(hub)
    answer = change(hub, person, new_address())
    assert codes(answer) == [("UNLINK_GOOGLE_FIRST", ["newEmail"])]
    assert "Google" in answer.data["changeEmail"]["userErrors"][0]["message"]
    assert house(hub) == before
    assert codes(confirm(hub, asked(hub, person, google))) == []


def test_google_linked_meanwhile_keeps_the_address(hub):
    person = hub.person()
    link = asked(hub, person, new_address())
    link_google(hub, person, person.email)
    before = house(hub)
    assert codes(confirm(hub, link)) == [("UNLINK_GOOGLE_FIRST", ["token"])]
    assert house(hub) == before
    hub.sql(f"delete from account_google where account_id = '{person.account}'")
    assert codes(confirm(hub, link)) == []


# Undoing ------------------------------------------------------------------------------------------


def test_undoing_puts_the_old_address_back_and_ends_every_session(hub):
    person, bystander = hub.person(), hub.person()
    new, link = changed(hub, person)
    opened = sign_in(hub, new).data["signIn"]["session"]
    answer = undo(hub, link)
    assert answer.data["undoEmailChange"] == {"email": person.email, "userErrors": []}
    tokens = [person.token, opened["accessToken"]]
    assert [hub.ask(ME, token=it).status for it in tokens] == [401, 401]
    assert hub.ask(ME, token=bystander.token).status == 200
    # Whoever changed the address may know the password, so it opens neither of them any more.
    assert not gets_in(hub, person.email) and not gets_in(hub, new)
    assert kinds(hub, new)[-1] == "email_undone_notice"
    last = mails(hub, person.email)[-1]
    assert (last["kind"], last["purpose"]) == ("email_undone", "reset_password")


def test_the_mail_of_an_undoing_leads_to_a_new_password(hub):
    person = hub.person()
    _, link = changed(hub, person)
    undo(hub, link)
    reset = mailed_token(hub, person.email, "email_undone")
    answer = hub.ask(
        "mutation ($token: String!) { resetPassword(input: {token: $token, "
        'newPassword: "una frase larga"}) { email userErrors { code field } } }', {"token": reset},
    )
    assert answer.data["resetPassword"] == {"email": person.email, "userErrors": []}
    assert sign_in(hub, person.email, "una frase larga").data["signIn"]["session"]


def test_undoing_takes_back_what_came_after_the_change(hub):
    person = hub.person()
    second, first_undo = changed(hub, person)
    third, second_undo = changed(hub, person)
    waiting = asked(hub, person, new_address())
    link_google(hub, person, third)
    assert codes(undo(hub, first_undo)) == []
    assert address(hub, person) == person.email
    assert codes(undo(hub, second_undo)) == REFUSED
    assert codes(confirm(hub, waiting)) == REFUSED
    left = hub.sql(f"select count(*) from account_google where account_id = '{person.account}'")
    assert left == "0" and not gets_in(hub, second) and not gets_in(hub, third)


def test_undoing_takes_away_a_second_factor_confirmed_since_and_leaves_one_of_before(hub):
    for confirmed, left in (("now()", "0"), ("now() - interval '1 day'", "1")):
        person = hub.person()
        _, link = changed(hub, person)
        hub.sql(
            f"""insert into second_factor (account_id, sealed_secret, confirmed_at)
            values ('{person.account}', 'x', {confirmed})"""
        )
        assert codes(undo(hub, link)) == []
        rows = f"select count(*) from second_factor where account_id = '{person.account}'"
        assert hub.sql(rows) == left


def test_what_was_before_the_change_stays(hub):
    person = hub.person()
    second, first_undo = changed(hub, person)
    hub.sql(
        f"""update one_time_link set created_at = created_at - interval '1 hour'
        where id = '{link_of(first_undo)}'"""
    )
    link_google(hub, person, new_address("google"), "1 minute")
    hub.sql(f"update account_google set email = '{(third := new_address())}' "
            f"where account_id = '{person.account}'")
    _, second_undo = changed(hub, person, third)
    hub.sql(f"update account_google set email = '{second}' where account_id = '{person.account}'")
    assert codes(undo(hub, second_undo)) == []
    left = hub.sql(f"select count(*) from account_google where account_id = '{person.account}'")
    assert left == "1" and address(hub, person) == second
    assert codes(undo(hub, first_undo)) == []
    assert address(hub, person) == person.email


def test_an_old_address_that_is_somebody_elses_by_now_fails_cleanly(hub):
    person, other = hub.person(), hub.person()
    _, link = changed(hub, person)
    changed(hub, other, person.email)
    before = house(hub)
    assert codes(undo(hub, link)) == [("EMAIL_TAKEN", ["token"])]
    assert house(hub) == before


def test_a_document_uses_one_link(hub):
    fields = ['confirmEmail(input: {token: "x"}) { email }', 'undoEmailChange(input: {token: "x"}) '
              "{ email }"]
    answer = hub.ask("mutation { " + " ".join(fields) + " }", accept=RESPONSE_JSON)
    assert answer.status == 400 and answer.codes == ["GRAPHQL_VALIDATION_FAILED"]


def test_refusals_speak_the_persons_language(hub):
    told = {}
    for language in ("es", "en", "pt"):
        person, new = hub.person(language=language), new_address()
        link = asked(hub, person, new)
        hub.sql(f"update account set email = '{new}' where id = '{hub.person().account}'")
        told[language] = confirm(hub, link).data["confirmEmail"]["userErrors"][0]["message"]
    assert told["es"].startswith("Otra cuenta")
    assert told["en"].startswith("Another account")
    assert told["pt"].startswith("Outra conta")


def test_nothing_secret_is_logged(hub):
    person, length = hub.person(), hub.log_length()
    new, link = changed(hub, person)
    undo(hub, link)
    text = hub.log_since(length)[1]
    assert [it for it in (new, person.email, link) if it in text] == []


# Whoever was in and is out -----------------------------------------------------------------------


def test_a_new_password_takes_back_the_address_and_the_reset_that_wait(hub):
    person = hub.person()
    waiting = asked(hub, person, new_address())
    hub.ask(
        "mutation ($email: String!) { requestPasswordReset(input: {email: $email}) "
        "{ checkYourMail } }", {"email": person.email},
    )
    reset = mailed_token(hub, person.email, "reset_password")
    answer = hub.ask(
        "mutation ($current: String!) { changePassword(input: {currentPassword: $current, "
        'newPassword: "una frase larga"}) { security { pendingEmail } userErrors { code } } }',
        {"current": PASSWORD}, person.token,
    )
    assert answer.data["changePassword"] == {"security": {"pendingEmail": None}, "userErrors": []}
    assert codes(confirm(hub, waiting)) == REFUSED
    answer = hub.ask(
        "mutation ($token: String!) { resetPassword(input: {token: $token, "
        'newPassword: "otra frase larga"}) { userErrors { code field } } }', {"token": reset},
    )
    assert codes(answer) == REFUSED


@pytest.mark.parametrize("end", [
    "mutation ($id: ID!) { revokeSession(input: {sessionId: $id}) { userErrors { code field } } }",
    "mutation { revokeOtherSessions(input: {}) { userErrors { code field } } }",
])
def test_ending_a_session_takes_back_the_address_that_it_asked_for(hub, end):
    person = hub.person()
    opened = sign_in(hub, person.email).data["signIn"]["session"]["accessToken"]
    asking = "mutation ($email: String!) { changeEmail(input: {newEmail: $email}) " \
        "{ userErrors { code field } } }"
    email = new_address()
    assert codes(hub.ask(asking, {"email": email}, opened)) == []
    waiting = mailed_token(hub, email, "change_email")
    sessions = hub.ask("{ security { sessions { id isCurrent } } }", token=opened).data["security"]
    mine = next(it["id"] for it in sessions["sessions"] if it["isCurrent"])
    variables = {"id": mine} if "$id" in end else None
    assert codes(hub.ask(end, variables, person.token)) == []
    assert codes(confirm(hub, waiting)) == REFUSED
    # The one that stays may ask, and what it asked for stays when others end.
    own = asked(hub, person, new_address())
    others = "mutation { revokeOtherSessions(input: {}) { userErrors { code field } } }"
    assert codes(hub.ask(others, token=person.token)) == []
    assert codes(confirm(hub, own)) == []


def test_what_waits_behind_a_reset_finds_its_session_ended(hub):
    """The session is asked again behind the lock: what app_guard saw may have ended since."""
    person = hub.person()
    functions = [
        "change_email('{s}', '{a}', 'evil@test.example', 60, 5, 60)",
        "enrol_second_factor('{s}', '{a}', 'x')",
        "end_second_factor('{s}', '{a}', 1, null)",
        "replace_recovery_codes('{s}', '{a}', 1, null, '{{}}')",
    ]
    hub.sql(f"update session set revoked_at = now() where id = '{person.session}'")
    for call in functions:
        call = call.format(s=person.session, a=person.account)
        assert hub.sql(f"set role hub_app_write; select {call}") == "not_fresh", call


def test_strangers_who_ask_for_a_sign_up_keep_nobody_from_a_reset(hub):
    person = hub.person()
    for _ in range(6):
        hub.ask("mutation ($email: String!) { signUp(input: {email: $email}) { checkYourMail } }",
                {"email": person.email})
    hub.ask("mutation ($email: String!) { requestPasswordReset(input: {email: $email}) "
            "{ checkYourMail } }", {"email": person.email})
    assert kinds(hub, person.email)[-1] == "reset_password"
