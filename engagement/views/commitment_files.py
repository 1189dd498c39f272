"""The commitments of a pair or a body as CSV."""

from abc import ABC, abstractmethod
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.generic import View

from authorities.access import access_authority, access_icb, access_pair
from authorities.models import Body
from authorities.permissions import Permission
from authorities.views.csv_files import csv_answer
from duty.deadlines import london_date
from engagement.models import Commitment, Side
from engagement.presenters.commitment_files import csv_text
from engagement.queries.body_lists import known_partner, of_body, partners_of
from engagement.queries.commitment_filter import Asked, fitting
from engagement.queries.commitment_money import money_of
from engagement.queries.commitments import listed, of_pairs
from engagement.views.commitment_lists import asked_in, due_since

_READ = Permission.COMMITMENT_READ


class _File(ABC, View):
    """A file of the commitments that a list shows, those that it may go on with among them.

    What is chosen on the list is chosen here by the same address.
    """

    permission = _READ
    name: str

    @abstractmethod
    def rows(self, *, asked: Asked, on: date, since: date) -> QuerySet[Commitment]:
        """Return the commitments that are looked for."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send the file."""
        today, asked = london_date(now=timezone.now()), asked_in(request)
        since = due_since(asked=asked, on=today) or today
        rows = self.rows(asked=asked, on=today, since=since).order_by("proposed_at", "pk")
        facts = listed(rows=rows, on=today)
        money = money_of(ids=[one.id for one in facts])
        text = csv_text(facts=facts, money=money, on=today)
        return csv_answer(text=text, name=f"commitments-{self.name}.csv")


class PairFile(_File):
    """The commitments of a pair, for who may read them."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404, PermissionDenied: as `access_pair`.
        """
        super().setup(request, *args, **kwargs)
        slugs = kwargs["authority_slug"], kwargs["board_slug"]
        self.access = access_pair(request.user, *slugs, permission=_READ)
        self.name = "-".join(slugs)

    def rows(self, *, asked: Asked, on: date, since: date) -> QuerySet[Commitment]:
        """Return those of the pair."""
        rows = of_pairs(which=Q(pair=self.access.pair))
        own = self.access.side
        sides = (Side(own.value),) if own else tuple(Side)
        return fitting(rows=rows, asked=asked, on=on, since=since, sides=sides)


class _BodyFile(_File):
    """The commitments of a body with all its partners."""

    side: Side
    body: Body

    def rows(self, *, asked: Asked, on: date, since: date) -> QuerySet[Commitment]:
        """Return those of the body."""
        partners = partners_of(body=self.body, side=self.side, on=on)
        asked = known_partner(asked=asked, partners=partners)
        return of_body(partners=partners, side=self.side, asked=asked, on=on, since=since)


class BoardFile(_BodyFile):
    """The commitments of an ICB, for who may read them."""

    side = Side.BOARD

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404, PermissionDenied: as `access_icb`.
        """
        super().setup(request, *args, **kwargs)
        self.name = kwargs["slug"]
        self.body = access_icb(request.user, self.name, permission=_READ)


class AuthorityFile(_BodyFile):
    """The commitments of an authority, for who may read them."""

    side = Side.AUTHORITY

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404, PermissionDenied: as `access_authority`.
        """
        super().setup(request, *args, **kwargs)
        self.name = kwargs["slug"]
        self.body = access_authority(request.user, self.name, permission=_READ)
