"""signUp and confirmSignUp: what there is before and after the mail's link is used, what a known
address is answered, and that one address makes one person."""

import concurrent.futures
import uuid

import pytest

from hub import RESPONSE_JSON
from mailed_links import (
    expire, forget_link_requests, house, kinds, link_of, mailed_token, mails, not_tokens, token,
    take_the_same_time, work_ratio,
)
from session_documents import sign_in

SIGN_UP = """
mutation ($input: SignUpInput!) {
  signUp(input: $input) { checkYourMail userErrors { code field } }
}
"""
CONFIRM = """
mutation ($input: ConfirmSignUpInput!) {
  confirmSignUp(input: $input) {
    session { accessToken refreshToken expiresAt } companies { id }
    userErrors { code field message }
  }
}
"""
WHO = """
{
  profile { firstName lastName displayName country language }
  security { email pendingEmail hasPassword passwordChangedAt isFresh sessions { isCurrent } }
  company { legalName countryVersion currency { code } decimalPrecision timezone kindOfPerson }
  people { email }
}
"""
PASSWORD = "una frase que nadie adivina"
TAKEN = [("EMAIL_TAKEN", ["token"])]
REFUSED = [("LINK_INVALID", ["token"])]


def new_address():
    return f"new-{uuid.uuid4()}@test.example"


def sign_up(hub, email, headers=None, **members):
    return hub.ask(SIGN_UP, {"input": {"email": email} | members}, **(headers or {}))


def asked(hub, email):
    """The token that a sign-up had mailed."""
    answer = sign_up(hub, email)
    assert answer.data["signUp"] == {"checkYourMail": True, "userErrors": []}
    return mailed_token(hub, email, "sign_up")


def confirm(hub, token, headers=None, **members):
    given = {
        "token": token, "password": PASSWORD, "firstName": "Nora", "companyName": "Nueva",
        "countryVersion": "CO",
    } | members
    return hub.ask(CONFIRM, {"input": given}, **(headers or {}))


def codes(answer):
    (payload,) = answer.data.values()
    return [(error["code"], error["field"]) for error in payload["userErrors"]]


def accounts(hub, email):
    return int(hub.sql(f"select count(*) from account where email_key = lower('{email}')"))


def test_nobody_is_there_before_the_link_is_used_and_then_all_is(hub):
    email = new_address()
    link = asked(hub, email.replace("new", "New"))
    counts = "select (select count(*) from account), (select count(*) from company)"
    before = hub.sql(counts)
    assert accounts(hub, email) == 0
    answer = confirm(
        hub, link, lastName=" Pe\u006e\u0303a ", companyName=" Nueva S.A.S. ", countryVersion="MX",
        country="ES", language="en",
    )
    opened = answer.data["confirmSignUp"]
    assert opened["userErrors"] == [] and opened["companies"] == []
    assert opened["session"]["refreshToken"].startswith("rt_")
    people, companies = map(int, before.split("|"))
    assert hub.sql(counts) == f"{people + 1}|{companies + 1}"
    told = hub.ask(WHO, token=opened["session"]["accessToken"]).data
    assert told["security"].pop("passwordChangedAt")
    kept = email.replace("new", "New")
    assert told == {
        "profile": {"firstName": "Nora", "lastName": "Pe\u00f1a", "displayName": "Nora",
                    "country": "ES", "language": "en"},
        "security": {"email": kept, "pendingEmail": None, "hasPassword": True, "isFresh": True,
                     "sessions": [{"isCurrent": True}]},
        "company": {"legalName": "Nueva S.A.S.", "countryVersion": "MX",
                    "currency": {"code": "MXN"}, "decimalPrecision": 2,
                    "timezone": "America/Mexico_City", "kindOfPerson": "LEGAL_ENTITY"},
        "people": [{"email": kept}],
    }
    role = hub.sql(f"select role from membership where email = '{kept}'")
    assert role == "administrator"
    assert sign_in(hub, email, PASSWORD).data["signIn"]["session"]


def test_a_company_starts_with_what_each_country_version_says(hub):
    versions = hub.sql(
        """select code, currency_code, timezone, decimal_precision_default from country_version
        order by position"""
    ).splitlines()
    assert len(versions) == 11
    for version in versions:
        code = version.split("|")[0]
        answer = confirm(hub, asked(hub, new_address()), countryVersion=code, country="CO")
        assert codes(answer) == []
        session = answer.data["confirmSignUp"]["session"]
        made = hub.ask(WHO, token=session["accessToken"]).data["company"]
        assert version == "|".join(
            [made["countryVersion"], made["currency"]["code"], made["timezone"],
             str(made["decimalPrecision"])]
        )


def test_a_page_gets_the_refresh_token_as_a_cookie(hub):
    answer = confirm(hub, asked(hub, new_address()), delivery="COOKIE")
    assert answer.data["confirmSignUp"]["session"]["refreshToken"] is None
    assert "HttpOnly" in answer.headers["set-cookie"]


def test_a_link_is_good_once_and_for_a_day(hub):
    email = new_address()
    link = asked(hub, email)
    hours = hub.sql(
        f"""select extract(epoch from expires_at - created_at) / 3600 from one_time_link
        where id = '{link_of(link)}'"""
    )
    assert float(hours) == 24
    assert codes(confirm(hub, link)) == []
    late = asked(hub, new_address())
    expire(hub, late)
    before = house(hub)
    assert codes(confirm(hub, link)) == REFUSED
    assert codes(confirm(hub, late)) == REFUSED
    assert house(hub) == before


def test_signing_up_again_sends_another_link_and_voids_the_one_before(hub):
    email = new_address()
    first, second = asked(hub, email), asked(hub, email.upper())
    assert codes(confirm(hub, first)) == REFUSED
    assert codes(confirm(hub, second)) == []


def test_what_is_no_link_of_a_sign_up_is_refused_and_changes_nothing(hub):
    link = link_of(asked(hub, new_address()))
    others = [token(hub, link, it) for it in ("reset_password", "change_email", "undo_email", "")]
    before = house(hub)
    for text in not_tokens(hub, "sign_up", others):
        assert codes(confirm(hub, text)) == REFUSED, text
    assert house(hub) == before


@pytest.mark.parametrize(
    "given, refusals",
    [
        ({"firstName": " "}, [("REQUIRED", ["firstName"])]),
        ({"lastName": "x" * 81}, [("TOO_LONG", ["lastName"])]),
        ({"companyName": ""}, [("REQUIRED", ["companyName"])]),
        ({"countryVersion": "XX"}, [("NOT_OFFERED", ["countryVersion"])]),
        ({"countryVersion": "INTL"}, [("REQUIRED", ["country"])]),
        ({"country": "Colombia"}, [("INVALID_FORMAT", ["country"])]),
        ({"language": "fr"}, [("NOT_OFFERED", ["language"])]),
        ({"password": "short"}, [("TOO_SHORT", ["password"])]),
        ({"password": "Password1"}, [("PASSWORD_TOO_COMMON", ["password"])]),
        ({"firstName": "a\nb", "companyName": " ", "password": "x" * 129},
         [("INVALID_CHARACTERS", ["firstName"]), ("REQUIRED", ["companyName"]),
          ("TOO_LONG", ["password"])]),
    ],
)
def test_what_is_refused_makes_nothing_and_leaves_the_link_good(hub, given, refusals):
    link = asked(hub, new_address())
    before = house(hub)
    assert codes(confirm(hub, link, **given)) == refusals
    assert house(hub) == before
    assert codes(confirm(hub, link)) == []


def test_the_password_may_not_be_the_address(hub):
    email = new_address()
    link = asked(hub, email)
    for password in (email.upper(), email.split("@")[0]):
        assert codes(confirm(hub, link, password=password)) == [
            ("PASSWORD_IS_EMAIL", ["password"])
        ]


# One address, one person --------------------------------------------------------------------------


def test_two_sign_ups_at_once_leave_one_link(hub):
    email = new_address()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda it: sign_up(hub, it), [email, email.upper()] * 2))
    assert {answer.body for answer in answers} == {answers[0].body}
    open_links = hub.sql(
        f"""select count(*) from one_time_link where lower(address) = '{email}'
        and voided_at is null"""
    )
    assert open_links == "1" and kinds(hub, email) == ["sign_up"] * 4
    assert codes(confirm(hub, token(hub, open_link(hub, email), "sign_up"))) == []


def open_link(hub, email):
    return hub.sql(
        f"""select id from one_time_link where lower(address) = '{email}'
        and voided_at is null and used_at is null"""
    )


def another_link(hub, address):
    """A second open link for the same address, as two servers' races could leave it."""
    link = hub.sql(
        f"""insert into one_time_link (purpose, address, expires_at)
        values ('sign_up', '{address}', now() + interval '1 hour') returning id"""
    )
    return token(hub, link, "sign_up")


def test_of_confirmations_at_once_one_makes_a_person_and_the_others_nothing(hub):
    email = new_address()
    links = [asked(hub, email), *(another_link(hub, it) for it in (email.upper(), email))]
    companies = int(hub.sql("select count(*) from company"))
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda link: confirm(hub, link), links))
    assert sorted(codes(answer) for answer in answers) == [[], TAKEN, TAKEN]
    assert accounts(hub, email) == 1
    assert int(hub.sql("select count(*) from company")) == companies + 1


def test_one_link_used_twice_at_once_makes_one_person(hub):
    email = new_address()
    link = asked(hub, email)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda _: confirm(hub, link), range(3)))
    assert sorted(codes(answer) for answer in answers) == [[], REFUSED, REFUSED]
    assert accounts(hub, email) == 1


def test_an_address_taken_meanwhile_fails_cleanly(hub):
    email, other = new_address(), hub.person()
    link = asked(hub, email)
    hub.sql(f"update account set email = '{email.upper()}' where id = '{other.account}'")
    before = house(hub)
    assert codes(confirm(hub, link)) == TAKEN
    assert house(hub) == before


def test_whoever_signed_somebody_else_up_has_set_nothing_for_them(hub):
    """A stranger can ask, but every fact and the password come from who holds the mail."""
    email = new_address()
    sign_up(hub, email)
    stored = hub.sql(f"select facts from one_time_link where address = '{email}'")
    assert stored == "{}"
    mail = mails(hub, email)[-1]
    assert (mail["name"], mail["facts"], mail["account_id"]) == ("", {}, None)


# What a stranger learns ---------------------------------------------------------------------------


def test_a_known_address_is_answered_alike_and_its_owner_is_told(hub):
    person, email = hub.person(), new_address()
    before = hub.sql(f"select to_jsonb(a) from account a where id = '{person.account}'")
    known, new = sign_up(hub, person.email.upper()), sign_up(hub, email)
    ours = {"x-request-id", "date"}
    fields = [
        {name.lower(): value for name, value in answer.headers.items() if name.lower() not in ours}
        for answer in (known, new)
    ]
    assert (known.status, known.body, fields[0]) == (new.status, new.body, fields[1])
    assert kinds(hub, person.email) == ["sign_up_known"] and kinds(hub, email) == ["sign_up"]
    assert mails(hub, person.email)[0]["link_id"] is None
    assert hub.sql(f"select to_jsonb(a) from account a where id = '{person.account}'") == before


def test_the_database_does_the_same_work_for_both(hub):
    call = "sign_up(address, 'es', 3600, 5, 900)"
    ratio = work_ratio(hub, call, "known-#@time.example", "unknown-#@time.example")
    assert 3 / 4 < ratio < 4 / 3, ratio


def test_a_known_and_a_new_address_take_the_same_time(hub):
    def pair():
        known, new = hub.person().email, new_address()
        return lambda: sign_up(hub, known), lambda: sign_up(hub, new)

    assert take_the_same_time(hub, pair)


@pytest.mark.parametrize(
    "given, refusals",
    [
        ({"email": ""}, [("REQUIRED", ["email"])]),
        ({"email": "a@b"}, [("INVALID_FORMAT", ["email"])]),
        ({"email": "a@b.example", "language": "fr"}, [("NOT_OFFERED", ["language"])]),
        ({"email": "a b", "language": "fr"},
         [("INVALID_FORMAT", ["email"]), ("NOT_OFFERED", ["language"])]),
    ],
)
def test_what_was_typed_wrongly_is_told(hub, given, refusals):
    before = house(hub)
    answer = hub.ask(SIGN_UP, {"input": given})
    assert codes(answer) == refusals and answer.data["signUp"]["checkYourMail"] is False
    assert house(hub) == before


@pytest.mark.parametrize(
    "browser, language, expected",
    [("pt-BR", None, "pt"), ("fr", None, "es"), ("pt-BR", "en", "en"), ("en", None, "en")],
)
def test_the_mail_speaks_the_language_that_was_asked_for(hub, browser, language, expected):
    email = new_address()
    members = {} if language is None else {"language": language}
    sign_up(hub, email, {"Accept_Language": browser}, **members)
    assert [mail["language"] for mail in mails(hub, email)] == [expected]
    link = mailed_token(hub, email, "sign_up")
    assert codes(confirm(hub, link, {"Accept_Language": browser}, **members)) == []
    assert hub.sql(f"select language from account where email = '{email}'") == expected


def test_a_mailbox_is_not_filled_and_the_last_link_stays_good(hub):
    email, person = new_address(), hub.person()
    for _ in range(8):
        for it in (email, person.email):
            assert sign_up(hub, it).data["signUp"]["checkYourMail"] is True
    assert kinds(hub, email) == ["sign_up"] * 5
    assert kinds(hub, person.email) == ["sign_up_known"] * 5
    assert codes(confirm(hub, token(hub, open_link(hub, email), "sign_up"))) == []
    forget_link_requests(hub, person.email)
    sign_up(hub, person.email)
    assert kinds(hub, person.email) == ["sign_up_known"] * 6


def test_a_document_signs_up_once(hub):
    field = '%s: signUp(input: {email: "a@test.example"}) { checkYourMail }'
    in_ = 'signIn(input: {email: "a@test.example", password: "x"}) { userErrors { code } }'
    for fields in [(field % "a", field % "b"), (field % "a", in_)]:
        answer = hub.ask("mutation { " + " ".join(fields) + " }", accept=RESPONSE_JSON)
        assert answer.status == 400 and answer.codes == ["GRAPHQL_VALIDATION_FAILED"]


def test_nothing_secret_is_logged(hub):
    email, length = new_address(), hub.log_length()
    link = asked(hub, email)
    confirm(hub, link, password="marked1")
    session = confirm(hub, link, password="a marked secret").data["confirmSignUp"]["session"]
    text = hub.log_since(length)[1]
    secrets = ["marked", link, email, session["accessToken"], session["refreshToken"]]
    assert [it for it in secrets if it in text] == []


# Addresses in other spellings ---------------------------------------------------------------------


def test_one_address_is_one_whatever_its_case_and_script(hub):
    """The domain is kept as punycode, the part before it as it was typed, and all spellings of it
    are the same person's: at the sign-in, at a reset and at another sign-up."""
    name = f"Nora-{uuid.uuid4()}"
    stored = f"{name}@xn--espaa-rta.example"
    spellings = [
        f"{name.upper()}@ESPA\u00d1A.EXAMPLE", f"  {name.lower()}@XN--ESPAA-RTA.example ", stored,
        f"{name}@espa\u00f1a.example", f"{name}@espan\u0303a.example",
    ]
    # The last one is the one that is confirmed.
    for spelling in spellings:
        link = asked_as(hub, spelling, stored)
    assert codes(confirm(hub, link)) == []
    kept = hub.sql(f"select email, email_key from account where email_key = '{stored.lower()}'")
    assert kept == f"{stored}|{stored.lower()}"
    for spelling in spellings:
        assert sign_in(hub, spelling, PASSWORD).data["signIn"]["session"], spelling
        forget_link_requests(hub, stored)
        before = len(kinds(hub, stored))
        assert codes(sign_up(hub, spelling)) == []
        hub.ask(
            "mutation ($e: String!) { requestPasswordReset(input: {email: $e}) { checkYourMail } }",
            {"e": spelling},
        )
        assert kinds(hub, stored)[before:] == ["sign_up_known", "reset_password"]
    assert accounts(hub, stored) == 1


def asked_as(hub, spelling, stored):
    assert codes(sign_up(hub, spelling)) == []
    forget_link_requests(hub, stored)
    [link, *_] = reversed([it for it in mails(hub, stored) if it["kind"] == "sign_up"])
    return token(hub, link["link_id"], "sign_up")


def test_two_spellings_of_an_address_at_once_make_one_person(hub):
    name = uuid.uuid4()
    spellings = [f"{name}@espa\u00f1a.example", f"{str(name).upper()}@xn--espaa-rta.example"]
    links = []
    for spelling in spellings:
        # As two servers would make them before either sees the other's.
        links.append(asked_as(hub, spelling, f"{name}@xn--espaa-rta.example"))
        hub.sql(f"update one_time_link set voided_at = null where id = '{link_of(links[0])}'")
    with concurrent.futures.ThreadPoolExecutor() as pool:
        ends = list(pool.map(lambda link: codes(confirm(hub, link)), links))
    assert sorted(ends) == [[], TAKEN]
    assert accounts(hub, f"{name}@xn--espaa-rta.example") == 1
