"""One national view: both own views beside it, what is found on each side, and its draft."""

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from authorities.permissions import Permission
from authorities.views.centre import CentrePage
from duty.actions.round_steps import roles_of
from duty.ui.navigation import BackLink
from duty.views.unsent import KeepsTyped, refilled
from engagement import matrix, words
from engagement.access import access_assessment
from engagement.actions import assessments
from engagement.actions.assessments import SideDraft, StaleDraftError, computed_level, draft_of
from engagement.actions.own_views import ForeignThemeError
from engagement.assessment_lifecycle import AssessmentRefusedError, Guard, State
from engagement.forms.assessments import LevelForm, SideForm
from engagement.models import Side
from engagement.presenters import assessments as presenter
from engagement.presenters import corrections as corrections_presenter
from engagement.presenters import partner_views as partner_presenter
from engagement.presenters.desk import INTEREST
from engagement.presenters.matrix_words import level_words_of
from engagement.queries import assessments as queries
from engagement.queries import corrections as correction_queries
from engagement.queries import desk, evidence_links, evidence_offers, partner_views
from engagement.queries import pairs as pair_queries
from engagement.queries import rubric as rubric_queries
from engagement.views.paging import page_of


class AssessmentCentrePage(CentrePage):
    """A page of one national view, for people of the centre."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the round, the pair and its national view.

        Raises:
            Http404, PermissionDenied: as `access_assessment`.
        """
        super().setup(request, *args, **kwargs)
        found = access_assessment(
            request.user,
            round_slug=kwargs["round_slug"],
            authority_slug=kwargs["authority_slug"],
            board_slug=kwargs["board_slug"],
            permission=self.permission,
        )
        self.round, self.pair, self.assessment = found.round, found.pair, found.assessment

    def address(self, name: str = "pair", *more: object) -> str:
        """Return the address of a page of this national view."""
        slugs = [self.round.slug, self.pair.authority.slug, self.pair.board.slug]
        return reverse(f"assessments:{name}", args=[*slugs, *more])

    @property
    def names(self) -> tuple[str, str]:
        """The names of both bodies on the round's day: the short ones are often the same."""
        return pair_queries.names_of(pair=self.pair, on=self.round.geography_date)

    @property
    def title(self) -> str:
        """The pair in words."""
        authority, board = pair_queries.short_names_of(pair=self.pair, on=self.round.geography_date)
        return f"{authority} with {board}"

    @property
    def back(self) -> BackLink:
        """The link to the national view."""
        return BackLink("The national view", self.address())

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a page of the national view."""
        given = {"round": self.round, "pair_name": self.title, "back": self.back}
        return super().show(template, status=status, **{**given, **context})


class AssessmentPage(AssessmentCentrePage):
    """All that the centre knows of it."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        barred = self.person.pk in queries.interested_in(pair=self.pair)
        page = presenter.assessment_page(
            assessment=self.assessment,
            pair=self.pair,
            round=self.round,
            names=self.names,
            roles=roles_of(by=self.person),
            person_id=self.person.pk,
            barred=INTEREST if barred else "",
            happenings=desk.happenings_of(assessment=self.assessment),
            partner_views=partner_presenter.for_the_centre(
                views=partner_views.confirmed_of_round(round=self.round, pair=self.pair),
                names=self.names,
                said=level_words_of(
                    group_map=rubric_queries.reading_of(round=self.round).group_map
                ),
            ),
        )
        dead = (
            evidence_links.dead_of_findings(
                findings=queries.findings_of(assessment=self.assessment).values()
            )
            if self.assessment is not None
            else {}
        )
        return self.show(
            "engagement/assessment.html",
            page=page,
            happened=page_of(request=request, rows=page.history, part="history"),
            steps=[
                *((one.label, self.address(one.name)) for one in page.steps),
                *self.corrections_to_propose(),
            ],
            resolves=self.assessment is not None
            and self.assessment.state == State.REPLIED
            and self.may(Permission.ASSESSMENT_MODERATE),
            findings=[
                (
                    one,
                    self.address("side", one.side.value),
                    self.address("level", one.side.value),
                    [
                        (each, self.address("withdraw", each.id), dead.get(each.address))
                        for each in one.evidence
                    ],
                )
                for one in page.findings
            ],
            corrections=corrections_presenter.lines(
                corrections=correction_queries.corrections_of(assessment=self.assessment),
                round_=self.round,
                pair=self.pair,
                names=self.names,
            ),
            back=BackLink("Assessments", f"{reverse('assessments:desk')}?round={self.round.slug}"),
        )

    def corrections_to_propose(self) -> list[tuple[str, str]]:
        """Return a link for each side whose published level the person may propose to correct."""
        if (
            self.assessment is None
            or self.assessment.state != State.FINAL
            or not self.may(Permission.ASSESSMENT_DRAFT)
            or not correction_queries.is_published(round=self.round)
            or correction_queries.waiting_of(assessment=self.assessment) is not None
        ):
            return []
        return [
            (f"Correct the published level of {name}", self.address("correct", side.value))
            for side, name in zip(Side, self.names, strict=True)
        ]


class SidePage(KeepsTyped, AssessmentCentrePage, ABC):
    """A form on one side of a draft."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_DRAFT
    template: ClassVar[str]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the side; there is none before the draft is taken up.

        Raises:
            Http404: nothing was drafted, or there is no such side.
        """
        super().setup(request, *args, **kwargs)
        if kwargs["side"] not in Side.values or self.assessment is None:
            raise Http404
        self.side = Side(kwargs["side"])
        finding = queries.findings_of(assessment=self.assessment).get(self.side.value)
        if finding is None:
            raise Http404
        self.stored = draft_of(finding=finding)
        rubric = rubric_queries.reading_of(round=self.round).rubric
        self.rule = rubric_queries.rule_of(rubric=rubric)
        self.themes = rubric_queries.themes_of(rubric=rubric, side=self.side.value)

    @property
    def side_name(self) -> str:
        """The name of the body of the side."""
        return self.names[0] if self.side == Side.AUTHORITY else self.names[1]

    @property
    def locked(self) -> str:
        """Why nothing can be changed, "" where the person may."""
        assert self.assessment is not None  # noqa: S101 - setup has refused
        if self.assessment.state != State.NATIONAL_DRAFT:
            return "It is no draft any more, so it can be read and not changed."
        if self.assessment.assigned_to_id != self.person.pk:
            return "It is allocated to somebody else. Ask the lead analyst."
        return ""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the form; what may not be changed leads back to the page."""
        if self.locked:
            messages.info(request, self.locked)
            return redirect(self.address())
        kept = self.kept_data
        return self.page(self.form() if kept is None else refilled(self.form(kept)))

    @abstractmethod
    def form(self, data: Any = None) -> Any:
        """Return the form, empty or as it was sent."""

    @abstractmethod
    def draft(self, form: Any) -> SideDraft:
        """Return the whole draft of the side with what the form brought."""

    @abstractmethod
    def done(self) -> HttpResponse:
        """Lead on after a save."""

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save, or show the form again with both texts."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        assert self.assessment is not None  # noqa: S101 - setup has refused
        try:
            assessments.save_side(
                assessment=self.assessment,
                side=self.side,
                draft=self.draft(form),
                expected_version=form.cleaned_data["version"],
                by=self.person,
                at=self.now,
            )
        except StaleDraftError as error:
            kept = request.POST.copy()
            kept["version"] = str(error.version)
            form = self.form(kept)
            form.add_error(None, str(error))
            return self.page(form, status=409, overtaken=self.in_words(error.stored))
        except AssessmentRefusedError as error:
            field = "changed_reason" if Guard.CHANGE_EXPLAINED in error.guards else None
            form.add_error(field if field in form.fields else None, str(error))
            return self.page(form, status=422)
        except ForeignThemeError as error:
            form.add_error(None, str(error))
            return self.page(form, status=422)
        return self.done()

    def in_words(self, draft: SideDraft) -> list[tuple[str, str]]:
        """Return a stored draft in words, line by line."""
        lines = [
            (theme.name, theme.statements[matrix.Level(draft.picks[theme.code])])
            for theme in self.themes.pure
            if theme.code in draft.picks
        ]
        level = "It cannot be decided" if draft.undecided else str(draft.level or "None yet")
        texts = (
            ("Level", level.capitalize()),
            ("Why another level", draft.changed_reason),
            ("Rationale", draft.rationale),
            ("Private note", draft.private_note),
            ("Evidence", "; ".join(one.title for one in draft.evidence)),
        )
        return [*lines, *((name, text) for name, text in texts if text)]

    def page(self, form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        """Show the form."""
        return self.show(
            self.template,
            status=status,
            form=form,
            side_name=self.side_name,
            computed=computed_level(round=self.round, side=self.side, picks=self.stored.picks),
            explanation=presenter.explanation_of(
                draft=self.stored, themes=self.themes, rule=self.rule
            ),
            rule=words.rule(of=self.rule),
            statements=presenter.side_statements(
                themes=self.themes,
                levels={code: level.value for code, level in self.stored.picks.items()},
            ),
            side_url=self.address("side", self.side.value),
            **more,
        )

    @property
    def version(self) -> int:
        """The version that a save must name."""
        return self.assessment.version if self.assessment else 0


class SideEdit(SidePage):
    """The statements and the evidence of a side."""

    template = "engagement/assessment_side.html"

    def form(self, data: Any = None) -> SideForm:
        """Ask for a statement a theme, and offer what the site holds."""
        return SideForm(
            data,
            themes=self.themes.rows,
            offers=evidence_offers.offers_for(
                round=self.round, pair=self.pair, side=self.side.value
            ),
            stored=self.stored,
            initial=SideForm.initial_of(draft=self.stored, version=self.version),
        )

    def draft(self, form: SideForm) -> SideDraft:
        """Keep level and texts; a level that no longer follows is confirmed anew."""
        draft = form.draft
        if draft.picks != self.stored.picks and not draft.changed_reason:
            return presenter.without_level(draft)
        return draft

    def done(self) -> HttpResponse:
        """Go on to the level, or stay with the draft."""
        if "level" in self.request.POST:
            return redirect(self.address("level", self.side.value))
        messages.success(self.request, "The draft is saved. Nobody outside the centre sees it.")
        return redirect(self.address())


class LevelEdit(SidePage):
    """The level that the statements give, confirmed or changed, and the texts."""

    template = "engagement/assessment_level.html"

    def form(self, data: Any = None) -> LevelForm:
        """Offer the computed level."""
        computed = computed_level(round=self.round, side=self.side, picks=self.stored.picks)
        return LevelForm(
            data,
            initial=LevelForm.initial_of(
                draft=self.stored, computed=computed, version=self.version
            ),
        )

    def draft(self, form: LevelForm) -> SideDraft:
        """Keep statements and evidence."""
        return form.draft(stored=self.stored)

    def done(self) -> HttpResponse:
        """Go back to the national view."""
        messages.success(self.request, f"The level of {self.side_name} is saved.")
        return redirect(self.address())
