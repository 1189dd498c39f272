"""Fields for answers that plain Django does not check as the Design System asks.

Each gives a typed value and leaves what was typed alone, so that a wrong answer is shown again.
"""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from duty.controls.widgets import AffixedInput, DateParts, WordCountTextarea

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_NUMBER = re.compile(r"[-−]?(([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?|\.[0-9]+)")
# No day that anybody is asked for lies outside; a slip of the keyboard often does.
_EARLIEST_YEAR, _LATEST_YEAR = 1900, 2100
_PAGES = re.compile(r"(\d{1,5})(?:\s*(?:-|–|to)\s*(\d{1,5}))?")


def count_words(*, text: str) -> int:
    """Return how many words a text has, as the page's own counter counts them.

    Source: govuk-frontend 6.6, character-count: runs of characters that are not white space.
    """
    return len(re.findall(r"\S+", text))


def _month_number(*, typed: str) -> int | None:
    if typed.isdecimal() and len(typed) <= 2:
        return int(typed) if 1 <= int(typed) <= 12 else None
    matches = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(typed.lower())]
    return matches[0] if len(typed) >= 3 and matches else None


def _long_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


class SeenVersionField(forms.CharField):
    """The version of what a page showed; one that is missing or no number counts as 0."""

    widget = forms.HiddenInput

    def __init__(self, **more: Any) -> None:
        super().__init__(**({"required": False} | more))

    def clean(self, value: Any) -> int:
        """Return the version; 0 for one that nobody can have seen."""
        typed = str(super().clean(value))
        return int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 10 else 0


class GovukDateField(forms.Field):
    """A day, typed as day, month and year; the clean value is a `date` or None."""

    widget = DateParts

    def __init__(
        self,
        *,
        name: str = "date",
        earliest: date | None = None,
        latest: date | None = None,
        **more: Any,
    ) -> None:
        """Describe the date.

        Args:
            name: how an error calls it in a sentence, such as 'date it was signed'.
            earliest: the first day that is accepted.
            latest: the last day that is accepted.
            more: as for any field; `error_messages["required"]` replaces 'Enter the ...'.
        """
        self.name = name
        self.earliest = earliest
        self.latest = latest
        more.setdefault("error_messages", {}).setdefault("required", f"Enter the {name}")
        super().__init__(**more)

    def clean(self, value: Any) -> date | None:
        """Return the day.

        Raises:
            ValidationError: with the parts to correct in `params["parts"]`.
        """
        if isinstance(value, date):
            return value
        typed = self._typed(value)
        if not any(typed.values()):
            if self.required:
                raise self._error(str(self.error_messages["required"]), DateParts.parts)
            return None
        if missing := [part for part, text in typed.items() if not text]:
            raise self._error(f"{self._name} must include a {' and '.join(missing)}", missing)
        day = self._real_day(typed)
        if self.earliest and day < self.earliest:
            message = f"{self._name} must be on or after {_long_date(self.earliest)}"
            raise self._error(message, DateParts.parts)
        if self.latest and day > self.latest:
            message = f"{self._name} must be on or before {_long_date(self.latest)}"
            raise self._error(message, DateParts.parts)
        self.run_validators(day)
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what was typed with the day that was shown."""
        shown = DateParts().decompress(initial)
        return list(self._typed(data).values()) != ["" if p is None else str(p) for p in shown]

    @property
    def _name(self) -> str:
        return "Date" if self.name == "date" else f"The {self.name}"

    @staticmethod
    def _typed(value: Any) -> dict[str, str]:
        parts = list(value or ("", "", ""))
        return {
            part: str(text or "").strip() for part, text in zip(DateParts.parts, parts, strict=True)
        }

    def _real_day(self, typed: dict[str, str]) -> date:
        if not (typed["year"].isdecimal() and len(typed["year"]) == 4):
            raise self._error("Year must include 4 numbers", ["year"])
        if not _EARLIEST_YEAR <= int(typed["year"]) <= _LATEST_YEAR:
            message = f"Year must be between {_EARLIEST_YEAR} and {_LATEST_YEAR}"
            raise self._error(message, ["year"])
        month = _month_number(typed=typed["month"])
        day = int(typed["day"]) if re.fullmatch(r"[0-9]{1,2}", typed["day"]) else 0
        wrong = [
            part
            for part, is_wrong in (("day", not 1 <= day <= 31), ("month", month is None))
            if is_wrong
        ]
        if wrong or month is None:
            raise self._error(f"{self._name} must be a real date", wrong)
        try:
            return date(int(typed["year"]), month, day)
        except ValueError as error:
            raise self._error(f"{self._name} must be a real date", DateParts.parts) from error

    @staticmethod
    def _error(message: str, parts: Sequence[str]) -> ValidationError:
        return ValidationError(message, code="date", params={"parts": tuple(parts)})


class TypedDateField(forms.CharField):
    """A day in one input, for the cell of a table: '27 3 2026', '27/3/2026' or '27 March 2026'."""

    def clean(self, value: Any) -> date | None:
        """Return the day, or None when nothing was typed."""
        text = super().clean(value)
        if not text:
            return None
        parts = [part for part in re.split(r"[\s/.-]+", str(text)) if part]
        if len(parts) != 3:
            raise ValidationError("Enter a date like 27 3 2026", code="date")
        try:
            return GovukDateField().clean(parts)
        except ValidationError as error:
            raise ValidationError("Enter a real date like 27 3 2026", code="date") from error

    def prepare_value(self, value: Any) -> Any:
        """Show a stored day as it would be typed."""
        return f"{value.day} {value.month} {value.year}" if isinstance(value, date) else value


class NumberField(forms.CharField):
    """A number as people type it ('1,250.5'); the clean value is a `Decimal` or None."""

    default_error_messages: ClassVar[dict[str, Any]] = {"required": "Enter a number"}

    def __init__(
        self,
        *,
        minimum: Decimal | int | None = Decimal(0),
        maximum: Decimal | int | None = None,
        decimals: int = 2,
        prefix: str = "",
        suffix: str = "",
        **more: Any,
    ) -> None:
        """Describe the number.

        Args:
            minimum: least accepted value, None for no limit.
            maximum: greatest accepted value, None for no limit.
            decimals: digits accepted after the point; 0 takes whole numbers only.
            prefix: sign shown before the input; it may be typed and is then ignored.
            suffix: unit shown after the input.
            more: as for any field.
        """
        self.minimum = None if minimum is None else Decimal(minimum)
        self.maximum = None if maximum is None else Decimal(maximum)
        self.decimals = decimals
        self.sign = prefix
        attrs = {
            "inputmode": "decimal" if decimals else "numeric",
            "class": "govuk-input--width-10",
        }
        more.setdefault("widget", AffixedInput(attrs, prefix=prefix, suffix=suffix))
        # Longer than any amount in the country, short of what makes a Decimal slow.
        more.setdefault("max_length", 24)
        super().__init__(**more)

    def clean(self, value: Any) -> Decimal | None:
        """Return the number.

        Raises:
            ValidationError: it is not one, or out of range.
        """
        text = str(super().clean(value) or "")
        if not text:
            return None
        if not _NUMBER.fullmatch(text):
            raise ValidationError(f"Enter a number, like {self._example}", code="number")
        number = Decimal(text.replace(",", "").replace("−", "-"))
        places = -int(number.as_tuple().exponent)
        if places > self.decimals:
            raise ValidationError(self._too_fine, code="decimals")
        if self.minimum is not None and number < self.minimum:
            raise ValidationError(f"Enter a number of {self.minimum:,f} or more", code="minimum")
        if self.maximum is not None and number > self.maximum:
            raise ValidationError(f"Enter a number of {self.maximum:,f} or less", code="maximum")
        return number

    def to_python(self, value: Any) -> str:
        """Leave out the sign that stands before the input, so that it alone counts as nothing."""
        text = str(super().to_python(value) or "")
        return text.removeprefix(self.sign).strip() if self.sign else text

    @property
    def _example(self) -> str:
        return "1,250 or 1250.50" if self.decimals else "1,250"

    @property
    def _too_fine(self) -> str:
        if not self.decimals:
            return "Enter a whole number"
        return f"Enter a number with at most {self.decimals} digits after the point"


class WholeNumberField(NumberField):
    """A count; the clean value is an `int` or None."""

    def __init__(self, **more: Any) -> None:
        super().__init__(decimals=0, **more)

    def clean(self, value: Any) -> int | None:  # type: ignore[override]
        """Return the count."""
        number = super().clean(value)
        return None if number is None else int(number)


class MoneyField(NumberField):
    """An amount in pounds; the clean value is a `Decimal` or None."""

    default_error_messages: ClassVar[dict[str, Any]] = {"required": "Enter an amount in pounds"}

    def __init__(self, **more: Any) -> None:
        super().__init__(prefix="£", **more)


class WordLimitedTextField(forms.CharField):
    """A text of at most so many words; the form says the limit with and without scripts."""

    def __init__(self, *, max_words: int, rows: int = 6, **more: Any) -> None:
        self.max_words = max_words
        more.setdefault("widget", WordCountTextarea({"rows": rows}, max_words=max_words))
        # No word of the language is so long on average: stops a text without a single space.
        more.setdefault("max_length", max_words * 40)
        super().__init__(**more)

    def validate(self, value: Any) -> None:
        """Refuse a text over the limit, and say by how much."""
        super().validate(value)
        over = count_words(text=str(value or "")) - self.max_words
        if over > 0:
            words = "word" if over == 1 else "words"
            raise ValidationError(
                f"Use {self.max_words} words or fewer: this is {over} {words} too many",
                code="max_words",
            )


class LinkField(forms.CharField):
    """A web address that starts with http or https; nothing is added to what was typed."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": "Enter a link",
        "link": "Enter a full link that starts with https, like https://www.example.org/plan.pdf",
    }

    def __init__(self, **more: Any) -> None:
        attrs = {"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}
        more.setdefault("widget", forms.TextInput(attrs))
        more.setdefault("max_length", 2000)
        super().__init__(**more)

    def validate(self, value: Any) -> None:
        """Refuse other schemes, addresses that are not whole, and sign-in details in them."""
        super().validate(value)
        if not value:
            return
        try:
            URLValidator(schemes=["http", "https"])(value)
        except ValidationError as error:
            raise ValidationError(self.error_messages["link"], code="link") from error
        if "@" in str(value).split("//", 1)[1].split("/", 1)[0]:
            raise ValidationError("Take the user name out of the link", code="link")


class PagesField(forms.CharField):
    """Page numbers of a document ('4, 9 to 12'); the clean value is one tidy text, '4, 9-12'."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("max_length", 200)
        more.setdefault("widget", forms.TextInput({"class": "govuk-input--width-10"}))
        super().__init__(**more)

    def clean(self, value: Any) -> str:
        """Return the pages in one form.

        Raises:
            ValidationError: something is not a page number, or a range runs backwards.
        """
        text = str(super().clean(value) or "")
        pages = [piece.strip() for piece in re.split(r"[,;]", text) if piece.strip()]
        return ", ".join(self._tidy(piece) for piece in pages)

    @staticmethod
    def _tidy(piece: str) -> str:
        match = _PAGES.fullmatch(piece)
        if not match or int(match[1]) == 0:
            raise ValidationError("Enter page numbers with commas, like 4, 9 to 12", code="pages")
        first, last = int(match[1]), int(match[2] or match[1])
        if last < first:
            raise ValidationError(
                f"Pages {first} to {last} run backwards: enter {last} to {first}", code="pages"
            )
        return str(first) if first == last else f"{first}-{last}"
