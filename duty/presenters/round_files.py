"""How far each authority is in a round, as a file."""

from collections.abc import Sequence

from authorities.csv_text import write_csv
from duty.models import Round
from duty.presenters.rounds import return_tag
from duty.queries.rounds import ExpectedRow

_HEADINGS = (
    *("round", "test_round", "authority", "authority_name", "state", "due_on", "last_day"),
    *("overdue", "extension_reason", "extended_by", "has_signatory"),
)


def returns_csv(*, round_: Round, rows: Sequence[ExpectedRow]) -> str:
    """Return a row for each authority that is expected."""
    return write_csv(
        headings=_HEADINGS,
        rows=[
            (
                round_.slug,
                "yes" if round_.is_test else "no",
                row.slug,
                row.name,
                return_tag(row=row, begun=round_.has_begun).text,
                row.due_on.isoformat(),
                row.edits_until.isoformat(),
                "yes" if row.overdue else "no",
                row.extension_reason,
                row.extended_by,
                "yes" if row.can_sign else "no",
            )
            for row in rows
        ],
    )
