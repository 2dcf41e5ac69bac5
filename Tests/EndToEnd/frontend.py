"""A frontend as it stands in front of a hub: pages of its own, everything else is the hub's. It
notes what browsers send, so that a test sees which cookies went along and from where."""

import contextlib
import dataclasses
import http.client
import http.cookies
import http.server
import threading

from hub import PATIENCE_SECONDS

# What a page of the frontend is: nothing but the place that scripts act from.
PAGE = b"<!doctype html><html lang=es><meta charset=utf-8><title>Frontend</title><h1>Frontend</h1>"
# What belongs to one connection, and what the hub is told by itself.
HOP = {"connection", "transfer-encoding", "content-length", "keep-alive", "host"}


@dataclasses.dataclass
class Sent:
    """One request of a browser."""

    method: str
    path: str
    cookies: set
    site: str
    origin: str
    referer: str
    body: bytes


class Frontend:
    """Listens on a port of 127.0.0.1; `hub` is set once the hub runs, which needs the address."""

    def __init__(self, port):
        self.url = f"http://127.0.0.1:{port}"
        self.hub = None
        # Paths that are the frontend's own.
        self.pages = {"/", "/google", "/elsewhere"}
        self.sent = []

    def since(self, number, path=None):
        """What was sent since so many requests, by its path without its query."""
        return [it for it in self.sent[number:] if path in (None, it.path.split("?")[0])]


@contextlib.contextmanager
def frontend():
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.note(b"")
            if self.path.split("?")[0] in site.pages:
                return self.answer(200, [("content-type", "text/html; charset=utf-8")], PAGE)
            self.pass_on(b"")

        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"] or 0))
            self.note(body)
            self.pass_on(body)

        def note(self, body):
            cookies = http.cookies.SimpleCookie(self.headers["cookie"] or "")
            site.sent.append(
                Sent(
                    self.command, self.path, set(cookies), self.headers["sec-fetch-site"],
                    self.headers["origin"], self.headers["referer"], body,
                )
            )

        def pass_on(self, body):
            connection = http.client.HTTPConnection(
                "127.0.0.1", site.hub.port, timeout=PATIENCE_SECONDS
            )
            fields = {k: v for k, v in self.headers.items() if k.lower() not in HOP}
            # The host is the one that the browser asked: the hub holds Origin against it.
            fields["Host"] = self.headers["host"]
            connection.request(self.command, self.path, body or None, fields)
            answer = connection.getresponse()
            content = answer.read()
            kept = [(k, v) for k, v in answer.getheaders() if k.lower() not in HOP]
            self.answer(answer.status, kept, content)
            connection.close()

        def answer(self, status, fields, body):
            self.send_response(status)
            for name, value in fields:
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site = Frontend(server.server_port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()
