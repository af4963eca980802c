"""Forms in versions. A proposal ends under the version that it was last written in."""

from functools import cached_property

from django.db import models

from insignia.core.questions.definition import Form
from insignia.domain.ground import clock
from insignia.domain.ground.tenancy import Tenanted

from .rules import as_form


class FormVersion(Tenanted):
    """One version of a form, in the words of the preset's section `forms`. Never changed once made."""

    key = models.SlugField(max_length=40)
    number = models.PositiveIntegerField(default=1)
    data = models.JSONField()
    made_by = models.CharField(max_length=26, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint("institution", "key", "number", name="form_version_once")]
        ordering = ["key", "-number"]

    def __str__(self) -> str:
        return f"{self.form.title} ({self.number})"

    @cached_property
    def form(self) -> Form:
        """The form as a typed value."""
        return as_form(self.data, key=self.key, number=self.number)
