"""changePassword, revokeSession and revokeOtherSessions: what is asked for, what ends, and what a
refusal leaves as it was."""

import concurrent.futures

import pytest

from hub import PASSWORD
from session_documents import sign_in
from test_second_factor import enrolled

CHANGE = """
mutation ($input: ChangePasswordInput!) {
  changePassword(input: $input) {
    security { hasPassword passwordChangedAt sessions { isCurrent } }
    userErrors { code message field }
  }
}
"""
REVOKE = """
mutation ($id: ID!) {
  revokeSession(input: {sessionId: $id}) { security { sessions { id } } userErrors { code field } }
}
"""
REVOKE_OTHERS = """
mutation { revokeOtherSessions(input: {}) { security { sessions { isCurrent } } userErrors { code } } }
"""
ME = "{ profile { id } security { sessions { id isCurrent } } }"
NEW = "una frase que nadie adivina"


def change(hub, person, current=PASSWORD, new=NEW):
    return hub.ask(CHANGE, {"input": {"currentPassword": current, "newPassword": new}}, person.token)


def another_session(hub, person):
    """Signs the person in once more: the access and the refresh token."""
    answer = sign_in(hub, person.email).data["signIn"]
    assert answer["userErrors"] == []
    return answer["session"]["accessToken"], answer["session"]["refreshToken"]


def refusals(answer, mutation="changePassword"):
    return [(error["code"], error["field"]) for error in answer.data[mutation]["userErrors"]]


def test_the_new_password_signs_in_and_the_old_one_does_not(hub):
    person = hub.person()
    answer = change(hub, person)
    assert refusals(answer) == []
    assert answer.data["changePassword"]["security"]["passwordChangedAt"]
    assert sign_in(hub, person.email, NEW).data["signIn"]["session"]
    refused = sign_in(hub, person.email, PASSWORD).data["signIn"]
    assert [error["code"] for error in refused["userErrors"]] == ["INVALID_CREDENTIALS"]


def test_every_other_session_ends_with_its_tokens_and_the_current_one_stays(hub):
    person, bystander = hub.person(), hub.person()
    access, refresh_token = another_session(hub, person)
    assert hub.ask(ME, token=access).status == 200
    answer = change(hub, person)
    assert answer.data["changePassword"]["security"]["sessions"] == [{"isCurrent": True}]
    assert hub.ask(ME, token=access).status == 401
    document = """mutation($t: String!) { refreshSession(input: {refreshToken: $t}) {
      session { accessToken } userErrors { code } } }"""
    refreshed = hub.ask(document, {"t": refresh_token}).data["refreshSession"]
    assert refreshed["session"] is None
    assert refreshed["userErrors"] == [{"code": "SESSION_ENDED"}]
    assert hub.ask(ME, token=person.token).status == 200
    assert hub.ask(ME, token=bystander.token).status == 200


@pytest.mark.parametrize(
    "current, new, refusal",
    [
        ("wrong password", NEW, ("WRONG_PASSWORD", ["currentPassword"])),
        ("", NEW, ("WRONG_PASSWORD", ["currentPassword"])),
        ("x" * 5000, NEW, ("WRONG_PASSWORD", ["currentPassword"])),
        (PASSWORD, PASSWORD, ("SAME_PASSWORD", ["newPassword"])),
        (PASSWORD, "ñandúes", ("TOO_SHORT", ["newPassword"])),
        (PASSWORD, "x" * 129, ("TOO_LONG", ["newPassword"])),
        (PASSWORD, "Password1", ("PASSWORD_TOO_COMMON", ["newPassword"])),
        (PASSWORD, "EMAIL", ("PASSWORD_IS_EMAIL", ["newPassword"])),
    ],
)
def test_a_refusal_changes_nothing_and_ends_nothing(hub, current, new, refusal):
    person = hub.person()
    access, _ = another_session(hub, person)
    new = person.email.upper() if new == "EMAIL" else new
    before = hub.sql(f"select to_jsonb(a) from account a where id = '{person.account}'")
    assert refusals(change(hub, person, current, new)) == [refusal]
    assert hub.sql(f"select to_jsonb(a) from account a where id = '{person.account}'") == before
    assert hub.ask(ME, token=access).status == 200


@pytest.mark.parametrize("new", ["ñ" * 8, "  con espacios  ", "contraseña con 👩‍👩‍👧‍👦"])
def test_characters_count_and_spaces_are_kept(hub, new):
    person = hub.person()
    assert refusals(change(hub, person, new=new)) == []
    assert sign_in(hub, person.email, new).data["signIn"]["session"]
    for other in {new.strip() + "x", new.strip(), new + " "} - {new}:
        assert sign_in(hub, person.email, other).data["signIn"]["session"] is None


def test_128_characters_are_as_many_as_are_taken(hub):
    person = hub.person()
    assert refusals(change(hub, person, new="👩\u200d🚀" * 128)) == []
    assert sign_in(hub, person.email, "👩\u200d🚀" * 128).data["signIn"]["session"]


def test_the_address_is_no_password_however_it_is_spelled(hub):
    person = hub.person()
    hub.sql(f"update account set email = 'Ana.{person.account}@xn--espaa-rta.example'"
            f" where id = '{person.account}'")
    for host in ("xn--espaa-rta", "espa\u00f1a", "ESPAN\u0303A"):
        new = f"ana.{person.account}@{host}.example"
        assert refusals(change(hub, person, new=new)) == [("PASSWORD_IS_EMAIL", ["newPassword"])]


def test_a_password_in_other_code_points_is_the_same_one(hub):
    person = hub.person()
    assert refusals(change(hub, person, new="contrase\u00f1a larga")) == []
    assert sign_in(hub, person.email, "contrasen\u0303a larga").data["signIn"]["session"]


def test_guesses_at_the_current_password_are_counted_and_a_change_forgets_them(hub):
    person = hub.person()
    for _ in range(9):
        assert refusals(change(hub, person, "wrong password"))[0][0] == "WRONG_PASSWORD"
    assert refusals(change(hub, person)) == []
    for _ in range(10):
        assert refusals(change(hub, person, "wrong password", "otra frase larga"))[0][0] == (
            "WRONG_PASSWORD"
        )
    limited = change(hub, person, NEW, "otra frase larga")
    assert limited.status == 429 and limited.codes == ["RATE_LIMITED"]
    assert int(limited.headers["Retry-After"]) > 0


def test_of_two_changes_at_once_one_wins_and_the_other_is_a_wrong_password(hub):
    person = hub.person()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda new: change(hub, person, new=new), ["una frase uno", "una frase dos"]))
    assert sorted(refusals(answer) for answer in answers) == [
        [], [("WRONG_PASSWORD", ["currentPassword"])],
    ]


def test_the_password_alone_changes_none_where_there_is_a_second_factor(hub):
    person, _, _ = enrolled(hub)
    proved = f"""update session set authenticated_at = now() - interval '%s'
        where id = '{person.session}'"""
    stored = f"select password_hash from account where id = '{person.account}'"
    hub.sql(proved % "10 minutes 1 second")
    before = hub.sql(stored)
    lacks = [("REAUTHENTICATION_REQUIRED", [])]
    assert refusals(change(hub, person)) == lacks
    # Neither does a wrong one tell whether it was right.
    assert refusals(change(hub, person, "wrong password")) == lacks
    assert hub.sql(stored) == before and hub.mails(person.email, "password_changed") == []
    # Nor does the database take the word of who asked it.
    call = f"""select outcome from change_password('{person.session}', '{person.account}',
        (select password_hash from account where id = '{person.account}'), 'another')"""
    assert hub.sql(call) == "not_fresh" and hub.sql(stored) == before
    hub.sql(proved % "9 minutes")
    assert refusals(change(hub, person)) == []
    assert hub.sql(stored) != before


def test_who_has_no_password_gives_the_first_one_with_a_fresh_proof(hub):
    person = hub.person()
    hub.sql(f"""update account set password_hash = null where id = '{person.account}';
        update session set authenticated_at = now() - interval '601 seconds'
        where id = '{person.session}'""")
    assert refusals(change(hub, person)) == [("REAUTHENTICATION_REQUIRED", [])]
    hub.sql(f"update session set authenticated_at = now() where id = '{person.session}'")
    assert refusals(change(hub, person)) == []
    assert sign_in(hub, person.email, NEW).data["signIn"]["session"]


def test_nothing_of_a_password_is_logged(hub):
    person = hub.person()
    length = hub.log_length()
    change(hub, person, "a marked wrong secret", "another marked secret")
    change(hub, person, new="a third marked secret")
    assert "marked" not in hub.log_since(length)[1]


def test_a_session_is_ended_at_once(hub):
    person = hub.person()
    access, _ = another_session(hub, person)
    sessions = hub.ask(ME, token=access).data["security"]["sessions"]
    mine = next(session["id"] for session in sessions if session["isCurrent"])
    answer = hub.ask(REVOKE, {"id": mine}, person.token)
    assert refusals(answer, "revokeSession") == []
    assert answer.data["revokeSession"]["security"]["sessions"] == [{"id": person.session}]
    assert hub.ask(ME, token=access).status == 401
    again = hub.ask(REVOKE, {"id": mine}, person.token)
    assert refusals(again, "revokeSession") == [("SESSION_NOT_FOUND", ["sessionId"])]


def test_a_foreign_session_is_one_that_never_was_and_the_current_one_is_left(hub):
    person, other = hub.person(), hub.person()
    for id in (other.session, "00000000-0000-4000-8000-00000000dead", "no uuid", ""):
        answer = hub.ask(REVOKE, {"id": id}, person.token)
        assert refusals(answer, "revokeSession") == [("SESSION_NOT_FOUND", ["sessionId"])]
    assert hub.ask(ME, token=other.token).status == 200
    own = hub.ask(REVOKE, {"id": person.session.upper()}, person.token)
    assert refusals(own, "revokeSession") == [("CURRENT_SESSION", ["sessionId"])]


def test_all_other_sessions_end_and_nobody_elses(hub):
    person, other = hub.person(), hub.person()
    tokens = [another_session(hub, person)[0] for _ in range(2)]
    answer = hub.ask(REVOKE_OTHERS, token=person.token)
    assert answer.data["revokeOtherSessions"]["security"]["sessions"] == [{"isCurrent": True}]
    assert [hub.ask(ME, token=token).status for token in tokens] == [401, 401]
    assert hub.ask(ME, token=other.token).status == 200
    assert hub.ask(ME, token=person.token).status == 200


def test_refusals_speak_the_persons_language(hub):
    told = {
        language: change(hub, hub.person(language=language), "wrong password").data[
            "changePassword"]["userErrors"][0]["message"]
        for language in ("es", "en", "pt")
    }
    assert told["es"].startswith("La contraseña actual")
    assert told["en"].startswith("The current password")
    assert told["pt"].startswith("A senha atual")
