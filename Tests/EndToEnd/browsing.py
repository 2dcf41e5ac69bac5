"""What tests of pages share: a real browser, what it complains of, and how pages should be."""

import contextlib
import pathlib
import re
import shutil

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

SCREENSHOTS = pathlib.Path(__file__).parent / "screenshots"
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
PATIENCE_MILLISECONDS = 30_000
expect.set_options(timeout=PATIENCE_MILLISECONDS)


@contextlib.contextmanager
def open_browser():
    """A Chromium: while it runs, no other event loop can in this thread."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert program, "no Chromium: tools/setup.sh --with-tests installs it"
    arguments = [
        "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


class Complaints(list):
    """What pages wrote to the console: errors, warnings, and what their policy forbade."""

    def hear(self, page):
        page.on("console", self.note)
        page.on("pageerror", lambda error: self.append(str(error)))

    def note(self, message):
        # A status of 400 is an answer here; the browser notes it as an error all the same.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.append(message.text)


def photograph_failure(page, request, number=0):
    report = getattr(request.node, "rep_call", None)
    if report is None or report.failed:
        SCREENSHOTS.mkdir(exist_ok=True)
        name = re.sub(r"\W+", "-", request.node.name)
        page.screenshot(path=SCREENSHOTS / f"{name}-{number}.png")


def assert_accessible(page, state):
    options = {"resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    said = [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found]
    assert said == [], f"{state}: {said}"
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 0, f"{state}: the page is {wide} pixels too wide"
