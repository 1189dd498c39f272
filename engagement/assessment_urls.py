"""The addresses of the assessment desk: national views of pairs, for people of the centre."""

from django.urls import path

from engagement.views import assessment_evidence, corrections
from engagement.views import assessment_steps as steps
from engagement.views.assessments import AssessmentPage, LevelEdit, SideEdit
from engagement.views.challenges import ChallengeList, ChallengesFile, Resolve
from engagement.views.desk import Desk, InterestEnd, Interests, ModerationList
from engagement.views.partner_view_files import PartnerViewsFile

app_name = "assessments"

_PAIR = "review/pairs/<slug:round_slug>/<slug:authority_slug>/<slug:board_slug>/"
_CORRECTION = f"{_PAIR}corrections/<uuid:correction_id>/"

urlpatterns = [
    path("review/pairs/", Desk.as_view(), name="desk"),
    path("review/moderation/", ModerationList.as_view(), name="moderation"),
    path("review/challenges/", ChallengeList.as_view(), name="challenges"),
    path("review/challenges/challenges.csv", ChallengesFile.as_view(), name="challenges-csv"),
    path("review/partner-views.csv", PartnerViewsFile.as_view(), name="partner-views-csv"),
    path("review/interests/", Interests.as_view(), name="interests"),
    path("review/interests/<int:interest_id>/end/", InterestEnd.as_view(), name="interest-end"),
    path(_PAIR, AssessmentPage.as_view(), name="pair"),
    path(f"{_PAIR}take-up/", steps.TakeUp.as_view(), name="take-up"),
    path(f"{_PAIR}send/", steps.Send.as_view(), name="send"),
    path(f"{_PAIR}agree/", steps.Agree.as_view(), name="agree"),
    path(f"{_PAIR}return/", steps.Return.as_view(), name="return"),
    path(f"{_PAIR}share/", steps.Share.as_view(), name="share"),
    path(f"{_PAIR}finalise/", steps.Finalise.as_view(), name="finalise"),
    path(f"{_PAIR}unfinalise/", steps.Unfinalise.as_view(), name="unfinalise"),
    path(f"{_PAIR}not-assessed/", steps.MarkNotAssessed.as_view(), name="not-assessed"),
    path(f"{_PAIR}unmark/", steps.Unmark.as_view(), name="unmark"),
    path(f"{_PAIR}second-look/", assessment_evidence.SecondLook.as_view(), name="second-look"),
    path(
        f"{_PAIR}evidence/<uuid:evidence_id>/withdraw/",
        assessment_evidence.WithdrawEvidence.as_view(),
        name="withdraw",
    ),
    path(
        f"{_PAIR}sides/<slug:side>/correct/",
        corrections.CorrectionPropose.as_view(),
        name="correct",
    ),
    path(_CORRECTION, corrections.CorrectionPage.as_view(), name="correction"),
    path(
        f"{_CORRECTION}approve/",
        corrections.CorrectionApprove.as_view(),
        name="correction-approve",
    ),
    path(
        f"{_CORRECTION}decline/",
        corrections.CorrectionDecline.as_view(),
        name="correction-decline",
    ),
    path(
        f"{_CORRECTION}take-back/",
        corrections.CorrectionTakeBack.as_view(),
        name="correction-take-back",
    ),
    path(f"{_PAIR}sides/<slug:side>/", SideEdit.as_view(), name="side"),
    path(f"{_PAIR}sides/<slug:side>/level/", LevelEdit.as_view(), name="level"),
    path(f"{_PAIR}sides/<slug:side>/resolve/", Resolve.as_view(), name="resolve"),
]
