"""Reads the files of what authorities may do, who sits where for it and what they agreed."""

from pathlib import Path

from authorities.register_file.rows import AgreementRow, HeldFunctionRow, SeatRow
from authorities.register_file.tables import FACT, SPAN, read_table

_FUNCTIONS = frozenset(
    {
        "business_and_economic_growth",
        "transport",
        "fire",
        "policing_and_crime",
        "health_and_social_care",
        "health_inequalities",
        "housing",
        "planning_and_regeneration",
        "environmental",
        "criminal_justice",
        "arts_and_culture",
        "adult_education",
        "waste_disposal",
    }
)
_SEATS = frozenset(
    {
        "mayor_on_icb",
        "mayors_representative_on_icb",
        "icp_chair",
        "joint_post",
        "icb_member_at_authority",
    }
)


def read_held_functions(*, folder: Path) -> tuple[HeldFunctionRow, ...]:
    """Return the functions that authorities hold; a wrong cell raises RegisterError."""
    columns = ("sa_slug", "function", *SPAN, "note", *FACT)
    return tuple(
        HeldFunctionRow(
            place=row.place,
            authority=row.text("sa_slug"),
            function=row.choice("function", _FUNCTIONS),
            valid=row.span(*SPAN),
            note=row.optional("note"),
            source=row.text("source"),
            certainty=row.certainty(),
        )
        for row in read_table(folder=folder, file="functions_held.csv", columns=columns)
    )


def read_seats(*, folder: Path) -> tuple[SeatRow, ...]:
    """Return the seats that join authorities and boards; a wrong cell raises RegisterError."""
    columns = ("sa_slug", "icb_slug", "kind", "holder", *SPAN, "note", *FACT)
    return tuple(
        SeatRow(
            place=row.place,
            authority=row.text("sa_slug"),
            board=row.text("icb_slug"),
            kind=row.choice("kind", _SEATS),
            holder=row.text("holder", most=120),
            valid=row.span(*SPAN),
            note=row.optional("note"),
            source=row.text("source"),
            certainty=row.certainty(),
        )
        for row in read_table(folder=folder, file="governance_seats.csv", columns=columns)
    )


def read_agreements(*, folder: Path) -> tuple[AgreementRow, ...]:
    """Return the agreements of authorities and NHS partners; a wrong cell raises RegisterError."""
    columns = ("sa_slug", "icb_slug", "title", "url", *SPAN, "note", *FACT)
    return tuple(
        AgreementRow(
            place=row.place,
            authority=row.text("sa_slug"),
            board=row.optional("icb_slug"),
            title=row.text("title", most=200),
            url=row.web_address("url"),
            valid=row.span(*SPAN),
            note=row.optional("note"),
            source=row.text("source"),
            certainty=row.certainty(),
        )
        for row in read_table(folder=folder, file="agreements.csv", columns=columns)
    )
