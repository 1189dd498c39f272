"""Checks of this app: values with their releases, the ledger, uploads, and frameworks."""

from datetime import timedelta

from authorities.integrity import Asked, Broken, broken_among, broken_by, holds
from authorities.queries.stored_facts import (
    files_that_differ,
    history_differs,
    log_leads_elsewhere,
    steps_unaudited,
)
from outcomes.framework_content import content_hash, thawed
from outcomes.framework_lifecycle import TRANSITIONS
from outcomes.models import FrameworkHappening, FrameworkVersion, Upload, VersionState

# What waits longer than this was not found by the sweep, which comes every few seconds.
PATIENCE = timedelta(hours=1)


@holds("The history of each row ends in what the row is now, and no row went without a trace.")
def histories_end_in_their_rows(asked: Asked) -> Broken:
    """Compare rows with the newest entry of their history."""
    return history_differs(app="outcomes")


@holds("What the ledger asks for is done within the hour.")
def ledger_is_worked_off(asked: Asked) -> Broken:
    """Find recomputes that nobody has finished, those included that were given up."""
    return broken_by(
        sql="""
            SELECT id FROM outcomes_recomputerequest
            WHERE finished_at IS NULL AND requested_at < %(before)s
        """,
        before=asked.at - PATIENCE,
    )


@holds("A recompute that is finished has run its steps.")
def finished_recomputes_ran_their_steps(asked: Asked) -> Broken:
    """Find recomputes that say they are done and of which nothing ran."""
    return broken_by(
        sql="""
            SELECT id FROM outcomes_recomputerequest AS asked
            WHERE asked.finished_at IS NOT NULL
                AND NOT EXISTS (SELECT FROM outcomes_recomputestep WHERE request_id = asked.id)
        """
    )


@holds("Each value names an indicator, a period, a breakdown and a release that are there.")
def values_name_what_is_there(asked: Asked) -> Broken:
    """Find values whose references lead nowhere; they have no foreign keys in the database."""
    return broken_by(
        sql="""
            SELECT held.id FROM outcomes_observation AS held
            LEFT JOIN outcomes_indicator AS indicator ON indicator.id = held.indicator_id
            LEFT JOIN outcomes_periodrow AS period ON period.id = held.period_id
            LEFT JOIN outcomes_breakdown AS breakdown ON breakdown.id = held.breakdown_id
            LEFT JOIN outcomes_release AS release ON release.id = held.release_id
            WHERE indicator.id IS NULL OR period.id IS NULL OR breakdown.id IS NULL
                OR release.id IS NULL
        """
    )


@holds("Each value that was superseded has one in its place.")
def superseded_values_have_a_successor(asked: Asked) -> Broken:
    """Find values that were marked and of which no other says what holds."""
    return broken_by(
        sql="""
            SELECT past.id FROM outcomes_observation AS past
            WHERE past.superseded_at IS NOT NULL AND NOT EXISTS (
                SELECT FROM outcomes_observation AS held
                WHERE held.superseded_at IS NULL AND held.indicator_id = past.indicator_id
                    AND held.area_id = past.area_id AND held.period_id = past.period_id
                    AND held.breakdown_id = past.breakdown_id
                    AND held.owner_id IS NOT DISTINCT FROM past.owner_id
            )
        """
    )


@holds("A release has as many values of each indicator as were written down when it was stored.")
def releases_have_all_their_values(asked: Asked) -> Broken:
    """Count the values of each release."""
    return broken_by(
        sql="""
            SELECT coalesce(told.release_id, held.release_id) FROM (
                SELECT release_id, indicator_id, rows FROM outcomes_releaseindicator
            ) AS told FULL JOIN (
                SELECT release_id, indicator_id, count(*) AS rows FROM outcomes_observation
                GROUP BY release_id, indicator_id
            ) AS held
                ON held.release_id = told.release_id AND held.indicator_id = told.indicator_id
            WHERE told.rows IS DISTINCT FROM held.rows
        """
    )


@holds("What the public sees of a body's values was approved.")
def public_copies_were_approved(asked: Asked) -> Broken:
    """Find public copies of releases that are not approved."""
    return broken_by(
        sql="""
            SELECT copied.id FROM outcomes_release AS copied
            JOIN outcomes_release AS sent ON sent.id = copied.approved_from_id
            WHERE sent.kind <> 'body' OR sent.state <> 'approved'
        """
    )


@holds("Each file that was sent in is there and is what was received.")
def uploads_are_kept(asked: Asked) -> Broken:
    """Compare files with what their rows say."""
    return files_that_differ(kept=Upload.objects.exclude(file="").iterator(), asked=asked)


@holds("The state of each framework's version is the one to which the newest step leads.")
def frameworks_are_where_their_log_leads(asked: Asked) -> Broken:
    """Compare states with the table's steps."""
    leads: dict[str, set[str]] = {}
    for step in TRANSITIONS:
        leads.setdefault(step.event.value, set()).add(step.to.value)
    return log_leads_elsewhere(
        rows=FrameworkVersion,
        log=FrameworkHappening,
        of="framework_version_id",
        leads=leads,
        begins=[VersionState.DRAFT.value],
    )


@holds("Each step of a framework's version has its audit row.")
def steps_of_frameworks_are_audited(asked: Asked) -> Broken:
    """Count steps and audit rows of each version."""
    return steps_unaudited(
        rows=FrameworkVersion,
        log=FrameworkHappening,
        of="framework_version_id",
        # It is the framework that is started.
        but=["start"],
    )


@holds("What was proposed of a framework gives the digest under which it was proposed.")
def proposals_give_their_digest(asked: Asked) -> Broken:
    """Count each digest anew."""
    kept = (
        FrameworkHappening.objects.filter(type="propose")
        .values_list("framework_version_id", "payload__content", "payload__content_hash")
        .iterator(50)
    )
    return broken_among(
        keys=(
            key
            for key, content, digest in kept
            if content is None or content_hash(content=thawed(plain=content)) != digest
        )
    )


@holds("The signatures that stand under a version are for the content that it has.")
def signatures_are_for_this_content(asked: Asked) -> Broken:
    """Compare the digests of signatures with that of the version."""
    return broken_by(
        sql="""
            SELECT given.id FROM outcomes_frameworksignature AS given
            JOIN outcomes_frameworkversion AS signed ON signed.id = given.framework_version_id
            WHERE given.voided_at IS NULL AND given.content_hash <> signed.content_hash
        """
    )
