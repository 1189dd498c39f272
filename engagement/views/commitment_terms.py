"""Describing a commitment, and stating, correcting and withdrawing money of it."""

import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from authorities.permissions import Permission
from duty.ui.components import SummaryRow
from engagement.actions import commitment_money as money_actions
from engagement.actions.commitment_owners import name_owner
from engagement.actions.commitment_particulars import NAMES, Particulars, describe
from engagement.commitment_lifecycle import Event, Guard
from engagement.forms.commitment_steps import (
    AMOUNT,
    NO_AMOUNT,
    DescribeForm,
    MoneyForm,
    OwnerForm,
    WithdrawMoneyForm,
    years_offered,
)
from engagement.models import CommitmentMoney, Side
from engagement.presenters import commitment_terms as presenter
from engagement.presenters.commitment_steps import AskedPart
from engagement.presenters.commitments import facts_rows
from engagement.queries import commitment_money as queries
from engagement.queries import commitment_owners as owners
from engagement.views.commitment_asking import StepView
from engagement.views.kept_forms import with_newer


class CommitmentDescribe(StepView):
    """What it serves and rests on, from either side."""

    permission = Permission.COMMITMENT_EDIT
    form_class = DescribeForm
    event = Event.DESCRIBE

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what both sides know."""
        more = {"pair": self.access.pair, "linked": self.commitment}
        return {**super().get_form_kwargs(), **more}

    def get_initial(self) -> dict[str, Any]:
        """Begin with what is said now."""
        row = self.commitment
        own = row.authority_owner if self.access.side == Side.AUTHORITY else row.board_owner
        said = {name: getattr(row, name) for name in NAMES}
        said["specification"] = row.specification or "none"
        return {**said, "owner": own, "version": row.version}

    def refused(self, *, form: forms.Form, error: Exception) -> HttpResponse:
        """Let who reads what somebody else changed meanwhile save over it knowingly."""
        if getattr(error, "guard", None) == Guard.AS_IT_WAS_READ:
            with_newer(form, version=str(self.commitment.version))
        return super().refused(form=form, error=error)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what it says now beside what was typed, where that was not saved."""
        context = super().get_context_data(**kwargs)
        if not context["form"].is_bound:
            return context
        rows = facts_rows(facts=context["facts"])
        return {**context, "asked": AskedPart(tuple(SummaryRow(*row) for row in rows))}

    def store(self, *, side: Side | None, form: forms.Form) -> None:
        """Save it."""
        assert side is not None  # noqa: S101 - the right is of a side alone
        said = form.cleaned_data
        describe(
            commitment=self.commitment,
            side=side,
            particulars=Particulars(**{name: said[name] for name in NAMES}),
            own_owner=said["owner"],
            seen=said["version"],
            by=self.person(),
            at=timezone.now(),
        )


class OwnerName(StepView):
    """Who owns it on one's own side, by name."""

    permission = Permission.COMMITMENT_EDIT
    form_class = OwnerForm
    event = Event.NAME_OWNER

    @property
    def side(self) -> Side:
        """The person's own side; the right is of a side alone."""
        assert self.access.side is not None  # noqa: S101 - narrows the type
        return self.access.side

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the people of the person's own body."""
        body_id = owners.body_id_of(commitment=self.commitment, side=self.side)
        return {**super().get_form_kwargs(), "people": owners.offered(body_id=body_id)}

    def get_initial(self) -> dict[str, Any]:
        """Begin with who is named now."""
        held = owners.owner_of(commitment=self.commitment, side=self.side)
        return {"person": held.person_id if held else None}

    def store(self, *, side: Side | None, form: forms.Form) -> None:
        """Save it."""
        name_owner(
            commitment=self.commitment,
            side=self.side,
            person=form.cleaned_data["person"],
            by=self.person(),
            at=timezone.now(),
        )


class MoneyState(StepView):
    """A line of money, as one's own side knows it."""

    permission = Permission.COMMITMENT_EDIT
    form_class = MoneyForm
    event = Event.STATE_MONEY

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer some years before this one and after it."""
        offered = years_offered(on=self.today, more=self.more_years())
        return {**super().get_form_kwargs(), "years": offered}

    def more_years(self) -> tuple[int, ...]:
        """Return years that are offered beside the usual ones."""
        return ()

    def get_initial(self) -> dict[str, Any]:
        """Give the form its key."""
        return {"form_key": uuid.uuid4()}

    def money(self, form: forms.Form) -> money_actions.Money:
        """Return what was typed."""
        said = form.cleaned_data
        return money_actions.Money(
            source=said["source"],
            year=said["year"],
            amount=said["amount"],
            prevention=said["prevention"],
            purpose=said["purpose"],
        )

    def store(self, *, side: Side | None, form: forms.Form) -> None:
        """Save the line."""
        assert side is not None  # noqa: S101 - the right is of a side alone
        money_actions.state(
            commitment=self.commitment,
            side=side,
            money=self.money(form),
            form_key=form.cleaned_data["form_key"],
            by=self.person(),
            at=timezone.now(),
        )


class _OfALine(StepView):
    """A page about a line of money that stands."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Load the line.

        Raises:
            Http404: it is none of this commitment.
        """
        super().setup(request, *args, **kwargs)
        found = self.commitment.money.select_related("commitment")
        line = found.filter(pk=kwargs["line_id"]).first()
        if line is None:
            raise Http404
        self.line: CommitmentMoney = line

    def acting(self) -> Side | None:
        """Return the side that stated it, where the person is of both."""
        side = Side(self.line.side)
        return side if side in self.access.sides else self.access.side

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show the line above the form."""
        context = super().get_context_data(**kwargs)
        lines = queries.money_of(ids=[self.commitment.pk], ended=True)[self.commitment.pk]
        line = next(one for one in lines if one.id == self.line.pk)
        shown = presenter.money_row(facts=context["facts"], line=line, with_links=False)
        rows = (
            SummaryRow("Line", presenter.line_words(line=line)),
            SummaryRow("What it is for", shown.purpose or presenter.NOT_SAID),
            SummaryRow("Stated by", shown.stated),
        )
        return {**context, "asked": AskedPart(rows)}


class MoneyCorrect(_OfALine, MoneyState):
    """Another line in place of one."""

    event = Event.CORRECT_MONEY

    def more_years(self) -> tuple[int, ...]:
        """Return the year of the line."""
        return (self.line.year,)

    def get_initial(self) -> dict[str, Any]:
        """Begin with what the line says."""
        line = self.line
        amount = "" if line.amount is None else f"{line.amount:,.2f}".removesuffix(".00")
        return {
            **super().get_initial(),
            "source": line.source,
            "year": line.year,
            "known": NO_AMOUNT if line.amount is None else AMOUNT,
            "amount": amount,
            "prevention": line.prevention,
            "purpose": line.purpose,
        }

    def store(self, *, side: Side | None, form: forms.Form) -> None:
        """Save the correction."""
        assert side is not None  # noqa: S101 - the right is of a side alone
        money_actions.correct(
            line=self.line,
            side=side,
            money=self.money(form),
            form_key=form.cleaned_data["form_key"],
            by=self.person(),
            at=timezone.now(),
        )


class MoneyWithdraw(_OfALine):
    """A line that counts no more."""

    permission = Permission.COMMITMENT_EDIT
    form_class = WithdrawMoneyForm
    event = Event.WITHDRAW_MONEY

    def store(self, *, side: Side | None, form: forms.Form) -> None:
        """Withdraw it."""
        assert side is not None  # noqa: S101 - the right is of a side alone
        money_actions.withdraw(
            line=self.line,
            side=side,
            reason=form.cleaned_data["reason"],
            by=self.person(),
            at=timezone.now(),
        )
