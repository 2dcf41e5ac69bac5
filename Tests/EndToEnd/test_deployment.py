"""What is deployed with: the image's recipe, compose.yaml, the unit, `make install`, settings."""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest
import yaml

from hub import PROGRAM, ROOT, environment, run
from image import arguments_of, copy_context, packages, stages

DOCKER = ROOT / "docker"
HADOLINT = pathlib.Path(sys.executable).with_name("hadolint")
COMPOSE = yaml.safe_load((DOCKER / "compose.yaml").read_text())


def call(*arguments, **options):
    return subprocess.run(arguments, capture_output=True, text=True, **options)


# The image ---------------------------------------------------------------------------------------


def test_dockerfiles_are_without_a_finding(tmp_path):
    lint = [HADOLINT, "--config", ROOT / ".hadolint.yaml"]
    done = call(*lint, *DOCKER.glob("*Dockerfile"))
    assert done.returncode == 0, done.stdout
    (tmp_path / "Dockerfile").write_text("FROM debian:latest\nRUN cd /tmp\n")
    planted = call(*lint, tmp_path / "Dockerfile")
    assert planted.returncode != 0 and "DL3007" in planted.stdout and "DL3003" in planted.stdout


def test_the_image_s_steps_as_far_as_they_go_without_an_engine(tmp_path):
    """Copies, the build's plan, and what the program wants of the second stage.

    Not run: the base images, apt-get, the release build itself (minutes), a read-only root.
    """
    build, final = stages((DOCKER / "Dockerfile").read_text())
    # What the build needs is what tools/setup.sh installs for it.
    setup = (ROOT / "tools/setup.sh").read_text()
    assert all(f"echo {name}\n" in setup or f"echo {name};" in setup for name in packages(build))
    # Stage one: what is copied is a whole package, and its build script plans a release.
    source = tmp_path / "source"
    copy_context(ROOT, source)
    for left_out in (".git", ".build", "docker/secrets", "Sources/CVersion/commit.h"):
        assert not (source / left_out).exists(), left_out
    steps = [arguments for word, arguments in build if word == "RUN"]
    assert "tools/build.sh release .build --static-swift-stdlib" in steps[-1]
    swift = tmp_path / "bin" / "swift"
    swift.parent.mkdir()
    swift.write_text('#!/bin/sh\necho "swift $*"\n')
    swift.chmod(0o755)
    path = f"{swift.parent}:{os.environ['PATH']}"
    header = source / "Sources/CVersion/commit.h"
    step = ["/bin/sh", "-c", steps[-1]]
    planned = call(*step, cwd=source, env=os.environ | {"PATH": path, "COMMIT": "0123456789ab"})
    assert planned.returncode == 0, planned.stderr
    assert planned.stdout == (
        "swift build --build-path .build --configuration release --product mi-alegra"
        " --static-swift-stdlib\n"
    )
    assert header.read_text() == '#define BUILD_COMMIT "0123456789ab"\n'
    # The same commit writes nothing, so that nothing is compiled twice.
    os.utime(header, (1, 1))
    call(*step, cwd=source, env=os.environ | {"PATH": path, "COMMIT": "0123456789ab"})
    assert header.stat().st_mtime == 1
    for flags, told in [([], '"0123456789ab"'), (["-DDEBUG=1"], '"unknown"')]:
        compiled = call(
            "clang", "-E", "-P", *flags, "-Iinclude", "version.c", cwd=header.parent)
        assert f"return {told};" in compiled.stdout, compiled.stderr
    # Stage two: every library that the program names is of an installed package, or of the base.
    needed = re.findall(r"NEEDED.*\[(.+)\]", call("readelf", "-d", PROGRAM).stdout)
    found = dict(re.findall(r"^\s*(\S+) => (\S+)", call("ldd", PROGRAM).stdout, re.M))
    base = {"libc6", "libgcc-s1"}
    for library in needed:
        where = found.get(library, "")
        # A debug build has Swift's own as libraries; the image's has them within.
        # The loader is found by its own path.
        if "/swift/" in where or library.startswith(("libswift", "libFoundation", "ld-linux")):
            continue
        # Where /lib is a link into /usr, dpkg knows a file by either.
        places = {where, os.path.realpath(where)}
        places |= {place.removeprefix("/usr") for place in places}
        owner = call("dpkg", "--search", *places).stdout.split(":")[0]
        assert owner in base | set(packages(final)), f"{library} is of {owner}"


def test_the_image_runs_the_server_as_nobody_in_particular():
    final = stages((DOCKER / "Dockerfile").read_text())[-1]
    assert int(arguments_of(final, "USER")[0]) > 1000
    assert arguments_of(final, "ENTRYPOINT") + arguments_of(final, "CMD") == ["mi-alegra", "serve"]
    assert '["mi-alegra", "doctor"]' in " ".join(arguments_of(final, "HEALTHCHECK"))
    copied = arguments_of(final, "COPY")
    assert copied == [
        "--from=build", "/source/.build/release/mi-alegra", "/usr/local/bin/mi-alegra"]


# compose.yaml ------------------------------------------------------------------------------------


def test_compose_names_only_what_there_is(tmp_path):
    services = COMPOSE["services"]
    assert {"postgres", "pgbouncer", "hub-1", "hub-2", "proxy", "mail"} <= (
        services.keys())
    made = call("sh", DOCKER / "make_secrets.sh", tmp_path / "secrets")
    assert made.returncode == 0, made.stderr
    secrets = {f"secrets/{path.name}" for path in (tmp_path / "secrets").iterdir()}
    for name, service in services.items():
        for other in service.get("depends_on", []):
            assert other in services, f"{name} waits for {other}"
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert source in COMPOSE["volumes"] or (DOCKER / source).is_file(), volume
        for secret in service.get("secrets", []):
            assert COMPOSE["secrets"][secret]["file"] in secrets
        if "env_file" in service:
            assert service["env_file"] in secrets
        if "build" in service:
            context = DOCKER / service["build"]["context"]
            assert (context / service["build"]["dockerfile"]).is_file()
    for name in ("hub-1", "hub-2"):
        hub = services[name]
        assert hub["read_only"] and hub["cap_drop"] == ["ALL"] and int(hub["user"]) > 1000
        assert f"server {name} {name}:8080 check" in (DOCKER / "haproxy.cfg").read_text()
    # A second run touches nothing.
    before = {path: path.read_bytes() for path in (tmp_path / "secrets").iterdir()}
    assert "nothing made" in call("sh", DOCKER / "make_secrets.sh", tmp_path / "secrets").stderr
    assert {path: path.read_bytes() for path in (tmp_path / "secrets").iterdir()} == before


def test_the_settings_of_compose_are_settings_and_complete(tmp_path):
    call("sh", DOCKER / "make_secrets.sh", tmp_path / "secrets")
    secret = dict(
        line.split("=", 1) for line in (tmp_path / "secrets/hub.env").read_text().splitlines())
    settings = COMPOSE["services"]["hub-1"]["environment"] | secret
    done = run("doctor", **settings | {"DATABASE_URL": "host=/nowhere"})
    assert "✓ configuration: complete" in done.stdout, done.stdout
    # PGPASSWORD is libpq's.
    assert set(settings) - documented() == {"PGPASSWORD"}


# The unit and `make install` ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """What tools/install.sh puts below a folder."""
    top = tmp_path_factory.mktemp("installed")
    settings = environment(DESTDIR=str(top), PREFIX="/usr/local")
    done = call(ROOT / "tools/install.sh", PROGRAM, env=settings)
    assert done.returncode == 0, done.stderr
    return top


def test_the_unit_is_one_and_hardened(installed, tmp_path):
    unit = (installed / "usr/local/lib/systemd/system/mi-alegra.service").read_text()
    assert "ExecStart=/usr/local/bin/mi-alegra serve\n" in unit
    # systemd asks whether the program is there.
    checked = tmp_path / "mi-alegra.service"
    checked.write_text(unit.replace("/usr/local/bin", f"{installed}/usr/local/bin"))
    verified = call("systemd-analyze", "verify", "--man=no", checked)
    assert verified.returncode == 0, verified.stderr
    # Other units of this machine may have faults of their own.
    assert "mi-alegra" not in verified.stderr, verified.stderr
    # Tenths: 1.5 of ten, where ten is a service without any of it.
    security = ["systemd-analyze", "security", "--offline=true", "--threshold=15"]
    assert call(*security, checked).returncode == 0
    softened = re.sub(r"^(SystemCallFilter|Private\w+|Protect\w+)=.*\n", "", unit, flags=re.M)
    checked.write_text(softened)
    assert call(*security, checked).returncode != 0


def test_completions_complete(installed):
    bash = installed / "usr/local/share/bash-completion/completions/mi-alegra"
    complete = f"""
      PATH={installed}/usr/local/bin:$PATH
      source {bash}
      function=$(complete -p mi-alegra | sed 's/.*-F \\([^ ]*\\).*/\\1/')
      COMP_WORDS=(mi-alegra mig) COMP_CWORD=1 COMP_LINE='mi-alegra mig' COMP_POINT=13
      $function mi-alegra mig mi-alegra && printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = call("bash", "-c", complete)
    assert done.stdout.split() == ["migrate"], done.stderr
    for shell, start in [("zsh/site-functions/_mi-alegra", "#compdef mi-alegra"),
                         ("fish/vendor_completions.d/mi-alegra.fish", "function")]:
        assert (installed / "usr/local/share" / shell).read_text().startswith(start)


def test_an_installation_keeps_settings_and_goes_without_a_trace(installed):
    settings = installed / "etc/mi-alegra/environment"
    assert settings.stat().st_mode & 0o777 == 0o600
    named = set(re.findall(r"^#([A-Z_]+)=", settings.read_text(), re.M))
    assert named and named <= documented()
    settings.write_text("PORT=1\n")
    again = environment(DESTDIR=str(installed), PREFIX="/usr/local")
    assert call(ROOT / "tools/install.sh", PROGRAM, env=again).returncode == 0
    assert settings.read_text() == "PORT=1\n"
    copy = shutil.copytree(installed, installed.with_name("removed"), copy_function=os.link)
    gone = environment(DESTDIR=str(copy), PREFIX="/usr/local")
    assert call(ROOT / "tools/install.sh", "--remove", PROGRAM, env=gone).returncode == 0
    assert [path for path in copy.rglob("*") if path.is_file()] == [
        copy / "etc/mi-alegra/environment"]


# Settings ----------------------------------------------------------------------------------------


def documented():
    """The settings that docker/configuration.md lists."""
    text = (DOCKER / "configuration.md").read_text()
    names = set()
    for cell in re.findall(r"^\| `([^`]+)`", text, re.M):
        first = cell.split(", ")[0]
        for name in cell.split(", "):
            names.add(first + name[2:] if name.startswith("..") else name)
    return names


def test_the_reference_of_settings_is_the_program_s():
    printed = run("doctor", "--settings")
    assert printed.returncode == 0 and printed.stderr == ""
    assert printed.stdout == (DOCKER / "configuration.md").read_text(), (
        "write it anew: mi-alegra doctor --settings > docker/configuration.md")


# What is no operator's: for tests, and for a cluster whose roles are called otherwise.
UNTOLD = {"OUTBOUND_LOOPBACK", "DATABASE_READ_ROLE", "DATABASE_WRITE_ROLE"}


def test_every_setting_that_is_read_is_in_the_reference():
    read = set()
    for path in (ROOT / "Sources/Composition").glob("*.swift"):
        for key in re.findall(
            r'(?:forKey: |(?:number|seconds|choice|days)\(\s*|keys\(reader, )"([a-z.]+)"',
            path.read_text(),
        ):
            read.add(key.replace(".", "_").upper())
    assert len(read) > 30
    assert read - documented() == UNTOLD
