"""What stands in the addresses of levers, and more of them and of views of the other side."""

from datetime import timedelta

from django.utils import timezone

from authorities.models import Pair
from duty.models import Round
from engagement.models import Commitment, Lever, LeverCommitment, PartnerPick, PartnerView, Theme
from tests.factories import levers as make
from tests.factories.authorities import StrategicAuthorityFactory


def lever_things() -> dict[str, str]:
    """Return the demonstration's lever that is shared, by the rules' name."""
    return {"lever": str(Lever.objects.get(title="Bus franchising").pk)}


def more_levers(*, pair: Pair) -> None:
    """Let the authority have many levers, shared and turned, and others share theirs."""
    for number in range(25):
        mine = make.shared(authority=pair.authority, title=f"Of ours {number}")
        make.shared(authority=StrategicAuthorityFactory(), title=f"Of others {number}")
        make.LeverFactory(authority=pair.authority, title=f"Draft {number}")
        made = Commitment.objects.create(
            pair=pair,
            title=f"Made {number}",
            authority_owner="Head",
            proposed_side="sa",
            target_date=timezone.localdate() + timedelta(days=90),
            proposed_at=make.AT,
            proposed_by=mine.shared_by,
            form_key=mine.lever.form_key,
        )
        LeverCommitment.objects.create(
            lever=mine.lever, commitment=made, made_at=make.AT, made_by=mine.shared_by
        )


def more_partner_views(*, pair: Pair) -> None:
    """Let both sides of pairs of every round confirm what they say of the other, and release it."""
    by = pair.partnerviews.get(round__state="published", side="icb").released_by
    for round_ in Round.objects.counted().filter(rubric__isnull=False):
        for each in [pair, *Pair.objects.exclude(pk=pair.pk).order_by("pk")[:20]]:
            for side, about in (("sa", "icb"), ("icb", "sa")):
                if PartnerView.objects.filter(round=round_, pair=each, side=side).exists():
                    continue
                view = PartnerView.objects.create(
                    round=round_, pair=each, side=side, updated_at=make.AT, updated_by=by
                )
                PartnerPick.objects.bulk_create(
                    PartnerPick(view=view, theme=theme, level="low")
                    for theme in Theme.objects.filter(rubric__version=1, side=about)
                )
                view.state, view.level, view.computed_level = "confirmed", "low", "low"
                view.confirmed_at, view.confirmed_by = make.AT, by
                view.released_at, view.released_by = make.AT, by
                view.save()
