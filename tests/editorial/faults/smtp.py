"""A mail server that answers badly on demand, by the name it is to deliver to."""

from __future__ import annotations

import email
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

ANSWERS = {"refused": "550 no such mailbox", "later": "451 not now"}
"""What the mailboxes of these names answer; `cut`, `lost` and `hung` take the text."""


class Server(socketserver.ThreadingTCPServer):
    """
    Listens on the loopback; `greeting` is None where it accepts and says nothing.

    `taken` is what it took: the Message-ID and the local part of the recipient.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.greeting: str | None = "220 here"
        self.healed = False
        self.over = threading.Event()
        self.taken: list[tuple[str, str]] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def names(self) -> list[str]:
        return sorted(name for _, name in self.taken)


class Session(socketserver.StreamRequestHandler):
    server: Server

    def handle(self) -> None:
        if self.server.greeting is None:
            self.server.over.wait()
            return
        self.say(self.server.greeting)
        self.name = ""
        for line in self.rfile:
            verb = line[:4].strip().upper().decode()
            if not self.obey(verb, line.decode()):
                return

    def obey(self, verb: str, line: str) -> bool:
        """Answer one command; tell whether there is more to say."""
        if verb == "RCPT":
            self.name = line.partition("<")[2].partition("@")[0]
            healthy = self.server.healed or self.name not in ANSWERS
            self.say("250 fine" if healthy else ANSWERS[self.name])
        elif verb == "DATA":
            self.say("354 go on")
            return self.take()
        else:
            self.say("221 bye" if verb == "QUIT" else "250 fine")
        return verb != "QUIT"

    def take(self) -> bool:
        lines = iter(self.rfile.readline, b".\r\n")
        message = email.message_from_bytes(b"".join(lines))
        name = "" if self.server.healed else self.name
        if name == "lost":
            return False
        self.server.taken.append((message["Message-ID"], self.name))
        if name == "hung":
            self.server.over.wait()
        if name in ("cut", "hung"):
            return False
        self.say("250 taken")
        return True

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def serving() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield server
        finally:
            server.over.set()
            server.shutdown()
            thread.join()
