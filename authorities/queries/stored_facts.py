"""Questions that checks of every app ask: of histories, of logs of steps, and of kept files."""

from collections.abc import Iterable, Mapping
from hashlib import file_digest
from typing import Any, Protocol

import pghistory.models
from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models

from authorities.integrity import Asked, Broken, broken_among, broken_by

# One in so many files is read each night, by the day; whether it is there is asked of every file.
NIGHTS = 7


class KeptFile(Protocol):
    """A row with a file, and what the row says of it."""

    pk: Any
    file: Any
    size: int
    sha256: str


def history_differs(*, app: str) -> Broken:
    """Find rows whose history does not end in what they are now, and rows that went without it."""
    events = [
        model
        for model in apps.get_app_config(app).get_models()
        if issubclass(model, pghistory.models.Event)
    ]
    return broken_by(sql=" UNION ALL ".join(_history_sql(event) for event in events))


def _history_sql(event: type[models.Model]) -> str:
    tracked: type[models.Model] = event.pgh_tracked_model  # type: ignore[attr-defined]
    names = [str(field.column) for field in event._meta.fields]
    columns = [name for name in names if not name.startswith("pgh_")]
    then, now = (", ".join(f'{row}."{name}"' for name in columns) for row in ("told", "held"))
    label, key = tracked._meta.label, tracked._meta.pk.column
    table, history = tracked._meta.db_table, event._meta.db_table
    return f"""
        SELECT '{label} ' || held."{key}" FROM {table} AS held LEFT JOIN LATERAL (
            SELECT * FROM {history} AS one WHERE one.pgh_obj_id = held."{key}"
            ORDER BY one.pgh_id DESC LIMIT 1
        ) AS told ON true
        WHERE told.pgh_id IS NULL OR ({then}) IS DISTINCT FROM ({now})
        UNION ALL
        SELECT '{label} ' || told.pgh_obj_id FROM {history} AS told
        LEFT JOIN {table} AS held ON held."{key}" = told.pgh_obj_id
        WHERE held."{key}" IS NULL
        GROUP BY told.pgh_obj_id
        HAVING (array_agg(told.pgh_label ORDER BY told.pgh_id DESC))[1] <> 'delete'
    """


def log_leads_elsewhere(
    *,
    rows: type[models.Model],
    log: type[models.Model],
    of: str,
    leads: Mapping[str, Iterable[str]],
    begins: Iterable[str],
) -> Broken:
    """Find rows whose state is not one to which the newest step of their log leads.

    Args:
        rows: what has the state.
        log: its steps, in the order in which they were stored; `type` says which one.
        of: the column of the log with the row's key.
        leads: the states to which a step leads; what is not named keeps the state.
        begins: the states of a row without a step.
    """
    pairs = [(step, state) for step, states in leads.items() for state in states]
    return broken_by(
        sql=f"""
            SELECT held.id FROM {rows._meta.db_table} AS held LEFT JOIN LATERAL (
                SELECT one.type FROM {log._meta.db_table} AS one
                WHERE one.{of} = held.id AND one.type = ANY (%(steps)s)
                ORDER BY one.id DESC LIMIT 1
            ) AS newest ON true
            WHERE NOT CASE WHEN newest.type IS NULL THEN held.state = ANY (%(begins)s)
                ELSE (newest.type || ' ' || held.state) = ANY (%(pairs)s) END
        """,
        steps=list(leads),
        begins=list(begins),
        pairs=[f"{step} {state}" for step, state in pairs],
    )


def steps_unaudited(
    *, rows: type[models.Model], log: type[models.Model], of: str, but: Iterable[str] = ()
) -> Broken:
    """Find rows of which the log tells more steps than the audit tells writes.

    but: steps that the audit tells of another row.
    """
    return broken_by(
        sql=f"""
            SELECT told.key FROM (
                SELECT {of}::text AS key, count(*) AS steps FROM {log._meta.db_table}
                WHERE type <> ALL (%(but)s) GROUP BY {of}
            ) AS told LEFT JOIN (
                SELECT target_id AS key, count(*) AS writes FROM authorities_auditevent
                WHERE target_type = %(target)s GROUP BY target_id
            ) AS written ON written.key = told.key
            WHERE told.steps > coalesce(written.writes, 0)
        """,
        target=rows._meta.label_lower,
        but=list(but),
    )


def files_that_differ(*, kept: Iterable[KeptFile], asked: Asked) -> Broken:
    """Find rows whose file is gone, is of another size, or, as its turn is, of another content."""
    return broken_among(keys=(row.pk for row in kept if _differs(row, asked)))


def _differs(row: KeptFile, asked: Asked) -> bool:
    name = row.file.name
    if not default_storage.exists(name) or default_storage.size(name) != row.size:
        return True
    tonight = asked.at.toordinal() % NIGHTS
    if not asked.every_file and int(row.sha256[:8], 16) % NIGHTS != tonight:
        return False
    with default_storage.open(name) as content:
        return file_digest(content, "sha256").hexdigest() != row.sha256
