"""Expert reviews of a framework: signed ones for everybody, drafts for the owners' people."""

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from authorities.access import rights_of
from authorities.permissions import Permission
from outcomes.access import FrameworkShown
from outcomes.actions import expert_reviews as actions
from outcomes.expert_review_forms import (
    GiveUpReviewForm,
    ReviewForm,
    ReviewWordsForm,
    SignReviewForm,
    initial_of,
)
from outcomes.expert_reviews import ReviewText, lacks_to_be_signed
from outcomes.presenters import expert_reviews as presenter
from outcomes.presenters.framework_parts import Part
from outcomes.queries import expert_reviews as queries
from outcomes.views.framework_parts import FrameworkPart, FrameworkStep


def _review(shown: FrameworkShown, review_id: UUID, day: date) -> queries.ReviewFacts:
    """Return a review that the person may read.

    Raises:
        Http404: it does not exist, or is a draft and the person is not of an owner.
    """
    found = queries.reviews_of(
        framework=shown.framework, with_drafts=shown.to_owner, day=day, pk=review_id
    )
    if not found:
        raise Http404
    return found[0]


def _draft(shown: FrameworkShown, review_id: UUID, day: date) -> queries.ReviewFacts:
    """Return a draft that the person may read.

    Raises:
        Http404: as `_review`, or it is signed.
    """
    review = _review(shown, review_id, day)
    if review.signed:
        raise Http404
    return review


class ReviewList(FrameworkPart):
    """The reviews, and when the next is due."""

    part: ClassVar[Part | None] = Part.REVIEWS

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show them; owners see their drafts as well."""
        framework, today = self.shown.framework, self.today
        return self.show(
            "outcomes/reviews.html",
            page=presenter.review_list(
                framework=framework,
                reviews=queries.reviews_of(
                    framework=framework, with_drafts=self.shown.to_owner, day=today
                ),
                due_on=queries.due_of(framework=framework),
                today=today,
            ),
            may_draft=self.shown.version is not None and self.may(Permission.FRAMEWORK_EDIT),
        )


class ReviewDetail(FrameworkPart):
    """One review."""

    def get(self, request: HttpRequest, review_id: UUID, **kwargs: Any) -> HttpResponse:
        """Show it; of a draft, what its owners may do."""
        review = _review(self.shown, review_id, self.today)
        return self.show(
            "outcomes/review.html",
            review_id=review_id,
            page=presenter.review_page(
                review=review,
                lacks=() if review.signed else lacks_to_be_signed(text=review.text),
            ),
            may_edit=not review.signed and self.may(Permission.FRAMEWORK_EDIT),
            may_sign=not review.signed and self.may(Permission.FRAMEWORK_SIGN),
            may_give_up=not review.signed and self._edits_for_author(review),
        )

    def _edits_for_author(self, review: queries.ReviewFacts) -> bool:
        authors = actions.may_give_up(framework=self.shown.framework, author=review.body_id)
        held = rights_of(self.visitor)
        return any(Permission.FRAMEWORK_EDIT in held.at(body) for body in authors)


class ReviewWriting(FrameworkStep):
    """What drafting a note and changing it have in common."""

    permission: ClassVar[Permission] = Permission.FRAMEWORK_EDIT

    def choices(self, review: queries.ReviewFacts | None = None) -> tuple[queries.Choice, ...]:
        """Return what may be looked at: what is in force, and what the note names already.

        Raises:
            Http404: no version is in force.
        """
        if self.shown.version is None:
            raise Http404
        found = queries.choices_of(version=self.shown.version, day=self.today)
        known = {one.lineage for one in found}
        named = review.indicators if review else ()
        return (
            *found,
            *(
                queries.Choice(one.lineage, one.name, "")
                for one in named
                if one.lineage not in known
            ),
        )

    def onward(self, review_id: UUID, text: ReviewText) -> HttpResponse:
        """Lead to where something is said of each indicator; to the note where none is named."""
        page = "outcomes:review-words" if text.looked_at else "outcomes:review"
        return redirect(page, framework_id=self.shown.framework.pk, review_id=review_id)

    def refuse(self, form: forms.Form, error: actions.ReviewRefusedError) -> None:
        """Say in the form what is wrong."""
        for lack in error.lacks:
            form.add_error(lack.field if lack.field in form.fields else None, lack.message)


class ReviewDraft(ReviewWriting):
    """Drafts a note."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask for it."""
        return self._page(ReviewForm(choices=self.choices()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Store it as a draft."""
        form = ReviewForm(request.POST, choices=self.choices())
        if not form.is_valid():
            return self._page(form, status=422)
        key = form.cleaned_data["form_key"]
        if key is None:
            form.add_error(None, "Open the page again: this form has no key.")
            return self._page(form, status=422)
        try:
            review = actions.draft(
                framework=self.shown.framework,
                text=form.text,
                form_key=key,
                acting=self.acting,
                by=self.person,
                at=self.now,
            )
        except actions.ReviewRefusedError as error:
            self.refuse(form, error)
            return self._page(form, status=422)
        messages.success(request, "The review is saved as a draft.")
        return self.onward(review.pk, form.text)

    def _page(self, form: ReviewForm, *, status: int = 200) -> HttpResponse:
        return self.show("outcomes/review_form.html", form=form, review_id=None, status=status)


class ReviewEdit(ReviewWriting):
    """Changes a draft."""

    def get(self, request: HttpRequest, review_id: UUID, **kwargs: Any) -> HttpResponse:
        """Show what is stored, to be changed."""
        review = _draft(self.shown, review_id, self.today)
        choices = self.choices(review)
        initial = initial_of(text=review.text)
        form = ReviewForm(choices=choices, initial={**initial, "version": review.version})
        return self._page(review_id, form)

    def post(self, request: HttpRequest, review_id: UUID, **kwargs: Any) -> HttpResponse:
        """Store the change."""
        review = _draft(self.shown, review_id, self.today)
        form = ReviewForm(request.POST, choices=self.choices(review), said=review.text.looked_at)
        if not form.is_valid():
            return self._page(review_id, form, status=422)
        try:
            actions.edit(
                framework=self.shown.framework,
                review_id=review_id,
                expected_version=form.cleaned_data["version"] or 0,
                text=form.text,
                acting=self.acting,
                by=self.person,
                at=self.now,
            )
        except actions.ReviewRefusedError as error:
            self.refuse(form, error)
            return self._page(review_id, form, status=422)
        messages.success(request, "The draft is changed.")
        return self.onward(review_id, form.text)

    def _page(self, review_id: UUID, form: ReviewForm, *, status: int = 200) -> HttpResponse:
        return self.show("outcomes/review_form.html", form=form, review_id=review_id, status=status)


class ReviewWords(ReviewWriting):
    """Says something of each indicator that a draft names."""

    def get(self, request: HttpRequest, review_id: UUID, **kwargs: Any) -> HttpResponse:
        """Ask for it, with what is stored."""
        review = _draft(self.shown, review_id, self.today)
        return self._page(
            review,
            ReviewWordsForm(looked_at=review.indicators, initial={"version": review.version}),
        )

    def post(self, request: HttpRequest, review_id: UUID, **kwargs: Any) -> HttpResponse:
        """Store it."""
        review = _draft(self.shown, review_id, self.today)
        form = ReviewWordsForm(request.POST, looked_at=review.indicators)
        if not form.is_valid():
            return self._page(review, form, status=422)
        try:
            actions.edit(
                framework=self.shown.framework,
                review_id=review_id,
                expected_version=form.cleaned_data["version"] or 0,
                text=replace(review.text, looked_at=form.looked_at),
                acting=self.acting,
                by=self.person,
                at=self.now,
            )
        except actions.ReviewRefusedError as error:
            self.refuse(form, error)
            return self._page(review, form, status=422)
        messages.success(request, "What the group says is saved.")
        return redirect(
            "outcomes:review", framework_id=self.shown.framework.pk, review_id=review_id
        )

    def _page(
        self, review: queries.ReviewFacts, form: ReviewWordsForm, *, status: int = 200
    ) -> HttpResponse:
        return self.show(
            "outcomes/review_words.html", form=form, review_id=review.id, status=status
        )


class ReviewGiveUp(FrameworkStep):
    """Deletes a draft, for the owner that wrote it."""

    permission: ClassVar[Permission] = Permission.FRAMEWORK_EDIT

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the draft, and as whom it is deleted.

        Raises:
            Http404: there is none.
            PermissionDenied: the person edits for another owner.
        """
        super().setup(request, *args, **kwargs)
        self.review = _draft(self.shown, kwargs["review_id"], self.today)
        authors = actions.may_give_up(framework=self.shown.framework, author=self.review.body_id)
        keys = {body.pk for body in authors}
        mine = [body for body in self.access.bodies if body.pk in keys]
        if not mine:
            raise PermissionDenied
        self.as_whom = self.access.acting(self.person, permission=self.permission, body=mine[0].pk)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask whether they mean it."""
        return self._page(GiveUpReviewForm(initial={"version": self.review.version}))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Delete it."""
        form = GiveUpReviewForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            actions.give_up(
                framework=self.shown.framework,
                review_id=self.review.id,
                expected_version=form.cleaned_data["version"],
                acting=self.as_whom,
                by=self.person,
                at=self.now,
            )
        except actions.ReviewRefusedError as error:
            form.add_error(None, str(error))
            return self._page(form, status=422)
        messages.success(request, "The draft is deleted.")
        return redirect("outcomes:review-list", framework_id=self.shown.framework.pk)

    def _page(self, form: GiveUpReviewForm, *, status: int = 200) -> HttpResponse:
        return self.show(
            "outcomes/review_give_up.html",
            form=form,
            review_id=self.review.id,
            page=presenter.review_page(review=self.review, lacks=()),
            status=status,
        )


class ReviewSign(FrameworkStep):
    """Signs a draft for the group."""

    permission: ClassVar[Permission] = Permission.FRAMEWORK_SIGN

    def get(self, request: HttpRequest, review_id: UUID, **kwargs: Any) -> HttpResponse:
        """Show what is signed, and ask who signs for the group."""
        review = _review(self.shown, review_id, self.today)
        return self._page(review, SignReviewForm(initial={"version": review.version}))

    def post(self, request: HttpRequest, review_id: UUID, **kwargs: Any) -> HttpResponse:
        """Sign it."""
        review = _review(self.shown, review_id, self.today)
        form = SignReviewForm(request.POST)
        if not form.is_valid():
            return self._page(review, form, status=422)
        try:
            actions.sign(
                framework=self.shown.framework,
                review_id=review_id,
                expected_version=form.cleaned_data["version"] or 0,
                role=form.cleaned_data["role"],
                acting=self.acting,
                by=self.person,
                at=self.now,
            )
        except actions.ReviewRefusedError as error:
            for lack in error.lacks:
                form.add_error(lack.field if lack.field in form.fields else None, lack.message)
            return self._page(review, form, status=422)
        messages.success(request, "The review is signed and public.")
        return redirect(
            "outcomes:review", framework_id=self.shown.framework.pk, review_id=review_id
        )

    def _page(
        self, review: queries.ReviewFacts, form: SignReviewForm, *, status: int = 200
    ) -> HttpResponse:
        return self.show(
            "outcomes/review_sign.html",
            form=form,
            review_id=review.id,
            page=presenter.review_page(
                review=review,
                lacks=() if review.signed else lacks_to_be_signed(text=review.text),
            ),
            status=status,
        )
