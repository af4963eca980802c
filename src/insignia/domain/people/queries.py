"""What may be asked about people."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import Q

from insignia.core.addresses import normalised

from .models import User


def by_address(address: str) -> User | None:
    """The person to whom the verified `address` belongs, if anyone."""
    found = (
        EmailAddress.objects.filter(email__iexact=normalised(address), verified=True, user__is_active=True)
        .select_related("user")
        .first()
    )
    return found.user if found else None


def verified_addresses(user: User) -> frozenset[str]:
    """Every address that `user` has proved, normalised."""
    rows = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return frozenset(normalised(row) for row in rows)


def has_second_factor(user: User) -> bool:
    """Whether `user` has set up a passkey or a one-time code app."""
    found = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(found.exists())


def has_account(address: str) -> bool:
    """Whether somebody uses an account with `address`.

    Nobody does where the address was only ever named: by an institution that gave a role, or by somebody who began an
    account with it and never proved it.
    """
    known = holders(address)
    return len(known) > 1 or any(_is_in_use(user) for user in known)


def holders(address: str) -> list[User]:
    """The accounts to which `address` belongs: the one that proved it, and the one that bears it; mostly the same."""
    address = normalised(address)
    proved = Q(emailaddress__email__iexact=address, emailaddress__verified=True)
    return list(User.objects.filter(proved | Q(email=address)).distinct().order_by("pk"))


def _is_in_use(user: User) -> bool:
    if user.last_login is not None or has_second_factor(user):
        return True
    # A password without a proved address may be anybody's: who begins an account with the address of another.
    return user.has_usable_password() and bool(verified_addresses(user))


def known_at(address: str) -> User | None:
    """The person known by `address`, whether or not they have proved it: for whoever runs the installation."""
    return User.objects.filter(email=normalised(address), is_active=True).first()


def names_of(public_ids: Iterable[str]) -> dict[str, str]:
    """What people are called, by public id: for pages that tell who did something."""
    return {user.public_id: str(user) for user in User.objects.filter(public_id__in=list(public_ids))}
