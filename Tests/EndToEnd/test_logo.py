"""The logo of a company, by the rules of the photo of a profile: who may, what is left of a file,
and whose it is. What makes a picture one is held by test_photo.py."""

import concurrent.futures
import re

import pytest

import pictures
from test_photo import PLAIN, bearer, fetch, opened

LOGO = "/company/logo"
COMPANY = "{ company { logoUrl revision updatedAt } }"


def put(hub, person, body=PLAIN):
    return hub.request("PUT", LOGO, body, bearer(person))


def remove(hub, person):
    return hub.request("DELETE", LOGO, headers=bearer(person))


def company(hub, person):
    return hub.ask(COMPANY, token=person.token).data["company"]


def uploaded(hub, person, body=PLAIN):
    answer = put(hub, person, body)
    assert answer.status == 200, answer.body
    return answer.json["logoUrl"]


@pytest.mark.parametrize("name", ["plain.png", "turned.jpg", "plain.webp"])
def test_the_picture_is_served_and_nothing_is_told_beside_it(hub, name):
    person, file = hub.person(), pictures.TAKEN[name]()
    url = uploaded(hub, person, file)
    ending = {"jpg": "jpg"}.get(name[-3:], name.rpartition(".")[2])
    assert re.fullmatch(rf"http://127\.0\.0\.1:{hub.port}/logos/[0-9a-f]{{32}}\.{ending}", url)
    assert company(hub, person)["logoUrl"] == url
    answer = fetch(hub, url)
    assert opened(answer.body).tobytes() == opened(file).tobytes()
    assert pictures.MARK not in answer.body
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    held = fetch(hub, url, **{"If-None-Match": answer.headers["ETag"]})
    assert (held.status, held.body) == (304, b"")


@pytest.mark.parametrize("name", pictures.REFUSED)
def test_what_is_no_still_picture_is_refused(hub, name):
    person = hub.person()
    code, make = pictures.REFUSED[name]
    assert put(hub, person, make()).codes == [code]
    assert company(hub, person)["logoUrl"] is None


def test_a_change_of_the_logo_is_one_of_the_company(hub):
    person = hub.person()
    first = put(hub, person).json
    assert first["revision"] == 2
    # The same once more is none.
    assert put(hub, person).json == first
    # Somebody who edits the name meanwhile is not disturbed.
    saved = hub.ask(
        'mutation { updateCompany(input: {revision: 1, legalName: "Otra"}) '
        "{ company { revision logoUrl } userErrors { code } } }",
        token=person.token,
    ).data["updateCompany"]
    assert saved == {
        "company": {"revision": 3, "logoUrl": first["logoUrl"]}, "userErrors": []
    }
    assert remove(hub, person).json == {"logoUrl": None, "revision": 4}
    assert remove(hub, person).json == {"logoUrl": None, "revision": 4}
    assert company(hub, person)["logoUrl"] is None
    assert fetch(hub, first["logoUrl"]).status == 404
    assert hub.sql(
        f"select count(*) from company_logo where tenant_id = '{person.tenant}'") == "0"


def test_the_one_before_is_gone_at_once(hub):
    person = hub.person()
    urls = [uploaded(hub, person, pictures.TAKEN[name]()) for name in ["plain.png", "plain.jpg"]]
    assert [fetch(hub, url).status for url in urls] == [404, 200]


def test_uploads_at_once_leave_one_logo(hub):
    person = hub.person()
    files = [pictures.TAKEN[name]() for name in ["plain.png", "plain.jpg", "plain.webp"]] * 2
    with concurrent.futures.ThreadPoolExecutor(len(files)) as uploads:
        urls = list(uploads.map(lambda file: uploaded(hub, person, file), files))
    stands = company(hub, person)["logoUrl"]
    assert {url for url in urls if fetch(hub, url).status == 200} == {stands}


@pytest.mark.parametrize("role", ["accountant", "assistant", "seller"])
def test_administrators_alone_change_it(hub, role):
    admin = hub.person()
    url = uploaded(hub, admin)
    other = hub.person(role, tenant=admin.tenant)
    for answer in [put(hub, other, pictures.TAKEN["plain.jpg"]()), remove(hub, other)]:
        assert (answer.status, answer.codes) == (403, ["FORBIDDEN"])
    assert hub.request("PUT", LOGO, PLAIN).status == 401
    assert company(hub, other)["logoUrl"] == url
    assert fetch(hub, url).status == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_who_is_no_member_any_more_is_refused_at_once(hub, method):
    person = hub.person()
    hub.person(tenant=person.tenant)
    url = uploaded(hub, person)
    hub.sql(f"delete from membership where account_id = '{person.account}'")
    answer = hub.request(method, LOGO, pictures.TAKEN["plain.jpg"](), bearer(person))
    assert (answer.status, answer.codes) == (401, ["UNAUTHENTICATED"])
    assert fetch(hub, url).status == 200


def test_no_other_company_is_touched_and_the_same_picture_is_two(hub):
    one, other = hub.person(), hub.person()
    urls = [uploaded(hub, one), uploaded(hub, other)]
    assert urls[0] != urls[1]
    remove(hub, one)
    assert company(hub, other)["logoUrl"] == urls[1]
    assert fetch(hub, urls[1]).status == 200
    assert urls[1] not in str(hub.ask(COMPANY, token=one.token).data)


def test_nobody_finds_a_logo_by_guessing(hub):
    name = uploaded(hub, hub.person()).rpartition("/")[2]
    wrong = ("0" if name[0] != "0" else "1") + name[1:]
    for path in [wrong, "", name.upper(), name.replace(".png", ".jpg"), "%00" + name, "%"]:
        assert hub.request("GET", f"/logos/{path}").status == 404, path
    # A photo is no logo.
    assert hub.request("GET", f"/photos/{name}").status == 404


def test_a_logo_goes_with_its_company(hub):
    person = hub.person()
    url = uploaded(hub, person)
    hub.sql(f"delete from company where tenant_id = '{person.tenant}'")
    assert fetch(hub, url).status == 404
