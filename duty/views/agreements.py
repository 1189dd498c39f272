"""The pages on which parties read a partnership agreement and sign it, or decline it."""

from abc import abstractmethod
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from authorities.access import access_icb, may
from authorities.models import Body, IntegratedCareBoard, User
from authorities.permissions import Permission
from authorities.views.centre import page_number
from duty.actions import agreements as actions
from duty.agreement_access import AgreementAccess, access_agreement
from duty.agreements import DECLARATION, DECLARATIONS, Answer, content_hash
from duty.deadlines import london_date
from duty.forms.agreements import AgreementDeclineForm, SignForm
from duty.models import AgreementSignature
from duty.presenters import agreements as presenter
from duty.queries import agreements as queries
from duty.queries.agreements import AgreementFacts
from duty.standing_records import RecordKind
from duty.ui.navigation import BackLink
from duty.views.unsent import KeepsTyped, refilled


class AgreementView(View):
    """A page about one agreement."""

    permission: ClassVar[Permission]
    access: AgreementAccess
    facts: AgreementFacts

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the agreement as the person may see it.

        Raises:
            Http404, PermissionDenied: as `access_agreement`.
        """
        super().setup(request, *args, **kwargs)
        self.access = access_agreement(
            request.user, kwargs["agreement_id"], permission=self.permission
        )
        if not isinstance(request.user, User):
            raise Http404
        self.user = request.user
        self.now = timezone.now()
        self.facts = self.load()

    def load(self) -> AgreementFacts:
        """Return the agreement as it is now."""
        return queries.facts_of(
            agreement=self.access.agreement,
            shown=self.access.shown,
            to_authority=self.access.of_authority,
            on=london_date(now=self.now),
        )

    @property
    def page_url(self) -> str:
        """The agreement's page."""
        return reverse("agreements:page", args=[self.facts.row.pk])

    def waiting(self) -> tuple[Body, ...]:
        """Return the parties of the person's that have not signed, and may be signed for."""
        standing, row = self.facts.standing, self.facts.row
        signs = [
            body
            for body in self.access.bodies
            if may(self.user, Permission.AGREEMENT_SIGN, body)
            and (standing.asks(body.pk) or self._first(body) or self._declined(body))
        ]
        return () if row.ending else tuple(signs)

    def _first(self, body: Body) -> bool:
        standing = self.facts.standing
        return body.pk == self.facts.row.authority_id and standing.authority.answer == Answer.WAITS

    def _declined(self, body: Body) -> bool:
        said = self.facts.standing.of(body.pk)
        return said is not None and said.answer == Answer.DECLINED


class AgreementPage(AgreementView):
    """An agreement: what stands in it, and who has signed."""

    permission = Permission.AGREEMENT_READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        row = self.facts.row
        page = presenter.agreement_view(
            facts=self.facts,
            of_authority=self.access.of_authority,
            asked=frozenset(body.pk for body in self.waiting()),
            may_change=may(self.user, Permission.STANDING_RECORD_EDIT, row.authority),
        )
        return render(
            request,
            "duty/agreement.html",
            {"page": page, "columns": presenter.PARTY_COLUMNS, "back": self.back},
        )

    @property
    def back(self) -> BackLink:
        """The list that the person comes from."""
        row = self.facts.row
        if self.access.of_authority:
            args = [row.authority.slug, RecordKind.AGREEMENT.value]
            return BackLink("Partnership agreements", reverse("records:list", args=args))
        if self.access.bodies:
            slug = self.access.bodies[0].slug
            return BackLink("Partnership agreements", reverse("agreements:board", args=[slug]))
        return BackLink("Home", reverse("home"))


class _Decision(KeepsTyped, AgreementView):
    """A signatory's word for the content that was read."""

    permission = Permission.AGREEMENT_SIGN
    title: ClassVar[str]
    button: ClassVar[str]

    @abstractmethod
    def form(self, data: Any = None) -> forms.Form:
        """Return the form."""

    @abstractmethod
    def take(self, form: forms.Form, body: Body) -> AgreementSignature:
        """Store it."""

    @abstractmethod
    def said(self) -> str:
        """Say what was stored."""

    @property
    def initial(self) -> dict[str, str]:
        """The digest of what is looked at."""
        return {"content_read": content_hash(content=self.facts.content)}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask; where nothing is asked of the person's side, lead to the page."""
        if not self.waiting():
            messages.info(request, "Nothing waits for your signature here.")
            return redirect(self.page_url)
        kept = self.kept_data
        return self.show(self.form() if kept is None else refilled(self.form(kept)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store the word, or say why not."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        waiting = self.waiting()
        try:
            self.take(form, (waiting or self.access.bodies)[0])
        except actions.AgreementChangedError as error:
            return self.changed(error)
        except actions.AgreementRefusedError as error:
            name = "reason" if isinstance(error, actions.ReasonMissingError) else None
            form.add_error(name, str(error))
            return self.show(form, status=422)
        self.facts = self.load()
        messages.success(request, self.said())
        return redirect(self.page_url)

    def changed(self, error: actions.AgreementChangedError) -> HttpResponse:
        """Show what stands there now; the box was ticked for what was read before."""
        self.facts = self.load()
        data = self.request.POST.copy()
        data["content_read"] = self.initial["content_read"]
        data.pop("declared", None)
        again = self.form(data)
        again.is_valid()
        again.errors.pop("declared", None)
        again.add_error(None, str(error))
        return self.show(again, status=409)

    def show(self, form: forms.Form, *, status: int = 200) -> HttpResponse:
        """Render the page with what is signed."""
        page = presenter.agreement_view(
            facts=self.facts, of_authority=False, asked=frozenset(), may_change=False
        )
        waiting = self.waiting() or self.access.bodies
        context = {
            "form": form,
            "page": page,
            "title": self.title,
            "button": self.button,
            "own": self.facts.names[waiting[0].pk],
            "back": BackLink(page.title, self.page_url),
        }
        return render(self.request, "duty/agreement_decide.html", context, status=status)


class AgreementSign(_Decision):
    """A signatory signs for their side."""

    title = "Sign"
    button = "Sign"

    def form(self, data: Any = None) -> SignForm:
        """Return the form with the declaration."""
        return SignForm(data, initial=self.initial, declaration=DECLARATIONS[DECLARATION])

    def take(self, form: forms.Form, body: Body) -> AgreementSignature:
        """Sign it."""
        return actions.sign(
            agreement=self.facts.row,
            content_read=form.cleaned_data["content_read"],
            acting=self.access.acting(self.user, permission=self.permission, body=body),
            by=self.user,
            at=self.now,
        )

    def said(self) -> str:
        """Say whether others have to sign."""
        return presenter.sent_words(standing=self.facts.standing)


class AgreementDecline(_Decision):
    """A signatory of an ICB says that it does not sign."""

    title = "Decline"
    button = "Decline"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Leave the authority out: it changes or ends what it does not want.

        Raises:
            Http404, PermissionDenied: as `access_agreement`, and for the authority alone.
        """
        super().setup(request, *args, **kwargs)
        if not self._boards():
            raise PermissionDenied

    def _boards(self) -> tuple[Body, ...]:
        authority = self.facts.row.authority_id
        return tuple(body for body in self.access.bodies if body.pk != authority)

    def waiting(self) -> tuple[Body, ...]:
        """Return the ICBs of the person's that are asked."""
        return tuple(
            body
            for body in super().waiting()
            if body in self._boards() and self.facts.standing.asks(body.pk)
        )

    def form(self, data: Any = None) -> AgreementDeclineForm:
        """Return the form."""
        return AgreementDeclineForm(data, initial=self.initial)

    def take(self, form: forms.Form, body: Body) -> AgreementSignature:
        """Decline it."""
        return actions.decline(
            agreement=self.facts.row,
            content_read=form.cleaned_data["content_read"],
            reason=form.cleaned_data["reason"],
            acting=self.access.acting(self.user, permission=self.permission, body=body),
            by=self.user,
            at=self.now,
        )

    def said(self) -> str:
        """Say who reads why."""
        return "Declined. All parties can read why."


class BoardAgreements(View):
    """The agreements that authorities have shown to an ICB."""

    permission = Permission.AGREEMENT_READ
    board: IntegratedCareBoard

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the ICB.

        Raises:
            Http404, PermissionDenied: as `access_icb`.
        """
        super().setup(request, *args, **kwargs)
        self.board = access_icb(request.user, kwargs["slug"], permission=self.permission)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show a page of them."""
        board = self.board
        found = queries.agreements_of_board(board=board, page=page_number(request=request))
        bodies = {board.pk, *queries.bodies_in(signing=found.signing)}
        names = queries.named(bodies=bodies, on=london_date(now=timezone.now()))
        context = {
            "name": names[board.pk],
            "columns": presenter.LIST_COLUMNS,
            "rows": presenter.list_rows(found=found, names=names),
            "found": found,
            "back": BackLink("Commitments", reverse("commitments:board", args=[board.slug])),
        }
        return render(request, "duty/agreements_board.html", context)
