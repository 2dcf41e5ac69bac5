"""Service tokens as operators make them, by the program itself."""

import re

from hub import run

TOKEN = re.compile(r"mas_[0-9A-Za-z]{36}")


def command(hub, *arguments):
    return run("token", "service", *arguments, DATABASE_URL=hub.database_url())


def service_token(hub, solution="invoicing", *, name="test", days=None):
    """A new token of a solution, and its id."""
    options = [] if days is None else ["--days", str(days)]
    done = command(hub, "create", solution, "--name", name, *options)
    assert done.returncode == 0, done.stderr
    token = done.stdout.rstrip("\n")
    assert TOKEN.fullmatch(token)
    return token, re.search(r"token (\S+) of", done.stderr)[1]


def revoke(hub, identifier):
    done = command(hub, "revoke", identifier)
    assert done.returncode == 0, done.stderr
