"""The three minutes of the README: from a roster to a verified badge."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from insignia.demo.pinecrest.people import GRANTOR, ROWAN
from insignia.domain.awards.models import AwardBatch

from .step import Step, Walk


def steps() -> Sequence[Step]:
    """Six of them."""
    desk = reverse("issuing:desk", args=["pinecrest"])
    batches = AwardBatch.objects.filter(created_by__email=GRANTOR.email)
    is_awarded = batches.filter(state=AwardBatch.State.GRANTED).exists()
    return [
        Step(
            _("Take a roster"),
            _("Twelve rows, as they come out of a course."),
            _("A file for any spreadsheet."),
            None,
            reverse("demo:roster"),
            _("Download the example roster"),
        ),
        Step(
            _("Award a badge to a roster"),
            _("Be Gus, choose “Spreadsheet Basics”, upload the roster, look at what would happen, and award."),
            _("Ten rows are ready, one has a comma in its address, one stands there twice. Nothing happens before you say so."),
            GRANTOR,
            desk,
            done=is_awarded,
        ),
        Step(
            _("Send it"),
            _("Awards wait a while, so that mistakes can be undone. Open the list and choose “Send now”."),
            _("How many are signed, and until when everything can be taken back."),
            GRANTOR,
            reverse("issuing:batches", args=["pinecrest"]),
            done=batches.filter(awards__released_at__isnull=False).exists(),
        ),
        Step(
            _("Read the mail"),
            _("Everything that is mailed here is caught and shown. Open the newest mail and follow its link: set up the learner’s account, accept the badge, and choose who may see it."),
            _("The mail as the learner gets it, with the picture of the badge."),
            None,
            reverse("demo:inbox"),
            _("Open the mail"),
        ),
        Step(
            _("Or be somebody for whom two offers wait"),
            _("Rowan has earned badges before. Accept one and decline the other."),
            _("Badges are private until their earner shows them."),
            ROWAN,
            reverse("earner:home"),
        ),
        Step(
            _("Verify it"),
            _("Download the badge as a picture and give it to the verifier, as an employer would. Then change a letter and try again."),
            _("Each check with its answer: yes, no, or could not check."),
            None,
            reverse("public:verify"),
            _("Open the verifier"),
        ),
    ]  # fmt: skip


WALK = Walk(
    "three-minutes",
    "pinecrest",
    _("Three minutes"),
    _("From a roster to a verified badge"),
    _("A few steps, three minutes. Everybody here is invented, and nothing leaves this machine."),
    steps,
)
