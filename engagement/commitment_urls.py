"""The addresses of commitments."""

from django.urls import URLPattern, path

from engagement.commitment_lifecycle import Event
from engagement.models import CommitmentChange, CommitmentClosure
from engagement.views import (
    agreement_commitments,
    board_summary,
    body_commitments,
    body_lists,
    commitment_answers,
    commitment_asking,
    commitment_files,
    commitment_import,
    commitment_import_files,
    commitment_lists,
    commitment_proposals,
    commitment_succession,
    commitment_terms,
    commitment_updates,
    commitments,
    national_commitments,
)
from engagement.views.commitment_import import ImportPage

app_name = "commitments"

_PAIR = "pairs/<slug:authority_slug>/<slug:board_slug>/commitments/"
_ONE = "commitments/<uuid:commitment_id>/"

# How what one side asked is answered, or taken back.
_ANSWERS = (
    (
        "change",
        CommitmentChange,
        (
            ("accept", Event.ACCEPT_CHANGE, commitment_answers.Agree),
            ("refuse", Event.REFUSE_CHANGE, commitment_answers.Refuse),
            ("take-back", Event.TAKE_BACK_CHANGE, commitment_answers.TakeBack),
        ),
    ),
    (
        "closure",
        CommitmentClosure,
        (
            ("confirm", Event.CONFIRM_CLOSURE, commitment_answers.Agree),
            ("refuse", Event.REFUSE_CLOSURE, commitment_answers.Refuse),
            ("take-back", Event.TAKE_BACK_CLOSURE, commitment_answers.TakeBack),
        ),
    ),
)

# A place below the import, its view, what the view is given, and the name of the address.
_Import = tuple[str, type[ImportPage], dict[str, str], str]
# A body's file of commitments: its form, its confirmation, and what helps to fill it in.
_IMPORTS: tuple[tuple[str, tuple[_Import, ...]], ...] = (
    (
        "icbs",
        (
            ("", commitment_import.BoardImport, {}, "board-import"),
            ("confirm/", commitment_import.BoardConfirm, {}, "board-import-confirm"),
            (
                "template.csv",
                commitment_import_files.BoardTemplate,
                {"file_type": "csv"},
                "board-import-template-csv",
            ),
            (
                "template.xlsx",
                commitment_import_files.BoardTemplate,
                {"file_type": "xlsx"},
                "board-import-template-xlsx",
            ),
            (
                "columns.csv",
                commitment_import_files.BoardColumns,
                {},
                "board-import-columns",
            ),
        ),
    ),
    (
        "authorities",
        (
            ("", commitment_import.AuthorityImport, {}, "authority-import"),
            ("confirm/", commitment_import.AuthorityConfirm, {}, "authority-import-confirm"),
            (
                "template.csv",
                commitment_import_files.AuthorityTemplate,
                {"file_type": "csv"},
                "authority-import-template-csv",
            ),
            (
                "template.xlsx",
                commitment_import_files.AuthorityTemplate,
                {"file_type": "xlsx"},
                "authority-import-template-xlsx",
            ),
            (
                "columns.csv",
                commitment_import_files.AuthorityColumns,
                {},
                "authority-import-columns",
            ),
        ),
    ),
)

urlpatterns: list[URLPattern] = [
    path(
        "agreements/<uuid:agreement_id>/commitments/",
        agreement_commitments.AgreementCommitments.as_view(),
        name="agreement",
    ),
    path(
        "icbs/<slug:slug>/commitments/", body_commitments.BoardCommitments.as_view(), name="board"
    ),
    path(
        "authorities/<slug:slug>/commitments/",
        body_commitments.AuthorityCommitments.as_view(),
        name="authority",
    ),
    path("icbs/<slug:slug>/commitments/all/", body_lists.BoardList.as_view(), name="board-all"),
    path(
        "authorities/<slug:slug>/commitments/all/",
        body_lists.AuthorityList.as_view(),
        name="authority-all",
    ),
    path(
        "icbs/<slug:slug>/commitments.csv",
        commitment_files.BoardFile.as_view(),
        name="board-csv",
    ),
    path(
        "authorities/<slug:slug>/commitments.csv",
        commitment_files.AuthorityFile.as_view(),
        name="authority-csv",
    ),
    *(
        path(f"{address}/<slug:slug>/commitments/import/{place}", view.as_view(), given, name)
        for address, views in _IMPORTS
        for place, view, given, name in views
    ),
    path(f"{_PAIR}commitments.csv", commitment_files.PairFile.as_view(), name="pair-csv"),
    path(_PAIR, commitment_lists.PairCommitments.as_view(), name="pair"),
    path(f"{_PAIR}new/", commitment_proposals.CommitmentPropose.as_view(), name="propose"),
    path(f"{_PAIR}summary/", board_summary.BoardSummaryPage.as_view(), name="summary"),
    path(f"{_PAIR}summary.pdf", board_summary.BoardSummaryDocument.as_view(), name="summary-pdf"),
    path(
        "national/commitments/",
        national_commitments.NationalCommitmentsPage.as_view(),
        name="national",
    ),
    path(
        "national/commitments/counts.csv",
        national_commitments.NationalCommitmentCounts.as_view(),
        name="national-counts",
    ),
    path(
        "national/commitments/money.csv",
        national_commitments.NationalCommitmentMoney.as_view(),
        name="national-money",
    ),
    path(_ONE, commitments.CommitmentDetail.as_view(), name="detail"),
    path(f"{_ONE}update/", commitment_updates.CommitmentUpdate.as_view(), name="update"),
    path(f"{_ONE}confirm/", commitments.CommitmentConfirm.as_view(), name="confirm"),
    path(f"{_ONE}decline/", commitments.CommitmentDecline.as_view(), name="decline"),
    path(f"{_ONE}change/", commitment_asking.ChangePropose.as_view(), name="change"),
    path(f"{_ONE}close/", commitment_asking.ClosurePropose.as_view(), name="close"),
    path(f"{_ONE}describe/", commitment_terms.CommitmentDescribe.as_view(), name="describe"),
    path(f"{_ONE}owner/", commitment_terms.OwnerName.as_view(), name="owner"),
    path(f"{_ONE}money/", commitment_terms.MoneyState.as_view(), name="state-money"),
    path(
        f"{_ONE}money/<uuid:line_id>/correct/",
        commitment_terms.MoneyCorrect.as_view(),
        name="correct-money",
    ),
    path(
        f"{_ONE}money/<uuid:line_id>/withdraw/",
        commitment_terms.MoneyWithdraw.as_view(),
        name="withdraw-money",
    ),
    path(
        f"{_ONE}updates/<int:update_id>/send-back/",
        commitment_asking.UpdateSendBack.as_view(),
        name="send-back",
    ),
    *(
        path(
            f"{_ONE}{noun}s/<uuid:asked_id>/{step}/",
            view.as_view(event=event, asked_model=model),
            name=f"{noun}-{step}",
        )
        for noun, model, steps in _ANSWERS
        for step, event, view in steps
    ),
    path(f"{_ONE}again/", commitment_succession.CommitmentReconfirm.as_view(), name="reconfirm"),
    path(f"{_ONE}pair/", commitment_succession.CommitmentAssign.as_view(), name="assign"),
]
