"""A real SMTP server on this machine that refuses, drops or takes what comes, as it is told."""

import socket
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Mailbox:
    """Starts when it is told to; ``taken`` holds address and message of what it took, in order."""

    def __init__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.answer, self.taken, self._controller = "250 OK", [], None

    def start(self, answer):
        """Answer from now on: ``250 OK``, another answer to every text, or ``drop`` the connection."""
        self.answer = answer
        if self._controller is None:
            self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
            self._controller.start()

    def stop(self):
        if self._controller is not None:
            self._controller.stop()

    def addresses(self):
        return sorted(address for address, _ in self.taken)

    async def handle_DATA(self, server, session, envelope):
        if self.answer == "drop":
            server.transport.close()
            return "421 gone"
        if self.answer.startswith("250"):
            message = message_from_bytes(envelope.content, policy=policy.default)
            self.taken.append((envelope.rcpt_tos[0], message))
        return self.answer
