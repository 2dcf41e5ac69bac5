"""Two OpenID providers on loopback: oidc-provider-mock as it is, and one of the tests' own that
lies as it is told to. And a browser that goes to them and comes back."""

import base64
import contextlib
import dataclasses
import hashlib
import http.cookies
import http.server
import json
import os
import re
import threading
import time
import urllib.parse
import uuid

import requests
from cryptography.hazmat.primitives import hashes, hmac, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from hub import PATIENCE_SECONDS, encoded, until

CLIENT_ID = "client-of-the-tests"
CLIENT_SECRET = "marked client: secret?"
PUBLIC_URL = "https://hub.example"
START = """
mutation ($input: StartGoogleInput!) {
  startGoogle(input: $input) { authorizationUrl userErrors { code message field } }
}
"""


def settings(provider):
    """Those of a hub whose Google is this provider."""
    return {
        "GOOGLE_ISSUER": provider.issuer, "GOOGLE_CLIENT_ID": CLIENT_ID,
        "GOOGLE_CLIENT_SECRET": CLIENT_SECRET, "PUBLIC_URL": PUBLIC_URL,
    }


def ready(served):
    """A sign-up needs the catalogues, which a hub that has just begun may not have yet."""
    until(lambda: served.request("GET", "/readyz").status == 200, "the hub is ready")
    return served


@dataclasses.dataclass
class End:
    """Where the browser was led to, by the fragment of the page."""

    outcome: str
    intent: str
    challenge: str
    answer: object

    @property
    def cookies(self):
        return self.answer.headers.get_all("set-cookie") or []


class Browser:
    """Keeps the hub's cookies, as a browser would under TLS, and goes where it is sent."""

    def __init__(self, hub):
        self.hub = hub
        self.cookies = {}

    def take(self, answer):
        for line in answer.headers.get_all("set-cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(line).items():
                if morsel["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = morsel.value
        return answer

    @property
    def headers(self):
        pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": pairs} if pairs else {}

    def start(self, intent, token=None, **members):
        """The payload of startGoogle."""
        answer = self.hub.ask(START, {"input": {"intent": intent} | members}, token, **self.headers)
        return self.take(answer).data["startGoogle"]

    def url(self, intent, token=None, **members):
        """The address at the provider."""
        payload = self.start(intent, token, **members)
        assert payload["userErrors"] == [], payload
        return payload["authorizationUrl"]

    def come_back(self, location):
        """Follows the provider's redirect to the hub."""
        parts = urllib.parse.urlsplit(location)
        assert f"{parts.scheme}://{parts.netloc}" == PUBLIC_URL
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        answer = self.take(self.hub.request("GET", target, None, self.headers))
        assert answer.status == 303, answer.body
        page = urllib.parse.urlsplit(answer.headers["location"])
        assert page._replace(fragment="").geturl() == PUBLIC_URL + "/google"
        fragment = dict(urllib.parse.parse_qsl(page.fragment))
        return End(
            fragment["outcome"], fragment.get("intent"), fragment.get("challenge"), answer
        )

    def go(self, provider, intent, token=None, **members):
        """There and back."""
        return self.come_back(provider.authorize(self.url(intent, token, **members)))


# The mock ----------------------------------------------------------------------------------------


class Mock:
    """oidc-provider-mock: people by their `sub`."""

    def __init__(self, port):
        self.issuer = f"http://localhost:{port}"
        self.subject = None

    def become(self, email, **claims):
        """Somebody new at the provider, whom it signs in from now on."""
        self.subject = str(uuid.uuid4())
        return self.change(email, **claims)

    def change(self, email, **claims):
        """The same person with other claims."""
        body = {"email": email, "email_verified": True, "given_name": "Gina"} | claims
        answer = requests.put(
            f"{self.issuer}/users/{self.subject}", json=body, timeout=PATIENCE_SECONDS
        )
        assert answer.status_code == 204, answer.text
        return self.subject

    def authorize(self, url):
        assert url.startswith(self.issuer + "/")
        answer = requests.post(
            url, data={"sub": self.subject}, allow_redirects=False, timeout=PATIENCE_SECONDS
        )
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]


@contextlib.contextmanager
def mock_provider():
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    import oidc_provider_mock

    with oidc_provider_mock.run_server_in_thread() as server:
        yield Mock(server.server_port)


# The one that lies -------------------------------------------------------------------------------


class Hostile:
    """A provider whose next token is what `token` makes of the honest claims."""

    def __init__(self, port):
        self.issuer = f"http://127.0.0.1:{port}"
        self.asked = {}
        self.codes = {}
        self.keys = {"first": new_key()}
        self.signs_with = "first"
        self.key_set_cache = "public, max-age=3600"
        self.discovery = {}
        self.honest()

    def honest(self):
        """Tells the truth again; keys stay as they are."""
        self.claims = {}
        self.header = {}
        self.forge = None
        self.answer_token = None

    @property
    def key(self):
        return self.keys[self.signs_with]

    def rotate(self, name):
        self.keys = {name: new_key()}
        self.signs_with = name

    def key_set(self):
        return {"keys": [jwk(name, key.public_key()) for name, key in self.keys.items()]}

    def document(self):
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        } | self.discovery

    def become(self, email, subject=None, **claims):
        self.honest()
        self.subject = subject or str(uuid.uuid4())
        self.claims = {"email": email} | claims
        return self.subject

    def authorize(self, url, **changes):
        """What the provider redirects to, once the person has agreed; None takes a field away."""
        sent = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
        assert sent["response_type"] == "code" and sent["client_id"] == CLIENT_ID
        assert sent["redirect_uri"] == PUBLIC_URL + "/auth/google/return"
        assert set(sent["scope"].split()) == {"openid", "email", "profile"}
        assert sent["code_challenge_method"] == "S256"
        code = str(uuid.uuid4())
        self.codes[code] = (sent["nonce"], sent["code_challenge"])
        fields = {"code": code, "state": sent["state"]} | changes
        fields = {name: value for name, value in fields.items() if value is not None}
        return f"{sent['redirect_uri']}?{urllib.parse.urlencode(fields)}"

    def exchange(self, form, authorization):
        """The answer to a code: status and body."""
        login = ":".join(urllib.parse.quote(part, safe="") for part in (CLIENT_ID, CLIENT_SECRET))
        if authorization != "Basic " + base64.b64encode(login.encode()).decode():
            return 401, {"error": "invalid_client"}
        nonce, challenge = self.codes.pop(form.get("code"), (None, None))
        verifier = form.get("code_verifier", "")
        proved = encoded(hashlib.sha256(verifier.encode()).digest())
        is_verifier = re.fullmatch(r"[\w.~-]{43,128}", verifier)
        if challenge is None or proved != challenge or not is_verifier:
            return 400, {"error": "invalid_grant"}
        return 200, {
            "access_token": "marked-access", "token_type": "Bearer", "id_token": self.token(nonce),
        }

    def token(self, nonce):
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": self.subject, "aud": CLIENT_ID, "azp": CLIENT_ID,
            "iat": now, "exp": now + 3600, "nonce": nonce, "email_verified": True,
            "given_name": "Héctor", "family_name": "Hostil",
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "kid": self.signs_with, "typ": "JWT"} | self.header
        header = {name: value for name, value in header.items() if value is not None}
        if self.forge:
            return self.forge(header, claims, self.key)
        return sign_rs256(header, claims, self.key)


def sign_rs256(header, claims, key):
    signed = signing_input(header, claims)
    return signed + "." + encoded(key.sign(signed.encode(), padding.PKCS1v15(), hashes.SHA256()))


def sign_nothing(header, claims, key):
    return signing_input(header | {"alg": "none"}, claims) + "."


def sign_with_public_key(header, claims, key):
    """HS256 under what everybody knows: a verifier that believes the header is deceived."""
    secret = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    signed = signing_input(header | {"alg": "HS256"}, claims)
    code = hmac.HMAC(secret, hashes.SHA256())
    code.update(signed.encode())
    return signed + "." + encoded(code.finalize())


def sign_with_another_key(header, claims, key):
    return sign_rs256(header, claims, new_key())


def change_after_signing(header, claims, key):
    head, _, signature = sign_rs256(header, claims, key).split(".")
    changed = signing_input(header, claims | {"sub": "another"}).split(".")[1]
    return ".".join([head, changed, signature])


def new_key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def signing_input(header, claims):
    return ".".join(encoded(json.dumps(part).encode()) for part in (header, claims))


def jwk(name, key):
    numbers = key.public_numbers()

    def number(value):
        return encoded(value.to_bytes((value.bit_length() + 7) // 8, "big"))

    return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": name, "n": number(numbers.n),
            "e": number(numbers.e)}


@contextlib.contextmanager
def hostile_provider():
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            provider.asked[self.path] = provider.asked.get(self.path, 0) + 1
            if self.path == "/.well-known/openid-configuration":
                self.answer(200, json.dumps(provider.document()).encode(), "public, max-age=3600")
            elif self.path == "/keys":
                self.answer(200, json.dumps(provider.key_set()).encode(), provider.key_set_cache)
            else:
                self.answer(404, b"{}")

        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            if provider.answer_token:
                return provider.answer_token(self)
            status, answer = provider.exchange(
                dict(urllib.parse.parse_qsl(body)), self.headers["authorization"]
            )
            self.answer(status, json.dumps(answer).encode(), "no-store")

        def answer(self, status, body, cache=None, **headers):
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            if cache:
                self.send_header("cache-control", cache)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    # Set when whoever keeps a client waiting shall go home.
    server.hanging = threading.Event()
    provider = Hostile(server.server_port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield provider
    server.hanging.set()
    server.shutdown()
    server.server_close()
    thread.join()
