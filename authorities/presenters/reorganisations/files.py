"""A preview as files: pairs without and with the change, governance that ends, and people."""

from authorities.csv_text import write_csv
from authorities.models import Reorganisation
from authorities.presenters.reorganisations.previews import (
    governance_text,
    pair_warning_text,
    person_row,
    what_happens,
)
from authorities.reorganisation.preview import PairLine, PairOnDay, Preview

_SIDES = ("without", "with")
_PAIR_FACTS = (
    "people",
    "share_of_authority",
    "share_of_icb",
    "fit",
    "sliver",
    "planned",
    "warnings",
)
PAIR_HEADINGS = (
    *("change", "on", "authority_slug", "authority", "icb_slug", "icb", "what_happens"),
    *(f"{name}_{side}_change" for side in _SIDES for name in _PAIR_FACTS),
)
GOVERNANCE_HEADINGS = (
    *("change", "on", "kind", "what", "text", "holder", "authority_slug", "authority"),
    *("icb_slug", "icb", "since", "end_without_change"),
)
PEOPLE_HEADINGS = (
    *("change", "on", "person", "email", "role", "body_kind", "body_slug", "body"),
    *("successor_slug", "successor", "lasts_until", "to_finish", "loses", "gains"),
)


def pairs_csv(*, reorganisation: Reorganisation, preview: Preview) -> str:
    """Return every pair that ends, begins or changes."""
    return write_csv(
        headings=PAIR_HEADINGS,
        rows=[
            (
                reorganisation.title,
                preview.on,
                line.authority_slug,
                line.authority_name,
                line.board_slug,
                line.board_name,
                what_happens(line),
                *_facts(line.before),
                *_facts(line.after),
            )
            for line in _in_order(preview)
        ],
    )


def governance_csv(*, reorganisation: Reorganisation, preview: Preview) -> str:
    """Return every function held, governance seat and agreement that ends with a body."""
    return write_csv(
        headings=GOVERNANCE_HEADINGS,
        rows=[
            (
                reorganisation.title,
                preview.on,
                line.kind,
                line.what,
                governance_text(line),
                line.holder,
                line.authority_slug,
                line.authority_name,
                line.board_slug,
                line.board_name,
                line.start or "",
                line.end or "",
            )
            for line in preview.governance or ()
        ],
    )


def people_csv(*, reorganisation: Reorganisation, preview: Preview) -> str:
    """Return every role that the change ends, and what follows it."""
    return write_csv(
        headings=PEOPLE_HEADINGS,
        rows=[
            (
                reorganisation.title,
                preview.on,
                line.person,
                line.email,
                line.role,
                line.body_kind,
                line.body_slug,
                line.body_name,
                line.successor,
                line.successor_name,
                line.until or "",
                line.unfinished,
                person_row(line).loses,
                person_row(line).gains,
            )
            for line in preview.people
        ],
    )


def _in_order(preview: Preview) -> list[PairLine]:
    return sorted(preview.pairs, key=lambda line: (line.authority_slug, line.board_slug))


def _facts(pair: PairOnDay | None) -> tuple[str, ...]:
    """The facts of a pair; empty cells where there is none."""
    if pair is None:
        return ("",) * len(_PAIR_FACTS)
    return (
        str(pair.population),
        f"{pair.share_of_authority:.6f}",
        f"{pair.share_of_board:.6f}",
        pair.coterminosity or "",
        "yes" if pair.sliver else "no",
        "yes" if pair.planned else "no",
        " ".join(pair_warning_text(warning) for warning in pair.warnings),
    )
