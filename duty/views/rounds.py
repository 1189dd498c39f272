"""The list of rounds, and how far one is: control, chase list, checks, history."""

from typing import Any, ClassVar

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from authorities import audit
from authorities.permissions import Permission
from authorities.views.centre import CentrePage, page_number
from authorities.views.csv_files import csv_answer
from duty.actions import round_stages
from duty.deadlines import london_date
from duty.forms.rounds import DecisionForm
from duty.presenters.round_files import returns_csv
from duty.presenters.round_records import check_lines, decision_lines, history_lines
from duty.presenters.rounds import chase_lines, control_page, list_page
from duty.queries import rounds as queries
from duty.queries.round_checks import checked
from duty.round_checks import digest
from duty.round_lifecycle import RoundEvent, RoundRefusedError
from duty.views.round_pages import RoundPage, say_refusal
from duty.views.unsent import KeepsTyped, refilled


class RoundList(CentrePage):
    """All rounds, the newest period first."""

    permission: ClassVar[Permission] = Permission.ROUND_READ

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show a page of them."""
        last = queries.last_round()
        return self.show(
            "duty/round_list.html",
            page=list_page(found=queries.rounds_page(page=page_number(request=request))),
            may_manage=self.may(Permission.ROUND_MANAGE),
            last=last,
        )


class RoundControl(RoundPage):
    """How far each authority is in a round."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show counts, and the authorities of the list that is asked for."""
        asked = request.GET.get("show", queries.Show.ALL.value)
        if asked not in list(queries.Show):
            raise Http404
        show, today = queries.Show(asked), london_date(now=self.now)
        return self.show(
            "duty/round_control.html",
            page=control_page(
                round_=self.round,
                counts=queries.counts_of(round_=self.round, today=today),
                found=queries.expected_page(
                    round_=self.round, show=show, today=today, page=page_number(request=request)
                ),
                show=show,
                checks=checked(round_=self.round),
                events=self.events,
                may_manage=self.may(Permission.ROUND_MANAGE),
                may_extend=self.may(Permission.ROUND_EXTEND),
                may_read_messages=self.may(Permission.MESSAGES_READ),
                now=self.now,
            ),
            back=None,
        )


class RoundReturnsFile(RoundPage):
    """How far each authority is, as a file; who takes it is in the audit."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Give the file."""
        rows = queries.all_expected(round_=self.round, today=london_date(now=self.now))
        with transaction.atomic():
            audit.record(
                action="round.returns_downloaded", target=self.round, by=self.person, at=self.now
            )
        return csv_answer(
            text=returns_csv(round_=self.round, rows=rows), name=f"{self.round.slug}-returns.csv"
        )


class RoundChase(RoundPage):
    """Who has not submitted, and whom to write to."""

    permission: ClassVar[Permission] = Permission.ROUND_EXTEND

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the list."""
        rows = queries.chase_list(round_=self.round, today=london_date(now=self.now))
        lines = chase_lines(rows=rows, begun=self.round.has_begun)
        return self.show("duty/round_chase.html", lines=lines)


class RoundChecks(KeepsTyped, RoundPage):
    """What the checks find now, and what people have decided about it."""

    write_permission: ClassVar[Permission | None] = Permission.ROUND_MANAGE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show findings and decisions."""
        return self.page()

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Keep a decision about what nobody has decided about."""
        sent = request.POST.copy()
        form = DecisionForm(sent, needs_reason=True)
        if not form.is_valid():
            return self.page(form=form, status=422, sent=sent)
        try:
            round_stages.decide(
                round_=self.round,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
                by=self.person,
                at=self.now,
            )
        except (RoundRefusedError, round_stages.SeenAnotherListError) as error:
            if isinstance(error, RoundRefusedError):
                say_refusal(form=form, error=error)
            else:
                form.add_error(None, str(error))
            return self.page(form=form, status=409, sent=sent)
        return self.done("Your decision is kept with what the checks found.")

    def page(
        self,
        *,
        form: DecisionForm | None = None,
        status: int = 200,
        sent: QueryDict | None = None,
    ) -> HttpResponse:
        """Render, with the form where there is something to decide and the person may."""
        checks = checked(round_=self.round)
        seen = digest(keys=[finding.key for finding in checks.undecided])
        decides = bool(checks.undecided) and RoundEvent.DECIDE in self.events
        if sent is not None:
            # What was typed stays; what it is about is what there is now.
            sent["seen"] = seen
        elif decides:
            kept = self.kept_data
            form = (
                DecisionForm(initial={"seen": seen}, needs_reason=True)
                if kept is None
                else refilled(DecisionForm(kept, needs_reason=True))
            )
        return self.show(
            "duty/round_checks.html",
            status=status,
            checks=check_lines(checks=checks),
            decisions=decision_lines(decisions=checks.decisions),
            form=form,
        )


class RoundHistory(RoundPage):
    """What happened to a round, newest first."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        return self.show(
            "duty/round_history.html",
            lines=history_lines(
                happenings=queries.history_of(round_=self.round), day=self.round.geography_date
            ),
        )
