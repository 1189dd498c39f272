"""What the database holds, as a backup counts and compares it."""

from collections.abc import Mapping

from django.apps import apps
from django.db import connection, models
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from authorities.backup.manifest import TableMark

# Not kept: who holds a copy of a session is signed in, and what a cache holds counts tries.
PASSING = ("django_session", "cache_entry")
_TABLES = """
    SELECT named.relname FROM pg_class AS named
    JOIN pg_namespace AS place ON place.oid = named.relnamespace
    WHERE named.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND NOT named.relispartition
        AND place.nspname NOT LIKE 'pg\\_%%' AND place.nspname <> 'information_schema'
        AND (%s OR named.relkind IN ('r', 'p'))
    ORDER BY named.relname
"""
# The text of a row is the same on each server once these are.
_SAME_TEXT = {
    "timezone": "UTC",
    "datestyle": "ISO, YMD",
    "intervalstyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "jit": "off",
}
# A sum of digests needs no order of rows and no memory: both halves of each row's MD5 are added up.
_MARK = sql.SQL("""
    SELECT count(*), coalesce(sum(('x' || left(digest, 16))::bit(64)::bigint::numeric), 0)::text
        || ' ' || coalesce(sum(('x' || right(digest, 16))::bit(64)::bigint::numeric), 0)::text
    FROM (SELECT md5(held::text) AS digest FROM {} AS held) AS digests
""")


def what_is_there() -> tuple[str, ...]:
    """Return the names of all tables, views and sequences; none in an empty database."""
    with connection.cursor() as cursor:
        return _names(cursor, beside_tables=True)


def mark_tables() -> Mapping[str, TableMark]:
    """Count and add up every table that a backup keeps, and those that it empties.

    The caller holds the transaction, so that all tables are of one instant.
    """
    with connection.cursor() as cursor:
        for name, value in _SAME_TEXT.items():
            cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        return {
            name: _mark(cursor, name)
            for name in _names(cursor, beside_tables=False)
            if name not in PASSING
        }


def _names(cursor: CursorWrapper, *, beside_tables: bool) -> tuple[str, ...]:
    cursor.execute(_TABLES, [beside_tables])
    return tuple(row[0] for row in cursor.fetchall())


def _mark(cursor: CursorWrapper, name: str) -> TableMark:
    cursor.execute(_MARK.format(sql.Identifier(name)))
    rows, checksum = cursor.fetchone()
    return TableMark(rows=rows, checksum=checksum)


def known_migrations() -> tuple[str, ...]:
    """Return every migration that the database has, as `app.name`."""
    applied = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(f"{app}.{name}" for app, name in applied))


def named_files() -> frozenset[str]:
    """Return the names of all kept files that some row has."""
    names: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.FileField):
                rows = model._default_manager.exclude(**{field.name: ""})
                names.update(rows.values_list(field.name, flat=True).distinct())
    return frozenset(names)
