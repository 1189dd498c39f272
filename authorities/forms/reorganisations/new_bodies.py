"""The questions about a body that a change opens."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import slugify

from authorities.forms.reorganisations.problems import ProblemForm
from authorities.models import AuthorityTier, AuthorityType
from authorities.queries.body_choices import BodyChoice, OperationChoices
from authorities.reorganisation.facts import AUTHORITY, BOARD, NHS_REGION, BodyKey
from authorities.reorganisation.guards import Field
from authorities.reorganisation.operations import Open

NOUNS = {
    AUTHORITY: "strategic authority",
    BOARD: "ICB",
    "council": "council",
    "cluster": "cluster",
}
PLURALS = {
    AUTHORITY: "strategic authorities",
    BOARD: "ICBs",
    "council": "councils",
    "cluster": "clusters",
}
NEW = "new"
# The question for each field of an opening.
NEW_PLACES = {
    Field.BODY: "slug",
    Field.NAME: "name",
    Field.SHORT_NAME: "short_name",
    Field.ONS_CODE: "ons_code",
    Field.ODS_CODE: "ods_code",
    Field.GROUP: "group",
    Field.TYPE: "type",
    Field.TIER: "tier",
}
_CODE = {"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}


def options(bodies: Iterable[BodyChoice], *, empty: str = "") -> list[tuple[str, str]]:
    """Return bodies as choices, by slug; `empty` is what no choice says."""
    chosen = [(body.key.slug, body.label) for body in bodies]
    return [("", empty), *chosen] if empty else chosen


def slug_field() -> forms.CharField:
    """Return the question for the end of a body's address."""
    return forms.CharField(
        label="End of its address (optional)",
        help_text="Small letters, figures and hyphens, for example north-and-south. Left empty, "
        "it is made from the short name. It never changes.",
        max_length=100,
        required=False,
        validators=[
            RegexValidator(
                r"^[a-z0-9]+(-[a-z0-9]+)*\Z",
                "Enter small letters, figures and single hyphens only, for example north-and-south",
            )
        ],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", **_plain()}),
    )


def new_body_fields(*, choices: OperationChoices, prefix: str = "new_") -> dict[str, forms.Field]:
    """Return the questions about a new body of the kind, by name."""
    noun = NOUNS[choices.body_kind]
    found: dict[str, forms.Field] = {
        "name": forms.CharField(label=f"Name of the new {noun}", max_length=200, required=False),
        "short_name": forms.CharField(
            label="Short name",
            help_text="As on maps and in tables",
            max_length=120,
            required=False,
        ),
        "slug": slug_field(),
        "ons_code": _code("ONS code (optional)"),
    }
    if choices.body_kind == BOARD:
        found["ods_code"] = _code("ODS code (optional)")
        found["group"] = forms.ChoiceField(
            label="NHS region",
            choices=options(choices.regions, empty="Choose a region"),
            required=False,
        )
    if choices.body_kind == AUTHORITY:
        found |= designation_fields(required=False)
    return {f"{prefix}{name}": field for name, field in found.items()}


def designation_fields(*, required: bool = True) -> dict[str, forms.Field]:
    """Return the questions for the legal type and the tier of an authority."""
    return {
        "type": forms.ChoiceField(
            label="Legal type",
            choices=[("", "Choose a legal type"), *AuthorityType.choices],
            required=required,
            error_messages={"required": "Choose the legal type"},
        ),
        "tier": forms.ChoiceField(
            label="Tier",
            choices=[("", "Choose a tier"), *AuthorityTier.choices],
            required=required,
            error_messages={"required": "Choose the tier"},
        ),
    }


def missing_answers(
    *, said: Mapping[str, Any], body_kind: str, prefix: str = "new_"
) -> dict[str, str]:
    """Return what to say about the questions on a new body that were left empty."""
    needed = {
        "name": f"Enter the name of the new {NOUNS[body_kind]}",
        "short_name": f"Enter the short name of the new {NOUNS[body_kind]}",
    }
    if body_kind == BOARD:
        needed["group"] = "Choose the NHS region of the new ICB"
    if body_kind == AUTHORITY:
        needed |= {
            "type": "Choose the legal type of the new authority",
            "tier": "Choose the tier of the new authority",
        }
    return {
        f"{prefix}{name}": text
        for name, text in needed.items()
        # An answer that was refused is not there at all, and its error stands already.
        if not said.get(f"{prefix}{name}", "refused")
    }


def opening(*, said: Mapping[str, Any], body_kind: str, prefix: str = "new_") -> Open:
    """Return the operation that opens the body described."""

    def answer(name: str) -> str:
        return str(said.get(f"{prefix}{name}") or "").strip()

    region = answer("group")
    return Open(
        body=BodyKey(body_kind, answer("slug") or slugify(answer("short_name"))[:100]),
        name=answer("name"),
        short_name=answer("short_name"),
        ons_code=answer("ons_code"),
        ods_code=answer("ods_code"),
        group=BodyKey(NHS_REGION, region) if region else None,
        type=answer("type"),
        tier=answer("tier"),
    )


def slug_typed(*, form: ProblemForm, prefix: str = "new_") -> str:
    """Return the slug of the body described, as `opening` makes it, also of refused answers."""
    given, short = (" ".join(form.typed(f"{prefix}{name}")) for name in ("slug", "short_name"))
    return given or slugify(short)[:100]


class CodeField(forms.CharField):
    """A code as its scheme writes it: capital letters and figures."""

    def clean(self, value: Any) -> str:
        """Return the code in capital letters."""
        return str(super().clean(value)).upper()


def _code(label: str) -> CodeField:
    return CodeField(
        label=label, max_length=12, required=False, widget=forms.TextInput(attrs=_CODE)
    )


def _plain() -> dict[str, str]:
    return {"autocomplete": "off", "spellcheck": "false"}
