"""requestPasswordReset and resetPassword: who gets a mail, what its link does, what ends, and what
a stranger learns."""

import concurrent.futures

import pytest

from hub import PASSWORD, RESPONSE_JSON
from mailed_links import (
    expire, forget_link_requests, house, kinds, link_of, mailed_token, mails, not_tokens, token,
    take_the_same_time, work_ratio,
)
from session_documents import sign_in
from test_second_factor import enrolled

REQUEST = """
mutation ($email: String!) {
  requestPasswordReset(input: {email: $email}) { checkYourMail userErrors { code field } }
}
"""
RESET = """
mutation ($token: String!, $password: String!) {
  resetPassword(input: {token: $token, newPassword: $password}) {
    email userErrors { code field message }
  }
}
"""
ME = "{ profile { id } }"
NEW = "una frase que nadie adivina"


def request(hub, email, **headers):
    return hub.ask(REQUEST, {"email": email}, **headers)


def requested(hub, person):
    """The token of a reset that the person has asked for."""
    assert request(hub, person.email).data["requestPasswordReset"]["checkYourMail"] is True
    return mailed_token(hub, person.email, "reset_password")


def reset(hub, token, password=NEW):
    return hub.ask(RESET, {"token": token, "password": password})


def codes(answer, mutation="resetPassword"):
    return [(error["code"], error["field"]) for error in answer.data[mutation]["userErrors"]]


def gets_in(hub, email, password):
    return sign_in(hub, email, password).data["signIn"]["session"] is not None


def test_the_new_password_signs_in_and_every_session_has_ended(hub):
    person, bystander = hub.person(), hub.person()
    opened = sign_in(hub, person.email).data["signIn"]["session"]
    answer = reset(hub, requested(hub, person))
    assert answer.data["resetPassword"] == {"email": person.email, "userErrors": []}
    tokens = [person.token, opened["accessToken"]]
    assert [hub.ask(ME, token=it).status for it in tokens] == [401, 401]
    assert hub.ask(ME, token=bystander.token).status == 200
    assert gets_in(hub, person.email, NEW) and not gets_in(hub, person.email, PASSWORD)
    assert kinds(hub, person.email) == ["reset_password", "password_changed"]


RESET_ON = """
mutation ($input: ResetPasswordInput!) {
  resetPassword(input: $input) { email deviceToken userErrors { code field } }
}
"""


@pytest.mark.parametrize("delivery", ["BODY", "COOKIE"])
def test_strangers_who_guess_on_do_not_keep_out_who_has_just_reset(hub, serve, delivery):
    strict = serve(
        TRUSTED_PROXIES="127.0.0.0/8", GUESSES_MAX="3", STRANGER_GUESSES_MAX="5",
        CLIENT_GUESSES_MAX="1000",
    )
    person = hub.person()
    given = {"token": requested(hub, person), "newPassword": NEW, "delivery": delivery}
    answer = strict.ask(RESET_ON, {"input": given}, X_Forwarded_For="203.0.113.9")
    told = answer.data["resetPassword"]
    assert told["email"] == person.email and told["userErrors"] == []
    device, headers = {}, {"X_Forwarded_For": "203.0.113.9"}
    if delivery == "BODY":
        device = {"deviceToken": told["deviceToken"]}
        assert answer.headers["set-cookie"] is None
    else:
        assert told["deviceToken"] is None
        [cookie] = answer.headers.get_all("set-cookie")
        assert "-device=" in cookie and "HttpOnly" in cookie
        headers["Cookie"] = cookie.split(";")[0]
    for network in range(8):
        sign_in(strict, person.email, "wrong", headers={"X_Forwarded_For": f"10.99.{network}.7"})
    stranger = {"X_Forwarded_For": "198.51.100.7"}
    assert sign_in(strict, person.email, NEW, headers=stranger).codes == ["RATE_LIMITED"]
    assert sign_in(strict, person.email, NEW, headers=headers, **device).data["signIn"]["session"]


def test_a_reset_that_was_refused_makes_no_device_known(hub):
    person = hub.person()
    link = requested(hub, person)
    for given in ({"token": link, "newPassword": "corta"}, {"token": "none", "newPassword": NEW}):
        for delivery in ("BODY", "COOKIE"):
            answer = hub.ask(RESET_ON, {"input": given | {"delivery": delivery}})
            assert answer.data["resetPassword"]["deviceToken"] is None
            assert answer.headers["set-cookie"] is None


def test_a_device_that_reset_the_password_still_lacks_the_second_factor(hub):
    person, authenticator, _ = enrolled(hub)
    given = {"token": requested(hub, person), "newPassword": NEW}
    device = hub.ask(RESET_ON, {"input": given}).data["resetPassword"]["deviceToken"]
    answer = sign_in(hub, person.email, NEW, deviceToken=device).data["signIn"]
    assert answer["session"] is None and answer["challenge"]["methods"]


def test_a_link_is_good_once(hub):
    person = hub.person()
    link = requested(hub, person)
    assert codes(reset(hub, link)) == []
    before = house(hub)
    assert codes(reset(hub, link, "otra frase que nadie adivina")) == [("LINK_INVALID", ["token"])]
    assert house(hub) == before


def test_of_two_uses_at_once_one_wins(hub):
    person = hub.person()
    link = requested(hub, person)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        passwords = ["una frase uno", "una frase dos"]
        answers = list(pool.map(lambda it: reset(hub, link, it), passwords))
    assert sorted(codes(answer) for answer in answers) == [[], [("LINK_INVALID", ["token"])]]
    assert kinds(hub, person.email) == ["reset_password", "password_changed"]


def test_a_later_request_voids_the_link_of_before(hub):
    person = hub.person()
    first, second = requested(hub, person), requested(hub, person)
    assert first != second
    assert codes(reset(hub, first)) == [("LINK_INVALID", ["token"])]
    assert codes(reset(hub, second)) == []


def test_a_link_is_good_for_an_hour(hub):
    person = hub.person()
    link = requested(hub, person)
    hours = hub.sql(
        f"""select extract(epoch from expires_at - created_at) / 3600 from one_time_link
        where id = '{link_of(link)}'"""
    )
    assert float(hours) == 1
    expire(hub, link)
    before = house(hub)
    assert codes(reset(hub, link)) == [("LINK_INVALID", ["token"])]
    assert house(hub) == before


def test_what_is_no_link_of_a_reset_is_refused_and_changes_nothing(hub):
    person = hub.person()
    link = link_of(requested(hub, person))
    others = [token(hub, link, it) for it in ("sign_up", "change_email", "undo_email", "")]
    before = house(hub)
    for text in not_tokens(hub, "reset_password", others):
        assert codes(reset(hub, text)) == [("LINK_INVALID", ["token"])], text
    assert house(hub) == before


def test_a_link_sets_its_own_persons_password_and_nobody_elses(hub):
    person, other = hub.person(), hub.person()
    link, others = requested(hub, person), requested(hub, other)
    assert codes(reset(hub, link)) == []
    assert gets_in(hub, other.email, PASSWORD) and not gets_in(hub, other.email, NEW)
    assert codes(reset(hub, others, "otra frase que nadie adivina")) == []


@pytest.mark.parametrize(
    "password, code",
    [("ñandúes", "TOO_SHORT"), ("x" * 129, "TOO_LONG"), ("", "TOO_SHORT"),
     ("Password1", "PASSWORD_TOO_COMMON"), ("EMAIL", "PASSWORD_IS_EMAIL")],
)
def test_a_password_that_is_refused_leaves_the_link_good(hub, password, code):
    person = hub.person()
    link = requested(hub, person)
    before = house(hub)
    given = person.email.upper() if password == "EMAIL" else password
    assert codes(reset(hub, link, given)) == [(code, ["newPassword"])]
    assert house(hub) == before
    assert codes(reset(hub, link, "ñ" * 8)) == []
    assert gets_in(hub, person.email, "n\u0303" * 8)


def test_a_person_without_a_password_gets_one(hub):
    person = hub.person()
    hub.sql(
        f"""update account set password_hash = null, password_changed_at = null
        where id = '{person.account}'"""
    )
    assert codes(reset(hub, requested(hub, person))) == []
    assert gets_in(hub, person.email, NEW)


def test_a_reset_forgets_the_guesses_that_shut_its_owner_out(hub):
    person = hub.person()
    hub.sql(
        f"""insert into sign_in_guess (email_hash, client, full_at, step)
        values (sha256('{person.email}'), '*', now() + interval '15 minutes', '1 minute')"""
    )
    assert sign_in(hub, person.email).codes == ["RATE_LIMITED"]
    assert codes(reset(hub, requested(hub, person))) == []
    assert gets_in(hub, person.email, NEW)


def test_what_somebody_else_began_ends_with_a_reset(hub):
    person = hub.person()
    new = f"new-{person.email}"
    document = """mutation ($email: String!) {
      changeEmail(input: {newEmail: $email}) { userErrors { code } } }"""
    assert codes(hub.ask(document, {"email": new}, person.token), "changeEmail") == []
    waiting = mailed_token(hub, new, "change_email")
    assert codes(reset(hub, requested(hub, person))) == []
    document = """mutation ($token: String!) {
      confirmEmail(input: {token: $token}) { userErrors { code field } } }"""
    answer = hub.ask(document, {"token": waiting})
    assert codes(answer, "confirmEmail") == [("LINK_INVALID", ["token"])]
    assert hub.sql(f"select pending_email from account where id = '{person.account}'") == ""


# What a stranger learns ---------------------------------------------------------------------------


def test_an_unknown_address_is_answered_alike_and_gets_no_mail(hub):
    person, unknown = hub.person(), "nobody-at-all@test.example"
    known, none = request(hub, person.email), request(hub, unknown)
    ours = {"x-request-id", "date"}
    fields = [
        {name.lower(): value for name, value in answer.headers.items() if name.lower() not in ours}
        for answer in (known, none)
    ]
    assert (known.status, known.body, fields[0]) == (none.status, none.body, fields[1])
    assert kinds(hub, person.email) == ["reset_password"] and kinds(hub, unknown) == []
    assert hub.sql(f"select count(*) from one_time_link where address = '{unknown}'") == "0"


def test_the_database_does_the_same_work_for_both(hub):
    call = "request_password_reset(address, 3600, 5, 900)"
    ratio = work_ratio(hub, call, "known-#@time.example", "unknown-#@time.example")
    assert 3 / 4 < ratio < 4 / 3, ratio


def test_a_known_and_an_unknown_address_take_the_same_time(hub):
    def pair():
        known = hub.person().email
        return lambda: request(hub, known), lambda: request(hub, f"nobody-{known}")

    assert take_the_same_time(hub, pair)


@pytest.mark.parametrize(
    "email, code", [("", "REQUIRED"), ("no address", "INVALID_FORMAT"), ("a@b", "INVALID_FORMAT"),
                    ("a@b.example\u0001x", "INVALID_CHARACTERS")]
)
def test_what_is_no_address_is_told_so(hub, email, code):
    answer = request(hub, email)
    assert codes(answer, "requestPasswordReset") == [(code, ["email"])]
    assert answer.data["requestPasswordReset"]["checkYourMail"] is False


def test_the_mail_goes_to_the_address_as_the_account_has_it_in_the_persons_language(hub):
    person = hub.person(country="AR")
    request(hub, person.email.upper())
    (mail,) = mails(hub, person.email)
    assert (mail["address"], mail["language"], mail["name"]) == (person.email, "es-AR", "Pru")
    assert mail["account_id"] == person.account and mail["purpose"] == "reset_password"


def test_a_mailbox_is_not_filled_and_the_last_link_stays_good(hub):
    person = hub.person()
    for _ in range(9):
        assert request(hub, person.email).data["requestPasswordReset"]["checkYourMail"] is True
    assert kinds(hub, person.email) == ["reset_password"] * 5
    last = mailed_token(hub, person.email, "reset_password")
    assert codes(reset(hub, last)) == []
    forget_link_requests(hub, person.email)
    request(hub, person.email)
    assert kinds(hub, person.email).count("reset_password") == 6


def test_a_document_asks_for_one_reset(hub):
    field = '%s: requestPasswordReset(input: {email: "a@test.example"}) { checkYourMail }'
    use = 'resetPassword(input: {token: "x", newPassword: "x"}) { email }'
    for fields in [(field % "a", field % "b"), (field % "a", use)]:
        answer = hub.ask("mutation { " + " ".join(fields) + " }", accept=RESPONSE_JSON)
        assert answer.status == 400 and answer.codes == ["GRAPHQL_VALIDATION_FAILED"]


def test_nothing_secret_is_logged(hub):
    person = hub.person()
    length = hub.log_length()
    link = requested(hub, person)
    reset(hub, link, "marked-1")
    reset(hub, link, "a marked secret")
    text = hub.log_since(length)[1]
    assert [it for it in ("marked", link, person.email) if it in text] == []
