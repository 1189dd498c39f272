"""What is asked of placements, working and published."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTransform

from authorities.models import Pair
from authorities.queries import pair_key
from duty.models import Round, RoundState
from engagement import content as contents
from engagement import picture
from engagement.models import NationalPicture, Placement, Publication, PublishedPlacement
from engagement.queries.lineages import Lineages

# States in which working placements follow what is stored; a published round's never change.
WORKING_STATES = (
    RoundState.OPEN,
    RoundState.CLOSED,
    RoundState.IN_REPLY,
    RoundState.FINALISING,
)


@dataclass(frozen=True)
class Earlier:
    """The latest earlier published placement of a pair, or of one that it succeeded."""

    round: Round
    authority_level: str | None
    board_level: str | None
    rubric_version: int
    of_predecessor: bool


def working_rounds() -> tuple[Round, ...]:
    """Return the rounds whose placements are still worked on, the latest first; never tests.

    From the instant of its publication a round is none of them, whether or not the job was there.
    """
    return tuple(
        Round.objects.counted()
        .filter(state__in=WORKING_STATES)
        .exclude(pk__in=Publication.objects.visible().values("round_id"))
        .order_by("-covers_to", "-opens_on", "-pk")
    )


def published_rounds() -> tuple[Round, ...]:
    """Return the rounds that the public may see, the latest first."""
    return tuple(
        Round.objects.filter(pk__in=Publication.objects.visible().values("round_id")).order_by(
            "-covers_to", "-opens_on", "-pk"
        )
    )


def newest_publication(*, round: Round) -> Publication | None:
    """Return the latest revision of a round that everybody may see, None where there is none."""
    return Publication.objects.visible().filter(round=round).order_by("-number").first()


def current_publications() -> QuerySet[Publication]:
    """Return the newest revision of each round that everybody may see."""
    return Publication.objects.current()


def published_of_pair(*, pair: Pair) -> tuple[PublishedPlacement, ...]:
    """Return the pair's published placements, one a round, the earliest round first."""
    return tuple(
        PublishedPlacement.objects.filter(pair=pair, publication__in=current_publications())
        .select_related("publication__round")
        .order_by("publication__round__covers_to", "publication__round__opens_on", "pk")
    )


def working_of_pair(*, pair: Pair) -> tuple[Placement, ...]:
    """Return the pair's working placements in rounds that are not published."""
    return tuple(
        Placement.objects.filter(pair=pair, round__state__in=WORKING_STATES)
        .exclude(round__in=Publication.objects.visible().values("round_id"))
        .select_related("round")
        .order_by("round__covers_to", "round__opens_on", "pk")
    )


def placements_of_round(*, round: Round) -> tuple[Placement, ...]:
    """Return the working placements of a round."""
    return tuple(Placement.objects.filter(round=round).order_by("pair_id"))


@dataclass(frozen=True)
class Versions:
    """The rubric and the group map that the placements of a round were made by, by number."""

    rubric: int
    group_map: int


def versions_of(*, round: Round, publication: Publication | None) -> Versions | None:
    """Return by what a round's placements, or a revision's, were made; None without any.

    All of them are made by what the round froze, so that one of them says it.
    """
    rows: QuerySet[Any] = (
        Placement.objects.filter(round=round)
        if publication is None
        else PublishedPlacement.objects.filter(publication=publication)
    )
    found = (
        rows.order_by("pk")
        .values_list("content__rubric_version", "content__group_map_version")
        .first()
    )
    return None if found is None else Versions(*found)


def published_placements(*, publication: Publication) -> tuple[PublishedPlacement, ...]:
    """Return the placements of a revision."""
    return tuple(PublishedPlacement.objects.filter(publication=publication).order_by("pair_id"))


def earlier_placements(
    *, pairs: Collection[Pair], round: Round, lineages: Lineages
) -> dict[UUID, Earlier]:
    """Return what each pair is compared with: its own latest, else a predecessor pair's.

    Two queries, however many pairs; a pair that was never published before is left out.
    """
    before = {pair.pk: lineages.predecessors(pair=pair) for pair in pairs}
    rounds = {
        each.pk: each
        for each in Round.objects.filter(
            publications__in=current_publications(), covers_to__lt=round.covers_to
        )
    }
    newest = _newest_published(
        pairs={*before, *(one for others in before.values() for one in others)},
        rounds=rounds.keys(),
    )
    found = {}
    for key, others in before.items():
        compared = [key] if key in newest else [one for one in others if one in newest]
        if not compared:
            continue
        _, where, authority_level, board_level, rubric = max(
            (newest[one] for one in compared),
            key=lambda row: (rounds[row[1]].covers_to, rounds[row[1]].opens_on, row[0]),
        )
        found[key] = Earlier(
            round=rounds[where],
            authority_level=authority_level,
            board_level=board_level,
            rubric_version=rubric,
            of_predecessor=compared != [key],
        )
    return found


def _newest_published(
    *, pairs: Collection[UUID], rounds: Collection[UUID]
) -> dict[UUID, tuple[int, UUID, str | None, str | None, int]]:
    """Return the newest published placement of each pair: its key, its round, and what it says."""
    rows = (
        PublishedPlacement.objects.filter(
            publication__in=current_publications(),
            publication__round__in=rounds,
            pair_id__in=pairs,
        )
        .annotate(rubric=KeyTransform("rubric_version", "content"))
        .order_by(
            "pair_id", "-publication__round__covers_to", "-publication__round__opens_on", "-pk"
        )
        .distinct("pair_id")
        .values_list(
            "pair_id", "pk", "publication__round_id", "authority_level", "board_level", "rubric"
        )
    )
    return {pair: (row, where, sa, icb, rubric) for pair, row, where, sa, icb, rubric in rows}


def reasons_of_picture(*, picture_id: int) -> dict[str, contents.LevelReasons]:
    """Return what each level of a picture rests on, by the key of the pair, from two queries.

    For files: the picture itself stays small without it. Nothing where a recompute has dropped the
    picture meanwhile.
    """
    drawn = NationalPicture.objects.only("round_id", "publication_id").filter(pk=picture_id).first()
    if drawn is None:
        return {}
    rows: QuerySet[Placement] | QuerySet[PublishedPlacement] = (
        Placement.objects.filter(round=drawn.round_id)
        if drawn.publication_id is None
        else PublishedPlacement.objects.filter(publication=drawn.publication_id)
    )
    found = {}
    for stored in rows.values_list("content", flat=True).iterator(chunk_size=2_000):
        content = contents.from_json(stored=stored)
        key = pair_key(authority_slug=content.authority.slug, board_slug=content.board.slug)
        found[key] = contents.level_reasons(content=content)
    return found


def reasons_of(*, placement: Placement | PublishedPlacement) -> contents.LevelReasons:
    """Return what the levels of a placement rest on."""
    return contents.level_reasons(content=contents.from_json(stored=placement.content))


def row_of(
    *, placement: Placement | PublishedPlacement, types: Mapping[str, str] | None = None
) -> picture.PictureRow:
    """Return a placement as a row of the picture.

    Args:
        placement: working or published.
        types: of authorities on the round's day, by slug.
    """
    content = contents.from_json(stored=placement.content)
    earlier = content.earlier
    return picture.PictureRow(
        pair=pair_key(authority_slug=content.authority.slug, board_slug=content.board.slug),
        name=picture.pair_name(
            authority=content.authority.short_name, board=content.board.short_name
        ),
        authority_slug=content.authority.slug,
        authority_name=content.authority.name,
        authority_code=content.authority.ons_code,
        board_slug=content.board.slug,
        board_name=content.board.name,
        board_ons_code=content.board.ons_code,
        board_ods_code=content.board.ods_code,
        tier=content.tier,
        nhs_region_slug=content.nhs_region_slug,
        nhs_region_name=content.nhs_region_name,
        authority_level=placement.authority_level,
        board_level=placement.board_level,
        group=placement.group,
        gap=placement.gap,
        less_engaged=placement.less_engaged,
        movement=placement.movement,
        earlier_authority_level=earlier.authority_level if earlier else None,
        earlier_board_level=earlier.board_level if earlier else None,
        earlier_round=earlier.round_name if earlier else None,
        basis=placement.basis,
        population=content.overlap.population,
        population_year=content.overlap.population_year,
        share_of_authority=content.overlap.share_of_authority,
        share_of_board=content.overlap.share_of_board,
        coterminosity=content.overlap.coterminosity,
        warnings=tuple(
            picture.PictureWarning(kind=w.kind, on=w.on, cluster=w.cluster)
            for w in content.warnings
        ),
        not_assessed=contents.not_assessed_reasons(content=content),
        authority_type=(types or {}).get(content.authority.slug, ""),
        corrections="; ".join(contents.correction_sentences(content=content)),
    )
