"""A round is scheduled, opened, closed and given more days, for all or for one authority."""

from typing import Any, ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse

from authorities.models import StrategicAuthority
from authorities.permissions import Permission
from duty import words
from duty.actions import round_bodies, round_stages
from duty.deadlines import london_date
from duty.forms.rounds import (
    CloseForm,
    DecisionForm,
    ExpectedForm,
    ExtensionForm,
    ReasonForm,
    ReopenForm,
    later_dates_of,
)
from duty.presenters.round_records import check_lines
from duty.presenters.rounds import days_of
from duty.queries import rounds as queries
from duty.queries.round_checks import Checked, checked
from duty.round_checks import digest
from duty.round_lifecycle import (
    RoundDates,
    RoundEvent,
    date_problems,
)
from duty.ui.components import SummaryRow
from duty.views.round_pages import StepPage, VersionedPage

_MANAGE = Permission.ROUND_MANAGE


class _ChecksPage(StepPage):
    """A step before which the checks run."""

    permission: ClassVar[Permission] = _MANAGE
    template = "duty/round_go_live.html"

    def checks(self) -> Checked:
        """What the checks find now."""
        return checked(round_=self.round)

    def form(self, data: Any = None) -> forms.Form:
        """Ask for a reason where something is found that nobody has decided about."""
        found = self.checks().undecided
        seen = digest(keys=[finding.key for finding in found])
        return DecisionForm(data, initial={"seen": seen}, needs_reason=bool(found))

    def sent_form(self) -> forms.Form:
        """Return the form with the reason, whether or not one is needed by now."""
        return DecisionForm(self.request.POST, needs_reason=True)

    def seen_anew(self, form: forms.Form) -> forms.Form:
        """Keep the reason, about the findings that there are now."""
        found = self.checks().undecided
        kept = self.request.POST.copy()
        kept["seen"] = digest(keys=[finding.key for finding in found])
        return DecisionForm(kept, needs_reason=bool(found))

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Add the checks."""
        return super().show(
            template, status=status, checks=check_lines(checks=self.checks()), **context
        )


class RoundSchedule(_ChecksPage):
    """A draft is set to open on its day."""

    step: ClassVar[RoundEvent | None] = RoundEvent.SCHEDULE

    def words(self) -> dict[str, Any]:
        """Say what happens."""
        return {
            "title": "Schedule the round",
            "lead": "It opens by itself on its opening day. Its questions, the rubric and the map "
            "of support groups are fixed now, and so are its period and its day of geography.",
            "button": "Schedule the round",
            "rows": [SummaryRow(key, value) for key, value in days_of(round_=self.round)],
        }

    def store(self, form: Any) -> HttpResponse:
        """Schedule it."""
        round_stages.schedule(
            round_=self.round,
            reason=form.cleaned_data.get("reason", ""),
            seen=form.cleaned_data["seen"],
            by=self.person,
            at=self.now,
        )
        day = words.london_weekday(moment=self.round.opens_on)
        return self.done(f"The round is scheduled. It opens by itself on {day}.")


class RoundOpen(_ChecksPage):
    """A scheduled round is opened before its job does."""

    step: ClassVar[RoundEvent | None] = RoundEvent.OPEN

    def words(self) -> dict[str, Any]:
        """Say what happens."""
        day = words.london_weekday(moment=self.round.opens_on)
        return {
            "title": "Open the round now",
            "lead": f"It would open by itself on {day}. Every authority that is expected can start "
            "its return as soon as it is open.",
            "button": "Open the round now",
            "rows": (),
        }

    def store(self, form: Any) -> HttpResponse:
        """Open it."""
        round_stages.open_round(
            round_=self.round,
            reason=form.cleaned_data.get("reason", ""),
            seen=form.cleaned_data["seen"],
            by=self.person,
            at=self.now,
        )
        return self.done("The round is open.")


class RoundBackToDraft(StepPage):
    """A scheduled round becomes a draft again."""

    permission: ClassVar[Permission] = _MANAGE
    step: ClassVar[RoundEvent | None] = RoundEvent.BACK_TO_DRAFT

    def form(self, data: Any = None) -> forms.Form:
        """Ask why."""
        return ReasonForm(data)

    def words(self) -> dict[str, Any]:
        """Say what happens."""
        return {
            "title": "Make it a draft again",
            "lead": "It does not open by itself any more, and everything can be changed. What was "
            "decided about the checks stays on record.",
            "button": "Make it a draft again",
        }

    def store(self, form: Any) -> HttpResponse:
        """Take it back."""
        round_stages.back_to_draft(
            round_=self.round, reason=form.cleaned_data["reason"], by=self.person, at=self.now
        )
        return self.done("The round is a draft again.")


class RoundClose(StepPage):
    """An open round is closed after its last day."""

    permission: ClassVar[Permission] = _MANAGE
    step: ClassVar[RoundEvent | None] = RoundEvent.CLOSE
    template = "duty/round_close.html"

    def waiting(self) -> tuple[str, ...]:
        """The authorities whose returns await sign-off."""
        return round_stages.waiting_slugs(round_=self.round, today=london_date(now=self.now))

    def form(self, data: Any = None) -> forms.Form:
        """Ask to confirm the list, where there is one."""
        waiting = self.waiting()
        return CloseForm(data, initial={"seen": digest(keys=waiting)}, waits=bool(waiting))

    def seen_anew(self, form: forms.Form) -> forms.Form:
        """Ask again, about the list as it is now."""
        kept = self.request.POST.copy()
        kept["seen"] = digest(keys=self.waiting())
        kept.pop("confirm", None)
        return CloseForm(kept, waits=bool(self.waiting()))

    def words(self) -> dict[str, Any]:
        """Say what happens, and to whom."""
        names = dict(queries.choices_of_expected(round_=self.round))
        return {
            "title": "Close the round",
            "waiting": [names.get(slug, slug) for slug in self.waiting()],
            "ends": words.london_weekday(moment=self.round.edits_until),
            "is_over": london_date(now=self.now) > self.round.edits_until,
        }

    def store(self, form: Any) -> HttpResponse:
        """Close it."""
        confirmed = form.cleaned_data["seen"] if form.cleaned_data.get("confirm") else ""
        round_stages.close(round_=self.round, confirmed=confirmed, by=self.person, at=self.now)
        return self.done("The round is closed.")


class RoundReopen(VersionedPage):
    """Every authority gets more days."""

    permission: ClassVar[Permission] = _MANAGE
    step: ClassVar[RoundEvent | None] = RoundEvent.REOPEN

    def form(self, data: Any = None) -> forms.Form:
        """Ask until when, and why."""
        initial = {**later_dates_of(self.round), "version": self.round.version}
        return ReopenForm(data, initial=initial)

    @property
    def stored_now(self) -> str:
        """The days as they are."""
        return "; ".join(f"{name}: {day}" for name, day in days_of(round_=self.round)) + "."

    def words(self) -> dict[str, Any]:
        """Say what happens."""
        day = words.london_weekday(moment=self.round.edits_until)
        return {
            "title": "Give every authority more days",
            "lead": f"The last day for edits was {day}. The due day stays, so what comes after it "
            "is late. To give one authority more time, use its extension instead.",
            "button": "Give more days",
        }

    def store(self, form: Any) -> HttpResponse:
        """Reopen it, once its days are in order."""
        said = form.cleaned_data
        problems = date_problems(
            dates=RoundDates(
                covers_from=self.round.covers_from,
                covers_to=self.round.covers_to,
                opens_on=self.round.opens_on,
                due_on=self.round.due_on,
                edits_until=said["edits_until"],
                reply_opens_on=said["reply_opens_on"],
                reply_closes_on=said["reply_closes_on"],
                publishes_on=said["publish_on"],
            )
        )
        if problems:
            form.add_problems(problems)
            return self.again(form, status=422)
        round_stages.reopen(
            round_=self.round,
            edits_until=said["edits_until"],
            reply_opens_on=said["reply_opens_on"],
            reply_closes_on=said["reply_closes_on"],
            publish_at=form.publish_at,
            reason=said["reason"],
            by=self.person,
            at=self.now,
            seen_version=said["version"] or 0,
        )
        day = words.london_weekday(moment=said["edits_until"])
        return self.done(f"The round is open until the end of {day}.")


class RoundExpected(VersionedPage):
    """Who is expected becomes another list."""

    permission: ClassVar[Permission] = _MANAGE
    step: ClassVar[RoundEvent | None] = RoundEvent.EXPECT

    def form(self, data: Any = None) -> forms.Form:
        """Show who is expected."""
        return ExpectedForm(
            data,
            choices=queries.choices_of_expected(round_=self.round),
            initial={
                "authorities": queries.expected_slugs(round_=self.round),
                "version": self.round.version,
            },
        )

    @property
    def stored_now(self) -> str:
        """Who is expected."""
        names = dict(queries.choices_of_expected(round_=self.round))
        expected = queries.expected_slugs(round_=self.round)
        return f"Expected: {', '.join(sorted(names[slug] for slug in expected))}."

    def words(self) -> dict[str, Any]:
        """Say who is expected unless somebody decides otherwise."""
        day = words.london_date(moment=self.round.geography_date)
        return {
            "title": "Change who is expected",
            "lead": f"The strategic authorities that exist on {day} are expected, unless you say "
            "otherwise here.",
            "button": "Save",
        }

    def store(self, form: Any) -> HttpResponse:
        """Store the list."""
        round_bodies.change_expected(
            round_=self.round,
            authorities=list(
                StrategicAuthority.objects.filter(slug__in=form.cleaned_data["authorities"])
            ),
            reason=form.cleaned_data["reason"],
            by=self.person,
            at=self.now,
            seen_version=form.cleaned_data["version"] or 0,
        )
        return self.done("Who is expected is stored.")


class RoundExtend(VersionedPage):
    """One authority gets more time."""

    permission: ClassVar[Permission] = Permission.ROUND_EXTEND
    step: ClassVar[RoundEvent | None] = RoundEvent.EXTEND
    expected: queries.ExpectedRow

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the authority among those that are expected.

        Raises:
            Http404: it is not expected.
        """
        super().setup(request, *args, **kwargs)
        found = queries.one_expected(
            round_=self.round, slug=kwargs["authority_slug"], today=london_date(now=self.now)
        )
        if found is None:
            raise Http404
        self.expected = found

    def form(self, data: Any = None) -> forms.Form:
        """Ask for the days and the reason; an extension that there is can be changed."""
        initial: dict[str, Any] = {"version": self.round.version}
        if self.expected.extended:
            initial |= {
                "due_on": self.expected.due_on,
                "edits_until": self.expected.edits_until,
                "reason": self.expected.extension_reason,
            }
        return ExtensionForm(data, initial=initial)

    @property
    def stored_now(self) -> str:
        """The days of the authority, and whoever extended them."""
        now = queries.one_expected(
            round_=self.round, slug=self.expected.slug, today=london_date(now=self.now)
        )
        # Who is no longer expected has nothing to extend; the next page says so.
        self.expected = now or self.expected
        return str(self.words()["lead"])

    def words(self) -> dict[str, Any]:
        """Say what the days are now."""
        due = words.london_weekday(moment=self.expected.due_on)
        last = words.london_weekday(moment=self.expected.edits_until)
        given = (
            f" {self.expected.extended_by} extended it: {self.expected.extension_reason}"
            if self.expected.extended_by
            else ""
        )
        limit = (
            f" The last day must be before the reply opens on "
            f"{words.london_weekday(moment=self.round.reply_opens_on)}."
            if self.round.reply_opens_on
            else ""
        )
        return {
            "caption": self.expected.name,
            "title": "Extension",
            "lead": f"Due {due}; last day {last}.{given}{limit}",
            "button": "Give the extension",
        }

    def store(self, form: Any) -> HttpResponse:
        """Give it."""
        round_bodies.extend(
            round_=self.round,
            authority=StrategicAuthority.objects.get(pk=self.expected.authority_id),
            due_on=form.cleaned_data["due_on"],
            edits_until=form.cleaned_data["edits_until"],
            reason=form.cleaned_data["reason"],
            by=self.person,
            at=self.now,
            seen_version=form.cleaned_data["version"] or 0,
        )
        day = words.london_weekday(moment=form.cleaned_data["edits_until"])
        return self.done(f"{self.expected.name} has until the end of {day}.")
