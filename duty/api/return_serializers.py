"""What version 1 of the API says of returns, field by field."""

from typing import Any

from rest_framework import serializers

from duty.lifecycle import ReturnEvent, ReturnState
from duty.models import AnswerState, EvidenceKind, Section
from duty.sections import SectionState

STATES = [(state.value, state.value.replace("_", " ")) for state in ReturnState]
SECTION_STATES = [(state.value, state.value.replace("_", " ")) for state in SectionState]
_STEPS = [(event.value, event.value.replace("_", " ")) for event in ReturnEvent]


class ReturnSerializer(serializers.Serializer[Any]):
    """A duty return: one authority's answers in a round."""

    id = serializers.UUIDField()
    round = serializers.CharField()
    round_name = serializers.CharField()
    authority = serializers.CharField()
    authority_name = serializers.CharField()
    state = serializers.ChoiceField(
        choices=STATES, help_text="In a list, what is ready to send is still in progress."
    )
    due_on = serializers.DateField(help_text="The last day in time, in London.")
    edits_until = serializers.DateField(help_text="The last day for edits, in London.")
    extended = serializers.BooleanField()
    overdue = serializers.BooleanField()
    version = serializers.IntegerField(
        allow_null=True, help_text="Raised by each change; null while it is a draft of others."
    )
    submission = serializers.CharField(help_text="Reference of the newest; empty without one.")
    submitted_at = serializers.DateTimeField(allow_null=True)


class SectionSerializer(serializers.Serializer[Any]):
    """A section of a return. Counts are of questions, and of answers where it is asked per ICB."""

    section = serializers.ChoiceField(choices=Section.choices)
    title = serializers.CharField()
    state = serializers.ChoiceField(choices=SECTION_STATES)
    floor = serializers.CharField(help_text="The minimum floor: yes, no or not_answered.")
    asked = serializers.IntegerField()
    answered = serializers.IntegerField()
    missing = serializers.IntegerField(help_text="Answers that must be given and are not.")
    wrong = serializers.IntegerField(help_text="Answers to correct.")
    without_evidence = serializers.IntegerField(help_text="Answers that need evidence.")
    gaps = serializers.IntegerField(help_text="Unanswered ones that may stay so, with a reason.")
    request = serializers.CharField(help_text="What was asked to be changed.")
    edited_at = serializers.DateTimeField(allow_null=True)
    edited_by = serializers.CharField()


class LockSerializer(serializers.Serializer[Any]):
    """Why answers cannot be changed."""

    title = serializers.CharField()
    why = serializers.CharField()
    since = serializers.SerializerMethodField()
    until = serializers.CharField()
    ask = serializers.CharField()

    def get_since(self, lock: Any) -> str | None:
        """Return a day or an instant."""
        return lock.since.isoformat() if lock.since else None


class DeclarationSerializer(serializers.Serializer[Any]):
    """What a signatory declares; its version is sent with the signature."""

    version = serializers.IntegerField()
    text = serializers.CharField()


class SubmissionReferenceSerializer(serializers.Serializer[Any]):
    """A submission of a return, by its reference."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    reference = serializers.CharField()
    submitted_at = serializers.DateTimeField()
    late = serializers.BooleanField()


class AskedIndicatorSerializer(serializers.Serializer[Any]):
    """An indicator that a round asks figures of."""

    code = serializers.CharField()
    name = serializers.CharField()
    version = serializers.IntegerField(help_text="Of its definition.")


class AskedSetSerializer(serializers.Serializer[Any]):
    """The version of a set of indicators that a round asks figures of; it stays as it was."""

    set = serializers.CharField(help_text="The set's short name.")
    name = serializers.CharField()
    version = serializers.IntegerField()
    indicators = AskedIndicatorSerializer(many=True)


class ReturnDetailSerializer(ReturnSerializer):
    """A return by itself. The centre sees no sections: they are a draft until it is submitted."""

    covers_from = serializers.DateField()
    covers_to = serializers.DateField()
    indicators = AskedSetSerializer(
        allow_null=True, help_text="Null where the authority sends in figures of what it has."
    )
    next_steps = serializers.ListField(
        child=serializers.ChoiceField(choices=_STEPS),
        help_text="What you may try next in one of your roles.",
    )
    sections = SectionSerializer(many=True, allow_null=True)
    lock = LockSerializer(allow_null=True)
    declaration = DeclarationSerializer(
        allow_null=True, help_text="While it awaits sign-off: what a signatory declares."
    )
    submissions = SubmissionReferenceSerializer(many=True, help_text="Newest first.")


class EvidenceSerializer(serializers.Serializer[Any]):
    """What shows that an answer is so."""

    kind = serializers.ChoiceField(choices=EvidenceKind.choices)
    title = serializers.CharField()
    url = serializers.CharField(help_text="Of a link; blank for a file.")
    pages = serializers.CharField()
    file = serializers.UUIDField(source="file_id", allow_null=True)
    file_name = serializers.CharField(source="file.file_name", default="")
    sha256 = serializers.CharField(source="file.sha256", default="")


class AnswerProblemSerializer(serializers.Serializer[Any]):
    """What stands in the way of completing the section."""

    field = serializers.CharField()
    message = serializers.CharField()
    fix = serializers.CharField()


class AnswerSerializer(serializers.Serializer[Any]):
    """The answer to one question, or for one ICB. Version 0 and no state: not answered."""

    question = serializers.CharField()
    board = serializers.CharField(allow_null=True)
    board_name = serializers.CharField()
    state = serializers.ChoiceField(choices=AnswerState.choices, allow_blank=True)
    value = serializers.JSONField(help_text="By the question's answer type; null without one.")
    reason = serializers.CharField()
    expected_on = serializers.DateField(allow_null=True)
    public_note = serializers.CharField(help_text="Read by everybody who can read the answer.")
    private_note = serializers.CharField(help_text="Never leaves the authority.")
    evidence = EvidenceSerializer(many=True)
    lines = serializers.SerializerMethodField(help_text="The answer as pages show it.")
    needs_review = serializers.BooleanField(
        help_text="Brought over and not yet reviewed: it counts nowhere until it is sent."
    )
    version = serializers.IntegerField(help_text="To be sent back with a change.")
    updated_at = serializers.DateTimeField(allow_null=True)
    updated_by = serializers.CharField()
    problems = AnswerProblemSerializer(many=True)

    def get_lines(self, answer: Any) -> list[list[str]]:
        """Return label and text of each line."""
        return [list(line) for line in answer.lines]


class AnswerFieldSerializer(serializers.Serializer[Any]):
    """One field of an answer's value, or one column of a table."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    type = serializers.CharField(source="type.value")
    required = serializers.BooleanField()  # type: ignore[assignment]
    word_limit = serializers.IntegerField(allow_null=True)


class OptionSerializer(serializers.Serializer[Any]):
    """One option of a choice."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    exclusive = serializers.BooleanField()
    reason_required = serializers.BooleanField()
    meets_floor = serializers.BooleanField()
    follow_ups = AnswerFieldSerializer(many=True)


class EvidenceRuleSerializer(serializers.Serializer[Any]):
    """When an answer must have evidence."""

    need = serializers.CharField(source="need.value")
    subject = serializers.CharField(allow_null=True)


class QuestionSerializer(serializers.Serializer[Any]):
    """A question as its specification asks it, with its answers."""

    code = serializers.CharField()
    text = serializers.CharField()
    help = serializers.CharField()
    theory_of_change = serializers.CharField()
    floor = serializers.BooleanField(help_text="Part of the minimum floor.")
    required = serializers.BooleanField()  # type: ignore[assignment]
    derived = serializers.BooleanField(help_text="Read from elsewhere, never sent.")
    answer_type = serializers.CharField()
    options = OptionSerializer(many=True)
    # The question's word; the serializer's own fields are asked of the class.
    value_fields = AnswerFieldSerializer(many=True, source="fields")
    word_limit = serializers.IntegerField(allow_null=True)
    evidence = EvidenceRuleSerializer()
    answers = AnswerSerializer(many=True, help_text="One, or one for each ICB.")


class SectionDetailSerializer(serializers.Serializer[Any]):
    """A section with its questions."""

    about = SectionSerializer()
    questions = QuestionSerializer(many=True)


class SubmissionSerializer(SubmissionReferenceSerializer):
    """A return as it was signed, in short."""

    duty_return = serializers.UUIDField(source="duty_return_id")
    round = serializers.CharField(source="duty_return.round.slug")
    authority = serializers.CharField(source="duty_return.authority.slug")
    declaration_version = serializers.IntegerField(
        source="declaration.version", allow_null=True, default=None
    )


class SubmissionDetailSerializer(SubmissionSerializer):
    """A return as it was signed; it never changes."""

    content = serializers.JSONField(help_text="Answers, labels, options and names of the day.")
    content_sha256 = serializers.CharField()
