"""Parties sign a partnership agreement on the site, the authority first; an ICB may decline it.

No step of a return waits for any of it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest

from authorities import audit
from authorities.models import User
from duty import words
from duty.actions.agreement_messages import tell_of_answer
from duty.agreements import DECLARATION, Answer, Standing, content_hash, frozen
from duty.deadlines import london_date
from duty.models import AgreementSignature, PartnershipAgreement
from duty.queries.agreements import signing_of
from duty.queries.standing_records import record_of
from duty.standing_records import AgreementContent, AgreementStatus, RecordKind
from outcomes.access import Acting


class AgreementRefusedError(ValueError):
    """A party cannot sign or decline the agreement as it is."""


class AgreementChangedError(AgreementRefusedError):
    """It says something else than what was read."""


class NotAPartyError(AgreementRefusedError):
    """The body is no party to the agreement, or has closed."""


class ReasonMissingError(AgreementRefusedError):
    """A party that declines says why."""


@dataclass(frozen=True)
class _Held:
    """An agreement that is locked until the transaction ends, as it then is."""

    row: PartnershipAgreement
    content: AgreementContent
    standing: Standing


@transaction.atomic
def sign(
    *, agreement: PartnershipAgreement, content_read: str, acting: Acting, by: User, at: datetime
) -> AgreementSignature:
    """Give a party's word for the content that was read; whoever signs twice has signed once.

    The first signature is the authority's, and shows the agreement to its ICBs.

    Args:
        agreement: which one.
        content_read: the digest on the page that was signed.
        acting: for whom.
        by: who.
        at: when.

    Raises:
        AgreementChangedError: the content is another by now.
        NotAPartyError: the body is no party, or has closed.
        AgreementRefusedError: it ended, its review is over, or the authority has not signed.
    """
    held = _hold(agreement)
    said = _check(held, content_read=content_read, acting=acting, at=at)
    if said == Answer.SIGNED:
        return _current(held).get(body=acting.body)
    review_on = held.content.review_on
    today = london_date(now=at)
    if (
        held.content.status != AgreementStatus.SIGNED
        and review_on is not None
        and review_on <= today
    ):
        raise AgreementRefusedError(
            f"Its next review is on {words.london_date(moment=review_on)}, which is not after the "
            "signature. The authority changes that day first."
        )
    # Who declined may think again.
    _void(_current(held).filter(body=acting.body), at=at)
    return _give(held, reason="", acting=acting, by=by, at=at)


@transaction.atomic
def decline(
    *,
    agreement: PartnershipAgreement,
    content_read: str,
    reason: str,
    acting: Acting,
    by: User,
    at: datetime,
) -> AgreementSignature:
    """Say for an ICB that it does not sign, with a reason that all parties see.

    Raises:
        ReasonMissingError: no reason is given.
        AgreementChangedError: the content is another by now.
        NotAPartyError: the body is no ICB of the agreement, or has closed.
        AgreementRefusedError: it ended, or the ICB has signed it.
    """
    held = _hold(agreement)
    said = _check(held, content_read=content_read, acting=acting, at=at)
    if acting.body.pk == held.row.authority_id:
        raise NotAPartyError("The authority changes or ends an agreement that it does not want.")
    if said == Answer.DECLINED:
        return _current(held).get(body=acting.body)
    if said == Answer.SIGNED:
        raise AgreementRefusedError("Your side has signed this agreement already.")
    if not reason.strip():
        raise ReasonMissingError("Say why your side does not sign it")
    return _give(held, reason=reason.strip(), acting=acting, by=by, at=at)


def void_signatures(*, agreement: PartnershipAgreement, at: datetime) -> None:
    """Mark what was said of an agreement as void: it was for a content that is no more."""
    _void(AgreementSignature.objects.filter(agreement=agreement, voided_at__isnull=True), at=at)


def _void(rows: QuerySet[AgreementSignature], *, at: datetime) -> None:
    # The clock may be behind that of the signature's server.
    rows.update(voided_at=Greatest(F("given_at"), Value(at)))


def _hold(agreement: PartnershipAgreement) -> _Held:
    row = (
        PartnershipAgreement.objects.select_for_update(of=("self",))
        .select_related("authority")
        .get(pk=agreement.pk)
    )
    content = record_of(authority=row.authority, kind=RecordKind.AGREEMENT, key=row.pk).content
    assert isinstance(content, AgreementContent)  # noqa: S101 - narrows the type
    return _Held(row, content, signing_of(agreements=[row])[row.pk].standing)


def _check(held: _Held, *, content_read: str, acting: Acting, at: datetime) -> Answer:
    """Refuse what nobody may answer; return what the body has said until now."""
    said = held.standing.of(acting.body.pk)
    if said is None:
        raise NotAPartyError("Your organisation is not a party to this agreement.")
    closed = acting.body.closed_on
    if closed is not None and closed <= london_date(now=at):
        raise NotAPartyError("Your organisation has closed, so nobody signs for it.")
    if held.row.ending:
        raise AgreementRefusedError("This agreement has ended, so nobody signs it.")
    if content_read != content_hash(content=held.content):
        raise AgreementChangedError(
            "The agreement changed since you opened the page, so nothing was stored. Read it "
            "again, then decide."
        )
    if said.answer == Answer.SIGNED:
        return said.answer
    if acting.body.pk != held.row.authority_id and not _authority_signed(held):
        raise AgreementRefusedError("The authority signs first. You are told when it has.")
    return said.answer


def _authority_signed(held: _Held) -> bool:
    return held.standing.authority.answer == Answer.SIGNED


def _current(held: _Held) -> QuerySet[AgreementSignature]:
    return AgreementSignature.objects.filter(agreement=held.row, voided_at__isnull=True)


def _give(
    held: _Held, *, reason: str, acting: Acting, by: User, at: datetime
) -> AgreementSignature:
    given = AgreementSignature.objects.create(
        agreement=held.row,
        body=acting.body,
        content=frozen(content=held.content),
        content_hash=content_hash(content=held.content),
        declaration=DECLARATION,
        decline_reason=reason,
        given_at=at,
        given_by=by,
    )
    audit.record(
        action="agreement.declined" if reason else "agreement.signed",
        target=held.row,
        by=by,
        at=at,
        body=acting.body,
        version=held.row.version,
    )
    standing = signing_of(agreements=[held.row])[held.row.pk].standing
    tell_of_answer(given=given, standing=standing, at=at)
    return given
