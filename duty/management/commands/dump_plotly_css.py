"""Write down the style rules that Plotly would put into each page by itself."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from playwright.sync_api import sync_playwright

from duty.ui.finders import served_files

_RULES = """() => [...document.getElementById("plotly.js-style-global").sheet.cssRules]
    .map((rule) => rule.cssText)"""

_HEAD = """\
/* Written by `manage.py dump_plotly_css` from the installed plotly.js: run it after an update.
   A page links this file so that Plotly adds no style element: the content policy refuses one. */
"""


def plotly_rules(*, bundle: Path, chromium: str) -> list[str]:
    """Return the rules that the bundle adds to an empty page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = browser.new_page()
        page.goto("about:blank")
        page.add_script_tag(path=bundle)
        rules: list[str] = page.evaluate(_RULES)
        browser.close()
    return rules


class Command(BaseCommand):
    """Rewrites `static/plotly.css`; needs the development packages and a browser."""

    help = "Rewrite static/plotly.css from the installed plotly.js"

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the bundle in a browser and store the rules that it adds."""
        bundle = served_files().get("plotly-cartesian.min.js")
        if bundle is None:
            raise CommandError("plotly.js is not installed: run npm ci first.")
        chromium = os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium")
        rules = plotly_rules(bundle=bundle, chromium=chromium)
        target = Path(settings.BASE_DIR) / "static" / "plotly.css"
        target.write_text(_HEAD + "\n".join(rules) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(rules)} rules written to {target.name}")
