"""The questions of a draft: written, changed, moved, taken out."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse

from duty.actions import specification_drafts as drafts
from duty.forms.question_draft import QuestionDraftForm
from duty.forms.question_initial import initial_of_question
from duty.forms.specifications import RevisionForm
from duty.models import Section
from duty.questions import AnswerType, QuestionSpec
from duty.specification_words import ANSWER_TYPE_WORDS
from duty.ui.components import SummaryRow
from duty.views.specification_pages import DraftStep, MovePage, SpecificationPage


class QuestionPage(DraftStep):
    """The form of a question."""

    template: ClassVar[str] = "duty/specification_question.html"

    def save(self, form: QuestionDraftForm, *, code: str | None) -> HttpResponse:
        """Store the question; a code that is taken is said at its field."""
        question = form.question
        try:
            drafts.store_question(
                specification=self.specification,
                code=code,
                question=question,
                expected_revision=form.cleaned_data["revision"] or 0,
                by=self.person,
                at=self.now,
            )
        except drafts.CodeTakenError as error:
            form.add_error("code", str(error))
            return self.again(form, status=422)
        except drafts.UnknownQuestionError as error:
            messages.info(self.request, str(error))
            return self.to_version()
        messages.success(self.request, f"Question {question.code} is stored.")
        return self.to_version(f"question-{question.code}")


class QuestionNew(QuestionPage):
    """A question is added at the end of a section."""

    section: Section

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the section.

        Raises:
            Http404: there is no such section.
        """
        super().setup(request, *args, **kwargs)
        if kwargs["section"] not in Section.values:
            raise Http404
        self.section = Section(kwargs["section"])

    def form(self, data: Any = None) -> QuestionDraftForm:
        """Return the form."""
        places = {code: place for place, code in enumerate(self.specification.section_order)}
        earlier = [
            one for one in self.questions if places[one.specification] <= places[self.section.value]
        ]
        return QuestionDraftForm(
            section=self.section.value,
            earlier=earlier,
            may_derive=False,
            data=data,
            initial={
                "revision": self.specification.revision,
                "answer_type": AnswerType.TEXT.value,
                "word_limit": 300,
            },
        )

    def words(self) -> dict[str, Any]:
        """Return the words of the page."""
        title = self.specification.section_title(self.section)
        return {"title": f"Add a question to “{title}”", "button": "Add the question"}

    def store(self, form: QuestionDraftForm) -> HttpResponse:
        """Add it."""
        return self.save(form, code=None)


class OneQuestion(SpecificationPage):
    """A page of one question of a draft."""

    question: QuestionSpec

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the question.

        Raises:
            Http404: the version has no such question.
        """
        super().setup(request, *args, **kwargs)
        found = next((one for one in self.questions if one.code == kwargs["code"]), None)
        if found is None:
            raise Http404
        self.question = found


class QuestionEdit(OneQuestion, QuestionPage):
    """A question is changed."""

    def form(self, data: Any = None) -> QuestionDraftForm:
        """Return the form."""
        codes = [one.code for one in self.questions]
        initial = initial_of_question(question=self.question)
        return QuestionDraftForm(
            section=self.question.specification,
            earlier=self.questions[: codes.index(self.question.code)],
            may_derive=self.question.derived,
            data=data,
            initial=initial | {"revision": self.specification.revision},
        )

    def words(self) -> dict[str, Any]:
        """Return the words of the page."""
        return {"title": f"Change question {self.question.code}", "button": "Save the question"}

    def stored(self) -> tuple[Any, ...]:
        """Return what is stored now."""
        code = self.question.code
        self.question = next((one for one in self.questions if one.code == code), self.question)
        return (
            SummaryRow("What is asked", self.question.text),
            SummaryRow("Help", self.question.help),
            SummaryRow("How it is answered", ANSWER_TYPE_WORDS[self.question.answer_type]),
            SummaryRow("Options", "\n".join(one.label for one in self.question.options) or "None"),
        )

    def store(self, form: QuestionDraftForm) -> HttpResponse:
        """Change it."""
        return self.save(form, code=self.question.code)


class QuestionMove(OneQuestion, MovePage):
    """A question is moved one place in its section."""

    part: ClassVar[str] = "question"

    @property
    def anchor(self) -> str:
        """Where the question stands."""
        return f"question-{self.question.code}"

    def move(self, *, up: bool, seen: int) -> None:
        """Move it."""
        drafts.move_question(
            specification=self.specification,
            code=self.question.code,
            up=up,
            expected_revision=seen,
            by=self.person,
            at=self.now,
        )


class QuestionRemove(OneQuestion, DraftStep):
    """A question is taken out of a draft."""

    template: ClassVar[str] = "duty/specification_question_remove.html"

    def form(self, data: Any = None) -> RevisionForm:
        """Return the form."""
        return RevisionForm(data, initial={"revision": self.specification.revision})

    def words(self) -> dict[str, Any]:
        """Return the question, and those that wait for it."""
        waiting = [
            one.code
            for one in self.questions
            if one.condition and one.condition.question == self.question.code
        ]
        text = f"These wait for it, and must be changed before publication: {', '.join(waiting)}."
        return {"question": self.question, "warning": text if waiting else ""}

    def store(self, form: RevisionForm) -> HttpResponse:
        """Take it out."""
        drafts.remove_question(
            specification=self.specification,
            code=self.question.code,
            expected_revision=form.seen,
            by=self.person,
            at=self.now,
        )
        messages.success(self.request, f"Question {self.question.code} is taken out.")
        return self.to_version(self.question.specification)
