"""PostgreSQL clusters that a test makes, crashes and promotes, each in a folder of its own on a unix
socket."""

import os
import pathlib
import shutil
import subprocess

from hub import PATIENCE_SECONDS, major_of

SETTINGS = """
listen_addresses = ''
unix_socket_directories = '{folder}'
cluster_name = '{name}'
wal_level = replica
max_connections = 40
shared_buffers = 16MB
"""


def program(name):
    """One of PostgreSQL's own programs, of the newest version there is."""
    folders = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=major_of)
    return folders[-1] / name


def as_server(*command):
    """Runs a program as the account that PostgreSQL's server may run under."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*prefix, *command], capture_output=True, text=True, timeout=2 * PATIENCE_SECONDS, cwd="/",
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stderr


class Cluster:
    def __init__(self, folder, name):
        self.name = name
        self.folder = pathlib.Path(folder) / name
        self.data = self.folder / "data"
        self.folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")

    def make(self, **settings):
        """A new and empty one, running."""
        as_server(program("initdb"), "-D", self.data, "-U", "postgres", "-A", "trust",
                  "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
        self.set(**settings)
        return self.start()

    def copy(self, other, **settings):
        """A standby that follows the other, running."""
        as_server(program("pg_basebackup"), "-D", self.data, "-R", "--no-sync", "-c", "fast",
                  "-d", other.url(application_name=self.name))
        self.set(**settings)
        return self.start()

    def set(self, **settings):
        lines = [SETTINGS.format(folder=self.folder, name=self.name)]
        lines += [f"{name} = '{value}'\n" for name, value in settings.items()]
        (self.data / "postgresql.conf").write_text("".join(lines))

    def start(self):
        self.control("start", "-l", self.folder / "log")
        return self

    def promote(self):
        self.control("promote")

    def crash(self):
        """As if the machine lost its power: nothing is written or told."""
        self.control("stop", "-m", "immediate")

    def stop(self):
        if (self.data / "postmaster.pid").exists():
            self.crash()

    def control(self, *arguments):
        as_server(program("pg_ctl"), *arguments, "-D", self.data, "-s", "-w")

    def url(self, database="postgres", user="postgres", **more):
        pairs = {"host": self.folder, "dbname": database, "user": user} | more
        return " ".join(f"{name}={value}" for name, value in pairs.items())
