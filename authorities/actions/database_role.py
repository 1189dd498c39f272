"""What the database lets the site do: everything that it works with, and nothing to its records.

Triggers refuse a change of what is written once, but whoever owns a table may switch them off. So
the site runs as a role that owns nothing; migrations run as the owner.
"""

from collections.abc import Iterator

from django.apps import apps
from django.db import connection, models, transaction
from psycopg import sql

from authorities.models import AccessEvent, AuditEvent, AuditSeal
from authorities.models.histories import NAMES_IN_HISTORIES

_SCHEMA = sql.Identifier("public")
_MIGRATIONS = "django_migrations"


class NoSuchRoleError(LookupError):
    """The server has no role of this name, or it may do anything at all."""


def records() -> tuple[str, ...]:
    """Return the tables to which the site adds rows, and in which it changes none."""
    found: list[type[models.Model]] = [AuditEvent, AccessEvent, AuditSeal]
    found += [model for model in apps.get_models() if hasattr(model, "pgh_tracked_model")]
    return tuple(sorted(model._meta.db_table for model in found))


@transaction.atomic
def limit(*, role: str) -> None:
    """Give a role what the site needs, and take from it what it must not do. Run by the owner.

    Tables that a migration makes are given by the next run.

    Raises:
        NoSuchRoleError: there is no such role, or it is a superuser.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
        if found is None or found[0]:
            raise NoSuchRoleError(role)
        for statement in _statements(sql.Identifier(role)):
            cursor.execute(statement.as_string(cursor.connection))


def _statements(role: sql.Identifier) -> Iterator[sql.Composed]:
    kept = sql.SQL(", ").join(sql.Identifier(name) for name in (*records(), _MIGRATIONS))
    names = {"schema": _SCHEMA, "role": role, "kept": kept}
    names["added"] = sql.SQL(", ").join(sql.Identifier(name) for name in records())
    names["migrations"] = sql.Identifier(_MIGRATIONS)
    for text in (
        "GRANT USAGE ON SCHEMA {schema} TO {role}",
        "REVOKE CREATE ON SCHEMA {schema} FROM {role}",
        "REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role}",
        "REVOKE ALL ON {kept} FROM {role}",
        "GRANT SELECT, INSERT ON {added} TO {role}",
        "GRANT SELECT ON {migrations} TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role}",
    ):
        yield sql.SQL(text).format(**names)
    # What names a person who left: a trigger of each table lets nothing else be written there.
    for table, columns in NAMES_IN_HISTORIES.items():
        yield sql.SQL("GRANT UPDATE ({columns}) ON {table} TO {role}").format(
            columns=sql.SQL(", ").join(sql.Identifier(column) for column in columns),
            table=sql.Identifier(table),
            role=role,
        )


def excess(*, role: str) -> tuple[str, ...]:
    """Say what a role may do to the site's records that it should not; empty where all is well."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT may.what || ' on ' || wanted.name
            FROM unnest(%(tables)s::text[]) AS wanted (name)
            CROSS JOIN unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) AS may (what)
            WHERE has_table_privilege(%(role)s, wanted.name, may.what)
            UNION ALL
            SELECT 'UPDATE of ' || held.attname || ' of ' || wanted.name
            FROM unnest(%(tables)s::text[]) AS wanted (name)
            JOIN pg_attribute AS held ON held.attrelid = wanted.name::regclass
                AND held.attnum > 0 AND NOT held.attisdropped
            WHERE has_column_privilege(%(role)s, held.attrelid, held.attnum, 'UPDATE')
                AND NOT has_table_privilege(%(role)s, wanted.name, 'UPDATE')
                AND wanted.name || '.' || held.attname <> ALL(%(given)s::text[])
            UNION ALL
            SELECT 'owner of ' || relname FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                AND pg_has_role(%(role)s, relowner, 'MEMBER')
            ORDER BY 1
            """,
            {
                "role": role,
                "tables": list(records()),
                "given": [
                    f"{table}.{column}"
                    for table, columns in NAMES_IN_HISTORIES.items()
                    for column in columns
                ],
            },
        )
        return tuple(row[0] for row in cursor.fetchall())
