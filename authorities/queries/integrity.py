"""Checks of this app: what guards the data, the register's sums, and what is owed to people."""

from datetime import timedelta

import pgtrigger.registry
from django.apps import apps
from django.db import models
from django.db.models.fields import AutoFieldMixin

from authorities.integrity import Asked, Broken, broken_among, broken_by, holds
from authorities.leaver_words import AT_DOMAIN
from authorities.models import AuditSeal, BoundaryImport, KeyedRequest, RegisterFeed
from authorities.queries.leavers import sessions_of_leavers
from authorities.queries.seals import TABLES, broken_links
from authorities.queries.stored_facts import files_that_differ, history_differs

# What waits longer than this was not found by the sweeps, which come every minute.
PATIENCE = timedelta(hours=1)
# Answers to keyed requests are kept for three days, and forgotten the night after.
_KEPT_FOR = timedelta(days=5)
# Two ways to add up shares may differ in the last digits.
_SAME_SHARE = 1e-9


def _own_models() -> list[type[models.Model]]:
    """Return the models of the apps that name checks, histories included."""
    ours = [app for app in apps.get_app_configs() if hasattr(app, "integrity")]
    return [model for app in ours for model in app.get_models()]


@holds("Every trigger of the code is in the database as the code has it, and is switched on.")
def triggers_stand(asked: Asked) -> Broken:
    """Compare the triggers' names and digests with what the database holds."""
    wanted = [
        (model._meta.db_table, trigger.get_pgid(model), trigger.compile(model).hash)
        for model, trigger in pgtrigger.registry.registered()
    ]
    return broken_by(
        sql="""
            SELECT wanted.rel || ' ' || wanted.name
            FROM unnest(%(tables)s::text[], %(names)s::text[], %(digests)s::text[])
                AS wanted (rel, name, digest)
            LEFT JOIN pg_trigger AS held ON held.tgname = wanted.name
                AND held.tgrelid = to_regclass(wanted.rel)
            WHERE held.oid IS NULL OR held.tgenabled <> 'O'
                OR obj_description(held.oid, 'pg_trigger') IS DISTINCT FROM wanted.digest
        """,
        tables=[table for table, _, _ in wanted],
        names=[name for _, name, _ in wanted],
        digests=[digest for _, _, digest in wanted],
    )


@holds("Every constraint and index of the code is in the database, and holds for all rows.")
def constraints_stand(asked: Asked) -> Broken:
    """Compare the constraints' and indexes' names with what the database holds."""
    wanted = [
        (model._meta.db_table, one.name)
        for model in _own_models()
        for one in (*model._meta.constraints, *model._meta.indexes)
    ]
    return broken_by(
        sql="""
            SELECT wanted.rel || ' ' || wanted.name
            FROM unnest(%(tables)s::text[], %(names)s::text[]) AS wanted (rel, name)
            WHERE NOT EXISTS (
                SELECT FROM pg_constraint AS held
                WHERE held.conname = wanted.name AND held.conrelid = to_regclass(wanted.rel)
                    AND held.convalidated
            ) AND NOT EXISTS (
                SELECT FROM pg_index AS held JOIN pg_class AS named ON named.oid = held.indexrelid
                WHERE named.relname = wanted.name AND held.indrelid = to_regclass(wanted.rel)
                    AND held.indisvalid
            )
        """,
        tables=[table for table, _ in wanted],
        names=[name for _, name in wanted],
    )


@holds("No table has a number that its counter has yet to give.")
def counters_are_ahead(asked: Asked) -> Broken:
    """Compare each counter of keys with the greatest key; a restore may forget to set one."""
    numbered = [
        (model._meta.db_table, model._meta.pk.column)
        for model in _own_models()
        if isinstance(model._meta.pk, AutoFieldMixin)
    ]
    return broken_by(
        sql=" UNION ALL ".join(
            f"SELECT '{table}' WHERE (SELECT max({key}) FROM {table}) > coalesce("
            f"pg_sequence_last_value(pg_get_serial_sequence('{table}', '{key}')::regclass), 0)"
            for table, key in numbered
        )
    )


@holds("The history of each row ends in what the row is now, and no row went without a trace.")
def histories_end_in_their_rows(asked: Asked) -> Broken:
    """Compare rows with the newest entry of their history."""
    return history_differs(app="authorities")


@holds("What a pair shares is the sum of people in the parts of both areas, on its first day.")
def shares_are_sums_of_parts(asked: Asked) -> Broken:
    """Count people again from parts, boards and councils, for each stored share."""
    return broken_by(
        sql="""
            WITH day AS (SELECT DISTINCT lower(valid) AS day FROM authorities_pairoverlap),
            placed AS (
                SELECT day.day, joined.authority_id, lies.board_id, part.population
                FROM day
                JOIN authorities_partboard AS lies ON lies.valid @> day.day
                JOIN authorities_areapart AS part ON part.id = lies.part_id
                LEFT JOIN authorities_partcouncil AS of_council
                    ON of_council.part_id = part.id AND of_council.valid @> day.day
                LEFT JOIN authorities_councilmembership AS joined
                    ON joined.council_id = of_council.council_id AND joined.valid @> day.day
                    AND joined.role = 'constituent'
            ),
            shared AS (
                SELECT day, authority_id, board_id, sum(population) AS people FROM placed
                WHERE authority_id IS NOT NULL GROUP BY day, authority_id, board_id
            ),
            of_authority AS (
                SELECT day, authority_id, sum(population) AS people FROM placed
                GROUP BY day, authority_id
            ),
            of_board AS (
                SELECT day, board_id, sum(population) AS people FROM placed GROUP BY day, board_id
            )
            SELECT held.id FROM authorities_pairoverlap AS held
            JOIN authorities_pair AS pair ON pair.id = held.pair_id
            LEFT JOIN shared ON shared.day = lower(held.valid)
                AND shared.authority_id = pair.authority_id AND shared.board_id = pair.board_id
            LEFT JOIN of_authority ON of_authority.day = shared.day
                AND of_authority.authority_id = pair.authority_id
            LEFT JOIN of_board ON of_board.day = shared.day
                AND of_board.board_id = pair.board_id
            WHERE shared.people IS DISTINCT FROM held.population
                OR abs(held.share_of_authority - shared.people / of_authority.people::float)
                    > %(same)s
                OR abs(held.share_of_board - shared.people / of_board.people::float) > %(same)s
        """,
        same=_SAME_SHARE,
    )


@holds("Each body that is open today has a name of today.")
def open_bodies_have_names(asked: Asked) -> Broken:
    """Find bodies that no page could call by a name."""
    return broken_by(
        sql="""
            SELECT body.id FROM authorities_body AS body
            WHERE body.opened_on <= %(today)s
                AND (body.closed_on IS NULL OR body.closed_on > %(today)s)
                AND NOT EXISTS (
                    SELECT FROM authorities_bodyname AS called
                    WHERE called.body_id = body.id AND called.valid @> %(today)s::date
                )
        """,
        today=asked.at.date(),
    )


@holds("A role at a body that has closed has an end.")
def roles_end_with_their_body(asked: Asked) -> Broken:
    """Find roles that go on although their body does not."""
    return broken_by(
        sql="""
            SELECT held.id FROM authorities_membership AS held
            JOIN authorities_body AS body ON body.id = held.body_id
            WHERE held.ended_at IS NULL AND body.closed_on <= %(today)s
        """,
        today=asked.at.date(),
    )


@holds("Each notice that is due has been addressed to whom it concerns.")
def notices_are_addressed(asked: Asked) -> Broken:
    """Find notices that no run has taken up for longer than the jobs need."""
    return broken_by(
        sql="""
            SELECT id FROM authorities_notice
            WHERE addressed_at IS NULL AND next_attempt_at < %(before)s
        """,
        before=asked.at - PATIENCE,
    )


@holds("Each message that is due has been sent, withdrawn, or given up with a reason.")
def messages_are_settled(asked: Asked) -> Broken:
    """Find messages that no run has taken up for longer than the jobs need."""
    return broken_by(
        sql="""
            SELECT id FROM authorities_message
            WHERE sent_at IS NULL AND withdrawn_at IS NULL AND failed_at IS NULL
                AND next_attempt_at < %(before)s
        """,
        before=asked.at - PATIENCE,
    )


@holds("Who accepted an invitation holds its role at its body, or held it since.")
def accepted_invitations_gave_roles(asked: Asked) -> Broken:
    """Find accepted invitations without a role of the person, as after a loss of one table."""
    return broken_by(
        sql="""
            SELECT invited.id FROM authorities_invitation AS invited
            WHERE invited.accepted_at IS NOT NULL AND NOT EXISTS (
                SELECT FROM authorities_membership AS held
                WHERE held.user_id = invited.accepted_by_id AND held.body_id = invited.body_id
                    AND held.role = invited.role
                    AND (held.ended_at IS NULL OR held.ended_at >= invited.accepted_at)
            )
        """
    )


@holds(
    "No person whose name was taken out holds a role, or has anything that lets them in, and no "
    "history has their name."
)
def leavers_are_gone(asked: Asked) -> Broken:
    """Look for what came back, as by a restore of one table, with people who left."""
    found = broken_by(
        sql=f"""
            SELECT person.id FROM authorities_user AS person
            WHERE person.email LIKE '%%{AT_DOMAIN}' AND (
                person.is_active OR person.password NOT LIKE '!%%'
                OR EXISTS (
                    SELECT FROM authorities_membership AS held WHERE held.user_id = person.id
                        AND (held.ended_at IS NULL OR held.ended_at > %(at)s)
                )
                OR EXISTS (SELECT FROM mfa_authenticator WHERE user_id = person.id)
                OR EXISTS (SELECT FROM socialaccount_socialaccount WHERE user_id = person.id)
                OR EXISTS (SELECT FROM account_emailaddress WHERE user_id = person.id)
                OR EXISTS (SELECT FROM authorities_apitoken WHERE owner_id = person.id)
                OR EXISTS (
                    SELECT FROM authorities_userevent AS past WHERE past.pgh_obj_id = person.id
                        AND (past.email, past.full_name)
                            IS DISTINCT FROM (person.email, person.full_name)
                )
            )
        """,
        at=asked.at,
    )
    return found if found.count else broken_among(keys=sessions_of_leavers())


@holds("No role goes on unconfirmed, unless it is the last of its kind or was asked for lately.")
def roles_are_confirmed_or_ended(asked: Asked) -> Broken:
    """Find roles that the nightly job should have ended."""
    return broken_by(
        sql="""
            SELECT held.id FROM authorities_membership AS held
            JOIN authorities_user AS person ON person.id = held.user_id AND person.is_active
            WHERE (held.ended_at IS NULL OR held.ended_at > %(at)s)
                AND held.asked_at < %(at)s - interval '16 days'
                AND coalesce(held.confirmed_at, held.started_at) < %(at)s - interval '381 days'
                AND held.role NOT IN ('signatory', 'people_lead', 'administrator')
        """,
        at=asked.at,
    )


@holds("No answer to a keyed request is kept longer than it may be asked for again.")
def kept_answers_are_forgotten(asked: Asked) -> Broken:
    """Find answers that the nightly job has left."""
    return broken_by(
        sql=f"SELECT id FROM {KeyedRequest._meta.db_table} WHERE answered_at < %(before)s",
        before=asked.at - _KEPT_FOR,
    )


@holds("A change of bodies that was applied, or is to be, was written into the audit.")
def changes_of_bodies_are_audited(asked: Asked) -> Broken:
    """Find changes that were entered on screen, have gone ahead, and have no audit row."""
    return broken_by(
        sql="""
            SELECT change.id FROM authorities_reorganisation AS change
            WHERE change.origin = 'entered'
                AND change.state IN ('approved', 'scheduled', 'applying', 'applied')
                AND NOT EXISTS (
                    SELECT FROM authorities_auditevent AS written
                    WHERE written.target_type = 'authorities.reorganisation'
                        AND written.target_id = change.id::text
                )
        """
    )


@holds("Each kept file of the register is there and is what was received.")
def register_files_are_kept(asked: Asked) -> Broken:
    """Compare files of boundaries and feeds with what their rows say."""
    return files_that_differ(
        kept=[
            *BoundaryImport.objects.exclude(file="").defer("preview"),
            *RegisterFeed.objects.exclude(file=""),
        ],
        asked=asked,
    )


@holds("The audit and the log of access are what was sealed, and every seal follows from the last.")
def audit_is_as_sealed(asked: Asked) -> Broken:
    """Follow the chain of seals from its start."""
    return broken_among(keys=broken_links())


@holds("What was written into the audit more than an hour ago is sealed.")
def audit_is_sealed(asked: Asked) -> Broken:
    """Find rows that the job of each minute has left."""
    sealed = AuditSeal._meta.db_table
    return broken_by(
        sql=" UNION ALL ".join(
            f"SELECT '{name}' || ' ' || id FROM {TABLES[name]} WHERE at < %(before)s"
            f" AND id > (SELECT coalesce(max(last_id), 0) FROM {sealed} WHERE ledger = '{name}')"
            for name in TABLES
        ),
        before=asked.at - PATIENCE,
    )
