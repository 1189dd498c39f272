"""The dashboard of challenges, its file, and the answer to one challenge."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from authorities.permissions import Permission
from authorities.views.centre import page_number
from authorities.views.csv_files import csv_answer
from duty.actions import downloads
from duty.actions.round_steps import roles_of
from duty.models import Round
from duty.ui.navigation import BackLink
from duty.views.unsent import KeepsTyped, refilled
from engagement.actions import finding_replies, moderation
from engagement.assessment_lifecycle import AssessmentRefusedError, Event, Guard, State
from engagement.forms.finding_replies import ResolveForm
from engagement.models import Assessment, ReplyChoice, ResolutionOutcome, Side, Theme
from engagement.presenters import assessments as assessment_presenter
from engagement.presenters import challenges as presenter
from engagement.presenters.matrix_words import level_words_of
from engagement.presenters.placement_files import file_note
from engagement.queries import assessments as queries
from engagement.queries import pairs as pair_queries
from engagement.queries import rubric as rubric_queries
from engagement.queries.finding_replies import reply_lines
from engagement.views.assessments import AssessmentCentrePage
from engagement.views.desk import DeskRoundPage


def _themes_of(round_: Round) -> dict[str, tuple[Theme, ...]]:
    rubric = rubric_queries.reading_of(round=round_).rubric
    return {
        side.value: tuple(rubric_queries.themes_of(rubric=rubric, side=side.value).rows)
        for side in Side
    }


class ChallengeList(DeskRoundPage):
    """How far the replies of a round are, what they challenge, and what waits."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of the list."""
        rounds, round_ = self.rounds()
        back = BackLink("Assessments", reverse("assessments:desk"))
        if round_ is None:
            return self.show("engagement/challenges.html", page=None, back=back)
        return self.show(
            "engagement/challenges.html",
            page=presenter.challenge_page(
                rounds=rounds,
                round_=round_,
                expected=len(pair_queries.expected_pairs(on=round_.geography_date)),
                lines=reply_lines(round=round_),
                themes=_themes_of(round_),
                filters=presenter.filters_of(asked=request.GET.dict()),
                moderates=self.may(Permission.ASSESSMENT_MODERATE),
                page=page_number(request=request),
            ),
            matrix_words=level_words_of(
                group_map=rubric_queries.reading_of(round=round_).group_map
            ),
            back=back,
        )


class ChallengesFile(DeskRoundPage):
    """The same list as CSV, with the same filters; who took it is kept."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Send the file."""
        _, round_ = self.rounds()
        if round_ is None:
            raise Http404
        lines = presenter.fitting(
            lines=reply_lines(round=round_),
            filters=presenter.filters_of(asked=request.GET.dict()),
        )
        themes = {theme.code: theme.name for side in _themes_of(round_).values() for theme in side}
        reading = rubric_queries.reading_of(round=round_)
        text = presenter.replies_csv(
            round_=round_,
            lines=lines,
            themes=themes,
            said=level_words_of(group_map=reading.group_map),
            note=file_note(demonstration=settings.DEMONSTRATION),
        )
        downloads.note(
            action="challenges.downloaded",
            target=round_,
            body=None,
            permission=self.permission,
            by=self.person,
            at=self.now,
            format="csv",
            rows=len(lines),
        )
        return csv_answer(text=text, name=f"challenges-{round_.slug}.csv")


class Resolve(KeepsTyped, AssessmentCentrePage):
    """One challenge: the finding, what both bodies said, and the moderator's answer."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_MODERATE

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the side; a national view without findings has no challenge.

        Raises:
            Http404: nothing was shared, or there is no such side.
        """
        super().setup(request, *args, **kwargs)
        if kwargs["side"] not in Side.values or self.assessment is None:
            raise Http404
        self.side = Side(kwargs["side"])
        self.held: Assessment = self.assessment
        found = queries.replies_of(assessment=self.held).get(self.side.value)
        if found is None:
            raise Http404
        self.reply = found
        reading = rubric_queries.reading_of(round=self.round)
        self.rubric, self.said = reading.rubric, level_words_of(group_map=reading.group_map)

    @property
    def closed(self) -> str:
        """Why there is nothing to answer now, "" where there is."""
        if self.reply.choice != ReplyChoice.DISAGREE:
            return "This side did not disagree, so there is nothing to resolve."
        if self.side.value in queries.resolutions_of(assessment=self.held):
            return "This challenge is resolved already."
        if self.held.state != State.REPLIED:
            return "A challenge is resolved once the days of the reply are over."
        return ""

    def form(self, data: Any = None) -> ResolveForm:
        """Return the form, empty or as it was sent."""
        return ResolveForm(data, said=self.said, initial={"version": self.held.version})

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask, or lead back where there is nothing to answer."""
        kept = self.kept_data
        if kept is None and self.closed:
            messages.info(request, self.closed)
            return redirect(self.address())
        return self.page(self.form() if kept is None else refilled(self.form(kept)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask once more, or store the answer."""
        form = self.form(request.POST)
        if self.closed:
            return self.show("duty/not_done.html", status=409, why=self.closed, form=form)
        if "change" in request.POST:
            return self.page(refilled(form))
        if not form.is_valid():
            return self.page(form, status=422)
        if "confirm" not in request.POST:
            return self.check(form)
        try:
            finding_replies.resolve(
                assessment=self.held,
                side=self.side,
                outcome=form.decided,
                level=form.level_after,
                reason=form.cleaned_data["reason"],
                expected_version=form.cleaned_data["version"],
                by=self.person,
                at=self.now,
            )
        except AssessmentRefusedError as error:
            field = "level" if error.guards == (Guard.LEVEL_IS_ANOTHER,) else None
            form.add_error(field, str(error))
            if Guard.VERSION_MATCHES not in error.guards:
                return self.page(form, status=422)
            kept = request.POST.copy()
            kept["version"] = str(self.held.version)
            form = self.form(kept)
            form.add_error(None, str(error))
            return self.page(form, status=409)
        messages.success(request, "The challenge is resolved. Both bodies read your reason.")
        return redirect(self.address())

    def check(self, form: ResolveForm) -> HttpResponse:
        """Show what is about to be decided."""
        changed = form.decided == ResolutionOutcome.CHANGE
        last = queries.unresolved_sides(assessment=self.held) == (self.side.value,)
        names = [name for name in form.fields if name in self.request.POST]
        return self.show(
            "engagement/resolve_check.html",
            matrix_words=self.said,
            side_name=self.side_name,
            changed=changed,
            before=self.level_found,
            after=form.level_after if changed else self.level_found,
            reason=form.cleaned_data["reason"],
            last=last,
            sent=[(name, self.request.POST.getlist(name)) for name in names],
        )

    @property
    def side_name(self) -> str:
        """The name of the body that disagreed."""
        return self.names[0] if self.side == Side.AUTHORITY else self.names[1]

    @property
    def level_found(self) -> str | None:
        """The level that is challenged."""
        return queries.findings_of(assessment=self.held)[self.side.value].level

    def page(self, form: ResolveForm, *, status: int = 200) -> HttpResponse:
        """Show the finding and both replies beside the form."""
        page = assessment_presenter.assessment_page(
            assessment=self.held,
            pair=self.pair,
            round=self.round,
            names=self.names,
            roles=roles_of(by=self.person),
            person_id=self.person.pk,
            barred="",
            happenings=(),
        )
        names = {
            theme.code: theme.name
            for theme in rubric_queries.themes_of(rubric=self.rubric, side=self.side.value).rows
        }
        why_not = moderation.may_decide(assessment=self.held, by=self.person, event=Event.RESOLVE)
        return self.show(
            "engagement/resolve.html",
            status=status,
            form=form,
            page=page,
            matrix_words=self.said,
            findings=[
                (one, "", "", [(each, "", None) for each in one.evidence]) for one in page.findings
            ],
            side_name=self.side_name,
            themes=[names.get(code, code) for code in self.reply.themes],
            why_not=why_not,
        )
