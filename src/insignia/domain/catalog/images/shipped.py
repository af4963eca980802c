"""The templates and symbols that come with Insignia, read from the package when they are first asked for."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from xml.etree.ElementTree import Element

from insignia.core.errors import Rejected
from insignia.core.words import N_

from .markup import parse
from .template import Template


def _folder(name: str) -> Traversable:
    return files("insignia").joinpath("presets", "badges", name)


@cache
def _names(folder: str, ending: str) -> tuple[str, ...]:
    return tuple(sorted(f.name.removesuffix(ending) for f in _folder(folder).iterdir() if f.name.endswith(ending)))


class ShippedTemplates(Mapping[str, Template]):
    """Templates by name. Names are known at once; a template is read and checked when it is first used."""

    def __getitem__(self, name: str) -> Template:
        if name not in _names("templates", ".svg"):
            raise KeyError(name)
        return _template(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_names("templates", ".svg"))

    def __len__(self) -> int:
        return len(_names("templates", ".svg"))


SHIPPED = ShippedTemplates()


@cache
def _template(name: str) -> Template:
    folder = _folder("templates")
    return Template.from_text(
        folder.joinpath(f"{name}.svg").read_text("utf-8"), folder.joinpath(f"{name}.toml").read_text("utf-8")
    )


def icon_names() -> tuple[str, ...]:
    """The names of the symbols that a slot for artwork accepts."""
    return _names("icons", ".svg")


@cache
def icon_svg(name: str) -> str:
    """A symbol as it is shipped, to be shown beside its name; raises `KeyError` for one that there is not."""
    if name not in icon_names():
        raise KeyError(name)
    return _folder("icons").joinpath(f"{name}.svg").read_text("utf-8")


@cache
def icon(name: str) -> tuple[Element, ...]:
    """The shapes of a symbol on its grid of 24 x 24. Do not change them: copy."""
    if name not in icon_names():
        raise Rejected(N_("There is no symbol named “%(name)s”."), code="symbol_unknown", params={"name": name})
    root = parse(_folder("icons").joinpath(f"{name}.svg").read_text("utf-8"))
    return tuple(child for child in root if not child.tag.endswith("}title"))
