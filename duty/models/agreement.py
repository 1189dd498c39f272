"""Partnership agreements of an authority with its ICBs: parties, roles, and who has signed.

What was signed on the site stays as it is: a change voids the signatures first.
"""

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from authorities.models import Body, IntegratedCareBoard, User
from duty.models.standing_record import StandingRecord, link_or_none, not_before
from duty.standing_records import AgreementStatus, Ending, RoleOf, Theme
from outcomes.models.marks import only_marked

# What signatures are for, beside parties and roles, which are rows of their own.
_TEXT = ", ".join(
    f"{{row}}.{column}"
    for column in (
        "title",
        "status",
        "signed_on",
        "review_on",
        "link",
        "themes",
        "other_theme",
        "work_plan",
        "work_plan_link",
        "renews_id",
        "document_id",
    )
)


def _stays_while_signed(*, agreement: str, but: str = "FALSE") -> pgtrigger.Trigger:
    """Return the trigger of what belongs to an agreement, whose key is `agreement` in SQL."""
    return pgtrigger.Trigger(
        name="signed_agreement_stays",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF NOT ({but}) AND EXISTS (
                SELECT FROM duty_agreementsignature AS given
                WHERE given.agreement_id = {agreement} AND given.voided_at IS NULL
            ) THEN
                RAISE EXCEPTION 'what was signed changes once its signatures are void'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


@pghistory.track()
class PartnershipAgreement(StandingRecord):
    """An agreement with one ICB or several. Who its parties are stands in `parties`.

    status: as the authority records it; what was signed on the site stands in `signatures`.
    """

    status = models.CharField(max_length=14)
    signed_on = models.DateField(null=True)
    review_on = models.DateField(null=True, help_text="When it is next reviewed.")
    link = models.URLField(max_length=500, blank=True)
    themes = ArrayField(models.CharField(max_length=19), default=list)
    other_theme = models.CharField(max_length=200, blank=True)
    work_plan = models.TextField(blank=True)
    work_plan_link = models.URLField(max_length=500, blank=True)
    renews = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="renewals")
    document = models.ForeignKey(
        "AgreementDocument", null=True, on_delete=models.PROTECT, related_name="held_by"
    )

    class Meta(StandingRecord.Meta):
        abstract = False
        constraints = [
            *StandingRecord.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status=AgreementStatus.SIGNED.value, signed_on__isnull=False)
                | Q(status=AgreementStatus.IN_DEVELOPMENT.value, signed_on__isnull=True),
                name="signed_agreement_says_when",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True)
                | Q(review_on__isnull=True)
                | Q(review_on__gt=F("signed_on")),
                name="agreement_is_reviewed_after_signature",
            ),
            models.CheckConstraint(
                condition=not_before("signed_on", "ended_on"),
                name="agreement_ends_after_signature",
            ),
            models.CheckConstraint(
                condition=link_or_none("link") & link_or_none("work_plan_link"),
                name="agreement_link_is_http_or_https",
            ),
            models.CheckConstraint(
                condition=Q(themes__contained_by=[one.value for one in Theme]),
                name="agreement_themes_are_known",
            ),
            models.UniqueConstraint(
                fields=["renews"],
                condition=~Q(ending=Ending.MISTAKE.value),
                name="agreement_is_renewed_once",
            ),
            models.CheckConstraint(
                condition=Q(renews__isnull=True) | ~Q(renews=F("id")),
                name="agreement_does_not_renew_itself",
            ),
        ]
        triggers = [
            *StandingRecord.Meta.triggers,
            _stays_while_signed(
                agreement="NEW.id",
                but="TG_OP = 'INSERT' OR "
                f"({_TEXT.format(row='OLD')}) IS NOT DISTINCT FROM ({_TEXT.format(row='NEW')})",
            ),
            pgtrigger.Trigger(
                name="renews_one_of_its_authority",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NEW.renews_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM duty_partnershipagreement AS earlier
                        WHERE earlier.id = NEW.renews_id
                            AND earlier.authority_id = NEW.authority_id
                    ) THEN
                        RAISE EXCEPTION 'an agreement renews one of the same authority'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="holds_its_own_document",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NEW.document_id IS NOT NULL AND NOT EXISTS (
                        SELECT FROM duty_agreementdocument AS kept
                        WHERE kept.id = NEW.document_id AND kept.agreement_id = NEW.id
                            AND kept.erased_at IS NULL
                    ) THEN
                        RAISE EXCEPTION 'an agreement holds a document of its own'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]


@pghistory.track()
class AgreementParty(models.Model):
    """An ICB that is party to an agreement, from one writing of the record to another.

    followed_by: the party that took over when the ICB ended. took_over: it came that way, and not
    by a change of the text, so that signatures stand.
    """

    agreement = models.ForeignKey(
        PartnershipAgreement, on_delete=models.PROTECT, related_name="parties"
    )
    board = models.ForeignKey(
        IntegratedCareBoard, on_delete=models.PROTECT, related_name="agreement_parties"
    )
    added_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    took_over = models.BooleanField(default=False)
    followed_by = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="took_over_from"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "board"],
                condition=Q(left_at__isnull=True),
                name="agreement_party_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("added_at")),
                name="agreement_party_leaves_after_it_came",
            ),
            models.CheckConstraint(
                condition=Q(followed_by__isnull=True) | Q(left_at__isnull=False),
                name="followed_party_has_left",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="ended_not_deleted", operation=pgtrigger.Delete),
            _stays_while_signed(
                agreement="NEW.agreement_id",
                but="CASE TG_OP WHEN 'INSERT' THEN NEW.took_over "
                "ELSE NEW.followed_by_id IS NOT NULL END",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board_id} in {self.agreement_id}"


@pghistory.track()
class AgreementRole(models.Model):
    """A role of one side's colleague on a board or committee of the other, by its title.

    From one writing of the record to another, as parties.
    """

    agreement = models.ForeignKey(
        PartnershipAgreement, on_delete=models.PROTECT, related_name="roles"
    )
    board = models.ForeignKey(
        IntegratedCareBoard, on_delete=models.PROTECT, related_name="agreement_roles"
    )
    of = models.CharField(max_length=9)
    title = models.CharField(max_length=200)
    committee = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(of__in=[one.value for one in RoleOf]),
                name="agreement_role_says_whose_it_is",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(committee=""),
                name="agreement_role_has_a_title_and_a_committee",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("added_at")),
                name="agreement_role_ends_after_it_began",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="ended_not_deleted", operation=pgtrigger.Delete),
            _stays_while_signed(agreement="NEW.agreement_id"),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class AgreementSignature(models.Model):
    """A party's word for one content of an agreement; void once that content is changed.

    content: what was read, as `duty.agreements.frozen` keeps it, beside its digest.
    decline_reason: why the party does not sign it; empty where it signs.
    """

    agreement = models.ForeignKey(
        PartnershipAgreement, on_delete=models.PROTECT, related_name="signatures"
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="agreement_signatures")
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    declaration = models.PositiveSmallIntegerField()
    decline_reason = models.TextField(blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="agreement_signatures"
    )
    voided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "body"],
                condition=Q(voided_at__isnull=True),
                name="party_answers_an_agreement_once",
            ),
            models.CheckConstraint(
                condition=~Q(content_hash=""), name="agreement_signature_has_its_hash"
            ),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True) | Q(voided_at__gte=F("given_at")),
                name="agreement_signature_voided_after_it_was_given",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="signs_as_a_party",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM duty_partnershipagreement AS agreement
                        WHERE agreement.id = NEW.agreement_id AND agreement.ending = ''
                            AND agreement.authority_id = NEW.body_id AND NEW.decline_reason = ''
                    ) AND NOT EXISTS (
                        SELECT FROM duty_partnershipagreement AS agreement
                        JOIN duty_agreementparty AS party
                            ON party.agreement_id = agreement.id AND party.left_at IS NULL
                        JOIN duty_agreementsignature AS first
                            ON first.agreement_id = agreement.id
                            AND first.body_id = agreement.authority_id
                            AND first.voided_at IS NULL
                        WHERE agreement.id = NEW.agreement_id AND agreement.ending = ''
                            AND party.board_id = NEW.body_id
                    ) THEN
                        RAISE EXCEPTION 'a party signs what the authority has signed first'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            *only_marked(
                name="agreement_signature", mark="voided_at", what="a signature of an agreement"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} for {self.agreement_id}"
