"""Somebody at the editor of a route or a form, in a browser with scripts."""

from collections.abc import Iterable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect


@dataclass
class Editing:
    """A page with an editor."""

    page: Page

    def press(self, button: str) -> "Editing":
        """Press a button that shows the editor anew, and wait until it does."""
        self.page.locator("#editor").evaluate("editor => editor.dataset.before = '1'")
        self.page.locator("#editor").get_by_role("button", name=button, exact=True).first.click()
        expect(self.page.locator("#editor:not([data-before])")).to_be_visible()
        return self

    def save(self, button: str) -> str:
        """Keep what is written; the words of the page to which it leads."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()
        return " ".join(self.page.inner_text("main").split()) + " ".join(self.page.locator(".toasts").all_inner_texts())

    def field(self, label: str, within: int = 0) -> Locator:
        return self.page.locator("#editor").get_by_label(label).nth(within)

    def write(self, label: str, text: str, within: int = 0) -> "Editing":
        """Write into a field; what is folded away is opened first."""
        self._open(self.field(label, within)).fill(text)
        return self

    def choose(self, label: str, option: str, within: int = 0) -> "Editing":
        """Choose from a list."""
        self._open(self.field(label, within)).select_option(label=option)
        return self

    def ask(self, question: str, answers: Iterable[str]) -> "Editing":
        """Let what stands open depend on the answer to a question."""
        self.choose("When", "Only if all of these hold")
        self.page.locator("#editor").evaluate("editor => editor.dataset.before = '1'")
        self.choose("What is asked", question)
        expect(self.page.locator("#editor:not([data-before])")).to_be_visible()
        for answer in answers:
            self.tick(answer)
        return self

    def tick(self, label: str, within: int = 0) -> "Editing":
        self._open(self.field(label, within)).check()
        return self

    def untick(self, label: str, within: int = 0) -> "Editing":
        self._open(self.field(label, within)).uncheck()
        return self

    def _open(self, field: Locator) -> Locator:
        field.evaluate("field => { for (let at = field.closest('details'); at; at = null) at.open = true; }")
        return field
