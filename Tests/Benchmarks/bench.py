#!/usr/bin/env python3
"""Measures the hub against a fixed pgbench reference: paired, interleaved runs, and their ratios.

What enters is the release binary; what leaves is a table of medians and the server's resident
memory. The exit status is 1 where a ratio or the memory misses its goal and --strict is given.
"""

import argparse
import base64
import json
import os
import pathlib
import re
import secrets
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
DATABASE = "mi_alegra"
READ_ROLE = "hub_app_read"

# One pipeline each. The server answers the profile from the context row; the reference asks for it.
PIPELINES = {
    "company": ["scope", "context", "company"],
    "hub": ["scope", "context", "company", "solutions", "profile", "sessions", "integrations"],
}
GOALS = {"company": 0.4, "hub": 0.6}
MEMORY_GOAL_MEBIBYTES = 60

# Company 7 of Migrations/demo/generate.sql has the identifier that ends in FIRST_NUMBER + 7, and so
# have its person and session: pgbench chooses one by a number and needs no further statement.
FIRST_NUMBER = 100_000_000_000
IDENTIFIERS = {
    "tenant": "00000000-0000-4000-a000-",
    "account": "00000000-0000-4000-b000-",
    "session": "00000000-0000-4000-c000-",
}

def say(text):
    print(f"==> {text}", file=sys.stderr, flush=True)


def reference(name):
    """A statement of the reference, without its comment."""
    lines = (HERE / "reference" / f"{name}.sql").read_text().splitlines()
    return "\n".join(line for line in lines if not line.startswith("--")).strip()


def statement(name):
    """A reference statement as pgbench takes it, each identifier computed from :n."""
    sql = reference(name)
    for key, prefix in IDENTIFIERS.items():
        value = f"('{prefix}' || :n)"
        # set_config wants text, a comparison with a column a uuid.
        sql = sql.replace(f":{key}", value if name == "scope" else f"{value}::uuid")
    return sql + ";"


def pgbench_script(pipeline, companies):
    lines = [f"\\set n random({FIRST_NUMBER + 1}, {FIRST_NUMBER + companies})", "\\startpipeline"]
    lines += [statement(name) for name in PIPELINES[pipeline]]
    return "\n".join(lines + ["\\endpipeline"]) + "\n"


def pgbench_program():
    """pgbench of the newest PostgreSQL installed; Debian's wrapper on the PATH would do as well."""
    installed = pathlib.Path("/usr/lib/postgresql").glob("*/bin/pgbench")
    newest = max(installed, key=lambda path: int(path.parts[-3]), default=None)
    return str(newest or shutil.which("pgbench"))


class Process:
    """A child that says it is ready by one line on its standard output, and ends by SIGTERM."""

    def __init__(self, words, log, environment=None):
        self.log = log
        with open(log, "w") as standard_error:
            self.child = subprocess.Popen(
                words, env={**os.environ, **(environment or {})}, text=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=standard_error,
                start_new_session=True)
        for line in self.child.stdout:
            if line.startswith("ready "):
                self.address = line.split()[1]
                return
        raise SystemExit(f"{' '.join(words)} ended before it was ready:\n" + log.read_text())

    def resident_mebibytes(self):
        """What is resident now, and the most there ever was."""
        fields = dict(
            line.split(":", 1)
            for line in pathlib.Path(f"/proc/{self.child.pid}/status").read_text().splitlines())
        return tuple(int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))

    def stop(self):
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGTERM)
        self.child.stdout.read()
        if self.child.wait() != 0:
            say(f"ended with status {self.child.returncode}:\n{self.log.read_text()[-2000:]}")


def socket_folder_of(directory):
    """Line 5 of what a running PostgreSQL writes about itself."""
    return (directory / "data/postmaster.pid").read_text().splitlines()[4]


def run(words, environment=None, standard_input=None):
    done = subprocess.run(
        words, env={**os.environ, **(environment or {})}, input=standard_input, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(words)}: status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def run_pgbench(script, socket_folder, seconds, jobs):
    printed = run([
        pgbench_program(), "-n", "-M", "prepared", "-c", "16", "-j", str(jobs), "-T", str(seconds),
        "-h", socket_folder, "-U", READ_ROLE, "-f", str(script), DATABASE])
    failed = re.search(r"number of failed transactions: (\d+)", printed)
    if failed and int(failed[1]) > 0:
        raise SystemExit(printed)
    return float(re.search(r"tps = ([0-9.]+)", printed)[1])


def run_wrk(address, body, tokens, seconds, connections, check=False):
    environment = {"BODY": str(body), "TOKENS": str(tokens), **({"CHECK": "1"} if check else {})}
    words = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(HERE / "load.lua")]
    printed = run([*words, address], environment)
    result = dict(re.findall(r"(\w+)=(\d+)", re.search(r"^result .*$", printed, re.M)[0]))
    if int(result["wrong"]) or int(result["failed"]):
        raise SystemExit(f"answers with errors under load:\n{printed}")
    return int(result["requests"]) / (int(result["microseconds"]) / 1e6), int(result["p99"]) / 1000


def make_tokens(binary, keys, companies, path):
    lines = "".join(
        " ".join(IDENTIFIERS[key] + str(FIRST_NUMBER + place)
                 for key in ("account", "tenant", "session")) + "\n"
        for place in range(1, companies + 1))
    issued = run(
        [binary, "token", "issue", "--from", "-", "--lifetime-seconds", "86400"],
        {"TOKEN_KEYS": keys}, lines)
    if issued.count("\n") != companies:
        raise SystemExit(f"asked for {companies} tokens, got {issued.count(chr(10))}")
    path.write_text(issued)


def sent_statements(log):
    """What PostgreSQL's log says was executed, with the identifiers' names for the parameters."""
    found = re.findall(
        r"execute [^:\n]*: (.*?)\n[^\t\n][^\n]*DETAIL:  parameters: ([^\n]*)", log, re.S)
    for sql, parameters in found:
        for number, value in re.findall(r"\$(\d+) = '([^']*)'", parameters):
            name = next((key for key, prefix in IDENTIFIERS.items() if value.startswith(prefix)), "")
            sql = re.sub(rf"\${number}\b", f":{name}", sql)
        yield " ".join(sql.split())


def check_reference(binary, folder, environment, token):
    """Stops the run where the hub sends other statements than the reference has."""
    set_logging = f"ALTER ROLE {READ_ROLE} SET log_min_duration_statement"
    url = environment["DATABASE_URL"]
    run(["psql", "-X", "-q", "-c", f"{set_logging} = 0", url])
    server = Process([binary, "serve", "--port", "0"], folder / "check.log", environment)
    try:
        request = urllib.request.Request(
            f"{server.address}/graphql",
            json.dumps({"query": (HERE / "hub.graphql").read_text()}).encode(),
            {"Content-Type": "application/json", "Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(request) as response:
            answer = json.load(response)
    finally:
        server.stop()
        run(["psql", "-X", "-q", "-c", f"{set_logging} = DEFAULT", url])
    if "errors" in answer:
        raise SystemExit(f"the hub page is refused: {answer['errors']}")
    sent = set(sent_statements((folder / "data/postgresql.log").read_text()))
    missing = [
        name for name in PIPELINES["hub"]
        if name != "profile" and " ".join(reference(name).split()) not in sent]
    if missing:
        raise SystemExit(
            "the hub does not send these statements of the reference (Tests/Benchmarks/reference): "
            + ", ".join(missing) + "\nit sends:\n  " + "\n  ".join(sorted(sent)))


def measure(arguments, folder, socket_folder, address, server, tokens):
    """Runs every pair `rounds` times, reference and hub in turn, so that a slow spell of the
    machine meets both."""
    scripts, bodies = {}, {}
    for name in PIPELINES:
        scripts[name] = folder / f"{name}.pgbench"
        scripts[name].write_text(pgbench_script(name, arguments.companies))
        bodies[name] = folder / f"{name}.json"
        bodies[name].write_text(json.dumps({"query": (HERE / f"{name}.graphql").read_text()}))
    for name in PIPELINES:
        say(f"warming up: {name}")
        run_pgbench(scripts[name], socket_folder, 2, arguments.jobs)
        run_wrk(address, bodies[name], tokens, 2, arguments.connections, check=True)
    rounds = {name: [] for name in PIPELINES}
    for number in range(1, arguments.rounds + 1):
        for name in PIPELINES:
            reference = run_pgbench(
                scripts[name], socket_folder, arguments.seconds, arguments.jobs)
            hub, p99 = run_wrk(
                address, bodies[name], tokens, arguments.seconds, arguments.connections)
            memory, _ = server.resident_mebibytes()
            rounds[name].append((reference, hub, p99, memory))
            say(f"round {number}, {name}: pgbench {reference:,.0f}/s, hub {hub:,.0f}/s, "
                f"ratio {hub / reference:.2f}, p99 {p99:.1f} ms, {memory:.0f} MiB")
    return rounds


def report(rounds, peak, companies, connections):
    missed = []
    print(f"\n{companies:,} companies, {connections} connections, medians of "
          f"{len(next(iter(rounds.values())))} rounds:\n")
    print("| query | pgbench /s | hub /s | ratio | goal | p99 ms |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, measured in rounds.items():
        reference, hub, p99, _ = (statistics.median(column) for column in zip(*measured))
        ratio = statistics.median(hub / reference for reference, hub, _, _ in measured)
        print(f"| {name} | {reference:,.0f} | {hub:,.0f} | {ratio:.2f} | {GOALS[name]} "
              f"| {p99:.1f} |")
        if ratio < GOALS[name]:
            missed.append(name)
    print(f"\nresident memory of the server: at most {peak:.0f} MiB "
          f"(goal {MEMORY_GOAL_MEBIBYTES})")
    if peak > MEMORY_GOAL_MEBIBYTES:
        missed.append("memory")
    print("every goal is met" if not missed else f"missed: {', '.join(missed)}")
    return missed


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True, help="the release build of mi-alegra")
    parser.add_argument("--companies", type=int, default=10_000)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=8, help="of each run")
    parser.add_argument("--jobs", type=int, default=1, help="pgbench's threads")
    parser.add_argument("--strict", action="store_true", help="fail where a goal is missed")
    return parser.parse_args()


def main():
    arguments = read_arguments()
    binary = str(pathlib.Path(arguments.binary).resolve())
    with tempfile.TemporaryDirectory(prefix="mi-alegra-bench-") as name:
        folder = pathlib.Path(name)
        # As root PostgreSQL runs as another account, which must be able to enter.
        folder.chmod(0o755)
        keys = "bench:" + base64.b64encode(secrets.token_bytes(32)).decode()
        say("starting a private PostgreSQL with the schema")
        ground = Process(
            [binary, "dev", "--port", "0", "--data", str(folder / "data")], folder / "dev.log")
        server = None
        try:
            socket_folder = socket_folder_of(folder / "data")
            url = f"postgresql://postgres@/{DATABASE}?host={socket_folder}"
            say(f"making {arguments.companies:,} companies and as many tokens")
            run([binary, "demo", "--companies", str(arguments.companies)], {"DATABASE_URL": url})
            run(["psql", "-X", "-q", "-c", "VACUUM (FREEZE, ANALYZE)", url])
            tokens = folder / "tokens"
            make_tokens(binary, keys, arguments.companies, tokens)
            environment = {"DATABASE_URL": url, "TOKEN_KEYS": keys}
            check_reference(binary, folder, environment, tokens.read_text().splitlines()[0])
            server = Process(
                [binary, "serve", "--port", "0"], folder / "serve.log", environment)
            rounds = measure(
                arguments, folder, socket_folder, server.address, server, tokens)
            _, peak = server.resident_mebibytes()
        finally:
            if server:
                server.stop()
            ground.stop()
    missed = report(rounds, peak, arguments.companies, arguments.connections)
    sys.exit(1 if missed and arguments.strict else 0)


if __name__ == "__main__":
    main()
