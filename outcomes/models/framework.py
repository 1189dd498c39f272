"""Outcomes frameworks that an authority owns with its ICBs: versions and signatures."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from authorities.models import Body, StrategicAuthority, User
from outcomes.framework_lifecycle import changes
from outcomes.models.marks import only_marked

# What signatures are for, beside the rows that stand in the version.
_TEXT = ", ".join(
    f"{{row}}.{column}"
    for column in (
        "framework_id",
        "number",
        "summary",
        "assumptions",
        "prevention_spending",
        "disinvestment",
        "change_reason",
        "content_hash",
    )
)
_CHANGES = ", ".join(f"('{before}', '{after}')" for before, after in changes())


class VersionState(models.TextChoices):
    """Where a version of a framework is."""

    DRAFT = "draft", "Draft"
    PROPOSED = "proposed", "Proposed"
    PARTLY_SIGNED = "partly_signed", "Partly signed"
    AGREED = "agreed", "Agreed"
    SUPERSEDED = "superseded", "Replaced"
    DISCARDED = "discarded", "Given up"
    ENDED = "ended", "Ended"


# Those that somebody still works on or decides about.
OPEN_STATES = (VersionState.DRAFT, VersionState.PROPOSED, VersionState.PARTLY_SIGNED)
# Those that were agreed by all, which anybody may read.
AGREED_STATES = (VersionState.AGREED, VersionState.SUPERSEDED, VersionState.ENDED)


@pghistory.track()
class Framework(models.Model):
    """What an authority and one or more of its ICBs want to reach together.

    One whose authority merged is its successor's, and says from which authority it came and
    whether the successor has said yet that it stands by what was agreed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(
        StrategicAuthority, on_delete=models.PROTECT, related_name="frameworks"
    )
    name = models.CharField(max_length=160)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="frameworks_started"
    )
    form_key = models.UUIDField(unique=True)
    moved_from = models.ForeignKey(
        StrategicAuthority, null=True, on_delete=models.PROTECT, related_name="frameworks_left"
    )
    needs_reconfirmation = models.BooleanField(default=False)
    reconfirmed_at = models.DateTimeField(null=True)
    reconfirmed_by = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="moved_frameworks_reconfirmed"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="framework_has_a_name"),
            models.CheckConstraint(
                condition=Q(needs_reconfirmation=False)
                | Q(moved_from__isnull=False, reconfirmed_at__isnull=True),
                name="framework_to_reconfirm_was_moved",
            ),
            models.CheckConstraint(
                condition=Q(reconfirmed_at__isnull=True, reconfirmed_by__isnull=True)
                | Q(reconfirmed_at__isnull=False, reconfirmed_by__isnull=False),
                name="moved_framework_says_who_reconfirmed_it",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="moves_with_its_owners",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__authority__df=pgtrigger.F("new__authority")),
                func="""
                    IF EXISTS (
                        SELECT FROM outcomes_frameworkpartner AS partner
                        JOIN authorities_pair AS pair ON pair.id = partner.pair_id
                        WHERE partner.framework_id = NEW.id AND partner.ended_on IS NULL
                            AND pair.authority_id <> NEW.authority_id
                    ) THEN
                        RAISE EXCEPTION 'a framework moves once no owner of the old pairs is left'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class FrameworkVersion(models.Model):
    """What the parties want to reach, as of one version. Once agreed it stays as it is.

    content_hash: of what was proposed; signatures are for this content and no other.
    version: counts every change, so that a form can say which one it was made from.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(
        max_length=13, choices=VersionState.choices, default=VersionState.DRAFT
    )
    summary = models.TextField(blank=True)
    assumptions = models.TextField(blank=True)
    prevention_spending = models.TextField(blank=True)
    disinvestment = models.TextField(blank=True)
    # Why a change to what was agreed is proposed; the first version needs none.
    change_reason = models.TextField(blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="framework_versions_started"
    )
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="framework_versions_edited"
    )
    proposed_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="framework_version_once"),
            models.CheckConstraint(
                condition=Q(state__in=VersionState.values), name="framework_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["framework"],
                condition=Q(state__in=OPEN_STATES),
                name="framework_has_one_open_version",
            ),
            models.UniqueConstraint(
                fields=["framework"],
                condition=Q(state=VersionState.AGREED),
                name="framework_has_one_version_in_force",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[VersionState.DRAFT, VersionState.DISCARDED])
                | Q(proposed_at__isnull=False) & ~Q(content_hash=""),
                name="proposed_version_has_its_hash",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=AGREED_STATES) | Q(agreed_at__isnull=False),
                name="agreed_version_says_when",
            ),
            models.CheckConstraint(
                condition=Q(number=1)
                | Q(state__in=[VersionState.DRAFT, VersionState.DISCARDED])
                | ~Q(change_reason=""),
                name="later_version_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="framework_takes_steps_of_the_table",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
                func=f"""
                    IF (OLD.state, NEW.state) NOT IN ({_CHANGES}) THEN
                        RAISE EXCEPTION 'a framework does not go from % to %', OLD.state, NEW.state
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.state = 'agreed' AND EXISTS (
                        SELECT party.body_id FROM (
                            SELECT framework.authority_id AS body_id
                            FROM outcomes_framework AS framework
                            WHERE framework.id = NEW.framework_id
                            UNION ALL
                            SELECT pair.board_id FROM outcomes_frameworkpartner AS partner
                            JOIN authorities_pair AS pair ON pair.id = partner.pair_id
                            WHERE partner.framework_id = NEW.framework_id
                                AND partner.ended_on IS NULL
                        ) AS party
                        WHERE NOT EXISTS (
                            SELECT FROM outcomes_frameworksignature AS signature
                            WHERE signature.framework_version_id = NEW.id
                                AND signature.body_id = party.body_id
                                AND signature.voided_at IS NULL
                                AND signature.content_hash = NEW.content_hash
                        )
                    ) THEN
                        RAISE EXCEPTION 'a framework is agreed once every party has signed'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NEW.state = 'agreed' AND EXISTS (
                        SELECT FROM outcomes_frameworkpartner AS partner
                        WHERE partner.framework_id = NEW.framework_id AND partner.unassigned
                    ) THEN
                        RAISE EXCEPTION 'a framework is agreed once all its owners are known'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            # Signatures are for the text too; a draft alone may be written.
            pgtrigger.Protect(
                name="agreed_text_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state <> 'draft' AND NEW.state <> 'draft' AND"
                    f" ({_TEXT.format(row='OLD')}) IS DISTINCT FROM ({_TEXT.format(row='NEW')})"
                ),
            ),
            pgtrigger.Protect(name="framework_version_stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.framework_id} version {self.number}"


@pghistory.track()
class FrameworkSignature(models.Model):
    """A party's word for one content of a version; void once that content is edited or declined."""

    framework_version = models.ForeignKey(
        FrameworkVersion, on_delete=models.PROTECT, related_name="signatures"
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="framework_signatures")
    content_hash = models.CharField(max_length=64)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="framework_signatures"
    )
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["framework_version", "body"],
                condition=Q(voided_at__isnull=True),
                name="party_signs_a_version_once",
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | Q(voided_at__gte=F("signed_at")),
                name="signature_voided_after_it_was_given",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="signs_what_is_proposed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM outcomes_frameworkversion AS signed
                        WHERE signed.id = NEW.framework_version_id
                            AND signed.state IN ('proposed', 'partly_signed')
                            AND signed.content_hash = NEW.content_hash
                    ) THEN
                        RAISE EXCEPTION 'a signature is for the content that is proposed'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    IF NOT EXISTS (
                        SELECT FROM outcomes_frameworkversion AS signed
                        JOIN outcomes_framework AS framework ON framework.id = signed.framework_id
                        LEFT JOIN outcomes_frameworkpartner AS partner
                            ON partner.framework_id = framework.id AND partner.ended_on IS NULL
                        LEFT JOIN authorities_pair AS pair ON pair.id = partner.pair_id
                        WHERE signed.id = NEW.framework_version_id
                            AND NEW.body_id IN (framework.authority_id, pair.board_id)
                    ) THEN
                        RAISE EXCEPTION 'a signature is of an owner'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            *only_marked(name="signature", mark="voided_at", what="a signature"),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} for {self.framework_version_id}"


class FrameworkHappening(models.Model):
    """What happened to a version of a framework: one step of the table, and why."""

    framework_version = models.ForeignKey(
        FrameworkVersion, on_delete=models.PROTECT, related_name="happenings"
    )
    type = models.CharField(max_length=20)
    # Empty where a job took the step.
    actor = models.ForeignKey(
        User, null=True, on_delete=models.PROTECT, related_name="framework_happenings"
    )
    actor_role = models.CharField(max_length=20)
    actor_body = models.ForeignKey(
        Body, null=True, on_delete=models.PROTECT, related_name="framework_happenings"
    )
    at = models.DateTimeField()
    reason = models.TextField(blank=True)
    payload = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["framework_version", "at"], name="framework_happenings_in_time")
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.framework_version_id}"
