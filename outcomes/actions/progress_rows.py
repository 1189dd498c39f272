"""Rows of computed progress, written in one statement each.

Through the ORM each quotation mark of the JSON is escaped by itself in Python, which takes a third
of a recompute's time; here all rows go as one JSON text.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection

from outcomes.indicator_series import content_hash

_STATUSES = """
    INSERT INTO outcomes_progressstatus (
        framework_indicator_id, method, status, reason, content, input_hash, computed_at
    )
    SELECT (row->>'key')::bigint, %(method)s, row->>'status', row->>'reason', row->'content',
        row->>'input_hash', %(at)s
    FROM jsonb_array_elements(%(rows)s::jsonb) AS row
    ON CONFLICT (framework_indicator_id, method) DO UPDATE SET
        status = excluded.status, reason = excluded.reason, content = excluded.content,
        input_hash = excluded.input_hash, computed_at = excluded.computed_at
"""
_PICTURES = """
    INSERT INTO outcomes_progresspicture (
        scope, subject_id, method, content, input_hash, computed_at
    )
    SELECT row->>'scope', (row->>'subject')::uuid, %(method)s, row->'content',
        row->>'input_hash', %(at)s
    FROM jsonb_array_elements(%(rows)s::jsonb) AS row
    ON CONFLICT (scope, subject_id, method) DO UPDATE SET
        content = excluded.content, input_hash = excluded.input_hash,
        computed_at = excluded.computed_at
"""


@dataclass(frozen=True)
class StatusRow:
    """The labels of one indicator; `key` is the indicator's in its version."""

    key: int
    status: str
    reason: str
    content: dict[str, Any]
    input_hash: str


@dataclass(frozen=True)
class PictureRow:
    """What a dashboard shows."""

    scope: str
    subject: UUID
    content: dict[str, Any]

    @cached_property
    def input_hash(self) -> str:
        """Return what the content is known by."""
        return content_hash(content=self.content)


def write_statuses(*, rows: Sequence[StatusRow], method: int, at: datetime) -> None:
    """Store labels by a method in place of what was there."""
    _write(_STATUSES, [dict(vars(row)) for row in rows], method, at)


def write_pictures(*, rows: Sequence[PictureRow], method: int, at: datetime) -> None:
    """Store pictures by a method in place of what was there."""
    _write(
        _PICTURES,
        [
            {
                "scope": row.scope,
                "subject": str(row.subject),
                "content": row.content,
                "input_hash": row.input_hash,
            }
            for row in rows
        ],
        method,
        at,
    )


def _write(statement: str, rows: Sequence[dict[str, Any]], method: int, at: datetime) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            {"rows": json.dumps(rows, separators=(",", ":")), "method": method, "at": at},
        )
