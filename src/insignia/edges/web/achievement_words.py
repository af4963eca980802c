"""What an achievement says of itself, as people read it: kinds of activity, audiences, credit, symbols, its own members."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from insignia.domain.catalog.basis import ATTENDANCE, ENGAGEMENT, MEMBERSHIP, Basis
from insignia.domain.catalog.composition import VARIANT_NAMES

# What may be recognised; an institution writes kinds of its own beside them.
ACTIVITIES = {
    "course": _("Course"),
    "training": _("Training"),
    "workshop": _("Workshop"),
    "event": _("Event"),
    "co_curricular": _("Co-curricular activity"),
    "work_experience": _("Work experience"),
    "service": _("Service or volunteering"),
    "research": _("Research"),
    "prior_learning": _("Prior learning"),
    "membership": _("Membership"),
}
AUDIENCES = {
    "students": _("Students"),
    "faculty": _("Faculty"),
    "staff": _("Staff"),
    "community": _("Community members"),
    "corporate": _("Corporate partners"),
}
# For what a badge that documents participation is given.
BASES = {
    ENGAGEMENT: _("Engagement outside the curriculum"),
    ATTENDANCE: _("Attendance at an event"),
    MEMBERSHIP: _("Active membership"),
}
CREDITS = {"credit": _("For credit"), "noncredit": _("Not for credit")}

# The members of a version's content, in the words of the form in which they are written.
MEMBERS = {
    "name": _("Name"),
    "description": _("Description"),
    "criteria": _("Criteria"),
    "achievement_type": _("Achievement type"),
    "outcomes": _("Learning outcomes"),
    "skills": _("Skills"),
    "links": _("Links"),
    "tags": _("Tags"),
    "language": _("Language"),
    "audience": _("Audience"),
    "activity": _("Kind of activity"),
    "credit": _("Credit"),
    "credits": _("Credits"),
    "effort": _("Effort"),
    "assessment": _("Assessment"),
    "demand": _("Demand at work"),
    "variants": _("Variants"),
    "distinction_criteria": _("Criteria for distinction"),
    "valid_months": _("Months of validity"),
    "image_title": _("Short title on the image"),
    "symbol": _("Symbol"),
    "artwork": _("Own artwork"),
    "image": _("Image"),
}

SYMBOLS = {
    "bicycle": _("Bicycle"),
    "book": _("Book"),
    "bridge": _("Bridge"),
    "calculator": _("Calculator"),
    "camera": _("Camera"),
    "chart": _("Chart"),
    "chat": _("Conversation"),
    "clipboard": _("Clipboard"),
    "clock": _("Clock"),
    "code": _("Code"),
    "compass": _("Compass"),
    "flame": _("Flame"),
    "flask": _("Flask"),
    "gear": _("Gear"),
    "globe": _("Globe"),
    "hammer": _("Hammer"),
    "handshake": _("Handshake"),
    "heart": _("Heart"),
    "key": _("Key"),
    "ladder": _("Ladder"),
    "leaf": _("Leaf"),
    "lightbulb": _("Light bulb"),
    "lock": _("Lock"),
    "microphone": _("Microphone"),
    "music": _("Music"),
    "network": _("Network"),
    "palette": _("Palette"),
    "pencil": _("Pencil"),
    "people": _("People"),
    "plane": _("Plane"),
    "rocket": _("Rocket"),
    "scale": _("Scales"),
    "seed": _("Seedling"),
    "shield": _("Shield"),
    "ship": _("Ship"),
    "star": _("Star"),
    "stethoscope": _("Stethoscope"),
    "target": _("Target"),
    "tree": _("Tree"),
    "wrench": _("Wrench"),
}


def activity(value: str) -> str:
    """A kind of activity in words; one of an institution's own is shown as it was written."""
    return str(ACTIVITIES.get(value, value))


def audience(value: str) -> str:
    """An audience in words; one of an institution's own is shown as it was written."""
    return str(AUDIENCES.get(value, value))


def credit(value: str) -> str:
    """Whether something counts for credit."""
    return str(CREDITS.get(value, value))


def basis(stated: Basis) -> str:
    """For what something is given, with how many events or which period."""
    if stated.kind == ATTENDANCE and stated.events > 1:
        words = ngettext("Attendance at %(number)s event", "Attendance at %(number)s events", stated.events)
        return words % {"number": stated.events}
    plain = str(BASES.get(stated.kind, stated.kind))
    return f"{plain}, {stated.period}" if stated.period else plain


def symbol(name: str) -> str:
    """What a symbol shows."""
    return str(SYMBOLS.get(name, name.replace("_", " ").capitalize()))


def variant(value: str) -> str:
    """What a variant adds to the name of a badge; "Standard" for the one without an addition."""
    return gettext(VARIANT_NAMES[value]) if value in VARIANT_NAMES else gettext("Standard")


def member(name: str) -> str:
    """What a member of the content is called."""
    return str(MEMBERS.get(name, name.replace("_", " ").capitalize()))
