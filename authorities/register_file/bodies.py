"""Reads the files of bodies: authorities, boards, councils and the rest."""

from pathlib import Path

from authorities.register_file.rows import (
    AuthorityRow,
    BoardCodeRow,
    BoardRow,
    ClusterRow,
    CouncilCodeRow,
    CouncilRow,
    OtherBodyRow,
    SuccessionRow,
)
from authorities.register_file.tables import FACT, SPAN, read_table

_TYPES = frozenset(
    {
        "combined_authority",
        "combined_county_authority",
        "greater_london_authority",
        "single_authority",
    }
)
_TIERS = frozenset({"foundation", "mayoral", "established_mayoral"})
# The statuses of an authority, and whether each is of one that is only planned.
_STATUSES = {
    "established": False,
    "established_awaiting_first_mayor": False,
    "planned_not_established": True,
    "proposed_single_authority": True,
}
_SUCCESSIONS = frozenset({"merger", "split", "acquisition"})
_OTHER_KINDS = frozenset({"country", "national", "region"})


def read_authorities(*, folder: Path) -> tuple[AuthorityRow, ...]:
    """Return the strategic authorities; a wrong cell raises RegisterError."""
    columns = (
        *("slug", "name", "short_name", "type", "tier", "status", "ons_code", "established_on"),
        *("abolished_on", "first_mayoral_election", "next_mayoral_election"),
        *("legal_instrument", "notes", *FACT),
    )
    found = []
    for row in read_table(folder=folder, file="strategic_authorities.csv", columns=columns):
        planned = _STATUSES[row.choice("status", _STATUSES)]
        exists = row.span("established_on", "abolished_on")
        if planned != (exists.start is None):
            raise row.place.error(
                "an authority has established_on if, and only if, its status says established."
            )
        found.append(
            AuthorityRow(
                place=row.place,
                slug=row.slug("slug"),
                name=row.text("name", most=200),
                short_name=row.text("short_name", most=120),
                type=row.choice("type", _TYPES),
                tier=row.choice("tier", _TIERS),
                ons_code=row.optional("ons_code"),
                exists=exists,
                planned=planned,
                first_mayoral_election=row.day("first_mayoral_election"),
                next_mayoral_election=row.day("next_mayoral_election"),
                legal_instrument=row.optional("legal_instrument"),
                note=row.optional("notes"),
                source=row.text("source"),
                certainty=row.certainty(),
            )
        )
    return tuple(found)


def read_boards(*, folder: Path) -> tuple[BoardRow, ...]:
    """Return the integrated care boards; a wrong cell raises RegisterError."""
    columns = (
        *("slug", "name", "short_name", "nhs_region", "nhs_region_code", "cluster_slug"),
        *("established_on", "abolished_on", "notes", *FACT),
    )
    return tuple(
        BoardRow(
            place=row.place,
            slug=row.slug("slug"),
            name=row.text("name", most=200),
            short_name=row.text("short_name", most=120),
            region=row.text("nhs_region", most=120),
            region_code=row.code("nhs_region_code"),
            cluster=row.optional("cluster_slug"),
            exists=row.begun("established_on", "abolished_on"),
            note=row.optional("notes"),
            source=row.text("source"),
            certainty=row.certainty(),
        )
        for row in read_table(folder=folder, file="integrated_care_boards.csv", columns=columns)
    )


def read_board_codes(*, folder: Path) -> tuple[BoardCodeRow, ...]:
    """Return the boards' codes; a wrong cell raises RegisterError."""
    columns = ("icb_slug", "ons_code", "ods_code", *SPAN, *FACT)
    return tuple(
        BoardCodeRow(
            place=row.place,
            board=row.text("icb_slug"),
            ons_code=row.code("ons_code"),
            ods_code=row.code("ods_code"),
            valid=row.begun(*SPAN),
            source=row.text("source"),
            certainty=row.certainty(),
        )
        for row in read_table(folder=folder, file="icb_codes.csv", columns=columns)
    )


def read_successions(*, folder: Path) -> tuple[SuccessionRow, ...]:
    """Return who took over from whom; a wrong cell raises RegisterError."""
    columns = (
        *("predecessor_slug", "successor_slug", "succession_date", "type"),
        *("population_moved", "share_of_predecessor", *FACT),
    )
    found = []
    for row in read_table(folder=folder, file="icb_succession.csv", columns=columns):
        on_date = row.day("succession_date")
        if on_date is None:
            raise row.place.error("succession_date is empty. Fill it in.")
        found.append(
            SuccessionRow(
                place=row.place,
                predecessor=row.text("predecessor_slug"),
                successor=row.text("successor_slug"),
                on_date=on_date,
                kind=row.choice("type", _SUCCESSIONS),
                population=row.count("population_moved"),
                share=row.share("share_of_predecessor"),
                source=row.text("source"),
                certainty=row.certainty(),
            )
        )
    return tuple(found)


def read_clusters(*, folder: Path) -> tuple[ClusterRow, ...]:
    """Return the clusters of boards; a wrong cell raises RegisterError."""
    columns = ("cluster_slug", "name", "member_slugs", "announced", "merger_status_2027", *FACT)
    return tuple(
        ClusterRow(
            place=row.place,
            slug=row.slug("cluster_slug"),
            name=row.text("name", most=200),
            members=row.words("member_slugs"),
            announced_year=row.count("announced", most=2100),
            note=row.optional("merger_status_2027"),
            source=row.text("source"),
            certainty=row.certainty(),
        )
        for row in read_table(folder=folder, file="icb_clusters.csv", columns=columns)
    )


def read_councils(*, folder: Path) -> tuple[CouncilRow, ...]:
    """Return the councils; a wrong cell raises RegisterError."""
    return tuple(
        CouncilRow(
            place=row.place,
            code=row.code("code"),
            name=row.text("name", most=200),
            source=row.text("source"),
            certainty=row.certainty(),
        )
        for row in read_table(folder=folder, file="councils.csv", columns=("code", "name", *FACT))
    )


def read_council_codes(*, folder: Path) -> tuple[CouncilCodeRow, ...]:
    """Return the codes of councils that had more than one; a wrong cell raises RegisterError."""
    columns = ("code", "council_code", *SPAN, *FACT)
    return tuple(
        CouncilCodeRow(
            place=row.place,
            code=row.code("code"),
            council=row.text("council_code"),
            valid=row.span(*SPAN),
            source=row.text("source"),
            certainty=row.certainty(),
        )
        for row in read_table(folder=folder, file="council_codes.csv", columns=columns)
    )


def read_other_bodies(*, folder: Path) -> tuple[OtherBodyRow, ...]:
    """Return country, regions and national bodies; a wrong cell raises RegisterError."""
    columns = ("kind", "slug", "name", "short_name", "ons_code", *FACT)
    return tuple(
        OtherBodyRow(
            place=row.place,
            kind=row.choice("kind", _OTHER_KINDS),
            slug=row.slug("slug"),
            name=row.text("name", most=200),
            short_name=row.text("short_name", most=120),
            ons_code=row.optional("ons_code"),
            source=row.text("source"),
            certainty=row.certainty(),
        )
        for row in read_table(folder=folder, file="other_bodies.csv", columns=columns)
    )
