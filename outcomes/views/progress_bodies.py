"""What dashboards show below their frame, the same for every visitor: made once, and kept.

Each process keeps the last ones under what they were made from, so that a page is never older than
what recomputes stored.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from outcomes.models import PictureScope
from outcomes.presenters import progress as presenter
from outcomes.presenters.expert_reviews import reviews_beside
from outcomes.presenters.framework_parts import FrameworkParts, Part, parts_of
from outcomes.progress_forms import DashboardForm
from outcomes.queries import progress_pages
from outcomes.queries.expert_reviews import beside
from outcomes.queries.progress_pages import DashboardFacts, ScopeFacts


@dataclass(frozen=True)
class Made:
    """A dashboard's title, and what it shows."""

    title: str
    body: SafeString


# Dashboards of all authorities, pairs and frameworks, as their addresses show them first.
_KEPT = 256


def dashboard(
    *,
    of: ScopeFacts,
    mark: tuple[Any, ...] | None,
    asked: tuple[str, ...],
    day: date,
    now: datetime,
) -> Made:
    """Return title and body of a dashboard.

    Args:
        of: whose progress.
        mark: what it is made from, as `progress_marks.mark_of` gives it.
        asked: status, indicator and sex, as the address asks for them.
        day: in London.
        now: to say whether it is out of date.
    """
    stale = ""
    if mark is not None:
        stale = presenter.stale_words(computed_at=mark[0], failed=mark[1], now=now)
    # An unknown word asks for nothing, and must not fill what is kept.
    short = tuple(word[:80] for word in asked)
    return _dashboard(of, mark, short, day, stale)


@lru_cache(maxsize=_KEPT)
def _dashboard(
    of: ScopeFacts,
    mark: tuple[Any, ...] | None,
    asked: tuple[str, ...],
    day: date,
    stale: str,
) -> Made:
    status, show, sex = asked
    facts = progress_pages.dashboard(of=progress_pages.named(scope=of, day=day), show=show, day=day)
    page = presenter.present(
        facts=facts,
        status=status,
        sex=sex,
        show=show,
        stale=stale,
    )
    form = DashboardForm({})
    form.showing(
        shown={
            "status": page.status,
            "show": page.figure.code if page.figure else "",
            "sex": page.figure.sex.lower() if page.figure else "",
        },
        statuses=page.statuses,
        drawn=page.drawn,
    )
    reviews = reviews_beside(found=beside(frameworks=facts.frameworks, day=day), today=day)
    body = render_to_string(
        "outcomes/_progress_body.html",
        {"page": page, "form": form, "reviews": reviews, "frameworks": _parts(facts)},
    )
    return Made(title=page.title, body=body)


def _parts(facts: DashboardFacts) -> tuple[FrameworkParts, ...]:
    """Return the parts of each framework that a dashboard shows."""
    told = [] if facts.picture is None else facts.picture.content["frameworks"]
    alone = facts.of.scope == PictureScope.FRAMEWORK
    return tuple(
        parts_of(
            framework=UUID(one["id"]),
            name=one["name"],
            in_force=True,
            current=Part.PROGRESS if alone else None,
        )
        for one in told
    )
