"""Forms to ask with: those of the two universities as they are written, and a small one with every kind of question."""

import functools
import tomllib
from pathlib import Path

from insignia.core.questions.reading import read_form

PRESETS = Path(__file__).resolve().parents[3] / "src" / "insignia" / "presets"
NAMES = ("ksu_proposal", "ksu_souvenir", "cu_intent", "cu_proposal")
FIELDS = frozenset(
    {
        "name", "description", "criteria", "outcomes", "skills", "links", "audience", "activity", "credit", "credits",
        "effort", "assessment", "demand", "distinction_criteria", "valid_months", "extra",
    }
)  # fmt: skip

LINE = {"key": "title", "label": "Title"}
LEVEL = {
    "key": "level",
    "label": "Level",
    "kind": "choice",
    "options": [{"key": "one", "label": "Level I"}, {"key": "two", "label": "Level II"}],
}
EVERY = {
    "title": "Every kind",
    "sections": [
        {
            "key": "first",
            "label": "First",
            "questions": [
                {**LINE, "required": True, "max_chars": 30, "maps_to": "name"},
                {"key": "text", "label": "Text", "kind": "text", "max_chars": 200, "maps_to": "description"},
                {
                    "key": "number",
                    "label": "Number",
                    "kind": "number",
                    "whole": True,
                    "least": 1,
                    "most": 99,
                    "advised_most": 60,
                },
                {"key": "date", "label": "Date", "kind": "date"},
                {"key": "yes_no", "label": "Yes or no", "kind": "yes_no", "required": True, "fact": "credit"},
                {**LEVEL, "required": True, "fact": "type"},
            ],
        },
        {
            "key": "second",
            "label": "Second",
            "condition": {"fact": "level", "is": "two"},
            "questions": [
                {
                    "key": "choices",
                    "label": "Choices",
                    "kind": "choices",
                    "required": True,
                    "fact": "audience",
                    "options": [{"key": "a", "label": "A"}, {"key": "b", "label": "B"}, {"key": "c", "label": "C"}],
                },
                {"key": "links", "label": "Links", "kind": "links", "condition": {"fact": "choices", "is": "b"}},
                {"key": "skills", "label": "Skills", "kind": "skills", "required": True, "least": 2, "most": 4},
            ],
        },
        {
            "key": "third",
            "label": "Third",
            "questions": [
                {"key": "outcomes", "label": "Outcomes", "kind": "outcomes", "max_chars": 40},
                {"key": "people", "label": "People", "kind": "people"},
                {"key": "components", "label": "Components", "kind": "components"},
                {"key": "files", "label": "Files", "kind": "attachment"},
                {"key": "word", "label": "I mean it", "kind": "attest", "condition": {"fact": "yes_no", "is": True}},
            ],
        },
    ],
}


@functools.cache
def tables(name):
    """A form of a shipped preset as it is written."""
    preset = {"ksu": "ksu", "cu": "cu_boulder"}[name.partition("_")[0]]
    written = tomllib.loads((PRESETS / f"{preset}.toml").read_text("utf-8"))["forms"]
    return next({word: said for word, said in form.items() if word != "key"} for form in written if form["key"] == name)


@functools.cache
def form(name):
    """A form of a file, or the small one."""
    return read_form(EVERY if name == "every" else tables(name), key=name, fields=FIELDS)


def small(*questions, **more):
    """A form that asks these questions in one section."""
    section = {"key": "only", "label": "Only", "questions": list(questions)}
    return read_form({"title": "Small", "sections": [section], **more}, key="small", fields=FIELDS)


def codes(problems):
    """What was told, by question and code."""
    return [(problem.question, problem.code) for problem in problems]


FULL = {
    "title": "Event planning",
    "yes_no": True,
    "level": "two",
    "choices": ["a", "b"],
    "skills": ["s1", "s2"],
    "word": True,
}
