"""Rows of computed progress, written in one statement each.

Through the ORM each quotation mark of the JSON is escaped by itself in Python, which takes a third
of a recompute's time; here all rows go as one JSON text.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import connection

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
    SELECT row->>'scope', (row->>'subject')::uuid, %(method)s, content.value,
        row->>'input_hash', %(at)s
    FROM jsonb_array_elements(%(rows)s::jsonb) AS row
    JOIN jsonb_array_elements(%(contents)s::jsonb) WITH ORDINALITY AS content (value, place)
        ON content.place = (row->>'content')::int
    ON CONFLICT (scope, subject_id, method) DO UPDATE SET
        content = excluded.content, input_hash = excluded.input_hash,
        computed_at = excluded.computed_at
"""

# Contents are made here, so that no circle is in them; signs as they are take half of the bytes.
_PLAIN, _SORTED = (
    json.JSONEncoder(
        check_circular=False, ensure_ascii=False, sort_keys=sort_keys, separators=(",", ":")
    )
    for sort_keys in (False, True)
)


@dataclass(frozen=True)
class StatusRow:
    """The labels of one indicator; `key` is the indicator's in its version."""

    key: int
    status: str
    reason: str
    content: dict[str, Any]
    input_hash: str


class PictureContent:
    """What a dashboard shows, as it is stored and known by; made once for all that share it."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        """Take the content as plain values."""
        self._content = content

    @cached_property
    def text(self) -> str:
        """As JSON, the same for the same content."""
        return _SORTED.encode(self._content)

    @cached_property
    def input_hash(self) -> str:
        """What the content is known by."""
        return sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True)
class PictureRow:
    """What the dashboard of something shows."""

    scope: str
    subject: UUID
    content: PictureContent


def write_statuses(*, rows: Sequence[StatusRow], method: int, at: datetime) -> None:
    """Store labels by a method in place of what was there."""
    texts = [_PLAIN.encode(vars(row)) for row in rows]
    _write(_STATUSES, texts, method, at)


def write_pictures(*, rows: Sequence[PictureRow], method: int, at: datetime) -> None:
    """Store pictures by a method in place of what was there.

    A framework of one pair is also all that its authority agreed on: what they share goes once.
    """
    contents = list({row.content.input_hash: row.content for row in rows}.values())
    places = {content.input_hash: place for place, content in enumerate(contents, start=1)}
    texts = [
        f'{{"scope":"{row.scope}","subject":"{row.subject}",'
        f'"input_hash":"{row.content.input_hash}","content":{places[row.content.input_hash]}}}'
        for row in rows
    ]
    _write(_PICTURES, texts, method, at, contents=_array([one.text for one in contents]))


def _write(statement: str, rows: Sequence[str], method: int, at: datetime, **more: str) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(statement, {"rows": _array(rows), "method": method, "at": at, **more})


def _array(texts: Sequence[str]) -> str:
    return f"[{','.join(texts)}]"
