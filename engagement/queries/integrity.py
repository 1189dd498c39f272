"""Checks of this app: placements and what was published of them, national views, commitments."""

from authorities.integrity import Asked, Broken, broken_by, holds
from authorities.queries.stored_facts import (
    history_differs,
    log_leads_elsewhere,
    steps_unaudited,
)
from engagement.assessment_lifecycle import DECIDED, TRANSITIONS, State
from engagement.commitment_lifecycle import SETTLED
from engagement.models import Assessment, AssessmentHappening

# Where the levels stand in the matrix, by the group map that the round is read by.
_MISPLACED = """
    LEFT JOIN engagement_roundrubric AS read_by ON read_by.round_id = {round}
    LEFT JOIN engagement_groupcell AS cell ON cell.group_map_id = read_by.group_map_id
        AND cell.authority_level = placed.authority_level
        AND cell.board_level = placed.board_level
    LEFT JOIN engagement_supportgroup AS meant ON meant.id = cell.group_id
    WHERE (placed."group", placed.gap, placed.less_engaged) IS DISTINCT FROM (
        meant.code,
        CASE WHEN cell.id IS NOT NULL THEN abs(
            array_position({levels}, placed.authority_level::text)
            - array_position({levels}, placed.board_level::text)
        )::smallint END,
        CASE sign(
            array_position({levels}, placed.authority_level::text)
            - array_position({levels}, placed.board_level::text)
        ) WHEN 1 THEN 'sa' WHEN -1 THEN 'icb' END
    )
"""
_LEVELS = "ARRAY['high', 'partial', 'low']"


@holds("The history of each row ends in what the row is now, and no row went without a trace.")
def histories_end_in_their_rows(asked: Asked) -> Broken:
    """Compare rows with the newest entry of their history."""
    return history_differs(app="engagement")


@holds("Each working placement stands in the cell of its two levels.")
def placements_are_in_their_cell(asked: Asked) -> Broken:
    """Find the group, the gap and the less engaged side anew from both levels."""
    return broken_by(
        sql="SELECT placed.id FROM engagement_placement AS placed"
        + _MISPLACED.format(round="placed.round_id", levels=_LEVELS)
    )


@holds("Each published placement stands in the cell of its two levels.")
def published_placements_are_in_their_cell(asked: Asked) -> Broken:
    """Find the group, the gap and the less engaged side anew from both levels."""
    return broken_by(
        sql="""
            SELECT placed.id FROM engagement_publishedplacement AS placed
            JOIN engagement_publication AS said ON said.id = placed.publication_id
        """
        + _MISPLACED.format(round="said.round_id", levels=_LEVELS)
    )


@holds("A revision holds a placement of each pair and a line of each expected return, or more.")
def revisions_are_whole(asked: Asked) -> Broken:
    """Find revisions that stand and of which something is missing."""
    return broken_by(
        sql="""
            SELECT said.id FROM engagement_publication AS said
            JOIN duty_round AS round ON round.id = said.round_id
            WHERE said.withdrawn_at IS NULL AND (
                EXISTS (
                    SELECT FROM duty_expectedreturn AS expected
                    WHERE expected.round_id = round.id AND NOT EXISTS (
                        SELECT FROM engagement_publishedreturn AS told
                        WHERE told.publication_id = said.id
                            AND told.authority_id = expected.authority_id
                    )
                ) OR EXISTS (
                    SELECT FROM engagement_publishedplacement AS before
                    JOIN engagement_publication AS earlier ON earlier.id = before.publication_id
                    WHERE earlier.round_id = round.id AND earlier.withdrawn_at IS NULL
                        AND NOT EXISTS (
                            SELECT FROM engagement_publishedplacement AS placed
                            WHERE placed.publication_id = said.id
                                AND placed.pair_id = before.pair_id
                        )
                ) OR NOT EXISTS (
                    SELECT FROM engagement_publishedplacement AS placed
                    WHERE placed.publication_id = said.id
                )
            )
        """
    )


@holds("A published line is of a submission of that authority in that round.")
def published_returns_are_of_their_round(asked: Asked) -> Broken:
    """Compare each published line with its submission."""
    return broken_by(
        sql="""
            SELECT told.id FROM engagement_publishedreturn AS told
            JOIN engagement_publication AS said ON said.id = told.publication_id
            JOIN duty_submission AS kept ON kept.id = told.submission_id
            JOIN duty_dutyreturn AS held ON held.id = kept.duty_return_id
            WHERE held.round_id <> said.round_id OR held.authority_id <> told.authority_id
        """
    )


@holds("Each revision that stands has the picture that everybody sees of it.")
def revisions_have_their_picture(asked: Asked) -> Broken:
    """Find revisions whose picture is missing."""
    return broken_by(
        sql="""
            SELECT said.id FROM engagement_publication AS said
            WHERE said.withdrawn_at IS NULL AND NOT EXISTS (
                SELECT FROM engagement_nationalpicture WHERE publication_id = said.id
            )
        """
    )


@holds("A round that is published has a revision that stands, and one that is not begun has none.")
def published_rounds_have_a_revision(asked: Asked) -> Broken:
    """Compare the states of rounds with their revisions."""
    return broken_by(
        sql="""
            SELECT round.id FROM duty_round AS round
            WHERE (round.state = 'published') AND NOT EXISTS (
                SELECT FROM engagement_publication AS said
                WHERE said.round_id = round.id AND said.withdrawn_at IS NULL
            ) OR round.state NOT IN ('published', 'finalising') AND EXISTS (
                SELECT FROM engagement_publication AS said
                WHERE said.round_id = round.id AND said.withdrawn_at IS NULL
            )
        """
    )


@holds("The state of each national view is the one to which the newest step of its log leads.")
def assessments_are_where_their_log_leads(asked: Asked) -> Broken:
    """Compare states with the table's steps."""
    leads: dict[str, set[str]] = {}
    for row in TRANSITIONS:
        if row.to is not None:
            leads.setdefault(row.event.value, set()).add(row.to.value)
    return log_leads_elsewhere(
        rows=Assessment,
        log=AssessmentHappening,
        of="assessment_id",
        leads=leads,
        begins=[State.NOT_STARTED.value],
    )


@holds("Each step of a national view has its audit row.")
def steps_of_assessments_are_audited(asked: Asked) -> Broken:
    """Count steps and audit rows of each national view."""
    return steps_unaudited(rows=Assessment, log=AssessmentHappening, of="assessment_id")


@holds("A placement is called moderated where the centre has decided, and nowhere else.")
def moderated_placements_were_decided(asked: Asked) -> Broken:
    """Compare what a placement rests on with the national view of its pair."""
    return broken_by(
        sql="""
            SELECT placed.id FROM engagement_placement AS placed
            LEFT JOIN engagement_assessment AS found ON found.round_id = placed.round_id
                AND found.pair_id = placed.pair_id AND found.state = ANY (%(decided)s)
            WHERE (placed.basis = 'moderated') <> (found.id IS NOT NULL)
        """,
        decided=[state.value for state in (*DECIDED, State.NOT_ASSESSED)],
    )


@holds("An own view that is confirmed was written into the audit.")
def confirmed_views_are_audited(asked: Asked) -> Broken:
    """Find views that are confirmed and of which the audit tells nothing."""
    return broken_by(
        sql="""
            SELECT view.id FROM engagement_ownview AS view
            WHERE view.state = 'confirmed' AND NOT EXISTS (
                SELECT FROM authorities_auditevent AS written
                WHERE written.target_type = 'engagement.ownview'
                    AND written.target_id = view.id::text
                    AND written.action = 'own_view.confirmed'
            )
        """
    )


@holds("A commitment that goes on belongs to a pair that is in force, or waits to be assigned.")
def commitments_have_a_home(asked: Asked) -> Broken:
    """Find commitments of pairs that share nobody today, and for which nobody is asked."""
    return broken_by(
        sql="""
            SELECT promised.id FROM engagement_commitment AS promised
            WHERE promised.state <> ALL (%(settled)s) AND NOT promised.unassigned
                AND NOT EXISTS (
                    SELECT FROM authorities_pairoverlap AS shared
                    WHERE shared.pair_id = promised.pair_id AND shared.valid @> %(today)s::date
                )
        """,
        settled=[state.value for state in SETTLED],
        today=asked.at.date(),
    )


@holds("Pairs are offered to a commitment only while it waits to be assigned.")
def only_unassigned_commitments_may_choose(asked: Asked) -> Broken:
    """Find choices that are left of what has its pair."""
    return broken_by(
        sql="""
            SELECT offered.id FROM engagement_possiblepair AS offered
            JOIN engagement_commitment AS promised ON promised.id = offered.commitment_id
            WHERE NOT promised.unassigned
        """
    )


@holds("A commitment that waits to be closed, or is closed, has the closure that says so.")
def closed_commitments_have_their_closure(asked: Asked) -> Broken:
    """Compare states with what a side asked and the other answered."""
    return broken_by(
        sql="""
            SELECT promised.id FROM engagement_commitment AS promised
            WHERE promised.state IN ('closing', 'closed') AND NOT EXISTS (
                SELECT FROM engagement_commitmentclosure AS asked
                WHERE asked.commitment_id = promised.id AND asked.state =
                    CASE promised.state WHEN 'closing' THEN 'waits' ELSE 'accepted' END
                    AND promised.final_status IN ('', asked.final_status)
            )
        """
    )


@holds("A correction of money is of the same commitment and of the same side.")
def corrected_money_is_of_the_same_side(asked: Asked) -> Broken:
    """Compare each line that was corrected with the one that took its place."""
    return broken_by(
        sql="""
            SELECT past.id FROM engagement_commitmentmoney AS past
            JOIN engagement_commitmentmoney AS held ON held.id = past.replaced_by_id
            WHERE (held.commitment_id, held.side) <> (past.commitment_id, past.side)
                OR held.stated_at < past.stated_at
        """
    )
