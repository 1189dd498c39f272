"""The addresses at which the centre runs rounds."""

from django.urls import path

from duty.views.answer_files import AnswerFile, RoundAnswersFile
from duty.views.round_messages import RoundMessages
from duty.views.round_plans import RoundCopy, RoundEdit, RoundNew
from duty.views.round_replies import (
    RoundEndReply,
    RoundMovePublication,
    RoundReopenReply,
    RoundStartReply,
)
from duty.views.round_steps import (
    RoundBackToDraft,
    RoundClose,
    RoundExpected,
    RoundExtend,
    RoundOpen,
    RoundReopen,
    RoundSchedule,
)
from duty.views.rounds import (
    RoundChase,
    RoundChecks,
    RoundControl,
    RoundHistory,
    RoundList,
    RoundReturnsFile,
)

app_name = "rounds"

_ROUND = "rounds/<slug:round_slug>/"
_CONTROL = f"{_ROUND}control/"

urlpatterns = [
    path("rounds/", RoundList.as_view(), name="list"),
    path("rounds/new/", RoundNew.as_view(), name="new"),
    path(f"{_ROUND}copy/", RoundCopy.as_view(), name="copy"),
    path(f"{_ROUND}edit/", RoundEdit.as_view(), name="edit"),
    path(f"{_ROUND}expected/", RoundExpected.as_view(), name="expected"),
    path(f"{_ROUND}schedule/", RoundSchedule.as_view(), name="schedule"),
    path(f"{_ROUND}draft/", RoundBackToDraft.as_view(), name="back-to-draft"),
    path(f"{_ROUND}open/", RoundOpen.as_view(), name="open"),
    path(f"{_ROUND}close/", RoundClose.as_view(), name="close"),
    path(f"{_ROUND}reopen/", RoundReopen.as_view(), name="reopen"),
    path(f"{_ROUND}reply/start/", RoundStartReply.as_view(), name="start-reply"),
    path(f"{_ROUND}reply/end/", RoundEndReply.as_view(), name="end-reply"),
    path(f"{_ROUND}reply/more-days/", RoundReopenReply.as_view(), name="reopen-reply"),
    path(f"{_ROUND}publication-time/", RoundMovePublication.as_view(), name="move-publication"),
    path(f"{_ROUND}control/", RoundControl.as_view(), name="control"),
    path(f"{_ROUND}control/returns.csv", RoundReturnsFile.as_view(), name="returns-csv"),
    path(f"{_CONTROL}answers.xlsx", RoundAnswersFile.as_view(), name="answers-xlsx"),
    path(
        f"{_CONTROL}answers.csv",
        RoundAnswersFile.as_view(file=AnswerFile.ANSWERS),
        name="answers-csv",
    ),
    path(
        f"{_CONTROL}evidence.csv",
        RoundAnswersFile.as_view(file=AnswerFile.EVIDENCE),
        name="evidence-csv",
    ),
    path(
        f"{_CONTROL}answers-by-authority.csv",
        RoundAnswersFile.as_view(file=AnswerFile.WIDE),
        name="answers-wide-csv",
    ),
    path(
        f"{_CONTROL}dictionary.csv",
        RoundAnswersFile.as_view(file=AnswerFile.DICTIONARY),
        name="dictionary-csv",
    ),
    path(f"{_ROUND}chase/", RoundChase.as_view(), name="chase"),
    path(f"{_ROUND}extensions/<slug:authority_slug>/", RoundExtend.as_view(), name="extend"),
    path(f"{_ROUND}messages/", RoundMessages.as_view(), name="messages"),
    path(f"{_ROUND}checks/", RoundChecks.as_view(), name="checks"),
    path(f"{_ROUND}history/", RoundHistory.as_view(), name="history"),
]
