"""A mail server on loopback that does what a plan says, at the very point it says; what it accepted is kept."""

import asyncio
import base64
import ssl
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

TLS = Path(__file__).parent / "material" / "tls"
CA = TLS / "ca.pem"
PASSWORD = "open sesame"


class MailServer:
    """An SMTP server in a thread of its own.

    A plan says what happens to the N-th letter, counted from 1: ``before_mail`` closes before it is announced,
    ``in_data`` in the middle of it, ``unheard`` after its last dot, not accepted, ``unanswered`` after its last dot,
    accepted; a number answers that code to the letter, ``rcpt 550`` and the like to its address.
    """

    def __init__(
        self, plan: Mapping[int, str] | None = None, certificate: str = "good", security: str = "starttls"
    ) -> None:
        self.plan = dict(plan or {})
        self.accepted: list[tuple[str, bytes]] = []
        self.in_clear: list[str] = []
        self.port = 0
        self.security = security
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(TLS / f"{certificate}.pem")
        self.letters = 0
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(10)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._end = asyncio.Event()
        context = self.context if self.security == "tls" else None
        self._open: set[asyncio.Task] = set()
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=context)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._end.wait()
        server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        self._open.add(task)
        try:
            await _Conversation(self, reader, writer).hold()
        except (ConnectionError, ssl.SSLError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._open.discard(task)
            writer.transport.abort()


class _Conversation:
    """What one client is answered; a verb answers whether to go on listening."""

    def __init__(self, server: MailServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._server = server
        self._reader = reader
        self._writer = writer
        self._is_safe = server.security == "tls"
        self._whom = ""

    async def hold(self) -> None:
        await self._say("220 test")
        goes_on = True
        while goes_on and (line := (await self._reader.readline()).decode()):
            verb = line.split()[0].upper()
            if not self._is_safe:
                self._server.in_clear.append(verb)
            answer = getattr(self, f"_{verb.lower()}", self._other)
            goes_on = await answer(line, self._server.plan.get(self._server.letters + 1, ""))

    async def _say(self, *lines: str) -> bool:
        self._writer.write("".join(f"{line}\r\n" for line in lines).encode())
        await self._writer.drain()
        return True

    async def _other(self, _line: str, _act: str) -> bool:
        return await self._say("250 ok")

    async def _ehlo(self, _line: str, _act: str) -> bool:
        offers = self._server.security == "starttls" and not self._is_safe
        return await self._say("250-test", *(["250-STARTTLS"] if offers else []), "250 AUTH PLAIN LOGIN")

    async def _starttls(self, _line: str, _act: str) -> bool:
        await self._say("220 go on")
        await self._writer.start_tls(self._server.context)
        self._is_safe = True
        return True

    async def _auth(self, line: str, _act: str) -> bool:
        password = base64.b64decode(line.split()[2]).split(b"\0")[-1].decode()
        return await self._say("235 welcome" if password == PASSWORD else "535 5.7.8 no")

    async def _mail(self, _line: str, act: str) -> bool:
        if act == "before_mail":
            self._server.letters += 1
            return False
        return await self._say("250 from")

    async def _rcpt(self, line: str, act: str) -> bool:
        if act.startswith("rcpt"):
            self._server.letters += 1
            return await self._say(f"{act.split()[1]} as planned")
        self._whom = line.partition("<")[2].partition(">")[0]
        return await self._say("250 to")

    async def _data(self, _line: str, act: str) -> bool:
        self._server.letters += 1
        await self._say("354 go on")
        if act == "in_data":
            await self._reader.read(20)
            return False
        raw = await self._reader.readuntil(b"\r\n.\r\n")
        if act == "unheard":
            return False
        if act.isdecimal():
            await self._say(f"{act} as planned")
            return act != "421"
        self._server.accepted.append((self._whom, raw[:-3].replace(b"\r\n..", b"\r\n.")))
        return act != "unanswered" and await self._say("250 taken")

    async def _quit(self, _line: str, _act: str) -> bool:
        await self._say("221 bye")
        return False
