"""Which Chromium the browser tests get; the packaged one must really draw a page."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from duty.config.servers.browser import NoBrowserError, find_browser

PROJECT = Path(__file__).resolve().parents[2]

# In a process of its own: playwright keeps an event loop, which would trouble the database's tests.
_DRAW = """
import os
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(
        executable_path=os.environ["CHROMIUM_PATH"],
        args=["--no-sandbox", "--disable-gpu"],
        env={**os.environ, "LD_LIBRARY_PATH": os.environ["BROWSER_LD_LIBRARY_PATH"]},
    )
    page = browser.new_page()
    page.set_content("<p>plain</p><script>document.title = 6 * 7</script>")
    print(page.title(), page.locator("p").bounding_box()["width"] > 0, len(page.screenshot()) > 0)
    browser.close()
"""


def test_a_named_browser_is_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("HDT_CHROMIUM", raising=False)
    monkeypatch.setenv("CHROMIUM_PATH", "/opt/chosen")

    browser = find_browser(project=PROJECT, var=tmp_path)

    assert browser.environment()["CHROMIUM_PATH"] == "/opt/chosen"


def test_no_browser_at_all_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HDT_CHROMIUM", "packaged")

    with pytest.raises(NoBrowserError, match="CHROMIUM_PATH"):
        find_browser(project=tmp_path, var=tmp_path)


@pytest.mark.slow
@pytest.mark.browser
def test_the_packaged_browser_draws_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HDT_CHROMIUM", "packaged")

    browser = find_browser(project=PROJECT, var=PROJECT / "var")
    drawn = subprocess.run(
        [sys.executable, "-c", _DRAW],
        env={**os.environ, **browser.environment()},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert drawn.stdout == "42 True True\n", drawn.stderr
