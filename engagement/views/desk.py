"""The lists of the assessment desk: all pairs of a round, what waits for a moderator, interests."""

from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from authorities.models import Body, Pair
from authorities.permissions import Permission
from authorities.views.centre import CentrePage, page_number
from duty.models import Round, RoundState
from duty.ui.navigation import BackLink
from duty.views.unsent import KeepsTyped, refilled
from engagement.actions import allocations, interests, moderation
from engagement.actions.allocations import Refused
from engagement.forms.assessments import AllocateForm, ChosenForm, InterestForm
from engagement.models import Assessment, Interest
from engagement.presenters import desk as presenter
from engagement.queries import assessments as queries
from engagement.queries import desk
from engagement.queries.assessments import holders_of

HOME = BackLink("Home", "/")


class DeskRoundPage(CentrePage):
    """A list of one round: the one that is asked for, or the latest."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_READ

    def rounds(self) -> tuple[tuple[Round, ...], Round | None]:
        """Return the rounds of the desk, and the one of the list.

        Raises:
            Http404: there is no such round.
        """
        rounds = desk.desk_rounds()
        slug = self.request.GET.get("round", "")
        chosen = next((one for one in rounds if one.slug == slug), None)
        if slug and chosen is None:
            raise Http404
        return rounds, chosen or next(iter(rounds), None)

    def refused(
        self, *, refused: tuple[Refused, ...], lines: tuple[desk.DeskLine, ...]
    ) -> list[tuple[str, str]]:
        """Return the pairs that were left out by name, each with why."""
        names = {line.pair_id: line.name for line in lines}
        return [(names.get(one.pair.pk, ""), one.why) for one in refused]


class Desk(DeskRoundPage):
    """The pairs of a round, filtered, and their allocation."""

    write_permission: ClassVar[Permission | None] = Permission.ASSESSMENT_ALLOCATE

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of the list."""
        return self.page()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Allocate what was ticked, and say what was left out."""
        _, round_ = self.rounds()
        if round_ is None:
            raise Http404
        lines = desk.desk_lines(round=round_)
        people = holders_of(Permission.ASSESSMENT_DRAFT)
        form = AllocateForm(
            request.POST,
            pairs={line.pair_id: line.name for line in lines},
            people=[(one.pk, one.full_name) for one in people],
        )
        if not form.is_valid():
            return self.page(form=form, status=422)
        wanted = [UUID(key) for key in form.cleaned_data["pairs"]]
        to = next(one for one in people if str(one.pk) == form.cleaned_data["to"])
        left_out = allocations.allocate_many(
            round=round_,
            pairs=Pair.objects.select_related("authority", "board")
            .filter(pk__in=wanted)
            .order_by("pk"),
            to=to,
            by=self.person,
            at=self.now,
        )
        done = len(wanted) - len(left_out)
        said = f"{done} of {len(wanted)} allocated to {to.full_name}."
        if left_out:
            return self.page(
                form=form,
                status=422,
                said=said,
                left_out=self.refused(refused=left_out, lines=lines),
            )
        messages.success(request, said)
        return redirect(f"{reverse('assessments:desk')}?{request.GET.urlencode()}")

    def page(
        self, *, form: AllocateForm | None = None, status: int = 200, **more: Any
    ) -> HttpResponse:
        """Show the list with the form, where the person allocates."""
        rounds, round_ = self.rounds()
        if round_ is None:
            return self.show("engagement/desk.html", page=None, back=HOME)
        asked = self.request.GET
        filters = presenter.DeskFilters(
            state=asked.get("state", ""),
            assigned=asked.get("assigned", ""),
            region=asked.get("region", ""),
        )
        lines = desk.desk_lines(round=round_)
        allocates = self.may(Permission.ASSESSMENT_ALLOCATE)
        if allocates and form is None:
            form = AllocateForm(
                pairs={},
                people=[(one.pk, one.full_name) for one in holders_of(Permission.ASSESSMENT_DRAFT)],
            )
        return self.show(
            "engagement/desk.html",
            status=status,
            page=presenter.desk_page(
                rounds=rounds,
                round_=round_,
                lines=lines,
                filters=filters,
                person_id=self.person.pk,
                page=page_number(request=self.request),
            ),
            form=form if allocates else None,
            ticked=set(self.request.POST.getlist("pairs")),
            moderates=self.may(Permission.ASSESSMENT_MODERATE),
            declares=self.may(Permission.INTEREST_DECLARE),
            back=HOME,
            **more,
        )


class ModerationList(DeskRoundPage):
    """What waits for a moderator, and national views that are made final together."""

    write_permission: ClassVar[Permission | None] = Permission.ASSESSMENT_MODERATE

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it."""
        return self.page()

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make final what was ticked, after a page that asks once more."""
        _, round_ = self.rounds()
        if round_ is None:
            raise Http404
        lines = desk.desk_lines(round=round_)
        waiting = {line.pair_id: line.name for line in lines if line.state.value == "unchallenged"}
        form = ChosenForm(request.POST, pairs=waiting)
        if not form.is_valid():
            return self.page(form=form, status=422)
        chosen = [UUID(key) for key in form.cleaned_data["pairs"]]
        if "confirm" not in request.POST:
            return self.show(
                "engagement/finalise_many.html",
                chosen=[(str(key), waiting[key]) for key in chosen],
                round=round_,
                back=BackLink(
                    "Moderation", f"{reverse('assessments:moderation')}?round={round_.slug}"
                ),
            )
        left_out = moderation.finalise_many(
            assessments=Assessment.objects.filter(round=round_, pair_id__in=chosen)
            .select_related("pair")
            .order_by("pk"),
            by=self.person,
            at=self.now,
        )
        said = f"{len(chosen) - len(left_out)} of {len(chosen)} made final."
        if left_out:
            return self.page(
                status=422, said=said, left_out=self.refused(refused=left_out, lines=lines)
            )
        messages.success(request, said)
        return redirect(f"{reverse('assessments:moderation')}?round={round_.slug}")

    def page(
        self, *, form: ChosenForm | None = None, status: int = 200, **more: Any
    ) -> HttpResponse:
        """Show what waits in a round."""
        rounds, round_ = self.rounds()
        if round_ is None:
            return self.show("engagement/moderation.html", page=None, back=HOME)
        return self.show(
            "engagement/moderation.html",
            status=status,
            page=presenter.moderation_page(
                rounds=rounds,
                round_=round_,
                lines=desk.desk_lines(round=round_),
                person_id=self.person.pk,
                interested=queries.interests_of(person=self.person),
                shares_now=round_.state in (RoundState.IN_REPLY, RoundState.FINALISING),
                pages={
                    part: page_number(request=self.request, name=part)
                    for part in presenter.MODERATION_PARTS
                },
            ),
            form=form,
            moderates=self.may(Permission.ASSESSMENT_MODERATE),
            back=BackLink("Assessments", reverse("assessments:desk")),
            **more,
        )


class Interests(KeepsTyped, CentrePage):
    """What people of the centre have to do with bodies, and the form to declare one's own."""

    permission: ClassVar[Permission] = Permission.ASSESSMENT_READ
    write_permission: ClassVar[Permission | None] = Permission.INTEREST_DECLARE

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        kept = self.kept_data
        form = self.form() if kept is None else refilled(self.form(kept))
        return self.page(form=form)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Declare one."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form=form, status=422)
        interests.declare(
            body=Body.objects.get(pk=form.cleaned_data["body"]),
            what=form.cleaned_data["what"],
            by=self.person,
            at=self.now,
        )
        messages.success(request, "Your interest is declared. Others judge the pairs of this body.")
        return redirect("assessments:interests")

    def form(self, data: Any = None) -> InterestForm:
        """Return the form, empty or as it was sent."""
        return InterestForm(data, bodies=desk.bodies_to_declare(at=self.now))

    def page(self, *, form: Any, status: int = 200) -> HttpResponse:
        """Show the list and the form."""
        return self.show(
            "engagement/interests.html",
            status=status,
            found=desk.interest_page(page=page_number(request=self.request), at=self.now),
            person=self.person,
            form=form if self.may(Permission.INTEREST_DECLARE) else None,
            back=BackLink("Assessments", reverse("assessments:desk")),
        )


class InterestEnd(CentrePage):
    """The end of one's own interest."""

    permission: ClassVar[Permission] = Permission.INTEREST_DECLARE

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find one's own; that of another person is not there.

        Raises:
            Http404: there is no such one of the person's.
        """
        super().setup(request, *args, **kwargs)
        row = desk.own_interest(interest_id=kwargs["interest_id"], by=self.person, at=self.now)
        if row is None:
            raise Http404
        self.row = row

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Ask."""
        return self.show(
            "engagement/interest_end.html",
            row=self.row,
            back=BackLink("Interests", reverse("assessments:interests")),
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """End it."""
        interests.end(interest=Interest.objects.get(pk=self.row.id), by=self.person, at=self.now)
        messages.success(request, "The interest has ended. It stays on record.")
        return redirect("assessments:interests")
