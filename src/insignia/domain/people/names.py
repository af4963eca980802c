"""What people are called, many at once: for lists that hold ids only."""

from collections.abc import Iterable

from .models import User


def names_of(public_ids: Iterable[str]) -> dict[str, str]:
    """The name, or else the address, of each of these people."""
    rows = User.objects.filter(public_id__in=set(public_ids)).values_list("public_id", "name", "email")
    return {public_id: name or email for public_id, name, email in rows}
