"""The page of one question."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict

from authorities.permissions import Permission
from duty.actions import answers, unsent
from duty.forms.initial import initial_of_stored
from duty.forms.question import QuestionForm
from duty.lifecycle import TransitionRefusedError
from duty.models import Answer
from duty.presenters.questions import heading_of, hidden_page, question_page
from duty.queries.proposals import records_asked, review_asked
from duty.queries.returns import earlier_submission
from duty.queries.unsent import unsent_text
from duty.slots import Slot, SlotKey
from duty.views import autosave
from duty.views.evidence_block import evidence_context
from duty.views.return_page import ReturnPage
from duty.views.unsent import KeepsTyped, typed_by


class ReturnQuestion(KeepsTyped, ReturnPage):
    """One question, for one board where it is asked per pair."""

    write_permission = Permission.RETURN_EDIT

    slot: Slot

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the question among those that the round asks of the authority."""
        super().setup(request, *args, **kwargs)
        key = SlotKey(kwargs["code"], kwargs.get("board_slug"))
        known = (*self.loaded.slots, *self.loaded.hidden)
        found = next((slot for slot in known if slot.key == key), None)
        if found is None or found.question.specification != kwargs["section"]:
            raise Http404
        self.slot = found

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show the question with what is stored."""
        if self.loaded.duty_return is None:
            return redirect(self.addresses.tasks)
        kept = unsent_text(user=self.user, path=request.path, now=self.now)
        typed = None
        if kept is not None:
            typed = MultiValueDict({name: list(values) for name, values in kept.fields.items()})
        if not self.loaded.asks(self.slot.key):
            return self._hidden(form=self._form(data=typed) if kept else None)
        return self._page(form=self._form(data=typed), unsent=kept)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save the answer, or take it away; a page that saves by itself is told how it went."""
        if self.slot.question.derived:
            raise Http404
        form = self._form(data=request.POST)
        asked = self.loaded.asks(self.slot.key)
        if autosave.is_autosave(request=request):
            return self._autosave(form) if asked else autosave.hidden()
        if "discard" in request.POST:
            unsent.forget_unsent(path=request.path, by=self.user, at=self.now)
            return redirect(request.path)
        if not asked:
            return self._hidden(form=form, status=409)
        if "remove" in request.POST:
            return self._remove(form)
        if not form.is_valid():
            # Another row was asked for: nothing is wrong.
            return self._page(form=form, status=422 if form.errors else 200)
        try:
            self._store(form)
        except answers.StaleAnswerError as error:
            return self._stale(form, error)
        except (answers.BlankAnswerError, answers.InvalidAnswerError) as error:
            form.add_error(None, str(error))
            return self._page(form=form, status=422)
        except answers.UnknownQuestionError:
            # Another answer has closed the question meanwhile.
            self.forget()
            return self._hidden(form=form, status=409)
        except TransitionRefusedError as error:
            return self._locked(form, error)
        if "stay" in request.POST:
            return redirect(request.path)
        self.forget()
        return redirect(self._presented().next_url)

    def _hidden(self, *, form: BaseForm | None = None, status: int = 200) -> HttpResponse:
        """Say which answer opens the question, with what was typed, which is not stored."""
        page = hidden_page(loaded=self.loaded, slot=self.slot)
        return self.show("duty/return_question_hidden.html", status=status, page=page, typed=form)

    def _autosave(self, form: QuestionForm) -> HttpResponse:
        if not form.is_valid():
            return autosave.invalid(form=form)
        try:
            row = self._store(form, autosaved=True)
        except answers.StaleAnswerError as error:
            return autosave.stale(error=error)
        except (answers.BlankAnswerError, answers.InvalidAnswerError) as error:
            form.add_error(None, str(error))
            return autosave.invalid(form=form)
        except TransitionRefusedError as error:
            return autosave.locked(error=error)
        return autosave.saved(request=self.request, row=row, now=self.now)

    def _store(self, form: QuestionForm, *, autosaved: bool = False) -> Answer:
        row = answers.save_answer(
            duty_return=self.duty_return,
            question=self.slot.question.code,
            board=self.slot.board,
            answer=form.answer,
            evidence=form.evidence,
            notes=form.notes,
            expected_version=form.cleaned_data["version"],
            autosaved=autosaved,
            by=self.user,
            at=self.now,
        )
        unsent.forget_unsent(path=self.request.path, by=self.user, at=self.now)
        return row

    def _form(self, data: Any = None) -> QuestionForm:
        board = self.loaded.board(self.slot.board)
        return QuestionForm(
            slot=self.slot,
            heading=heading_of(question=self.slot.question, board=board),
            data=data,
            initial=initial_of_stored(
                slot=self.slot, stored=self.loaded.answers.get(self.slot.key)
            ),
        )

    def _remove(self, form: QuestionForm) -> HttpResponse:
        version = self.request.POST.get("version", "")
        try:
            answers.remove_answer(
                duty_return=self.duty_return,
                question=self.slot.question.code,
                board=self.slot.board,
                expected_version=int(version) if version.isdecimal() and len(version) < 10 else 0,
                by=self.user,
                at=self.now,
            )
        except answers.StaleAnswerError as error:
            return self._stale(form, error)
        except TransitionRefusedError as error:
            # What stands in the form was not sent to be checked.
            form.errors.clear()
            return self._locked(form, error)
        messages.success(self.request, "The answer was removed.")
        return redirect(self.request.path)

    def _locked(self, form: QuestionForm, error: TransitionRefusedError) -> HttpResponse:
        """Say what locks the answer by now, with what was typed."""
        self.forget()
        form.add_error(None, str(error))
        return self._page(form=form, status=409)

    def _stale(self, form: QuestionForm, error: answers.StaleAnswerError) -> HttpResponse:
        """Show both texts. Saving again means to replace what is stored, now that it was seen."""
        self.forget()
        data = self.request.POST.copy()
        data["version"] = str(error.version)
        return self._page(form=self._form(data=data), status=409, stale=error)

    def _presented(self) -> Any:
        return question_page(
            loaded=self.loaded,
            standing=self.standing,
            slot=self.slot,
            people=self.people,
            earlier=earlier_submission(round_=self.round, authority=self.authority),
            records=records_asked(loaded=self.loaded, slots=[self.slot]),
            review=review_asked(loaded=self.loaded, slots=[self.slot]),
            person=self.user,
            now=self.now,
        )

    def _page(self, *, form: QuestionForm, status: int = 200, **more: Any) -> HttpResponse:
        page = self._presented()
        if page.lock is not None and form.is_bound and form.errors and status == 422:
            # Nobody can correct it here: what counts is the lock.
            form.errors.clear()
            form.add_error(None, f"{page.lock.title}.")
            status = 409
        return self.show(
            "duty/return_question.html",
            status=status,
            page=page,
            form=form,
            **evidence_context(page=self, slot=self.slot, locked=page.lock is not None),
            typed_by=typed_by(user=self.user),
            session_ends=getattr(self.request.session, "ends_at", None),
            **more,
        )
