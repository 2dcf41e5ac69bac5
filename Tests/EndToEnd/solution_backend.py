"""A solution as schema/solutions.md tells it to be: it takes a launch's code, exchanges it in its
backend, and goes on at an address without the code."""

import contextlib
import http.server
import json
import ssl
import threading
import urllib.parse

from hub import JSON, certificate
from service_tokens import service_token

LAUNCH = """mutation ($input: LaunchSolutionInput!) { launchSolution(input: $input) {
  url name userErrors { code field message } } }"""


def launch(hub, token, code="invoicing", **members):
    """The payload of launchSolution."""
    answer = hub.ask(LAUNCH, {"input": {"code": code} | members}, token)
    return answer.data["launchSolution"]


def launch_code(hub, token, code="invoicing"):
    """The code of a new launch."""
    payload = launch(hub, token, code)
    assert payload["userErrors"] == []
    return query_of(payload["url"])["code"]


def query_of(url):
    return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query, strict_parsing=True))


def exchange(hub, service, code):
    """The answer to a backend's exchange."""
    fields = {"Content-Type": JSON, "Authorization": f"Bearer {service}"}
    return hub.request("POST", "/launch/exchange", json.dumps({"code": code}), fields)


class Solution:
    """Where it is, and who came."""

    def __init__(self, hub, code):
        self.hub, self.code = hub, code
        self.token, _ = service_token(hub, code)
        self.arrivals = []
        self.url = None

    def arrive(self, path, headers):
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(path).query))
        answer = exchange(self.hub, self.token, query.pop("code", ""))
        self.arrivals.append(
            {"headers": dict(headers), "query": query, "status": answer.status,
             "told": answer.json})
        return query.get("return_to", "/welcome") if answer.status == 200 else "/refused"


def handler_of(solution):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path.startswith("/?"):
                self.send_response(303)
                self.send_header("Location", solution.arrive(self.path, self.headers))
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            body = f"<!doctype html><title>Solution</title><h1>{self.path}</h1>".encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    return Handler


@contextlib.contextmanager
def running(handler, context=None):
    """A server of the handler on a free port, for the length of a test."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def running_solution(hub, folder, code="invoicing"):
    """A solution of the hub's catalogue, served by TLS, with its launch address set."""
    solution = Solution(hub, code)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate(folder, code))
    with running(handler_of(solution), context) as port:
        solution.url = f"https://127.0.0.1:{port}"
        hub.sql(f"update solution set launch_url = '{solution.url}/' where code = '{code}'")
        yield solution
