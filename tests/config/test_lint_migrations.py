"""What the linter of migrations is told to pass over, and what it does not."""

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django_migration_linter.sql_analyser import analyse_sql_statements, get_sql_analyser_class

from duty.config.lint_migrations import EXCUSED


def test_each_excused_migration_exists() -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}

    assert set(EXCUSED) <= known


@pytest.mark.parametrize(
    ("statement", "is_refused"),
    [
        ("ALTER TABLE duty_round ADD COLUMN days integer NOT NULL", True),
        ("ALTER TABLE duty_round DROP COLUMN slug", True),
        ("ALTER TABLE duty_round RENAME COLUMN slug TO name", True),
        ("ALTER TABLE duty_round ADD COLUMN days integer NULL", False),
        ("ALTER TABLE duty_round ADD COLUMN days integer DEFAULT 5 NOT NULL", False),
    ],
)
def test_what_would_stop_the_version_before_is_found(statement: str, is_refused: bool) -> None:
    analyser = get_sql_analyser_class(connection.settings_dict["ENGINE"])

    errors, _, _ = analyse_sql_statements(analyser, [f"{statement};"])

    assert bool(errors) is is_refused
