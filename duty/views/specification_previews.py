"""A version as an officer would see it; nothing that is typed there is stored."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse

from duty.deadlines import london_date
from duty.forms.question import QuestionForm
from duty.forms.specifications import HolderForm
from duty.presenters.questions import heading_of
from duty.presenters.specification_previews import (
    BOARDS,
    first_slot,
    preview_page,
    preview_question,
)
from duty.queries.specifications import titles_of
from duty.questions import Holder, QuestionSpec, questions_for
from duty.views.specification_pages import SpecificationPage

_USUAL = {"type": "combined_authority", "tier": "established_mayoral", "year": "later"}


class PreviewPage(SpecificationPage):
    """A page of the preview, for a chosen kind of authority."""

    chosen: dict[str, str]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Read for which kind of authority it is; what is not known is the usual one."""
        super().setup(request, *args, **kwargs)
        self.holder_form = HolderForm({**_USUAL, **request.GET.dict()})
        valid = self.holder_form.is_valid()
        self.chosen = self.holder_form.cleaned_data if valid else dict(_USUAL)

    @property
    def asked(self) -> tuple[QuestionSpec, ...]:
        """The questions that this kind of authority is asked."""
        first = self.chosen["year"] == "first"
        holder = Holder(type=self.chosen["type"], tier=self.chosen["tier"], first_year=first)
        return questions_for(questions=self.questions, holder=holder)

    @property
    def query(self) -> str:
        """What keeps the choice from page to page."""
        return urlencode(self.chosen)

    @property
    def banner(self) -> str:
        """What says on each page that it is a preview."""
        state = "published" if self.specification.published_at else "draft"
        return f"Preview of version {self.specification.version}, {state}"


class SpecificationPreview(PreviewPage):
    """Every section and question that this kind of authority is asked."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show them."""
        page = preview_page(
            specification=self.specification,
            asked=self.asked,
            everything=self.questions,
            titles=titles_of(specification=self.specification),
            query=self.query,
        )
        # Named apart from `form`: the choice is always valid, or the usual one.
        form = HolderForm(initial=self.chosen)
        return self.show(
            "duty/specification_preview.html", page=page, kind_form=form, banner=self.banner
        )


class PreviewQuestion(PreviewPage):
    """The page of one question, which can be tried out."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it empty."""
        return self._page(kwargs["code"])

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Check what was typed as an officer's answer would be; store nothing."""
        return self._page(kwargs["code"], data=request.POST)

    def _page(self, code: str, data: Any = None) -> HttpResponse:
        question = next((one for one in self.asked if one.code == code), None)
        if question is None:
            raise Http404
        slot = first_slot(question=question)
        board = BOARDS[0] if slot.board else None
        form = QuestionForm(
            slot=slot,
            heading=heading_of(question=question, board=board),
            data=data,
            initial={"version": 0},
        )
        tried = data is not None and form.is_valid()
        wrong = data is not None and bool(form.errors)
        return self.show(
            "duty/return_question.html",
            status=422 if wrong else 200,
            page=preview_question(
                specification=self.specification,
                slot=slot,
                asked=self.asked,
                query=self.query,
                today=london_date(now=self.now),
            ),
            form=form,
            preview=self.banner,
            tried=tried,
            may_edit=True,
        )
