"""The three steps of a pair: both columns side by side, one's own to write, and all as a file."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from authorities import audit
from authorities.access import access_pair
from authorities.models import User
from authorities.permissions import Permission
from duty.models import Round
from duty.ui.navigation import BackLink
from engagement.access import own_sides
from engagement.actions import three_steps
from engagement.actions.own_views import PairNotExpectedError, RoundClosedError
from engagement.forms.three_steps import ThreeStepsForm
from engagement.models import Side
from engagement.presenters import three_steps as presenter
from engagement.queries import own_views as view_queries
from engagement.queries import pairs as pair_queries
from engagement.queries import three_steps as queries
from engagement.three_steps import SOURCE, SOURCE_URL
from engagement.views.kept_forms import KeptForm
from engagement.views.national import csv_response

_REFUSALS = (
    RoundClosedError,
    PairNotExpectedError,
    three_steps.UnknownPriorityError,
    three_steps.NoteTooLongError,
)


class ThreeStepsMixin(View):
    """Finds the pair: for both of its bodies and the centre, and for nobody else."""

    permission = Permission.THREE_STEPS_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the pair and its rounds.

        Raises:
            SignInNeededError, Http404, PermissionDenied: as `access_pair`.
        """
        super().setup(request, *args, **kwargs)
        self.access = access_pair(
            request.user,
            kwargs["authority_slug"],
            kwargs["board_slug"],
            permission=self.permission,
        )
        self.pair = self.access.pair
        self.slugs = [self.pair.authority.slug, self.pair.board.slug]

    @property
    def person(self) -> User:
        """Who acts; `access_pair` has refused everybody who is not signed in."""
        assert isinstance(self.request.user, User)  # noqa: S101 - narrows the type
        return self.request.user

    def names(self, round: Round) -> tuple[str, str]:
        """Return what the two bodies were called on the round's day.

        Many an ICB is called in short as its authority is.
        """
        authority, board = pair_queries.names_of(pair=self.pair, on=round.geography_date)
        return authority, board.replace("Integrated Care Board", "ICB")


class ThreeStepsPage(ThreeStepsMixin, TemplateView):
    """Both columns of a round, the newest unless another is asked for."""

    template_name = "engagement/three_steps.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give both columns, and whether the person may write one."""
        rounds = queries.rounds_of(pair=self.pair)
        shown = self._shown(rounds)
        url = reverse("three-steps:pair", args=self.slugs)
        current = view_queries.round_for_views()
        edits = own_sides(self.request.user, pair=self.pair, permission=Permission.THREE_STEPS_EDIT)
        writes = shown is not None and shown == current and bool(edits)
        return {
            **super().get_context_data(**kwargs),
            "steps": presenter.present(
                round=shown,
                names=self.names(shown),
                columns=queries.columns_of(round=shown, pair=self.pair),
            )
            if shown is not None
            else None,
            "rounds": [
                presenter.RoundLink(
                    label=one.name, url=f"{url}?round={one.slug}", current=one == shown
                )
                for one in rounds
            ],
            "edit_url": reverse("three-steps:edit", args=self.slugs) if writes else "",
            "csv_url": reverse("three-steps:csv", args=self.slugs),
            "source": SOURCE,
            "source_url": SOURCE_URL,
            "back": BackLink(label="The pair", url=reverse("engagement:pair", args=self.slugs)),
        }

    def _shown(self, rounds: tuple[Round, ...]) -> Round | None:
        asked = self.request.GET.get("round")
        if not asked:
            return rounds[0] if rounds else None
        for one in rounds:
            if one.slug == asked:
                return one
        raise Http404


class ThreeStepsEdit(KeptForm, ThreeStepsMixin):
    """One's own column of the round that takes views."""

    permission = Permission.THREE_STEPS_EDIT
    form_class = ThreeStepsForm
    template_name = "engagement/three_steps_edit.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the side and its round.

        Raises:
            SignInNeededError, Http404, PermissionDenied: as `access_pair`; 404 without a round.
        """
        super().setup(request, *args, **kwargs)
        round = view_queries.round_for_views()
        if self.access.side is None or round is None:
            raise Http404
        self.side, self.round = Side(self.access.side.value), round

    def get_initial(self) -> dict[str, Any]:
        """Give what is stored, or what the side said in the round before, to be looked at again."""
        column, before = self._column, self._before
        filled = before[1] if before is not None else column
        return ThreeStepsForm.initial_of(
            standings=filled.standings, notes=filled.notes, version=column.version
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whose column it is, and why it is closed if it is."""
        names = self.names(self.round)
        own, other = names if self.side == Side.AUTHORITY else tuple(reversed(names))
        closing = view_queries.closing_for(round=self.round, pair=self.pair, side=self.side)
        is_open = closing.is_open(now=timezone.now())
        expected = view_queries.is_expected(round=self.round, pair=self.pair)
        before = self._before
        closed = "" if is_open else presenter.closed_line(last_day=closing.edits_until)
        return {
            "round": self.round,
            "own_name": own,
            "other_name": other,
            "last_day": closing.edits_until,
            "closed": closed if expected else "The round does not ask about this pair.",
            "before": before[0].name if before is not None else "",
            "page_url": reverse("three-steps:pair", args=self.slugs),
            "back": BackLink(
                label="The three steps", url=reverse("three-steps:pair", args=self.slugs)
            ),
            **super().get_context_data(**kwargs),
        }

    def form_valid(self, form: ThreeStepsForm) -> HttpResponse:
        """Store the column, or show both texts where somebody else did meanwhile."""
        try:
            three_steps.save_column(
                pair=self.pair,
                round=self.round,
                side=self.side,
                content=form.content,
                expected_version=form.cleaned_data["version"],
                by=self.person,
                at=timezone.now(),
            )
        except three_steps.StaleColumnError as error:
            form.data = {**self.request.POST.dict(), "version": str(error.stored.version)}
            form.add_error(None, str(error))
            both = presenter.conflict(submitted=error.submitted, stored=error.stored)
            return self.render_to_response(
                self.get_context_data(form=form, conflict=both), status=409
            )
        except _REFUSALS as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        return redirect("three-steps:pair", *self.slugs)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show what was typed, and what is wrong with it."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    @cached_property
    def _column(self) -> queries.Column:
        return queries.columns_of(round=self.round, pair=self.pair)[self.side]

    @cached_property
    def _before(self) -> tuple[Round, queries.Column] | None:
        """Return the column of an earlier round, where nothing is stored in this one yet."""
        if self._column.version:
            return None
        return queries.column_before(round=self.round, pair=self.pair, side=self.side)


class ThreeStepsFile(ThreeStepsMixin):
    """Every round's columns as CSV; who takes it is kept."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Give the file."""
        listed = queries.rounds_of(pair=self.pair)
        columns = queries.columns_of_rounds(rounds=listed, pair=self.pair)
        rounds = [(one, columns[one.pk]) for one in listed]
        with transaction.atomic():
            audit.record(
                action="three_steps.downloaded",
                target=self.pair,
                by=self.person,
                at=timezone.now(),
                rounds=len(rounds),
            )
        name = f"three-steps-{'-'.join(self.slugs)}.csv"
        return csv_response(text=presenter.csv_of(pair=self.pair, rounds=rounds), name=name)
