"""Rows that stay as they were written, but for one mark of their end."""

import pgtrigger


def only_marked(
    *, name: str, mark: str, what: str, beside: tuple[str, ...] = ()
) -> tuple[pgtrigger.Trigger, pgtrigger.Trigger]:
    """Return the triggers that let nothing of a row change but its mark, once, and never delete it.

    Args:
        name: of the row in the triggers' names.
        mark: the column that says when the row ended.
        what: the row in words, as the refusal names it.
        beside: columns that come with the mark, such as who and why.
    """
    free = " - ".join(f"'{column}'" for column in (mark, *beside))
    return (
        pgtrigger.Trigger(
            name=f"{name}_stays",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            func=f"""
                IF OLD.{mark} IS NOT NULL
                    OR to_jsonb(NEW) - {free} <> to_jsonb(OLD) - {free}
                THEN
                    RAISE EXCEPTION '{what} stays as it was written'
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Protect(name=f"{name}_never_deleted", operation=pgtrigger.Delete),
    )
