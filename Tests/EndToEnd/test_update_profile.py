"""updateProfile: what is kept, what is refused with it, and two people editing at once."""

import concurrent.futures

import pytest

UPDATE = """
mutation ($input: UpdateProfileInput!) {
  updateProfile(input: $input) {
    profile { firstName lastName displayName phone country language revision }
    userErrors { code message field }
  }
}
"""
PROFILE = "{ profile { firstName lastName displayName phone country language revision } }"


def update(hub, person, **given):
    """The payload of a change of the profile."""
    given.setdefault("revision", 1)
    return hub.ask(UPDATE, {"input": given}, token=person.token).data["updateProfile"]


def profile(hub, person):
    return hub.ask(PROFILE, token=person.token).data["profile"]


def errors(payload):
    return [(error["code"], ".".join(error["field"])) for error in payload["userErrors"]]


def test_the_language_changes_what_the_next_query_is_answered_in(hub):
    person = hub.person()
    solutions = "{ solutions { code name } company { fields { name label } } }"

    def words():
        data = hub.ask(solutions, token=person.token).data
        label = next(f["label"] for f in data["company"]["fields"] if f["name"] == "legalName")
        return {s["code"]: s["name"] for s in data["solutions"]}["store"], label

    assert words() == ("Alegra Tienda", "Razón social o nombre completo")
    assert errors(update(hub, person, language="pt")) == []
    assert words() == ("Alegra Loja", "Razão social ou nome completo")
    assert errors(update(hub, person, language="en", revision=2)) == []
    assert words() == ("Alegra Store", "Registered or full name")


def test_the_payload_is_the_profile_as_it_stands_after_the_change(hub):
    person = hub.person()
    changed = update(hub, person, firstName="Ana", lastName="Ruiz", phone="300 555 0101")
    assert changed["userErrors"] == []
    assert changed["profile"] == {
        "firstName": "Ana", "lastName": "Ruiz", "displayName": "Ana", "phone": "+573005550101",
        "country": "CO", "language": "es", "revision": 2,
    }
    assert profile(hub, person) == changed["profile"]


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("  Ana  ", "Ana"),
        ("Jose\u0301", "José"),
        ("\u00a0Ana\u3000\u200b", "Ana"),
        ("Zoë 👩‍👩‍👧‍👦 🇨🇴", "Zoë 👩‍👩‍👧‍👦 🇨🇴"),
        ("عائشة", "عائشة"),
        ("O'Brien; drop table account --", "O'Brien; drop table account --"),
        ('"\\ <script>', '"\\ <script>'),
        ("é" * 80, "é" * 80),
        ("e\u0301" * 80, "é" * 80),
        ("👩‍👩‍👧‍👦" * 80, "👩‍👩‍👧‍👦" * 80),
        ("न\u093f\u0930\u094d Z\u0323\u0332 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "न\u093f\u0930\u094d Ẓ\u0332 ❤️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
    ],
)
def test_a_name_is_kept_as_it_was_meant(hub, typed, kept):
    person = hub.person()
    assert update(hub, person, firstName=typed)["profile"]["firstName"] == kept
    stored = hub.sql(f"select first_name from account where id = '{person.account}'")
    assert stored == kept


BAD = [
    ("firstName", "", "REQUIRED"),
    ("firstName", None, "REQUIRED"),
    ("firstName", " \u200b ", "REQUIRED"),
    ("firstName", "x" * 81, "TOO_LONG"),
    ("firstName", "a" + "\u0301" * 2000, "TOO_LONG"),
    ("firstName", "👩‍👩‍👧‍👦" * 81, "TOO_LONG"),
    ("lastName", "a\nb", "INVALID_CHARACTERS"),
    ("displayName", "a\u202eb", "INVALID_CHARACTERS"),
    ("phone", "abc", "INVALID_FORMAT"),
    ("phone", "+1", "INVALID_FORMAT"),
    ("country", "XX", "INVALID_FORMAT"),
    ("country", "", "REQUIRED"),
    ("language", "fr", "NOT_OFFERED"),
    ("language", None, "REQUIRED"),
]


@pytest.mark.parametrize("field, value, code", BAD)
def test_a_bad_value_is_named_and_nothing_of_the_change_is_saved(hub, field, value, code):
    person = hub.person()
    before = profile(hub, person)
    other = "lastName" if field != "lastName" else "firstName"
    payload = update(hub, person, **{field: value, other: "Ruiz"})
    assert errors(payload) == [(code, field)]
    assert payload["profile"] == before == profile(hub, person)


def test_every_bad_field_is_named_at_once(hub):
    person = hub.person()
    payload = update(
        hub, person, firstName="", lastName="x" * 81, displayName="a\tb", phone="abc",
        country="XX", language="fr",
    )
    assert errors(payload) == [
        ("REQUIRED", "firstName"), ("TOO_LONG", "lastName"),
        ("INVALID_CHARACTERS", "displayName"), ("INVALID_FORMAT", "phone"),
        ("INVALID_FORMAT", "country"), ("NOT_OFFERED", "language"),
    ]
    assert payload["profile"]["revision"] == 1


@pytest.mark.parametrize("language, word", [("es", "obligatorio"), ("en", "required"), ("pt", "obrigatório")])
def test_messages_are_in_the_persons_language(hub, language, word):
    (error,) = update(hub, hub.person(language=language), firstName="")["userErrors"]
    assert word in error["message"]


def test_null_empties_what_may_be_empty(hub):
    person = hub.person()
    filled = update(hub, person, lastName="Ruiz", displayName="Pru R.", phone="+573005550101")
    assert filled["profile"]["displayName"] == "Pru R."
    emptied = update(hub, person, revision=2, lastName=None, displayName=None, phone=None)
    assert errors(emptied) == []
    assert emptied["profile"] == {
        "firstName": "Pru", "lastName": "", "displayName": "Pru", "phone": None,
        "country": "CO", "language": "es", "revision": 3,
    }


def test_a_save_that_changes_nothing_keeps_the_revision(hub):
    person = hub.person()
    update(hub, person, firstName="José", phone="300 555 0101", displayName="Pepe")
    traces = f"""
        select a.*, (select count(*) from mail m where m.account_id = a.id) from account a
        where a.id = '{person.account}'"""
    before = hub.sql(traces)
    for given in [
        {}, {"firstName": "José"}, {"firstName": " Jose\u0301 ", "lastName": ""},
        {"phone": "+57 (300) 555-0101", "country": "co", "language": "es", "displayName": "Pepe"},
    ]:
        payload = update(hub, person, revision=2, **given)
        assert errors(payload) == []
        assert payload["profile"]["revision"] == 2
        assert hub.sql(traces) == before


def test_a_field_that_changed_meanwhile_is_a_conflict_that_shows_what_stands(hub):
    person = hub.person()
    assert update(hub, person, firstName="Primera")["profile"]["revision"] == 2
    late = update(hub, person, firstName="Segunda", lastName="Ruiz")
    assert errors(late) == [("CONFLICT", "firstName")]
    assert late["profile"]["firstName"] == "Primera"
    assert late["profile"]["lastName"] == ""
    assert late["profile"]["revision"] == 2
    # With what stands seen, it is saved.
    assert errors(update(hub, person, revision=2, firstName="Segunda")) == []


def test_a_change_of_other_fields_is_no_conflict(hub):
    person = hub.person()
    update(hub, person, firstName="Primera")
    second = update(hub, person, lastName="Ruiz")
    assert errors(second) == []
    assert second["profile"]["firstName"] == "Primera"
    assert second["profile"]["lastName"] == "Ruiz"
    assert second["profile"]["revision"] == 3


@pytest.mark.parametrize("fields", [["firstName", "firstName"], ["firstName", "lastName"]])
def test_two_who_save_at_the_same_time(hub, fields):
    for _ in range(5):
        person = hub.person()
        with concurrent.futures.ThreadPoolExecutor(2) as editors:
            saved = list(
                editors.map(
                    lambda field, value: update(hub, person, **{field: value}), fields, "AB"
                )
            )
        refused = [errors(payload) for payload in saved if payload["userErrors"]]
        stands = profile(hub, person)
        if fields[0] == fields[1]:
            assert refused == [[("CONFLICT", "firstName")]]
            assert stands["revision"] == 2
        else:
            assert refused == []
            assert (stands["firstName"], stands["lastName"], stands["revision"]) == ("A", "B", 3)


def test_a_profile_is_the_same_in_every_company_of_the_person(hub):
    person = hub.person("seller")
    elsewhere = hub.person().tenant
    hub.sql(
        f"""insert into membership (tenant_id, account_id, role)
        values ('{elsewhere}', '{person.account}', 'administrator')"""
    )
    update(hub, person, firstName="Uno")
    token = hub.access_token(person.account, elsewhere, person.session)
    names = hub.ask("{ profile { firstName } people { displayName } }", token=token).data
    assert names["profile"] == {"firstName": "Uno"}
    assert {"displayName": "Uno"} in names["people"]


def test_two_changes_in_one_document_see_each_other(hub):
    person = hub.person()
    document = """mutation {
      first: updateProfile(input: {revision: 1, firstName: "A"}) { profile { firstName revision } }
      second: updateProfile(input: {revision: 1, firstName: "B"}) {
        profile { firstName revision } userErrors { code } }
      third: updateProfile(input: {revision: 2, firstName: "C"}) { profile { firstName revision } }
    }"""
    data = hub.ask(document, token=person.token).data
    assert data == {
        "first": {"profile": {"firstName": "A", "revision": 2}},
        "second": {
            "profile": {"firstName": "A", "revision": 2}, "userErrors": [{"code": "CONFLICT"}]
        },
        "third": {"profile": {"firstName": "C", "revision": 3}},
    }
