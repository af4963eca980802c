"""`Keyboard`: somebody who has no mouse, for journeys that must work without one."""

from playwright.sync_api import Page

# What a screen reader would say of the element that has the focus.
SAID = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return "";
  const labels = here.labels ? [...here.labels].map(label => label.innerText).join(" ") : "";
  return (here.getAttribute("aria-label") || labels || here.innerText || "").replace(/\\s+/g, " ").trim();
}"""
SEEN = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
    && document.activeElement.matches(":focus-visible");
}"""


class Keyboard:
    """Somebody who has no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, words: str) -> None:
        """Press Tab until the focus stands on what is called `words`, and see that it is seen there."""
        passed = []
        for _stroke in range(120):
            self.page.keyboard.press("Tab")
            passed.append(self.page.evaluate(SAID))
            if passed[-1].startswith(words):
                assert self.page.evaluate(SEEN), f"the focus on “{words}” is not seen"
                return
        raise AssertionError(f"Tab never came to “{words}”, but to: {passed}")

    def open(self, words: str) -> None:
        """Go to a link or a button and press Enter; the next page has come when this returns."""
        self.to(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, label: str, text: str) -> None:
        """Go to a field and write over what stands there."""
        self.to(label)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
