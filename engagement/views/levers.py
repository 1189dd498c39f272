"""Levers as their own authority writes and reads them; nobody else comes to these pages."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from authorities.permissions import Permission
from authorities.views.centre import page_number
from authorities.views.csv_files import csv_answer
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from engagement.actions import levers as actions
from engagement.forms.levers import ArchiveForm, LeverForm, SeenForm
from engagement.lever_access import (
    access_lever,
    access_own_levers,
    may_edit_levers,
    may_share_levers,
)
from engagement.lever_lifecycle import Event, may
from engagement.models import Side
from engagement.models.lever import JUDGED, SHAREABLE
from engagement.presenters import levers as presenter
from engagement.queries import levers as queries
from engagement.queries.bodies import name_of, partners_of
from engagement.queries.practice import determinants
from engagement.views.support_forms import FormPage, Page

_READ, _EDIT, _SHARE = Permission.LEVER_READ, Permission.LEVER_EDIT, Permission.LEVER_SHARE


def asked_in(request: HttpRequest) -> queries.Asked:
    """Return what the address asks for; what is no code finds nothing, and is shown as none."""
    given = request.GET
    return queries.Asked(
        function=given.get("function", "").replace("\x00", "")[:28],
        state=given.get("state", "").replace("\x00", "")[:8],
    )


class OwnLevers(TemplateView):
    """An authority's list with its figure, drafts too."""

    permission = _READ
    template_name = "engagement/levers_own.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404, PermissionDenied: as `access_own_levers`.
        """
        super().setup(request, *args, **kwargs)
        self.authority = access_own_levers(request.user, kwargs["slug"], permission=_READ)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give a page of the list, and the figure of what stands on it."""
        asked = asked_in(self.request)
        found = queries.own_page(
            authority=self.authority, asked=asked, page=page_number(request=self.request)
        )
        ids = [lever.pk for lever in found.rows]
        figure = presenter.figure_of(levers=found.rows)
        return {
            **super().get_context_data(**kwargs),
            "name": name_of(body=self.authority, on=london_date(now=timezone.now())).name,
            "authority": self.authority,
            "found": found,
            "rows": presenter.rows_of(
                levers=found.rows,
                shared=queries.shared_ids(levers=ids),
                turned=queries.turned_into(levers=ids),
            ),
            "figure": figure,
            "filters": presenter.filters(asked=asked, states=True),
            "page_url": presenter.page_url(asked=asked),
            "may_edit": may_edit_levers(self.request.user, authority=self.authority),
            "back": BackLink("Home", reverse("home")),
        }


class OwnLeversFile(View):
    """All levers of an authority as CSV, for its own people."""

    permission = _READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404, PermissionDenied: as `access_own_levers`.
        """
        super().setup(request, *args, **kwargs)
        self.authority = access_own_levers(request.user, kwargs["slug"], permission=_READ)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send the file."""
        authority = self.authority
        levers = tuple(queries.own_levers(authorities=[authority.pk], asked=queries.Asked()))
        ids = [lever.pk for lever in levers]
        text = presenter.own_csv(
            levers=levers,
            determinants=dict(determinants()),
            shared=queries.shared_ids(levers=ids),
            turned=queries.turned_into(levers=ids),
        )
        return csv_answer(text=text, name=f"levers-{authority.slug}.csv")


class LeverDetail(TemplateView):
    """One lever: its text, its judgement, what others read of it and what came of it."""

    permission = _READ
    template_name = "engagement/lever.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Let the person in, or not.

        Raises:
            Http404, PermissionDenied: as `access_lever`.
        """
        super().setup(request, *args, **kwargs)
        self.lever = access_lever(request.user, kwargs["lever_id"], permission=_READ)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give everything, and what the person may do."""
        lever, authority = self.lever, self.lever.authority
        shared = queries.shared_now(lever=lever)
        turned = queries.turned_into(levers=[lever.pk]).get(lever.pk, ())
        edits = may_edit_levers(self.request.user, authority=authority)
        shares = may_share_levers(self.request.user, authority=authority)
        return {
            **super().get_context_data(**kwargs),
            "lever": lever,
            "state": presenter.state_tag(state=lever.state),
            "rows": presenter.detail_rows(lever=lever, determinants=dict(determinants())),
            "shared": shared,
            "shared_differs": shared is not None
            and any(getattr(shared, name) != getattr(lever, name) for name in SHAREABLE),
            "commitments": presenter.commitment_links(turned=turned),
            "turns": self._pairs_to_turn_with()
            if edits and may(state=lever.state, event=Event.TURN)
            else (),
            "steps": presenter.steps_of(lever=lever, shared=shared, edits=edits, shares=shares),
            "edits": edits and may(state=lever.state, event=Event.EDIT),
            "back": BackLink("Our levers", reverse("levers:own", args=[authority.slug])),
        }

    def _pairs_to_turn_with(self) -> tuple[tuple[str, str], ...]:
        """Return the ICBs with which the lever may become a commitment: name and address."""
        authority = self.lever.authority
        partners = partners_of(
            body=authority, side=Side.AUTHORITY, on=london_date(now=timezone.now())
        )
        turned = queries.turned_pairs(lever=self.lever)
        return tuple(
            (
                one.body.name,
                reverse("commitments:propose", args=[authority.slug, one.body.slug])
                + f"?lever={self.lever.pk}",
            )
            for one in partners
            if one.pair_id not in turned
        )


class _LeverForm(FormPage):
    """What the form of a new lever and that of a stored one share."""

    permission = _EDIT

    def asks(self, data: Any, **initial: Any) -> LeverForm:
        """Return the form."""
        return LeverForm(data, determinants=determinants(), initial=initial)


class LeverNew(_LeverForm):
    """A lever is drafted."""

    def let_in(self) -> None:
        """Find the authority."""
        self.authority = access_own_levers(self.request.user, self.kwargs["slug"], permission=_EDIT)

    def form(self, data: Any = None) -> forms.Form:
        """Ask what it is."""
        return self.asks(data, form_key=uuid4())

    def page(self) -> Page:
        """Say who reads it."""
        return Page(
            title="Add a lever or an opportunity",
            lead="Only people of your own authority read it, and your judgement of it always.",
            button="Save the draft",
            back=BackLink("Our levers", reverse("levers:own", args=[self.authority.slug])),
        )

    def store(self, form: LeverForm) -> tuple[str, str]:
        """Store the draft."""
        made = actions.draft(
            authority=self.authority,
            content=form.content(),
            form_key=form.cleaned_data["form_key"] or uuid4(),
            by=self.person,
            at=self.now,
        )
        return "The draft is saved.", reverse("levers:lever", args=[made.pk])


class _OneLever(FormPage):
    """A page about one lever, which leads back to it."""

    permission = _EDIT

    def let_in(self) -> None:
        """Find the lever."""
        self.lever = access_lever(
            self.request.user, self.kwargs["lever_id"], permission=self.permission
        )

    @property
    def url(self) -> str:
        """The lever's page."""
        return reverse("levers:lever", args=[self.lever.pk])

    @property
    def back(self) -> BackLink:
        """The link to it."""
        return BackLink("The lever", self.url)


class LeverEdit(_OneLever, _LeverForm):
    """A lever is changed; what others read of it stays as it was shared."""

    def form(self, data: Any = None) -> forms.Form:
        """Ask with what is stored."""
        lever = self.lever
        stored = {name: getattr(lever, name) for name in SHAREABLE}
        for name in JUDGED:
            stored |= {
                name: getattr(lever, name),
                f"{name}_reason": getattr(lever, f"{name}_reason"),
            }
        return self.asks(data, seen=lever.version, **stored)

    def page(self) -> Page:
        """Say what stays."""
        return Page(
            title="Change the lever",
            lead="What others read of a shared lever stays as it was shared, until a signatory "
            "shares it again.",
            button="Save",
            back=self.back,
        )

    def store(self, form: LeverForm) -> tuple[str, str]:
        """Store it."""
        actions.edit(
            lever=self.lever,
            content=form.content(),
            seen=form.cleaned_data["seen"],
            by=self.person,
            at=self.now,
        )
        return "The lever is saved.", self.url


class LeverStep(_OneLever):
    """One step of a lever, asked on a page of its own."""

    event: ClassVar[Event]

    def form(self, data: Any = None) -> forms.Form:
        """Ask, with the version that is read."""
        kind = ArchiveForm if self.event == Event.ARCHIVE else SeenForm
        return kind(data, initial={"seen": self.lever.version})

    def page(self) -> Page:
        """Say what follows."""
        said = presenter.STEPS[self.event]
        return Page(
            title=said.title,
            caption=self.lever.title,
            lead=said.lead,
            button=said.label,
            back=self.back,
        )

    def store(self, form: forms.Form) -> tuple[str, str]:
        """Take the step."""
        actions.take_step(
            lever=self.lever,
            event=self.event,
            seen=form.cleaned_data["seen"],
            reason=form.cleaned_data.get("reason", ""),
            by=self.person,
            at=self.now,
        )
        return presenter.STEPS[self.event].said, self.url


class LeverKeep(LeverStep):
    """A draft comes on the list."""

    event = Event.KEEP


class LeverArchive(LeverStep):
    """A lever leaves the list, with the reason."""

    event = Event.ARCHIVE


class LeverBringBack(LeverStep):
    """An archived lever is a draft again."""

    event = Event.BRING_BACK


class LeverShare(LeverStep):
    """A signatory lets other authorities and the centre read the text."""

    permission = _SHARE
    event = Event.SHARE


class LeverStopSharing(LeverStep):
    """A signatory takes the text out of the catalogue."""

    permission = _SHARE
    event = Event.STOP_SHARING
