"""The commitments of one ICB with thousands of them: its page, and what a program is told."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest
from django.shortcuts import render
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import ResolverMatch, resolve, reverse
from django.utils import timezone

from authorities.models import IntegratedCareBoard, Pair, User
from duty.standing_records import Theme
from engagement.management.benchmarks.rows import Measured, seconds_in_turn
from engagement.models import (
    Commitment,
    CommitmentState,
    CommitmentStatus,
    CommitmentUpdate,
    Side,
)
from engagement.presenters.body_lists import table_of
from engagement.queries.body_lists import PAGE_SIZE, BodyList, rows_of
from engagement.queries.body_names import called_on

# A page shows as many as it can of so few, and no more of the many.
FEW, MANY = 100, 5_000
_BOARD = "humber-and-north-yorkshire"
_THEME = Theme.HOUSING.value
_EDITOR = "editor@humber-and-north-yorkshire-icb.example"
# Against the same page of a few; and a filtered list against the same rows, asked for by their keys
# in one query.
LIST_GOAL, FILTER_GOAL = 2.0, 2.0


@dataclass(frozen=True)
class Lists:
    """Where an officer of the ICB reads its commitments."""

    editor: User
    today: date
    # Of the first rows of the theme; and what all bodies are called.
    first: tuple[UUID, ...]
    names: Mapping[UUID, str]

    @property
    def due(self) -> str:
        """The page on which updates are given, one sitting for all."""
        return reverse("commitments:board", args=[_BOARD])

    @property
    def page(self) -> str:
        """The list of all."""
        return reverse("commitments:board-all", args=[_BOARD])

    @property
    def filtered(self) -> str:
        """The same list of one theme, which half of them are about."""
        return f"{self.page}?theme={_THEME}"

    @property
    def told(self) -> str:
        """What a program is told of one state: half of all."""
        return f"{reverse('commitment-list')}?state=agreed&icb={_BOARD}"

    def show(self, address: str) -> bytes:
        """Return what is answered, without middleware.

        Raises:
            RuntimeError: it is refused.
        """
        match = _page_at(address.partition("?")[0])
        answer = match.func(_request(address, self.editor), *match.args, **match.kwargs)
        if hasattr(answer, "render"):
            answer.render()
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}.")
        return bytes(answer.content)

    def queries(self, address: str) -> float:
        """Return how many queries an answer needs."""
        with CaptureQueriesContext(connection) as captured:
            self.show(address)
        return float(len(captured))

    def one_query_page(self) -> bytes:
        """Return the page of the table with the first rows of the theme, from one query."""
        found = BodyList(
            rows=rows_of(keys=self.first, names=self.names, on=self.today),
            page=1,
            pages=len(self.first),
            count=len(self.first) * PAGE_SIZE,
        )
        table = table_of(name=_BOARD, found=found, side=Side.BOARD, is_own=True, asked=True)
        page = render(
            _request("/", self.editor), "engagement/commitments_all.html", {"table": table}
        )
        return bytes(page.content)


def commitment_lists(*, number: int = MANY, times: int = 25) -> tuple[Measured, ...]:
    """Measure the list of one ICB with so many commitments, filtered too, and what programs get."""
    with _commitments(number=FEW) as few:
        few_page, few_due, few_told = seconds_in_turn(
            lambda: few.show(few.page),
            lambda: few.show(few.due),
            lambda: few.show(few.told),
            times=times,
        )
        few_queries, few_due_queries = few.queries(few.page), few.queries(few.due)
    with _commitments(number=number) as made:
        page, due, filtered, told, one = seconds_in_turn(
            lambda: made.show(made.page),
            lambda: made.show(made.due),
            lambda: made.show(made.filtered),
            lambda: made.show(made.told),
            made.one_query_page,
            times=times,
        )
        queries, due_queries = made.queries(made.page), made.queries(made.due)
        name = f"of_{number}_commitments"
        return (
            Measured(f"list_time_{name}", page, "s", few_page, LIST_GOAL),
            Measured(f"list_queries_{name}", queries, "queries", few_queries, 1.0),
            Measured(f"updates_time_{name}", due, "s", few_due, LIST_GOAL),
            Measured(f"updates_queries_{name}", due_queries, "queries", few_due_queries, 1.0),
            Measured(f"filtered_list_time_{name}", filtered, "s", one, FILTER_GOAL),
            Measured(f"list_for_programs_time_{name}", told, "s", few_told, LIST_GOAL),
        )


@cache
def _page_at(path: str) -> ResolverMatch:
    # Which page an address leads to is no part of the page's time.
    return resolve(path)


def _both(pairs: Iterable[Pair]) -> set[UUID]:
    return {body for pair in pairs for body in (pair.authority_id, pair.board_id)}


def _request(address: str, user: User) -> HttpRequest:
    request = RequestFactory().get(address, headers={"host": "localhost"})
    # As the middleware does: a person's rights are read once for each request.
    request.user = User.objects.get(pk=user.pk)
    request.session = {}  # type: ignore[assignment]
    return request


@contextmanager
def _commitments(*, number: int) -> Iterator[Lists]:
    """Give an ICB so many commitments, half of them agreed and updated once; undone after."""
    with transaction.atomic():
        editor = User.objects.get(email=_EDITOR)
        board = IntegratedCareBoard.objects.get(slug=_BOARD)
        pairs = list(Pair.objects.filter(board=board, overlaps__valid__upper_inf=True).distinct())
        now = timezone.now()
        rows = Commitment.objects.bulk_create(
            Commitment(
                pair=pairs[place % len(pairs)],
                title=f"Promise number {place}",
                theme=_THEME if place % 4 < 2 else "",
                authority_owner="Director of health",
                board_owner="Head of population health",
                target_date=now.date() + timedelta(days=place % 700),
                proposed_side=Side.AUTHORITY,
                proposed_at=now - timedelta(days=place % 400),
                proposed_by=editor,
                form_key=uuid.uuid4(),
            )
            for place in range(number)
        )
        agreed = [row.pk for row in rows[::2]]
        # The site keeps no thousands of objects, which its collector would go through.
        del rows
        Commitment.objects.filter(pk__in=agreed).update(
            state=CommitmentState.AGREED, decided_at=now, decided_by=editor
        )
        CommitmentUpdate.objects.bulk_create(
            CommitmentUpdate(
                commitment_id=key,
                side=side,
                status=CommitmentStatus.ON_TRACK,
                narrative="It goes as planned.",
                # As old among few as among many, so that the same is due.
                at=now - timedelta(days=place * 300 // len(agreed)),
                by=editor,
                form_key=uuid.uuid4(),
            )
            for place, key in enumerate(agreed)
            for side in Side
        )
        with connection.cursor() as cursor:
            cursor.execute(
                "ANALYZE engagement_commitment, engagement_commitmentupdate, engagement_latestwords"
            )
        theme = Commitment.objects.filter(pair__in=pairs, theme=_THEME)
        called = called_on(day=now.date(), bodies=_both(pairs))
        yield Lists(
            editor=editor,
            today=now.date(),
            first=tuple(theme.values_list("pk", flat=True)[:PAGE_SIZE]),
            names={key: name.name for key, name in called.items()},
        )
        transaction.set_rollback(True)
