"""The second factor: enrolled, confirmed, asked for at sign-in, given up, and lost."""

import base64
import concurrent.futures
import hashlib
import hmac
import re
import time
import urllib.parse

import pytest

from hub import until
from session_documents import sign_in

ENROL = """
mutation { enrolSecondFactor(input: {}) { enrolment { secret uri } userErrors { code field } } }
"""
CONFIRM = """
mutation ($code: String!) { confirmSecondFactor(input: {code: $code}) {
  recoveryCodes security { secondFactor { confirmedAt recoveryCodesLeft } } userErrors { code field }
} }
"""
DISABLE = """
mutation ($code: String!) { disableSecondFactor(input: {code: $code}) {
  security { secondFactor { recoveryCodesLeft } } userErrors { code field }
} }
"""
REGENERATE = """
mutation ($code: String!) { regenerateRecoveryCodes(input: {code: $code}) {
  recoveryCodes userErrors { code field }
} }
"""
COMPLETE = """
mutation ($input: CompleteSignInInput!) { completeSignIn(input: $input) {
  session { accessToken refreshToken deviceToken } companies { id } userErrors { code field }
} }
"""
LEFT = "{ security { secondFactor { recoveryCodesLeft } } }"


class Authenticator:
    """What a telephone does with the secret. Each code is of a step that was not used before."""

    def __init__(self, secret):
        self.secret = base64.b32decode(secret)

    def at(self, step):
        digest = hmac.digest(self.secret, step.to_bytes(8, "big"), "sha1")
        offset = digest[19] & 15
        number = int.from_bytes(digest[offset:offset + 4], "big") & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"

    def now(self, aside=0):
        return self.at(int(time.time()) // 30 + aside)


def one(answer, mutation):
    return answer.data[mutation]


def refusals(payload):
    return [(error["code"], error["field"]) for error in payload["userErrors"]]


def enrolled(hub, **given):
    """A person with a second factor: their authenticator and recovery codes."""
    person = hub.person(**given)
    enrolment = one(hub.ask(ENROL, token=person.token), "enrolSecondFactor")["enrolment"]
    authenticator = Authenticator(enrolment["secret"])
    done = one(
        hub.ask(CONFIRM, {"code": authenticator.now()}, person.token), "confirmSecondFactor")
    assert refusals(done) == [] and done["security"]["secondFactor"]["recoveryCodesLeft"] == 10
    forget(hub, person)
    return person, authenticator, done["recoveryCodes"]


def forget(hub, person):
    """Lets the codes used so far lie back, so that a test need not wait for the next step."""
    hub.sql(f"update second_factor set last_step = 0 where account_id = '{person.account}'")


def challenge(hub, person):
    answer = one(sign_in(hub, person.email), "signIn")
    assert answer["session"] is None and answer["userErrors"] == []
    assert answer["challenge"]["methods"] == ["TOTP", "RECOVERY_CODE"]
    return answer["challenge"]["token"]


def complete(hub, token, code, **given):
    answer = hub.ask(COMPLETE, {"input": {"challenge": token, "code": code} | given})
    return answer if answer.status == 429 else one(answer, "completeSignIn")


def mails(hub, person):
    listed = hub.sql(f"select kind from mail where account_id = '{person.account}' order by 1")
    return [kind for kind in listed.split() if kind.startswith("second_factor")]


def test_an_authenticator_is_enrolled_and_asked_for(hub):
    person = hub.person()
    enrolment = one(hub.ask(ENROL, token=person.token), "enrolSecondFactor")["enrolment"]
    address = urllib.parse.urlsplit(enrolment["uri"])
    fields = dict(urllib.parse.parse_qsl(address.query))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert urllib.parse.unquote(address.path) == f"/Mi Alegra:{person.email}"
    assert fields == {"secret": enrolment["secret"], "issuer": "Mi Alegra", "algorithm": "SHA1",
                      "digits": "6", "period": "30"}
    # Until it is confirmed it asks for nothing.
    assert one(sign_in(hub, person.email), "signIn")["session"]
    authenticator = Authenticator(enrolment["secret"])
    wrong = one(hub.ask(CONFIRM, {"code": authenticator.now(9)}, person.token), "confirmSecondFactor")
    assert refusals(wrong) == [("WRONG_CODE", ["code"])]
    used = authenticator.now()
    done = one(hub.ask(CONFIRM, {"code": used}, person.token), "confirmSecondFactor")
    assert len(set(done["recoveryCodes"])) == 10
    assert all(re.fullmatch(r"([A-Z2-7]{4}-){3}[A-Z2-7]{4}", code) for code in done["recoveryCodes"])
    assert mails(hub, person) == ["second_factor_enabled"]
    token = challenge(hub, person)
    # The code that confirmed it was used: none is taken twice.
    assert refusals(complete(hub, token, used)) == [("WRONG_CODE", ["code"])]
    opened = complete(hub, token, authenticator.now(1))
    assert opened["userErrors"] == []
    assert hub.ask(LEFT, token=opened["session"]["accessToken"]).status == 200
    # A challenge is good once.
    forget(hub, person)
    again = complete(hub, token, authenticator.now())
    assert again["session"] is None and refusals(again) == [("CHALLENGE_ENDED", ["challenge"])]


def test_what_is_kept_is_sealed_and_opens_in_its_own_row_only(hub):
    person, authenticator, codes = enrolled(hub)
    other, another, _ = enrolled(hub)
    kept = hub.sql(
        "select encode(sealed_secret, 'hex') || (select string_agg(encode(hash, 'hex'), '') from "
        f"recovery_code where account_id = '{person.account}') from second_factor "
        f"where account_id = '{person.account}'"
    )
    assert authenticator.secret.hex() not in kept
    assert hashlib.sha256(codes[0].encode()).hexdigest() in kept
    hub.sql(
        "update second_factor set sealed_secret = (select sealed_secret from second_factor where "
        f"account_id = '{person.account}') where account_id = '{other.account}'"
    )
    token = challenge(hub, other)
    answer = hub.ask(COMPLETE, {"input": {"challenge": token, "code": authenticator.now()}})
    assert answer.codes == ["INTERNAL"] and answer.json["data"] == {"completeSignIn": None}
    # At home it opens.
    assert complete(hub, challenge(hub, person), authenticator.now())["session"]
    assert another is not authenticator


def test_a_recovery_code_is_good_once(hub):
    person, authenticator, codes = enrolled(hub)
    opened = complete(hub, challenge(hub, person), codes[3].lower())["session"]
    left = hub.ask(LEFT, token=opened["accessToken"]).data["security"]["secondFactor"]
    assert left == {"recoveryCodesLeft": 9}
    assert refusals(complete(hub, challenge(hub, person), codes[3])) == [("WRONG_CODE", ["code"])]
    assert complete(hub, challenge(hub, person), codes[4])["session"]


def test_a_code_that_opened_nothing_is_not_used_up(hub):
    person, authenticator, codes = enrolled(hub)
    other = hub.person().tenant
    hub.sql(
        f"""insert into membership (tenant_id, account_id, role)
        values ('{other}', '{person.account}', 'seller');
        update account set last_tenant_id = null where id = '{person.account}'"""
    )
    asked = complete(hub, challenge(hub, person), codes[0])
    assert refusals(asked) == [("COMPANY_CHOICE_REQUIRED", ["companyId"])]
    chosen = one(sign_in(hub, person.email, companyId=other), "signIn")["challenge"]["token"]
    opened = complete(hub, chosen, codes[0])["session"]
    left = hub.ask(LEFT, token=opened["accessToken"]).data["security"]["secondFactor"]
    assert left == {"recoveryCodesLeft": 9}


def test_of_two_at_once_with_one_code_one_gets_in(hub):
    person, authenticator, codes = enrolled(hub)
    for code in (authenticator.now(), codes[0]):
        tokens = [challenge(hub, person) for _ in range(2)]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            done = list(pool.map(lambda token: complete(hub, token, code), tokens))
        assert sorted(answer["session"] is not None for answer in done) == [False, True]


@pytest.mark.parametrize(
    "change",
    [
        "update sign_in_challenge set expires_at = now() where account_id = '{account}'",
        "update account set password_hash = password_hash || 'x' where id = '{account}'",
        "delete from second_factor where account_id = '{account}'",
    ],
)
def test_a_sign_in_does_not_outlive_what_it_was_begun_with(hub, change):
    person, authenticator, _ = enrolled(hub)
    token = challenge(hub, person)
    hub.sql(change.format(account=person.account))
    ended = complete(hub, token, authenticator.now())
    assert ended["session"] is None and refusals(ended) == [("CHALLENGE_ENDED", ["challenge"])]


@pytest.mark.parametrize("token", ["", "ct_", "ct_" + "A" * 43, "rt_" + "A" * 43, "x" * 5000])
def test_an_unknown_challenge_is_one_that_is_over(hub, token):
    assert refusals(complete(hub, token, "123456")) == [("CHALLENGE_ENDED", ["challenge"])]


def test_guesses_are_counted_by_challenge_and_by_account(hub):
    person, authenticator, _ = enrolled(hub)
    token = challenge(hub, person)
    for _ in range(5):
        assert refusals(complete(hub, token, "000000x")) == [("WRONG_CODE", ["code"])]
    ended = complete(hub, token, authenticator.now())
    assert refusals(ended) == [("CHALLENGE_ENDED", ["challenge"])]
    token = challenge(hub, person)
    for _ in range(5):
        assert refusals(complete(hub, token, "000000x")) == [("WRONG_CODE", ["code"])]
    limited = complete(hub, challenge(hub, person), authenticator.now())
    assert limited.codes == ["RATE_LIMITED"] and int(limited.headers["retry-after"]) > 0


@pytest.mark.parametrize("uses", ["authenticator", "recovery"])
def test_it_is_given_up_by_a_code_and_told(hub, uses):
    person, authenticator, codes = enrolled(hub)
    wrong = one(hub.ask(DISABLE, {"code": "000000x"}, person.token), "disableSecondFactor")
    assert refusals(wrong) == [("WRONG_CODE", ["code"])]
    code = authenticator.now() if uses == "authenticator" else codes[0]
    done = one(hub.ask(DISABLE, {"code": code}, person.token), "disableSecondFactor")
    assert refusals(done) == [] and done["security"]["secondFactor"] is None
    assert mails(hub, person) == ["second_factor_disabled", "second_factor_enabled"]
    assert one(sign_in(hub, person.email), "signIn")["session"]
    assert hub.sql(f"select count(*) from recovery_code where account_id = '{person.account}'") == "0"
    none = one(hub.ask(DISABLE, {"code": code}, person.token), "disableSecondFactor")
    assert refusals(none) == [("NO_SECOND_FACTOR", [])]


def test_new_recovery_codes_take_the_place_of_all(hub):
    person, authenticator, codes = enrolled(hub)
    done = one(
        hub.ask(REGENERATE, {"code": authenticator.now()}, person.token), "regenerateRecoveryCodes")
    assert refusals(done) == [] and not set(done["recoveryCodes"]) & set(codes)
    assert refusals(complete(hub, challenge(hub, person), codes[0])) == [("WRONG_CODE", ["code"])]
    assert complete(hub, challenge(hub, person), done["recoveryCodes"][0])["session"]


def test_what_changes_it_asks_for_a_fresh_proof(hub):
    person, authenticator, codes = enrolled(hub)
    plain = hub.person()
    for someone in (person, plain):
        hub.sql("update session set authenticated_at = now() - interval '11 minutes' "
                f"where id = '{someone.session}'")
    asked = [
        (ENROL, "enrolSecondFactor", plain), (DISABLE, "disableSecondFactor", person),
        (REGENERATE, "regenerateRecoveryCodes", person),
    ]
    for document, mutation, someone in asked:
        given = {} if document is ENROL else {"code": codes[0]}
        answer = one(hub.ask(document, given, someone.token), mutation)
        assert refusals(answer) == [("REAUTHENTICATION_REQUIRED", [])]
    assert len(mails(hub, person)) == 1


def test_there_is_one_at_most(hub):
    person, *_ = enrolled(hub)
    again = one(hub.ask(ENROL, token=person.token), "enrolSecondFactor")
    assert again["enrolment"] is None and refusals(again) == [("SECOND_FACTOR_ENROLLED", [])]


def test_a_server_without_keys_has_none_to_offer(hub, serve):
    settings = {"SEALING_KEYS_FILE": None}
    served = serve(**settings)
    until(lambda: served.request("GET", "/readyz").status == 200, "the hub is ready")
    refused = one(served.ask(ENROL, token=hub.person().token), "enrolSecondFactor")
    assert refusals(refused) == [("SECOND_FACTOR_UNAVAILABLE", [])]


def test_who_has_lost_both_waits_and_is_told(hub):
    person, authenticator, _ = enrolled(hub)
    begin = f"select begin_second_factor_recovery('{person.email.upper()}')"
    finish = f"select finish_second_factor_recovery('{person.email}')"
    assert hub.sql(begin).startswith("begun")
    assert hub.sql(begin).startswith("nobody") and hub.sql(finish).startswith("nothing")
    back = "update second_factor set recovery_asked_at = now() - interval '73 hours' where account_id = "
    # A sign-in with the factor puts an end to it.
    hub.sql(back + f"'{person.account}'")
    assert complete(hub, challenge(hub, person), authenticator.now())["session"]
    assert hub.sql(finish).startswith("nothing")
    assert hub.sql(begin).startswith("begun")
    hub.sql(back + f"'{person.account}'")
    assert hub.sql(finish).startswith("done")
    assert one(sign_in(hub, person.email), "signIn")["session"]
    assert mails(hub, person) == [
        "second_factor_disabled", "second_factor_enabled", "second_factor_recovery",
        "second_factor_recovery",
    ]


def test_nothing_of_it_is_logged(hub):
    length = hub.log_length()
    person, authenticator, codes = enrolled(hub)
    token = challenge(hub, person)
    opened = complete(hub, token, codes[0])["session"]
    text = hub.log_since(length)[1]
    secrets = [token, codes[0], codes[1], opened["refreshToken"], opened["deviceToken"]]
    assert [secret for secret in secrets if secret in text] == []
