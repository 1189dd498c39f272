"""What became of the values of a stored file: who decided, and what its sender may do now."""

from dataclasses import dataclass

from django.urls import reverse

from authorities.models import StrategicAuthority
from authorities.presenters.register_feeds import moment_text
from outcomes.models import Upload
from outcomes.queries.uploads import Approval, Standing

VISIBILITY = "Only your colleagues see what you upload until an analyst approves it."
# In words for a list, and a colour that repeats them.
TAGS = {
    Standing.NOTHING_NEW: ("Stored, nothing new", "green"),
    Standing.WAITING: ("Waits for approval", "yellow"),
    Standing.REPLACED: ("Replaced by a later file", "grey"),
    Standing.RETURNED: ("Returned with a comment", "red"),
    Standing.APPROVED: ("Approved", "green"),
}
TITLES = {
    Standing.NOTHING_NEW: "Your file is stored",
    Standing.WAITING: "Your file is stored",
    Standing.REPLACED: "A later file has replaced this one",
    Standing.RETURNED: "Your values were returned",
    Standing.APPROVED: "Your values are approved",
}
_WORDS = {
    Standing.NOTHING_NEW: (
        "Every value was there already, so this file changes nothing and asks for no approval."
    ),
    Standing.WAITING: (
        "An analyst decides about these values. We tell you by email what was decided."
    ),
    Standing.REPLACED: (
        "A later file has replaced every value of this one, so nobody decides about it."
    ),
    Standing.RETURNED: "None of these values is public because of this file.",
    Standing.APPROVED: (
        "What disclosure rules allow is public. Where a national publication has a value, that "
        "one is shown."
    ),
}
_UPLOAD_AGAIN = (
    "Correct your file and upload all of it again, also the values that were right: each value "
    "of this file waits until it comes again."
)
_CAME_AGAIN = "A later file of yours has replaced every value of this one."


@dataclass(frozen=True)
class PublicPage:
    """A page that everybody may read."""

    text: str
    url: str


@dataclass(frozen=True)
class UploadApproval:
    """What became of the values of a stored file, for its page."""

    text: str
    decided: str
    comment: str
    what_next: str
    may_upload_again: bool
    public: tuple[PublicPage, ...]


def approval_words(*, approval: Approval) -> str:
    """Return what became of the values, in a sentence or two."""
    return _WORDS[approval.standing]


def decided_words(*, approval: Approval) -> str:
    """Return who decided and when; empty where nobody has."""
    if approval.decided_at is None:
        return ""
    return f"{moment_text(moment=approval.decided_at)} by {approval.decided_by}"


def decision_words(*, approval: Approval) -> str:
    """Return who decided, when and with which comment; empty where nobody has."""
    decided = decided_words(approval=approval)
    return f"{decided}: {approval.comment}" if approval.comment else decided


def resent(*, upload: Upload) -> int:
    """Return how many values of a file were returned, and came again as they were."""
    return int(upload.summary.get("resent", 0))


def own_words(*, upload: Upload, approval: Approval) -> str:
    """Return what of a stored file is new, and who sees it."""
    changed = upload.added + upload.superseded - resent(upload=upload)
    if approval.standing is Standing.NOTHING_NEW:
        return ""
    words = "value of yours is" if changed == 1 else "values of yours are"
    seen = f" {VISIBILITY}" if approval.standing is Standing.WAITING else ""
    return f"{changed:,} {words} new or changed.{seen}"


def what_next(*, approval: Approval) -> str:
    """Return what the sender is to do; empty where there is nothing to do."""
    if approval.standing is not Standing.RETURNED:
        return ""
    return _UPLOAD_AGAIN if approval.stands else _CAME_AGAIN


def present_approval(*, authority: StrategicAuthority, approval: Approval) -> UploadApproval:
    """Return what the page of a stored file says of its values."""
    returned = approval.standing is Standing.RETURNED
    return UploadApproval(
        text=approval_words(approval=approval),
        decided=decided_words(approval=approval),
        comment=approval.comment,
        what_next=what_next(approval=approval),
        may_upload_again=returned and approval.stands,
        public=_public(authority, approval) if approval.standing is Standing.APPROVED else (),
    )


def _public(authority: StrategicAuthority, approval: Approval) -> tuple[PublicPage, ...]:
    page = PublicPage("The public page of your authority", public_url(slug=authority.slug))
    return (
        page,
        *(
            PublicPage(name, reverse("outcomes:indicator-areas", args=[code]))
            for code, name in approval.indicators
        ),
    )


def public_url(*, slug: str) -> str:
    """Return the address of the page on which everybody reads an authority's values."""
    return reverse("outcomes:authority", args=[slug])
