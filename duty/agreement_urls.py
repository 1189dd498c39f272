"""The addresses of partnership agreements as their parties read and sign them."""

from django.urls import path

from duty.views.agreement_documents import AgreementDocumentPage, AgreementDownload
from duty.views.agreements import AgreementDecline, AgreementPage, AgreementSign, BoardAgreements

app_name = "agreements"

_ONE = "agreements/<uuid:agreement_id>/"

urlpatterns = [
    path("icbs/<slug:slug>/agreements/", BoardAgreements.as_view(), name="board"),
    path(_ONE, AgreementPage.as_view(), name="page"),
    path(f"{_ONE}sign/", AgreementSign.as_view(), name="sign"),
    path(f"{_ONE}decline/", AgreementDecline.as_view(), name="decline"),
    path(f"{_ONE}document/", AgreementDocumentPage.as_view(), name="document"),
    path(f"{_ONE}document/<uuid:document_id>/", AgreementDownload.as_view(), name="document-file"),
]
