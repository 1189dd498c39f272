"""Engagement of many pairs: the recompute of all, of one changed level, and the national page."""

from collections.abc import Iterator, Sequence

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from authorities.models import Pair
from engagement.actions import national, placements
from engagement.management.benchmarks.engaged_world import EngagedWorld, engaged_world
from engagement.management.benchmarks.pages import one_query_page, show_national_page
from engagement.management.benchmarks.rows import Measured, seconds, seconds_in_turn
from engagement.models import OwnView, Pick, Placement, PublishedPlacement
from engagement.queries import placements as placement_queries

PAIRS, ROUNDS = 10_000, 10
# So many pairs has each authority.
_EACH = 10
RECOMPUTE_GOAL = 5.0
PAGE_GOAL = 2.0
_JOB_GOAL_SECONDS = 1.0
# What both read once, rules and pairs of the day, weighs on the one.
_ONE_GOAL = 0.05


def many_pairs(*, pairs: int = PAIRS) -> tuple[Measured, ...]:
    """Measure recomputes and the page among many pairs and rounds."""
    few = _few_queries()
    bodies = max(-(-pairs // _EACH), _EACH)
    with engaged_world(bodies=bodies, pairs=pairs, rounds=ROUNDS) as made:
        return tuple(_measured(made, few))


def _measured(made: EngagedWorld, few: int) -> Iterator[Measured]:
    name = f"of_{len(made.pairs)}_pairs"
    taken, read = seconds_in_turn(lambda: _recompute_all(made), lambda: _read_all(made), times=1)
    yield Measured(
        name=f"placements_recompute_{name}",
        value=taken,
        unit="s",
        limit=read,
        goal=RECOMPUTE_GOAL,
    )
    yield Measured(
        name=f"one_level_to_the_national_page_{name}",
        value=seconds(lambda: _one_level(made), times=3),
        unit="s",
        limit=_JOB_GOAL_SECONDS,
        goal=1.0,
    )
    one_pair, every = seconds_in_turn(
        lambda: _recompute(made, made.pairs[:1]), lambda: _recompute(made, made.pairs), times=1
    )
    yield Measured(
        name=f"one_placement_{name}",
        value=one_pair,
        unit="s",
        limit=every,
        goal=_ONE_GOAL,
    )
    newest = made.before[0].slug
    page, one = seconds_in_turn(
        lambda: show_national_page(round_slug=newest), one_query_page, times=25
    )
    yield Measured(
        name=f"national_page_time_{name}", value=page, unit="s", limit=one, goal=PAGE_GOAL
    )
    yield Measured(
        name=f"national_page_queries_{name}",
        value=float(_queries(round_slug=newest)),
        unit="queries",
        limit=float(few),
        goal=1.0,
    )


def _few_queries() -> int:
    show_national_page()
    return _queries()


def _queries(*, round_slug: str = "") -> int:
    with CaptureQueriesContext(connection) as captured:
        show_national_page(round_slug=round_slug)
    return len(captured)


def _recompute_all(made: EngagedWorld) -> None:
    """Compute the placements of the round that is worked on from nothing, and draw every round."""
    Placement.objects.filter(round=made.working).delete()
    now = timezone.now()
    placements.recompute_round(round=made.working, at=now)
    for round_ in (made.working, *made.before):
        national.refresh(round=round_, at=now)


def _recompute(made: EngagedWorld, pairs: Sequence[Pair]) -> None:
    """Compute the placements of one pair, or of all, from nothing."""
    Placement.objects.filter(round=made.working, pair__in=pairs).delete()
    now = timezone.now()
    if len(pairs) == 1:
        placements.recompute(pair=pairs[0], round=made.working, at=now)
    else:
        placements.recompute_round(round=made.working, at=now)


def _read_all(made: EngagedWorld) -> None:
    """Read once what that rests on: views and statements, and the placements of all rounds."""
    views = OwnView.objects.filter(round=made.working).values_list()
    picks = Pick.objects.filter(view__round=made.working).values_list()
    published = PublishedPlacement.objects.filter(publication__round__in=made.before)
    for rows in (views, picks, published.values_list(), Placement.objects.values_list()):
        for _ in rows.iterator(chunk_size=2_000):
            pass


def _one_level(made: EngagedWorld) -> None:
    """Change the level of one side of a pair, and do what its job does.

    Raises:
        RuntimeError: other pairs were touched too, or the pair was not.
    """
    pair = made.pairs[len(made.pairs) // 2]
    view = OwnView.objects.get(round=made.working, pair=pair, side="sa")
    view.level = view.computed_level = "low" if view.level == "high" else "high"
    view.save(update_fields=["level", "computed_level"])
    now = timezone.now()
    changed = placements.recompute_pair(pair=pair, at=now)
    national.refresh_working(at=now)
    if (
        changed != 1
        or placement_queries.working_of_pair(pair=pair)[-1].authority_level != view.level
    ):
        raise RuntimeError(f"{changed} placements changed, not the pair's alone.")
