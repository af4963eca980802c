"""Somebody at the pages of proposals, in a browser: what journeys through a whole way have in common."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from insignia.core.workflow import route as engine
from insignia.domain.people.models import User
from insignia.domain.proposals.workflow import queries
from insignia.domain.proposals.writing import actions as writing
from insignia.domain.proposals.writing.models import Proposal
from tests.support import builders, governance
from tests.support.browsing import Browsing


@dataclass
class Desk:
    """One person with a page of a browser."""

    user: User
    page: Page

    @classmethod
    def of(cls, browser: Browsing, user: User) -> "Desk":
        """A fresh browser in which `user` is signed in."""
        return cls(user, browser.page(as_=user))

    def at(self, name: str, *ids: str) -> str:
        return reverse(f"governance:{name}", args=[builders.here().slug, *ids])

    def open(self, name: str, *ids: str, query: str = "") -> str:
        """The words of a page, which must be there."""
        answer = self.page.goto(self.at(name, *ids) + query)
        assert answer is not None
        assert answer.status == 200, f"{name}: {answer.status}"
        return self.words

    @property
    def words(self) -> str:
        return " ".join(self.page.inner_text("body").split())

    @property
    def main(self) -> str:
        return " ".join(self.page.inner_text("main").split())

    def press(self, button: str) -> str:
        """Press a button; the words of the page to which it leads."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()
        return self.words

    def has_task(self, proposal: Proposal) -> bool:
        """Whether the proposal stands in the list of what waits for this person."""
        self.open("tasks")
        return self.page.get_by_role("link", name=str(proposal), exact=True).count() > 0

    def takes_up(self, proposal: Proposal) -> "Desk":
        """Go to the proposal from the list of tasks."""
        self.open("tasks")
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=str(proposal), exact=True).click()
        return self

    def rate(self) -> "Desk":
        """The best mark for every criterion of the review form."""
        for mark in self.page.locator(".review-line label:has(input[value='4'])").all():
            mark.click()
        return self

    def comment(self, text: str) -> "Desk":
        self.page.get_by_label("Comment", exact=True).fill(text)
        return self


def write_the_rest(author: User, proposal: Proposal, **known: Any) -> None:
    """Answer what the page was not used for, so that a journey types a few fields and not forty."""
    draft = governance.again(proposal)
    sent = governance.filled(draft.form.form, **{**draft.answers, **known})
    writing.write_answers(by=builders.acting(author), proposal=draft, sent=sent, revision=draft.revision)


def type_in(desk: Desk, **fields: str) -> None:
    """Type into fields of a proposal's form, and wait until the page says that it is saved."""
    for key, text in fields.items():
        with desk.page.expect_response(lambda answer: answer.request.method == "POST"):
            desk.page.fill(f"#f-{key}", text)
        expect(desk.page.locator("#saved")).to_contain_text("Saved at")


def run_of(proposal: Proposal) -> engine.Run:
    """The run as it is stored, after its journal was taken again from the start and has led to the very same."""
    row = queries.run_of(proposal)
    assert row is not None
    assert engine.replay(row.route.route, row.run.history) == row.run
    return row.run
