"""What a side says of engagement: write it, check it, confirm it, open it again.

Always for one's own side; `own_views` and `partner_views` say of whom it is said.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView

from authorities.access import access_pair, may
from authorities.models import Body, User
from authorities.permissions import Permission
from duty import words
from duty.deadlines import london_date
from duty.models import Round
from duty.ui.navigation import BackLink
from engagement.actions import side_views
from engagement.forms.own_views import ConfirmForm, OwnViewForm, ReopenForm
from engagement.models import Level, Side, SideView
from engagement.presenters import own_views as presenter
from engagement.queries import evidence_links
from engagement.queries import own_views as queries
from engagement.queries import pairs as pair_queries
from engagement.queries.own_offers import own_offers
from engagement.views.kept_forms import KeptForm

NOTHING_PICKED = "You need to select at least one statement"
# What a person may run into; each message says what to do.
REFUSALS = (
    side_views.RoundClosedError,
    side_views.PairNotExpectedError,
    side_views.ViewLockedError,
    side_views.ForeignThemeError,
    side_views.UnansweredThemesError,
    side_views.EvidenceMissingError,
    side_views.ReasonMissingError,
)


class SideViewMixin(FormView):  # type: ignore[type-arg]  # generic to the checker only
    """Lets in members of either body, each to what their own side says.

    pages: the name of the kind's first page; those of the others begin with it.
    """

    permission: Permission
    confirm_permission: ClassVar[Permission]
    kind: ClassVar[side_views.Kind[Any]]
    pages: ClassVar[str]
    confirmed_words: ClassVar[str]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the pair, the side and the round.

        Raises:
            Http404, PermissionDenied: as `access_pair`; 404 too where there has been no round.
        """
        super().setup(request, *args, **kwargs)
        access = access_pair(
            request.user,
            kwargs["authority_slug"],
            kwargs["board_slug"],
            permission=self.permission,
        )
        self.current = queries.round_for_views()
        # An extension may outlive the opening of the next round, so an address may name its own.
        named = request.GET.get("round", "")
        round = queries.begun_round(slug=named) if named else self.current
        if access.side is None or round is None:
            raise Http404
        self.pair = access.pair
        self.side = Side(access.side.value)
        self.round = round

    def stored(self) -> SideView | None:
        """Return the row as it is stored, None where nobody has started."""
        model: type[SideView] = self.kind.model
        return queries.side_view_of(model=model, round=self.round, pair=self.pair, side=self.side)

    @property
    def person(self) -> User:
        """Who acts; `access_pair` has refused everybody who is not signed in."""
        assert isinstance(self.request.user, User)  # noqa: S101 - narrows the type
        return self.request.user

    @property
    def body(self) -> Body:
        """The body that the person acts for."""
        return self.pair.authority if self.side == Side.AUTHORITY else self.pair.board

    def facts(self) -> presenter.SideViewFacts:
        """Return the view as it stands."""
        return presenter.side_view(
            model=self.kind.model,
            pair=self.pair,
            round=self.round,
            side=self.side,
            names=pair_queries.names_of(pair=self.pair, on=self.round.geography_date),
            now=timezone.now(),
        )

    def address(self, name: str) -> str:
        """Return the address of a page of this pair, of the round where it is not the current."""
        return self.address_in(name, round=self.round if name != "pair" else self.current)

    def address_in(self, name: str, *, round: Round | None) -> str:
        """Return the address of a page of this pair in a round."""
        url = reverse(f"engagement:{name}", args=[self.pair.authority.slug, self.pair.board.slug])
        return url if round is None or round == self.current else f"{url}?round={round.slug}"

    def other_rounds(self) -> list[tuple[str, str, str]]:
        """Return the other rounds that the side may write this view for: name, last day, page."""
        if self.side != Side.AUTHORITY:
            return []
        today = london_date(now=timezone.now())
        own = queries.extended_rounds(authority_ids=[self.pair.authority_id], on=today)
        found = [(one.round, one.closing) for one in own]
        if self.current is not None and self.current != self.round:
            closing = queries.closing_for(round=self.current, pair=self.pair, side=self.side)
            found.append((self.current, closing))
        return [
            (
                round.name,
                words.london_date(moment=closing.edits_until),
                self.address_in(self.pages, round=round),
            )
            for round, closing in found
            if round != self.round and closing.takes_work_on(day=today)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the view and what the person may do with it."""
        facts = self.facts()
        return {
            "facts": facts,
            "matrix_words": facts.matrix_words,
            "other_rounds": self.other_rounds(),
            "dead_links": evidence_links.dead_of_picks(picks=queries.picks_of(view=facts.view)),
            "may_confirm": may(self.request.user, self.confirm_permission, self.body),
            "urls": {
                "edit": self.address(self.pages),
                "check": self.address(f"{self.pages}-check"),
                "reopen": self.address(f"{self.pages}-reopen"),
                "pair": self.address("pair"),
            },
            "back": BackLink(label="The pair", url=self.address("pair")),
            **super().get_context_data(**kwargs),
        }

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show what was typed, and what is wrong with it."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SideViewEdit(KeptForm, SideViewMixin):
    """The statements and their evidence, all themes on one page."""

    form_class = OwnViewForm
    template_name = "engagement/own_view.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Give the form the themes of the own side and what is stored."""
        facts = self.facts()
        offers = own_offers(
            round=self.round,
            pair=self.pair,
            side=self.side.value,
            on=london_date(now=timezone.now()),
        )
        return {
            **super().get_form_kwargs(),
            "themes": facts.themes.rows,
            "offers": offers,
            "stored": facts.choices,
            "initial": OwnViewForm.initial_of(
                choices=facts.choices, version=facts.version, offers=offers
            ),
        }

    def form_valid(self, form: OwnViewForm) -> HttpResponse:
        """Store the draft, or show both texts where somebody else did meanwhile."""
        if not form.choices:
            form.add_error(form.first_statement, NOTHING_PICKED)
            return self.form_invalid(form)
        try:
            side_views.save_picks(
                kind=self.kind,
                pair=self.pair,
                round=self.round,
                side=self.side,
                choices=form.choices,
                expected_version=form.cleaned_data["version"],
                by=self.person,
                at=timezone.now(),
            )
        except side_views.StaleViewError as error:
            return self._show_both(form=form, error=error)
        except REFUSALS as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        if "check" in self.request.POST:
            return redirect(self.address(f"{self.pages}-check"))
        messages.success(self.request, "Your draft is saved. Nobody outside your body sees it.")
        return redirect(self.address(self.pages))

    def _show_both(self, *, form: OwnViewForm, error: side_views.StaleViewError) -> HttpResponse:
        """Keep what was typed, beside what is stored; saving again then replaces it knowingly."""
        form.data = {**self.request.POST.dict(), "version": str(error.version)}
        form.add_error(None, str(error))
        conflict = presenter.conflict(error=error, themes=self.facts().themes)
        return self.render_to_response(
            self.get_context_data(form=form, conflict=conflict), status=409
        )


class SideViewCheck(KeptForm, SideViewMixin):
    """The level that the statements give, with the reason, and its confirmation."""

    form_class = ConfirmForm
    template_name = "engagement/own_view_check.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Ask for the right to confirm where something is confirmed."""
        if request.method == "POST":
            self.permission = self.confirm_permission
        super().setup(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the computed level, in the words of the round's matrix."""
        facts = self.facts()
        return {
            **super().get_form_kwargs(),
            "said": facts.matrix_words,
            "initial": {"version": facts.version, "level": facts.computed_level},
        }

    def more_of(self, form: forms.Form) -> dict[str, str]:
        """Return what the kind's own fields say, by column."""
        return {}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Confirm, or say what is missing."""
        view = self.stored()
        if view is None:
            form.add_error(None, NOTHING_PICKED)
            return self.form_invalid(form)
        try:
            side_views.confirm(
                kind=self.kind,
                view=view,
                level=Level(form.cleaned_data["level"]),
                changed_reason=form.cleaned_data["changed_reason"],
                more=self.more_of(form),
                expected_version=form.cleaned_data["version"],
                by=self.person,
                at=timezone.now(),
            )
        except side_views.StaleViewError:
            form.add_error(
                None,
                "Somebody changed the statements since you opened this page. "
                "Read them again, then confirm.",
            )
            form.data = {**self.request.POST.dict(), "version": str(view.version)}
            return self.form_invalid(form)
        except side_views.ReasonMissingError as error:
            form.add_error("changed_reason", str(error))
            return self.form_invalid(form)
        except REFUSALS as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, self.confirmed_words)
        return redirect(self.address(self.pages))


class SideViewReopen(KeptForm, SideViewMixin):
    """A confirmed view becomes a draft again."""

    form_class = ReopenForm
    template_name = "engagement/own_view_reopen.html"

    def get_initial(self) -> dict[str, Any]:
        """Name the version that is opened again."""
        return {"version": self.facts().version}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Open it again, or say why not."""
        view = self.stored()
        if view is None:
            raise Http404
        try:
            side_views.reopen(
                kind=self.kind,
                view=view,
                reason=form.cleaned_data["reason"],
                expected_version=form.cleaned_data["version"],
                by=self.person,
                at=timezone.now(),
            )
        except side_views.StaleViewError:
            form.add_error(None, "Somebody changed this view meanwhile. Look at it again first.")
            return self.form_invalid(form)
        except REFUSALS as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "Your view is a draft again.")
        return redirect(self.address(self.pages))
