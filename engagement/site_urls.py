"""The addresses of the frame: home, account, jobs, and what the site says about itself.

Names without a namespace: sign-in, footer and header of every app link to them.
"""

from django.urls import URLPattern, path

from engagement.views import account, home, information, jobs


def _text(name: str, template: str) -> URLPattern:
    view = information.Information.as_view(template_name=template)
    return path(f"{name}/", view, name=name)


urlpatterns: list[URLPattern] = [
    path("", home.Home.as_view(), name="home"),
    path("account/", account.Account.as_view(), name="account"),
    path("jobs/", jobs.Jobs.as_view(), name="jobs"),
    path("jobs/<int:job_id>/run-again/", jobs.JobRunAgain.as_view(), name="job-run-again"),
    path(
        "jobs/documents/<uuid:document_id>/make-again/",
        jobs.JobMakeDocument.as_view(),
        name="job-make-document",
    ),
    path("method/", information.Method.as_view(), name="method"),
    _text("accessibility", "engagement/accessibility.html"),
    _text("privacy", "engagement/privacy.html"),
    _text("help", "engagement/help.html"),
    _text("how-it-works", "engagement/how_it_works.html"),
]
