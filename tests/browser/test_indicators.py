"""An editor sends a file in and sees it on the authority's page: four ways of looking."""

import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from authorities.models import Body, Membership
from outcomes import recompute, tasks
from outcomes.actions import reading
from outcomes.models import Upload
from tests.browser.visitor import Visitor
from tests.factories.authorities import MembershipFactory
from tests.factories.outcomes import (
    BreakdownFactory,
    IndicatorFactory,
    ObservationFactory,
    file_of,
    file_row,
)
from tests.outcomes.conftest import make_authority

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

PAGE = "/authorities/north-testshire/"
GOOD = file_of(
    file_row(area_code="E06000001", value="61.5"),
    file_row(area_code="E06000002", value=""),
    file_row(area_code="E92000001", value="60.9"),
)
BAD = file_of(
    file_row(area_code="E0600000I"), file_row(area_code="E06000001", value="<b>sixty</b>")
)


@pytest.fixture(autouse=True)
def quiet_house(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep files in the test's folder, and let the test be the worker."""
    settings.RECOMPUTE_TASKS = [tasks.refresh_authority_indicators.name]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        },
    }
    monkeypatch.setattr(current_app, "send_task", lambda *args, **options: None)


@pytest.fixture
def editor() -> Membership:
    """An editor of an authority with one published indicator."""
    made: Membership = MembershipFactory(body=make_authority())
    hle = IndicatorFactory(fingertips_id=90362, code="hle", name="Healthy life expectancy at birth")
    for slug, value in (("ashby", 60.1), ("barrow", 62.2), ("england", 60.9)):
        ObservationFactory(
            indicator=hle,
            area=Body.objects.get(slug=slug),
            breakdown=BreakdownFactory(sex="Male"),
            value=value,
        )
    recompute.request(
        subject="authority", subject_id=made.body_id, reason="tests", at=timezone.now()
    )
    recompute.run_pending()
    return made


def sign_in(visitor: Visitor, editor: Membership) -> None:
    client = Client()
    client.force_login(editor.user)
    visitor.page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": visitor.site}]
    )


def send(visitor: Visitor, content: bytes) -> None:
    page = visitor.open(f"{PAGE}indicators/uploads/new/")
    visitor.check_page()
    page.locator('input[type="file"]').set_input_files(
        {"name": "values.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Upload and check").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We are reading your file")


def work() -> None:
    reading.process(upload_id=Upload.objects.latest("uploaded_at").pk, at=timezone.now())
    recompute.run_pending()


def test_a_file_is_sent_read_and_seen(any_visitor: Visitor, editor: Membership) -> None:
    sign_in(any_visitor, editor)
    send(any_visitor, GOOD)

    work()

    # By the script after two seconds, without scripts by the page's own refresh after four.
    page = any_visitor.page
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Confirm what is unusual")
    expect(
        page.get_by_text("Differs from a value that is published or approved (2")
    ).to_be_visible()
    any_visitor.check_page()
    page.get_by_role("button", name="Save reasons").click()
    expect(page.get_by_text("Say why these values are right").first).to_be_visible()
    any_visitor.check_page()
    page.get_by_label("Why are these values right?").fill("Our own register is newer.")
    page.get_by_role("button", name="Save reasons").click()
    expect(heading).to_have_text("Your file is ready to store")
    expect(page.get_by_text("Our own register is newer.")).to_be_visible()
    any_visitor.check_page()
    page.get_by_role("button", name="Store these figures").click()
    expect(heading).to_have_text("We are storing your figures")
    any_visitor.check_page()
    work()
    expect(heading).to_have_text("Your file is stored")
    expect(page.get_by_text("2 values of yours are new or changed.")).to_be_visible()
    any_visitor.check_page()
    page.get_by_role("link", name="See your indicators").click()
    expect(page.get_by_text("61.5", exact=False).first).to_be_visible()
    expect(page.get_by_text("Sent in by you, not yet approved").first).to_be_visible()
    any_visitor.check_page()


def test_a_wrong_file_is_reported_cell_by_cell(
    visitor_js_or_not: Visitor, editor: Membership
) -> None:
    sign_in(visitor_js_or_not, editor)
    send(visitor_js_or_not, BAD)

    work()

    page = visitor_js_or_not.page
    expect(page).to_have_title(re.compile("^Error: Upload report"))
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("There is a problem with 2 cells")
    summary.get_by_role("link", name=re.compile("^Row 3, column M")).click()
    expect(page.locator("#problem-2")).to_be_in_viewport()
    expect(page.get_by_text("Did you mean E06000001?").first).to_be_visible()
    visitor_js_or_not.check_page()


def test_a_file_is_dropped_where_scripts_run(visitor: Visitor, editor: Membership) -> None:
    sign_in(visitor, editor)
    page = visitor.open(f"{PAGE}indicators/uploads/new/")
    # Until the script has run, the plain control has the same role and name.
    target = page.locator("button.govuk-file-upload-button")
    dropped = page.evaluate_handle(
        """text => {
          const data = new DataTransfer();
          data.items.add(new File([text], "dropped.csv", { type: "text/csv" }));
          return data;
        }""",
        GOOD.decode(),
    )

    target.dispatch_event("drop", {"dataTransfer": dropped})

    expect(target).to_contain_text("dropped.csv")
    page.get_by_role("button", name="Upload and check").click()
    expect(page.get_by_text("dropped.csv")).to_be_visible()
    assert Upload.objects.get().sha256 == sha256(GOOD).hexdigest()


def test_an_upload_is_cancelled_before_it_is_read(
    visitor_js_or_not: Visitor, editor: Membership
) -> None:
    sign_in(visitor_js_or_not, editor)
    send(visitor_js_or_not, GOOD)
    page = visitor_js_or_not.page

    page.get_by_role("button", name="Cancel this upload").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("You cancelled this upload")
    visitor_js_or_not.check_page()


def test_the_public_page_draws_its_chart_and_works_without(
    any_visitor: Visitor, editor: Membership
) -> None:
    page = any_visitor.open(PAGE)

    expect(page.get_by_role("img", name=re.compile("^Ashby, men"))).to_be_visible()
    expect(page.get_by_role("rowheader", name="Barrow")).to_be_visible()
    if any_visitor.scripts:
        expect(page.locator("[data-chart][data-ready]")).to_have_count(1)
    any_visitor.check_page()
