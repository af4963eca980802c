"""No row points into another institution than its own: asked of every foreign key between rows of institutions."""

from collections.abc import Iterator

from django.apps import apps
from django.db.models import F, ForeignKey

from .tenancy import Tenanted


def broken() -> Iterator[str]:
    """A sentence for each foreign key through which a row points into another institution."""
    for model in apps.get_models():
        if not issubclass(model, Tenanted):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, ForeignKey) and issubclass(field.related_model, Tenanted):
                abroad = model.across_institutions.exclude(**{f"{field.name}__isnull": True}).exclude(
                    institution=F(f"{field.name}__institution")
                )
                for pk in abroad.values_list("pk", flat=True)[:20]:
                    yield f"{model._meta.label} {pk}: {field.name} points into another institution"
