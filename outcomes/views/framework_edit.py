"""A draft is changed, one thing a page: its texts and its theory of change."""

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from authorities.presenters.tables import Link, SummaryRow
from outcomes.actions import framework_drafts as drafts
from outcomes.actions.framework_drafts import TEXTS, Edit, GoneError
from outcomes.framework_content import Content, Item, leads_forward
from outcomes.framework_differences import TEXT_WORDS
from outcomes.framework_forms.fields import VersionedForm, said_by
from outcomes.framework_forms.theory import (
    AssumptionForm,
    ConfirmForm,
    ItemForm,
    LinksForm,
    TextForm,
)
from outcomes.framework_lifecycle import Event, FrameworkRefusedError, Guard, may
from outcomes.framework_rules import DraftRefusedError
from outcomes.models import ItemKind, VersionState
from outcomes.presenters import framework_draft as presenter
from outcomes.queries.framework_pages import decline_of, determinant_names
from outcomes.queries.frameworks import content_of, parties_of
from outcomes.views.framework_owners import OwnersPage


class FrameworkEdit(OwnersPage):
    """Every part of a draft, with a page for each."""

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Show it; a version that cannot be changed leads to its page."""
        if not may(state=self.version.state, event=Event.EDIT):
            return self.to_version()
        page = presenter.draft_page(
            version=self.version,
            content=content_of(version=self.version),
            parties=parties_of(
                framework=self.version.framework,
                day=timezone.localdate(self.now),
                version=self.version,
            ),
            determinants=determinant_names(),
            declined=decline_of(version=self.version),
        )
        back = Link(f"Version {self.version.number}", self.page_url)
        return render(request, "outcomes/framework_edit.html", {"page": page, "back": back})


class DraftPage(OwnersPage, ABC):
    """A form that changes one thing of a draft."""

    template = "outcomes/framework_form.html"
    title = ""
    lead = ""
    button = "Save"
    done = "Saved."
    # The part of the draft's page that it leads back to.
    part = ""
    warns = False

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the version and what it says.

        Raises:
            Http404: what is to be changed is not there.
        """
        super().setup(request, *args, **kwargs)
        self.content: Content = content_of(version=self.version)
        try:
            self.find()
        except GoneError as error:
            raise Http404 from error

    def find(self) -> None:
        """Find what is to be changed.

        Raises:
            GoneError, Http404: it is not there.
        """

    @abstractmethod
    def form(self, data: Any = None) -> VersionedForm:
        """Return the form, with what is stored."""

    @abstractmethod
    def store(self, form: VersionedForm, edit: Edit) -> str | None:
        """Store what the form says; return another sentence than `done`, where there is one."""

    @property
    def edit_url(self) -> str:
        """The draft's page, at the part that this is of."""
        url = reverse(
            "outcomes:framework-edit", args=[self.version.framework_id, self.version.number]
        )
        return f"{url}#{self.part}" if self.part else url

    def initial(self, **more: Any) -> dict[str, Any]:
        """Return what a form shows at first."""
        return {"version": self.version.version, **more}

    def get(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Ask; a version that cannot be changed leads to its page."""
        if not may(state=self.version.state, event=Event.EDIT):
            return self.to_version()
        return self.show(self.form())

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        """Store it; who read an older version compares first."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        edit = Edit(
            version=self.version,
            expected_version=form.seen,
            acting=self.acting,
            by=self.person,
            at=self.now,
        )
        try:
            said = self.store(form, edit)
        except DraftRefusedError as error:
            for fault in error.faults:
                form.add_error(form.field_of(name=fault.field, row=fault.row), fault.message)
            return self.show(form, status=422)
        except GoneError as error:
            messages.error(request, str(error))
            return redirect(self.edit_url)
        except FrameworkRefusedError as error:
            return self.overtaken(error)
        messages.success(request, said or self.done)
        return redirect(self.edit_url)

    def overtaken(self, error: FrameworkRefusedError) -> HttpResponse:
        """Show what is stored now beside what was entered; or lead to a version that is closed."""
        self.version = self.load()
        if error.guard is not Guard.VERSION_MATCHES:
            messages.error(self.request, str(error))
            return self.to_version()
        self.content = content_of(version=self.version)
        try:
            self.find()
        except (GoneError, Http404):
            messages.error(self.request, str(GoneError()))
            return redirect(self.edit_url)
        kept = self.request.POST.copy()
        kept["version"] = str(self.version.version)
        form = self.form(kept)
        form.is_valid()
        form.add_error(None, str(error))
        stored = [SummaryRow(key, value) for key, value in said_by(form=self.form())]
        return self.show(form, status=409, stored=stored)

    def show(self, form: VersionedForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Render the page."""
        return render(
            self.request,
            self.template,
            {
                "form": form,
                "back": Link("The draft", self.edit_url),
                "caption": self.version.framework.name,
                "title": self.title,
                "lead": self.lead,
                "button": self.button,
                "warns": self.warns,
                "was_proposed": self.version.state != VersionState.DRAFT,
                **more,
            },
            status=status,
        )


class TextEdit(DraftPage):
    """One of the version's texts."""

    part = "texts"

    def find(self) -> None:
        """Find which text it is.

        Raises:
            Http404: there is no such text.
        """
        self.name = self.kwargs["name"].replace("-", "_")
        if self.name not in TEXTS:
            raise Http404
        labels = {"change_reason": presenter.CHANGE_REASON, **TEXT_WORDS}
        self.title = labels[self.name]

    def form(self, data: Any = None) -> TextForm:
        """Return the form."""
        return TextForm(
            data,
            initial=self.initial(text=getattr(self.version, self.name)),
            label=self.title,
            hint=presenter.TEXT_HINTS[self.name],
        )

    def store(self, form: VersionedForm, edit: Edit) -> None:
        """Store the text."""
        drafts.write_text(edit=edit, name=self.name, text=form.cleaned_data["text"])


class ItemAdd(DraftPage):
    """An item comes into the theory of change."""

    button = "Add it"

    def find(self) -> None:
        """Find of which kind it is to be.

        Raises:
            Http404: there is no such kind.
        """
        self.kind = self.kwargs["kind"]
        if self.kind not in ItemKind.values:
            raise Http404
        self.part = presenter.part_of(self.kind)
        self.title = f"Add {presenter.with_article(self.kind)}"

    def form(self, data: Any = None) -> ItemForm:
        """Return the form."""
        return ItemForm(data, initial=self.initial())

    def store(self, form: VersionedForm, edit: Edit) -> str:
        """Add it."""
        assert isinstance(form, ItemForm)  # noqa: S101 - its own form
        made = drafts.add_item(edit=edit, kind=self.kind, words=form.to_words())
        return f"“{made.title}” is added. Say next what it leads to, or what leads to it."


class _ItemPage(DraftPage):
    """A page of one item."""

    item: Item

    def find(self) -> None:
        """Find the item.

        Raises:
            GoneError: it is not there.
        """
        found = [one for one in self.content.items if one.lineage == self.kwargs["lineage"]]
        if not found:
            raise GoneError
        self.item = found[0]
        self.part = presenter.part_of(self.item.kind)


class ItemEdit(_ItemPage):
    """An item is said otherwise."""

    title = "Change an item"

    def form(self, data: Any = None) -> ItemForm:
        """Return the form."""
        own = self.item
        return ItemForm(
            data, initial=self.initial(title=own.title, text=own.text, assumption=own.assumption)
        )

    def store(self, form: VersionedForm, edit: Edit) -> None:
        """Store it."""
        assert isinstance(form, ItemForm)  # noqa: S101 - its own form
        drafts.change_item(edit=edit, lineage=self.item.lineage, words=form.to_words())


class ItemLinks(_ItemPage):
    """What an item leads to."""

    def find(self) -> None:
        """Find the item."""
        super().find()
        self.title = f"What “{self.item.title}” leads to"

    def form(self, data: Any = None) -> LinksForm:
        """Return the form with everything that comes after it."""
        later = [one for one in self.content.items if leads_forward(cause=self.item, effect=one)]
        kinds = list(ItemKind.values)
        later.sort(key=lambda one: (kinds.index(one.kind), one.order))
        effects = [
            str(link.effect) for link in self.content.links if link.cause == self.item.lineage
        ]
        return LinksForm(
            data,
            initial=self.initial(effects=effects),
            choices=[(str(one.lineage), f"{one.kind.capitalize()}: {one.title}") for one in later],
        )

    def store(self, form: VersionedForm, edit: Edit) -> None:
        """Store the links."""
        assert isinstance(form, LinksForm)  # noqa: S101 - its own form
        drafts.link_item(edit=edit, cause=self.item.lineage, effects=form.to_effects())


class LinkAssume(_ItemPage):
    """What must hold for one item to lead to another."""

    def find(self) -> None:
        """Find the link.

        Raises:
            GoneError: it is not there.
        """
        super().find()
        own = (self.item.lineage, self.kwargs["effect"])
        found = [one for one in self.content.links if (one.cause, one.effect) == own]
        if not found:
            raise GoneError
        self.link = found[0]
        effect = self.content.item(self.link.effect)
        self.title = f"From “{self.item.title}” to “{effect.title}”"

    def form(self, data: Any = None) -> AssumptionForm:
        """Return the form."""
        return AssumptionForm(data, initial=self.initial(assumption=self.link.assumption))

    def store(self, form: VersionedForm, edit: Edit) -> None:
        """Store the assumption."""
        drafts.assume(
            edit=edit,
            cause=self.link.cause,
            effect=self.link.effect,
            assumption=form.cleaned_data["assumption"],
        )


class ItemRemove(_ItemPage):
    """An item goes with its links."""

    button = "Take it out"
    lead = "Its links go with it. Indicators and counts of it must be moved or taken out first."
    done = "Taken out."
    warns = True

    def find(self) -> None:
        """Find the item."""
        super().find()
        self.title = f"Take out “{self.item.title}”"

    def form(self, data: Any = None) -> ConfirmForm:
        """Return the form."""
        return ConfirmForm(data, initial=self.initial())

    def store(self, form: VersionedForm, edit: Edit) -> None:
        """Take it out."""
        drafts.remove_item(edit=edit, lineage=self.item.lineage)


class MovePage(DraftPage):
    """A thing changes its place in its list; the buttons stand on the draft's page."""

    http_method_names = ["post"]
    title = "Move it"
    button = "Move it"

    def form(self, data: Any = None) -> ConfirmForm:
        """Return the form."""
        return ConfirmForm(data, initial=self.initial())

    @property
    def earlier(self) -> bool:
        """Whether it moves towards the top."""
        return self.request.POST.get("to") != "later"


class ItemMove(MovePage, _ItemPage):
    """An item changes its place."""

    def store(self, form: VersionedForm, edit: Edit) -> str:
        """Move it."""
        drafts.move_item(edit=edit, lineage=self.item.lineage, earlier=self.earlier)
        return f"“{self.item.title}” is moved."
