"""What may be asked about people."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

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
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def known_at(address: str) -> User | None:
    """The person known by `address`, whether or not they have proved it: for whoever runs the installation."""
    return User.objects.filter(email=normalised(address), is_active=True).first()
