"""A role: what it is called, and the rights that it holds."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from insignia.domain.access.permissions import Permission
from insignia.edges.web.permission_words import meaning

from .fields import choose_from

# What a right is about, by the first part of its word; in the order of the page.
_SUBJECTS = (
    (_("Badges"), ("achievement", "level", "template", "grantor")),
    (_("Awards and earners"), ("award", "issuance", "recipient")),
    (_("Proposals"), ("proposal", "committee", "production", "workflow")),
    (_("The house"), ("institution", "unit", "member", "key", "mail", "audit")),
)


class RoleForm(forms.Form):
    """A name and boxes to tick: a box for each right that whoever asks may give or take."""

    name = forms.CharField(label=_("Name"), max_length=80)
    permissions = forms.MultipleChoiceField(
        label=_("Rights"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They hold from this moment."),
    )

    def __init__(
        self, *args: Any, may_give: Collection[Permission], held: Collection[Permission], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        # What stays as it is, because whoever asks has no say in it.
        self.kept = frozenset(held) - frozenset(may_give)
        offered = [(str(title), _choices(prefixes, may_give)) for title, prefixes in _SUBJECTS]
        choose_from(self, "permissions", [(title, choices) for title, choices in offered if choices])

    def permissions_given(self) -> frozenset[Permission]:
        """The rights of the valid form: what was ticked, and what stays."""
        return frozenset(map(Permission, self.cleaned_data["permissions"])) | self.kept

    def kept_in_words(self) -> list[str]:
        """What stays as it is, in words."""
        return [meaning(permission) for permission in sorted(self.kept)]


def _choices(prefixes: Collection[str], may_give: Collection[Permission]) -> list[tuple[str, str]]:
    return [
        (permission.value, meaning(permission))
        for permission in Permission
        if permission.value.partition(":")[0] in prefixes and permission in may_give
    ]
