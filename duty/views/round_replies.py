"""The reply of a round is started and ended, gets more days, and the publication another time."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse

from authorities.permissions import Permission
from duty import words
from duty.actions import round_replies
from duty.actions.round_steps import dates_of
from duty.deadlines import london_date
from duty.forms.round_replies import MovePublicationForm, ReopenReplyForm
from duty.forms.rounds import later_dates_of
from duty.presenters.rounds import REPLY
from duty.round_lifecycle import RoundEvent, date_problems
from duty.views.round_pages import StepPage

_MANAGE = Permission.ROUND_MANAGE


class RoundStartReply(StepPage):
    """The days of the reply begin: what was found is shared with both bodies of each pair."""

    permission: ClassVar[Permission] = _MANAGE
    step: ClassVar[RoundEvent | None] = RoundEvent.START_REPLY

    def form(self, data: Any = None) -> forms.Form:
        """Ask for nothing."""
        return forms.Form(data)

    def words(self) -> dict[str, Any]:
        """Say what happens."""
        return {
            "title": "Start the reply",
            "lead": "The service does so by itself on the first day of the reply. " + REPLY,
            "button": "Start the reply",
        }

    def store(self, form: Any) -> HttpResponse:
        """Start it."""
        round_replies.start_reply(round_=self.round, by=self.person, at=self.now)
        return self.done("The reply has started.")


class RoundEndReply(StepPage):
    """No more replies are taken."""

    permission: ClassVar[Permission] = _MANAGE
    step: ClassVar[RoundEvent | None] = RoundEvent.END_REPLY

    def form(self, data: Any = None) -> forms.Form:
        """Ask for nothing."""
        return forms.Form(data)

    def words(self) -> dict[str, Any]:
        """Say what happens."""
        return {
            "title": "End the reply",
            "lead": "The service does so by itself after the last day of the reply. Publication is "
            "proposed after it.",
            "button": "End the reply",
        }

    def store(self, form: Any) -> HttpResponse:
        """End it."""
        round_replies.end_reply(round_=self.round, by=self.person, at=self.now)
        return self.done("The reply is over.")


class RoundReopenReply(StepPage):
    """Every body gets more days to reply."""

    permission: ClassVar[Permission] = _MANAGE
    step: ClassVar[RoundEvent | None] = RoundEvent.REOPEN_REPLY

    def form(self, data: Any = None) -> forms.Form:
        """Ask until when, and why."""
        initial = later_dates_of(self.round)
        return ReopenReplyForm(
            data, initial={**initial, "replies_until": self.round.reply_closes_on}
        )

    def words(self) -> dict[str, Any]:
        """Say what happens."""
        return {
            "title": "Give the reply more days",
            "lead": "The round is in reply again. A proposal to publish lapses.",
            "button": "Give more days",
        }

    def store(self, form: Any) -> HttpResponse:
        """Reopen it."""
        said = form.cleaned_data
        held = dates_of(round_=self.round)
        problems = date_problems(
            dates=type(held)(
                **{
                    **vars(held),
                    "reply_closes_on": said["replies_until"],
                    "publishes_on": said["publish_on"],
                }
            )
        )
        if problems:
            names = {"reply_closes_on": "replies_until"}
            form.add_problems([(names.get(name, name), text) for name, text in problems])
            return self.again(form, status=422)
        if said["replies_until"] < london_date(now=self.now):
            form.add_error("replies_until", "The last day of the reply must be today or later")
            return self.again(form, status=422)
        round_replies.reopen_reply(
            round_=self.round,
            reply_closes_on=said["replies_until"],
            publish_at=form.publish_at,
            reason=said["reason"],
            by=self.person,
            at=self.now,
        )
        day = words.london_weekday(moment=said["replies_until"])
        return self.done(f"The days of the reply last until the end of {day}.")


class RoundMovePublication(StepPage):
    """The round is published at another time."""

    permission: ClassVar[Permission] = _MANAGE
    step: ClassVar[RoundEvent | None] = RoundEvent.MOVE_PUBLICATION

    def form(self, data: Any = None) -> forms.Form:
        """Ask when, and why."""
        return MovePublicationForm(data, initial=later_dates_of(self.round))

    def words(self) -> dict[str, Any]:
        """Say what happens."""
        return {
            "title": "Change the time of publication",
            "lead": "The embargo lifts at this time, London time. A proposal to publish lapses.",
            "button": "Change the time",
        }

    def store(self, form: Any) -> HttpResponse:
        """Move it."""
        closes = self.round.reply_closes_on
        if closes is not None and form.cleaned_data["publish_on"] <= closes:
            form.add_error("publish_on", "The publication must be after the day the reply closes")
            return self.again(form, status=422)
        round_replies.move_publication(
            round_=self.round,
            publish_at=form.publish_at,
            reason=form.cleaned_data["reason"],
            by=self.person,
            at=self.now,
        )
        when = words.london_datetime(moment=form.publish_at)
        return self.done(f"The round is published on {when}, London time.")
