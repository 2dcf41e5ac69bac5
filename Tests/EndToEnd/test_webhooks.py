"""Webhooks against programs on this machine: who is told what, signed by what, and when again."""

import base64
import itertools
import json
import signal

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from api_tokens import api_token, revoke
from hub import until
from webhook_documents import (
    TEST, REPLAY, Endpoint, change, codes, deliveries, rename,
)

QUICKLY = {
    "OUTBOUND_LOOPBACK": "true", "WEBHOOK_POLL_SECONDS": "0.05",
    "WEBHOOK_RETRY_SECONDS": "0.1,0.1,0.1",
}
NAMES = (f"Nombre {number}" for number in itertools.count(1))


@pytest.fixture
def telling(hub, mail_hub):
    """Starts servers on a database of the test's own that send again at once."""
    def start(**settings):
        return mail_hub(**QUICKLY | {"SEALING_KEYS_FILE": str(hub.data / "sealing-keys")} | settings)
    return start


@pytest.fixture
def endpoint():
    endpoints = []

    def make():
        endpoints.append(Endpoint())
        return endpoints[-1]

    yield make
    for made in endpoints:
        made.stop()


def webhook(hub, token, endpoint, **given):
    """A webhook's id and secret."""
    made = change(hub, token, "createWebhook", url=endpoint.url + "/hooks", **given)
    assert made["userErrors"] == [], made
    return made["id"], made["secret"]


def assert_signed(message, secret):
    fields, body = message
    Webhook(secret).verify(body, fields)


def pending(hub):
    return hub.sql("select count(*) from webhook_delivery where state = 'PENDING'")


def test_what_happens_is_told_signed_and_in_order(telling, endpoint):
    hub, program = telling(), endpoint()
    person = hub.person()
    identifier, secret = webhook(hub, person.token, program, name=" Mi ERP ")
    assert secret.startswith("whsec_") and len(base64.b64decode(secret[6:])) == 32
    wanted = list(itertools.islice(NAMES, 12))
    for name in wanted:
        rename(hub, person.token, name)
    until(lambda: program.names == wanted, "all is told")
    fields, body = program.messages[1]
    assert fields["content-type"] == "application/json"
    told = json.loads(body)
    event = hub.ask(
        "{ auditLog(types: [\"company.updated\"]) { events { cursor hash at } } }",
        token=person.token).data["auditLog"]["events"][-1]
    assert told == {
        "type": "company.updated", "timestamp": event["at"],
        "data": {
            "companyId": person.tenant, "cursor": event["cursor"], "subject": None, "origin": None,
            "actor": {"kind": "ACCOUNT", "id": person.account},
            "changes": [{"field": "tradeName", "before": None, "after": wanted[0]}],
        },
    }
    assert fields["webhook-id"] == "evt_" + event["hash"][:32]
    for message in program.messages:
        assert_signed(message, secret)
    other = "whsec_" + base64.b64encode(bytes(32)).decode()
    with pytest.raises(WebhookVerificationError):
        assert_signed(program.messages[0], other)
    # The first thing that happened is that there was a webhook.
    assert [message["type"] for message in program.told[:2]] == [
        "webhook.created", "company.updated"]
    assert {delivery["state"] for delivery in deliveries(hub, person.token, identifier)} == {
        "DELIVERED"}
    everything = hub.sql("select coalesce(string_agg(w::text, ''), '') from webhook w")
    assert secret[6:] not in everything and secret not in hub.log_file.read_text()


def test_only_what_was_asked_for_is_told(telling, endpoint):
    hub, program = telling(), endpoint()
    person = hub.person()
    webhook(
        hub, person.token, program, eventTypes=["profile.updated", "company.updated"],
        tellsChanges=False)
    rename(hub, person.token, next(NAMES))
    until(lambda: program.told, "it is told")
    assert [message["type"] for message in program.told] == ["company.updated"]
    assert "changes" not in program.told[0]["data"]


def test_a_failed_message_is_sent_again_under_its_id_and_those_behind_it_wait(telling, endpoint):
    hub, program = telling(), endpoint()
    person = hub.person()
    identifier, secret = webhook(hub, person.token, program, eventTypes=["company.updated"])
    answers = iter([(500, b""), (302, b"", ("Location", program.url)), (429, b"")])
    program.answer = lambda _: next(answers, (200, b""))
    first, second = next(NAMES), next(NAMES)
    rename(hub, person.token, first)
    rename(hub, person.token, second)
    until(lambda: program.names == [first] * 4 + [second], "both are told")
    assert len({fields["webhook-id"] for fields, _ in program.messages[:4]}) == 1
    for message in program.messages:
        assert_signed(message, secret)
    one, two = deliveries(hub, person.token, identifier)
    assert (one["attempts"], one["state"], one["responseStatus"]) == (4, "DELIVERED", 200)
    assert (two["attempts"], two["state"]) == (1, "DELIVERED")
    assert change(hub, person.token, "updateWebhook", id=identifier)["webhooks"][0][
        "failingSince"] is None


@pytest.mark.parametrize("answer, status, failure", [
    ((500, b""), 500, "STATUS_REFUSED"),
    ((301, b"", ("Location", "http://127.0.0.1:1/")), 301, "REDIRECTED"),
    ((200, b"x" * 300_000), None, "ANSWER_TOO_LARGE"),
    (None, None, "NO_CONNECTION"),
])
def test_what_is_never_taken_is_given_up(telling, endpoint, answer, status, failure):
    hub, program = telling(WEBHOOK_RETRY_SECONDS="0.05"), endpoint()
    person = hub.person()
    identifier, _ = webhook(hub, person.token, program, eventTypes=["company.updated"])
    if answer is None:
        program.stop()
    else:
        program.answer = answer
    rename(hub, person.token, next(NAMES))
    until(lambda: [d["state"] for d in deliveries(hub, person.token, identifier)] == ["FAILED"],
          "it is given up")
    (ended,) = deliveries(hub, person.token, identifier, state="FAILED")
    assert (ended["attempts"], ended["responseStatus"], ended["failure"]) == (2, status, failure)
    shown = change(hub, person.token, "updateWebhook", id=identifier)["webhooks"][0]
    assert shown["status"] == "ENABLED" and shown["failingSince"]


def test_410_disables_it_at_once_and_the_administrators_are_told(telling, endpoint):
    hub, program = telling(), endpoint()
    person = hub.person()
    seller = hub.person("seller", tenant=person.tenant)
    identifier, _ = webhook(hub, person.token, program, eventTypes=["company.updated"])
    program.answer = (410, b"")
    rename(hub, person.token, next(NAMES))
    rename(hub, person.token, next(NAMES))
    until(lambda: pending(hub) == "0" and len(program.requests) == 1, "it is told once")
    (shown,) = change(hub, person.token, "updateWebhook", id=identifier)["webhooks"]
    assert (shown["status"], shown["disabledFor"]) == ("DISABLED", "GONE")
    told = hub.sql("select account_id, kind, facts->>'is_gone' from mail where kind ~ 'webhook'")
    assert told == f"{person.account}|webhook_disabled|true" and seller.account not in told
    # Enabled again, it is told what happens from then on.
    program.reset()
    assert change(hub, person.token, "updateWebhook", id=identifier, enabled=True)[
        "webhooks"][0]["status"] == "ENABLED"
    name = next(NAMES)
    rename(hub, person.token, name)
    until(lambda: program.names == [name], "it is told")
    assert "webhook.disabled" in hub.sql(
        f"select string_agg(type, ' ') from event where tenant_id = '{person.tenant}'")


def test_one_that_takes_nothing_for_days_is_disabled(telling, endpoint):
    hub, program = telling(WEBHOOK_FAILING_SECONDS="3600"), endpoint()
    person = hub.person()
    identifier, _ = webhook(hub, person.token, program, eventTypes=["company.updated"])
    program.answer = (503, b"")
    rename(hub, person.token, next(NAMES))
    until(lambda: len(program.requests) >= 2, "it fails")
    hub.sql("update webhook set failing_since = now() - interval '61 minutes'")
    rename(hub, person.token, next(NAMES))
    until(lambda: pending(hub) == "0", "it is disabled")
    (shown,) = change(hub, person.token, "updateWebhook", id=identifier)["webhooks"]
    assert (shown["status"], shown["disabledFor"]) == ("DISABLED", "FAILING")
    assert hub.sql("select facts->>'is_gone' from mail where kind = 'webhook_disabled'") == "false"


def test_a_dead_one_holds_up_nobody(telling, endpoint):
    hub = telling()
    dead, alive = endpoint(), endpoint()
    dead.goes_on.clear()
    mine, others = hub.person(), hub.person()
    for _ in range(3):
        webhook(hub, mine.token, dead, eventTypes=["company.updated"])
    webhook(hub, mine.token, alive, eventTypes=["company.updated"])
    webhook(hub, others.token, alive, eventTypes=["company.updated"])
    rename(hub, mine.token, "mine")
    until(lambda: len(dead.requests) == 3, "the dead one is asked")
    rename(hub, others.token, "others")
    until(lambda: sorted(alive.names) == ["mine", "others"], "the others are told meanwhile")
    assert len(dead.requests) == 3
    dead.goes_on.set()
    until(lambda: pending(hub) == "0", "the slow one is told, too")


def test_several_at_once_go_to_one_that_wants_that(telling, endpoint):
    hub, program = telling(), endpoint()
    person = hub.person()
    webhook(hub, person.token, program, eventTypes=["company.updated"], concurrency=3)
    program.goes_on.clear()
    for _ in range(5):
        rename(hub, person.token, next(NAMES))
    until(lambda: len(program.requests) == 3, "three are under way")
    assert hub.sql("select count(*) from webhook_delivery where claimed_until > now()") == "3"
    program.goes_on.set()
    until(lambda: len(program.requests) == 5 and pending(hub) == "0", "all are told")


def test_nothing_is_lost_where_the_server_is_killed(telling, endpoint):
    program = endpoint()
    # What it has begun is left to another server after five seconds.
    hub = telling(WEBHOOK_LEASE_SECONDS="5")
    person = hub.person()
    webhook(hub, person.token, program, eventTypes=["company.updated"])
    program.goes_on.clear()
    wanted = list(itertools.islice(NAMES, 3))
    for name in wanted:
        rename(hub, person.token, name)
    until(lambda: len(program.requests) == 1, "the first is under way")
    hub.stop(signal.SIGKILL)
    program.goes_on.set()
    telling()
    until(lambda: program.names[-1:] == wanted[-1:], "all are told")
    assert program.names == [wanted[0], *wanted]
    identifiers = [fields["webhook-id"] for fields, _ in program.messages]
    assert identifiers[0] == identifiers[1] and len(set(identifiers)) == 3


def test_two_servers_tell_each_once_and_in_order(telling, endpoint):
    program = endpoint()
    hub, other = telling(), telling()
    person = hub.person()
    webhook(hub, person.token, program, eventTypes=["company.updated"])
    wanted = list(itertools.islice(NAMES, 40))
    for number, name in enumerate(wanted):
        rename([hub, other][number % 2], person.token, name)
    until(lambda: len(program.requests) >= 40, "all are told")
    assert program.names == wanted


def test_both_secrets_sign_while_one_is_changed_for_another(telling, endpoint):
    hub, program = telling(), endpoint()
    person = hub.person()
    identifier, first = webhook(hub, person.token, program, eventTypes=["company.updated"])
    second = change(
        hub, person.token, "rotateWebhookSecret", id=identifier, overlapHours=1)["secret"]
    rename(hub, person.token, next(NAMES))
    until(lambda: len(program.requests) == 1, "it is told")
    for secret in (first, second):
        assert_signed(program.messages[0], secret)
    hub.sql("update webhook set previous_until = now()")
    rename(hub, person.token, next(NAMES))
    until(lambda: len(program.requests) == 2, "it is told")
    assert_signed(program.messages[1], second)
    with pytest.raises(WebhookVerificationError):
        assert_signed(program.messages[1], first)
    third = change(hub, person.token, "rotateWebhookSecret", id=identifier, overlapHours=0)["secret"]
    rename(hub, person.token, next(NAMES))
    until(lambda: len(program.requests) == 3, "it is told")
    assert_signed(program.messages[2], third)
    with pytest.raises(WebhookVerificationError):
        assert_signed(program.messages[2], second)


def test_a_test_is_sent_once_and_beside_the_others(telling, endpoint):
    hub, program = telling(WEBHOOK_RETRY_SECONDS="3600"), endpoint()
    person = hub.person()
    identifier, secret = webhook(hub, person.token, program, eventTypes=["company.updated"])
    program.answer = (500, b"")
    rename(hub, person.token, next(NAMES))
    until(lambda: len(program.requests) == 1, "one waits to be sent again")
    asked = hub.ask(TEST, {"input": {"id": identifier}}, token=person.token).data["testWebhook"]
    assert asked["userErrors"] == []
    until(lambda: len(program.requests) == 2, "the test is sent")
    assert program.told[1]["type"] == "webhook.test"
    assert program.told[1]["data"] == {"companyId": person.tenant}
    assert_signed(program.messages[1], secret)
    def ended():
        return [d for d in deliveries(hub, person.token, identifier, state="FAILED")]
    until(ended, "it is at its end")
    assert [(d["id"], d["type"], d["responseStatus"]) for d in ended()] == [
        (asked["deliveryId"], "webhook.test", 500)]


def test_a_time_is_told_once_more_under_the_same_ids(telling, endpoint):
    hub, program = telling(), endpoint()
    person = hub.person()
    identifier, _ = webhook(hub, person.token, program, eventTypes=["company.updated"])
    wanted = list(itertools.islice(NAMES, 4))
    for name in wanted:
        rename(hub, person.token, name)
    until(lambda: program.names == wanted and pending(hub) == "0", "all are told")
    before = [fields["webhook-id"] for fields, _ in program.messages]
    times = [message["timestamp"] for message in program.told]
    program.reset()

    def replay(**given):
        given = {"id": identifier} | given
        return hub.ask(REPLAY, {"input": given}, token=person.token).data["replayWebhook"]

    assert replay(since=times[1], until=times[3]) == {"events": 2, "userErrors": []}
    until(lambda: program.names == wanted[1:3], "two are told")
    assert [fields["webhook-id"] for fields, _ in program.messages] == before[1:3]
    hub.sql("update webhook_delivery set ended_at = now() - interval '31 days'; "
            "select purge_deliveries(30 * 86400, 100)")
    program.reset()
    assert replay(since=times[0])["events"] == 4
    until(lambda: program.names == wanted, "all are told, of what was purged too")


ADDRESSES = {
    "ftp://hooks.example/": "URL_NOT_HTTPS", "http://93.184.216.34/": "URL_NOT_HTTPS",
    "https://ana:x@93.184.216.34/": "URL_CARRIES_LOGIN", "https://10.0.0.1/": "ADDRESS_NOT_PUBLIC",
    "https://169.254.169.254/": "ADDRESS_NOT_PUBLIC", "https://[::ffff:10.0.0.1]/":
    "ADDRESS_NOT_PUBLIC", "https://0x7f.1/": "URL_MALFORMED", "hooks": "URL_MALFORMED",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_sent_to_an_address_that_is_not_public(hub, address):
    person = hub.person()
    made = change(hub, person.token, "createWebhook", url=address)
    (error,) = made["userErrors"]
    assert (error["code"], error["field"]) == ("ADDRESS_REFUSED", ["url"])
    assert ADDRESSES[address] in error["message"]
    assert made["webhooks"] == [] and made["secret"] is made["id"] is None


@pytest.mark.parametrize("given, code, field", [
    ({"name": "x" * 101}, "TOO_LONG", "name"),
    ({"eventTypes": []}, "REQUIRED", "eventTypes"),
    ({"concurrency": 0}, "OUT_OF_RANGE", "concurrency"),
    ({"concurrency": 11}, "OUT_OF_RANGE", "concurrency"),
])
def test_what_makes_no_webhook(hub, given, code, field):
    person = hub.person()
    made = change(hub, person.token, "createWebhook", url="http://127.0.0.1:10009/", **given)
    assert codes(made) == [(code, [field])] and made["webhooks"] == []


def test_a_company_has_so_many(hub):
    person = hub.person()
    hub.sql(f"""insert into webhook (tenant_id, url, sealed_secret)
        select '{person.tenant}', 'https://hooks.example/', '' from generate_series(1, 20)""")
    made = change(hub, person.token, "createWebhook", url="http://127.0.0.1:10009/")
    assert codes(made) == [("TOO_MANY_WEBHOOKS", [])]


def test_they_are_the_administrators_and_their_own_companys(hub):
    mine, other = hub.person(), hub.person()
    made = change(hub, mine.token, "createWebhook", url="http://127.0.0.1:10009/")
    seller = hub.person("seller", tenant=mine.tenant)
    assert hub.ask("{ webhooks { id } }", token=seller.token).codes == ["FORBIDDEN"]
    assert hub.ask("{ webhooks { id } }", token=other.token).data["webhooks"] == []
    assert deliveries(hub, other.token, made["id"]) == []
    for field in ["updateWebhook", "deleteWebhook", "rotateWebhookSecret"]:
        assert codes(change(hub, other.token, field, id=made["id"])) == [
            ("WEBHOOK_NOT_FOUND", ["id"])]
    assert change(hub, mine.token, "deleteWebhook", id=made["id"])["webhooks"] == []
    types = hub.sql(f"""select string_agg(type, ' ' order by sequence) from event
        where tenant_id = '{mine.tenant}' and type ~ 'webhook'""")
    assert types == "webhook.created webhook.deleted"


def test_a_token_has_to_do_with_its_own_alone_and_they_end_with_it(hub):
    person = hub.person()
    theirs = change(hub, person.token, "createWebhook", url="http://127.0.0.1:10009/")["id"]
    token, identifier = api_token(
        hub, person, "webhooks:write", "webhooks:read", "people:read")
    made = change(hub, token, "createWebhook", url="http://127.0.0.1:10009/")
    shown = {one["id"]: one for one in made["webhooks"]}
    assert set(shown) == {made["id"]} and shown[made["id"]]["tokenName"] == "Socio"
    asked = hub.ask(TEST, {"input": {"id": theirs}}, token=person.token).data["testWebhook"]
    told = deliveries(hub, person.token, theirs)
    assert asked["deliveryId"] in {delivery["id"] for delivery in told}
    assert deliveries(hub, token, theirs) == []
    assert shown[made["id"]]["tellsChanges"] is False
    refused = hub.ask(
        """mutation { createWebhook(input: {url: "http://127.0.0.1:10009/", tellsChanges: true}) {
             id } }""", token=token)
    assert refused.codes == ["FORBIDDEN"]
    for field in ["updateWebhook", "deleteWebhook", "rotateWebhookSecret"]:
        assert codes(change(hub, token, field, id=theirs)) == [("WEBHOOK_NOT_FOUND", ["id"])]
    assert codes(change(hub, token, "updateWebhook", id=made["id"], name="B")) == []
    revoke(hub, person, identifier)
    left = change(hub, person.token, "updateWebhook", id=theirs)["webhooks"]
    assert [one["id"] for one in left] == [theirs]
