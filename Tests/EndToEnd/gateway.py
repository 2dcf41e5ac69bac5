"""A maker of integrations on this machine: it answers as a test wants and remembers what came."""

import contextlib
import http.server
import json
import threading


class Gateway:
    """Answers every request by `answer`, a status and a body, or a function of the request."""

    def __init__(self):
        gateway = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def reply(self):
                length = int(self.headers.get("Content-Length") or 0)
                request = (self.command, self.path, dict(self.headers), self.rfile.read(length))
                gateway.requests.append(request)
                gateway.asked.set()
                assert gateway.goes_on.wait(30)
                answer = gateway.answer(request) if callable(gateway.answer) else gateway.answer
                status, body, *headers = answer
                body = body if isinstance(body, bytes) else json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                for name, value in headers:
                    self.send_header(name, value)
                self.end_headers()
                with contextlib.suppress(ConnectionError):
                    self.wfile.write(body)

            do_GET = do_POST = reply

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.asked, self.goes_on = threading.Event(), threading.Event()
        self.reset()

    def reset(self):
        self.requests = []
        self.answer = (200, {"code": "SUCCESS"})
        self.asked.clear()
        self.goes_on.set()

    def stop(self):
        self.goes_on.set()
        self.server.shutdown()
        self.server.server_close()


@contextlib.contextmanager
def verified_by(hub, gateway):
    """The verifiers of the hub's catalogue, moved to this machine; their paths stay."""
    hub.sql(
        "create table verifier_before as select integration, url from integration_verifier;"
        "update integration_verifier"
        f" set url = regexp_replace(url, '^https://[^/]+', '{gateway.url}')")
    try:
        yield
    finally:
        hub.sql(
            "update integration_verifier v set url = b.url from verifier_before b"
            " where b.integration = v.integration; drop table verifier_before")
