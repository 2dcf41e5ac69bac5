"""updateCompany: for administrators, by the rules of the country version, two editing at once."""

import concurrent.futures

import pytest

COMPANY = """
    legalName tradeName identification { type number checkDigit } kindOfPerson regime
    address { description street exteriorNumber city region postalCode }
    phone email website timezone decimalPrecision revision
"""
UPDATE = (
    "mutation ($input: UpdateCompanyInput!) { updateCompany(input: $input) { company {"
    + COMPANY
    + "} userErrors { code message field } } }"
)


def update(hub, person, **given):
    """The payload of a change of the company."""
    given.setdefault("revision", 1)
    return hub.ask(UPDATE, {"input": given}, token=person.token).data["updateCompany"]


def company(hub, person):
    return hub.ask("{ company {" + COMPANY + "} }", token=person.token).data["company"]


def errors(payload):
    return [(error["code"], ".".join(error["field"])) for error in payload["userErrors"]]


NIT = {"type": "NIT", "number": "900.123.456", "checkDigit": "8"}


def test_an_administrator_fills_in_the_form_of_colombia(hub):
    person = hub.person()
    payload = update(
        hub, person, legalName=" Prueba  S.A.S. ", tradeName="Prueba", identification=NIT,
        kindOfPerson="LEGAL_ENTITY", regime="COMMON_REGIME",
        address={"description": "Calle 1", "city": "Cali", "region": "Valle", "postalCode": "760001"},
        phone="601 555 0101", email="Hola@Prueba.example", website="https://prueba.example",
        timezone="America/Bogota", decimalPrecision=6,
    )
    assert errors(payload) == []
    assert payload["company"] == company(hub, person)
    assert payload["company"]["identification"] == {
        "type": "NIT", "number": "900123456", "checkDigit": "8"
    }
    assert payload["company"]["phone"] == "+576015550101"
    assert payload["company"]["decimalPrecision"] == 6
    assert payload["company"]["revision"] == 2


@pytest.mark.parametrize("role", ["accountant", "assistant", "seller"])
def test_nobody_else_may(hub, role):
    person = hub.person(role)
    answer = hub.ask(
        UPDATE, {"input": {"revision": 1, "legalName": "Otra"}}, token=person.token
    )
    assert answer.status == 200
    assert answer.codes == ["FORBIDDEN"]
    assert company(hub, person)["legalName"] == "Prueba"


BAD = [
    ("CO", {"identification": NIT | {"checkDigit": "7"}}, "INVALID_CHECK_DIGIT", "identification.checkDigit"),
    ("CO", {"identification": NIT | {"number": "12"}}, "INVALID_FORMAT", "identification.number"),
    ("CO", {"identification": NIT | {"type": "RFC"}}, "NOT_OFFERED", "identification.type"),
    ("CO", {"identification": NIT | {"type": "CC"}}, "NOT_OFFERED", "identification.type"),
    ("CO", {"identification": None}, "REQUIRED", "identification"),
    ("CO", {"legalName": None}, "REQUIRED", "legalName"),
    ("CO", {"legalName": "x" * 251}, "TOO_LONG", "legalName"),
    ("CO", {"regime": None}, "REQUIRED", "regime"),
    ("CO", {"regime": "NO_REGIME"}, "NOT_OFFERED", "regime"),
    ("CO", {"kindOfPerson": "ROBOT"}, "NOT_OFFERED", "kindOfPerson"),
    ("CO", {"address": {"city": ""}}, "REQUIRED", "address.city"),
    ("CO", {"address": {"postalCode": "12"}}, "INVALID_FORMAT", "address.postalCode"),
    ("CO", {"address": {"street": "Reforma"}}, "FIELD_NOT_IN_COUNTRY_VERSION", "address.street"),
    ("CO", {"phone": "call me"}, "INVALID_FORMAT", "phone"),
    ("CO", {"email": "nobody"}, "INVALID_FORMAT", "email"),
    ("CO", {"website": "javascript:alert(1)"}, "INVALID_FORMAT", "website"),
    ("CO", {"website": "ftp://prueba.example"}, "INVALID_FORMAT", "website"),
    ("CO", {"timezone": "Mars/Olympus"}, "INVALID_FORMAT", "timezone"),
    ("CO", {"timezone": None}, "REQUIRED", "timezone"),
    ("CO", {"decimalPrecision": 7}, "OUT_OF_RANGE", "decimalPrecision"),
    ("CO", {"decimalPrecision": -1}, "OUT_OF_RANGE", "decimalPrecision"),
    ("CO", {"decimalPrecision": None}, "REQUIRED", "decimalPrecision"),
    ("MX", {"decimalPrecision": 3}, "OUT_OF_RANGE", "decimalPrecision"),
    ("MX", {"address": {"description": "x"}}, "FIELD_NOT_IN_COUNTRY_VERSION", "address.description"),
    ("MX", {"identification": {"type": "RFC", "number": "GODE561231GR8"}}, "INVALID_FORMAT", "identification.number"),
]


@pytest.mark.parametrize("country, given, code, field", BAD)
def test_a_bad_value_is_named_and_nothing_of_the_change_is_saved(hub, country, given, code, field):
    person = hub.person(country=country)
    before = company(hub, person)
    payload = update(hub, person, **({"tradeName": "Saved?"} | given))
    assert errors(payload) == [(code, field)]
    assert payload["company"] == before == company(hub, person)


GOOD = [
    ("MX", {"decimalPrecision": 2}),
    ("MX", {"identification": {"type": "RFC", "number": "mod150203qza"}}),
    ("MX", {"address": {"street": "Reforma", "exteriorNumber": "1"}}),
    ("CO", {"identification": {"type": "CC", "number": "12345"}, "kindOfPerson": "PERSON_ENTITY"}),
    ("CO", {"tradeName": None, "phone": None, "email": None, "website": None}),
    ("AR", {"identification": {"type": "CUIT", "number": "30-71234567-1"}}),
]


@pytest.mark.parametrize("country, given", GOOD)
def test_what_the_country_version_allows_is_saved(hub, country, given):
    assert errors(update(hub, hub.person(country=country), **given)) == []


def test_every_bad_field_is_named_at_once_in_the_persons_language(hub):
    person = hub.person(language="pt")
    payload = update(
        hub, person, legalName="", identification=NIT | {"checkDigit": "0"}, regime="X",
        address={"city": "", "street": "x"}, email="x", decimalPrecision=99,
    )
    assert sorted(errors(payload)) == [
        ("FIELD_NOT_IN_COUNTRY_VERSION", "address.street"),
        ("INVALID_CHECK_DIGIT", "identification.checkDigit"),
        ("INVALID_FORMAT", "email"),
        ("NOT_OFFERED", "regime"),
        ("OUT_OF_RANGE", "decimalPrecision"),
        ("REQUIRED", "address.city"),
        ("REQUIRED", "legalName"),
    ]
    assert "Preencha este campo" in payload["userErrors"][0]["message"]


def test_parts_of_an_address_change_by_themselves(hub):
    person = hub.person()
    update(hub, person, address={"city": "Cali", "region": "Valle"})
    second = update(hub, person, address={"description": "Calle 1"})
    assert errors(second) == []
    assert second["company"]["address"] == {
        "description": "Calle 1", "street": None, "exteriorNumber": None, "city": "Cali",
        "region": "Valle", "postalCode": None,
    }
    third = update(hub, person, address={"city": "Bogotá", "postalCode": "110231"})
    assert errors(third) == [("CONFLICT", "address.city")]
    assert third["company"]["address"]["city"] == "Cali"
    assert third["company"]["address"]["postalCode"] is None


@pytest.mark.parametrize("fields", [["legalName", "legalName"], ["legalName", "tradeName"]])
def test_two_who_save_at_the_same_time(hub, fields):
    one = hub.person()
    other = hub.person(tenant=one.tenant)
    for revision in [1, 3, 5]:
        if fields[0] == fields[1]:
            revision = (revision + 1) // 2
        with concurrent.futures.ThreadPoolExecutor(2) as editors:
            saved = list(
                editors.map(
                    lambda who, field: update(
                        hub, who, revision=revision, **{field: f"{who.account} {revision}"}
                    ),
                    [one, other], fields,
                )
            )
        refused = [errors(payload) for payload in saved if payload["userErrors"]]
        stands = company(hub, one)
        if fields[0] == fields[1]:
            assert refused == [[("CONFLICT", "legalName")]]
            assert stands["revision"] == revision + 1
        else:
            assert refused == []
            assert stands["revision"] == revision + 2


def test_the_companys_new_name_is_what_its_people_read(hub):
    person = hub.person()
    update(hub, person, legalName="Nombre Nuevo")
    memberships = hub.ask("{ memberships { companyName } }", token=person.token).data
    assert memberships == {"memberships": [{"companyName": "Nombre Nuevo"}]}


def test_no_other_company_is_touched(hub):
    one, other = hub.person(), hub.person()
    before = company(hub, other)
    update(hub, one, legalName="Solo esta")
    assert company(hub, other) == before
