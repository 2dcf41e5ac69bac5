"""The documents by which integrations come and go, and what is asked of them."""

INTEGRATION = """
code name status failure { code message } connectedAt connectedBy checkedAt
settings { name value } credentialFields { name secret required pattern }
settingFields { name kind pattern } countries { code } documentationUrl category
"""
PAYLOAD = (
    "integration {" + INTEGRATION + "} consequences { kind subject solution text }"
    " userErrors { code message field obstacles { id } }"
)


def mutation(name):
    return (
        f"mutation ($input: {name[0].upper()}{name[1:]}Input!)"
        f" {{ {name}(input: $input) {{ {PAYLOAD} }} }}"
    )


def change(hub, person, name, **given):
    return hub.ask(mutation(name), {"input": given}, person.token).data[name]


def pairs(values):
    return [{"name": name, "value": value} for name, value in values.items()]


def connect(hub, person, code, credentials=None, settings=None):
    return change(
        hub, person, "connectIntegration", code=code, credentials=pairs(credentials or {}),
        settings=pairs(settings or {}))


def set_up(hub, person, code, **settings):
    return change(
        hub, person, "updateIntegrationSettings", code=code, settings=pairs(settings))


def disconnect(hub, person, code, **members):
    return change(hub, person, "disconnectIntegration", code=code, **members)


def check(hub, person, code):
    return change(hub, person, "checkIntegration", code=code)


def errors(payload):
    return [(error["code"], ".".join(error["field"])) for error in payload["userErrors"]]


def integrations(hub, person, arguments=""):
    """Statuses by the code of each integration that the person sees."""
    listed = hub.ask(
        "{ integrations" + arguments + " { code status } }", token=person.token
    ).data["integrations"]
    return {one["code"]: one["status"] for one in listed}


def filters(hub, person):
    asked = "{ integrationFilters { category label count connectedCount } }"
    listed = hub.ask(asked, token=person.token).data["integrationFilters"]
    return [tuple(one.values()) for one in listed]


# What each integration's maker gives out, in its form.
CREDENTIALS = {
    "payu": {
        "apiKey": "4Vj8eK4rloUd272L48hsrarnUA", "merchantId": "508029", "accountId": "512321",
        "apiLogin": "pRRXKOl8ikMmt9u", "taxId": "900.123.456-8",
    },
    "mercadopago": {
        "publicKey": "APP_USR-6f2ce1a9-1111-2222", "accessToken": "APP_USR-1234567890-secreto",
    },
    "wompi": {
        "publicKey": "pub_prod_4sd5f6g7h8", "privateKey": "prv_prod_9k8j7h6g5f",
        "integritySecret": "prod_integrity_q1w2e3r4", "eventsSecret": "prod_events_z9y8x7w6",
    },
    "epayco": {
        "customerId": "961319", "publicKey": "e95deec204ee959c", "privateKey": "e244fdc8a0b2b994",
    },
    "bold": {"identityKey": "aCGtzBEW1B0y78_7QVfU5O9", "secretKey": "mT883fJcnT7_U2auI8JjpQ"},
    "conekta": {"publicKey": "key_publica12345", "privateKey": "key_privada12345"},
    "openpay": {
        "merchantId": "mzdtln0bmtms6o3kck8f", "publicKey": "pk_f0660ad5a39f4912",
        "privateKey": "sk_e568c42a6c384b7a",
    },
    "kushki": {
        "publicMerchantId": "1000000106597470", "privateMerchantId": "2baadccc013e448cbb10487f",
    },
    "stripe": {
        "publishableKey": "pk_live_51HxyzABCD", "secretKey": "sk_live_51HxyzEFGH",
    },
    "paypal": {"clientId": "AYSq3RDGsmBLJE-otTkBtM", "clientSecret": "EGnHDxD_qRPdaLdZz8iCr8N7"},
    "zapier": {},
}
