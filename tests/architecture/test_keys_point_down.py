"""Foreign keys are imports too, though written as strings: they point down, and never out of an institution."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

from insignia.domain.ground.tenancy import Tenanted

PROJECT = Path(__file__).resolve().parents[2]


def floors() -> list[str]:
    """The floors of the domain as the import contract draws them, the lowest first."""
    table = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in table if c["name"].startswith("The domain"))
    return [name.strip(" ()") for line in reversed(layers) for name in line.split("|")]


def floor(model: type[Model]) -> int:
    """How high a model stands; apps that are not ours stand on the floor of people."""
    order = floors()
    module = model.__module__.split(".")
    ours = module[:2] == ["insignia", "domain"]
    return order.index(module[2]) if ours else order.index("people")


def upward_keys() -> list[str]:
    return [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and floor(field.related_model) > floor(model)
    ]


def test_foreign_keys_point_down() -> None:
    assert upward_keys() == []


def test_our_keys_into_other_peoples_apps_point_to_the_user_only() -> None:
    abroad = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("insignia.")
        for field in model._meta.concrete_fields
        if field.is_relation and not field.related_model.__module__.startswith("insignia.")
    ]
    assert abroad == []


# People, institutions, and what the installation has one of: its address, and its way to the mail server.
GLOBAL = {"people.User", "institutions.Institution", "institutions.Installation", "notifications.Sender"}


def test_every_row_has_its_institution() -> None:
    without = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("insignia.domain") and not issubclass(model, Tenanted)
    }
    journal = {label for label in without if label.startswith("journal.")}
    assert without - journal == GLOBAL


def test_the_journal_has_no_keys_out_of_itself() -> None:
    for model in apps.get_app_config("journal").get_models():
        for field in model._meta.concrete_fields:
            if field.is_relation:
                assert field.related_model._meta.app_label == "journal"


@pytest.mark.parametrize("model", [m for m in apps.get_models() if issubclass(m, Tenanted)], ids=lambda m: m.__name__)
def test_no_row_can_be_asked_for_without_saying_whose(model: type[Tenanted]) -> None:
    from insignia.domain.ground.tenancy import NoTenant

    with pytest.raises(NoTenant):
        model.objects.all()


def test_no_model_overrides_save() -> None:
    overriding = [
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("insignia.") and ("save" in vars(model) or "delete" in vars(model))
    ]
    assert overriding == []
