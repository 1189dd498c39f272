"""Asks another organisation's sign-in over the network, and never waits for it for long."""

import time
from typing import Any

import requests

# Seconds: to reach it, between two pieces of an answer, and for all that one step of a sign-in
# asks. The last piece may begin just before the end, so all of it takes 10 at most.
TO_CONNECT, BETWEEN_PIECES, IN_ALL = 3.0, 3.0, 7.0
# Key sets and descriptions have a few thousand bytes.
_LARGEST_ANSWER = 512 * 1024
_PIECE = 16 * 1024


class ImpatientSession(requests.Session):
    """A session of requests whose answers come soon and are small, or not at all.

    Follows no redirect: what is sent holds codes and a secret, meant for one address.
    """

    def __init__(self, *, until: float) -> None:
        """Take the end of all waiting, by the clock of time.monotonic()."""
        super().__init__()
        self._until = until

    def request(self, *args: Any, **how: Any) -> requests.Response:
        """Ask, and read the whole answer.

        Raises:
            requests.RequestException: nobody answered in time, or too much.
        """
        left = self._until - time.monotonic()
        if left <= 0:
            raise requests.Timeout
        how |= {
            "timeout": (min(TO_CONNECT, left), min(BETWEEN_PIECES, left)),
            "allow_redirects": False,
            "stream": True,
        }
        answer = super().request(*args, **how)
        with answer:
            pieces, size = [], 0
            for piece in answer.iter_content(_PIECE):
                pieces.append(piece)
                size += len(piece)
                if time.monotonic() > self._until:
                    raise requests.Timeout
                if size > _LARGEST_ANSWER:
                    raise requests.RequestException
        # As requests itself leaves an answer that was not streamed.
        answer._content = b"".join(pieces)
        return answer
