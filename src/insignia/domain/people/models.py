"""People: one sign-in each, whatever the institutions. Their addresses are kept by allauth, which proves them."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from insignia.core.addresses import normalised
from insignia.domain.ground import clock
from insignia.domain.ground.ids import PublicIdField


class Users(BaseUserManager["User"]):
    """Makes users; the address is normalised as everywhere."""

    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> "User":
        """A person who may sign in; with no password they sign in by a code sent to the address."""
        user = self.model(email=normalised(email), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=normalised(username or ""))


class User(AbstractBaseUser):
    """A person. Global: institutions know people by their memberships and by the Recipients linked to them."""

    public_id = PublicIdField()
    email = models.EmailField(_("E-mail address"), max_length=254, unique=True)
    name = models.CharField(_("Name"), max_length=200, blank=True)
    language = models.CharField(_("Language"), max_length=12, blank=True)
    theme = models.CharField(_("Theme"), max_length=5, blank=True, choices=[("light", _("Light")), ("dark", _("Dark"))])
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = Users()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name as the person writes it, or the address."""
        return str(self)
