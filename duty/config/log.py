"""What is logged, and where to: a line of JSON for each thing, on the standard error stream.

Plain logging with a formatter, and not a package: libraries log by it anyhow, and what matters is
what a line may hold. That is a list of what is allowed, which a package for structured logs would
not take away: django-structlog adds addresses with their queries and the visitor's IP address.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from typing import Any

from authorities.request_ids import current

# Messages of these are ours, written with keys and codes. Of others the text is kept as it stands
# in their source, without what is put into it: paths, values, addresses.
_OURS = ("authorities", "outcomes", "duty", "engagement")
# What a line may hold besides, by the name that it was logged with.
# The token is its key, never its text.
_EXTRAS = ("route", "method", "status", "ms", "user", "token", "task", "task_id", "outcome")
_mail_address = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+")


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] in _OURS


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON, with the id of the request and nothing personal."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        text = record.getMessage() if _is_ours(record.name) else str(record.msg)
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _mail_address.sub("[address]", text),
            "request_id": current(),
        }
        line |= {name: getattr(record, name) for name in _EXTRAS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            # What an exception says may quote a row, and so a person.
            line["exception"] = record.exc_info[0].__name__
            line["where"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=False, default=str)


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "duty.config.log.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        **{name: {"level": "INFO"} for name in _OURS},
        # Only what is logged above is written: Django's own handlers would write it once more.
        "django": {"handlers": [], "level": "WARNING"},
        # What failed is told by ours, in a line that names the page.
        "django.request": {"level": "ERROR"},
    },
}
