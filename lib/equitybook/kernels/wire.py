"""What is said over the connection between who asks for a kernel, the zygote, and the kernel.

The asking side sends one request, read by the forked child: four bytes of length, then JSON; the descriptors of its output travel
with the first bytes. Then it only listens, for lines of JSON: ``{"started": pid}`` or ``{"refused": reason}``, and, once it is
over, ``{"ended": returncode}``. The connection stays open as long as the kernel is wanted: closing it ends the kernel.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

_LENGTH = struct.Struct("!I")
_LONGEST = 4 * 1024 * 1024
"""Bytes of a request. An environment has a few thousand."""
_OUTPUTS = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What a kernel is to be: ``argv`` for ipykernel, its whole environment, its folder, and the mask of the files it makes."""

    argv: list[str]
    env: dict[str, str]
    cwd: str
    umask: int


def ask(line: socket.socket, asked: Asked, outputs: Sequence[int]) -> None:
    """Send a request with the descriptors that are to be the kernel's standard output and error.

    Raises
    ------
    OSError
        If nobody is there to take it.
    """
    body = json.dumps(asdict(asked)).encode()
    sent = socket.send_fds(line, [_LENGTH.pack(len(body))], list(outputs))
    line.sendall(_LENGTH.pack(len(body))[sent:] + body)


def read_asked(line: socket.socket) -> tuple[Asked, list[int]]:
    """Read a request. The descriptors are the reader's to close.

    Raises
    ------
    EOFError
        If the asking side went away first.
    ValueError
        If this is no request.
    """
    head, outputs, _flags, _address = socket.recv_fds(line, _LENGTH.size, _OUTPUTS)
    head += _exactly(line, _LENGTH.size - len(head))
    (length,) = _LENGTH.unpack(head)
    if length > _LONGEST or len(outputs) != _OUTPUTS:
        message = f"A request of {length} bytes with {len(outputs)} descriptors is none of ours."
        raise ValueError(message)
    return Asked(**json.loads(_exactly(line, length))), list(outputs)


def _exactly(line: socket.socket, length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        part = line.recv(length - len(parts))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)


def say(line: socket.socket, **word: str | int) -> bool:
    """Say one word to the asking side. Returns whether it was there to hear it."""
    try:
        line.sendall(json.dumps(word).encode() + b"\n")
    except OSError:
        return False
    return True


class Lines:
    """Words as they come in pieces."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, piece: bytes) -> list[dict[str, Any]]:
        """Take a piece, give the words that are complete."""
        *whole, self._rest = (self._rest + piece).split(b"\n")
        return [json.loads(one) for one in whole]
