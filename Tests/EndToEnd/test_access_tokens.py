"""Access tokens: what is one, and that sessions, members and roles count as they are now."""

import base64
import json

import pytest

from hub import EJEMPLAR, JSON, MODELO, PAMPA, RESPONSE_JSON, encoded
from session_documents import SIGN_OUT, SWITCH, company_of

PROFILE = "{ profile { id } }"


def assert_refused(hub, token, document=PROFILE):
    for accept in [JSON, RESPONSE_JSON]:
        answer = hub.ask(document, token=token, accept=accept)
        assert answer.status == 401
        assert answer.headers["content-type"].startswith(accept)
        assert answer.codes == ["UNAUTHENTICATED"]
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert "data" not in answer.json


def test_without_a_token_only_public_fields_are_answered(hub):
    assert hub.ask("{ about { name } }").data == {"about": {"name": "Mi Alegra"}}
    assert_refused(hub, None)
    mixed = hub.ask("{ about { name } profile { id } }")
    assert mixed.status == 200
    assert mixed.json["data"] == {"about": {"name": "Mi Alegra"}, "profile": None}
    assert mixed.codes == ["UNAUTHENTICATED"]


def test_a_good_token_reaches_its_own_company(hub):
    person = hub.person()
    assert company_of(hub, person.token) == person.tenant


@pytest.mark.parametrize("part", [0, 1, 2])
@pytest.mark.parametrize("place", [0, 0.5, 1])
def test_a_flipped_bit_is_noticed_wherever_it_is(hub, part, place):
    parts = hub.person().token.split(".")
    raw = bytearray(base64.urlsafe_b64decode(parts[part] + "=="))
    raw[int(place * (len(raw) - 1))] ^= 1
    parts[part] = encoded(bytes(raw))
    assert_refused(hub, ".".join(parts))


@pytest.mark.parametrize(
    "change",
    [
        {"header": {"alg": "none"}},
        {"header": {"alg": "HS512"}},
        {"header": {"alg": "RS256"}},
        {"header": {"alg": "hs256"}},
        {"header": {"kid": "other"}},
        {"header": {"kid": ""}},
        {"header": {"typ": "JWT"}},
        {"header": {"crit": ["exp"]}},
        {"header": {"jku": "https://keys.example/"}},
        {"secret": b""},
        {"secret": b"0" * 32},
        {"exp": 1},
        {"exp": "9999999999"},
        {"nbf": 9_999_999_999},
        {"iat": 9_999_999_999},
        {"iss": "another"},
        {"aud": "another"},
        {"sub": "not a uuid"},
        {"tid": None},
    ],
    ids=str,
)
def test_what_we_did_not_sign_for_now_and_here_is_refused(hub, change):
    person = hub.person()
    token = hub.access_token(person.account, person.tenant, person.session, **change)
    assert_refused(hub, token)


@pytest.mark.parametrize("token", ["x", "..", "a.b.c", "a.b", "a.b.c.d", "é", "x" * 5000, ""])
def test_what_is_no_token_is_refused(hub, token):
    answer = hub.request(
        "POST", "/graphql", json.dumps({"query": PROFILE}),
        {"Content-Type": JSON, "Authorization": f"Bearer {token}".encode()},
    )
    assert answer.status == 401
    assert "www-authenticate" in answer.headers


def test_an_unsigned_token_of_another_shape_is_refused(hub):
    signed = hub.person().token.rsplit(".", 1)[0]
    for token in [signed + ".", signed]:
        assert_refused(hub, token)


def test_an_expired_token_is_refused_even_where_none_is_needed(hub):
    person = hub.person()
    token = hub.access_token(person.account, person.tenant, person.session, exp=1)
    assert_refused(hub, token, "{ about { name } }")


@pytest.mark.parametrize("tenant", [EJEMPLAR, MODELO, PAMPA, "00000000-0000-4000-8000-0000000000ff"])
def test_a_signed_token_for_a_company_that_is_not_the_persons_finds_nothing(hub, tenant):
    person = hub.person()
    assert_refused(hub, hub.access_token(person.account, tenant, person.session))


def test_a_token_with_another_persons_session_finds_nothing(hub):
    one, other = hub.person(), hub.person()
    assert_refused(hub, hub.access_token(one.account, one.tenant, other.session))
    assert_refused(hub, hub.access_token(other.account, one.tenant, one.session))


CHANGE = 'mutation { updateProfile(input: {revision: 1, firstName: "X"}) { userErrors { code } } }'


@pytest.mark.parametrize(
    "change",
    [
        "update session set revoked_at = now() where id = '{session}'",
        "update session set idle_expires_at = now() - interval '1 s' where id = '{session}'",
        "delete from session where id = '{session}'",
        "delete from membership where account_id = '{account}'",
        "delete from account where id = '{account}'",
    ],
)
def test_what_ends_a_session_ends_it_at_the_next_request(hub, change):
    person = hub.person("seller")
    assert company_of(hub, person.token) == person.tenant
    hub.sql(change.format(session=person.session, account=person.account))
    assert_refused(hub, person.token)
    assert_refused(hub, person.token, CHANGE)
    assert_refused(hub, person.token, SIGN_OUT)


def test_signing_out_ends_the_session_at_once_and_no_other(hub):
    person = hub.person()
    refresh_token = hub.refresh_token(person)
    elsewhere = hub.sql(
        f"""insert into session (account_id, last_tenant_id, device, expires_at, idle_expires_at)
        values ('{person.account}', '{person.tenant}', 'x', now() + '1 h', now() + '1 h')
        returning id"""
    )
    answer = hub.ask(SIGN_OUT, token=person.token)
    assert answer.data == {"signOut": {"userErrors": []}}
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert_refused(hub, person.token)
    refreshed = hub.ask(
        "mutation ($token: String) { refreshSession(input: {refreshToken: $token}) "
        "{ userErrors { code } } }",
        {"token": refresh_token},
    )
    assert refreshed.data["refreshSession"]["userErrors"] == [{"code": "SESSION_ENDED"}]
    other = hub.access_token(person.account, person.tenant, elsewhere)
    assert company_of(hub, other) == person.tenant


def test_a_role_counts_as_it_is_now(hub):
    person = hub.person()
    another = hub.person(tenant=person.tenant)
    people = "{ people { id role } profile { id } }"
    update = 'mutation { updateCompany(input: {revision: 1, legalName: "Otra"}) ' \
        "{ company { legalName } userErrors { code } } }"
    assert {"id": person.account, "role": "administrator"} in hub.ask(
        people, token=another.token
    ).data["people"]
    hub.sql(f"update membership set role = 'seller' where account_id = '{person.account}'")
    for document, field in [(people, "people"), (update, "updateCompany")]:
        answer = hub.ask(document, token=person.token)
        assert answer.status == 200
        assert answer.codes == ["FORBIDDEN"]
        assert answer.json["data"][field] is None
        assert answer.json["errors"][0]["path"] == [field]
    # The refusal of one field leaves the others.
    assert hub.ask(people, token=person.token).json["data"]["profile"] == {"id": person.account}
    name = hub.sql(f"select legal_name from company where tenant_id = '{person.tenant}'")
    assert name == "Prueba"


def test_a_person_goes_on_in_another_of_their_companies_in_the_same_session(hub):
    person = hub.person("seller")
    elsewhere = hub.person().tenant
    hub.sql(
        f"""insert into membership (tenant_id, account_id, role)
        values ('{elsewhere}', '{person.account}', 'accountant')"""
    )
    token = person.token
    for tenant in [elsewhere, person.tenant, elsewhere]:
        answer = hub.ask(SWITCH, {"input": {"companyId": tenant}}, token=token).data["switchCompany"]
        assert answer["userErrors"] == []
        assert answer["session"]["refreshToken"] is None
        token = answer["session"]["accessToken"]
        who = hub.ask(
            "{ company { id } security { sessions { id isCurrent } } "
            "memberships { companyId isCurrent } }",
            token=token,
        ).data
        assert who["company"]["id"] == tenant
        assert who["security"]["sessions"] == [{"id": person.session, "isCurrent": True}]
        assert {"companyId": tenant, "isCurrent": True} in who["memberships"]
        # The refresh goes on where the person is now.
    refreshed = hub.ask(
        "mutation ($token: String) { refreshSession(input: {refreshToken: $token}) "
        "{ session { accessToken } } }",
        {"token": hub.refresh_token(person)},
    ).data["refreshSession"]
    assert company_of(hub, refreshed["session"]["accessToken"]) == elsewhere


def test_caro_goes_from_ejemplar_to_modelo_and_back(hub):
    caro = "00000000-0000-4000-8000-0000000000a4"
    session = hub.sql(
        f"""insert into session (account_id, last_tenant_id, device, expires_at, idle_expires_at)
        values ('{caro}', '{EJEMPLAR}', 'x', now() + '1 h', now() + '1 h') returning id"""
    )
    token = hub.access_token(caro, EJEMPLAR, session)
    for tenant, name in [(MODELO, "Modelo Comercial, S.A. de C.V."), (EJEMPLAR, "Ejemplar S.A.S.")]:
        answer = hub.ask(SWITCH, {"input": {"companyId": tenant}}, token=token).data
        token = answer["switchCompany"]["session"]["accessToken"]
        assert hub.ask("{ company { legalName } }", token=token).data["company"]["legalName"] == name


def test_a_foreign_company_is_refused_like_one_that_never_was(hub):
    person = hub.person()
    foreign = [hub.person().tenant, PAMPA]
    never = ["00000000-0000-4000-8000-0000000000ff", "not a uuid", ""]
    bodies = {
        hub.ask(SWITCH, {"input": {"companyId": tenant}}, token=person.token).body
        for tenant in foreign + never
    }
    (body,) = bodies
    (error,) = json.loads(body)["data"]["switchCompany"]["userErrors"]
    assert error["code"] == "COMPANY_NOT_FOUND" and error["field"] == ["companyId"]
    assert company_of(hub, person.token) == person.tenant
