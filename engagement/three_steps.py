"""The three steps of a pair: what its two sides check together, and where their answers differ.

Pure. The words are ours; the steps and what belongs to each are those of the report named in
`SOURCE`. An answer says how far something has come in one side's eyes. It is no level, and nothing
is counted up from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

SOURCE = (
    "NHS Confederation, Prevention, population health and prosperity: a new era in devolution "
    "(9 May 2024)"
)
SOURCE_URL = "https://www.nhsconfed.org/publications/prevention-population-prosperity-devolution"


class Standing(StrEnum):
    """How far something has come, in one side's eyes; without one it is not answered."""

    NOT_BEGUN = "not_begun"
    BEGUN = "begun"
    IN_PLACE = "in_place"


STANDING_WORDS = {
    Standing.NOT_BEGUN: "Not begun",
    Standing.BEGUN: "Begun",
    Standing.IN_PLACE: "In place",
}


class Difference(StrEnum):
    """How two answers to one thing compare. Neither side is the right one."""

    SAME = "same"
    DIFFERENT = "different"
    ONE_ANSWERED = "one_answered"
    NONE_ANSWERED = "none_answered"


@dataclass(frozen=True)
class Priority:
    """One thing that both sides look at."""

    code: str
    text: str


@dataclass(frozen=True)
class Area:
    """Half of a step."""

    name: str
    priorities: tuple[Priority, ...]


@dataclass(frozen=True)
class Step:
    """One of the three steps; each side may write a note on it."""

    code: str
    name: str
    areas: tuple[Area, ...]


STEPS = (
    Step(
        "people_and_place",
        "People and place",
        (
            Area(
                "People",
                (
                    Priority(
                        "shared_outcomes",
                        "We work for the outcomes of the people we both serve, before those of "
                        "our own organisation.",
                    ),
                    Priority(
                        "joint_engagement",
                        "We involve communities together, again and again, and hear those who are "
                        "seldom heard.",
                    ),
                    Priority(
                        "what_works",
                        "We build on what already works for local people, and change it only "
                        "where that is needed.",
                    ),
                ),
            ),
            Area(
                "Place",
                (
                    Priority(
                        "place_first",
                        "Talks about devolution start from places that people recognise.",
                    ),
                    Priority(
                        "place_plans",
                        "Plans for places bind local partners to policies and work that they "
                        "share.",
                    ),
                    Priority(
                        "right_level",
                        "We know which things are best done at which level, and do them there.",
                    ),
                ),
            ),
        ),
    ),
    Step(
        "partnership_and_powers",
        "Partnership and powers",
        (
            Area(
                "Partnership",
                (
                    Priority(
                        "capacity",
                        "People have the time and the means to make this partnership work at "
                        "every level.",
                    ),
                    Priority(
                        "openness",
                        "Others can see with whom we work, why, and who gains by it.",
                    ),
                    Priority(
                        "shared_data",
                        "We share data on services and populations, so that both can act on it.",
                    ),
                ),
            ),
            Area(
                "Powers",
                (
                    Priority(
                        "health_in_policies",
                        "We look at health in all policies as well as at health policy.",
                    ),
                    Priority(
                        "existing_powers",
                        "We use the powers that we have, and do not wait to be told.",
                    ),
                    Priority(
                        "next_deal",
                        "What we ask for next includes health, for the long term, with evidence "
                        "and several sectors behind it.",
                    ),
                ),
            ),
        ),
    ),
    Step(
        "productivity_and_process",
        "Productivity and process",
        (
            Area(
                "Productivity",
                (
                    Priority(
                        "money_of_place",
                        "We both understand how money comes to our places and where it goes.",
                    ),
                    Priority(
                        "fiscal_talks",
                        "We talk about money in a way that brings more of it here and lets us "
                        "direct it.",
                    ),
                    Priority(
                        "appraisal",
                        "Business cases and appraisals count what they do to health.",
                    ),
                ),
            ),
            Area(
                "Process",
                (
                    Priority(
                        "values",
                        "A shared mission, values and ways of behaving hold our work together, "
                        "and we learn from each other.",
                    ),
                    Priority(
                        "prevention",
                        "Our strategies lead to services that prevent, in daily operation.",
                    ),
                    Priority(
                        "case_for_local",
                        "We say together why deciding here is good for health and for the "
                        "country’s wealth.",
                    ),
                ),
            ),
        ),
    ),
)

PRIORITIES = tuple(
    priority.code for step in STEPS for area in step.areas for priority in area.priorities
)
STEP_CODES = tuple(step.code for step in STEPS)


def difference(*, authority: Standing | None, board: Standing | None) -> Difference:
    """Return how two answers compare.

    Args:
        authority: the authority's, None where it has not answered.
        board: the ICB's.

    Source: the project's own rule.
    """
    if authority is None and board is None:
        return Difference.NONE_ANSWERED
    if authority is None or board is None:
        return Difference.ONE_ANSWERED
    return Difference.SAME if authority is board else Difference.DIFFERENT


def differing(
    *, authority: Mapping[str, Standing], board: Mapping[str, Standing]
) -> tuple[str, ...]:
    """Return the codes of what the two sides see differently, in order."""
    return tuple(
        code
        for code in PRIORITIES
        if difference(authority=authority.get(code), board=board.get(code)) is Difference.DIFFERENT
    )
