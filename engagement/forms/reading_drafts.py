"""Forms of drafts of rubric and matrix. What may stand there is said by the pure rules alone."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

from django import forms

from duty.controls.widgets import Radios
from duty.ui.looks import PALETTE
from engagement import map_content, rubric_content
from engagement.map_content import CELLS, CellText, GroupText, LevelLabels, MapContent
from engagement.rubric_content import Fault, RubricContent, ThemeText
from engagement.version_differences import AIM_WORDS, LABEL_WORDS, THRESHOLD_WORDS

LONGEST_REASON = 1_000


def _line(label: str, help_text: str = "", *, width: str = "", longest: int = 255) -> Any:
    # Emptiness is a fault of the content: the rule for it stands with the others.
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=longest,
        required=False,
        widget=forms.TextInput(attrs={"class": width} if width else {}),
    )


def _text(label: str, help_text: str = "", *, rows: int = 3) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=4_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def reason_field(label: str, help_text: str = "") -> Any:
    """Return a field that asks why."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter why"},
    )


class SeenForm(forms.Form):
    """A step of a draft, by the revision that was read; without one it is overtaken."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @property
    def seen(self) -> int:
        """The revision that was read."""
        return self.cleaned_data.get("revision") or 0

    def say(self, faults: Sequence[Fault]) -> None:
        """Say each fault at its field, or above the form where it has none here."""
        for fault in faults:
            self.add_error(fault.field if fault.field in self.fields else None, fault.message)


class BeginForm(forms.Form):
    """Starts a draft."""

    reason = reason_field(
        "Why is there a new version?", "Everybody can read it beside the version once approved"
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def clean_form_key(self) -> UUID:
        """Return the form's key; one without a key is a form of its own."""
        key: UUID | None = self.cleaned_data.get("form_key")
        return key or uuid4()


class ThemeForm(SeenForm):
    """A theme with its three statements."""

    code = _line(
        "Code",
        "A capital letter and up to 3 letters or digits, such as S8. Answers of earlier rounds "
        "belong to a theme by its code",
        width="govuk-input--width-4",
    )
    name = _line("Name")
    core = forms.ChoiceField(
        label="Is it core?",
        help_text="A side without an answer to a core theme is not assessed",
        choices=[("yes", "Yes"), ("no", "No")],
        widget=Radios(inline=True),
        error_messages={"required": "Choose whether it is core"},
    )
    high = _text("Statement for high")
    partial = _text("Statement for partial")
    low = _text("Statement for low")
    source = _text("Source (optional)", "Where the statements come from", rows=2)

    def __init__(self, *args: Any, side: str, others: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._side, self._others = side, others

    def clean(self) -> None:
        """Judge the theme beside the others."""
        super().clean()
        self.say(rubric_content.faults_of_theme(theme=self.theme, others=self._others))

    @property
    def theme(self) -> ThemeText:
        """The theme that the form says."""
        said = self.cleaned_data
        words = {
            name: said.get(name, "")
            for name in ("code", "name", "high", "partial", "low", "source")
        }
        return ThemeText(side=self._side, core=said.get("core") == "yes", **words)


class RubricWordsForm(SeenForm):
    """The rule of a rubric, where it comes from, and why there is a new version."""

    high_at_least = _line(
        THRESHOLD_WORDS["high_at_least"],
        "A fraction, for example 2/3. No theme may be low, and every core theme must be high",
        width="govuk-input--width-5",
    )
    low_more_than = _line(
        THRESHOLD_WORDS["low_more_than"],
        "A fraction, for example 1/2. Low, too, when every core theme is low",
        width="govuk-input--width-5",
    )
    unanswered_more_than = _line(
        THRESHOLD_WORDS["unanswered_more_than"],
        "A fraction, for example 1/3",
        width="govuk-input--width-5",
    )
    source = _text("Where does this version come from?")
    reason = reason_field("Why is there a new version?")

    def __init__(self, *args: Any, content: RubricContent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._content = content

    def clean(self) -> None:
        """Judge the rule."""
        super().clean()
        self.say(rubric_content.faults_of_rule(content=self.applied(self._content)))

    def applied(self, content: RubricContent) -> RubricContent:
        """Return the content with what the form says."""
        said = self.cleaned_data
        names = (*rubric_content.THRESHOLDS, "source")
        return RubricContent(themes=content.themes, **{name: said.get(name, "") for name in names})


class GroupForm(SeenForm):
    """A support group with its look."""

    code = _line(
        "Code",
        "A small letter and up to 7 letters, digits or hyphens. It stands in files and addresses",
        width="govuk-input--width-10",
    )
    name = _line("Name")
    note = _line("What does it bring, in a few words?", "It stands beside the group’s count")
    offer = _text("What is the support?")
    aimed_at = forms.ChoiceField(
        label="Whom is it for?",
        choices=list(AIM_WORDS.items()),
        widget=Radios(),
        error_messages={"required": "Choose whom the support is for"},
    )
    look = forms.ChoiceField(
        label="How does it look?",
        help_text="Each was checked for contrast, and can be told by its pattern alone",
        choices=[(look.code, look.name) for look in PALETTE.values()],
        widget=Radios(),
        error_messages={"required": "Choose a colour with its pattern"},
    )

    def __init__(self, *args: Any, others: Sequence[GroupText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._others = others

    def clean(self) -> None:
        """Judge the group beside the others."""
        super().clean()
        faults = map_content.faults_of_group(
            group=self.group, others=self._others, looks=frozenset(PALETTE)
        )
        self.say([fault for fault in faults if fault.field not in self.errors])

    @property
    def group(self) -> GroupText:
        """The group that the form says."""
        names = ("code", "name", "note", "offer", "aimed_at", "look")
        return GroupText(**{name: self.cleaned_data.get(name, "") for name in names})


class MatrixWordsForm(SeenForm):
    """The words of the levels, where the version comes from, and why there is a new one."""

    high = _line(LABEL_WORDS["high"], width="govuk-input--width-20")
    partial = _line(LABEL_WORDS["partial"], width="govuk-input--width-20")
    low = _line(LABEL_WORDS["low"], width="govuk-input--width-20")
    not_assessed = _line(
        LABEL_WORDS["not_assessed"],
        "A level that is missing. It is never a low one",
        width="govuk-input--width-20",
    )
    source = _text("Where does this version come from?")
    reason = reason_field("Why is there a new version?")

    def __init__(self, *args: Any, content: MapContent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._content = content

    def clean(self) -> None:
        """Judge the words."""
        super().clean()
        said = self.applied(self._content)
        self.say(map_content.faults_of_labels(labels=said.labels))
        if not said.source:
            self.add_error("source", "Enter where this version comes from")

    def applied(self, content: MapContent) -> MapContent:
        """Return the content with what the form says."""
        said = self.cleaned_data
        return MapContent(
            labels=LevelLabels(**{name: said.get(name, "") for name in LABEL_WORDS}),
            groups=content.groups,
            cells=content.cells,
            source=said.get("source", ""),
        )


class CellsForm(SeenForm):
    """The group and the likely outcome of each of the nine cells."""

    def __init__(self, *args: Any, content: MapContent, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._content = content
        groups = [("", "Choose"), *((group.code, group.name) for group in content.groups)]
        for sa, icb in CELLS:
            self.fields[f"{sa}_{icb}_group"] = forms.ChoiceField(
                label=f"Authority {sa} with ICB {icb}: group", choices=groups, required=False
            )
            self.fields[f"{sa}_{icb}_outcome"] = _text(
                f"Authority {sa} with ICB {icb}: what is likely to come of it", rows=2
            )

    def clean(self) -> None:
        """Judge the cells."""
        super().clean()
        faults = map_content.faults_of_cells(content=self.applied(self._content))
        self.say([fault for fault in faults if fault.field not in self.errors])

    def applied(self, content: MapContent) -> MapContent:
        """Return the content with what the form says."""
        said = self.cleaned_data
        cells = tuple(
            CellText(
                sa, icb, said.get(f"{sa}_{icb}_group", ""), said.get(f"{sa}_{icb}_outcome", "")
            )
            for sa, icb in CELLS
        )
        return MapContent(
            labels=content.labels, groups=content.groups, cells=cells, source=content.source
        )


class MoveForm(SeenForm):
    """Moves a theme or a group one place."""

    direction = forms.ChoiceField(choices=[("up", "Up"), ("down", "Down")])


class WhyForm(SeenForm):
    """A step that says why."""

    reason = reason_field("Why?", "People of the centre can read it")


class ApproveForm(SeenForm):
    """Makes a draft of the matrix the newest version, with a declaration."""

    declare = forms.BooleanField(
        label="I have read what would change, and I approve this version",
        error_messages={"required": "Confirm that you have read it and approve it"},
    )


class ApproveRubricForm(ApproveForm):
    """The same for a rubric, with what its levels mean."""

    kept = forms.ChoiceField(
        label="Do the levels mean the same as by the version before?",
        help_text="Only then is a pair’s movement told from one version to the other",
        choices=[("yes", "Yes, levels keep their meaning"), ("no", "No, they do not compare")],
        widget=Radios(),
        error_messages={"required": "Choose whether the levels mean the same"},
    )
    meaning_reason = reason_field("Why?", "Everybody can read it beside the version")
    field_order = ("kept", "meaning_reason", "declare")


def part_form(
    *,
    content: RubricContent | MapContent,
    side: str,
    code: str,
    data: Any,
    revision: int,
) -> SeenForm:
    """Return the form of a theme or a group: of the one with the code, or of a new one.

    One that is gone by now is like a new one: its form is there to keep what was typed.
    """
    initial: dict[str, object] = {"revision": revision}
    if isinstance(content, RubricContent):
        for theme in content.themes:
            if theme.code == code:
                side = theme.side
                initial |= vars(theme) | {"core": "yes" if theme.core else "no"}
        others = [theme.code for theme in content.themes if theme.code != code]
        return ThemeForm(data, side=side, others=others, initial=initial)
    for group in content.groups:
        if group.code == code:
            initial |= vars(group)
    return GroupForm(
        data, others=[group for group in content.groups if group.code != code], initial=initial
    )


def words_form(
    *, content: RubricContent | MapContent, reason: str, data: Any, revision: int
) -> SeenForm:
    """Return the form of what is said of a version as a whole."""
    initial: dict[str, object] = {"revision": revision, "reason": reason, "source": content.source}
    if isinstance(content, RubricContent):
        initial |= {name: getattr(content, name) for name in rubric_content.THRESHOLDS}
        return RubricWordsForm(data, content=content, initial=initial)
    return MatrixWordsForm(data, content=content, initial=initial | vars(content.labels))


def cells_form(*, content: MapContent, data: Any, revision: int) -> CellsForm:
    """Return the form of the nine cells."""
    initial: dict[str, object] = {"revision": revision}
    for cell in content.cells:
        where = f"{cell.authority_level}_{cell.board_level}"
        initial |= {f"{where}_group": cell.group, f"{where}_outcome": cell.likely_outcome}
    return CellsForm(data, content=content, initial=initial)


Change = Callable[[Any], RubricContent | MapContent]


def part_change(*, form: SeenForm, code: str) -> Change:
    """Return the change that a form of a theme or a group asks for."""
    if isinstance(form, ThemeForm):
        theme = form.theme
        return lambda content: rubric_content.put_theme(
            content=content, theme=theme, instead_of=code
        )
    assert isinstance(form, GroupForm)  # noqa: S101 - the other form of a part
    group = form.group
    return lambda content: map_content.put_group(content=content, group=group, instead_of=code)
