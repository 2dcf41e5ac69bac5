"""keys reseal: what an old key sealed is sealed anew, while servers run, and the old key can go."""

import base64
import os
import uuid

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from hub import run, until
from test_second_factor import challenge, complete, enrolled, forget


class Envelope:
    """What Sources/Credentials/SealedSecret.swift says of an integration's credentials."""

    def __init__(self, key_entry, tenant, integration):
        name, key = key_entry.strip().split(":")
        self.cipher = AESGCM(base64.b64decode(key))
        self.header = bytes([1, len(name)]) + name.encode()
        parts = [
            uuid.UUID(tenant).bytes, b"integration_connection", b"sealed_credentials",
            integration.encode(),
        ]
        place = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
        self.authenticated = self.header + place

    def seal(self, secret):
        nonce = os.urandom(12)
        both = self.cipher.encrypt(nonce, secret, self.authenticated)
        return self.header + nonce + both[-16:] + both[:-16]

    def open(self, envelope):
        assert envelope.startswith(self.header)
        rest = envelope[len(self.header):]
        nonce, tag, text = rest[:12], rest[12:28], rest[28:]
        return self.cipher.decrypt(nonce, text + tag, self.authenticated)


@pytest.fixture
def sealing_file(tmp_path):
    file = tmp_path / "sealing"
    file.write_text(run("keys", "new", "--name", "old").stdout)
    return file


@pytest.fixture
def sealing_hub(mail_hub, sealing_file):
    """Starts a hub on the test's database with the keys that the file has now."""

    def start():
        served = mail_hub(SEALING_KEYS_FILE=str(sealing_file))
        until(lambda: served.request("GET", "/readyz").status == 200, "the hub is ready")
        return served

    return start


def keys_command(hub, file, *command):
    return run(
        *command, DATABASE_URL=hub.database_url(hub.database), SEALING_KEYS_FILE=str(file),
        TOKEN_KEYS_FILE=str(hub.data / "token-keys"))


def in_use(hub):
    """How many secrets each key seals."""
    rows = hub.sql("select key_name, sum(secrets) from sealing_keys_in_use() group by 1 order by 1")
    return dict(row.split("|") for row in rows.splitlines())


def test_a_key_goes_after_its_secrets_were_sealed_anew(sealing_hub, sealing_file):
    before = sealing_hub()
    old = sealing_file.read_text()
    person, authenticator, codes = enrolled(before)
    tenant = before.sql("select tenant_id from integration_connection limit 1")
    row = before.sql(f"select integration from integration_connection where tenant_id = '{tenant}'")
    row = row.splitlines()[0]
    credentials = Envelope(old, tenant, row).seal(b"api-key")
    before.sql(
        f"update integration_connection set sealed_credentials = '\\x{credentials.hex()}'"
        f" where tenant_id = '{tenant}' and integration = '{row}'")
    before.stop()

    # A new key first; what the old one sealed still opens.
    assert run("keys", "rotate", str(sealing_file), "--name", "new").returncode == 0
    served = sealing_hub()
    done = complete(served, challenge(served, person), authenticator.now())
    assert done["session"], done
    assert in_use(served) == {"old": "2"}
    doctor = keys_command(served, sealing_file, "doctor")
    assert "2 secrets at rest are still sealed under old" in doctor.stdout
    assert doctor.returncode == 0

    # While the server runs, and again: nothing is left to do then.
    done = keys_command(served, sealing_file, "keys", "reseal")
    assert done.returncode == 0 and done.stdout == "2 secrets are sealed anew under new\n"
    assert in_use(served) == {"new": "2"}
    done = keys_command(served, sealing_file, "keys", "reseal")
    assert (done.returncode, done.stdout) == (0, "0 secrets are sealed anew under new\n")
    doctor = keys_command(served, sealing_file, "doctor")
    assert "✓ sealing keys: new seals\n" in doctor.stdout
    assert "! sealing keys: nothing is sealed under old\n" in doctor.stdout
    forget(served, person)
    assert complete(served, challenge(served, person), authenticator.now())["session"]
    served.stop()

    # The old key goes, and everybody still signs in.
    new = sealing_file.read_text().splitlines()[0]
    sealing_file.write_text(new)
    after = sealing_hub()
    forget(after, person)
    assert complete(after, challenge(after, person), authenticator.now())["session"]
    assert complete(after, challenge(after, person), codes[0])["session"]
    kept = bytes.fromhex(after.sql(
        "select encode(sealed_credentials, 'hex') from integration_connection"
        f" where tenant_id = '{tenant}' and integration = '{row}'"))
    assert Envelope(new, tenant, row).open(kept) == b"api-key"


def test_many_secrets_are_sealed_anew_though_some_do_not_open(sealing_hub, sealing_file):
    hub = sealing_hub()
    old = sealing_file.read_text()
    integrations = hub.sql("select code from integration order by code limit 3").splitlines()
    tenants = [str(uuid.uuid4()) for _ in range(150)]
    hub.sql("".join(
        "insert into company (tenant_id, country_version, legal_name, currency_code, timezone,"
        f" decimal_precision, kind_of_person) select '{tenant}', code, 'Prueba', currency_code,"
        " timezone, 2, 'LEGAL_ENTITY' from country_version where code = 'CO';"
        for tenant in tenants))
    places = [(tenant, row) for tenant in tenants for row in integrations]
    lost = run("keys", "new", "--name", "lost").stdout

    def entry(number, tenant, row):
        if number == 7:
            # Of another row: it opens there and nowhere else.
            return Envelope(old, tenants[0], integrations[0]).seal(b"moved")
        if number == 201:
            return b"no envelope"
        key = lost if number == 200 else old
        return Envelope(key, tenant, row).seal(f"{tenant} {row}".encode())

    values = ", ".join(
        f"('{tenant}', '{row}', '\\x{entry(number, tenant, row).hex()}'::bytea)"
        for number, (tenant, row) in enumerate(places))
    hub.sql(f"insert into integration_connection (tenant_id, integration, sealed_credentials)"
            f" values {values}")
    run("keys", "rotate", str(sealing_file), "--name", "new")
    done = keys_command(hub, sealing_file, "keys", "reseal")
    assert done.returncode == 1
    assert done.stdout == "447 secrets are sealed anew under new\n"
    assert "1 secrets were left as they are: SEALING_KEYS has no key lost" in done.stderr
    assert "2 secrets were left as they are: they were changed or moved" in done.stderr
    new = sealing_file.read_text().splitlines()[0]
    rows = hub.sql(
        "select tenant_id, integration, encode(sealed_credentials, 'hex')"
        " from integration_connection where sealing_key_of(sealed_credentials) = 'new'"
    ).splitlines()
    for tenant, row, envelope in (line.split("|") for line in rows):
        kept = Envelope(new, tenant, row).open(bytes.fromhex(envelope))
        assert kept == f"{tenant} {row}".encode()
    assert len(rows) == 447


def test_a_secret_that_a_server_writes_meanwhile_is_not_undone(sealing_hub):
    hub = sealing_hub()
    person, _, _ = enrolled(hub)
    call = (
        "select reseal('second_factor.sealed_secret', null, '{}', {}, '\\xee') from second_factor"
        f" where account_id = '{person.account}'")
    assert hub.sql(call.format(person.account, "'\\x01'")) == "f"
    assert in_use(hub) == {"old": "1"}
    assert hub.sql(call.format(person.account, "sealed_secret")) == "t"


def test_only_an_operator_may_seal_anew(sealing_hub, sealing_file):
    hub = sealing_hub()
    for role in ("hub_app_read", "hub_app_write"):
        done = run(
            "keys", "reseal", DATABASE_URL=hub.database_url(hub.database, role),
            SEALING_KEYS_FILE=str(sealing_file), TOKEN_KEYS_FILE=str(hub.data / "token-keys"))
        assert done.returncode != 0 and "permission denied" in done.stderr
    missing = run(
        "keys", "reseal", DATABASE_URL=hub.database_url(hub.database),
        TOKEN_KEYS_FILE=str(hub.data / "token-keys"))
    assert missing.returncode == 1 and "SEALING_KEYS is not set" in missing.stderr
