"""Tests in a browser: `browser` opens pages in Chromium, `axe` measures their accessibility.

Without a Chromium (or without axe-core of tests/node) the test skips and the end of the run says so; with `CI=true` it
fails. The browser resolves no name but this machine's. A page on which a script of ours fails, or that breaks our own
Content Security Policy, fails the test that opened it, whatever else the test looks at.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, sync_playwright

from tools import machine

Theme = Literal["light", "dark"]
Width = Literal[1440, 390]
HEIGHTS: dict[int, int] = {1440: 900, 390: 844}
SWITCHES = (
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    # Nothing outside this machine has a name here.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
# What no page is scanned for is written where it is decided: nothing so far.
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@dataclass(frozen=True)
class Look:
    """One way of looking at a page."""

    theme: Theme
    width: Width

    def __str__(self) -> str:
        return f"{self.theme}-{self.width}"


LOOKS = tuple(Look(theme, width) for theme in ("light", "dark") for width in (1440, 390))


@dataclass(frozen=True)
class Violation:
    """What axe-core found, in the words that help to mend it."""

    rule: str
    impact: str
    help: str
    nodes: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule} ({self.impact}): {self.help}\n    " + "\n    ".join(self.nodes)


class Browsing:
    """Pages of one test. Each is a browser of its own, with its own cookies."""

    def __init__(self, chromium: Browser, base_url: Callable[[], str], settings: Any) -> None:
        self._chromium = chromium
        self._base_url = base_url
        self._settings = settings
        self._contexts: list[BrowserContext] = []
        # Errors that no page of ours may cause: failing scripts and broken policy.
        self.problems: list[str] = []

    def page(
        self,
        *,
        as_: Any = None,
        theme: Theme = "light",
        width: Width = 1440,
        javascript: Literal["on", "off"] = "on",
        locale: str = "en-US",
    ) -> Page:
        """A page of a fresh browser, signed in as the person `as_` if there is one."""
        context = self._chromium.new_context(
            base_url=self._base_url(),
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=theme,
            reduced_motion="reduce",
            locale=locale,
            timezone_id="UTC",
            java_script_enabled=javascript == "on",
            has_touch=width == 390,
        )
        context.set_default_timeout(15_000)
        self._contexts.append(context)
        context.on("weberror", lambda error: self.problems.append(f"{error.page and error.page.url}: {error.error}"))
        context.on("console", self._listen)
        if as_ is not None:
            context.add_cookies([self._session_of(as_)])
        return context.new_page()

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error" and ("Content Security Policy" in message.text or "TrustedHTML" in message.text):
            self.problems.append(f"{message.page and message.page.url}: {message.text}")

    def _session_of(self, person: Any) -> Any:
        from django.test import Client

        client = Client()
        client.force_login(person, backend=self._settings.AUTHENTICATION_BACKENDS[0])
        name = self._settings.SESSION_COOKIE_NAME
        return {"name": name, "value": client.cookies[name].value, "url": self._base_url()}

    def close(self) -> None:
        for context in self._contexts:
            # Already closed by the test, or dead with the page on which this test has failed.
            with suppress(Error):
                context.close()
        self._contexts.clear()


def need(what: str, there: object) -> None:
    """Skip the test when something of the machine is missing; where nothing may be missing, fail it."""
    if there:
        return
    if machine.nothing_may_be_missing():
        pytest.fail(f"needs {what}, and with CI=true nothing may be missing")
    pytest.skip(f"needs {what}")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    need("Chromium", path := machine.chromium())
    with sync_playwright() as playwright:
        # Chromium's own sandbox does not start for root.
        switches = [*SWITCHES, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        launched = playwright.chromium.launch(executable_path=path, headless=True, args=switches)
        yield launched
        launched.close()


@pytest.fixture
def browser(chromium: Browser, request: pytest.FixtureRequest, settings: Any) -> Iterator[Browsing]:
    """`browser.page(as_=person, theme="dark", width=390)`; relative addresses lead to `live_app`."""
    browsing = Browsing(chromium, lambda: request.getfixturevalue("live_app").url, settings)
    yield browsing
    browsing.close()
    assert not browsing.problems, "\n".join(browsing.problems)


@pytest.fixture(scope="session")
def axe_source() -> str:
    file = machine.NODE_FOLDER / "node_modules" / "axe-core" / "axe.min.js"
    need("axe-core (npm ci in tests/node)", file.is_file())
    return file.read_text()


@pytest.fixture
def axe(axe_source: str) -> Callable[[Page], list[Violation]]:
    """`axe(page)`: every violation on the page as it stands. Assert that the list is empty."""

    def measure(page: Page) -> list[Violation]:
        # By evaluate, which no Content Security Policy refuses; a script element would need a hole in it.
        page.evaluate(axe_source)
        result = page.evaluate(
            "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})",
            list(AXE_TAGS),
        )
        return [
            Violation(
                found["id"],
                found["impact"] or "",
                found["help"],
                tuple(f"{node['target']}: {node['failureSummary']}" for node in found["nodes"][:5]),
            )
            for found in result["violations"]
        ]

    return measure


def pytest_terminal_summary(terminalreporter: Any) -> None:
    needs: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        if reason.startswith("Skipped: needs "):
            needs[reason.removeprefix("Skipped: ")] = needs.get(reason.removeprefix("Skipped: "), 0) + 1
    for reason, number in needs.items():
        terminalreporter.write_line(f"{number} tests skipped: {reason}. `./run test --install` gets it.", yellow=True)
