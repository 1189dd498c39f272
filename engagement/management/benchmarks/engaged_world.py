"""An England of many authorities and boards with many rounds behind it, for the measures."""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta

import pgtrigger
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Model
from django.utils import timezone

from authorities.models import (
    BodyKind,
    BodyName,
    Coterminosity,
    Designation,
    IntegratedCareBoard,
    Pair,
    PairOverlap,
    StrategicAuthority,
    User,
)
from duty.models import Round, RoundState
from engagement.actions import configuration, national, placements
from engagement.models import (
    OwnView,
    Pick,
    Placement,
    Publication,
    PublishedPlacement,
    Side,
    Theme,
    ViewState,
)
from engagement.queries import placements as placement_queries

_LEVELS = ("high", "partial", "low")
_SINCE = DateRange(date(2000, 1, 1), None)
_HALF_YEAR = timedelta(days=182)
# Every round before says what the working one does, which another does not compute.
_COPY = """
    INSERT INTO engagement_publishedplacement (
        publication_id, pair_id, authority_level, board_level, "group", gap, less_engaged,
        movement, basis, content
    )
    SELECT publication.id, placement.pair_id, placement.authority_level, placement.board_level,
        placement."group", placement.gap, placement.less_engaged, placement.movement,
        placement.basis, placement.content
    FROM engagement_placement AS placement
    CROSS JOIN engagement_publication AS publication
    WHERE placement.round_id = %s AND publication.id = ANY(%s)
"""


@dataclass(frozen=True)
class EngagedWorld:
    """The round that is worked on, the rounds before it, and the pairs of all of them."""

    working: Round
    before: tuple[Round, ...]
    pairs: tuple[Pair, ...]


@contextmanager
def engaged_world(*, bodies: int, pairs: int, rounds: int) -> Iterator[EngagedWorld]:
    """Be in a country with so many bodies of each kind, pairs and rounds; undone after.

    Both sides of each pair have confirmed an own view in the round that is worked on, and each
    round before it is published.
    """
    with transaction.atomic():
        working = placement_queries.working_rounds()[0]
        made = _pairs(bodies=bodies, pairs=pairs)
        _views(pairs=made, round_=working)
        before = _rounds(working=working, number=rounds - 1)
        placements.recompute_round(round=working, at=timezone.now())
        _publish(working=working, before=before)
        placements.recompute_round(round=working, at=timezone.now())
        for round_ in (working, *before):
            national.refresh(round=round_, at=timezone.now())
        _count(Pick, Placement, PublishedPlacement)
        yield EngagedWorld(working=working, before=before, pairs=made)
        transaction.set_rollback(True)


def _pairs(*, bodies: int, pairs: int) -> tuple[Pair, ...]:
    authorities = [
        StrategicAuthority(
            kind=BodyKind.STRATEGIC_AUTHORITY,
            slug=f"measured-authority-{number:04}",
            opened_on=_SINCE.lower,
            source="benchmark",
        )
        for number in range(bodies)
    ]
    boards = [
        IntegratedCareBoard(
            kind=BodyKind.INTEGRATED_CARE_BOARD,
            slug=f"measured-board-{number:04}",
            opened_on=_SINCE.lower,
            source="benchmark",
        )
        for number in range(bodies)
    ]
    for body in (*authorities, *boards):
        # Multi-table rows are not made in bulk.
        body.save(force_insert=True)
    BodyName.objects.bulk_create(
        BodyName(
            body_id=body.pk,
            name=body.slug.replace("-", " ").capitalize(),
            short_name=body.slug.replace("-", " ").capitalize(),
            valid=_SINCE,
        )
        for body in (*authorities, *boards)
    )
    Designation.objects.bulk_create(
        Designation(authority=authority, type="combined_authority", tier="mayoral", valid=_SINCE)
        for authority in authorities
    )
    a_body = -(-pairs // bodies)
    found = Pair.objects.bulk_create(
        # Neighbours in a row of boards, so that no authority has the same one twice.
        Pair(
            authority=authorities[number // a_body],
            board=boards[(number // a_body + number % a_body) % bodies],
        )
        for number in range(pairs)
    )
    PairOverlap.objects.bulk_create(
        PairOverlap(
            pair=pair,
            valid=_SINCE,
            population=100_000,
            share_of_authority=1 / a_body,
            share_of_board=1 / a_body,
            sliver=False,
            planned=False,
            coterminosity=Coterminosity.MIXED,
            population_year=2022,
        )
        for pair in found
    )
    _count(Pair, PairOverlap, BodyName, Designation)
    return tuple(found)


def _count(*models: type[Model]) -> None:
    """Let the database count rows, as it does by itself; else it looks through all for each."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f'ANALYZE "{model._meta.db_table}"')


def _views(*, pairs: Sequence[Pair], round_: Round) -> None:
    """Let both sides of each pair confirm a view, whose levels differ from pair to pair."""
    person, now = User.objects.order_by("pk")[0], timezone.now()
    rubric = configuration.freeze(round=round_).rubric
    themes = {side: list(Theme.objects.filter(rubric=rubric, side=side)) for side in Side.values}
    level = {
        (pair.pk, side): _LEVELS[(number // (1 if side == Side.BOARD else 3)) % 3]
        for number, pair in enumerate(pairs)
        for side in Side.values
    }
    views = OwnView.objects.bulk_create(
        OwnView(
            round=round_,
            pair=pair,
            side=side,
            computed_level=level[pair.pk, side],
            level=level[pair.pk, side],
            confirmed_at=now,
            confirmed_by=person,
            updated_at=now,
            updated_by=person,
        )
        for pair in pairs
        for side in Side.values
    )
    # In one transaction with all views, triggers take longer for a statement than all else.
    with pgtrigger.ignore("engagement.Pick:locked_with_its_view", "engagement.Pick:insert_insert"):
        Pick.objects.bulk_create(
            (
                Pick(view=view, theme=theme, level=level[view.pair_id, view.side])
                for view in views
                for theme in themes[view.side]
            ),
            batch_size=5_000,
        )
    OwnView.objects.filter(pk__in=[view.pk for view in views]).update(state=ViewState.CONFIRMED)


def _rounds(*, working: Round, number: int) -> tuple[Round, ...]:
    """Make the rounds before, each half a year earlier."""
    made = []
    for back in range(1, number + 1):
        row = copy(working)
        row.pk = uuid.uuid4()
        row._state.adding = True
        row.slug, row.name = f"measured-{back}", f"Measured {back}"
        # Before any round of the demonstration, so that none of its own lies between.
        away = _HALF_YEAR * (back + 4)
        for name in ("covers_from", "covers_to", "opens_on", "due_on", "edits_until"):
            setattr(row, name, getattr(working, name) - away)
        for name in ("reply_opens_on", "reply_closes_on", "publish_at", "geography_date"):
            setattr(row, name, getattr(working, name) - away)
        row.state = RoundState.PUBLISHED
        row.save(force_insert=True)
        made.append(row)
    return tuple(made)


def _publish(*, working: Round, before: Sequence[Round]) -> None:
    first, second = User.objects.order_by("pk")[:2]
    publications = [
        Publication.objects.create(
            round=round_,
            number=1,
            published_at=round_.publish_at,
            proposed_by=first,
            approved_by=second,
            approved_at=round_.publish_at,
        )
        for round_ in before
        if round_.publish_at is not None
    ]
    with connection.cursor() as cursor:
        cursor.execute(_COPY, [working.pk, [each.pk for each in publications]])
