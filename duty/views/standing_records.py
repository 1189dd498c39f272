"""The pages at which an authority keeps its standing records, also when no round is open."""

import uuid
from dataclasses import asdict, fields
from datetime import date
from typing import Any, ClassVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from authorities.access import access_authority, may
from authorities.models import StrategicAuthority, User
from authorities.permissions import Permission
from authorities.views.centre import page_number
from duty.actions import standing_records as actions
from duty.deadlines import london_date
from duty.forms.standing_records import FORM_OF, RecordEndForm, RecordForm
from duty.presenters import standing_records as presenter
from duty.presenters.agreements import signed_words
from duty.presenters.standing_records import RecordAddresses
from duty.queries import standing_records as queries
from duty.queries.links import dead_links_of_records
from duty.queries.record_histories import versions_of
from duty.queries.standing_records import StoredRecord
from duty.record_words import KIND_WORDS, content_lines
from duty.standing_records import AgreementContent, CommitteeRole, RecordKind
from duty.ui.navigation import BackLink
from duty.views.unsent import KeepsTyped, refilled

_HISTORY_PER_PAGE = 25


class RecordsPage(View):
    """A page of one authority's standing records, for its own people alone."""

    permission: ClassVar[Permission] = Permission.STANDING_RECORD_READ

    user: User
    authority: StrategicAuthority

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404, PermissionDenied: as `access_authority`.
        """
        super().setup(request, *args, **kwargs)
        self.authority = access_authority(
            request.user, kwargs["authority_slug"], permission=self.permission
        )
        if not isinstance(request.user, User):
            raise Http404
        self.user = request.user
        self.now = timezone.now()

    @property
    def today(self) -> date:
        """Today in London."""
        return london_date(now=self.now)

    @property
    def may_edit(self) -> bool:
        """Whether the person may write here; for what a page offers."""
        return may(self.user, Permission.STANDING_RECORD_EDIT, self.authority)

    def show(self, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
        """Render a page."""
        held = {"may_edit": self.may_edit, "authority": self.authority}
        return render(self.request, template, held | context, status=status)


class RecordOverview(RecordsPage):
    """The five kinds with how many there are, and what to do next."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        page = presenter.overview_page(
            authority=self.authority,
            counts=queries.counts_of_records(authority=self.authority),
            today=self.today,
        )
        return self.show("duty/records.html", page=page)


class KindPage(RecordsPage):
    """A page about one kind."""

    kind: RecordKind

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the kind."""
        super().setup(request, *args, **kwargs)
        if kwargs["kind"] not in set(RecordKind):
            raise Http404
        self.kind = RecordKind(kwargs["kind"])

    @property
    def addresses(self) -> RecordAddresses:
        """The addresses of the kind's pages."""
        return RecordAddresses(self.authority.slug, self.kind)

    @property
    def back(self) -> BackLink:
        """The list that the page belongs to."""
        return BackLink(label=KIND_WORDS[self.kind].title, url=self.addresses.list)

    def board_names(self) -> dict[str, str]:
        """Return names of ICBs by slug and titles of agreements by key; none for other kinds."""
        if self.kind != RecordKind.AGREEMENT:
            return {}
        names = queries.board_names(
            slugs=queries.boards_in_agreements(authority=self.authority), on=self.today
        )
        return names | {str(key): title for key, title in self._titles.items()}

    @cached_property
    def _titles(self) -> dict[uuid.UUID, str]:
        return queries.titles_of_agreements(authority=self.authority)

    def make_form(self, data: Any = None, record: StoredRecord | None = None) -> RecordForm:
        """Return the form of the kind, with what is stored."""
        initial = {"form_key": uuid.uuid4(), "version": 0}
        if record is not None:
            initial |= _initial(record)
        return FORM_OF[self.kind](
            data=data, initial=initial, boards=self._choices(record), others=self._others(record)
        )

    def _others(self, record: StoredRecord | None) -> list[tuple[str, str]]:
        if self.kind != RecordKind.AGREEMENT:
            return []
        own = record.row.pk if record is not None else None
        return [(str(key), title) for key, title in self._titles.items() if key != own]

    def _choices(self, record: StoredRecord | None) -> list[tuple[str, str]]:
        if self.kind != RecordKind.AGREEMENT:
            return []
        keep: tuple[str, ...] = ()
        if record is not None and isinstance(record.content, AgreementContent):
            keep = record.content.boards
        found = queries.boards_to_choose(authority=self.authority, on=self.today, keep=keep)
        return [(board.slug, board.name) for board in found]


class RecordList(KindPage):
    """The entries of one kind: those that hold, or those that ended."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show a page of them."""
        ended = request.GET.get("show") == "ended"
        found = queries.page_of_records(
            authority=self.authority,
            kind=self.kind,
            page=page_number(request=request),
            ended=ended,
        )
        page = presenter.list_page(
            addresses=self.addresses,
            found=found,
            board_names=self.board_names(),
            ended=ended,
            may_edit=self.may_edit,
            links=dead_links_of_records(records=found.records),
            signed=signed_words(records=found.records, on=self.today),
        )
        back = BackLink(label="Standing records", url=self.addresses.overview)
        return self.show("duty/record_list.html", page=page, back=back)


class RecordAdd(KeepsTyped, KindPage):
    """Adds an entry."""

    permission = Permission.STANDING_RECORD_EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask what it is."""
        kept = self.kept_data
        return self._page(self.make_form() if kept is None else refilled(self.make_form(kept)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store it, or say what is wrong."""
        form = self.make_form(data=request.POST)
        if not form.is_valid():
            return self._page(form, status=form.answer_status)
        try:
            made = actions.add(
                authority=self.authority,
                kind=self.kind,
                content=form.content,
                form_key=form.cleaned_data["form_key"],
                by=self.user,
                at=self.now,
            )
        except actions.InvalidRecordError as error:
            form.say(error.problems)
            return self._page(form, status=422)
        except actions.RecordFormUsedError as error:
            form.add_error(None, str(error))
            return self._page(form, status=409)
        messages.success(request, f"“{made.title}” is on record.")
        return redirect(self.addresses.list)

    def _page(self, form: RecordForm, *, status: int = 200) -> HttpResponse:
        return self.show(
            "duty/record_form.html",
            status=status,
            form=form,
            words=KIND_WORDS[self.kind],
            back=self.back,
        )


class OneRecordPage(KindPage):
    """A page about one entry."""

    record: StoredRecord

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the entry among the authority's own."""
        super().setup(request, *args, **kwargs)
        self.key = kwargs["record_id"]
        self.record = self.read()

    def read(self) -> StoredRecord:
        """Return the entry as it now is.

        Raises:
            Http404: the authority has none with this key.
        """
        try:
            return queries.record_of(authority=self.authority, kind=self.kind, key=self.key)
        except queries.NoSuchRecordError as error:
            raise Http404 from error

    def view_of(self) -> presenter.RecordView:
        """Return what pages say of the entry."""
        return presenter.record_view(
            addresses=self.addresses,
            record=self.record,
            board_names=self.board_names(),
            reader=self.user,
            links=dead_links_of_records(records=[self.record]),
        )


class RecordChange(KeepsTyped, OneRecordPage):
    """Writes an entry anew."""

    permission = Permission.STANDING_RECORD_EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the entry in its form; one that ended has its history alone."""
        if self.record.row.ending:
            return redirect(self.addresses.one("history", self.record))
        form = self.make_form(data=self.kept_data, record=self.record)
        return self._page(refilled(form) if form.is_bound else form)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store it, or say what is wrong."""
        form = self.make_form(data=request.POST, record=self.record)
        if not form.is_valid():
            return self._page(form, status=form.answer_status)
        try:
            made = actions.change(
                authority=self.authority,
                kind=self.kind,
                key=self.key,
                content=form.content,
                expected_version=form.cleaned_data["version"],
                by=self.user,
                at=self.now,
            )
        except actions.InvalidRecordError as error:
            form.say(error.problems)
            return self._page(form, status=422)
        except actions.StaleRecordError as error:
            return self._stale(error)
        except actions.RecordEndedError as error:
            form.add_error(None, str(error))
            return self._page(form, status=409)
        messages.success(request, f"“{made.title}” is saved.")
        return redirect(self.addresses.list)

    def _stale(self, error: actions.StaleRecordError) -> HttpResponse:
        """Show both texts. Saving again means to replace what is stored, now that it was seen."""
        data = self.request.POST.copy()
        data["version"] = str(error.stored.row.version)
        self.record = error.stored
        lines = content_lines(
            kind=self.kind, content=error.stored.content, board_names=self.board_names()
        )
        return self._page(self.make_form(data=data, record=error.stored), status=409, stale=lines)

    def _page(self, form: RecordForm, *, status: int = 200, **more: Any) -> HttpResponse:
        return self.show(
            "duty/record_form.html",
            status=status,
            form=form,
            words=KIND_WORDS[self.kind],
            record=self.view_of(),
            back=self.back,
            **more,
        )


class RecordEnd(KeepsTyped, OneRecordPage):
    """Ends an entry, or marks it as a mistake."""

    permission = Permission.STANDING_RECORD_EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask how it ended."""
        if self.record.row.ending:
            return redirect(self.addresses.one("history", self.record))
        initial = {"version": self.record.row.version}
        form = RecordEndForm(kind=self.kind, data=self.kept_data, initial=initial)
        return self._page(refilled(form) if form.is_bound else form)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """End it, or say what is wrong."""
        form = RecordEndForm(kind=self.kind, data=request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        said = form.cleaned_data
        try:
            made = actions.end(
                authority=self.authority,
                kind=self.kind,
                key=self.key,
                ending=form.ending,
                on=said.get("ended_on"),
                reason=said["reason"],
                expected_version=said["version"],
                by=self.user,
                at=self.now,
            )
        except actions.InvalidRecordError as error:
            for problem in error.problems:
                form.add_error(problem.field, problem.message)
            return self._page(form, status=422)
        except (actions.StaleRecordError, actions.RecordEndedError) as error:
            self.record = self.read()
            form.add_error(None, str(error))
            return self._page(form, status=409)
        messages.success(request, f"“{made.title}” no longer holds. Its history is kept.")
        return redirect(self.addresses.list)

    def _page(self, form: RecordEndForm, *, status: int = 200) -> HttpResponse:
        return self.show(
            "duty/record_end.html", status=status, form=form, record=self.view_of(), back=self.back
        )


class RecordHistory(OneRecordPage):
    """What an entry said over time, newest first."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show a page of it."""
        lines = presenter.history_lines(
            kind=self.kind,
            versions=versions_of(record=self.record),
            board_names=self.board_names(),
            reader=self.user,
        )
        found = Paginator(lines, _HISTORY_PER_PAGE).get_page(page_number(request=request))
        return self.show(
            "duty/record_history.html",
            record=self.view_of(),
            lines=tuple(found),
            page=found.number,
            pages=found.paginator.num_pages,
            back=self.back,
        )


def _initial(record: StoredRecord) -> dict[str, Any]:
    """Return what the form shows of an entry."""
    shown = {field.name: getattr(record.content, field.name) for field in fields(record.content)}
    return {
        **{name: _shown(value) for name, value in shown.items()},
        "version": record.row.version,
    }


def _shown(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, tuple):
        return [asdict(one) if isinstance(one, CommitteeRole) else one for one in value]
    return value
