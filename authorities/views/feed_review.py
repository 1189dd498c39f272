"""The review of one file: its differences, each decided, and the change that they become."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from authorities.actions import feed_changes, feed_decisions
from authorities.actions import register_feeds as actions
from authorities.feed_forms import FeedChangeForm, FeedDecisionForm, FeedEndForm
from authorities.frozen_json import to_plain
from authorities.models import (
    Certainty,
    FeedDecision,
    FeedDifference,
    FeedDifferenceKind,
    FeedState,
    RegisterFeed,
)
from authorities.permissions import Permission
from authorities.presenters import feed_review as presenter
from authorities.presenters.words import day_text
from authorities.queries import register_feeds as queries
from authorities.queries.feed_choices import choices_for
from authorities.views.centre import page_number
from authorities.views.csv_files import csv_answer
from authorities.views.register_feeds import UpkeepPage


class FeedPageMixin(UpkeepPage):
    """A page of one file."""

    feed: RegisterFeed

    def get_feed(self, feed_id: UUID) -> RegisterFeed:
        """Return the file.

        Raises:
            Http404: there is none.
        """
        try:
            return queries.feed_of(feed_id=feed_id)
        except queries.NoSuchFeedError as error:
            raise Http404 from error


class FeedDetail(FeedPageMixin):
    """The differences of a file."""

    def get(self, request: HttpRequest, feed_id: UUID) -> HttpResponse:
        """Show a page of those that are asked for; first those that are to be decided."""
        feed = self.get_feed(feed_id)
        counts = queries.counts_of(feed=feed)
        shown = request.GET.get("show") or (
            presenter.TO_DECIDE if counts.to_decide else presenter.ALL
        )
        if shown not in (presenter.TO_DECIDE, presenter.ALL, *FeedDifferenceKind.values):
            raise Http404
        page = presenter.feed_page(
            feed=feed,
            counts=counts,
            differences=queries.differences_of(
                feed=feed,
                kind=shown if shown in FeedDifferenceKind.values else "",
                to_decide=shown == presenter.TO_DECIDE,
                page=page_number(request=request),
            ),
            changes=queries.changes_of(feed=feed),
            to_complete=queries.rows_to_complete(feed=feed),
            shown=shown,
            may_decide=self.may_decide,
        )
        return render(request, "authorities/feed_detail.html", {"page": page})


class FeedDifferencesCsv(FeedPageMixin):
    """All differences of a file to take away."""

    def get(self, request: HttpRequest, feed_id: UUID) -> HttpResponse:
        """Send them."""
        feed = self.get_feed(feed_id)
        return csv_answer(
            text=presenter.differences_csv(rows=queries.all_differences(feed=feed)),
            name=f"register-differences-{feed.day.isoformat()}.csv",
        )


class FeedRowDecision(UpkeepPage):
    """One difference, and what becomes of it."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Let readers look, and those decide who may."""
        if request.method == "POST":
            self.permission = Permission.REGISTER_UPKEEP
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, feed_id: UUID, position: int) -> HttpResponse:
        """Show the row."""
        row = self._row(feed_id, position)
        return self._show(row=row, form=self._form(row) if self._is_open(row) else None)

    def post(self, request: HttpRequest, feed_id: UUID, position: int) -> HttpResponse:
        """Keep the decision and go back to the differences."""
        row = self._row(feed_id, position)
        form = self._form(row, request)
        if not form.is_valid():
            return self._show(row=row, form=form, status=422)
        try:
            feed_decisions.decide(
                difference=row,
                version=form.cleaned_data["version"],
                decision=form.to_decision(),
                by=self.member,
                at=timezone.now(),
            )
        except feed_decisions.DecisionError as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        except (
            feed_decisions.StaleDecisionError,
            feed_decisions.RowInChangeError,
            actions.SettledFeedError,
        ) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Your decision on {row.name} is kept.")
            return redirect("authorities:feed", feed_id)
        return self._show(row=row, form=form, status=422)

    def _row(self, feed_id: UUID, position: int) -> FeedDifference:
        try:
            return queries.difference_of(feed_id=feed_id, position=position)
        except queries.NoSuchFeedError as error:
            raise Http404 from error

    def _is_open(self, row: FeedDifference) -> bool:
        return (
            self.may_decide
            and row.kind != FeedDifferenceKind.UNKNOWN
            and row.feed.state == FeedState.TO_REVIEW
            and not presenter.in_change(row)
        )

    def _form(self, row: FeedDifference, request: HttpRequest | None = None) -> FeedDecisionForm:
        choices = choices_for(row=row)
        decided = row.decision != FeedDecision.UNDECIDED
        match = row.match.slug if row.match else ""
        is_new = row.decision == FeedDecision.TAKE or not choices.offers
        initial = {
            **to_plain(value=presenter.first_entered(row=row)),
            "version": row.version,
            "decision": row.decision if decided else None,
            "reason": row.reason,
            "match": match or ("=new" if is_new else ""),
        }
        return FeedDecisionForm(
            request.POST if request else None,
            initial=initial,
            row=row,
            offers=choices.offers,
            others=choices.others,
            successors=choices.successors,
            regions=choices.regions,
        )

    def _show(
        self, *, row: FeedDifference, form: FeedDecisionForm | None, status: int = 200
    ) -> HttpResponse:
        return render(
            self.request,
            "authorities/feed_row.html",
            {"page": presenter.row_page(row=row), "form": form},
            status=status,
        )


class FeedChange(FeedPageMixin):
    """The form that makes a change of the rows taken."""

    permission = Permission.REGISTER_UPKEEP

    def get(self, request: HttpRequest, feed_id: UUID) -> HttpResponse:
        """Show the rows and the form."""
        feed = self.get_feed(feed_id)
        initial = {
            "title": f"Register brought up to date with {feed.file_name}"[:200],
            "effective_date": feed.day,
            "source": f"{feed.get_layout_display()} on {day_text(day=feed.day)} ({feed.file_name})",
            "certainty": Certainty.HIGH,
        }
        return self._show(feed=feed, form=FeedChangeForm(initial=initial))

    def post(self, request: HttpRequest, feed_id: UUID) -> HttpResponse:
        """Draft the change and go back to the file."""
        feed = self.get_feed(feed_id)
        form = FeedChangeForm(request.POST)
        if not form.is_valid():
            return self._show(feed=feed, form=form, status=422)
        try:
            change = feed_changes.make_change(
                feed=feed, heading=form.to_heading(), by=self.member, at=timezone.now()
            )
        except feed_changes.FeedChangeError as refusal:
            names = dict(feed.differences.values_list("position", "name"))
            for problem in refusal.problems:
                name = f"{names[problem.position]}: " if problem.position in names else ""
                form.add_error(None, f"{name}{problem.text}")
            return self._show(feed=feed, form=form, status=422)
        except (feed_changes.NothingTakenError, actions.SettledFeedError) as refusal:
            form.add_error(None, str(refusal))
            return self._show(feed=feed, form=form, status=422)
        messages.success(
            request, f"The change “{change.title}” is drafted. It waits to be completed."
        )
        return redirect("authorities:feed", feed_id)

    def _show(self, *, feed: RegisterFeed, form: FeedChangeForm, status: int = 200) -> HttpResponse:
        page = presenter.change_page(feed=feed, rows=queries.rows_to_change(feed=feed))
        return render(
            self.request,
            "authorities/feed_change.html",
            {"page": page, "form": form},
            status=status,
        )


class FeedEnd(FeedPageMixin):
    """The form that ends a review."""

    permission = Permission.REGISTER_UPKEEP

    def get(self, request: HttpRequest, feed_id: UUID) -> HttpResponse:
        """Show the form."""
        return self._show(feed=self.get_feed(feed_id), form=FeedEndForm())

    def post(self, request: HttpRequest, feed_id: UUID) -> HttpResponse:
        """End the review, or put the file aside."""
        feed = self.get_feed(feed_id)
        form = FeedEndForm(request.POST)
        if not form.is_valid():
            return self._show(feed=feed, form=form, status=422)
        now = timezone.now()
        try:
            if form.cleaned_data["outcome"] == FeedEndForm.FINISH:
                actions.finish(feed=feed, by=self.member, at=now)
            else:
                reason = form.cleaned_data["reason"]
                actions.discard(feed=feed, reason=reason, by=self.member, at=now)
        except actions.ReasonMissingError as refusal:
            form.add_error("reason", str(refusal))
        except (
            actions.UndecidedRowsError,
            actions.FeedInUseError,
            actions.SettledFeedError,
        ) as refusal:
            form.add_error("outcome", str(refusal))
        else:
            messages.success(request, f"The review of {feed.file_name} is at its end.")
            return redirect("authorities:feed-list")
        return self._show(feed=feed, form=form, status=422)

    def _show(self, *, feed: RegisterFeed, form: FeedEndForm, status: int = 200) -> HttpResponse:
        return render(
            self.request,
            "authorities/feed_end.html",
            {"feed": feed, "form": form},
            status=status,
        )
