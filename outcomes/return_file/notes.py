"""Why a value is absent, or what to bear in mind about one that is there."""

from enum import StrEnum

from outcomes.return_file.faults import Fault, plain_text


class ValueNote(StrEnum):
    """What a row says of its value. Missing, suppressed and zero are different things."""

    OK = "ok"
    MISSING = "missing"
    SUPPRESSED = "suppressed"
    WITHHELD = "withheld"  # not published for its quality or its small numbers
    NOT_APPLICABLE = "not_applicable"
    ESTIMATED = "estimated"
    UNRELIABLE = "unreliable"
    REMARKED = "remarked"  # the value stands; the text of the note says more


# Source: Government Analysis Function, "Using symbols and shorthand in tables".
VALUE_MARKERS = {
    "[c]": ValueNote.SUPPRESSED,
    "c": ValueNote.SUPPRESSED,
    "*": ValueNote.SUPPRESSED,
    "[x]": ValueNote.MISSING,
    "[z]": ValueNote.NOT_APPLICABLE,
}
NOTE_MARKERS = {
    **{note.value: note for note in ValueNote},
    "[c]": ValueNote.SUPPRESSED,
    "[x]": ValueNote.MISSING,
    "[z]": ValueNote.NOT_APPLICABLE,
    "[e]": ValueNote.ESTIMATED,
    "[u]": ValueNote.UNRELIABLE,
}


def note_without_value(*, text: str) -> ValueNote:
    """Return why there is no value, from the text of 'Value note'.

    Source: the value notes of Fingertips, such as 'Value suppressed for disclosure control due
    to small count' and 'Value not published for data quality reasons'.
    """
    lower = text.casefold()
    if marked := NOTE_MARKERS.get(lower):
        return marked if marked in _ABSENT else ValueNote.MISSING
    if "incomplete" in lower or "quality" in lower or "not published" in lower:
        return ValueNote.WITHHELD
    if "suppress" in lower or "disclos" in lower:
        return ValueNote.SUPPRESSED
    if "too small" in lower or "small number" in lower or "small sample" in lower:
        return ValueNote.WITHHELD
    return ValueNote.MISSING


def note_beside_value(*, text: str) -> ValueNote | Fault:
    """Return what the text of 'Value note' says of the value beside it.

    Returns:
        The note, or the fault that the text says there is no value.
    """
    lower = text.casefold()
    if not lower:
        return ValueNote.OK
    if marked := NOTE_MARKERS.get(lower):
        return marked if marked not in _ABSENT else _contradiction(text)
    if lower.startswith(("value suppressed", "value missing", "value not published")):
        return _contradiction(text)
    if "caution" in lower or "quality issue" in lower or "reliab" in lower:
        return ValueNote.UNRELIABLE
    if "estimate" in lower or "modelled" in lower:
        return ValueNote.ESTIMATED
    return ValueNote.REMARKED


def says_absent(*, text: str) -> bool:
    """Return whether a note, alone, says that there is no value."""
    return bool(text) and NOTE_MARKERS.get(text.casefold(), ValueNote.MISSING) in _ABSENT


_ABSENT = frozenset(
    {ValueNote.SUPPRESSED, ValueNote.MISSING, ValueNote.NOT_APPLICABLE, ValueNote.WITHHELD}
)


def _contradiction(text: str) -> Fault:
    return Fault(
        "note-value",
        plain_text(text),
        "The note says that there is no value, but there is one.",
        "Remove the value, or correct the note.",
    )
