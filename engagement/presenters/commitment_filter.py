"""The selects above a list of commitments, and the address that keeps what was chosen."""

from collections.abc import Sequence
from urllib.parse import urlencode

from duty.record_words import THEME_WORDS
from engagement.models import CommitmentState
from engagement.presenters.practice import Filter
from engagement.queries.body_names import BodyName
from engagement.queries.commitment_filter import (
    ASKED,
    DIFFER,
    DUE,
    ME,
    OVERDUE,
    STALE,
    Asked,
)
from outcomes.models import ItemKind

_FLAGS = (
    (DUE, "Update is due"),
    (STALE, "Stale: no update for six months"),
    (OVERDUE, "Overdue: its date has passed"),
    (DIFFER, "The two views differ"),
)


def filters(
    *, asked: Asked, states: Sequence[str], is_own: bool, partners: Sequence[BodyName] = ()
) -> tuple[Filter, ...]:
    """Return the selects; `states` and `partners` are those that the list can hold.

    Only who is of one of the bodies, `is_own`, may own what the list holds.
    """
    offered = [
        ("theme", "Theme", "All themes", [(one.value, text) for one, text in THEME_WORDS.items()]),
        ("stage", "Stage", "All stages", ItemKind.choices),
        (
            "state",
            "State",
            "All states",
            [(state, CommitmentState(state).label) for state in states],
        ),
        ("flag", "What stands out", "Everything", list(_FLAGS)),
    ]
    if is_own:
        offered.append(("owner", "Owned by", "Anybody", [(ME, "Me")]))
    if len(partners) > 1:
        named = [(one.slug, one.name) for one in partners]
        offered.append(("partner", "With", "All partners", named))
    return tuple(
        Filter(
            name=name,
            label=label,
            choices=tuple(
                (code, str(text), code == getattr(asked, name))
                for code, text in [("", first), *choices]
            ),
        )
        for name, label, first, choices in offered
    )


def asked_query(*, asked: Asked) -> str:
    """Return what was chosen as an address says it, with its question mark; empty for all."""
    said = urlencode([(name, value) for name in ASKED if (value := getattr(asked, name))])
    return f"?{said}" if said else ""


def page_url(*, asked: Asked) -> str:
    """Return the address of the list, to which the number of a page is added."""
    said = asked_query(asked=asked)
    return f"{said}&page=" if said else "?page="
