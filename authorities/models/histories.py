"""The one change that a history takes: the name and address of a person who left are taken out."""

from collections.abc import Sequence

import pgtrigger

from authorities.leaver_words import AT_DOMAIN, SQL_ADDRESS, SQL_NAME

# What each of these histories gives up, and when: the row itself has given it up before, and the
# account behind it is that of a person who left.
_ACCOUNT = f"""
        NEW.email = {SQL_ADDRESS.format(key="NEW.pgh_obj_id")}
        AND NEW.full_name = {SQL_NAME.format(key="NEW.pgh_obj_id")}
        AND EXISTS (
            SELECT FROM authorities_user AS person
            WHERE person.id = NEW.pgh_obj_id AND person.email = NEW.email
        )
"""
_ADDRESS = f"""
        NEW.{{column}} LIKE '%{AT_DOMAIN}'
        AND EXISTS (SELECT FROM authorities_user AS person WHERE person.email = NEW.{{column}})
        AND EXISTS (
            SELECT FROM {{table}} AS held
            WHERE held.id = NEW.pgh_obj_id AND held.{{column}} = NEW.{{column}}
        )
"""
# The columns of histories that anonymising writes to, which the site's own role must be given.
NAMES_IN_HISTORIES: dict[str, tuple[str, ...]] = {
    "authorities_userevent": ("email", "full_name"),
    "authorities_invitationevent": ("email",),
    "authorities_messageevent": ("address",),
}


def stays_but_for_who_left(*, history: str) -> pgtrigger.Trigger:
    """Return the trigger of one of these histories; every other change is refused.

    history: its table.
    """
    columns = NAMES_IN_HISTORIES[history]
    condition = (
        _ACCOUNT
        if "full_name" in columns
        else _ADDRESS.format(column=columns[0], table=history.removesuffix("event"))
    )
    return pgtrigger.Trigger(
        name="history_stays_but_for_who_left",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'UPDATE' THEN
                IF to_jsonb(NEW) - {_array(columns)} = to_jsonb(OLD) - {_array(columns)} AND
                    {condition.strip()}
                THEN
                    RETURN NEW;
                END IF;
            END IF;
            RAISE EXCEPTION 'a history stays, but for the name of who left'
                USING ERRCODE = 'check_violation';
        """,
    )


def _array(columns: Sequence[str]) -> str:
    return "ARRAY['" + "', '".join(columns) + "']"
