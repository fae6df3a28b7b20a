"""The token a kernel shows for its one community: signed here, read here, good for a day."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from itsdangerous import BadData, URLSafeTimedSerializer

from equitybook.errors import AccessError

MAX_AGE = 24 * 3600
"""Seconds a token is good for."""


@dataclass(frozen=True, slots=True)
class KernelToken:
    """What a kernel may touch: one community, in one person's name, for the page of one cycle."""

    community: str
    cycle: int
    username: str

    def sign(self, key: bytes) -> str:
        """As the text given to the kernel."""
        return _signer(key).dumps(asdict(self))

    @classmethod
    def read(cls, text: str, key: bytes) -> KernelToken:
        """Read a token back.

        Raises
        ------
        AccessError
            If it was not signed with this key, or is older than ``MAX_AGE``.
        """
        try:
            return cls(**_signer(key).loads(text, max_age=MAX_AGE))
        except (BadData, TypeError) as error:
            message = "This page has been open for too long, or was not opened here. Open the workbook again from your home page."
            raise AccessError(message) from error


def _signer(key: bytes) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(key, salt="equitybook kernel")
