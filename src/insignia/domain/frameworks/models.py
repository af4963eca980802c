"""Skills and the frameworks that name them: what an achievement aligns to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from insignia.domain.ground.ids import PublicIdField
from insignia.domain.ground.tenancy import Tenanted


class Framework(Tenanted):
    """A published list of skills or competencies (CASE `CFDocument`)."""

    public_id = PublicIdField()
    key = models.SlugField(max_length=60)
    name = models.CharField(_("Name"), max_length=200)
    url = models.URLField(_("Address"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("institution", "key", name="framework_key_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Skill(Tenanted):
    """One entry of a framework (CASE `CFItem`); `url` is what an `Alignment` points to."""

    public_id = PublicIdField()
    framework = models.ForeignKey(Framework, models.PROTECT, related_name="skills")
    code = models.CharField(_("Code"), max_length=80)
    name = models.CharField(_("Name"), max_length=200)
    url = models.URLField(_("Address"), max_length=500)
    description = models.TextField(_("Description"), blank=True)
    target_type = models.CharField(max_length=40, default="CFItem")

    class Meta:
        constraints = [models.UniqueConstraint("framework", "code", name="skill_code_once")]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
