"""Who holds the role that owns a commitment on a side, where the side says it."""

import pghistory
import pgtrigger
from django.db import models

from authorities.models import User
from engagement.commitment_lifecycle import SETTLED
from engagement.models.commitment import Commitment
from engagement.models.rubric import Side

_SETTLED = ", ".join(f"'{state.value}'" for state in SETTLED)


@pghistory.track()
class CommitmentOwner(models.Model):
    """A person of a side's own body who owns a commitment there, beside the role that it names.

    Checked when the person is named: who loses every role at the body later stays named, and pages
    say so. Only people of the same body are told who it is.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="owners")
    side = models.CharField(max_length=3, choices=Side.choices)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="commitments_owned")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "side"], name="commitment_owner_once_a_side"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="owner_has_a_role_at_the_body",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT FROM engagement_commitment AS commitment
                        JOIN authorities_pair AS pair ON pair.id = commitment.pair_id
                        JOIN authorities_membership AS held
                            ON held.user_id = NEW.person_id
                            AND held.body_id = CASE NEW.side
                                WHEN 'sa' THEN pair.authority_id
                                WHEN 'icb' THEN pair.board_id
                            END
                        WHERE commitment.id = NEW.commitment_id
                            AND (held.ended_at IS NULL OR held.ended_at > now())
                    )
                    THEN
                        RAISE EXCEPTION 'an owner has a role at the body of the side'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="owners_are_frozen_with_the_commitment",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=f"""
                    IF EXISTS (
                        SELECT FROM engagement_commitment AS commitment
                        WHERE commitment.id = COALESCE(NEW.commitment_id, OLD.commitment_id)
                            AND commitment.state IN ({_SETTLED})
                    )
                    THEN
                        RAISE EXCEPTION 'owners of what is declined or closed are frozen'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN COALESCE(NEW, OLD);
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.person_id} of {self.commitment_id}"
