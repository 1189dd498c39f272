"""Tells of errors where SENTRY_DSN says so, in Sentry's format; nothing is sent without it.

What leaves is written anew from a list: which exception, at which lines of which files, on which
page or job, for which request. What the exception says, what variables held, addresses, headers,
cookies and people never leave.
"""

from typing import Any

import sentry_sdk
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.integrations.logging import LoggingIntegration

from authorities.request_ids import current

_OF_FRAMES = ("filename", "function", "lineno", "module")
_OF_EVENTS = ("event_id", "timestamp", "level", "platform", "release", "environment", "logger")


def start(*, dsn: str) -> None:
    """Report errors to where the DSN says."""
    sentry_sdk.init(
        dsn=dsn,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=None,
        auto_session_tracking=False,
        send_client_reports=False,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[
            DjangoIntegration(transaction_style="function_name"),
            CeleryIntegration(),
            # Lines of the log are no errors of their own: those that matter come with an exception.
            LoggingIntegration(level=None, event_level=None),
        ],
        before_send=lambda event, _hint: cleaned(dict(event)),  # type: ignore[arg-type,return-value]
    )


def cleaned(event: dict[str, Any]) -> dict[str, Any]:
    """Return what of an event may leave."""
    kept = {name: event[name] for name in _OF_EVENTS if name in event}
    kept["transaction"] = str(event.get("transaction", ""))
    kept["tags"] = {"request_id": current()}
    kept["exception"] = {
        "values": [
            {
                "type": one.get("type"),
                "module": one.get("module"),
                "stacktrace": {
                    "frames": [
                        {name: frame[name] for name in _OF_FRAMES if name in frame}
                        for frame in (one.get("stacktrace") or {}).get("frames", [])
                    ]
                },
            }
            for one in (event.get("exception") or {}).get("values", [])
        ]
    }
    return kept
