"""The life of outcomes frameworks: begun, proposed, signed, declined, changed, adopted."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from authorities import audit
from authorities.models import Pair, PairOverlap, StrategicAuthority, User
from outcomes import recompute
from outcomes.access import Acting
from outcomes.actions.framework_copies import copy_content
from outcomes.actions.framework_messages import tell_of_framework
from outcomes.actions.framework_steps import (
    Held,
    NotAPartyError,
    hold,
    holds,
    let_go,
    take,
    void_signatures,
)
from outcomes.framework_content import content_hash, frozen, what_is_missing
from outcomes.framework_lifecycle import DECLARATION, Event, next_state
from outcomes.models import (
    OPEN_STATES,
    Framework,
    FrameworkHappening,
    FrameworkPartner,
    FrameworkSignature,
    FrameworkVersion,
    Subject,
    VersionState,
)
from outcomes.queries.frameworks import content_of


class NoPartnerError(ValueError):
    """A framework is owned with at least one ICB."""


class PartnerTakenError(ValueError):
    """One of the ICBs owns a framework with the authority already."""


class NameMissingError(ValueError):
    """A framework needs a name."""


@transaction.atomic
def start(
    *,
    authority: StrategicAuthority,
    pairs: Sequence[Pair],
    name: str,
    form_key: UUID,
    acting: Acting,
    by: User,
    at: datetime,
) -> FrameworkVersion:
    """Begin a framework of an authority with one or more of its ICBs; a form sent twice, once.

    Raises:
        NameMissingError, NoPartnerError, PartnerTakenError, NotAPartyError: nothing is stored.
    """
    # Held until the end, so that the same form, or another party's, is seen.
    StrategicAuthority.objects.select_for_update().get(pk=authority.pk)
    sent = Framework.objects.filter(form_key=form_key).first()
    if sent is not None:
        return FrameworkVersion.objects.get(framework=sent, number=1)
    if not name.strip():
        raise NameMissingError("Enter a name for the framework.")
    if not pairs or any(pair.authority_id != authority.pk for pair in pairs):
        raise NoPartnerError("Choose at least one ICB that owns the framework with the authority.")
    if acting.body.pk not in {authority.pk, *(pair.board_id for pair in pairs)}:
        raise NotAPartyError("Your own organisation must be one of the owners.")
    standing = PairOverlap.objects.as_at(timezone.localdate(at)).filter(pair__in=pairs)
    if len({pair.pk for pair in pairs}) > standing.values("pair").distinct().count():
        raise NoPartnerError("One of these ICBs serves none of the authority’s people today.")
    taken = FrameworkPartner.objects.filter(pair__in=pairs, ended_on__isnull=True, over=False)
    if taken.exists():
        raise PartnerTakenError(
            "One of these ICBs owns a framework with the authority already. Propose a change to "
            "that one, or choose others."
        )
    framework = Framework.objects.create(
        authority=authority, name=name.strip(), started_at=at, started_by=by, form_key=form_key
    )
    FrameworkPartner.objects.bulk_create(
        FrameworkPartner(framework=framework, pair=pair) for pair in pairs
    )
    version = FrameworkVersion.objects.create(
        framework=framework, number=1, started_at=at, started_by=by, edited_at=at, edited_by=by
    )
    FrameworkHappening.objects.create(
        framework_version=version,
        type="start",
        actor=by,
        actor_role=acting.role,
        actor_body=acting.body,
        at=at,
    )
    audit.record(
        action="framework.started",
        target=framework,
        by=by,
        at=at,
        body=acting.body,
        pairs=[str(pair.pk) for pair in pairs],
    )
    recompute.request(
        subject=Subject.AUTHORITY,
        subject_id=authority.pk,
        reason="outcomes framework: start",
        at=at,
    )
    return version


@transaction.atomic
def propose(
    *, version: FrameworkVersion, expected_version: int, acting: Acting, by: User, at: datetime
) -> FrameworkVersion:
    """Ask all parties to sign the draft as it stands.

    Raises:
        FrameworkRefusedError: it lacks something, or is no draft, or was changed meanwhile.
    """
    held = hold(version=version)
    content = content_of(version=held.version)
    held.version.content_hash = content_hash(content=content)
    held.version.proposed_at = at
    take(
        held=held,
        event=Event.PROPOSE,
        holding=holds(
            version_matches=held.version.version == expected_version,
            owners_known=not FrameworkPartner.objects.filter(
                framework=held.framework, unassigned=True
            ).exists(),
            complete=not what_is_missing(content=content),
        ),
        acting=acting,
        by=by,
        at=at,
        content_hash=held.version.content_hash,
        # So that who read this one is shown what changed, should it be another when they sign.
        content=frozen(content=content),
    )
    tell_of_framework(version=held.version, event=Event.PROPOSE, actor=acting.body, at=at)
    return held.version


@transaction.atomic
def sign(
    *, version: FrameworkVersion, content_read: str, acting: Acting, by: User, at: datetime
) -> FrameworkVersion:
    """Give a party's word for the content that was read; the last one agrees the version.

    Whoever signs twice, by a double click say, has signed once.

    Args:
        version: which one.
        content_read: the digest on the page that was signed.
        acting: for whom.
        by: who.
        at: when.

    Raises:
        FrameworkRefusedError: the content is another by now, or it waits for no signature.
        NotAPartyError: the body does not own the framework.
    """
    held = hold(version=version)
    row = held.version
    given = set(
        FrameworkSignature.objects.filter(
            framework_version=row, voided_at__isnull=True
        ).values_list("body_id", flat=True)
    )
    if acting.body.pk in given and row.content_hash == content_read:
        return row
    last = held.parties <= given | {acting.body.pk}
    event = Event.SIGN_LAST if last else Event.SIGN
    same = row.content_hash == content_read == content_hash(content=content_of(version=row))
    holding = holds(same_content=same, not_yet_signed=acting.body.pk not in given)
    # Refused before anything is written: the database takes signatures of what is proposed only.
    next_state(state=row.state, event=event, holding=holding)
    if acting.body.pk not in held.parties:
        raise NotAPartyError("Your organisation is not one of the owners of this framework.")
    FrameworkSignature.objects.create(
        framework_version=row,
        body=acting.body,
        content_hash=row.content_hash,
        signed_at=at,
        signed_by=by,
    )
    if last:
        _supersede_before(held=held, acting=acting, by=by, at=at)
        row.agreed_at = at
    take(
        held=held,
        event=event,
        holding=holding,
        acting=acting,
        by=by,
        at=at,
        content_hash=row.content_hash,
        declaration=DECLARATION,
    )
    if last:
        _adopted_by_signing(held=held, by=by, at=at)
    tell_of_framework(version=row, event=event, actor=acting.body, at=at)
    return row


def _supersede_before(*, held: Held, acting: Acting, by: User, at: datetime) -> None:
    earlier = FrameworkVersion.objects.filter(
        framework=held.framework, state=VersionState.AGREED
    ).first()
    if earlier is not None:
        take(
            held=Held(held.framework, earlier, held.parties),
            event=Event.SUPERSEDE,
            holding=(),
            acting=acting,
            by=by,
            at=at,
            by_number=held.version.number,
        )


def _adopted_by_signing(*, held: Held, by: User, at: datetime) -> None:
    # Who has just signed the whole stands by it.
    said = {"needs_reconfirmation": False, "reconfirmed_at": at, "reconfirmed_by": by}
    FrameworkPartner.objects.filter(framework=held.framework, needs_reconfirmation=True).update(
        **said
    )
    Framework.objects.filter(pk=held.framework.pk, needs_reconfirmation=True).update(**said)


@transaction.atomic
def decline(
    *,
    version: FrameworkVersion,
    content_read: str,
    reason: str,
    acting: Acting,
    by: User,
    at: datetime,
) -> FrameworkVersion:
    """Turn a proposal down with a reason that all parties see; it is a draft again.

    Raises:
        FrameworkRefusedError: no reason, another content by now, or it waits for no signature.
    """
    held = hold(version=version)
    take(
        held=held,
        event=Event.DECLINE,
        holding=holds(
            same_content=held.version.content_hash == content_read,
            reason_given=bool(reason.strip()),
        ),
        acting=acting,
        by=by,
        at=at,
        reason=reason,
        content_hash=content_read,
    )
    void_signatures(version=held.version, at=at)
    tell_of_framework(version=held.version, event=Event.DECLINE, actor=acting.body, at=at)
    return held.version


@transaction.atomic
def discard(
    *,
    version: FrameworkVersion,
    expected_version: int,
    reason: str,
    acting: Acting,
    by: User,
    at: datetime,
) -> FrameworkVersion:
    """Give a version up before it is agreed; what was agreed before stays in force.

    Where nothing was, the pairs are free for another framework.

    Raises:
        FrameworkRefusedError: it is agreed, was changed meanwhile, or no reason is given.
    """
    held = hold(version=version)
    take(
        held=held,
        event=Event.DISCARD,
        holding=holds(
            version_matches=held.version.version == expected_version,
            reason_given=bool(reason.strip()),
        ),
        acting=acting,
        by=by,
        at=at,
        reason=reason,
    )
    void_signatures(version=held.version, at=at)
    if not FrameworkVersion.objects.filter(
        framework=held.framework, state=VersionState.AGREED
    ).exists():
        let_go(held=held)
    tell_of_framework(version=held.version, event=Event.DISCARD, actor=acting.body, at=at)
    return held.version


@transaction.atomic
def propose_change(
    *, version: FrameworkVersion, reason: str, acting: Acting, by: User, at: datetime
) -> FrameworkVersion:
    """Begin the next version as a copy of the agreed one, which stays in force meanwhile.

    Returns:
        The new draft.

    Raises:
        FrameworkRefusedError: it is not agreed, a next version is on its way, or no reason.
    """
    held = hold(version=version)
    others = FrameworkVersion.objects.filter(framework=held.framework)
    take(
        held=held,
        event=Event.PROPOSE_CHANGE,
        holding=holds(
            reason_given=bool(reason.strip()),
            nothing_open=not others.filter(state__in=OPEN_STATES).exists(),
        ),
        acting=acting,
        by=by,
        at=at,
        reason=reason,
    )
    newest = others.order_by("-number").values_list("number", flat=True)[0]
    draft = FrameworkVersion.objects.create(
        framework=held.framework,
        number=newest + 1,
        summary=held.version.summary,
        assumptions=held.version.assumptions,
        prevention_spending=held.version.prevention_spending,
        disinvestment=held.version.disinvestment,
        change_reason=reason.strip(),
        started_at=at,
        started_by=by,
        edited_at=at,
        edited_by=by,
    )
    copy_content(source=held.version, to=draft)
    tell_of_framework(version=draft, event=Event.PROPOSE_CHANGE, actor=acting.body, at=at)
    return draft


@transaction.atomic
def adopt(*, version: FrameworkVersion, acting: Acting, by: User, at: datetime) -> FrameworkVersion:
    """Say that the successor of an owner stands by what was agreed.

    Raises:
        FrameworkRefusedError: nothing waits for this body, or the version is not in force.
    """
    held = hold(version=version)
    boards = FrameworkPartner.objects.filter(
        framework=held.framework,
        pair__board_id=acting.body.pk,
        ended_on__isnull=True,
        needs_reconfirmation=True,
    )
    authority = Framework.objects.filter(
        pk=held.framework.pk, authority=acting.body.pk, needs_reconfirmation=True
    )
    take(
        held=held,
        event=Event.ADOPT,
        holding=holds(waits_to_be_adopted=boards.exists() or authority.exists()),
        acting=acting,
        by=by,
        at=at,
    )
    for waiting in (boards, authority):
        waiting.update(needs_reconfirmation=False, reconfirmed_at=at, reconfirmed_by=by)
    tell_of_framework(version=held.version, event=Event.ADOPT, actor=acting.body, at=at)
    return held.version
