"""connectIntegration, updateIntegrationSettings, disconnectIntegration and checkIntegration, against
a maker of integrations on this machine; and what there is to choose from."""

import base64
import concurrent.futures
import json
import urllib.parse

import pytest

from gateway import Gateway, verified_by
from integration_documents import (
    CREDENTIALS, check, connect, disconnect, errors, filters, integrations, mutation, pairs, set_up,
)
from identity_providers import ready
from people_documents import give_solutions
from solution_documents import change_plan, dump

OFFERED = {
    "payu": "CO MX CR", "mercadopago": "AR CL CO MX PE", "wompi": "CO", "epayco": "CO",
    "bold": "CO", "conekta": "MX", "openpay": "MX", "kushki": "CO MX PE CL", "stripe": "MX ES US",
    "paypal": "CO MX CR DO PE PA AR CL ES US INTL", "zapier": "CO MX CR DO PE PA AR CL ES US INTL",
}
COUNTRIES = OFFERED["paypal"].split()


@pytest.fixture(scope="module")
def module_gateway(hub):
    gateway = Gateway()
    with verified_by(hub, gateway):
        yield gateway
    gateway.stop()


@pytest.fixture
def gateway(module_gateway):
    module_gateway.reset()
    return module_gateway


@pytest.fixture
def ana(hub):
    ana = hub.person()
    identify(hub, ana, "900123456", "8")
    return ana


def person_in(hub, country):
    """Nobody signs up in the international version's country: there is none."""
    person = hub.person(country="US" if country == "INTL" else country)
    hub.sql("update company c set country_version = v.code, currency_code = v.currency_code,"
            f" kind_of_person = null from country_version v where c.tenant_id = '{person.tenant}'"
            f" and v.code = '{country}' and c.country_version <> v.code")
    return person


def identify(hub, person, number, digit):
    hub.sql(
        "update company set identification_type = 'NIT', identification_number ="
        f" '{number}', identification_check_digit = '{digit}' where tenant_id = '{person.tenant}'")


def sealed(hub, person, code="payu"):
    return hub.sql(
        "select encode(sealed_credentials, 'hex') from integration_connection"
        f" where tenant_id = '{person.tenant}' and integration = '{code}'")


def log(hub, person):
    return hub.sql(
        "select type || ' ' || subject || ' ' || coalesce(changes::text, '') from event"
        f" where tenant_id = '{person.tenant}' and type like 'integration.%' order by sequence")


# What there is to choose from ---------------------------------------------------------------------


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_country_version_offers_its_own(hub, country):
    person = person_in(hub, country)
    offered = {code for code, countries in OFFERED.items() if country in countries.split()}
    assert integrations(hub, person) == dict.fromkeys(offered, "AVAILABLE")
    payments = integrations(hub, person, "(category: ONLINE_PAYMENTS)")
    zapier = integrations(hub, person, "(category: ZAPIER)")
    assert set(payments) == offered - {"zapier"} and set(zapier) == {"zapier"}
    assert filters(hub, person) == [
        (None, "Todas las integraciones", len(offered), 0),
        ("ONLINE_PAYMENTS", "Pagos en línea", len(payments), 0), ("ZAPIER", "Zapier", 1, 0),
    ]


def test_an_integration_says_all_that_connecting_needs(hub):
    person = hub.person(language="en", country="MX")
    asked = "{ integration(code: \"payu\") { name description documentationUrl countries { code }" \
        " credentialFields { name label secret required pattern }" \
        " settingFields { name label kind pattern } settings { name } } }"
    payu = hub.ask(asked, token=person.token).data["integration"]
    assert [one["code"] for one in payu["countries"]] == ["CO", "MX", "CR"]
    assert payu["documentationUrl"].startswith("https://") and payu["settings"] is None
    fields = {one["name"]: one for one in payu["credentialFields"]}
    assert list(fields) == ["apiKey", "merchantId", "accountId", "apiLogin", "taxId"]
    assert [name for name, one in fields.items() if one["secret"]] == ["apiKey", "apiLogin"]
    assert fields["merchantId"]["label"] == "Merchant ID" and fields["taxId"]["required"]
    assert [(one["name"], one["kind"]) for one in payu["settingFields"]] == [
        ("minimumAmount", "AMOUNT"), ("withholdingsAllowed", "BOOLEAN"), ("bankAccount", "TEXT")]
    assert {one[1] for one in filters(hub, person)} == {
        "All integrations", "Online payments", "Zapier"}


def test_a_plan_and_a_role_may_be_asked_for(hub, gateway):
    ana = hub.person()
    seller = hub.person("seller", tenant=ana.tenant)
    hub.sql("insert into integration_plan values ('bold', 'pro'), ('bold', 'plus');"
            "insert into integration_role values ('wompi', 'administrator')")
    try:
        assert "bold" not in integrations(hub, ana) and filters(hub, ana)[0][2] == 7
        assert errors(connect(hub, ana, "bold", CREDENTIALS["bold"])) == [
            ("INTEGRATION_NOT_AVAILABLE", "code")]
        assert gateway.requests == []
        give_solutions(hub, ana.tenant, pos="pro")
        assert integrations(hub, ana)["bold"] == "AVAILABLE" and filters(hub, ana)[0][2] == 8
        assert "wompi" not in integrations(hub, seller) and filters(hub, seller)[0][2] == 7
        hub.sql(f"delete from membership where account_id = '{seller.account}'")
        assert errors(connect(hub, ana, "bold", CREDENTIALS["bold"])) == []
        hub.sql("insert into integration_plan values ('zapier', 'pro')")
        connect(hub, ana, "zapier")
        dry = change_plan(hub, ana, "pos", "pyme", dryRun=True)["consequences"]
        assert [(one["kind"], one["subject"]) for one in dry] == [
            ("CONNECTION_FLAGGED", "bold"), ("CONNECTION_FLAGGED", "zapier")]
        hub.sql(f"update company_solution set plan = 'pyme' where tenant_id = '{ana.tenant}'")
        assert integrations(hub, ana)["bold"] == "RETIRED"
        assert integrations(hub, ana, "(connected: true)") == {
            "bold": "RETIRED", "zapier": "RETIRED"}
        assert filters(hub, ana)[0][2:] == (8, 2)
        only_gone(hub, ana, "bold")
    finally:
        hub.sql("delete from integration_plan; delete from integration_role")


def only_gone(hub, person, code):
    """A connection that is offered no longer can be disconnected, and nothing else."""
    refused = [("INTEGRATION_NOT_AVAILABLE", "code")]
    assert errors(connect(hub, person, code, CREDENTIALS[code])) == refused
    assert errors(set_up(hub, person, code, minimumAmount="1")) == refused
    assert errors(check(hub, person, code)) == refused
    done = disconnect(hub, person, code)
    assert errors(done) == [] and done["integration"] is None
    assert code not in integrations(hub, person)


def test_a_connection_that_the_country_no_longer_offers_can_only_go(hub, gateway, ana):
    assert errors(connect(hub, ana, "epayco", CREDENTIALS["epayco"])) == []
    hub.sql("delete from integration_country where (integration, country_version) = ('epayco', 'CO')")
    try:
        assert integrations(hub, ana)["epayco"] == "RETIRED"
        only_gone(hub, ana, "epayco")
    finally:
        hub.sql("insert into integration_country values ('epayco', 'CO')")


# Connecting ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CREDENTIALS)
def test_each_integration_is_asked_whether_its_credentials_are_good(hub, gateway, code):
    person = hub.person(country=OFFERED[code].split()[0])
    if code == "payu":
        identify(hub, person, "900123456", "8")
    given = CREDENTIALS[code]
    done = connect(hub, person, code, given)
    assert errors(done) == []
    told = done["integration"]
    assert (told["status"], told["failure"], told["connectedBy"]) == ("CONNECTED", None, "Pru")
    assert told["connectedAt"] and told["checkedAt"]
    if code == "zapier":
        assert gateway.requests == [] and sealed(hub, person, code) == ""
        return
    [(method, path, headers, body)] = gateway.requests
    sent = urllib.parse.unquote(path) + " " + json.dumps(headers) + " " + body.decode()
    if "Basic " in sent:
        sent += base64.b64decode(headers["Authorization"].removeprefix("Basic ")).decode()
    # Each is verified by what is secret, and by no more than that asks for.
    secrets = [one["name"] for one in told["credentialFields"] if one["secret"]]
    assert any(given[name] in sent for name in secrets) or code == "bold"
    assert sealed(hub, person, code).startswith("01")
    assert headers["host"] == urllib.parse.urlsplit(gateway.url).netloc


def test_what_payu_is_asked(hub, gateway, ana):
    assert errors(connect(hub, ana, "payu", CREDENTIALS["payu"])) == []
    [(method, path, headers, body)] = gateway.requests
    assert (method, path) == ("POST", "/payments-api/4.0/service.cgi")
    assert headers["Content-Type"] == headers["Accept"] == "application/json"
    assert json.loads(body) == {
        "test": False, "language": "es", "command": "PING",
        "merchant": {"apiLogin": "pRRXKOl8ikMmt9u", "apiKey": "4Vj8eK4rloUd272L48hsrarnUA"}}


@pytest.mark.parametrize("answer, code", [
    ((200, {"code": "ERROR", "error": "Invalid credentials"}), "CREDENTIALS_REFUSED"),
    ((401, {}), "CREDENTIALS_REFUSED"), ((403, b""), "CREDENTIALS_REFUSED"),
    ((500, {}), "GATEWAY_UNAVAILABLE"), ((404, {}), "GATEWAY_UNAVAILABLE"),
    ((200, b"<html>"), "GATEWAY_UNAVAILABLE"), ((200, {}), "GATEWAY_UNAVAILABLE"),
    ((200, [1]), "GATEWAY_UNAVAILABLE"), ((429, {}), "GATEWAY_UNAVAILABLE"),
    ((302, b"", ("Location", "http://127.0.0.1:1/")), "GATEWAY_UNAVAILABLE"),
    ((200, b" " * 300_000), "GATEWAY_UNAVAILABLE"),
])
def test_credentials_that_were_not_found_good_are_not_kept(hub, gateway, ana, answer, code):
    gateway.answer = answer
    field = "credentials" if code == "CREDENTIALS_REFUSED" else "code"
    done = connect(hub, ana, "payu", CREDENTIALS["payu"])
    assert errors(done) == [(code, field)] and "PayU" in done["userErrors"][0]["message"]
    assert len(gateway.requests) == 1
    assert done["integration"]["status"] == "AVAILABLE" and sealed(hub, ana) == ""
    assert log(hub, ana) == ""


@pytest.mark.parametrize("changed, expected", [
    ({"apiKey": None}, ("REQUIRED", "credentials.apiKey")),
    ({"apiKey": ""}, ("REQUIRED", "credentials.apiKey")),
    ({"apiKey": "  "}, ("REQUIRED", "credentials.apiKey")),
    ({"apiKey": "short"}, ("INVALID_FORMAT", "credentials.apiKey")),
    ({"apiKey": "a" * 65}, ("INVALID_FORMAT", "credentials.apiKey")),
    ({"apiKey": "a" * 1025}, ("TOO_LONG", "credentials.apiKey")),
    ({"apiKey": "abcdef\r\nX-Evil: 1"}, ("INVALID_FORMAT", "credentials.apiKey")),
    ({"apiKey": "{merchantId}"}, ("INVALID_FORMAT", "credentials.apiKey")),
    ({"merchantId": "12a"}, ("INVALID_FORMAT", "credentials.merchantId")),
    ({"merchantId": "１２３"}, ("INVALID_FORMAT", "credentials.merchantId")),
    ({"merchantId": "../12"}, ("INVALID_FORMAT", "credentials.merchantId")),
    ({"password": "x"}, ("NOT_OFFERED", "credentials.password")),
    ({"taxId": "900123457"}, ("TAX_ID_MISMATCH", "credentials.taxId")),
    ({"taxId": "9001234567"}, ("TAX_ID_MISMATCH", "credentials.taxId")),
])
def test_what_is_wrong_by_itself_is_told_and_asked_nobody(hub, gateway, ana, changed, expected):
    done = connect(hub, ana, "payu", CREDENTIALS["payu"] | changed)
    assert errors(done) == [expected] and gateway.requests == []
    value = next(iter(changed.values()))
    if value and len(value) > 5:
        assert value not in json.dumps(done, ensure_ascii=False)
    assert sealed(hub, ana) == ""


@pytest.mark.parametrize("number", ["900123456", "900123456-8", " 900.123.456-8 ", "9001234568"])
def test_the_tax_number_may_be_written_in_many_ways(hub, gateway, ana, number):
    given = CREDENTIALS["payu"] | {"taxId": number}
    assert errors(connect(hub, ana, "payu", given)) == []


def test_a_company_without_a_tax_number_has_no_same_one(hub, gateway):
    person = hub.person()
    assert errors(connect(hub, person, "payu", CREDENTIALS["payu"])) == [
        ("TAX_ID_MISMATCH", "credentials.taxId")]


def test_a_field_twice_is_refused(hub, gateway, ana):
    twice = pairs(CREDENTIALS["payu"]) + pairs({"apiKey": "otra1234567"})
    given = {"code": "payu", "credentials": twice}
    done = hub.ask(mutation("connectIntegration"), {"input": given}, ana.token).data
    assert errors(done["connectIntegration"]) == [("NOT_OFFERED", "credentials.apiKey")]


@pytest.mark.parametrize("code", ["stripe", "conekta", "bitcoin", "", "PAYU"])
def test_what_the_country_does_not_have_and_what_never_was_are_alike(hub, gateway, ana, code):
    done = connect(hub, ana, code, CREDENTIALS.get(code))
    assert errors(done) == [("INTEGRATION_NOT_AVAILABLE", "code")]
    assert done["integration"] is None and gateway.requests == []
    other = [("INTEGRATION_NOT_CONNECTED", "code")]
    assert errors(set_up(hub, ana, code)) == errors(check(hub, ana, code)) == other
    assert errors(disconnect(hub, ana, code)) == other


@pytest.mark.parametrize("role", ["accountant", "assistant", "seller"])
def test_only_administrators_change_anything(hub, gateway, ana, role):
    person = hub.person(role, tenant=ana.tenant)
    connect(hub, ana, "payu", CREDENTIALS["payu"])
    for name in ["connect", "disconnect", "check"]:
        asked = mutation(f"{name}Integration")
        assert hub.ask(asked, {"input": {"code": "payu"}}, person.token).codes == ["FORBIDDEN"]
    given = {"code": "payu", "settings": []}
    asked = mutation("updateIntegrationSettings")
    assert hub.ask(asked, {"input": given}, person.token).codes == ["FORBIDDEN"]
    assert integrations(hub, person)["payu"] == "CONNECTED" and len(gateway.requests) == 1


def test_connecting_again_replaces_the_credentials_and_keeps_the_settings(hub, gateway, ana):
    connect(hub, ana, "payu", CREDENTIALS["payu"], {"minimumAmount": "20000"})
    first = sealed(hub, ana)
    hub.sql("update integration_connection set state = 'ERROR', failure = 'CREDENTIALS_REFUSED'"
            f" where tenant_id = '{ana.tenant}'")
    done = connect(
        hub, ana, "payu", CREDENTIALS["payu"] | {"apiKey": "nueva1234567"}, {"bankAccount": "B"})
    assert errors(done) == [] and done["integration"]["status"] == "CONNECTED"
    assert done["integration"]["settings"] == [
        {"name": "bankAccount", "value": "B"}, {"name": "minimumAmount", "value": "20000"}]
    assert sealed(hub, ana) not in ("", first)
    kinds = [line.split()[0] for line in log(hub, ana).splitlines()]
    assert kinds == ["integration.connected", "integration.failed", "integration.recovered"]


def test_nothing_is_open_in_the_database_while_a_maker_is_asked(hub, gateway, ana):
    gateway.goes_on.clear()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        waiting = pool.submit(connect, hub, ana, "payu", CREDENTIALS["payu"])
        assert gateway.asked.wait(30)
        idle = hub.sql("select count(*) from pg_stat_activity where usename like 'hub_app%'"
                       " and state like 'idle in transaction%'")
        # The company can be changed meanwhile, and the change counts.
        identify(hub, ana, "800197268", "4")
        gateway.goes_on.set()
        done = waiting.result()
    assert idle == "0"
    assert errors(done) == [("TAX_ID_MISMATCH", "credentials.taxId")] and sealed(hub, ana) == ""


def test_who_lost_the_role_meanwhile_connects_nothing(hub, gateway, ana):
    hub.person(tenant=ana.tenant)
    gateway.goes_on.clear()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        given = {"code": "payu", "credentials": pairs(CREDENTIALS["payu"])}
        waiting = pool.submit(
            hub.ask, mutation("connectIntegration"), {"input": given}, ana.token)
        assert gateway.asked.wait(30)
        hub.sql(f"update membership set role = 'seller' where account_id = '{ana.account}'")
        gateway.goes_on.set()
        assert waiting.result().codes == ["FORBIDDEN"]
    assert sealed(hub, ana) == ""


def test_a_company_makes_us_ask_only_so_often(hub, gateway, ana):
    for _ in range(20):
        assert errors(connect(hub, ana, "bold", CREDENTIALS["bold"])) == []
    given = {"code": "bold", "credentials": pairs(CREDENTIALS["bold"])}
    answer = hub.ask(mutation("connectIntegration"), {"input": given}, ana.token)
    assert answer.status == 429 and answer.codes == ["RATE_LIMITED"]
    assert int(answer.headers["Retry-After"]) > 0 and len(gateway.requests) == 20
    other = hub.person()
    assert errors(connect(hub, other, "bold", CREDENTIALS["bold"])) == []


# Settings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name, good, bad", [
    ("minimumAmount", ["0", "20000", "9.5", "0.05", "999999999999.99"],
     ["-1", "01", "1,5", "1.234", "1e3", "9999999999999", "x", "NaN"]),
    ("withholdingsAllowed", ["true", "false"], ["TRUE", "yes", "1"]),
    ("bankAccount", ["Bancolombia *1234", "Banco de Bogotá", "x" * 64], ["x" * 65, "a\nb", "a\x00b"]),
])
def test_a_setting_has_its_form(hub, gateway, ana, name, good, bad):
    connect(hub, ana, "payu", CREDENTIALS["payu"])
    for value in good:
        done = set_up(hub, ana, "payu", **{name: value})
        assert errors(done) == [], value
        assert done["integration"]["settings"] == [{"name": name, "value": value}]
    for value in bad:
        given = {"code": "payu", "settings": pairs({name: value})}
        answer = hub.ask(mutation("updateIntegrationSettings"), {"input": given}, ana.token)
        if "\x00" in value:
            assert answer.codes == ["INVALID_PARAMETER"]
            continue
        done = answer.data["updateIntegrationSettings"]
        assert errors(done) == [("INVALID_FORMAT", f"settings.{name}")], value
        assert done["integration"]["settings"] == [{"name": name, "value": good[-1]}]
    assert len(gateway.requests) == 1


def test_settings_change_by_name(hub, gateway, ana):
    connect(hub, ana, "payu", CREDENTIALS["payu"], {"minimumAmount": "1", "bankAccount": "B"})
    done = set_up(hub, ana, "payu", minimumAmount=None, withholdingsAllowed="true")
    assert done["integration"]["settings"] == [
        {"name": "bankAccount", "value": "B"}, {"name": "withholdingsAllowed", "value": "true"}]
    assert errors(set_up(hub, ana, "payu", color="red")) == [("NOT_OFFERED", "settings.color")]
    assert errors(set_up(hub, ana, "zapier")) == [("INTEGRATION_NOT_CONNECTED", "code")]
    assert '"settings"' in log(hub, ana).splitlines()[-1]


# Going --------------------------------------------------------------------------------------------


def test_a_dry_run_tells_what_disconnecting_brings_and_leaves_everything(hub, gateway, ana):
    connect(hub, ana, "payu", CREDENTIALS["payu"])
    before = dump(hub)
    dry = disconnect(hub, ana, "payu", dryRun=True)
    assert dry["userErrors"] == [] and dry["integration"]["status"] == "CONNECTED"
    assert dry["consequences"] == [{
        "kind": "CONNECTION_ENDS", "subject": "payu", "solution": None,
        "text": "PayU se desconectará y borraremos sus credenciales y opciones."}]
    assert dump(hub) == before
    missing = disconnect(hub, ana, "wompi", dryRun=True)
    assert errors(missing) == [("INTEGRATION_NOT_CONNECTED", "code")]
    assert missing["consequences"] == []


def test_disconnecting_wipes_what_was_kept(hub, gateway, ana):
    connect(hub, ana, "payu", CREDENTIALS["payu"], {"minimumAmount": "1"})
    done = disconnect(hub, ana, "payu")
    assert errors(done) == [] and done["consequences"] == []
    told = done["integration"]
    assert (told["status"], told["settings"], told["connectedAt"]) == ("AVAILABLE", None, None)
    assert hub.sql("select count(*) from integration_connection"
                   f" where tenant_id = '{ana.tenant}'") == "0"
    assert errors(disconnect(hub, ana, "payu")) == [("INTEGRATION_NOT_CONNECTED", "code")]
    # And comes back as something new, whenever one likes.
    again = connect(hub, ana, "payu", CREDENTIALS["payu"])
    assert errors(again) == [] and again["integration"]["settings"] == []
    kinds = [line.split()[0] for line in log(hub, ana).splitlines()]
    assert kinds == [
        "integration.connected", "integration.disconnected", "integration.connected"]


# Checking again -----------------------------------------------------------------------------------


def test_a_check_that_fails_shows_why_until_one_succeeds(hub, gateway, ana):
    connect(hub, ana, "payu", CREDENTIALS["payu"])
    for answer, code, words in [
        ((200, {"code": "ERROR"}), "CREDENTIALS_REFUSED", "no acepta las credenciales"),
        ((503, {}), "GATEWAY_UNAVAILABLE", "no respondió"),
    ]:
        gateway.answer = answer
        done = check(hub, ana, "payu")
        assert errors(done) == [] and done["integration"]["status"] == "ERROR"
        assert done["integration"]["failure"]["code"] == code
        message = done["integration"]["failure"]["message"]
        assert words in message and message.startswith("PayU ")
    gateway.reset()
    done = check(hub, ana, "payu")
    assert (done["integration"]["status"], done["integration"]["failure"]) == ("CONNECTED", None)
    assert json.loads(gateway.requests[-1][3])["merchant"]["apiKey"] == CREDENTIALS["payu"]["apiKey"]


def test_another_tax_number_flags_the_connection_until_it_is_the_same_again(hub, gateway, ana):
    connect(hub, ana, "payu", CREDENTIALS["payu"])
    identify(hub, ana, "800197268", "4")
    portuguese = hub.person(tenant=ana.tenant, language="pt")
    asked = '{ integration(code: "payu") { status failure { code message } } }'
    flagged = hub.ask(asked, token=portuguese.token).data["integration"]
    assert flagged["status"] == "ERROR" and flagged["failure"]["code"] == "TAX_ID_CHANGED"
    assert "A identificação da sua empresa mudou" in flagged["failure"]["message"]
    # Good credentials do not mend it.
    assert check(hub, ana, "payu")["integration"]["failure"]["code"] == "TAX_ID_CHANGED"
    identify(hub, ana, "900123456", "8")
    assert check(hub, ana, "payu")["integration"]["status"] == "CONNECTED"


def test_credentials_that_are_gone_or_another_rows_are_missing(hub, gateway, ana):
    connect(hub, ana, "payu", CREDENTIALS["payu"])
    other = hub.person()
    connect(hub, other, "wompi", CREDENTIALS["wompi"])
    theirs = sealed(hub, other, "wompi")
    for envelope in ["null", f"'\\x{theirs}'", "'\\x00'"]:
        hub.sql(f"update integration_connection set sealed_credentials = {envelope}"
                f" where tenant_id = '{ana.tenant}'")
        asked = len(gateway.requests)
        failure = check(hub, ana, "payu")["integration"]["failure"]
        assert failure["code"] == "CREDENTIALS_MISSING" and len(gateway.requests) == asked


def test_a_check_says_nothing_of_credentials_that_came_meanwhile(hub, gateway, ana):
    connect(hub, ana, "payu", CREDENTIALS["payu"])
    gateway.asked.clear()
    gateway.goes_on.clear()
    gateway.answer = (401, {})
    with concurrent.futures.ThreadPoolExecutor() as pool:
        waiting = pool.submit(check, hub, ana, "payu")
        assert gateway.asked.wait(30)
        hub.sql("update integration_connection set sealed_credentials = '\\x0101'"
                f" where tenant_id = '{ana.tenant}'")
        gateway.goes_on.set()
        assert waiting.result()["integration"]["status"] == "CONNECTED"


def test_two_companies_see_nothing_of_each_other(hub, gateway, ana):
    connect(hub, ana, "payu", CREDENTIALS["payu"])
    other = hub.person()
    assert integrations(hub, other)["payu"] == "AVAILABLE" and filters(hub, other)[0][3] == 0
    assert errors(disconnect(hub, other, "payu")) == [("INTEGRATION_NOT_CONNECTED", "code")]
    assert errors(check(hub, other, "payu")) == [("INTEGRATION_NOT_CONNECTED", "code")]
    assert integrations(hub, ana)["payu"] == "CONNECTED"


# Secrets ------------------------------------------------------------------------------------------


def test_no_credential_is_answered_logged_recorded_or_kept_in_the_clear(hub, gateway, ana):
    length = hub.log_length()
    answers = [connect(hub, ana, "payu", CREDENTIALS["payu"])]
    gateway.answer = (200, {"code": "ERROR"})
    answers += [check(hub, ana, "payu"), connect(hub, ana, "payu", CREDENTIALS["payu"])]
    gateway.answer = (500, {})
    answers += [check(hub, ana, "payu"), connect(hub, ana, "payu", CREDENTIALS["payu"])]
    asked = "{ events(first: 50) { events { type changes { field before after } } } }"
    recorded = hub.ask(asked, token=ana.token)
    written = [
        json.dumps(answers), hub.log_since(length)[1], recorded.body.decode(), dump(hub),
    ]
    for name, secret in CREDENTIALS["payu"].items():
        if name in ("apiKey", "apiLogin", "merchantId", "accountId"):
            assert all(secret not in text for text in written), name


def test_without_keys_no_credential_is_kept(serve, gateway, ana):
    bare = ready(serve(SEALING_KEYS_FILE=None, OUTBOUND_LOOPBACK="true"))
    done = connect(bare, ana, "payu", CREDENTIALS["payu"])
    assert errors(done) == [("INTEGRATIONS_UNAVAILABLE", "code")] and gateway.requests == []


def test_a_server_asks_nothing_on_its_own_machine_without_the_flag(serve, gateway, ana):
    guarded = ready(serve())
    done = connect(guarded, ana, "payu", CREDENTIALS["payu"])
    assert errors(done) == [("GATEWAY_UNAVAILABLE", "code")] and gateway.requests == []
    lines, text = guarded.log_since(0)
    assert "credentials could not be checked: ADDRESS_NOT_PUBLIC" in text
