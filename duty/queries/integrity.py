"""Checks of this app: returns with their submissions, rounds, documents, evidence, signatures."""

from collections.abc import Iterable
from datetime import timedelta

from authorities.integrity import Asked, Broken, broken_among, broken_by, holds
from authorities.queries.stored_facts import (
    files_that_differ,
    history_differs,
    log_leads_elsewhere,
    steps_unaudited,
)
from duty import lifecycle, round_lifecycle
from duty.agreements import content_hash, thawed
from duty.models import (
    AgreementDocument,
    AgreementSignature,
    DocumentState,
    DutyReturn,
    EvidenceFile,
    ReturnDocument,
    ReturnEvent,
    ReturnState,
    Round,
    RoundHappening,
    RoundState,
    Section,
    Submission,
)
from duty.queries.snapshots import content_sha256

# What waits longer than this was not found by the sweep, which comes twice a minute.
PATIENCE = timedelta(hours=1)
# In which what was submitted is what stands.
_SUBMITTED = [
    ReturnState.SUBMITTED.value,
    ReturnState.SUBMITTED_WITH_CHANGES.value,
    ReturnState.ACCEPTED.value,
]
_SUBMITS = [lifecycle.ReturnEvent.SIGN.value, lifecycle.ReturnEvent.SUBMIT.value]


@holds("The history of each row ends in what the row is now, and no row went without a trace.")
def histories_end_in_their_rows(asked: Asked) -> Broken:
    """Compare rows with the newest entry of their history."""
    return history_differs(app="duty")


def _leads(
    rows: Iterable[lifecycle.Transition] | Iterable[round_lifecycle.RoundTransition],
    stored: Iterable[str],
) -> dict[str, set[str]]:
    """Return to which stored states the steps lead that lead to one."""
    found: dict[str, set[str]] = {}
    for row in rows:
        if row.to is not None and row.to.value in stored:
            found.setdefault(row.event.value, set()).add(row.to.value)
    return found


@holds("The state of each return is the one to which the newest step of its log leads.")
def returns_are_where_their_log_leads(asked: Asked) -> Broken:
    """Compare states with the table's steps."""
    return log_leads_elsewhere(
        rows=DutyReturn,
        log=ReturnEvent,
        of="duty_return_id",
        leads=_leads(lifecycle.TRANSITIONS, ReturnState.values),
        begins=[ReturnState.IN_PROGRESS.value],
    )


@holds("The state of each round is the one to which the newest step of its log leads.")
def rounds_are_where_their_log_leads(asked: Asked) -> Broken:
    """Compare states with the table's steps."""
    return log_leads_elsewhere(
        rows=Round,
        log=RoundHappening,
        of="round_id",
        leads=_leads(round_lifecycle.TRANSITIONS, RoundState.values),
        begins=[RoundState.DRAFT.value],
    )


@holds("Each step of a return has its audit row.")
def steps_of_returns_are_audited(asked: Asked) -> Broken:
    """Count steps and audit rows of each return."""
    return steps_unaudited(rows=DutyReturn, log=ReturnEvent, of="duty_return_id")


@holds("Each step of a round has its audit row.")
def steps_of_rounds_are_audited(asked: Asked) -> Broken:
    """Count steps and audit rows of each round."""
    return steps_unaudited(rows=Round, log=RoundHappening, of="round_id")


@holds("Each return has every section, once.")
def returns_have_every_section(asked: Asked) -> Broken:
    """Count the sections of each return."""
    return broken_by(
        sql="""
            SELECT held.id FROM duty_dutyreturn AS held
            WHERE (
                SELECT count(*) FROM duty_returnsection WHERE duty_return_id = held.id
            ) <> %(sections)s
        """,
        sections=len(Section),
    )


@holds("Each signature in a return's log has its submission under the receipt's reference.")
def receipts_have_their_submission(asked: Asked) -> Broken:
    """Compare the references that signatories were shown with those that are stored."""
    return broken_by(
        sql="""
            SELECT told.duty_return_id FROM duty_returnevent AS told
            LEFT JOIN duty_submission AS kept ON kept.duty_return_id = told.duty_return_id
                AND kept.reference = told.payload ->> 'reference'
                AND kept.number = (told.payload ->> 'number')::int
            WHERE told.type = ANY (%(steps)s) AND kept.id IS NULL
            UNION ALL
            SELECT kept.duty_return_id FROM duty_submission AS kept
            WHERE NOT EXISTS (
                SELECT FROM duty_returnevent AS told
                WHERE told.duty_return_id = kept.duty_return_id AND told.type = ANY (%(steps)s)
                    AND told.payload ->> 'reference' = kept.reference
            )
        """,
        steps=_SUBMITS,
    )


@holds("The submissions of a return are numbered from 1, without a gap.")
def submissions_are_numbered_without_gaps(asked: Asked) -> Broken:
    """Compare the greatest number with how many there are."""
    return broken_by(
        sql="""
            SELECT duty_return_id FROM duty_submission
            GROUP BY duty_return_id HAVING max(number) <> count(*)
        """
    )


@holds("The content of each submission gives the digest that its receipt shows.")
def submissions_give_their_digest(asked: Asked) -> Broken:
    """Count each digest anew."""
    kept = Submission.objects.values_list("pk", "content", "content_sha256").iterator(50)
    return broken_among(
        keys=(key for key, content, digest in kept if content_sha256(content=content) != digest)
    )


@holds("While a return is submitted or accepted, its answers are those that were signed.")
def locked_answers_are_those_submitted(asked: Asked) -> Broken:
    """Compare answers with the newest snapshot; what is derived has no answer of its own."""
    return broken_by(
        sql="""
            WITH newest AS (
                SELECT DISTINCT ON (kept.duty_return_id) kept.duty_return_id, kept.content
                FROM duty_submission AS kept
                JOIN duty_dutyreturn AS held ON held.id = kept.duty_return_id
                WHERE held.state = ANY (%(states)s)
                ORDER BY kept.duty_return_id, kept.number DESC
            ),
            signed AS MATERIALIZED (
                SELECT newest.duty_return_id, question ->> 'code' AS code,
                    coalesce(answer ->> 'board', '') AS board, answer ->> 'state' AS state,
                    answer -> 'value' AS value
                FROM newest, jsonb_array_elements(content -> 'sections') AS section,
                    jsonb_array_elements(section -> 'questions') AS question,
                    jsonb_array_elements(question -> 'answers') AS answer
                WHERE NOT (question ->> 'derived')::boolean
            ),
            stored AS MATERIALIZED (
                SELECT answer.duty_return_id, question.code, answer.state,
                    coalesce(board.slug, '') AS board,
                    coalesce(answer.value, 'null'::jsonb) AS value
                FROM duty_answer AS answer
                JOIN duty_question AS question ON question.id = answer.question_id
                LEFT JOIN authorities_body AS board ON board.id = answer.board_id
                WHERE NOT answer.needs_review
            )
            SELECT DISTINCT signed.duty_return_id FROM signed
            LEFT JOIN stored ON stored.duty_return_id = signed.duty_return_id
                AND stored.code = signed.code AND stored.board = signed.board
            WHERE coalesce(stored.state, '') <> signed.state
                OR stored.state IS NOT NULL AND stored.value <> signed.value
        """,
        states=_SUBMITTED,
    )


@holds("Each answer is to a question of the version that its round asks.")
def answers_are_to_what_is_asked(asked: Asked) -> Broken:
    """Compare each answer's question with its round."""
    return broken_by(
        sql="""
            SELECT answer.id FROM duty_answer AS answer
            JOIN duty_question AS question ON question.id = answer.question_id
            JOIN duty_dutyreturn AS held ON held.id = answer.duty_return_id
            JOIN duty_round AS round ON round.id = held.round_id
            WHERE question.specification_id <> round.specification_id
        """
    )


@holds("A file behind an answer was received for the same return.")
def evidence_is_of_the_same_return(asked: Asked) -> Broken:
    """Compare the return of each answer with that of its files."""
    return broken_by(
        sql="""
            SELECT shown.id FROM duty_evidence AS shown
            JOIN duty_answer AS answer ON answer.id = shown.answer_id
            JOIN duty_evidencefile AS kept ON kept.id = shown.file_id
            WHERE kept.duty_return_id <> answer.duty_return_id
        """
    )


@holds("Each evidence file is there and is what was received.")
def evidence_files_are_kept(asked: Asked) -> Broken:
    """Compare files with what their rows say."""
    return files_that_differ(kept=EvidenceFile.objects.iterator(), asked=asked)


@holds("Each document of an agreement is there and is what was received.")
def agreement_documents_are_kept(asked: Asked) -> Broken:
    """Compare files with what their rows say."""
    held = AgreementDocument.objects.filter(erased_at__isnull=True)
    return files_that_differ(kept=held.iterator(), asked=asked)


@holds("Each submission has its document, made or given up, within the hour.")
def documents_are_made(asked: Asked) -> Broken:
    """Find submissions whose document nobody has made."""
    return broken_by(
        sql="""
            SELECT kept.id FROM duty_submission AS kept
            LEFT JOIN duty_returndocument AS made ON made.submission_id = kept.id
            WHERE made.id IS NULL OR made.state = %(waiting)s AND made.asked_at < %(before)s
        """,
        waiting=DocumentState.WAITING.value,
        before=asked.at - PATIENCE,
    )


@holds("Each document that was made is there and is as it was made.")
def documents_are_kept(asked: Asked) -> Broken:
    """Compare files with what their rows say."""
    made = ReturnDocument.objects.filter(state=DocumentState.MADE)
    return files_that_differ(kept=made.iterator(), asked=asked)


@holds("What a party signed of an agreement gives the digest of its signature.")
def agreements_give_their_digest(asked: Asked) -> Broken:
    """Count each digest anew."""
    kept = AgreementSignature.objects.values_list("pk", "content", "content_hash").iterator()
    return broken_among(
        keys=(
            key
            for key, content, digest in kept
            if content_hash(content=thawed(content=content)) != digest
        )
    )
