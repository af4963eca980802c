"""The walk through Alder Ridge: an intent is answered and invited, a proposal endorsed, and badges issued upon request."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from insignia.demo.alder.people import CHAIR, DIVISION, FACULTY, ISSUER, ISSUER_2, MANAGER, REGISTRAR
from insignia.domain.awards.models import Award, IssuanceRequest
from insignia.domain.proposals.intents.models import Intent

from .finding import Matter, intent
from .step import Step, Walk

IDEA = "Drone Surveying"
TITLE = "Open Data Stewardship"
_ISSUING = (IssuanceRequest.State.APPROVED, IssuanceRequest.State.ISSUED, IssuanceRequest.State.PARTLY_ISSUED)


def steps() -> Sequence[Step]:
    """What functional specification 6.2 walks."""
    matter = Matter.of(TITLE)
    return [*_idea(), *_proposal(matter), *_issuing(matter)]


def _idea() -> Sequence[Step]:
    found = intent(IDEA)
    state = found.state if found else ""
    begun = state not in ("", Intent.State.DRAFT)
    listed = reverse("governance:intents", args=["alder-ridge"])
    one = reverse("governance:intent", args=["alder-ridge", found.public_id]) if found else listed
    written = reverse("governance:intent_edit", args=["alder-ridge", found.public_id]) if found else listed
    return [
        Step(
            _("Say what you have in mind"),
            _("Be Fabian. His intent “Drone Surveying” is filled in; read it and send it."),
            _("A few sentences; nothing binds. Whoever tries to begin a proposal without it is told how it goes here."),
            FACULTY,
            one if begun else written,
            done=begun,
        ),
        Step(
            _("Get in touch"),
            _("Be Kim, the program manager. Open the intent and write a call or a meeting into its log."),
            _("New ones, one in support, one whose invitation ends tomorrow, one that lapsed. Days until the first contact are counted."),
            MANAGER,
            one if begun else listed,
            done=found is not None and found.first_contact_on is not None,
        ),
        Step(
            _("Invite"),
            _("Still as Kim: say that it is noncredit, and send the invitation."),
            _("The link goes to Fabian alone, and ends by itself."),
            MANAGER,
            one if begun else listed,
            done=state in (Intent.State.INVITED, Intent.State.CONVERTED),
        ),
        Step(
            _("Open the link"),
            _("Be Fabian again and read his mail: the link opens the proposal form."),
            _("What stood in the intent is filled in. You may stop here: the next proposal is written already."),
            FACULTY,
            f"{reverse('demo:inbox')}?q=fabian",
            done=state == Intent.State.CONVERTED,
        ),
    ]  # fmt: skip


def _proposal(matter: Matter) -> Sequence[Step]:
    tasks = reverse("governance:tasks", args=["alder-ridge"])

    def page(name: str = "proposal") -> str:
        if matter.proposal is None:
            return tasks
        return reverse(f"governance:{name}", args=["alder-ridge", matter.proposal.public_id])

    production = matter.production
    board = reverse("governance:board", args=["alder-ridge"])
    return [
        Step(
            _("Hand a proposal in"),
            _("As Fabian: “Open Data Stewardship” came the same way three weeks ago and is written in full. Hand it in."),
            _("For credit: the course and its credit hours are asked for, which noncredit proposals never see."),
            FACULTY,
            page("proposal" if matter.was_handed_in else "proposal_check"),
            done=matter.was_handed_in,
        ),
        Step(
            _("Ask for changes"),
            _("Be Maya, who chairs the advisory committee. Choose “Request changes” and say what is missing, such as who answers reports in summer."),
            _("The three questions of the committee: consistent, meaningful, worthy. “Trail Risk Communication” has two votes."),
            CHAIR,
            page() if matter.was_handed_in else tasks,
            done=matter.versions > 1 or (matter.proposal is not None and matter.proposal.state == "changes_requested"),
        ),
        Step(
            _("Answer them"),
            _("Be Fabian: change an answer, reply to the request, and hand it in again."),
            _("What was asked for stands beside the question. Without a change or a reply it cannot be handed in."),
            FACULTY,
            page(),
            done=matter.versions > 1,
        ),
        Step(
            _("Endorse it"),
            _("Be Maya: compare the two versions, and approve."),
            _("What is new since you looked."),
            CHAIR,
            page() if matter.was_handed_in else tasks,
            done=matter.passed("mac"),
        ),
        Step(
            _("Give the last word of the division"),
            _("Be Dov. He attests that campus standards are met and that his college’s own process is complete, and may add its minutes."),
            _("Without both attestations there is no approval. “Community Science Field Methods” waits for the same at Continuing Studies."),
            DIVISION,
            page() if matter.passed("mac") else tasks,
            done=matter.is_approved,
        ),
        Step(
            _("Create the badge"),
            _("Be Kim: create the badge, write the issuing plan, put two trainings on record (issuing, and reading the figures), and make it active."),
            _("The checklist of this university: four tasks, and no Grantors, because the Registrar issues."),
            MANAGER,
            reverse("governance:production", args=["alder-ridge", production.public_id]) if production else board,
            done=matter.is_active,
        ),
    ]  # fmt: skip


def _issuing(matter: Matter) -> Sequence[Step]:
    request = matter.request
    queue = reverse("issuing:queue", args=["alder-ridge"])
    return [
        Step(
            _("The list"),
            _("Twelve learners, one with a wrong address. Any list with names and addresses will do."),
            _("A file for any spreadsheet."),
            None,
            reverse("demo:cohort"),
            _("Download the list"),
        ),
        Step(
            _("Ask for badges"),
            _("Be Ian, the Issuer of Engineering. File a request with the list: choose the new badge (or “Ethical AI Foundations”), say who assessed, and send it."),
            _("Each row is judged as it is typed. What is wrong stays here until it is corrected; the rest goes to the Registrar."),
            ISSUER_2,
            reverse("issuing:request_new", args=["alder-ridge"]),
            done=request is not None,
        ),
        Step(
            _("See what came back"),
            _("Be Ivy of Continuing Studies: of twenty-four rows two are still with her, and another request was returned with a reason."),
            _("Rows can be corrected and sent again, one by one."),
            ISSUER,
            reverse("issuing:requests", args=["alder-ridge"]),
        ),
        Step(
            _("Verify and issue"),
            _("Be Rex, the Registrar. Open the request, look at what is flagged, and issue all rows that are fine. Then open the list under “Rosters and lists” and choose “Send now”."),
            _("A queue with one request for twenty-two learners, and one that a colleague has taken up."),
            REGISTRAR,
            reverse("issuing:verify", args=["alder-ridge", request.public_id]) if request else queue,
            done=request is not None and request.state in _ISSUING,
        ),
        Step(
            _("Claim it"),
            _("Open the newest mail to a learner, follow its link, set up an account, accept, and choose who may see it."),
            _("A new account needs a name and nothing else: the link has proved the address."),
            None,
            f"{reverse('demo:inbox')}?q=students.alder-ridge",
            _("Open the mail"),
            matter.awards(Award.State.ACCEPTED),
        ),
        Step(
            _("See how badges are taken"),
            _("Be Rex: all awards of the university, by state. About four of five that were offered have been accepted."),
            _("240 awards of two years; those for solar power expire after twelve months."),
            REGISTRAR,
            reverse("issuing:awards", args=["alder-ridge"]),
        ),
    ]  # fmt: skip


WALK = Walk(
    "alder-ridge",
    "alder-ridge",
    _("Alder Ridge"),
    _("From an intent to badges that the Registrar issues"),
    _("At Alder Ridge University nobody proposes without an invitation. A committee of seven constituencies comes first, the unit has the last word, departments ask, and the Registrar issues."),
    steps,
    _("Information sessions, figures for issuers and labour-market insight are not built yet."),
)  # fmt: skip
