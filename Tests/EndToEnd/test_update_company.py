"""updateCompany: for administrators, by the rules of the country version, two editing at once."""

import collections
import concurrent.futures
import random

import pytest

COMPANY = """
    legalName tradeName identification { type number checkDigit } kindOfPerson regime
    address { description street exteriorNumber city region postalCode }
    phone email website timezone decimalPrecision revision
"""
UPDATE = (
    "mutation ($input: UpdateCompanyInput!) { updateCompany(input: $input) { company {"
    + COMPANY
    + "} userErrors { code message field currentValue } } }"
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
    ("MX", {"legalName": " "}, "REQUIRED", "legalName"),
    ("MX", {"identification": None}, "REQUIRED", "identification"),
    ("MX", {"regime": None}, "REQUIRED", "regime"),
    ("MX", {"regime": "COMMON_REGIME"}, "NOT_OFFERED", "regime"),
    ("MX", {"address": {"street": None}}, "REQUIRED", "address.street"),
    ("MX", {"address": {"neighborhood": ""}}, "REQUIRED", "address.neighborhood"),
    ("MX", {"address": {"postalCode": None}}, "REQUIRED", "address.postalCode"),
    ("MX", {"address": {"postalCode": "6600"}}, "INVALID_FORMAT", "address.postalCode"),
    ("MX", {"identification": {"type": "RFC", "number": "MOD150203QZA", "checkDigit": "1"}},
     "FIELD_NOT_IN_COUNTRY_VERSION", "identification.checkDigit"),
    ("CO", {"identification": {"type": "NIT", "number": "900123456"}}, "REQUIRED",
     "identification.checkDigit"),
    ("CO", {"address": {"region": None}}, "REQUIRED", "address.region"),
    ("CR", {"address": {"neighborhood": "Abcd"}}, "TOO_SHORT", "address.neighborhood"),
    ("CR", {"address": {"neighborhood": "x" * 51}}, "TOO_LONG", "address.neighborhood"),
]


@pytest.mark.parametrize("country, given, code, field", BAD)
def test_a_bad_value_is_named_and_nothing_of_the_change_is_saved(hub, country, given, code, field):
    person = hub.person(country=country)
    before = company(hub, person)
    payload = update(hub, person, **({"tradeName": "Saved?"} | given))
    assert errors(payload) == [(code, field)]
    assert payload["company"] == before == company(hub, person)


GOOD = [
    ("CR", {"address": {"neighborhood": "Abcde"}}),
    ("CR", {"address": {"neighborhood": "ñ" * 50}}),
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


def test_no_version_drops_a_field_that_it_does_not_have(hub):
    """Every field of the input, in every version that lacks it: refused by name, nothing saved."""
    given = {
        "tradeName": "Uno", "kindOfPerson": "LEGAL_ENTITY", "regime": "GENERAL_REGIME",
        "phone": "+576015550101", "email": "a@b.example", "website": "https://b.example",
        "timezone": "America/Bogota", "decimalPrecision": 2,
    } | {f"address.{part}": "12345" for part in (
        "description", "street", "exteriorNumber", "interiorNumber", "neighborhood", "city",
        "municipality", "district", "region", "postalCode")}
    versions = hub.sql("select code from country_version").split()
    lacking = 0
    for version in versions:
        tenant = hub.sql(
            "insert into company (tenant_id, country_version, legal_name, currency_code, timezone,"
            " decimal_precision) select gen_random_uuid(), code, 'Prueba', currency_code, timezone,"
            f" 2 from country_version where code = '{version}' returning tenant_id")
        person = hub.person(tenant=tenant)
        before = company(hub, person)
        form = hub.sql(
            f"select path from form_field where country_version = '{version}'").split("\n")
        for name in sorted(set(given) - set(form)):
            first, _, rest = name.partition(".")
            change = {first: {rest: given[name]} if rest else given[name]}
            payload = update(hub, person, legalName="Guardado", **change)
            assert errors(payload) == [("FIELD_NOT_IN_COUNTRY_VERSION", name)], version
            lacking += 1
        assert company(hub, person) == before
    assert lacking > len(versions)


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


def conflicts(payload):
    return {
        ".".join(error["field"]): error["currentValue"] for error in payload["userErrors"]
        if error["code"] == "CONFLICT"
    }


def test_a_conflict_says_what_stands_and_only_where_something_else_does(hub):
    person = hub.person()
    update(
        hub, person, tradeName="Uno", phone="601 555 0101", decimalPrecision=4,
        identification=NIT, kindOfPerson="LEGAL_ENTITY", website="https://uno.example",
    )
    update(hub, person, revision=2, website=None)
    # Of before: phone and kind are set to what stands, the email nobody has touched.
    payload = update(
        hub, person, tradeName="Dos", phone="+576015550101", decimalPrecision=2,
        identification=NIT | {"number": "901234567", "checkDigit": "7"},
        website="https://dos.example", kindOfPerson="LEGAL_ENTITY", email="dos@uno.example",
    )
    assert conflicts(payload) == {
        "tradeName": "Uno", "decimalPrecision": "4", "identification.number": "900123456",
        "identification.checkDigit": "8", "website": None,
    }
    assert payload["company"]["email"] is None
    assert payload["company"]["revision"] == 3
    # Errors of another kind have none.
    (wrong,) = update(hub, person, phone="call me")["userErrors"]
    assert wrong["currentValue"] is None


def test_who_sets_what_stands_is_in_no_conflict(hub):
    """An answer was lost, and the client asks again: it is not told of its own change."""
    person = hub.person()
    for _ in range(3):
        payload = update(hub, person, tradeName="Uno", address={"city": "Cali"}, phone=None)
        assert payload["userErrors"] == []
        assert payload["company"]["revision"] == 2
    assert conflicts(update(hub, person, tradeName="Dos", address={"city": "Cali"})) == {
        "tradeName": "Uno"
    }


@pytest.mark.parametrize("seed", range(3))
def test_many_edit_at_once_and_no_change_is_lost(hub, seed):
    """Each change that was saved stands on the value that its editor saw: the changes of a field
    are one chain, from what it was at first to what stands."""
    editors = 8
    first = hub.person()
    people = [first] + [hub.person(tenant=first.tenant) for _ in range(editors - 1)]
    ours = ["legalName", "tradeName", "email", "website", "city", "description"]
    began = company(hub, first)

    def seen(answer, name):
        if name in ("city", "description"):
            return (answer["address"] or {}).get(name)
        return answer[name]

    def value(name, who, turn):
        text = f"e{who}t{turn}"
        return {"email": f"{text}@uno.example", "website": f"https://{text}.example/"}.get(
            name, text)

    def edit(who):
        chance, saved, refused = random.Random(seed * 100 + who), [], 0
        for turn in range(12):
            before = company(hub, people[who])
            given = {
                name: value(name, who, turn)
                for name in chance.sample(ours, chance.randint(1, 3))
            }
            parts = {name: given[name] for name in ("city", "description") if name in given}
            change = {name: given[name] for name in given if name not in parts}
            if parts:
                change["address"] = parts
            payload = update(hub, people[who], revision=before["revision"], **change)
            if payload["userErrors"]:
                # Nothing of it was saved, and what is told of a field is what somebody saved.
                told = conflicts(payload)
                assert told and {name.rpartition(".")[2] for name in told} <= set(given)
                assert all(
                    standing != seen(before, name.rpartition(".")[2])
                    for name, standing in told.items()
                )
                refused += 1
            else:
                saved += [(name, seen(before, name), given[name]) for name in given]
        return saved, refused

    with concurrent.futures.ThreadPoolExecutor(editors) as pool:
        done = list(pool.map(edit, range(editors)))
    stands = company(hub, first)
    steps = collections.defaultdict(dict)
    for saved, _ in done:
        for name, before, after in saved:
            assert before not in steps[name], f"two changes of {name} stand on {before}"
            steps[name][before] = after
    for name in ours:
        at, count = seen(began, name), 0
        while at in steps[name]:
            at, count = steps[name][at], count + 1
        assert (at, count) == (seen(stands, name), len(steps[name])), name
    assert sum(refused for _, refused in done) > 0, "nobody met anybody: this shows nothing"
    assert sum(len(saved) for saved, _ in done) > editors


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
