"""What changes about a person."""

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from insignia.core.addresses import normalised

from .models import User


@transaction.atomic
def person_at(address: str, *, name: str = "") -> User:
    """The person who has `address`, made without a password when there is none yet.

    The address of a person made here is not verified: the first sign-in by a code sent to it proves it.
    """
    address = normalised(address)
    known = EmailAddress.objects.filter(email__iexact=address).select_related("user").first()
    if known:
        return known.user
    try:
        with transaction.atomic():
            user = User.objects.create_user(address, name=name)
    except IntegrityError:
        return User.objects.get(email=address)
    EmailAddress.objects.create(user=user, email=address, primary=True, verified=False)
    return user


@transaction.atomic
def prove_address(user: User, address: str) -> None:
    """Record that `user` has shown control of `address`, by a link or a code that was sent to it."""
    address = normalised(address)
    row, _made = EmailAddress.objects.get_or_create(user=user, email=address)
    if not row.verified:
        row.verified = True
        row.save(update_fields=["verified"])
    if not EmailAddress.objects.filter(user=user, primary=True).exists():
        row.set_as_primary(conditional=True)


def set_password(user: User, password: str) -> None:
    """Give `user` a password, and take their address as proved: done by whoever runs the installation."""
    user.set_password(password)
    user.save(update_fields=["password"])
    prove_address(user, user.email)
