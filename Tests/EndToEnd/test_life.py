"""`dev` from its first start to its end: nothing is left running, and nothing is lost."""

import concurrent.futures
import contextlib
import os
import pathlib
import signal
import socket
import subprocess

import pytest

from hub import PROGRAM, environment, until

PROFILE = "{ profile { firstName } }"
UPDATE = """mutation {
  updateProfile(input: {revision: 1, firstName: "Kept"}) { profile { firstName } }
}"""


@pytest.fixture(scope="module")
def kept(make_hub):
    """A hub of its own; each test starts it and leaves it stopped."""
    return make_hub()


def is_alive(process_id):
    """Whether the process exists and is no zombie."""
    try:
        status = pathlib.Path(f"/proc/{process_id}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def processes_in(folder):
    """The processes that work below a folder, as all of PostgreSQL's do."""
    found = []
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and str(folder) in os.readlink(entry / "cwd"):
                found.append(int(entry.name))
        except OSError:
            continue
    return [process_id for process_id in found if is_alive(process_id)]


def assert_stops(hub, number):
    """The program ends well at the signal and leaves nothing running and no socket."""
    postmaster, sockets = hub.postmaster, hub.socket_folder
    before = hub.log_length()
    assert hub.stop(number) == 0
    assert not is_alive(postmaster)
    assert not sockets.exists()
    assert not (hub.data / "data" / "postmaster.pid").exists()
    lines, text = hub.log_since(before)
    assert [line["message"] for line in lines] == ["server stopping", "server stopped"], text
    assert "ERROR" not in text and "WARN" not in text, text


def test_a_second_start_finds_everything_as_it_was(kept):
    kept.start()
    person = kept.person()
    token = kept.refresh_token(person)
    assert kept.ask(UPDATE, token=person.token).status == 200
    assert_stops(kept, signal.SIGTERM)
    kept.start()
    # Access and refresh tokens stay good too.
    assert kept.ask(PROFILE, token=person.token).data == {"profile": {"firstName": "Kept"}}
    refreshed = kept.ask(
        "mutation ($token: String) { refreshSession(input: {refreshToken: $token}) "
        "{ session { expiresAt } } }",
        {"token": token},
    )
    assert refreshed.data["refreshSession"]["session"]
    assert "Migrating" not in kept.log_file.read_text().split("Stopping PostgreSQL")[-1]
    assert_stops(kept, signal.SIGINT)


def test_what_a_killed_program_left_running_is_taken_over(kept):
    kept.start()
    person = kept.person()
    postmaster = kept.postmaster
    assert kept.stop(signal.SIGKILL) == -signal.SIGKILL
    assert is_alive(postmaster)
    kept.start()
    assert kept.postmaster == postmaster
    assert kept.ask(PROFILE, token=person.token).status == 200
    assert_stops(kept, signal.SIGTERM)
    assert processes_in(kept.folder) == []


def test_what_a_power_cut_left_is_recovered(kept):
    kept.start()
    person = kept.person()
    assert kept.ask(UPDATE, token=person.token).status == 200
    kept.stop(signal.SIGKILL)
    for process_id in processes_in(kept.folder):
        # A process that served the program alone ends by itself once the program is gone.
        with contextlib.suppress(ProcessLookupError):
            os.kill(process_id, signal.SIGKILL)
    until(lambda: not processes_in(kept.folder), "all gone")
    kept.start()
    assert kept.ask(PROFILE, token=person.token).data == {"profile": {"firstName": "Kept"}}
    assert_stops(kept, signal.SIGTERM)


def test_a_request_in_flight_is_answered_before_the_end(kept):
    kept.start()
    person = kept.person()
    postmaster = kept.postmaster
    lock = f"select from account where id = '{person.account}' for update"
    waiting = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
    with concurrent.futures.ThreadPoolExecutor(2) as clients:
        holder = subprocess.Popen(
            ["psql", "-XqAt", "-d", kept.database_url()], stdin=subprocess.PIPE, text=True,
            stdout=subprocess.PIPE,
        )
        holder.stdin.write(f"begin; {lock}; select 'held';\n")
        holder.stdin.flush()
        assert holder.stdout.readline() == "held\n"
        change = clients.submit(kept.ask, UPDATE, None, person.token)
        until(lambda: kept.sql(waiting) == "1", "the change waits for the lock")
        before = kept.log_length()
        kept.process.send_signal(signal.SIGTERM)
        until(lambda: "server stopping" in kept.log_since(before)[1], "the hub is stopping")
        holder.communicate("commit;\n")
        answer = change.result()
    assert answer.data == {"updateProfile": {"profile": {"firstName": "Kept"}}}
    assert kept.process.wait(30) == 0
    kept.process.stdout.close()
    assert not is_alive(postmaster)
    assert "ERROR" not in kept.log_since(before)[1]


def test_idle_connections_do_not_hold_up_the_end(kept):
    kept.start()
    idle = [socket.create_connection(("127.0.0.1", kept.port)) for _ in range(3)]
    idle[0].sendall(b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n")
    assert idle[0].recv(1000).startswith(b"HTTP/1.1 200 ")
    assert_stops(kept, signal.SIGTERM)
    for connection in idle:
        assert connection.recv(1000) == b""
        connection.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_start_that_is_called_off_leaves_nothing(make_hub, number):
    hub = make_hub()
    hub.launch()
    until(lambda: (hub.data / "data" / "postmaster.pid").exists(), "PostgreSQL starts")
    sockets = until(
        lambda: len(hub.postmaster_lines) > 5 and hub.postmaster_lines[4] and hub.socket_folder,
        "PostgreSQL has a socket",
    )
    hub.process.send_signal(number)
    assert hub.process.wait(30) in (0, 1)
    hub.process.stdout.close()
    assert processes_in(hub.folder) == []
    assert not sockets.exists()


def test_a_stop_while_the_database_is_away_ends_well(kept):
    kept.start()
    kept.pg_ctl("stop", "-m", "immediate")
    until(lambda: kept.request("GET", "/readyz").status == 503, "the hub has noticed")
    assert kept.stop() == 0
    assert processes_in(kept.folder) == []


def test_a_second_program_does_not_enter_the_same_folder(kept):
    kept.start()
    second = dev(kept, "--port", "0")
    assert second.returncode == 1
    assert str(kept.process.pid) in second.stderr and str(kept.data) in second.stderr
    assert kept.ask("{ about { name } }").status == 200
    assert_stops(kept, signal.SIGTERM)


def test_a_port_that_is_taken_is_named_and_nothing_stays_behind(kept):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = dev(kept, "--port", port)
    assert refused.returncode == 1
    assert port in refused.stderr.split("Error: ")[-1]
    assert processes_in(kept.folder) == []


def dev(hub, *arguments):
    """`dev` in the hub's folder, which is expected to end by itself."""
    return subprocess.run(
        [PROGRAM, "dev", "--data", hub.data, *arguments], capture_output=True, text=True,
        timeout=60, env=environment(), cwd=hub.folder,
    )
