"""Triggers that several nouns share: steps of their table, and bodies of their side."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

import pgtrigger

from authorities.state_table import StateTable
from engagement.support_lifecycle import LIVES, Noun, State


class TakesSteps(pgtrigger.Trigger):
    """Keeps a row's state to its table: it begins where it may, and changes by steps alone.

    noun: what the row is called in the refusal, with its article.
    """

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(
        self, *, life: StateTable[Any, Any, Any], name: str, noun: str, begins: Sequence[StrEnum]
    ) -> None:
        allowed = ", ".join(f"('{before}', '{after}')" for before, after in life.changes())
        starts = ", ".join(f"'{state.value}'" for state in begins)
        words: dict[str, Any] = {
            "name": name,
            "func": f"""
                IF TG_OP = 'INSERT' THEN
                    IF NEW.state NOT IN ({starts}) THEN
                        RAISE EXCEPTION '{noun} does not begin as %', NEW.state
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                END IF;
                IF OLD.state IS DISTINCT FROM NEW.state
                    AND (OLD.state, NEW.state) NOT IN ({allowed}) THEN
                    RAISE EXCEPTION '{noun} does not go from % to %',
                        OLD.state, NEW.state USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
            """,
        }
        super().__init__(**words)


def takes_steps_of_support(*, noun: Noun, begins: Sequence[State]) -> TakesSteps:
    """Return the trigger of an offer, an enrolment or a link."""
    return TakesSteps(
        life=LIVES[noun],
        name=f"{noun.value}_takes_steps_of_the_table",
        noun=f"a support {noun.value}",
        begins=begins,
    )


def is_of_its_side(*, name: str, group: str = "") -> pgtrigger.Trigger:
    """Return a trigger: the row's body is that side of its pair.

    group: the support group that the row's placement of the pair must have, too; of what moved to
        another pair, of the one that it began with.
    """
    placed = (
        f"""
        IF NOT EXISTS (
            SELECT FROM engagement_publishedplacement AS placed
            WHERE placed.id = NEW.placement_id
                AND placed.pair_id = COALESCE(NEW.origin_pair_id, NEW.pair_id)
                AND placed."group" = '{group}'
        ) THEN
            RAISE EXCEPTION 'the published group of this pair is not {group}'
                USING ERRCODE = 'check_violation';
        END IF;
        """
        if group
        else ""
    )
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF NOT EXISTS (
                SELECT FROM authorities_pair AS pair
                WHERE pair.id = NEW.pair_id AND NEW.body_id = CASE NEW.side
                    WHEN 'sa' THEN pair.authority_id WHEN 'icb' THEN pair.board_id END
            ) THEN
                RAISE EXCEPTION 'the body is not that side of the pair'
                    USING ERRCODE = 'check_violation';
            END IF;
            {placed}
            RETURN NEW;
        """,
    )
