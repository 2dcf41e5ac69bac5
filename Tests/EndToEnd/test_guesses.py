"""How often secrets may be guessed: by one client, at one account, from everywhere; who is held up
by it and who is not; and what a flood of guesses costs the others."""

import concurrent.futures
import itertools
import json
import socket
import statistics
import threading
import time

import pytest

from hub import JSON, PASSWORD, RESPONSE_JSON, until
from session_documents import SIGN_IN, sign_in

CHANGE = """
mutation ($new: String!) {
  %s
  changePassword(input: {currentPassword: "wrong", newPassword: $new}) { userErrors { code } }
}
"""
NEW = "una frase que nadie adivina"
networks = (f"10.{number // 250}.{number % 250}.7" for number in itertools.count(1))


@pytest.fixture
def client():
    """A client in a network of its own, as the header in which the trusted proxy names it."""
    return {"X_Forwarded_For": next(networks)}


@pytest.fixture(scope="module")
def strict(serve):
    """A hub whose buckets are small."""
    return serve(
        TRUSTED_PROXIES="127.0.0.0/8", GUESSES_MAX="3", STRANGER_GUESSES_MAX="5",
        CLIENT_GUESSES_MAX="6", CLIENT_MAILS_MAX="4",
    )


def another():
    return {"X_Forwarded_For": next(networks)}


def outcome(answer):
    """What became of a sign-in: the code of its refusal, or `in`."""
    if answer.status == 429:
        assert int(answer.headers["retry-after"]) > 0
        return answer.codes[0]
    errors = answer.data["signIn"]["userErrors"]
    return errors[0]["code"] if errors else "in"


def guess(hub, email, client, password="wrong", **given):
    return outcome(sign_in(hub, email, password, headers=client, **given))


def drain(hub, email):
    """Strangers, each a new one, guess until there is nothing left for them."""
    told = [guess(hub, email, another()) for _ in range(6)]
    assert set(told) == {"INVALID_CREDENTIALS", "RATE_LIMITED"}
    assert guess(hub, email, another(), PASSWORD) == "RATE_LIMITED"


@pytest.mark.parametrize("accept", [JSON, RESPONSE_JSON])
def test_too_many_guesses_are_429_with_the_time_to_wait(hub, client, accept):
    person = hub.person()
    given = {"input": {"email": person.email, "password": "wrong"}}
    answers = [hub.ask(SIGN_IN, given, accept=accept, **client) for _ in range(11)]
    assert [answer.status for answer in answers] == [200] * 10 + [429]
    refused = answers[-1]
    assert refused.codes == ["RATE_LIMITED"] and "data" not in refused.json
    assert 0 < int(refused.headers["retry-after"]) <= 90
    told = refused.json["errors"][0]["extensions"]["retryAfter"]
    assert told == int(refused.headers["retry-after"])
    # Neither another person is held up by it, nor this one elsewhere.
    assert guess(hub, hub.person().email, client, PASSWORD) == "in"
    assert guess(hub, person.email, another(), PASSWORD) == "in"


def test_guesses_come_back_one_by_one_and_what_is_refused_costs_nothing(hub, client):
    person = hub.person()
    told = [guess(hub, person.email, client) for _ in range(10)]
    assert told == ["INVALID_CREDENTIALS"] * 10
    waits = [
        int(sign_in(hub, person.email, headers=client).headers["retry-after"]) for _ in range(5)
    ]
    assert waits == sorted(waits, reverse=True)
    hub.sql("update sign_in_guess set full_at = full_at - step where email_hash = "
            f"sha256('{person.email}')")
    assert guess(hub, person.email, client) == "INVALID_CREDENTIALS"
    assert guess(hub, person.email, client) == "RATE_LIMITED"


def test_the_database_counts_what_comes_at_once(hub, client):
    person = hub.person()
    with concurrent.futures.ThreadPoolExecutor(5) as pool:
        told = list(pool.map(lambda _: guess(hub, person.email, client), range(25)))
    assert sorted(told) == ["INVALID_CREDENTIALS"] * 10 + ["RATE_LIMITED"] * 15


def test_an_unknown_address_is_refused_alike(hub, client):
    answers = {}
    for email in (hub.person().email, "nobody-at-all@test.example"):
        for _ in range(10):
            sign_in(hub, email, "wrong", headers=client)
        answers[email] = sign_in(hub, email, "wrong", headers=client)
    known, unknown = answers.values()
    assert known.status == unknown.status == 429
    assert known.json["errors"][0]["message"] == unknown.json["errors"][0]["message"]


def test_strangers_empty_a_bucket_of_their_own_and_the_owner_is_let_in(hub, strict):
    home, person = another(), hub.person()
    body = sign_in(strict, person.email, headers=home).data["signIn"]["session"]
    cookie = sign_in(strict, person.email, headers=home, delivery="COOKIE")
    (device,) = [
        field.split(";")[0] for field in cookie.headers.get_all("set-cookie") if "-device=" in field
    ]
    assert cookie.data["signIn"]["session"]["deviceToken"] is None
    drain(strict, person.email)
    # Where the person was signed in lately, and on a device that was: whatever its network.
    assert guess(strict, person.email, home, PASSWORD) == "in"
    assert guess(strict, person.email, another() | {"Cookie": device}, PASSWORD) == "in"
    token = body["deviceToken"]
    assert guess(strict, person.email, another(), PASSWORD, deviceToken=token) == "in"
    # None of these has given the strangers more.
    assert guess(strict, person.email, another(), PASSWORD) == "RATE_LIMITED"
    # Yet a device is no way to guess on.
    told = [guess(strict, person.email, another(), deviceToken=token) for _ in range(4)]
    assert told == ["INVALID_CREDENTIALS"] * 3 + ["RATE_LIMITED"]


def test_a_device_is_known_to_its_own_account_alone(hub, strict):
    person, other = hub.person(), hub.person()
    token = sign_in(strict, other.email, headers=another()).data["signIn"]["session"]["deviceToken"]
    drain(strict, person.email)
    changed = token[:-1] + ("A" if token[-1] != "A" else "B")
    for presented in (token, changed, "dt_" + "A" * 86, "dt_", "", "x" * 5000):
        refused = guess(strict, person.email, another(), PASSWORD, deviceToken=presented)
        assert refused == "RATE_LIMITED"


def test_a_session_long_ago_makes_no_network_known(hub, strict):
    home, person = another(), hub.person()
    assert guess(strict, person.email, home, PASSWORD) == "in"
    hub.sql("update session set created_at = now() - interval '91 days' "
            f"where account_id = '{person.account}'")
    drain(strict, person.email)
    assert guess(strict, person.email, home, PASSWORD) == "RATE_LIMITED"


def test_one_client_may_not_try_many_people_and_what_is_right_does_not_count(hub, strict, client):
    person = hub.person()
    for _ in range(8):
        assert guess(strict, person.email, client, PASSWORD) == "in"
    told = [guess(strict, f"spray-{number}@test.example", client) for number in range(7)]
    assert told == ["INVALID_CREDENTIALS"] * 6 + ["RATE_LIMITED"]
    assert guess(strict, "spray-7@test.example", another()) == "INVALID_CREDENTIALS"


@pytest.mark.parametrize(
    "trusted, lists, counted",
    [
        # A client's own word is not believed where nobody is trusted, or before the trusted one's.
        (None, ["10.250.{n}.1"], False),
        ("192.0.2.0/24", ["10.250.{n}.1"], False),
        ("127.0.0.0/8", ["10.250.{n}.1, 10.251.0.1"], False),
        ("127.0.0.0/8", ["10.250.{n}.1", "10.251.0.1"], False),
        ("127.0.0.0/8", ["10.250.{n}.1, junk"], False),
        ("127.0.0.0/8", ["10.251.0.{n}"], False),
        ("127.0.0.0/8", ["2001:db8:1:{n}::1"], False),
        ("127.0.0.0/8,10.251.0.0/16", ["10.250.{n}.1,10.251.0.1"], True),
        ("127.0.0.0/8", ["10.250.{n}.1:4711"], True),
        ("127.0.0.0/8", ["[2001:db8:{n}::1]:4711"], True),
    ],
)
def test_a_client_is_whom_the_trusted_proxies_name(hub, serve, trusted, lists, counted):
    """Whether each of four guesses counts as another client's."""
    settings = {} if trusted is None else {"TRUSTED_PROXIES": trusted}
    served = serve(GUESSES_MAX="3", **settings)
    person = hub.person()
    told = []
    for number in range(4):
        connection = served.connect()
        connection.putrequest("POST", "/graphql")
        body = json.dumps(
            {"query": SIGN_IN, "variables": {"input": {"email": person.email, "password": "x"}}}
        ).encode()
        connection.putheader("Content-Type", JSON)
        connection.putheader("Content-Length", str(len(body)))
        for value in lists:
            connection.putheader("X-Forwarded-For", value.format(n=number + 1))
        connection.endheaders(body)
        told.append(connection.getresponse().status)
        connection.close()
    assert told == [200] * 3 + [200 if counted else 429]


def test_where_nothing_was_done_before_the_whole_request_is_refused(hub, client):
    person = hub.person()
    change = CHANGE % "a: updateProfile(input: {revision: 1, firstName: \"Uno\"}) { userErrors { code } }"
    alone = CHANGE % ""
    for _ in range(10):
        assert hub.ask(alone, {"new": NEW}, person.token, **client).status == 200
    for accept in (JSON, RESPONSE_JSON):
        refused = hub.ask(alone, {"new": NEW}, person.token, accept, **client)
        assert refused.status == 429 and refused.codes == ["RATE_LIMITED"]
        # What was done stays told, and the field alone is refused.
        partly = hub.ask(change, {"new": NEW}, person.token, accept, **client)
        assert partly.status == 200 and partly.codes == ["RATE_LIMITED"]
        assert partly.json["data"]["a"] is not None and partly.json["data"]["changePassword"] is None
        assert int(partly.headers["retry-after"]) > 0
    behind = alone.replace("  changePassword", "  a: changePassword", 1).replace(
        "\n}", '\n  b: updateProfile(input: {revision: 1, firstName: "Dos"}) { userErrors { code } }\n}')
    assert hub.ask(behind, {"new": NEW}, person.token, **client).status == 429
    assert hub.sql(f"select first_name from account where id = '{person.account}'") == "Uno"


def test_full_buckets_are_taken_out_by_whoever_comes_by(hub, client):
    hub.sql(
        """insert into sign_in_guess (email_hash, client, full_at, step)
        select sha256(n::text::bytea), 'no network', now() - interval '1 second', '1 second'
        from generate_series(1, 25) as n"""
    )
    # Other tests leave buckets too; each visit takes ten.
    for _ in range(int(hub.sql("select count(*) from sign_in_guess")) // 10 + 1):
        guess(hub, "sweep@test.example", client)
    left = hub.sql("select count(*) from sign_in_guess where client = 'no network'")
    assert left == "0"


# What a flood costs --------------------------------------------------------------------------------


def post(email, client):
    """The bytes of a sign-in."""
    body = json.dumps(
        {"query": SIGN_IN, "variables": {"input": {"email": email, "password": "wrong"}}}
    )
    return (
        f"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\n"
        f"X-Forwarded-For: {client['X_Forwarded_For']}\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def cost(hub, work):
    """The processor time of some work and of one sign-in after it, which waits its turn."""
    before = hub.processor_seconds()
    work()
    guess(hub, "after-all@test.example", another())
    return hub.processor_seconds() - before


def test_scrypt_is_not_done_for_clients_that_have_left(hub):
    def leave(count):
        connections = []
        for number in range(count):
            connection = socket.create_connection(("127.0.0.1", hub.port))
            connection.sendall(post(f"leaving-{number}@test.example", another()))
            connections.append(connection)
        # All have been counted: what is left of them is scrypt.
        counted = "select count(*) from sign_in_guess where email_hash in (select sha256(convert_to("
        counted += "'leaving-' || n || '@test.example', 'UTF8')) from generate_series(0, 99) as n)"
        until(lambda: int(hub.sql(counted)) >= 2 * count, "every guess is counted")
        for connection in connections:
            connection.close()

    one = cost(hub, lambda: None)
    # One or two were at work already and are finished; the rest is never begun.
    assert cost(hub, lambda: leave(16)) < 6 * one
    hub.sql("delete from sign_in_guess")


def test_one_client_takes_a_share_of_the_queue_and_no_more(hub, client):
    with concurrent.futures.ThreadPoolExecutor(24) as pool:
        taken = [
            pool.submit(sign_in, hub, f"share-{number}@test.example", "wrong", headers=client)
            for number in range(24)
        ]
        other = sign_in(hub, hub.person().email, headers=another())
        answers = [done.result() for done in taken]
    assert other.data["signIn"]["session"]
    refused = [answer for answer in answers if answer.status == 503]
    assert 1 <= len(refused) <= 24 - 9
    assert all(answer.codes == ["OVERLOADED"] for answer in refused)
    assert all(int(answer.headers["retry-after"]) == 1 for answer in refused)
    assert all(answer.status in (200, 503) for answer in answers)


RENAME = "mutation { updateProfile(input: {revision: 1, firstName: \"%s\"}) { userErrors { code } } }"


class Flood:
    """Many clients, each in a network of its own, that guess as fast as they are answered."""

    def __init__(self, hub, clients=12):
        self.hub = hub
        self.clients = clients
        self.rises = threading.Event()
        self.ends = False
        self.answered = 0
        self.waiting = set()

    def flow(self, number):
        with socket.create_connection(("127.0.0.1", self.hub.port)) as connection:
            for turn in itertools.count():
                self.waiting.discard(number)
                self.rises.wait()
                if self.ends:
                    return
                self.waiting.add(number)
                connection.sendall(post(f"flood-{number}-{turn}@test.example", another()))
                assert connection.recv(65536).startswith(b"HTTP/1.1 200")
                self.answered += 1

    def rise(self):
        self.rises.set()
        until(lambda: len(self.waiting) > self.clients / 2, "the flood has risen")

    def ebb(self):
        self.rises.clear()
        until(lambda: not self.waiting, "the flood has ebbed")


def mutation_seconds(hub, person, rounds=20):
    """How long each of another person's mutations takes."""
    taken = []
    for number in range(rounds):
        before = time.perf_counter()
        assert hub.ask(RENAME % f"N{number}", token=person.token).status == 200
        taken.append(time.perf_counter() - before)
    return taken


def test_one_client_does_not_send_mails_to_strangers_by_the_thousand(hub, strict, client):
    """Sign-ups, resets and changes of address are counted together, whatever the address."""
    def ask(who, field, number):
        document = f'mutation {{ {field}(input: {{email: "mail-{number}@test.example"}}) ' \
            "{ checkYourMail } }"
        return strict.ask(document, **who)

    for number in range(4):
        assert ask(client, ("signUp", "requestPasswordReset")[number % 2], number).status == 200
    for field in ("signUp", "requestPasswordReset"):
        refused = ask(client, field, 5)
        assert (refused.status, refused.codes) == (429, ["RATE_LIMITED"])
        assert int(refused.headers["retry-after"]) > 0
    person = hub.person()
    document = 'mutation { changeEmail(input: {newEmail: "x@test.example"}) { userErrors { code } } }'
    assert strict.ask(document, token=person.token, **client).codes == ["RATE_LIMITED"]
    # Another client may, and what was refused has asked for no mail.
    assert ask(another(), "signUp", 6).status == 200
    assert hub.sql("select count(*) from mail where address = 'mail-5@test.example'") == "0"


def slowed_by_a_flood(hub):
    """How many times as long a mutation takes under a flood of sign-ins: measured in turns, so that
    whatever else the machine does falls upon both."""
    person, flood = hub.person(), Flood(hub)
    quiet, flooded = [], []
    mutation_seconds(hub, person)
    with concurrent.futures.ThreadPoolExecutor(flood.clients) as pool:
        running = [pool.submit(flood.flow, number) for number in range(flood.clients)]
        for _ in range(3):
            quiet += mutation_seconds(hub, person)
            flood.rise()
            flooded += mutation_seconds(hub, person)
            flood.ebb()
        flood.ends = True
        flood.rises.set()
        for done in running:
            done.result()
    before, during = statistics.median(quiet), statistics.median(flooded)
    print(f"quiet {before * 1000:.2f} ms, flooded {during * 1000:.2f} ms, {flood.answered} sign-ins")
    assert flood.answered >= 3 * flood.clients / 2
    return during / before


def test_a_flood_of_sign_ins_does_not_slow_other_mutations(hub):
    """What is there in each of three measurements is a difference; what is not, is the machine's."""
    assert any(slowed_by_a_flood(hub) < 3 for _ in range(3))
