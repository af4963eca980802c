"""One word without an end, wherever people write something, pushes no public page sideways on a telephone."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from insignia.domain.ground import tenancy
from tests.support import builders
from tests.support.browsing import Browsing

WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"


def test_an_endless_word_is_broken(browser: Browsing, live_app: Any, shown: Callable[..., Any]) -> None:
    institution = builders.founded(name=WORD)
    with tenancy.of(institution):
        achievement = builders.an_achievement(
            level="level_2",
            name=WORD,
            unit=builders.a_unit(WORD[:30].lower()),
            outcomes=(WORD * 2,),
            audience=(WORD,),
            effort=WORD,
            description=WORD * 2,
            criteria=WORD * 2,
        )
        award = shown(builders.an_award(achievement, earner=builders.an_earner(name=WORD), narrative=WORD * 2))
    page = browser.page(width=390)
    wider = {}
    for address in (
        reverse("public:landing", args=[institution.slug]),
        reverse("public:directory", args=[institution.slug]),
        reverse("public:achievement", args=[achievement.public_id]),
        reverse("public:achievement_embed", args=[achievement.public_id]),
        reverse("public:issuer", args=[achievement.issuer.public_id]),
        reverse("public:credential", args=[award.credential.public_id]),
        "/verify",
    ):
        page.goto(address)
        wider[address] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert {address: pixels for address, pixels in wider.items() if pixels > 0} == {}
