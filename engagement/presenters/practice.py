"""What pages of the practice library show: examples by title, and no judgement of anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from authorities.csv_text import write_csv
from authorities.models import DevolvedFunction
from duty import words
from duty.ui.components import SummaryRow, Tag, TagColour
from engagement.content import PlacementContent
from engagement.models import PracticeState
from engagement.queries import practice as queries

_COLOURS: dict[str, TagColour] = {"published": "teal", "proposed": "blue", "draft": "blue"}
_CSV = (
    *("id", "version", "title", "summary", "what_was_done", "what_came", "evidence", "place"),
    *("period", "by_whom", "shared_by", "source_title", "source_url", "source_date", "themes"),
    *("theme_names", "function", "function_name", "determinants", "determinant_names"),
)


@dataclass(frozen=True)
class ExampleCard:
    """An example in a list; `pieces` are parts of its text, each with whether it was looked for."""

    title: str
    url: str
    summary: str
    line: str
    pieces: tuple[tuple[str, bool], ...] = ()
    state: Tag | None = None


@dataclass(frozen=True)
class Filter:
    """A select of the search form: its name in the address, and what it offers."""

    name: str
    label: str
    choices: tuple[tuple[str, str, bool], ...]


def card(*, facts: queries.ExampleFacts, url_name: str = "practice:example") -> ExampleCard:
    """Return an example for a list."""
    by = f" Shared by {facts.shared_by}." if facts.shared_by else ""
    return ExampleCard(
        title=facts.title,
        url=reverse(url_name, args=[facts.example_id]),
        summary=facts.summary,
        line=f"{facts.place}, {facts.period}.{by}",
        pieces=queries.pieces(text=facts.found) if facts.found else (),
        state=tag(state=facts.state),
    )


def tag(*, state: str) -> Tag:
    """Return the state of a version as a tag."""
    label = PracticeState(state).label
    return Tag(label, _COLOURS.get(state, "grey"))


def rows(
    *,
    facts: queries.ExampleFacts,
    themes: Mapping[str, str],
    determinants: Mapping[str, str],
) -> tuple[SummaryRow, ...]:
    """Return what stands beside the text of an example."""
    said = [
        ("Where", facts.place),
        ("When", facts.period),
        ("By whom", facts.by_whom),
        ("Evidence", facts.evidence or "None is given"),
        ("Themes", _named(facts.themes, themes)),
        ("Function", _function(facts)),
        ("Determinants", _named(facts.determinants, determinants)),
    ]
    if facts.shared_by:
        said.append(("Shared by", facts.shared_by))
    if facts.source_date:
        said.append(("Day of the source", words.london_date(moment=facts.source_date)))
    return tuple(SummaryRow(key=key, value=value) for key, value in said if value)


def filters(
    *,
    asked: queries.Asked,
    themes: Sequence[tuple[str, str]],
    determinants: Sequence[tuple[str, str]],
) -> tuple[Filter, ...]:
    """Return the selects of the search form with what is chosen."""
    return tuple(
        Filter(
            name=name,
            label=label,
            choices=tuple((code, text, code == chosen) for code, text in [("", "All"), *choices]),
        )
        for name, label, choices, chosen in (
            ("theme", "Theme", themes, asked.theme),
            ("function", "Function", DevolvedFunction.choices, asked.function),
            ("determinant", "Determinant", determinants, asked.determinant),
        )
    )


def page_url(*, asked: queries.Asked) -> str:
    """Return the address of the search, to which the number of a page is added."""
    said = {
        "q": asked.words,
        "theme": asked.theme,
        "function": asked.function,
        "determinant": asked.determinant,
    }
    return f"?{urlencode([*((k, v) for k, v in said.items() if v), ('page', '')])}"


def themes_to_share(*, content: PlacementContent) -> tuple[str, ...]:
    """Return the themes of a published placement whose statements are partial or low."""
    return tuple(
        statement.code
        for side in (content.authority_side, content.board_side)
        for statement in side.statements
        if statement.level in ("partial", "low")
    )


def csv_text(
    *,
    examples: Sequence[queries.ExampleFacts],
    themes: Mapping[str, str],
    determinants: Mapping[str, str],
) -> str:
    """Return all published examples as a file, codes and labels."""
    return write_csv(
        headings=_CSV,
        rows=[
            (
                *(str(one.example_id), str(one.number), one.title, one.summary),
                *(one.what_was_done, one.what_came, one.evidence, one.place, one.period),
                *(one.by_whom, one.shared_by, one.source_title, one.source_url),
                one.source_date.isoformat() if one.source_date else "",
                " ".join(one.themes),
                _named(one.themes, themes),
                one.function,
                _function(one),
                " ".join(one.determinants),
                _named(one.determinants, determinants),
            )
            for one in examples
        ],
    )


def theme_names(*, themes: Sequence[queries.ThemeName]) -> tuple[tuple[str, str], ...]:
    """Return each theme's code and its name with its side, since two sides share some names."""
    sides = {"sa": "authority", "icb": "ICB"}
    return tuple((one.code, f"{one.name} ({sides[one.side]})") for one in themes)


def _function(facts: queries.ExampleFacts) -> str:
    return str(DevolvedFunction(facts.function).label) if facts.function else ""


def _named(codes: Sequence[str], names: Mapping[str, str]) -> str:
    return "; ".join(names.get(code, code) for code in codes)
