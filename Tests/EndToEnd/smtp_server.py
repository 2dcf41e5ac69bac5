"""A real SMTP server (aiosmtpd) in a thread of its own, which takes mails, or fails as a test wants
it to."""

import asyncio
import dataclasses
import email
import email.policy
import ssl
import threading

from aiosmtpd.smtp import SMTP, AuthResult

from hub import PATIENCE_SECONDS, certificate

# What a test may answer instead of a reply: never anything, or the end of the connection.
HANG, DROP = object(), object()


@dataclasses.dataclass
class Taken:
    """One message that came whole, whatever was answered to it."""

    sender: str
    recipients: list
    content: bytes
    login: str
    is_encrypted: bool

    @property
    def message(self):
        return email.message_from_bytes(self.content, policy=email.policy.default)

    @property
    def id(self):
        return self.message["Message-ID"]

    def text(self, kind="plain"):
        return self.message.get_body((kind,)).get_content().replace("\r\n", "\n")


class SMTPServer:
    """Listens on a port of 127.0.0.1.

    `answer(stage, envelope)` is asked at "RCPT" and at "DATA", when the message is there: a reply
    such as "451 later", HANG, DROP, or None to take it. A test may set it anew at any time.
    """

    def __init__(self, *, tls=None, is_implicit=False, login=None, answer=None, **options):
        self.taken = []
        self.commands = []
        self.login = login
        self.answer = answer or (lambda stage, envelope: None)
        self.options = {"hostname": "test", "auth_require_tls": False} | options
        if login:
            self.options |= {"authenticator": self.authenticate, "auth_required": True}
        if tls and not is_implicit:
            self.options |= {"tls_context": tls}
        self.implicit = tls if is_implicit else None
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.listener = self.run(self.listen())
        self.port = self.listener.sockets[0].getsockname()[1]

    async def listen(self):
        return await self.loop.create_server(
            lambda: SMTP(self, loop=self.loop, **self.options), "127.0.0.1", 0, ssl=self.implicit
        )

    def run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(PATIENCE_SECONDS)

    def stop(self):
        async def end():
            self.listener.close()
            tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        self.run(end())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(PATIENCE_SECONDS)
        self.loop.close()

    @property
    def url(self):
        return f"smtp://127.0.0.1:{self.port}"

    def url_of(self, user, password, scheme="smtp", parameters=""):
        return f"{scheme}://{user}:{password}@127.0.0.1:{self.port}{parameters}"

    # What aiosmtpd calls -------------------------------------------------------------------------

    def authenticate(self, server, session, envelope, mechanism, data):
        given = (data.login.decode(), data.password.decode())
        self.commands.append(("AUTH", *given))
        return AuthResult(success=given == self.login, handled=False, auth_data=data)

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = await self.decide("RCPT", server, envelope)
        if reply is None:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        login = session.auth_data.login.decode() if session.auth_data else None
        self.taken.append(
            Taken(
                envelope.mail_from, envelope.rcpt_tos, envelope.content, login,
                session.ssl is not None or self.implicit is not None,
            )
        )
        return await self.decide("DATA", server, envelope) or "250 taken"

    async def decide(self, stage, server, envelope):
        answer = self.answer(stage, envelope)
        if answer is HANG:
            await asyncio.Event().wait()
        if answer is DROP:
            server.transport.abort()
            return "421 gone"
        return answer


def tls_context(folder, name):
    """The context of a server, and the file of who vouches for it."""
    file, key = certificate(folder, name)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file, key)
    return context, file
