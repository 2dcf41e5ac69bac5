"""A hub with subscriptions of the tests' own, and what its streams say."""

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess

import websockets.exceptions
import websockets.sync.client

from hub import PATIENCE_SECONDS, PROGRAM, environment

SUBPROTOCOL = "graphql-transport-ws"


class StreamHub:
    """The program `stream-hub` over the database and under the keys of a running hub."""

    def __init__(self, hub, **settings):
        self.log_file = hub.folder / "stream-log"
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen(
                [PROGRAM.parent / "stream-hub"],
                stdout=subprocess.PIPE,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env=environment(
                    DATABASE_URL=hub.database_url(user="hub_app_read"),
                    TOKEN_KEYS=(hub.data / "token-keys").read_text().strip(),
                    PORT="0",
                    COOKIES_SECURE="false",
                    **settings,
                ),
            )
        line = self.process.stdout.readline().decode()
        found = re.fullmatch(r"ready http(s?)://127\.0\.0\.1:(\d+)\n", line)
        assert found, f"the program said {line!r} and logged:\n{self.log_file.read_text()}"
        self.port = int(found[2])
        self.url = f"http{found[1]}://127.0.0.1:{self.port}/graphql"
        self.socket_url = f"ws{found[1]}://127.0.0.1:{self.port}/graphql"

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        status = self.process.wait(timeout=PATIENCE_SECONDS)
        self.process.stdout.close()
        return status

    def resident_bytes(self):
        with open(f"/proc/{self.process.pid}/statm") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def open_files(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    @contextlib.contextmanager
    def socket(self, token=None, init=True, **options):
        """An open socket; acknowledged unless told otherwise."""
        options.setdefault("subprotocols", [SUBPROTOCOL])
        with websockets.sync.client.connect(
            self.socket_url, open_timeout=PATIENCE_SECONDS, close_timeout=PATIENCE_SECONDS,
            max_size=None, **options,
        ) as connection:
            socket = Socket(connection)
            if init:
                payload = {} if token is None else {"Authorization": f"Bearer {token}"}
                socket.send(type="connection_init", payload=payload)
                assert socket.receive() == {"type": "connection_ack"}
            yield socket

    def events(self, query, token=None, method="POST", **headers):
        """Opens a stream of server-sent events."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        fields = {"Content-Type": "application/json", "Accept": "text/event-stream"} | headers
        if token is not None:
            fields["Authorization"] = f"Bearer {token}"
        connection.request(method, "/graphql", json.dumps({"query": query}), fields)
        return Events(connection, connection.getresponse())

    def say(self, text, token, to=None):
        """Tells all who listen in the token's company, or those who are called `to`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        document = (
            "mutation($t: String!, $to: String) {"
            " say(input: {text: $t, to: $to}) { listeners flooded held } }"
        )
        connection.request(
            "POST", "/graphql", json.dumps({"query": document, "variables": {"t": text} | ({"to": to} if to else {})}),
            {"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        )
        answer = json.loads(connection.getresponse().read())
        connection.close()
        return answer["data"]["say"]


class Socket:
    """What `graphql-transport-ws` says on one socket."""

    def __init__(self, connection):
        self.connection = connection

    def send(self, **message):
        self.connection.send(json.dumps(message))

    def receive(self):
        return json.loads(self.connection.recv(timeout=PATIENCE_SECONDS))

    def subscribe(self, id, query, **payload):
        self.send(id=id, type="subscribe", payload={"query": query} | payload)

    def until_closed(self):
        """The code and reason of the server's closing, and what it said before."""
        said = []
        while True:
            try:
                said.append(self.receive())
            except websockets.exceptions.ConnectionClosed as closed:
                return closed.rcvd.code, closed.rcvd.reason, said


class Events:
    """The events of one response, as a browser reads them."""

    def __init__(self, connection, response):
        self.connection = connection
        self.response = response
        self.status = response.status
        self.comments = 0

    def __iter__(self):
        event, data = None, []
        while line := self.response.readline():
            line = line.decode().rstrip("\n")
            if line.startswith(":"):
                self.comments += 1
            elif not line:
                if event:
                    yield event, json.loads("\n".join(data)) if any(data) else None
                event, data = None, []
            else:
                name, _, value = line.partition(":")
                value = value.removeprefix(" ")
                if name == "event":
                    event = value
                elif name == "data":
                    data.append(value)

    def close(self):
        """Also while another thread reads: it would otherwise have the lock until the server's next
        word, which may be a comment in twelve seconds."""
        if self.connection.sock:
            with contextlib.suppress(OSError):
                self.connection.sock.shutdown(socket.SHUT_RDWR)
        self.response.close()
        self.connection.close()
