"""The centre drafts the next rubric or matrix: begun, and changed part by part."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from authorities.permissions import Permission
from authorities.presenters.tables import SummaryRow
from authorities.views.centre import CentrePage
from duty.ui.looks import PALETTE
from duty.ui.navigation import BackLink
from engagement import map_content, rubric_content
from engagement.actions import reading_drafts as actions
from engagement.forms import reading_drafts as draft_forms
from engagement.map_content import MapContent
from engagement.matrix import Side
from engagement.models import DraftKind
from engagement.presenters import reading_versions as presenter
from engagement.presenters.version_texts import DIFFERENCE_COLUMNS, KIND_WORDS, stored_rows
from engagement.queries import reading_versions as queries
from engagement.rubric_content import NoSuchPartError, RubricContent
from engagement.version_lifecycle import StepRefusedError
from engagement.views.draft_pages import DraftForm, DraftView


class DraftNew(CentrePage):
    """A draft is begun, from the newest version."""

    permission: ClassVar[Permission] = Permission.ENGAGEMENT_DRAFT_WRITE

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Check the kind.

        Raises:
            Http404, PermissionDenied: as `require`; 404 too where there is no such kind.
        """
        super().setup(request, *args, **kwargs)
        if kwargs["kind"] not in DraftKind.values:
            raise Http404

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask why."""
        return self._page(draft_forms.BeginForm(initial={"form_key": uuid4()}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Copy the newest version into a draft."""
        form = draft_forms.BeginForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            made = actions.begin(
                kind=self.kwargs["kind"],
                reason=form.cleaned_data["reason"],
                form_key=form.cleaned_data["form_key"],
                by=self.person,
                at=self.now,
            )
        except (actions.DraftOpenError, actions.NothingToDraftFromError) as error:
            form.add_error(None, str(error))
            return self._page(form, status=409)
        messages.success(request, "The draft is made. It says what the newest version says.")
        return redirect("readings:draft", made.pk)

    def _page(self, form: draft_forms.BeginForm, *, status: int = 200) -> HttpResponse:
        return self.show(
            "engagement/reading_form.html",
            form=form,
            title=f"Draft a new version: {KIND_WORDS[self.kwargs['kind']].lower()}",
            lead="It begins as a copy of the newest version. Nothing changes before another "
            "person has approved it, and rounds that are scheduled by then keep their version.",
            button="Start the draft",
            back=BackLink("How engagement is read", reverse("readings:list")),
            status=status,
        )


class DraftDetail(DraftView):
    """A draft with what it says, its faults, and what is different from the version before."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        origin = queries.version_numbered(kind=self.draft.kind, number=self.draft.origin)
        return self.show(
            "engagement/reading_draft.html",
            page=presenter.draft_page(
                draft=self.draft,
                origin=origin,
                may_draft=self.may(Permission.ENGAGEMENT_DRAFT_WRITE),
                may_approve=self.may(Permission.ENGAGEMENT_DRAFT_APPROVE),
                person=self.person.pk,
            ),
            columns=DIFFERENCE_COLUMNS,
            back=BackLink("How engagement is read", reverse("readings:list")),
        )


class _Edit(DraftForm):
    """A form that changes what the draft says."""

    def store(self, form: Any, change: draft_forms.Change, *, reason: str | None = None) -> None:
        """Store the change, if the draft is as it was read."""
        actions.edit(
            draft_id=self.draft.id,
            expected_revision=form.seen,
            change=change,
            reason=reason,
            by=self.person,
            at=self.now,
        )


class WordsEdit(_Edit):
    """The rule of a rubric or the words of levels, the source, and why there is a new version."""

    def form(self, data: Any = None) -> Any:
        """Return the form."""
        return draft_forms.words_form(
            content=self.draft.content,
            reason=self.draft.reason,
            data=data,
            revision=self.draft.revision,
        )

    def words(self) -> dict[str, Any]:
        """Return the words of the page."""
        rubric = self.draft.kind == DraftKind.RUBRIC
        return {
            "title": "Rule and source" if rubric else "Words of levels, and source",
            "lead": "A threshold is a share of all themes of a side, taken exactly."
            if rubric
            else "High, partial, low: their order is fixed, and only their words change.",
            "button": "Save",
        }

    def stored(self) -> tuple[SummaryRow, ...]:
        """Return what is stored now."""
        return stored_rows(content=self.draft.content, code="")

    def take(self, form: Any) -> None:
        """Store it."""
        self.store(form, form.applied, reason=form.cleaned_data["reason"])


class CellsEdit(_Edit):
    """The nine cells of a draft of the matrix."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Check that the draft has cells.

        Raises:
            Http404, PermissionDenied: as for the draft; 404 too for a rubric.
        """
        super().setup(request, *args, **kwargs)
        if not isinstance(self.draft.content, MapContent):
            raise Http404

    def form(self, data: Any = None) -> Any:
        """Return the form."""
        assert isinstance(self.draft.content, MapContent)  # noqa: S101 - narrows the type
        return draft_forms.cells_form(
            content=self.draft.content, data=data, revision=self.draft.revision
        )

    def words(self) -> dict[str, Any]:
        """Return the words of the page."""
        return {
            "title": "The nine cells",
            "lead": "Each pair stands in one cell, by the levels of its two sides. The cell brings "
            "a group of support.",
            "button": "Save the cells",
        }

    def take(self, form: Any) -> None:
        """Store them."""
        self.store(form, form.applied)


class _PartForm(_Edit):
    """The form of a theme or a group."""

    done = "It is stored."
    code = ""

    def form(self, data: Any = None) -> Any:
        """Return the form."""
        return draft_forms.part_form(
            content=self.draft.content,
            side=self.kwargs.get("where", ""),
            code=self.code,
            data=data,
            revision=self.draft.revision,
        )

    @property
    def noun(self) -> str:
        """What a part is called."""
        return "theme" if self.draft.kind == DraftKind.RUBRIC else "group"

    def take(self, form: Any) -> None:
        """Store the part."""
        self.store(form, draft_forms.part_change(form=form, code=self.code))

    def again(self, form: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        """Show the looks beside a group's form."""
        looks = () if self.draft.kind == DraftKind.RUBRIC else tuple(PALETTE.values())
        return super().again(form, status=status, looks=looks, **more)


class PartNew(_PartForm):
    """A theme is added to a side, or a group to the matrix."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Check where it goes.

        Raises:
            Http404, PermissionDenied: as for the draft; 404 too for another place.
        """
        super().setup(request, *args, **kwargs)
        places = set(Side) if self.draft.kind == DraftKind.RUBRIC else {"group"}
        if kwargs["where"] not in places:
            raise Http404

    def words(self) -> dict[str, Any]:
        """Return the words of the page."""
        sides = {"sa": " to the authority’s side", "icb": " to the ICB’s side"}
        return {
            "title": f"Add a {self.noun}{sides.get(self.kwargs['where'], '')}",
            "button": f"Add the {self.noun}",
        }


class PartEdit(_PartForm):
    """A theme or a group is changed."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the part.

        Raises:
            Http404, PermissionDenied: as for the draft; 404 too where it has no such part.
        """
        super().setup(request, *args, **kwargs)
        self.code = kwargs["code"]
        if request.method != "POST":
            require_part(self.draft, self.code)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store it; where somebody took it out meanwhile, give back what was typed."""
        try:
            require_part(self.draft, self.code)
        except Http404:
            why = f"There is no {self.noun} {self.code} in the draft any more."
            form = self.form(request.POST)
            return self.show("duty/not_done.html", status=409, why=why, form=form)
        return super().post(request, **kwargs)

    def words(self) -> dict[str, Any]:
        """Return the words of the page."""
        return {
            "title": f"Change {self.noun} {self.code}",
            "button": f"Save the {self.noun}",
        }

    def stored(self) -> tuple[SummaryRow, ...]:
        """Return the part as it is stored now."""
        return stored_rows(content=self.draft.content, code=self.code)


class PartRemove(_Edit):
    """A theme or a group is taken out."""

    done = "It is taken out."

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the part.

        Raises:
            Http404, PermissionDenied: as for the draft; 404 too where it has no such part.
        """
        super().setup(request, *args, **kwargs)
        require_part(self.draft, kwargs["code"])

    def form(self, data: Any = None) -> Any:
        """Return the form, which asks nothing."""
        return draft_forms.SeenForm(data, initial={"revision": self.draft.revision})

    def words(self) -> dict[str, Any]:
        """Return the words of the page."""
        rubric = self.draft.kind == DraftKind.RUBRIC
        noun = "theme" if rubric else "group"
        return {
            "title": f"Take out {noun} {self.kwargs['code']}?",
            "lead": "Answers to it count no longer in rounds that are read by this version."
            if rubric
            else "Cells that bring it then bring no group, until you choose another.",
            "button": "Take it out",
        }

    def take(self, form: Any) -> None:
        """Take it out."""
        code = self.kwargs["code"]

        def change(content: Any) -> RubricContent | MapContent:
            if isinstance(content, RubricContent):
                return rubric_content.without_theme(content=content, code=code)
            return map_content.without_group(content=content, code=code)

        self.store(form, change)


class PartMove(DraftView):
    """Moves a theme or a group one place, by the buttons beside it."""

    permission: ClassVar[Permission] = Permission.ENGAGEMENT_DRAFT_WRITE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the draft, where the buttons are."""
        return redirect(self.url)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Move it; who read an older order sees the new one first."""
        code = self.kwargs["code"]
        form = draft_forms.MoveForm(request.POST)
        if not form.is_valid():
            messages.info(request, "Choose whether it moves up or down.")
            return redirect(self.url)
        up = form.cleaned_data["direction"] == "up"

        def change(content: Any) -> RubricContent | MapContent:
            if isinstance(content, RubricContent):
                return rubric_content.moved_theme(content=content, code=code, up=up)
            return map_content.moved_group(content=content, code=code, up=up)

        try:
            actions.edit(
                draft_id=self.draft.id,
                expected_revision=form.seen,
                change=change,
                by=self.person,
                at=self.now,
            )
        except (StepRefusedError, NoSuchPartError):
            messages.info(
                request, "The draft has changed since you opened the page. This is how it is now."
            )
        return redirect(f"{self.url}#part-{code}")


def require_part(draft: queries.Draft, code: str) -> None:
    """Refuse the code of a theme or a group that a draft does not have.

    Raises:
        Http404: it has none of that code.
    """
    content = draft.content
    try:
        if isinstance(content, RubricContent):
            content.theme(code)
        else:
            content.group(code)
    except NoSuchPartError as none:
        raise Http404 from none
