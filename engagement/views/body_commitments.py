"""What a body promised with all its partners, updated on one page."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView

from authorities.access import may
from authorities.models import User
from authorities.permissions import Permission
from authorities.views.centre import page_number
from duty.deadlines import london_date
from duty.ui.navigation import BackLink
from duty.views.autosave import is_autosave
from duty.views.unsent import KeepsTyped, refilled
from engagement.actions import commitment_drafts
from engagement.actions.commitments import UpdateOvertakenError
from engagement.commitment_lifecycle import OPEN_STATES
from engagement.forms.commitments import CommitmentUpdateForm
from engagement.models import Commitment
from engagement.presenters import commitment_filter, commitment_lists
from engagement.presenters.commitment_drafts import DraftLine, draft_line, since_words
from engagement.presenters.commitments import CommitmentCard
from engagement.queries import bodies, commitment_needs, own_views
from engagement.queries import commitment_drafts as drafts
from engagement.queries.commitment_filter import ALL
from engagement.queries.commitments import CommitmentFacts
from engagement.views.body_pages import AuthorityPage, BoardPage, BodyPage, agreements_url
from engagement.views.commitment_lists import asked_in
from engagement.views.commitment_updates import (
    REFUSALS,
    initial_of,
    keep_typed,
    kept_by_itself,
    store,
)
from engagement.views.commitments import FIELD_OF
from engagement.views.kept_forms import with_newer

# More than a page shows; what else is sent is nobody's typing.
_MOST_SENT = 100


@dataclass(frozen=True)
class Sent:
    """The forms that came with one page: of commitments that take updates, and of others."""

    open: dict[str, tuple[Commitment, CommitmentUpdateForm]]
    over: dict[str, tuple[Commitment, CommitmentUpdateForm]]


@dataclass(frozen=True)
class UpdateForm:
    """A card's form. `since` is what the side said after the draft was written."""

    card: CommitmentCard
    form: CommitmentUpdateForm
    draft: DraftLine | None
    since: str
    is_open: bool


class BodyCommitments(KeepsTyped, BodyPage, TemplateView):
    """A body's commitments, what waits for it first; each is updated on its own.

    All cards stand in one form, so that what is typed in the others comes with each update and is
    kept as drafts.
    """

    template_name = "engagement/commitments_body.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send the update of one card, and keep what is typed in the others."""
        if not may(request.user, Permission.COMMITMENT_EDIT, self.body):
            raise PermissionDenied
        now, by = timezone.now(), self._person()
        sent = self._sent()
        chosen = request.POST.get("save", "")
        thrown = sent.open.get(request.POST.get("throw_away", ""))
        others = [pair for key, pair in sent.open.items() if key != chosen and pair != thrown]
        keep_typed(typed=others, side=self.side, by=by, at=now)
        if is_autosave(request=request):
            return kept_by_itself(request=request, at=now)
        if thrown is not None:
            commitment_drafts.forget(commitment=thrown[0], side=self.side, by=by, at=now)
            messages.success(request, f"Your draft on “{thrown[0].title}” is thrown away.")
            return self._again(sent)
        if "draft" in request.POST:
            messages.success(request, "What you typed is kept. It is not sent yet.")
            return self._again(sent, at=request.POST["draft"])
        if chosen in sent.over:
            return self._again(sent)
        if chosen not in sent.open:
            raise Http404
        return self._save(sent, chosen, by, now)

    def _save(self, sent: Sent, chosen: str, by: User, now: datetime) -> HttpResponse:
        commitment, form = sent.open[chosen]
        if not form.is_valid():
            keep_typed(typed=[(commitment, form)], side=self.side, by=by, at=now)
            return self._refused(sent, chosen)
        try:
            store(commitment=commitment, side=self.side, form=form, by=by, at=now)
        except REFUSALS as error:
            keep_typed(typed=[(commitment, form)], side=self.side, by=by, at=now)
            guard = getattr(error, "guard", None)
            field = FIELD_OF.get(guard) if guard is not None else None
            form.add_error(field or "narrative", str(error))
            return self._refused(sent, chosen, overtaken=isinstance(error, UpdateOvertakenError))
        messages.success(self.request, f"Your update on “{commitment.title}” is saved.")
        return self._again(sent)

    def _again(self, sent: Sent, *, at: str = "") -> HttpResponse:
        """Show the list as it is by now; what can be kept nowhere is shown once more."""
        if any(not form.typed().is_empty for _, form in sent.over.values()):
            return self.render_to_response(self.get_context_data(sent=sent), status=409)
        mark = f"#c-{at}" if at in sent.open else ""
        return redirect(f"{self.request.get_full_path()}{mark}")

    def _refused(self, sent: Sent, chosen: str, *, overtaken: bool = False) -> HttpResponse:
        context = self.get_context_data(sent=sent, chosen=chosen, overtaken=overtaken)
        if chosen not in context["forms"]:
            # By now it stands on another page of the list; what was typed is kept as a draft.
            return redirect("commitments:update", commitment_id=chosen)
        return self.render_to_response(context, status=422)

    def _sent(self) -> Sent:
        """Return the forms that were sent, of commitments of the body."""
        keys = [key for key in map(_as_uuid, self.request.POST.getlist("card")) if key]
        found = drafts.of_body(body_id=self.body.pk, side=self.side, ids=set(keys[:_MOST_SENT]))
        sent = Sent(open={}, over={})
        for key, commitment in found.items():
            form = self._form(str(key), data=self.request.POST)
            takes = drafts.takes_updates(commitment=commitment)
            (sent.open if takes else sent.over)[str(key)] = (commitment, form)
        return sent

    def _form(self, key: str, **more: Any) -> CommitmentUpdateForm:
        return CommitmentUpdateForm(prefix=f"u-{key}", auto_id="%s", **more)

    def _person(self) -> User:
        assert isinstance(self.request.user, User)  # noqa: S101 - narrows the type
        return self.request.user

    def get_context_data(
        self,
        *,
        sent: Sent | None = None,
        chosen: str = "",
        overtaken: bool = False,
        **kwargs: Any,
    ) -> dict[str, Any]:
        """Give the cards in the order of what they ask, with the form for an update in each."""
        today = london_date(now=timezone.now())
        asked = replace(asked_in(self.request), partner="")
        open_round = own_views.round_for_views()
        since = commitment_needs.updates_since(round=open_round, on=today)
        found = commitment_needs.open_commitments(
            body_id=self.body.pk,
            side=self.side,
            since=since,
            on=today,
            page=page_number(request=self.request),
            asked=asked,
        )
        needs = commitment_needs.needs_of(
            body_ids=[self.body.pk], side=self.side, since=since, on=today
        )
        rights = commitment_lists.ListRights(
            is_own=may(self.request.user, Permission.HOME_READ, self.body),
            may_edit=may(self.request.user, Permission.COMMITMENT_EDIT, self.body),
            may_confirm=may(self.request.user, Permission.COMMITMENT_CONFIRM, self.body),
        )
        page = commitment_lists.body_page(
            name=bodies.name_of(body=self.body, on=today),
            partners=bodies.partners_of(body=self.body, side=self.side, on=today),
            needs=needs[self.body.pk],
            found=found,
            # What has no pair yet stands in no list that was chosen from.
            unassigned=()
            if asked != ALL
            else commitment_needs.unassigned_commitments(
                body_id=self.body.pk, side=self.side, on=today
            ),
            side=self.side,
            since=since,
            due_on=open_round.due_on if open_round else None,
            on=today,
            rights=rights,
        )
        cards = {card.id: card for card in (*page.to_update, *page.agreed) if card.update_url}
        forms = self._forms(
            {key: facts for facts in found.rows if (key := str(facts.id)) in cards},
            cards=cards,
            sent=sent,
            chosen=chosen,
            overtaken=overtaken,
        )
        return {
            **super().get_context_data(**kwargs),
            "shown": page,
            "asked": asked != ALL,
            "is_empty": found.count == 0,
            "filters": commitment_filter.filters(
                asked=asked, states=OPEN_STATES, is_own=rights.is_own
            ),
            "page_url": commitment_filter.page_url(asked=asked),
            "all_url": reverse(f"commitments:{self.page_name}-all", args=[self.body.slug])
            + commitment_filter.asked_query(asked=asked),
            "to_update": [(card, forms.get(card.id)) for card in page.to_update],
            "agreed": [(card, forms.get(card.id)) for card in page.agreed],
            "forms": forms,
            # The frame of every page lists its errors.
            "form": sent.open[chosen][1] if sent is not None and chosen in sent.open else None,
            "over": list(sent.over.values()) if sent is not None else [],
            "import_url": self._import_url(),
            "agreements_url": agreements_url(self.request.user, body=self.body, side=self.side),
            "back": BackLink(label="Home", url=reverse("home")),
        }

    def _import_url(self) -> str:
        """Return where commitments are proposed from a file; empty for whoever may not."""
        if not may(self.request.user, Permission.COMMITMENT_EDIT, self.body):
            return ""
        return reverse(f"commitments:{self.page_name}-import", args=[self.body.slug])

    def _forms(
        self,
        facts_by_key: dict[str, CommitmentFacts],
        *,
        cards: dict[str, CommitmentCard],
        sent: Sent | None,
        chosen: str,
        overtaken: bool,
    ) -> dict[str, UpdateForm]:
        today = london_date(now=timezone.now())
        kept = drafts.drafts_of(
            by=self._person(), side=self.side, ids=[facts.id for facts in facts_by_key.values()]
        )
        made: dict[str, UpdateForm] = {}
        for key, facts in facts_by_key.items():
            draft, newest = kept.get(facts.id), facts.update_of(self.side)
            line = draft_line(draft=draft, newest=newest, on=today) if draft else None
            since = line.since if line else ""
            form = self._form(key, initial=initial_of(draft=draft, newest=newest))
            if sent is not None and key in sent.open:
                form = sent.open[key][1]
                if key != chosen:
                    refilled(form)
                elif overtaken and newest is not None:
                    since = since_words(newest=newest)
                    with_newer(form, after=str(newest.id))
            elif self.kept_data is not None and f"u-{key}-form_key" in self.kept_data:
                form = refilled(self._form(key, data=self.kept_data))
            made[key] = UpdateForm(
                card=cards[key],
                form=form,
                draft=line,
                since=since,
                is_open=bool(
                    draft or (form.is_bound and (form.errors or not form.typed().is_empty))
                ),
            )
        return made


def _as_uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


class BoardCommitments(BoardPage, BodyCommitments):
    """The commitments of an ICB."""


class AuthorityCommitments(AuthorityPage, BodyCommitments):
    """The commitments of an authority."""
