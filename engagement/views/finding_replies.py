"""What the centre found on a body's side, and the body's reply to it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from authorities.access import may
from authorities.models import User
from authorities.permissions import Permission
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from duty.views.unsent import KeepsTyped, refilled
from engagement.access import access_finding
from engagement.actions import finding_replies
from engagement.assessment_lifecycle import AssessmentRefusedError
from engagement.forms.finding_replies import ReplyForm
from engagement.presenters import corrections as corrections_presenter
from engagement.presenters import finding_replies as presenter
from engagement.queries import corrections as correction_queries
from engagement.queries import pairs as pair_queries
from engagement.queries.own_offers import own_offers

_DONE = {
    "agree": "Your reply is stored: your body agrees.",
    "disagree": "Your reply is stored: your body disagrees. The centre resolves the challenge "
    "after the last day of the replies.",
    "no_reply": "Your reply is taken back. Your body has given no reply.",
}


class FindingMixin(View):
    """Lets in people of both bodies, each to the finding on their own side."""

    permission = Permission.FINDING_READ

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the finding; only a signatory sends a reply.

        Raises:
            Http404, PermissionDenied: as `access_finding`.
        """
        super().setup(request, *args, **kwargs)
        writes = request.method == "POST"
        self.access = access_finding(
            request.user,
            round_slug=kwargs["round_slug"],
            authority_slug=kwargs["authority_slug"],
            board_slug=kwargs["board_slug"],
            asked=request.GET.get("side", ""),
            permission=Permission.FINDING_REPLY if writes else self.permission,
        )
        self.now = timezone.now()
        self.facts = presenter.finding_page(
            access=self.access,
            names=pair_queries.names_of(pair=self.access.pair, on=self.access.round.geography_date),
            now=self.now,
        )


class ReplyPage(KeepsTyped, FindingMixin):
    """The finding, and the form of the reply, which is checked before it binds."""

    @property
    def person(self) -> User:
        """Who acts; `access_finding` has refused everybody who is not signed in."""
        assert isinstance(self.request.user, User)  # noqa: S101 - narrows the type
        return self.request.user

    @property
    def may_reply(self) -> bool:
        """Whether the person gives the word of the side's body."""
        pair, side = self.access.pair, self.access.side
        body = pair.authority if side == "sa" else pair.board
        return may(self.person, Permission.FINDING_REPLY, body)

    def form(self, data: Any = None) -> ReplyForm | None:
        """Return the form, empty or as it was sent; None before anything is shared."""
        stored = self.facts.stored
        if stored is None:
            return None
        offers = own_offers(
            round=self.access.round,
            pair=self.access.pair,
            side=self.access.side.value,
            on=london_date(now=self.now),
        )
        return ReplyForm(
            data,
            themes=self.facts.themes,
            offers=offers,
            stored=stored,
            initial=ReplyForm.initial_of(stored=stored, offers=offers, version=self.facts.version),
        )

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Show the finding, with the form where the person may reply now."""
        if not (self.may_reply and self.facts.window):
            return self.page(None)
        kept = self.kept_data
        form = self.form(kept)
        return self.page(refilled(form) if form is not None and kept is not None else form)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """Ask once more, or store the reply; what was typed stays whatever comes of it."""
        form = self.form(request.POST)
        if form is None:
            raise Http404
        if not self.facts.window:
            return self.page(refilled(form), status=409, too_late=True)
        if "change" in request.POST:
            return self.page(refilled(form))
        if not form.is_valid():
            return self.page(form, status=422)
        if form.cleaned_data["version"] != self.facts.version and "confirm" not in request.POST:
            assert self.facts.stored is not None  # noqa: S101 - there is a form
            return self.overtaken(self.facts.stored, version=self.facts.version)
        if "confirm" not in request.POST:
            return self.check(form)
        return self.store(form)

    def store(self, form: ReplyForm) -> HttpResponseBase:
        """Store what was checked."""
        assert self.access.assessment is not None  # noqa: S101 - there is a form
        said = form.reply
        try:
            finding_replies.reply(
                assessment=self.access.assessment,
                side=self.access.side,
                choice=said.choice,
                note=said.note,
                evidence=said.evidence,
                themes=said.themes,
                expected_version=form.cleaned_data["version"],
                by=self.person,
                at=self.now,
            )
        except finding_replies.StaleReplyError as error:
            return self.overtaken(error.stored, version=error.version)
        except (AssessmentRefusedError, finding_replies.UnknownThemeError) as error:
            form.add_error(None, str(error))
            return self.page(form, status=422)
        messages.success(self.request, _DONE[said.choice.value])
        return redirect(self.address())

    def overtaken(self, stored: finding_replies.StoredReply, *, version: int) -> HttpResponseBase:
        """Show what a colleague stored meanwhile beside what was typed."""
        kept = self.request.POST.copy()
        kept["version"] = str(version)
        form = self.form(kept)
        assert form is not None  # noqa: S101 - `post` has refused
        form.add_error(
            None,
            "A colleague has changed the reply since you opened the page. Compare both and send "
            "it again.",
        )
        lines = presenter.in_words(stored=stored, themes=self.facts.themes)
        return self.page(form, status=409, overtaken=lines)

    def check(self, form: ReplyForm) -> HttpResponseBase:
        """Show what is about to be stored."""
        names = [name for name in form.fields if name in self.request.POST]
        return render(
            self.request,
            "engagement/reply_check.html",
            {
                "facts": self.facts,
                "lines": presenter.in_words(stored=form.reply, themes=self.facts.themes),
                "takes_back": form.reply.choice == "no_reply",
                "sent": [(name, self.request.POST.getlist(name)) for name in names],
                "url": self.address(),
                "back": BackLink("The finding", self.address()),
            },
        )

    def address(self) -> str:
        """Return the address of the page, for the side that the person acts for."""
        pair = self.access.pair
        path = reverse(
            "findings:reply", args=[self.access.round.slug, pair.authority.slug, pair.board.slug]
        )
        second = len(self.access.sides) > 1 and self.access.side == "icb"
        return f"{path}?side=icb" if second else path

    def page(self, form: ReplyForm | None, *, status: int = 200, **more: Any) -> HttpResponse:
        """Show the finding."""
        pair = self.access.pair
        pair_url = reverse("engagement:pair", args=[pair.authority.slug, pair.board.slug])
        return render(
            self.request,
            "engagement/reply.html",
            {
                "facts": self.facts,
                "matrix_words": self.facts.matrix_words,
                "form": form,
                "corrections": corrections_presenter.lines(
                    corrections=correction_queries.corrections_of(assessment=self.access.assessment)
                    if self.facts.revision
                    else (),
                    round_=self.access.round,
                    pair=pair,
                    names=pair_queries.names_of(pair=pair, on=self.access.round.geography_date),
                    public=True,
                ),
                "may_reply": self.may_reply,
                "two_sided": len(self.access.sides) > 1,
                "url": self.address(),
                "back": BackLink("The pair", pair_url),
                **more,
            },
            status=status,
        )
