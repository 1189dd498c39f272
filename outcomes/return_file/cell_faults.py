"""What is wrong with a cell or a row, in words."""

from outcomes.return_file.faults import Fault, plain_text


def ragged(given: int, expected: int) -> Fault:
    """Return the fault of a row with more or fewer values than there are headings."""
    values = "1 value" if given == 1 else f"{given:,} values"
    return Fault(
        "ragged",
        "",
        f"This row has {values}, the headings have {expected}.",
        "Is there a comma inside a value? Put the value in quotes."
        if given > expected
        else "Add the empty cells at the end, or save the file again as CSV.",
    )


def note_differs(value_text: str, note_text: str, value_name: str) -> Fault:
    """Return the fault of a note that says suppressed beside a value marked otherwise."""
    return Fault(
        "note-differs",
        plain_text(note_text),
        "The note says that the value is suppressed, "
        f"but {value_name} has {plain_text(value_text)}.",
        "Enter [c] as the value, or correct the note.",
    )


def note_said_twice(note_text: str, text_name: str) -> Fault:
    """Return the fault of a note in free words beside another text."""
    return Fault(
        "note-twice",
        plain_text(note_text),
        f"{plain_text(note_text)} is not one of the notes, and {text_name} is filled in too.",
        "Enter ok, estimated, unreliable, remarked, missing, suppressed, withheld or "
        f"not_applicable, and put the rest in {text_name}.",
    )


def absent_value() -> Fault:
    """Return the fault of an empty value of which nothing says why."""
    return Fault(
        "value-missing",
        "",
        "There is no value.",
        "Enter a value, or [x] if not available.",
    )


def not_provisional(text: str) -> Fault:
    """Return the fault of a cell that says neither yes nor no."""
    given = plain_text(text)
    return Fault("provisional", given, f"{given} is neither yes nor no.", "Enter yes or no.")


def unheaded(text: str) -> Fault:
    """Return the fault of a value in a column without a heading."""
    return Fault(
        "heading-empty",
        plain_text(text),
        "This column has a value but no heading.",
        "Enter a heading, or remove the column.",
    )


def hidden(text: str, letter: str) -> Fault:
    """Return the fault of a character that cannot be seen."""
    return Fault(
        "hidden",
        plain_text(text),
        f"This contains a hidden character (U+{ord(letter):04X}).",
        "Retype the cell.",
    )


def repeat(first: int, row: int, area_code: str, is_same: bool) -> Fault:
    """Return the fault of a second row for the same figure."""
    same = "the same indicator, area, period, sex, age and category"
    if is_same:
        message = f"This row repeats row {first} ({same})."
        return Fault("repeat", area_code, message, "Remove one.")
    message = f"Rows {first} and {row} give different values for {same}."
    return Fault("repeat-differs", area_code, message, "Keep the right one and remove the other.")
