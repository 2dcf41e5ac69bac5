"""refreshSession: tokens rotate, two tabs agree, and a token that comes back later ends it all."""

import concurrent.futures
import hashlib

import pytest

from session_documents import company_of, refresh

COOKIE = "mi-alegra-refresh"


def session(answer):
    payload = answer.data["refreshSession"]
    assert payload["userErrors"] == []
    return payload["session"]


def assert_ended(answer):
    payload = answer.data["refreshSession"]
    assert payload["session"] is None
    (error,) = payload["userErrors"]
    assert error["code"] == "SESSION_ENDED" and error["field"] == ["refreshToken"]


def backdate(hub, token):
    """Lets the use of a token lie eleven seconds back."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    hub.sql(
        f"""update refresh_token set used_at = used_at - interval '11 seconds'
        where hash = '\\x{digest}'"""
    )


def test_each_refresh_gives_the_next_token(hub):
    person = hub.person()
    tokens = [hub.refresh_token(person)]
    for _ in range(3):
        opened = session(refresh(hub, tokens[-1]))
        assert company_of(hub, opened["accessToken"]) == person.tenant
        tokens.append(opened["refreshToken"])
    assert len(set(tokens)) == 4


def test_the_same_token_within_ten_seconds_gives_the_same_successor(hub):
    token = hub.refresh_token(hub.person())
    with concurrent.futures.ThreadPoolExecutor(8) as tabs:
        answers = list(tabs.map(lambda _: refresh(hub, token), range(8)))
    assert len({session(answer)["refreshToken"] for answer in answers}) == 1
    assert session(refresh(hub, session(answers[0])["refreshToken"]))


def test_a_token_that_comes_back_later_ends_the_session_at_once(hub):
    person = hub.person()
    stolen = hub.refresh_token(person)
    good = session(refresh(hub, stolen))
    backdate(hub, stolen)
    assert_ended(refresh(hub, stolen))
    for token in [person.token, good["accessToken"]]:
        assert hub.ask("{ profile { id } }", token=token).status == 401
    assert_ended(refresh(hub, good["refreshToken"]))
    # Another session of the same person goes on.
    other = hub.sql(
        f"""insert into session (account_id, last_tenant_id, device, expires_at, idle_expires_at)
        values ('{person.account}', '{person.tenant}', 'x', now() + '1 h', now() + '1 h')
        returning id"""
    )
    token = hub.access_token(person.account, person.tenant, other)
    assert company_of(hub, token) == person.tenant


@pytest.mark.parametrize(
    "token",
    [
        "", "x", "rt_", "rt_" + "A" * 43, "rt_" + "A" * 42, "rt_" + "A" * 44, "rt_" + "é" * 43,
        "RT_" + "A" * 43, "A" * 46, "rt_" + "=" * 43, "x" * 100_000,
    ],
)
def test_an_unknown_or_malformed_token_is_refused(hub, token):
    assert_ended(refresh(hub, token))


@pytest.mark.parametrize(
    "change",
    [
        "update session set idle_expires_at = now() - interval '1 s' where id = '{session}'",
        "update session set expires_at = now() - interval '1 s', "
        "idle_expires_at = now() - interval '1 s' where id = '{session}'",
        "update session set revoked_at = now() where id = '{session}'",
        "delete from session where id = '{session}'",
    ],
)
def test_a_session_that_is_over_is_not_prolonged(hub, change):
    person = hub.person("seller")
    token = hub.refresh_token(person)
    hub.sql(change.format(session=person.session))
    assert_ended(refresh(hub, token))


def test_a_cookie_is_exchanged_for_a_cookie(hub):
    token = hub.refresh_token(hub.person())
    answer = refresh(hub, Cookie=f"theme=dark; {COOKIE}={token}; x=y")
    opened = session(answer)
    (cookie,) = answer.headers.get_all("set-cookie")
    successor = cookie.split(";")[0].removeprefix(COOKIE + "=")
    assert successor.startswith("rt_") and successor != token
    assert "; HttpOnly" in cookie and "; SameSite=Strict" in cookie
    assert opened["refreshToken"] is None and successor.encode() not in answer.body
    assert session(refresh(hub, Cookie=f"{COOKIE}={successor}"))["accessToken"]


@pytest.mark.parametrize("cookie", [None, f"{COOKIE}=x", f"{COOKIE}=rt_{'A' * 43}", "other=1"])
def test_a_cookie_that_is_no_good_is_taken_away(hub, cookie):
    answer = refresh(hub, **({} if cookie is None else {"Cookie": cookie}))
    assert_ended(answer)
    (cleared,) = answer.headers.get_all("set-cookie")
    assert cleared.startswith(f"{COOKIE}=;") and "; Max-Age=0" in cleared


def test_a_cookie_that_is_there_twice_is_not_believed(hub):
    token = hub.refresh_token(hub.person())
    assert_ended(refresh(hub, Cookie=f"{COOKIE}={token}; {COOKIE}={token}"))


def test_refreshing_moves_the_idle_end_but_never_past_the_absolute_one(hub):
    person = hub.person()
    session(refresh(hub, hub.refresh_token(person)))
    ends = hub.sql(f"select idle_expires_at = expires_at from session where id = '{person.session}'")
    assert ends == "t"
