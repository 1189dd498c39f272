"""Money for prevention of joint commitments; the seam is `duty/queries/joint_money.py`."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from duty import words
from duty.known_records import Covered, JointMoney
from duty.record_answers import financial_year
from duty.standing_records import Prevention
from engagement.commitment_lifecycle import EVER_AGREED
from engagement.models import CommitmentMoney, MoneySource, Side

_SAYS = {Side.AUTHORITY: "as the authority states", Side.BOARD: "as the ICB states"}


def joint_money(
    *, authority_id: UUID, covered: Covered, board_names: Mapping[str, str]
) -> tuple[JointMoney, ...]:
    """Return the money that both sides of agreed commitments state; one query.

    Both sides may state the same line: where they say the same it stands once, else both stand,
    each with who says so.
    """
    years = {financial_year(day=day): None for day in (covered.first, covered.last)}
    rows = (
        CommitmentMoney.objects.filter(
            commitment__state__in=[state.value for state in EVER_AGREED],
            commitment__unassigned=False,
            commitment__pair__authority_id=authority_id,
            commitment__pair__board__slug__in=list(board_names),
            prevention=Prevention.YES,
            superseded_at__isnull=True,
            year__in=[int(year[:4]) for year in years],
        )
        .select_related("commitment__pair__board")
        .order_by("commitment__title", "commitment_id", "year", "source", "side")
    )
    lines: defaultdict[tuple[UUID, int, str], list[CommitmentMoney]] = defaultdict(list)
    for row in rows:
        lines[row.commitment_id, row.year, row.source].append(row)
    return tuple(
        _money(row, board_names, says=_SAYS[Side(row.side)] if len(apart) > 1 else "")
        for stated in lines.values()
        for apart in (_apart(stated),)
        for row in apart
    )


def _apart(stated: list[CommitmentMoney]) -> list[CommitmentMoney]:
    """Return the lines that differ; a side that does not know leaves it to the other."""
    known = [row for row in stated if row.amount is not None]
    return list({row.amount: row for row in known or stated}.values())


def _money(row: CommitmentMoney, board_names: Mapping[str, str], *, says: str) -> JointMoney:
    source = MoneySource(row.source).label
    return JointMoney(
        initiative=row.commitment.title,
        partner=board_names[row.commitment.pair.board.slug],
        amount=row.amount,
        source=f"{source}, {says}" if says else source,
        year=words.financial_year(first=row.year),
        changed_at=row.stated_at,
    )
