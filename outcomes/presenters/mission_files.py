"""The figures of the mission to take away, with the definition and the release of each."""

from collections.abc import Iterator, Sequence

from authorities.csv_text import write_csv
from authorities.workbook import (
    DICTIONARY_COLUMNS,
    Column,
    ColumnKind,
    Table,
    dictionary_rows,
)
from outcomes.mission import Gap, MissionStatus, Reason, SexPicture
from outcomes.models import MissionGapRule
from outcomes.presenters.mission_words import REASONS, STATUSES
from outcomes.queries.mission import ShownMission

_NUMBER, _WHOLE, _YES = ColumnKind.NUMBER, ColumnKind.INTEGER, ColumnKind.YES_NO
_STATUS = tuple((one.value, words) for one, words in STATUSES.items())
_REASON = tuple((one.value, words) for one, words in REASONS.items())
_RULES = tuple((one.value, str(one.label)) for one in MissionGapRule)
_ROLES = (
    ("baseline", "The baseline’s period"),
    ("newest", "The newest period"),
    ("both", "The newest period is the baseline"),
    ("other", "Neither"),
)
COLUMNS = (
    Column("definition_version", "Version of the definition of the mission.", _WHOLE),
    Column("gap_rule", "Between which two regions the gap is.", codes=_RULES),
    Column("baseline", "The baseline’s period."),
    Column("target_period", "When the gap shall be halved; empty where that is not published."),
    Column("sex", "As published.", codes=(("Male", "Men"), ("Female", "Women"))),
    Column("period", "The period that the figures are for."),
    Column("first_year", "Its first year.", _WHOLE),
    Column("last_year", "Its last year.", _WHOLE),
    Column("role", "What the period is to the definition.", codes=_ROLES),
    Column("comparable", "Whether the method is that of the baseline.", _YES),
    Column("highest_region", "The region with the most years; several are joined by ‘and’."),
    Column("highest_value", "Its healthy life expectancy at birth, in years.", _NUMBER),
    Column("lowest_region", "The region with the fewest years."),
    Column("lowest_value", "Its healthy life expectancy at birth, in years.", _NUMBER),
    Column("gap", "Highest less lowest, in years.", _NUMBER),
    Column("gap_lower_95", "95% limit of the gap; empty where no limits are published.", _NUMBER),
    Column("gap_upper_95", "95% limit of the gap; empty where no limits are published.", _NUMBER),
    Column("england_value", "England’s, in years.", _NUMBER),
    Column("half_of_baseline_gap", "What the gap is to become, in years.", _NUMBER),
    Column(
        "progress_to_half",
        "Of the newest period: share of the way to half, 1 when halved and negative when wider. "
        "Arithmetic alone, whatever the status.",
        _NUMBER,
    ),
    Column("change_at_top", "Of the newest period, since the baseline, in years.", _NUMBER),
    Column("change_at_bottom", "Of the newest period, since the baseline, in years.", _NUMBER),
    Column("floor", "Of the newest period: what halving asks of every region, in years.", _NUMBER),
    Column("status", "Of the newest period: where the gap stands.", codes=_STATUS),
    Column("status_reason", "Why it is not assessed; empty where it is.", codes=_REASON),
    Column("first_comparable_period", "First period that shares no year with the baseline’s."),
    Column("comparable_from", "Year and month in which that should be published."),
    Column("release", "Year and month of the release that the figures came in."),
    Column("release_title", "What the release is called."),
    Column("release_method", "Figures of two methods are not compared."),
    Column("release_source", "Where the figures were read."),
    Column("definition_words", "What this site says of the definition."),
    Column("definition_source", "Where the definition comes from."),
    Column("computed_at", "When the row was computed.", ColumnKind.INSTANT),
)


def figures_csv(*, shown: ShownMission) -> str:
    """Return a row for each sex and period of the page; what is not known is empty, never 0."""
    return write_csv(
        headings=[column.name for column in COLUMNS],
        rows=[row for one in shown.picture.sexes for row in _rows(one, shown)],
    )


def dictionary_csv() -> str:
    """Return what each column of the figures means."""
    table = Table("figures", COLUMNS, ())
    return write_csv(
        headings=[column.name for column in DICTIONARY_COLUMNS],
        rows=dictionary_rows(tables=(table,)),
    )


def _rows(one: SexPicture, shown: ShownMission) -> Iterator[Sequence[str]]:
    definition, version = shown.picture.definition, shown.version
    for gap in one.gaps:
        role = _role(one, gap)
        judged = role in ("newest", "both")
        yield (
            str(definition.number),
            definition.rule,
            definition.baseline.label,
            definition.target.label if definition.target else "",
            one.sex,
            gap.period.label,
            str(gap.period.first),
            str(gap.period.last),
            role,
            "yes" if gap.comparable else "no",
            gap.best.name,
            _text(gap.best.value),
            gap.worst.name,
            _text(gap.worst.value),
            _text(gap.value),
            _text(gap.interval.lower if gap.interval else None),
            _text(gap.interval.upper if gap.interval else None),
            _text(gap.england),
            _text(one.target),
            *(_judgement(one) if judged else [""] * 8),
            gap.release.key,
            gap.release.title,
            gap.release.method,
            gap.release.source,
            version.words,
            version.source,
            shown.computed_at.isoformat(timespec="seconds"),
        )


def _judgement(one: SexPicture) -> tuple[str, ...]:
    return (
        _text(one.progress),
        _text(one.best_change),
        _text(one.worst_change),
        _text(one.floor),
        MissionStatus(one.status).value,
        Reason(one.reason).value if one.reason else "",
        one.first_comparable.label,
        one.comparable_from,
    )


def _role(one: SexPicture, gap: Gap) -> str:
    baseline = one.baseline is not None and gap.period == one.baseline.period
    newest = one.current is not None and gap.period == one.current.period
    if baseline and newest:
        return "both"
    return "baseline" if baseline else "newest" if newest else "other"


def _text(value: float | None) -> str:
    """Return a number as it was computed, without what floats add."""
    return "" if value is None else f"{round(value, 6):g}"
