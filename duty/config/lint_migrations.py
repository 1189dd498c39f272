"""Looks for migrations that the version before could not run beside: `python -m` this module.

While a new version is rolled out, the old one still writes to the database that the new one has
migrated. A column that is dropped, renamed, or new and not null without a default of the database
would stop it.
"""

import sys
from pathlib import Path

import django

# Written before the first release, when there was no version before that could have run beside
# them. Nothing is added here after it: such a change goes in two releases.
EXCUSED = {
    "authorities.0003_sessions_ended": "a new column is not null",
    "authorities.0005_invitations": "a new column is not null, and two constraints are unique",
    "duty.0002_reminder_days_of_a_round": "a new column is not null",
    "duty.0006_agreements_signed_by_both": "new columns are not null, and one is unique",
    "engagement.0003_versions": "new columns are not null, and one is unique",
    "engagement.0007_reply": "a new column is not null",
    "engagement.0008_partner_views_and_levers": "a constraint of an older table is unique",
    "engagement.0010_corrections": "a new column is not null",
    "engagement.0011_commitment_steps": "new columns are not null",
    "engagement.0012_commitment_terms": "new columns are not null",
    "outcomes.0002_indicators_in_full": "new columns are not null",
    "outcomes.0007_succession_of_frameworks": "new columns are not null, and one is unique",
}
_APPS = ("authorities", "outcomes", "duty", "engagement")


def lint() -> int:
    """Judge every migration of ours; return 1 where one would stop the version before."""
    django.setup()
    # Loads models as it is imported.
    from django_migration_linter import MigrationLinter

    linter = MigrationLinter(
        str(Path(__file__).resolve().parents[2]),
        include_apps=list(_APPS),
        ignore_name=[name.partition(".")[2] for name in EXCUSED],
        no_cache=True,
        quiet=["ignore", "ok"],
    )
    linter.lint_all_migrations()
    linter.print_summary()
    return int(linter.has_errors)


if __name__ == "__main__":
    sys.exit(lint())
