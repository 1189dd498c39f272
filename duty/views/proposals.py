"""Bringing answers over into a return, and taking them on as they are."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from authorities.permissions import Permission
from duty.actions import answers, proposals
from duty.actions.proposals import BroughtOver
from duty.lifecycle import TransitionRefusedError
from duty.views.questions import ReturnQuestion
from duty.views.return_page import ReturnPage


class ReturnBringOver(ReturnPage):
    """Proposes answers to questions that have none."""

    permission = Permission.RETURN_EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the task list, where the button is."""
        return redirect(self.addresses.tasks)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Propose them, and say how many."""
        try:
            brought = proposals.bring_over(duty_return=self.duty_return, by=self.user, at=self.now)
        except TransitionRefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _said(brought))
        return redirect(self.addresses.tasks)


class AnswerConfirm(ReturnQuestion):
    """Takes a proposed answer on as it is."""

    permission = Permission.RETURN_EDIT

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the question, where the button is."""
        return redirect(self._question)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take it on, or show the question with what is in the way."""
        version = request.POST.get("version", "")
        try:
            answers_row = proposals.confirm(
                duty_return=self.duty_return,
                question=self.slot.question.code,
                board=self.slot.board,
                expected_version=int(version) if version.isdecimal() and len(version) < 10 else 0,
                by=self.user,
                at=self.now,
            )
        except (
            answers.UnknownQuestionError,
            answers.StaleAnswerError,
            answers.InvalidAnswerError,
            TransitionRefusedError,
        ) as error:
            messages.error(request, str(error))
            return redirect(self._question)
        messages.success(request, "The answer is taken on as it was.")
        self.forget()
        if request.POST.get("from") == "check":
            return redirect(self.addresses.section_check(answers_row.question.section))
        return redirect(self._presented().next_url)

    @property
    def _question(self) -> str:
        return self.addresses.question(self.slot.question.specification, self.slot.key)


def _said(brought: BroughtOver) -> str:
    if not brought.count:
        return "There was nothing more to bring over."
    answers_words = "1 answer was" if brought.count == 1 else f"{brought.count} answers were"
    review = ", 1 from the last expert review" if brought.from_reviews else ""
    return (
        f"{answers_words} brought over: {brought.from_records} from your standing records, "
        f"{brought.from_last_round} from your last return{review}. Look at each before it counts."
    )
