"""The forms of a round's later life: more days to reply, another time, an approval."""

from typing import Any

from django import forms

from duty.controls.fields import GovukDateField
from duty.forms.rounds import LaterDatesForm, reason_field


class MovePublicationForm(LaterDatesForm):
    """Another time of publication."""

    reason = reason_field(
        "Why does it change?",
        "Your reason stays in the history of the round",
        "Enter why it changes",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reply_opens_on", "reply_closes_on"):
            del self.fields[name]
        for name, message in (
            ("publish_on", "Enter the day of publication"),
            ("publish_time", "Enter the time of publication"),
        ):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = message


class ReopenReplyForm(MovePublicationForm):
    """More days to reply, and the time of publication after them."""

    replies_until = GovukDateField(
        label="New last day of the reply",
        name="new last day of the reply",
        help_text="Today or later. It belongs to the reply.",
    )
    field_order = ("replies_until", "publish_on", "publish_time", "reason")


class ApprovalForm(forms.Form):
    """Approves what another person proposed, with a declaration."""

    # What the person saw; the action compares it with what is proposed.
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    declare = forms.BooleanField(
        label="I have read what becomes visible, and I approve it",
        error_messages={"required": "Confirm that you have read it and approve it"},
    )


class ProposalForm(forms.Form):
    """Proposes a publication; a correction says what it corrects."""

    reason = reason_field(
        "What does it correct?",
        "Everybody can read this with the new revision",
        "Enter what the revision corrects",
    )

    def __init__(self, *args: Any, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not corrects:
            del self.fields["reason"]
