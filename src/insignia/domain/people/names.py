"""What people are called, many at once: for lists that hold ids only."""

from collections.abc import Iterable

from django.db.models import Q

from .models import User


def names_of(public_ids: Iterable[str]) -> dict[str, str]:
    """The name, or else the address, of each of these people."""
    rows = User.objects.filter(public_id__in=set(public_ids)).values_list("public_id", "name", "email")
    return {public_id: name or email for public_id, name, email in rows}


def ids_of(words: str) -> set[str]:
    """The public ids of people whose name or address holds all of `words`; a hundred at most."""
    found = User.objects.all()
    for word in words.split()[:8]:
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return set(found.order_by("pk").values_list("public_id", flat=True)[:100])
