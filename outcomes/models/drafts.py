"""Rows that stand in a version of a framework change while it is a draft, and then no more."""

import pgtrigger


def of_a_draft(*, version: str) -> pgtrigger.Trigger:
    """Return the trigger that keeps what stands in a version, unless that is a draft.

    Args:
        version: SQL for the key of the version that a row belongs to; `{row}` is the row.
    """
    return pgtrigger.Trigger(
        name="changes_in_a_draft_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("found", "text")],
        func=f"""
            IF TG_OP <> 'INSERT' THEN
                SELECT state INTO found FROM outcomes_frameworkversion
                WHERE id = {version.format(row="OLD")};
                IF found <> 'draft' THEN
                    RAISE EXCEPTION 'what was proposed or agreed changes in a draft only'
                        USING ERRCODE = 'check_violation';
                END IF;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                SELECT state INTO found FROM outcomes_frameworkversion
                WHERE id = {version.format(row="NEW")};
                IF found <> 'draft' THEN
                    RAISE EXCEPTION 'what was proposed or agreed changes in a draft only'
                        USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
            END IF;
            RETURN OLD;
        """,
    )


def in_the_same_version(*, names: str) -> pgtrigger.Trigger:
    """Return the trigger that keeps rows from naming an item of another version.

    Args:
        names: SQL for the keys of the items that a row names, of `NEW`.
    """
    return pgtrigger.Trigger(
        name="names_items_of_its_version",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF EXISTS (
                SELECT FROM outcomes_theoryitem AS item
                WHERE item.id IN ({names})
                    AND item.framework_version_id <> NEW.framework_version_id
            ) THEN
                RAISE EXCEPTION 'an item of another version is named'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


OWN_VERSION = of_a_draft(version="{row}.framework_version_id")
