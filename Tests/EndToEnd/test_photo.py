"""The photo of a profile: what is taken and what is left of it, where it is served, and whose it is."""

import concurrent.futures
import io
import re
import socket
import urllib.parse

import pytest
from PIL import Image, ImageOps

import pictures

PHOTO = "/profile/photo"
PROFILE = "{ profile { photoUrl revision updatedAt } }"
PLAIN = pictures.TAKEN["plain.png"]()


def bearer(person):
    return {"Authorization": f"Bearer {person.token}"}


def put(hub, person, body, **headers):
    return hub.request("PUT", PHOTO, body, bearer(person) | headers)


def remove(hub, person):
    return hub.request("DELETE", PHOTO, headers=bearer(person))


def profile(hub, person):
    return hub.ask(PROFILE, token=person.token).data["profile"]


def fetch(hub, url, method="GET", **headers):
    """What is served at an address of the hub's own."""
    parts = urllib.parse.urlsplit(url)
    assert parts.netloc == f"127.0.0.1:{hub.port}"
    return hub.request(method, parts.path, None, headers)


def uploaded(hub, person, body=PLAIN):
    answer = put(hub, person, body)
    assert answer.status == 200, answer.body
    return answer.json["photoUrl"]


def opened(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("name", pictures.TAKEN)
def test_the_picture_is_the_same_and_nothing_is_told_beside_it(hub, name):
    person, file = hub.person(), pictures.TAKEN[name]()
    served = fetch(hub, uploaded(hub, person, file)).body
    before, after = opened(file), opened(served)
    assert after.size == before.size and after.mode == before.mode
    assert after.tobytes() == before.tobytes()
    if before.mode == "P":
        assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()
    # As it is held in the hand.
    turned = [ImageOps.exif_transpose(image).tobytes() for image in (before, after)]
    assert turned[0] == turned[1]
    assert pictures.MARK not in served
    assert set(after.getexif()) <= {0x0112}
    assert not after.getexif().get_ifd(0x8825)
    for told in ["comment", "xmp", "icc_profile", "Comment", "Author", "XML:com.adobe.xmp", "mp"]:
        assert told not in after.info


@pytest.mark.parametrize("name", pictures.REFUSED)
@pytest.mark.parametrize("declared", ["image/png", "image/svg+xml"])
def test_what_is_no_still_picture_is_refused_whatever_it_is_called(hub, name, declared):
    person = hub.person()
    code, make = pictures.REFUSED[name]
    answer = put(hub, person, make(), **{"Content-Type": declared})
    assert answer.codes == [code]
    assert answer.status == (415 if code == "IMAGE_NOT_SUPPORTED" else 422)
    assert profile(hub, person)["photoUrl"] is None
    assert hub.sql(f"select count(*) from photo where account_id = '{person.account}'") == "0"


@pytest.mark.parametrize("declared", ["image/svg+xml", "text/html", "nonsense", ""])
def test_the_bytes_decide_what_a_picture_is(hub, declared):
    url = put(hub, hub.person(), PLAIN, **{"Content-Type": declared}).json["photoUrl"]
    assert url.endswith(".png")
    assert fetch(hub, url).headers["Content-Type"] == "image/png"


@pytest.mark.parametrize("name", ["plain.png", "plain.jpg", "plain.webp"])
def test_half_a_picture_is_refused(hub, name):
    whole = pictures.TAKEN[name]()
    answer = put(hub, hub.person(), whole[: len(whole) - 30])
    assert (answer.status, answer.codes) == (422, ["IMAGE_DAMAGED"])


@pytest.mark.parametrize(
    "language, word", [("es", "imagen"), ("en", "not an image"), ("pt", "arquivo")]
)
def test_a_refusal_speaks_the_persons_language(hub, language, word):
    (error,) = put(hub, hub.person(language=language), b"GIF89a").json["errors"]
    assert word in error["message"]


def test_a_photo_is_served_for_caches_to_keep_and_for_nothing_but_an_image(hub):
    url = uploaded(hub, hub.person(), pictures.TAKEN["turned.jpg"]())
    assert re.fullmatch(rf"http://127\.0\.0\.1:{hub.port}/photos/[0-9a-f]{{32}}\.jpg", url)
    answer = fetch(hub, url)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    tag = answer.headers["ETag"]
    assert re.fullmatch(r'"[^"]{16,}"', tag)
    head = fetch(hub, url, "HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(answer.body))


def test_a_photo_that_is_held_is_not_sent_again(hub):
    person = hub.person()
    url = uploaded(hub, person)
    tag = fetch(hub, url).headers["ETag"]
    for held in [tag, f"W/{tag}", f'"other", {tag}', "*"]:
        answer = fetch(hub, url, **{"If-None-Match": held})
        assert (answer.status, answer.body) == (304, b"")
        assert answer.headers["ETag"] == tag
        assert "immutable" in answer.headers["Cache-Control"]
    assert fetch(hub, url, **{"If-None-Match": '"other"'}).status == 200
    remove(hub, person)
    assert fetch(hub, url, **{"If-None-Match": tag}).status == 404


def test_each_photo_has_an_address_of_its_own_and_the_one_before_is_gone_at_once(hub):
    person = hub.person()
    urls = []
    for name in ["plain.png", "plain.jpg", "plain.png"]:
        urls.append(uploaded(hub, person, pictures.TAKEN[name]()))
        assert profile(hub, person)["photoUrl"] == urls[-1]
        assert [fetch(hub, url).status for url in urls] == [404] * (len(urls) - 1) + [200]
    assert len(set(urls)) == 3
    assert hub.sql(f"select count(*) from photo where account_id = '{person.account}'") == "1"


def test_a_removed_photo_is_gone_at_once(hub):
    person = hub.person()
    url = uploaded(hub, person)
    before = profile(hub, person)
    answer = remove(hub, person)
    assert answer.status == 200
    assert answer.json == {"photoUrl": None, "revision": before["revision"] + 1}
    assert fetch(hub, url).status == 404
    assert fetch(hub, url).codes == ["NOT_FOUND"]
    assert profile(hub, person)["photoUrl"] is None
    # Once more changes nothing.
    assert remove(hub, person).json == answer.json
    assert hub.sql(f"select count(*) from photo where account_id = '{person.account}'") == "0"


def test_a_change_of_the_photo_is_one_of_the_profile(hub):
    person = hub.person()
    answer = put(hub, person, PLAIN)
    assert answer.json["revision"] == 2
    assert answer.headers["Cache-Control"] == "no-store"
    assert profile(hub, person)["revision"] == 2
    # Somebody who edits the name meanwhile is not disturbed.
    saved = hub.ask(
        "mutation { updateProfile(input: {revision: 1, lastName: \"Ruiz\"}) "
        "{ profile { revision } userErrors { code } } }",
        token=person.token,
    ).data["updateProfile"]
    assert saved == {"profile": {"revision": 3}, "userErrors": []}


def test_the_same_picture_once_more_changes_nothing(hub):
    person = hub.person()
    url = uploaded(hub, person, pictures.TAKEN["baseline.jpg"]())
    before = profile(hub, person)
    mails = hub.sql("select count(*) from mail")
    # With other words beside it, it is the same picture.
    again = put(hub, person, pictures.TAKEN["upright.jpg"]())
    assert again.json == {"photoUrl": url, "revision": before["revision"]}
    assert profile(hub, person) == before
    assert fetch(hub, url).status == 200
    assert hub.sql("select count(*) from mail") == mails


def test_two_uploads_at_once_leave_one_photo(hub):
    person = hub.person()
    files = [pictures.TAKEN[name]() for name in ["plain.png", "plain.jpg", "plain.webp"]] * 2
    with concurrent.futures.ThreadPoolExecutor(len(files)) as uploads:
        urls = list(uploads.map(lambda file: uploaded(hub, person, file), files))
    stands = profile(hub, person)["photoUrl"]
    assert stands in urls
    assert {url for url in urls if fetch(hub, url).status == 200} == {stands}


# Who may ------------------------------------------------------------------------------------------


def test_a_token_changes_the_photo_of_its_own_person_alone(hub):
    ana, luis = hub.person(), hub.person()
    colleague = hub.person(tenant=ana.tenant)
    urls = {person.account: uploaded(hub, person) for person in (ana, luis, colleague)}
    assert len(set(urls.values())) == 3
    remove(hub, ana)
    put(hub, ana, pictures.TAKEN["plain.jpg"]())
    for other in (luis, colleague):
        assert profile(hub, other)["photoUrl"] == urls[other.account]
        assert fetch(hub, urls[other.account]).status == 200


def test_nobody_finds_a_photo_by_guessing(hub):
    url = uploaded(hub, hub.person())
    folder, name = url.rsplit("/", 1)
    wrong = ("0" if name[0] != "0" else "1") + name[1:]
    for path in [
        wrong, "", name.upper(), name.replace(".png", ".jpg"), name.replace(".png", ""),
        name + "/", "%00" + name, name + "%00", "%", "_" * 32 + ".png", "../graphql", name * 50,
        "'" + name[1:],
    ]:
        answer = hub.request("GET", f"/photos/{path}")
        assert (answer.status, answer.codes) == (404, ["NOT_FOUND"]), path


@pytest.mark.parametrize("role", ["administrator", "accountant", "assistant", "seller"])
def test_every_role_has_a_photo(hub, role):
    person = hub.person(role)
    assert fetch(hub, uploaded(hub, person)).status == 200
    assert remove(hub, person).status == 200


def test_a_photo_goes_with_its_account(hub):
    person = hub.person()
    # The last administrator may not go.
    hub.person(tenant=person.tenant)
    url = uploaded(hub, person)
    gone = hub.ask(
        "mutation ($email: String!) { deleteAccount(input: {email: $email}) "
        "{ userErrors { code } } }",
        {"email": person.email}, token=person.token,
    ).data["deleteAccount"]
    assert gone == {"userErrors": []}
    assert fetch(hub, url).status == 404
    assert hub.sql(f"select count(*) from photo where account_id = '{person.account}'") == "0"


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_without_a_good_token_nothing_is_done(hub, method):
    person = hub.person()
    uploaded(hub, person)
    before = profile(hub, person)
    expired = hub.access_token(person.account, person.tenant, person.session, exp=1)
    for fields, challenge in [
        ({}, 'Bearer realm="api"'),
        ({"Authorization": "Bearer " + expired}, "invalid_token"),
        ({"Authorization": "Bearer nonsense"}, "invalid_token"),
        ({"Authorization": "Basic YTpi"}, 'Bearer realm="api"'),
        ({"Cookie": f"refresh={person.token}"}, 'Bearer realm="api"'),
    ]:
        answer = hub.request(method, PHOTO, pictures.TAKEN["plain.jpg"](), fields)
        assert (answer.status, answer.codes) == (401, ["UNAUTHENTICATED"])
        assert challenge in answer.headers["WWW-Authenticate"]
    assert profile(hub, person) == before


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
@pytest.mark.parametrize(
    "end",
    [
        "update session set revoked_at = now() where id = '{session}'",
        "update session set idle_expires_at = now() where id = '{session}'",
        "delete from membership where account_id = '{account}'",
    ],
)
def test_an_ended_session_and_a_removed_member_are_refused_at_once(hub, method, end):
    person = hub.person()
    # The last administrator would not go.
    hub.person(tenant=person.tenant)
    url = uploaded(hub, person)
    hub.sql(end.format(session=person.session, account=person.account))
    answer = hub.request(method, PHOTO, pictures.TAKEN["plain.jpg"](), bearer(person))
    assert (answer.status, answer.codes) == (401, ["UNAUTHENTICATED"])
    assert fetch(hub, url).status == 200


# Bounds -------------------------------------------------------------------------------------------


def test_bytes_and_pixels_are_bounded_and_the_limit_is_named(serve, hub):
    served = serve(PHOTO_BYTES_MAX="700", PHOTO_SIDE_MAX="30", PHOTO_PIXELS_MAX="600")
    person = hub.person()

    def saved(width, height):
        return pictures.saved(Image.new("L", (width, height)), "PNG")

    assert put(served, person, saved(30, 20)).status == 200
    for body, status, code, limit in [
        (PLAIN + bytes(700), 413, "BODY_TOO_LARGE", "photoBytesMax"),
        (saved(31, 1), 422, "IMAGE_TOO_LARGE", "photoSideMax"),
        (saved(1, 31), 422, "IMAGE_TOO_LARGE", "photoSideMax"),
        (saved(30, 21), 422, "IMAGE_TOO_LARGE", "photoPixelsMax"),
    ]:
        answer = put(served, person, body)
        assert (answer.status, answer.codes, answer.limits) == (status, [code], [limit])


def test_a_photo_of_the_largest_size_is_taken_and_served(hub):
    image = Image.effect_noise((1300, 1300), 90).convert("RGB")
    file = pictures.saved(image, "PNG", compress_level=0)
    assert 4_900_000 < len(file) <= 5 << 20
    url = uploaded(hub, hub.person(), file)
    assert opened(fetch(hub, url).body).tobytes() == image.tobytes()


def test_a_photo_has_longer_to_arrive_than_other_requests(serve, hub):
    served = serve(READ_TIMEOUT_SECONDS="0.3")
    head = (
        f"PUT {PHOTO} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
        f"Authorization: Bearer {hub.person().token}\r\nContent-Length: {len(PLAIN)}\r\n\r\n"
    ).encode()
    with (
        socket.create_connection(("127.0.0.1", served.port), 30) as upload,
        socket.create_connection(("127.0.0.1", served.port), 30) as other,
    ):
        upload.sendall(head + PLAIN[:10])
        other.sendall(b"POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{")
        # Begun later, it is over first.
        assert other.recv(65536).startswith(b"HTTP/1.1 408 ")
        upload.sendall(PLAIN[10:])
        assert upload.recv(65536).startswith(b"HTTP/1.1 200 ")


def test_a_compressed_body_is_refused(hub):
    answer = put(hub, hub.person(), PLAIN, **{"Content-Encoding": "gzip"})
    assert (answer.status, answer.codes) == (415, ["UNSUPPORTED_MEDIA_TYPE"])


def test_other_methods_are_told_which_there_are(hub):
    for method in ["GET", "POST", "PATCH"]:
        answer = hub.request(method, PHOTO, b"", {"Content-Length": "0"})
        assert (answer.status, answer.headers["Allow"]) == (405, "PUT, DELETE, OPTIONS")
    assert hub.request("PUT", "/photos/" + "0" * 32 + ".png", b"").status == 405


# Addresses and origins ----------------------------------------------------------------------------


def test_the_address_is_the_configured_one(serve, hub):
    served = serve(PUBLIC_URL="https://hub.example.com/alegra/")
    person = hub.person()
    url = put(served, person, PLAIN).json["photoUrl"]
    assert url.startswith("https://hub.example.com/alegra/photos/")
    host = {"Host": "evil.example", "Content-Type": "application/json"} | bearer(person)
    answer = served.request("POST", "/graphql", '{"query":"{ profile { photoUrl } }"}', host)
    assert answer.data["profile"]["photoUrl"] == url


def test_an_address_that_stands_elsewhere_is_answered_as_it_is(hub):
    person = hub.person()
    elsewhere = "https://images.example.com/ana.png"
    hub.sql(f"update account set photo_url = '{elsewhere}' where id = '{person.account}'")
    assert profile(hub, person)["photoUrl"] == elsewhere


def test_pages_of_configured_origins_may_upload(serve, hub):
    served = serve(CORS_ORIGINS="https://app.example.com")
    origin = {"Origin": "https://app.example.com"}
    asked = origin | {
        "Access-Control-Request-Method": "PUT",
        "Access-Control-Request-Headers": "authorization, content-type",
    }
    preflight = served.request("OPTIONS", PHOTO, None, asked)
    assert preflight.status == 204
    assert "PUT" in preflight.headers["Access-Control-Allow-Methods"]
    answer = put(served, hub.person(), PLAIN, **origin)
    assert answer.headers["Access-Control-Allow-Origin"] == "https://app.example.com"
    refused = put(served, hub.person(), b"GIF", **origin)
    assert refused.headers["Access-Control-Allow-Origin"] == "https://app.example.com"
    other = put(served, hub.person(), PLAIN, Origin="https://evil.example")
    assert other.headers["Access-Control-Allow-Origin"] is None
