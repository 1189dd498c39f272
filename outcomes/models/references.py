"""References of a million values, checked once a statement instead of four times a row.

PostgreSQL looks up each foreign key of each row by itself, which costs twice what storing the row
does. Values name their indicator, period, breakdown and release without foreign keys, and these
triggers hold the same: a value names what is there, and what a value names stays.
"""

import pgtrigger

_NAMED = {
    "indicator": ("outcomes_indicator", "bigint"),
    "period": ("outcomes_periodrow", "bigint"),
    "breakdown": ("outcomes_breakdown", "bigint"),
    "release": ("outcomes_release", "uuid"),
}


def references_exist() -> pgtrigger.Trigger:
    """Return the trigger that refuses values which name what is not there."""
    several = [f"{name}s" for name in _NAMED]
    # Locked as by a foreign key: whoever deletes such a row at the same time is waited for.
    checks = "".join(
        f"""
            PERFORM 1 FROM {table} WHERE id = ANY ({name}s) FOR KEY SHARE;
            GET DIAGNOSTICS found = ROW_COUNT;
            IF found <> cardinality({name}s) THEN
                RAISE EXCEPTION 'a value names a row of {table} that is not there'
                    USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'references_exist';
            END IF;
        """
        for name, (table, _) in _NAMED.items()
    )
    return pgtrigger.Trigger(
        name="references_exist",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="new_values"),
        declare=[
            ("found", "bigint"),
            *((f"{name}s", f"{kind}[]") for name, (_, kind) in _NAMED.items()),
        ],
        func=f"""
            SELECT {", ".join(f"array_agg(DISTINCT {name}_id)" for name in _NAMED)}
            INTO {", ".join(several)}
            FROM (
                SELECT {", ".join(f"{name}_id" for name in _NAMED)} FROM new_values
                GROUP BY {", ".join(f"{name}_id" for name in _NAMED)}
            ) AS named;
            {checks}
            RETURN NULL;
        """,
    )


def stays_while_named(*, by: str) -> pgtrigger.Trigger:
    """Return the trigger that keeps a row, and its key, while a value names it.

    Args:
        by: the field of a value that names it.
    """
    return pgtrigger.Trigger(
        name="stays_while_named",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete | pgtrigger.UpdateOf("id"),
        # Two questions, since each of the indexes of values has its half of them.
        func=f"""
            IF TG_OP = 'UPDATE' AND NEW.id = OLD.id THEN
                RETURN NEW;
            END IF;
            IF EXISTS (
                SELECT FROM outcomes_observation
                WHERE {by}_id = OLD.id AND superseded_at IS NULL
            ) OR EXISTS (
                SELECT FROM outcomes_observation
                WHERE {by}_id = OLD.id AND superseded_at IS NOT NULL
            ) THEN
                RAISE EXCEPTION 'values name this {by}'
                    USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'stays_while_named';
            END IF;
            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        """,
    )
