"""Invitations by mail: asking, asking again, taking back, joining; bound to the address, once, and
never across companies."""

import concurrent.futures
import uuid

import pytest

from hub import PASSWORD
from people_documents import (
    ACCEPT, CHANGE_ROLE, INVITATIONS, LEAVE, NOBODY, REMOVE, RESEND, REVOKE, accept, change_role,
    delete, give_solutions, invite, refusals, roles,
)
from session_documents import company_of, sign_in

NEW = {"firstName": "Eva", "password": "una frase que nadie adivina", "country": "CO"}


def address():
    return f"guest-{uuid.uuid4()}@test.example"


def invited(hub, actor, email=None, role="accountant", **members):
    """An invitation that went out: its address and the token of its mail."""
    email = email or address()
    assert refusals(invite(hub, actor, email, role, **members)) == []
    return email, hub.mails(email, "invitation")[-1].token


def invitations(hub, actor):
    return hub.ask(INVITATIONS, token=actor.token).data["invitations"]


def status(hub, actor, email):
    return [one["status"] for one in invitations(hub, actor) if one["email"] == email]


def age_mails(hub, tenant):
    """As if the mails of the company had gone out two days ago."""
    hub.sql(
        f"""update invitation set mailed_at = array(
          select at - interval '2 days' from unnest(mailed_at) as at)
        where tenant_id = '{tenant}'"""
    )


def test_a_new_person_joins_by_the_mails_link(hub):
    ana = hub.person()
    give_solutions(hub, ana.tenant, accounting="pro", pos="pro")
    by_solution = [{"solution": "pos", "role": "assistant"}]
    email, token = invited(hub, ana, role="seller", solutionRoles=by_solution)
    [waiting] = invitations(hub, ana)
    assert waiting["id"] and waiting["expiresAt"] > waiting["invitedAt"]
    assert (waiting["email"], waiting["role"], waiting["status"]) == (email, "seller", "PENDING")
    assert (waiting["solutionRoles"], waiting["invitedBy"]) == (by_solution, "Pru")
    answer = accept(hub, token, **NEW, language="pt")
    assert refusals(answer) == []
    assert answer.data["acceptInvitation"]["company"] == {"id": ana.tenant, "name": "Prueba"}
    assert status(hub, ana, email) == ["ACCEPTED"]
    opened = sign_in(hub, email, NEW["password"]).data["signIn"]["session"]
    mine = hub.ask(
        "{ memberships { role solutionRoles { solution role } }"
        " profile { firstName country language } }",
        token=opened["accessToken"],
    ).data
    assert mine["memberships"] == [{"role": "seller", "solutionRoles": by_solution}]
    assert mine["profile"] == {"firstName": "Eva", "country": "CO", "language": "pt"}


def test_who_has_an_account_joins_and_stays_as_they_are(hub):
    ana, guest = hub.person(), hub.person()
    email, token = invited(hub, ana, guest.email.upper(), role="administrator")
    before = hub.sql(f"select to_jsonb(a) from account a where id = '{guest.account}'")
    # What somebody else would set for them is not looked at.
    answer = accept(hub, token, **NEW)
    assert refusals(answer) == []
    assert hub.sql(f"select to_jsonb(a) from account a where id = '{guest.account}'") == before
    assert roles(hub, ana.tenant)[guest.account] == "administrator"
    assert sign_in(hub, guest.email, PASSWORD, companyId=ana.tenant).data["signIn"]["session"]
    # The session they have goes on where it is, and may switch.
    assert company_of(hub, guest.token) == guest.tenant


def test_accepting_opens_no_session(hub):
    ana, guest = hub.person(), hub.person()
    _, token = invited(hub, ana, guest.email)
    before = hub.sql("select count(*) from session")
    answer = accept(hub, token)
    assert refusals(answer) == [] and answer.headers["set-cookie"] is None
    assert hub.sql("select count(*) from session") == before


def test_a_link_is_good_once_and_only_for_this(hub):
    ana = hub.person()
    email, token = invited(hub, ana)
    assert refusals(accept(hub, token, **NEW)) == []
    used = accept(hub, token, **NEW)
    assert refusals(used) == [("LINK_INVALID", ["token"])]
    flipped = token[:-1] + ("A" if token[-1] != "A" else "B")
    for wrong in ("", "none", flipped, token + "x", "rt_" + token[3:], "lt_" + "A" * 64):
        assert accept(hub, wrong, **NEW).body == used.body
    assert hub.sql(f"select count(*) from account where email_key = lower('{email}')") == "1"


def test_a_link_expires_and_the_invitation_can_be_sent_again(hub):
    ana = hub.person()
    email, token = invited(hub, ana)
    hub.sql(
        f"""update invitation set expires_at = now() where tenant_id = '{ana.tenant}';
        update one_time_link set expires_at = now() where address = '{email}'"""
    )
    assert status(hub, ana, email) == ["EXPIRED"]
    assert refusals(accept(hub, token, **NEW)) == [("LINK_INVALID", ["token"])]
    [waiting] = invitations(hub, ana)
    assert refusals(hub.ask(RESEND, {"id": waiting["id"]}, ana.token)) == []
    again = hub.mails(email, "invitation")[-1].token
    assert again != token and status(hub, ana, email) == ["PENDING"]
    assert refusals(accept(hub, token, **NEW)) == [("LINK_INVALID", ["token"])]
    assert refusals(accept(hub, again, **NEW)) == []


def test_the_link_is_good_for_seven_days(hub):
    ana = hub.person()
    email, _ = invited(hub, ana)
    assert hub.sql(
        f"select expires_at - created_at from one_time_link where address = '{email}'") == "7 days"


def test_what_was_taken_back_is_void_at_once(hub):
    ana = hub.person()
    email, token = invited(hub, ana)
    [waiting] = invitations(hub, ana)
    answer = hub.ask(REVOKE, {"id": waiting["id"]}, ana.token)
    assert refusals(answer) == []
    assert answer.data["revokeInvitation"]["invitations"] == [
        {"id": waiting["id"], "status": "REVOKED"}
    ]
    assert refusals(accept(hub, token, **NEW)) == [("LINK_INVALID", ["token"])]
    for document in (RESEND, REVOKE):
        again = hub.ask(document, {"id": waiting["id"]}, ana.token)
        assert refusals(again) == [("INVITATION_NOT_FOUND", ["invitationId"])]
    # The address can be asked anew.
    _, token = invited(hub, ana, email)
    assert status(hub, ana, email) == ["PENDING", "REVOKED"]
    assert refusals(accept(hub, token, **NEW)) == []


def test_asking_twice_is_asking_again_in_the_role_given_last(hub):
    ana = hub.person()
    luis = hub.person(tenant=ana.tenant)
    hub.sql(f"update account set display_name = 'Lucho' where id = '{luis.account}'")
    email, first = invited(hub, ana, role="accountant")
    _, second = invited(hub, luis, email.upper(), role="administrator")
    [waiting] = invitations(hub, ana)
    assert (waiting["role"], waiting["invitedBy"]) == ("administrator", "Lucho")
    assert refusals(accept(hub, first, **NEW)) == [("LINK_INVALID", ["token"])]
    assert refusals(accept(hub, second, **NEW)) == []


def test_a_member_is_not_invited(hub):
    ana = hub.person()
    caro = hub.person("seller", tenant=ana.tenant)
    for email in (caro.email, caro.email.upper(), ana.email):
        assert refusals(invite(hub, ana, email)) == [("ALREADY_MEMBER", ["email"])]
        assert hub.mails(email, "invitation") == []


@pytest.mark.parametrize(
    "email, role, refusal",
    [
        ("", "seller", ("REQUIRED", ["email"])),
        ("none", "seller", ("INVALID_FORMAT", ["email"])),
        ("a@b.example\r\nBcc: c@d.example", "seller", ("INVALID_CHARACTERS", ["email"])),
        (None, "chief", ("NOT_OFFERED", ["role"])),
        (None, "", ("REQUIRED", ["role"])),
        (None, "seller", ("ROLE_NOT_IN_PLAN", ["role"])),
    ],
)
def test_what_cannot_be_invited_is_said_and_nothing_is_sent(hub, email, role, refusal):
    ana = hub.person()
    give_solutions(hub, ana.tenant, accounting="emprendedor")
    email = address() if email is None else email
    assert refusals(invite(hub, ana, email, role)) == [refusal]
    assert invitations(hub, ana) == []
    sent = f"select count(*) from mail where kind = 'invitation' and address = $x${email}$x$"
    assert hub.sql(sent) == "0"


@pytest.mark.parametrize(
    "given, refused",
    [
        ({}, [("REQUIRED", ["firstName"]), ("REQUIRED", ["country"]), ("REQUIRED", ["password"])]),
        (NEW | {"firstName": " "}, [("REQUIRED", ["firstName"])]),
        (NEW | {"firstName": "x" * 81}, [("TOO_LONG", ["firstName"])]),
        (NEW | {"country": "XX"}, [("INVALID_FORMAT", ["country"])]),
        (NEW | {"language": "fr"}, [("NOT_OFFERED", ["language"])]),
        (NEW | {"password": "corta"}, [("TOO_SHORT", ["password"])]),
        (NEW | {"password": "password1"}, [("PASSWORD_TOO_COMMON", ["password"])]),
        (NEW | {"password": "EMAIL"}, [("PASSWORD_IS_EMAIL", ["password"])]),
    ],
)
def test_a_new_person_is_made_by_the_rules_and_a_refusal_leaves_the_link_good(hub, given, refused):
    ana = hub.person()
    email, token = invited(hub, ana)
    members = {name: email if text == "EMAIL" else text for name, text in given.items()}
    assert refusals(accept(hub, token, **members)) == refused
    assert hub.sql(f"select count(*) from account where email_key = lower('{email}')") == "0"
    assert refusals(accept(hub, token, **NEW)) == []


def test_a_foreign_invitation_is_one_that_never_was(hub):
    ana, other = hub.person(), hub.person()
    email, token = invited(hub, other)
    [foreign] = invitations(hub, other)
    for document in (RESEND, REVOKE):
        nobody = hub.ask(document, {"id": NOBODY}, ana.token)
        assert refusals(nobody) == [("INVITATION_NOT_FOUND", ["invitationId"])]
        for id in (foreign["id"], "", "none"):
            assert hub.ask(document, {"id": id}, ana.token).body == nobody.body
    assert invitations(hub, ana) == []
    # Both may ask the same address, and each makes a member of its own company alone.
    _, mine = invited(hub, ana, email)
    assert refusals(accept(hub, token, **NEW)) == []
    assert len(roles(hub, ana.tenant)) == 1 and status(hub, ana, email) == ["PENDING"]
    assert refusals(accept(hub, mine)) == []
    assert len(roles(hub, ana.tenant)) == 2


@pytest.mark.parametrize("role", ["accountant", "assistant", "seller"])
def test_invitations_are_the_administrators(hub, role):
    ana = hub.person()
    member = hub.person(role, tenant=ana.tenant)
    email, _ = invited(hub, ana)
    [waiting] = invitations(hub, ana)
    assert hub.ask(INVITATIONS, token=member.token).codes == ["FORBIDDEN"]
    assert invite(hub, member, address()).codes == ["FORBIDDEN"]
    for document in (RESEND, REVOKE):
        assert hub.ask(document, {"id": waiting["id"]}, member.token).codes == ["FORBIDDEN"]
    assert invitations(hub, ana) == [waiting]
    assert len(hub.mails(email, "invitation")) == 1


# The mail -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "language, country, subject, words",
    [
        ("es", "CO", "Pru te invita a Prueba en Mi Alegra", "no tienes que hacer nada"),
        ("es", "AR", "Pru te invita a Prueba en Mi Alegra", "no tenés que hacer nada"),
        ("en", "CO", "Pru invites you to Prueba on Mi Alegra", "you need not do anything"),
        ("pt", "CO", "Pru convida você para Prueba no Mi Alegra", "não precisa fazer nada"),
    ],
)
def test_the_mail_speaks_the_language_of_the_invited_or_else_of_the_inviter(
    hub, language, country, subject, words
):
    ana = hub.person(language=language, country=country)
    email, _ = invited(hub, ana)
    [mail] = hub.mails(email)
    assert (mail.kind, mail.subject) == ("invitation", subject)
    assert words in mail.text and words in mail.html
    known = hub.person(language=language, country=country)
    invited(hub, hub.person(language="en" if language != "en" else "es"), known.email)
    [mail] = hub.mails(known.email)
    assert (mail.subject, words in mail.text) == (subject, True)


def test_the_mail_names_company_and_inviter_whatever_stands_in_them(hub):
    ana = hub.person()
    hub.sql(
        f"""update account set display_name = $x$<b>Ana</b>{{{{link}}}}$x$
        where id = '{ana.account}';
        update company set trade_name = $x$Tom & "Co" <script>$x$
        where tenant_id = '{ana.tenant}'"""
    )
    email, token = invited(hub, ana)
    [mail] = hub.mails(email)
    assert mail.subject == '<b>Ana</b>{{link}} te invita a Tom & "Co" <script> en Mi Alegra'
    assert "&lt;b&gt;Ana&lt;/b&gt;{{link}}" in mail.html and "&lt;script&gt;" in mail.html
    assert "<script>" not in mail.html and "<b>" not in mail.html
    assert f"/account/invitation#{token}" in mail.link


def call_them(hub, person, display, company):
    hub.sql(
        f"""update account set display_name = $x${display}$x$ where id = '{person.account}';
        update company set trade_name = $x${company}$x$ where tenant_id = '{person.tenant}'"""
    )


@pytest.mark.parametrize(
    "language, country, subject, words",
    [
        ("es", "CO", "{} te invita a una empresa en Mi Alegra", "trabajar en una empresa con"),
        ("es", "AR", "{} te invita a una empresa en Mi Alegra", "trabajar en una empresa con"),
        ("en", "CO", "{} invites you to a company on Mi Alegra", "to work in a company with"),
        ("pt", "CO", "{} convida você para uma empresa no Mi Alegra", "em uma empresa com"),
    ],
)
def test_the_mail_carries_no_strangers_link(hub, language, country, subject, words):
    ana = hub.person(language=language, country=country)
    call_them(hub, ana, "Gana ya en evil\u3002example", "Premios www.evil.example")
    for email in (address(), hub.person(language=language, country=country).email):
        invited(hub, ana, email)
        [mail] = hub.mails(email)
        assert mail.subject == subject.format(ana.email) and words in mail.text
        assert not [it for it in (mail.subject, mail.text, mail.html) if "evil" in it]


@pytest.mark.parametrize(
    "display, company, subject",
    [
        ("Ana", "http://evil.example", "Ana te invita a una empresa en Mi Alegra"),
        ("ana@evil.example", "Ejemplar", "{email} te invita a Ejemplar en Mi Alegra"),
        ("\uff45\uff56\uff49\uff4c\uff0e\uff43\uff4f\uff4d", "例子\u3002中国",
         "{email} te invita a una empresa en Mi Alegra"),
        ("Ana", "n" * 100, "Ana te invita a " + "n" * 79 + "… en Mi Alegra"),
        ("Ana Á. de la O.", "Ejemplar S.A.S.",
         "Ana Á. de la O. te invita a Ejemplar S.A.S. en Mi Alegra"),
    ],
)
def test_a_name_is_repeated_where_it_is_one(hub, display, company, subject):
    ana = hub.person()
    call_them(hub, ana, display, company)
    email, _ = invited(hub, ana)
    [mail] = hub.mails(email)
    assert mail.subject == subject.format(email=ana.email)


# Limits -------------------------------------------------------------------------------------------


def test_an_invitation_is_mailed_three_times_a_day(hub):
    ana = hub.person()
    email, token = invited(hub, ana)
    [waiting] = invitations(hub, ana)
    assert refusals(hub.ask(RESEND, {"id": waiting["id"]}, ana.token)) == []
    _, last = invited(hub, ana, email)
    for limited in (invite(hub, ana, email), hub.ask(RESEND, {"id": waiting["id"]}, ana.token)):
        assert limited.codes == ["RATE_LIMITED"]
        assert 86000 < int(limited.headers["Retry-After"]) <= 86400
    assert len(hub.mails(email, "invitation")) == 3
    age_mails(hub, ana.tenant)
    _, last = invited(hub, ana, email)
    assert refusals(accept(hub, last, **NEW)) == []


def test_a_company_mails_fifty_invitations_a_day_and_another_is_not_held_by_that(hub):
    ana, other = hub.person(), hub.person()
    hub.sql(
        f"""insert into invitation (tenant_id, email, role, invited_by_name, expires_at, mailed_at)
        select '{ana.tenant}', 'many-' || n || '@test.example', 'seller', 'x', now(),
          array[now() - interval '1 hour']
        from generate_series(1, 49) as n"""
    )
    invited(hub, ana)
    limited = invite(hub, ana, address())
    assert limited.codes == ["RATE_LIMITED"]
    assert 82000 < int(limited.headers["Retry-After"]) <= 82800
    invited(hub, other)
    age_mails(hub, ana.tenant)
    invited(hub, ana)


# At once ------------------------------------------------------------------------------------------


def at_once(count, action):
    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        return list(pool.map(action, range(count)))


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_that_accept_at_once_one_joins_and_one_person_is_made(hub, attempt):
    ana = hub.person()
    email, token = invited(hub, ana)
    answers = at_once(2, lambda _: accept(hub, token, **NEW))
    assert sorted(refusals(answer) for answer in answers) == [[], [("LINK_INVALID", ["token"])]]
    assert hub.sql(f"select count(*) from account where email_key = lower('{email}')") == "1"
    assert len(roles(hub, ana.tenant)) == 2


@pytest.mark.parametrize("attempt", range(3))
def test_two_companies_links_at_once_make_one_person_of_both(hub, attempt):
    ana, luis = hub.person(), hub.person()
    email, first = invited(hub, ana)
    _, second = invited(hub, luis, email)
    tokens = [hub.mails(email, "invitation")[index].token for index in (0, 1)]
    answers = at_once(2, lambda index: accept(hub, tokens[index], **NEW))
    assert [refusals(answer) for answer in answers] == [[], []]
    assert hub.sql(f"select count(*) from account where email_key = lower('{email}')") == "1"
    assert [len(roles(hub, person.tenant)) for person in (ana, luis)] == [2, 2]


@pytest.mark.parametrize("attempt", range(3))
def test_of_many_that_ask_one_address_at_once_one_invitation_stands(hub, attempt):
    ana = hub.person()
    email = address()
    answers = at_once(6, lambda _: invite(hub, ana, email))
    assert sorted(len(answer.codes) for answer in answers) == [0, 0, 0, 1, 1, 1]
    assert status(hub, ana, email) == ["PENDING"]
    assert len(hub.mails(email, "invitation")) == 3
    last = hub.mails(email, "invitation")
    accepted = [refusals(accept(hub, mail.token, **NEW)) for mail in last]
    assert accepted.count([]) == 1


@pytest.mark.parametrize("attempt", range(3))
def test_of_accepting_and_taking_back_at_once_one_holds(hub, attempt):
    ana = hub.person()
    email, token = invited(hub, ana)
    [waiting] = invitations(hub, ana)
    actions = [
        lambda: accept(hub, token, **NEW),
        lambda: hub.ask(REVOKE, {"id": waiting["id"]}, ana.token),
    ]
    accepted, revoked = at_once(2, lambda index: actions[index]())
    assert [refusals(accepted) == [], refusals(revoked) == []].count(True) == 1
    assert len(roles(hub, ana.tenant)) == (2 if refusals(accepted) == [] else 1)


def test_nothing_of_a_token_is_logged(hub):
    length = hub.log_length()
    _, token = invited(hub, hub.person())
    hub.ask(ACCEPT, {"input": {"token": token} | NEW})
    told = hub.log_since(length)[1]
    assert token not in told and NEW["password"] not in told


@pytest.mark.parametrize("way", ["removed", "demoted", "left"])
def test_nobody_comes_in_by_the_word_of_who_was_removed(hub, way):
    ana = hub.person()
    gone = hub.person(tenant=ana.tenant)
    email, token = invited(hub, gone, role="administrator")
    other, kept = invited(hub, ana)
    document, variables, actor = {
        "removed": (REMOVE, {"id": gone.account}, ana),
        "demoted": (CHANGE_ROLE, {"input": {"personId": gone.account, "role": "seller"}}, ana),
        "left": (LEAVE, None, gone),
    }[way]
    assert hub.ask(document, variables, actor.token).data
    assert status(hub, ana, email) == ["REVOKED"]
    assert refusals(accept(hub, token, **NEW)) == [("LINK_INVALID", ["token"])]
    assert status(hub, ana, other) == ["PENDING"]
    assert refusals(accept(hub, kept, **NEW)) == []


WAYS = {
    "removed": lambda hub, ana, gone: hub.ask(REMOVE, {"id": gone.account}, ana.token),
    "demoted": lambda hub, ana, gone: change_role(hub, ana, gone, "seller"),
    "left": lambda hub, ana, gone: hub.ask(LEAVE, None, gone.token),
    "deleted": lambda hub, ana, gone: delete(hub, gone),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_mail_goes_in_the_name_of_who_is_gone(hub, way):
    """Whoever goes takes their invitations back, those that wait in the outbox with them."""
    ana = hub.person()
    gone = hub.person(tenant=ana.tenant)
    mine, theirs, again = address(), address(), address()
    # No worker takes what is not due yet.
    hub.sql(
        """create or replace function hold_mail() returns trigger language plpgsql as
          $$ begin new.next_attempt_at := now() + interval '1 hour'; return new; end $$;
        create trigger hold_mail before insert on mail for each row
          when (new.kind = 'invitation') execute function hold_mail()"""
    )
    try:
        assert refusals(invite(hub, ana, mine)) == []
        assert refusals(invite(hub, gone, theirs)) == []
        # Who was asked by one and then by another keeps the other's mail alone.
        assert refusals(invite(hub, gone, again)) == []
        assert refusals(invite(hub, ana, again)) == []
    finally:
        hub.sql("drop trigger hold_mail on mail")
    answer = WAYS[way](hub, ana, gone)
    assert refusals(answer) == []
    waiting = hub.sql(
        f"""select address, count(*) from mail where kind = 'invitation' and sent_at is null
          and address in ('{mine}', '{theirs}', '{again}') group by 1""").splitlines()
    assert sorted(waiting) == sorted([f"{mine}|1", f"{again}|1"])
    assert [status(hub, ana, it) for it in (mine, theirs, again)] == [
        ["PENDING"], ["REVOKED"], ["PENDING"]]
    named = f"select count(*) from one_time_link where facts::text like '%{gone.account}%'"
    assert hub.sql(named) == ("0" if way == "deleted" else "2")


def test_an_invitation_of_a_deleted_account_lets_nobody_in(hub):
    ana = hub.person()
    gone = hub.person(tenant=ana.tenant)
    email, token = invited(hub, gone, role="administrator")
    assert refusals(delete(hub, gone)) == []
    assert refusals(accept(hub, token, **NEW)) == [("LINK_INVALID", ["token"])]
    assert status(hub, ana, email) == ["REVOKED"]
    kept = hub.sql(f"select facts from mail where address = '{email}'")
    assert gone.email not in kept and "inviter" not in kept


def test_the_invitations_of_another_company_stay(hub):
    """A person who is removed from one company goes on inviting into another."""
    ana, both = hub.person(), hub.person()
    hub.sql(f"""insert into membership (tenant_id, account_id, role)
        values ('{ana.tenant}', '{both.account}', 'administrator')""")
    email, token = invited(hub, both)
    assert refusals(hub.ask(REMOVE, {"id": both.account}, ana.token)) == []
    assert status(hub, both, email) == ["PENDING"]
    assert refusals(accept(hub, token, **NEW)) == []


def test_who_is_no_administrator_any_more_invites_nobody(hub):
    """The role is asked again behind the lock: what app_guard saw may have been taken away since."""
    seller = hub.person("seller", tenant=hub.person().tenant)
    for call in (
        "invite_person('{a}', '{t}', 'x@test.example', 'seller', '{{}}', 9, 9, 60)",
        "resend_invitation('{a}', '{t}', '{t}', 9, 9, 60)",
    ):
        call = call.format(a=seller.account, t=seller.tenant)
        caught = hub.sql(
            f"""set role hub_app_write;
            do $$ begin perform {call}; exception when sqlstate 'HB403' then
              set role postgres; create temporary table refused (); end $$;
            reset role;
            select to_regclass('pg_temp.refused') is not null"""
        )
        assert caught == "t", call
