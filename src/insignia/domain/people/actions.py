"""What changes about a person."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from insignia.core.addresses import normalised
from insignia.core.errors import Conflict
from insignia.core.words import N_

from . import queries
from .models import User


@transaction.atomic
def person_at(address: str, *, name: str = "") -> User:
    """The person who has `address`, made without a password when there is none yet.

    The address of a person made here is not verified: the first sign-in by a code sent to it proves it.
    """
    address = normalised(address)
    known = EmailAddress.objects.filter(email__iexact=address).select_related("user").first()
    if known:
        owner: User = known.user
        return owner
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


@transaction.atomic
def set_up_account(address: str, *, name: str, password: str = "") -> User:
    """The account of whoever has shown control of `address`, where nobody uses one yet: made, or taken over unused.

    Whatever sign-in somebody else had prepared there, without proving the address, is gone. Without a password one
    signs in by a code. Raises `Conflict` when the address belongs to an account that is in use.
    """
    if queries.has_account(address):
        raise _taken()
    known = queries.holders(address)
    try:
        with transaction.atomic():
            user = known[0] if known else User.objects.create_user(address)
    except IntegrityError:
        raise _taken() from None
    forget_prepared_sign_ins(user)
    user.name = name.strip()[:200] or user.name
    user.set_password(password or None)
    user.save(update_fields=["name", "password"])
    prove_address(user, address)
    return user


@transaction.atomic
def forget_prepared_sign_ins(user: User) -> None:
    """Take away password and linked sign-ins of an account whose address nobody had proved when they were made.

    Whoever begins an account with the address of another and waits shall not come in once that other proves it.
    """
    SocialAccount.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])


@transaction.atomic
def add_address(user: User, address: str) -> None:
    """Give `user` an address of which they have shown control; raises `Conflict` when it is somebody else's."""
    if any(holder.pk != user.pk for holder in queries.holders(address)):
        raise _taken()
    prove_address(user, address)


def _taken() -> Conflict:
    return Conflict(N_("There is an account with this address already. Sign in with it."), code="account_exists")


def change_profile(user: User, *, name: str, language: str, theme: str) -> None:
    """Change how somebody is called, and how they like our pages: language and theme may be empty, for the system's."""
    user.name, user.language, user.theme = name.strip()[:200], language, theme
    user.save(update_fields=["name", "language", "theme"])


def set_password(user: User, password: str) -> None:
    """Give `user` a password, and take their address as proved: done by whoever runs the installation."""
    user.set_password(password)
    user.save(update_fields=["password"])
    prove_address(user, user.email)


def mark_as_demo(user: User) -> None:
    """Exempt somebody of the demonstration from the second factor; nobody else is ever marked."""
    User.objects.filter(pk=user.pk).update(is_demo=True)
    user.is_demo = True
