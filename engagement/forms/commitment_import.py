"""The forms of an import of commitments, and the rules of a proposal for each row of a file.

A row is judged by the very forms of the pages, so that a file is refused in their words.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django import forms

from authorities.models import Pair
from duty.controls.widgets import Radios
from duty.models import Section
from duty.record_words import PREVENTION_WORDS, THEME_WORDS
from duty.standing_records import Prevention, Theme
from engagement.actions.commitment_import import Proposal
from engagement.actions.commitment_money import Money
from engagement.actions.commitments import (
    DateOrReasonError,
    Particulars,
    PastDateError,
    require_date_or_reason,
)
from engagement.commitment_file import (
    BOTH,
    LIMITS,
    NONE_OF_THESE,
    NOT_SAID,
    CommitmentRow,
    MoneyRow,
)
from engagement.forms.commitment_steps import AMOUNT, NO_AMOUNT, MoneyForm, years_offered
from engagement.forms.commitments import DATE, NO_DATE, CommitmentProposeForm
from engagement.models import MoneySource, Resources, Side, Visibility
from outcomes.forms import DroppedFile
from outcomes.models import ItemKind

# What is done with rows that look like commitments that the pair has already.
LEAVE_OUT, PROPOSE_TOO = "leave_out", "propose_too"
_NO_KEY: Final = UUID(int=0)
_DATED: Final = ("timing", "target_date", "no_date_reason")
_MONEY_COLUMNS: Final = {
    "source": "money_source",
    "year": "money_year",
    "known": "money_amount",
    "amount": "money_amount",
    "prevention": "money_prevention",
    "purpose": "money_purpose",
}


def choices() -> dict[str, dict[str, str]]:
    """Return what may stand in each column of a choice: words, and the code that each means."""
    sections = [choice for choice in Section.choices if choice[0] != Section.ABOUT]
    not_said = {NOT_SAID: ""}
    return {
        "specification": {
            **{str(label): code for code, label in sections},
            "None of these": NONE_OF_THESE,
            NOT_SAID: NONE_OF_THESE,
        },
        "stage": {**{str(label): code for code, label in ItemKind.choices}, **not_said},
        "theme": {**{THEME_WORDS[one]: one.value for one in Theme}, **not_said},
        "resources": {str(label): code for code, label in Resources.choices},
        "visibility": {str(label): code for code, label in Visibility.choices},
        "lead": {
            "Authority": Side.AUTHORITY.value,
            "ICB": Side.BOARD.value,
            "Both": BOTH,
        },
        "money_source": {str(label): code for code, label in MoneySource.choices},
        "money_prevention": {PREVENTION_WORDS[one]: one.value for one in Prevention},
    }


class ImportFileForm(forms.Form):
    """A file with commitments to propose."""

    file = forms.FileField(
        label="Your file",
        help_text=(
            f"A CSV file or an Excel workbook (.xlsx), up to {LIMITS.max_bytes // 1_000_000} MB "
            f"and {LIMITS.max_rows} rows"
        ),
        # What the file holds decides, and the reader says it in better words.
        allow_empty_file=True,
        error_messages={"required": "Choose a file", "missing": "Choose a file"},
        widget=DroppedFile(
            attrs={
                "accept": (
                    ".csv,.xlsx,text/csv,"
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                )
            }
        ),
    )


class ImportConfirmForm(forms.Form):
    """The rows of a file as they were shown, signed, and what has to be said of them."""

    alike = forms.ChoiceField(
        label="What shall we do with the rows that look like commitments you have already?",
        choices=[
            (LEAVE_OUT, "Leave them out"),
            (PROPOSE_TOO, "Propose them too: they are something else"),
        ],
        widget=Radios(small=True),
        error_messages={"required": "Select what we shall do with the rows that look alike"},
    )
    # A choice: words of one's own would carry into the audit what they explain.
    personal_reason = forms.ChoiceField(
        label="Why may the texts that look like a person’s details stand?",
        help_text=(
            "Take them out of your file unless they must be there. Your choice is kept in the "
            "audit record"
        ),
        choices=[
            ("shared", "They are of an office, such as a shared mailbox or a switchboard"),
            ("published", "They are published for this purpose already"),
            ("not_personal", "They only look so: they are no details of a person"),
        ],
        widget=Radios(small=True),
        error_messages={
            "required": "Select why these texts may stand, or take them out of your file"
        },
    )
    rows = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, has_alike: bool, has_personal: bool, **kwargs: Any) -> None:
        """Ask only what there is to be asked."""
        super().__init__(*args, **kwargs)
        if not has_alike:
            del self.fields["alike"]
        if not has_personal:
            del self.fields["personal_reason"]


def judge(
    *, row: CommitmentRow, pair: Pair, at: datetime, on: date
) -> tuple[Proposal | None, list[tuple[str, str]]]:
    """Return what a row proposes, or by column what the forms of a proposal refuse it for.

    Asks the database nothing: a file names no indicator, outcome or agreement.
    """
    faults = _date_faults(row, at)
    form = CommitmentProposeForm(_typed(row), pair=pair)
    is_dated_wrongly = bool(faults)
    faults += [
        ("target_date" if field == "timing" else field, message)
        for field, message in _errors(form)
        if not (is_dated_wrongly and field in _DATED)
    ]
    money = None
    if row.money is not None:
        money_form = MoneyForm(_typed_money(row.money), years=years_offered(on=on))
        faults += [(_MONEY_COLUMNS[field], message) for field, message in _errors(money_form)]
        if not faults:
            money = _money(money_form.cleaned_data)
    if faults:
        return None, faults
    said = form.cleaned_data
    return (
        Proposal(
            row=row.row,
            pair=pair,
            title=said["title"],
            description=said["description"],
            own_owner=said["own_owner"],
            other_owner=said["other_owner"],
            particulars=Particulars(
                **{name: said[name] for name in ("specification", "stage", "theme", "resources")}
            ),
            visibility=said["visibility"],
            target_date=said["target_date"],
            no_date_reason=said["no_date_reason"],
            lead=said["lead"],
            money=money,
        ),
        [],
    )


def _date_faults(row: CommitmentRow, at: datetime) -> list[tuple[str, str]]:
    try:
        require_date_or_reason(target_date=row.target_date, reason=row.no_date_reason, at=at)
    except (DateOrReasonError, PastDateError) as error:
        return [("target_date", str(error))]
    return []


def _errors(form: forms.Form) -> Iterable[tuple[str, str]]:
    for field, errors in form.errors.items():
        yield from ((field, str(message)) for message in errors)


def _typed(row: CommitmentRow) -> Mapping[str, Any]:
    """Return what a person would have sent by the form of a proposal."""
    day = row.target_date
    return {
        "title": row.title,
        "description": row.description,
        "own_owner": row.own_owner,
        "other_owner": row.other_owner,
        "lead": row.lead,
        "timing": DATE if day else NO_DATE,
        "target_date_day": str(day.day) if day else "",
        "target_date_month": str(day.month) if day else "",
        "target_date_year": str(day.year) if day else "",
        "no_date_reason": row.no_date_reason,
        "specification": row.specification,
        "stage": row.stage,
        "theme": row.theme,
        "resources": row.resources,
        "visibility": row.visibility,
        "form_key": str(_NO_KEY),
    }


def _typed_money(money: MoneyRow) -> Mapping[str, Any]:
    known = NO_AMOUNT if money.amount is None else AMOUNT if money.amount else ""
    return {
        "source": money.source,
        "year": str(money.year or ""),
        "known": known,
        "amount": money.amount or "",
        "prevention": money.prevention,
        "purpose": money.purpose,
        "form_key": str(_NO_KEY),
    }


def _money(said: Mapping[str, Any]) -> Money:
    return Money(
        source=said["source"],
        year=said["year"],
        amount=said["amount"],
        prevention=said["prevention"],
        purpose=said["purpose"],
    )
