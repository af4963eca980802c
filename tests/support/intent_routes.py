"""The pages of intents, for tests/support/routes.py."""

from django.urls import reverse

from .routes import Address, Role, Route, State, Visit

OFFICE = frozenset({Role.ADMINISTRATOR, Role.PROGRAM_MANAGER})
OWN = frozenset({Role.PROPOSER})

NOT_PAGES = {
    "governance:intent_send": "a form of the intent's page is sent there; it leads back",
    "governance:intent_withdraw": "a form of the intent's page is sent there; it leads back",
    "governance:intent_contact": "a form of the intent's page is sent there; it leads back, or shows that page",
    "governance:intent_plan": "a form of the intent's page is sent there; it leads back, or shows that page",
    "governance:intent_decline": "a form of the intent's page is sent there; it leads back, or shows that page",
    "governance:intent_file": "a file of the support log, which is saved",
    "governance:intent_invite": "a form of the intent's page is sent there; it leads back, or shows that page",
    "governance:intent_revoke": "a form of the intent's page is sent there; it leads back",
    "governance:intent_propose": "a form of the intent's page is sent there; it leads on",
}


def _at(name: str, thing: str = "", query: str = "") -> Address:
    return lambda world: (
        reverse(f"governance:{name}", args=[world.slug, *([str(getattr(world, thing).public_id)] if thing else [])])
        + query
    )


ROUTES: tuple[Route, ...] = (
    Route(
        "governance:intents",
        OFFICE,
        {
            State.EMPTY: Visit(_at("intents")),
            State.FULL: Visit(_at("intents")),
            State.ERROR: Visit(_at("intents", query="?q=zebra")),
        },
    ),
    Route("governance:intents", OWN, {State.FULL: Visit(_at("intents"))}),
    Route("governance:intent_log", OFFICE, {State.FULL: Visit(_at("intent_log"))}),
    Route("governance:intent_new", OWN, {State.FULL: Visit(_at("intent_new"))}),
    Route("governance:intent_edit", OWN, {State.FULL: Visit(_at("intent_edit", "intent_draft"))}),
    Route(
        "governance:intent",
        OFFICE,
        {State.FULL: Visit(_at("intent", "intent_supported")), State.ERROR: Visit(_at("intent", "intent_declined"))},
    ),
    Route("governance:intent", OWN, {State.FULL: Visit(_at("intent", "intent_supported"))}),
    Route(
        "governance:invitation",
        OWN,
        {
            State.FULL: Visit(lambda world: reverse("governance:invitation", args=[world.slug, world.invitation])),
            State.ERROR: Visit(
                lambda world: reverse("governance:invitation", args=[world.slug, world.old_invitation]), status=403
            ),
        },
    ),
)
