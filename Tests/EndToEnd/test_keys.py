"""keys new and keys rotate: keys take turns, one server after the other, and nobody is signed out."""

import os
import re
import stat

import pytest

from hub import run, until
from session_documents import refresh, sign_in


def names(path):
    return [line.split(":")[0] for line in path.read_text().split()]


@pytest.fixture
def key_file(tmp_path):
    file = tmp_path / "keys"
    file.write_text("# by hand\n" + run("keys", "new", "--name", "one").stdout)
    file.chmod(0o600)
    return file


def test_a_new_key_is_first_and_the_old_one_stays(key_file):
    kept = key_file.read_text().split("\n")[1]
    done = run("keys", "rotate", str(key_file))
    assert done.returncode == 0 and done.stderr == ""
    first, second = done.stdout.split()
    assert re.fullmatch(r"\d{8}T\d{6}Z", first) and second == "one"
    assert names(key_file) == [first, "one"] and kept in key_file.read_text()
    # No secret is told, and only the owner reads it.
    assert kept.split(":")[1] not in done.stdout
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert os.listdir(key_file.parent) == ["keys"]


def test_several_servers_know_a_key_before_it_is_used(key_file):
    assert run("keys", "rotate", str(key_file), "--name", "two", "--last").returncode == 0
    assert names(key_file) == ["one", "two"]
    assert run("keys", "rotate", str(key_file), "--promote").returncode == 0
    assert names(key_file) == ["two", "one"]


@pytest.mark.parametrize(
    "arguments, status, said",
    [
        (["--name", "one"], 1, "Two keys are named one"),
        (["--name", "no name"], 1, "A key's name is"),
        (["--promote", "--last"], 64, "--promote makes no key"),
    ],
)
def test_what_cannot_be_leaves_the_file_as_it_is(key_file, arguments, status, said):
    before = key_file.read_bytes()
    done = run("keys", "rotate", str(key_file), *arguments)
    assert done.returncode == status and said in done.stderr
    assert key_file.read_bytes() == before


def test_a_file_that_no_server_would_read_is_refused(tmp_path):
    file = tmp_path / "keys"
    for text in ("", "junk-secret", "a:c2VjcmV0%"):
        file.write_text(text)
        done = run("keys", "rotate", str(file))
        assert done.returncode == 1 and "junk-secret" not in done.stderr
        assert file.read_text() == text
    assert "cannot be read" in run("keys", "rotate", str(tmp_path / "none")).stderr


def test_nobody_is_signed_out_by_a_new_key(hub, serve, tmp_path):
    file = tmp_path / "keys"
    file.write_text((hub.data / "token-keys").read_text())

    def ready():
        served = serve(TOKEN_KEYS_FILE=str(file))
        until(lambda: served.request("GET", "/readyz").status == 200, "the hub is ready")
        return served

    before = ready()
    opened = sign_in(before, hub.person().email).data["signIn"]["session"]
    before.stop()
    assert run("keys", "rotate", str(file)).returncode == 0
    after = ready()
    assert after.ask("{ profile { id } }", token=opened["accessToken"]).status == 200
    renewed = refresh(after, opened["refreshToken"]).data["refreshSession"]["session"]
    assert after.ask("{ profile { id } }", token=renewed["accessToken"]).status == 200
    # What the new key signs, a server of the old ones alone does not know.
    assert hub.ask("{ profile { id } }", token=renewed["accessToken"]).status == 401
