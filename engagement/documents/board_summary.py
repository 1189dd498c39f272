"""The summary of a pair for a board or committee as a tagged PDF of two pages."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from duty.documents.typeset import typeset
from engagement.presenters.board_summary import BoardSummary

_TEMPLATE = Path(__file__).with_name("board_summary.typ")


def board_summary_pdf(*, summary: BoardSummary, at: datetime) -> bytes:
    """Return the summary as PDF/UA-1.

    Raises:
        DocumentError: the typesetter refuses it.

    Source: ISO 14289-1 (PDF/UA-1); the layout is the project's own.
    """
    return typeset(template=_TEMPLATE, content=asdict(summary), at=at)
