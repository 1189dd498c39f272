"""Reads what is sent to the API."""

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.parsers import BaseParser

from authorities.api.problems import Problem, ProblemsError, too_large
from authorities.strict_json import MOST_BYTES, UnreadableJsonError, read_json


class StrictJsonParser(BaseParser):
    """JSON that means one thing; everything else is refused with what to do."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return what was sent.

        Raises:
            ProblemsError: it is too large, or cannot be read in one way.
        """
        raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise too_large()
        try:
            return read_json(raw=raw)
        except UnreadableJsonError as error:
            raise ProblemsError(Problem(error.code, "", error.message, error.fix)) from error
