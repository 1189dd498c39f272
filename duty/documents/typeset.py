"""Sets a document as tagged PDF: facts and a template in, the same bytes out each time."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from duty.documents.letters import readable

# Templates of every app lie below it, and take what they share from `house.typ`.
_ROOT = Path(__file__).resolve().parents[2]


class DocumentError(RuntimeError):
    """The document could not be set."""


def typeset(*, template: Path, content: Mapping[str, Any], at: datetime) -> bytes:
    """Return a document as PDF/UA-1.

    Args:
        template: a file of the typesetter's language; it reads `content` as its input `given`.
        content: what the document says, as JSON can hold it. Texts are written as the letters of
            the document can show them; those with the key `address` stay as they are.
        at: when it was made, kept in the file.

    Returns:
        The document; the same bytes for the same content and moment, whatever the machine.

    Raises:
        DocumentError: the typesetter refuses it.

    Source: ISO 14289-1 (PDF/UA-1).
    """
    try:
        made: bytes = typst.compile(
            template,
            root=_ROOT,
            ignore_system_fonts=True,
            format="pdf",
            sys_inputs={"given": json.dumps(_readable(content), ensure_ascii=False)},
            # Refused by the typesetter unless tags, title, language and letters are all there.
            pdf_standards=["ua-1"],
            timestamp=at.astimezone(UTC).replace(microsecond=0),
        )
    except typst.TypstError as error:
        raise DocumentError(f"The document could not be set: {error.message}") from error
    return made


def _readable(value: Any) -> Any:
    if isinstance(value, str):
        return readable(text=value)
    if isinstance(value, dict):
        return {key: one if key == "address" else _readable(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_readable(one) for one in value]
    return value
