"""A published level is corrected by two people, beside what was published, which stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from authorities.actions import messages
from authorities.models import AuditEvent, Message, Role
from duty.models import RoundHappening, RoundState
from engagement import content as contents
from engagement.actions import corrections, interests, placements, publications
from engagement.assessment_lifecycle import AssessmentRefusedError
from engagement.models import (
    AssessmentHappening,
    CorrectionState,
    Finding,
    FindingCorrection,
    Level,
    NationalPicture,
    Placement,
    Publication,
    PublishedPlacement,
    PublishedReturn,
    Side,
)
from engagement.queries.placements import newest_publication, published_of_pair, row_of
from outcomes.models import RecomputeRequest, Subject
from tests.factories import corrections as make_corrections
from tests.factories import engagement as make
from tests.factories.engagement_assessments import central, move_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(pair, other_pair):
    """A published round with two pairs, both sides of both high."""
    return make_corrections.published_round(pairs=(pair, other_pair))


def rows_of(publication: Publication) -> list[dict[str, object]]:
    fields = ("pair_id", "authority_level", "board_level", "group", "movement", "content")
    rows = PublishedPlacement.objects.filter(publication=publication).order_by("pair_id")
    return list(rows.values(*fields))


def test_an_approved_correction_is_the_next_revision_and_the_first_stays(published, pair):
    first = newest_publication(round=published)
    findings = list(Finding.objects.order_by("pk").values())
    before = rows_of(first)

    publication = make_corrections.approved(
        correction=make_corrections.proposed(pair=pair, round=published)
    )

    assert publication.number == 2
    assert publication.reason == make_corrections.REASON
    assert newest_publication(round=published) == publication
    assert rows_of(first) == before
    assert list(Finding.objects.order_by("pk").values()) == findings
    placed = PublishedPlacement.objects.get(publication=publication, pair=pair)
    assert (placed.authority_level, placed.board_level) == ("low", "high")
    assert (placed.less_engaged, placed.basis) == ("sa", "moderated")
    assert NationalPicture.objects.filter(publication=publication).exists()


def test_the_other_pairs_and_the_returns_are_those_of_the_revision_before(
    published, pair, other_pair
):
    first = newest_publication(round=published)
    # What changed meanwhile elsewhere was approved by nobody.
    Placement.objects.filter(pair=other_pair).update(
        authority_level="low", group="pink", gap=2, less_engaged="sa"
    )

    second = make_corrections.approved(
        correction=make_corrections.proposed(pair=pair, round=published)
    )

    def rest(publication: Publication) -> list[dict[str, object]]:
        return [row for row in rows_of(publication) if row["pair_id"] != pair.pk]

    assert rest(second) == rest(first)
    assert (
        PublishedReturn.objects.filter(publication=second).count()
        == PublishedReturn.objects.filter(publication=first).count()
    )


def test_what_is_published_says_from_what_to_what_and_why(published, pair):
    make_corrections.approved(correction=make_corrections.proposed(pair=pair, round=published))

    placed = published_of_pair(pair=pair)[0]
    side = contents.from_json(stored=placed.content).authority_side
    assert [(one.revision, one.level_before, one.level) for one in side.corrections] == [
        (2, "high", "low")
    ]
    assert side.corrections[0].reason == make_corrections.REASON
    assert side.rationale == "What we found of the authority."
    assert all(row.level == "low" for row in side.statements)
    assert contents.corrected_in(stored=placed.content) == "Corrected, revision 2"
    assert row_of(placement=placed).corrections == (
        f"level of the authority corrected in revision 2: {make_corrections.REASON}"
    )
    # The notes of the centre are on no published row.
    assert "Heard from a colleague" not in str(placed.content)


def test_a_later_correction_begins_at_the_one_before(published, pair):
    make_corrections.approved(correction=make_corrections.proposed(pair=pair, round=published))
    again = make_corrections.proposed(pair=pair, round=published, level="partial")

    publication = make_corrections.approved(correction=again)

    assert (again.level_before, publication.number) == ("low", 3)
    side = contents.from_json(
        stored=PublishedPlacement.objects.get(publication=publication, pair=pair).content
    ).authority_side
    assert [one.revision for one in side.corrections] == [2, 3]
    assert (
        contents.corrected_in(
            stored=PublishedPlacement.objects.get(publication=publication, pair=pair).content
        )
        == "Corrected, revision 2 and 3"
    )


def test_a_level_may_be_corrected_to_one_that_cannot_be_decided(published, pair):
    row = make_corrections.proposed(pair=pair, round=published, level=None)

    publication = make_corrections.approved(correction=row)

    placed = PublishedPlacement.objects.get(publication=publication, pair=pair)
    assert (placed.authority_level, placed.group) == (None, None)


def test_a_later_correction_of_the_whole_round_keeps_it(published, pair):
    make_corrections.approved(correction=make_corrections.proposed(pair=pair, round=published))

    publication = make.approve(round=published, reason="A name was wrong.", clock=timezone.now)

    placed = PublishedPlacement.objects.get(publication=publication, pair=pair)
    assert (publication.number, placed.authority_level) == (3, "low")


def test_every_step_is_on_record_at_the_pair_and_at_the_round(published, pair):
    row = make_corrections.proposed(pair=pair, round=published)
    make_corrections.approved(correction=row)

    types = list(
        AssessmentHappening.objects.filter(assessment=row.assessment)
        .order_by("-pk")
        .values_list("type", flat=True)[:2]
    )
    assert types == ["approve_correction", "propose_correction"]
    told = RoundHappening.objects.get(round=published, type="correct_level")
    assert (told.reason, told.payload["number"]) == (make_corrections.REASON, 2)
    assert AuditEvent.objects.filter(action="round.level_corrected").exists()
    assert RecomputeRequest.objects.filter(subject=Subject.ROUND, subject_id=published.pk).exists()
    assert RecomputeRequest.objects.filter(subject=Subject.PAIR, subject_id=pair.pk).exists()


def test_a_later_round_that_is_worked_on_moves_from_the_corrected_level(published, pair, round):
    for side in ("sa", "icb"):
        make.confirmed(pair=pair, round=round, side=side, level="high")
    placements.recompute(pair=pair, round=round, at=make.NOW)
    assert Placement.objects.get(pair=pair, round=round).movement == "no_change"

    make_corrections.approved(correction=make_corrections.proposed(pair=pair, round=published))
    placements.recompute_pair(pair=pair, at=make.NOW)

    assert Placement.objects.get(pair=pair, round=round).movement == "improved"


def told() -> set[tuple[str, str]]:
    messages.address_due(at=timezone.now() + timedelta(days=1))
    return {
        (row.recipient.email, row.notice.kind)
        for row in Message.objects.filter(
            notice__kind__in=("finding.correction_proposed", "finding.corrected")
        ).select_related("recipient", "notice")
    }


def test_a_proposal_is_told_to_who_may_decide_and_an_approval_to_both_bodies(
    published, pair, other_pair
):
    proposer, moderator = central(Role.LEAD_ANALYST), central(Role.MODERATOR)
    barred = central(Role.MODERATOR)
    interests.declare(body=pair.board, what="A friend.", by=barred, at=make.NOW)
    people = [make.member(pair.authority), make.member(pair.board)]
    stranger = make.member(other_pair.authority)
    row = make_corrections.proposed(pair=pair, round=published, by=proposer)
    asked = {email for email, _ in told()}
    assert moderator.email in asked
    assert not {proposer.email, barred.email, *(person.email for person in people)} & asked

    make_corrections.approved(correction=row, by=moderator)

    found = {email for email, kind in told() if kind == "finding.corrected"}
    assert {person.email for person in people} <= found
    assert not {stranger.email, moderator.email} & found
    letter = Message.objects.filter(notice__kind="finding.corrected").first()
    assert letter is not None
    assert make_corrections.REASON in letter.text
    assert "revision 2" in letter.text


# --- What is refused.


def refused(match: str):
    return pytest.raises(AssessmentRefusedError, match=match)


def test_before_the_publication_nothing_is_corrected(published, pair):
    move_to(published, RoundState.FINALISING)

    with refused("The round is not published"):
        make_corrections.proposed(pair=pair, round=published)


@pytest.mark.parametrize(
    ("said", "match"),
    [
        ({"level": "high"}, "another level than the published one"),
        ({"reason": " "}, "Say why"),
        ({"rationale": ""}, "Write a rationale"),
        ({"evidence": ()}, "needs evidence"),
    ],
)
def test_a_correction_is_whole(published, pair, said, match):
    with refused(match):
        make_corrections.proposed(pair=pair, round=published, **said)
    assert not FindingCorrection.objects.exists()


def test_another_level_than_the_statements_give_needs_a_reason(published, pair):
    themes = make.themes("sa")
    picks = {theme.code: Level.PARTIAL for theme in themes}

    with refused("Say why you change the level"):
        make_corrections.proposed(pair=pair, round=published, picks=picks)


def test_one_waits_at_a_time(published, pair):
    make_corrections.proposed(pair=pair, round=published)

    with refused("waits for its second person already"):
        make_corrections.proposed(pair=pair, round=published, side=Side.BOARD)


def test_nobody_with_an_interest_proposes_or_approves(published, pair):
    analyst, moderator = central(), central(Role.MODERATOR)
    row = make_corrections.proposed(pair=pair, round=published)
    for person in (analyst, moderator):
        interests.declare(body=pair.board, what="A friend.", by=person, at=make.NOW)

    with refused("declared an interest"):
        make_corrections.approved(correction=row, by=moderator)
    corrections.take_back(correction=row, reason="Wrong.", by=row.proposed_by, at=make.NOW)
    with refused("declared an interest"):
        make_corrections.proposed(pair=pair, round=published, by=analyst)


def test_nobody_approves_or_declines_their_own(published, pair):
    lead = central(Role.LEAD_ANALYST)
    row = make_corrections.proposed(pair=pair, round=published, by=lead)

    with refused("another person decides"):
        make_corrections.approved(correction=row, by=lead)
    with refused("another person decides"):
        corrections.decline(correction=row, reason="No.", by=lead, at=make.NOW)
    assert newest_publication(round=published).number == 1


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR, Role.READER])
def test_only_who_moderates_approves(published, pair, role):
    row = make_corrections.proposed(pair=pair, round=published)

    with refused(f"as {role.value.replace('_', ' ')}"):
        make_corrections.approved(correction=row, by=central(role))


def test_it_waits_for_a_correction_of_the_whole_round(published, pair):
    row = make_corrections.proposed(pair=pair, round=published)
    lead = central(Role.LEAD_ANALYST)
    publications.propose(round_=published, reason="A name.", by=lead, at=timezone.now())

    with refused("A correction of the whole round waits"):
        make_corrections.approved(correction=row)
    row.refresh_from_db()
    assert row.state == CorrectionState.PROPOSED


def test_a_page_that_is_out_of_date_approves_nothing(published, pair):
    row = make_corrections.proposed(pair=pair, round=published)

    with refused("changed this assessment since"):
        corrections.approve(
            correction=row,
            expected_version=row.assessment.version - 1,
            by=central(Role.MODERATOR),
            at=timezone.now(),
        )


@pytest.mark.parametrize("how", ["decline", "take_back"])
def test_what_is_declined_or_taken_back_is_never_published(published, pair, how):
    row = make_corrections.proposed(pair=pair, round=published)
    by = central(Role.MODERATOR) if how == "decline" else row.proposed_by

    getattr(corrections, how)(correction=row, reason="It was right.", by=by, at=make.NOW)

    row.refresh_from_db()
    assert (row.publication, row.decided_reason) == (None, "It was right.")
    assert newest_publication(round=published).number == 1
    with refused("decided already"):
        make_corrections.approved(correction=row)
    make_corrections.proposed(pair=pair, round=published)


def test_somebody_elses_is_taken_back_by_a_lead_analyst_alone(published, pair):
    row = make_corrections.proposed(pair=pair, round=published)

    with refused("by who proposed it, or by a lead analyst"):
        corrections.take_back(correction=row, reason="No.", by=central(), at=make.NOW)
    corrections.take_back(correction=row, reason="No.", by=central(Role.LEAD_ANALYST), at=make.NOW)
