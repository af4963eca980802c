"""A programme as a file: exported, compared in words, and taken in by sections. From the page and from the command line."""

from pathlib import Path
from typing import Any

import pytest

from insignia import cli
from insignia.domain.access.actor import SYSTEM
from insignia.domain.institutions import actions, presets, queries
from insignia.domain.institutions.models import Role
from tests.edges.web.program.staff import Desk, desk_of, file_of, words
from tests.support import builders

FILE = """preset = "pinecrest"

[texts]
definition = "Small and useful"

[[roles]]
key = "dean"
name = "Dean"
permissions = ["proposal:read"]

[[roles]]
key = "auditor"
permissions = ["achievement:read", "audit:read", "recipient:read"]

[[levels]]
key = "level_1"
name = "Ribbon"

[levels.policy]
valid_months = 24
"""


@pytest.fixture
def desk(institution: Any) -> Desk:
    return desk_of("administrator")


def looked_at(desk: Desk, text: str = FILE) -> Any:
    return desk.send("preset", file=file_of(text, "preset.toml"))


def taken(desk: Desk, shown: Any, *sections: str, **changes: Any) -> Any:
    sent = {"text": shown.context["text"], "fingerprint": shown.context["fingerprint"], "sections": sections}
    return desk.send("preset", **{**sent, **changes})


def test_a_preset_is_exported_and_the_same_file_changes_nothing(desk: Desk) -> None:
    response = desk.get("preset_file")
    assert response["Content-Disposition"] == f'attachment; filename="{desk.slug}-preset.toml"'
    assert presets.parse(response.content) == presets.export(builders.here())
    assert "You have everything that this preset has." in words(looked_at(desk, response.content.decode()))


def test_what_a_file_would_change_is_shown_in_words_before_anything_is_done(desk: Desk) -> None:
    before = presets.export(builders.here())
    text = words(looked_at(desk))
    assert "What the preset “pinecrest” changes" in text
    for said in (
        "Dean New Rights Read proposals and how they fare",
        "Auditor Changed Rights Added: Read the records of earners No longer: Look at awards and who holds them",
        "Until now: 0 → From then on: 24",
        "Until now: Level I Badge → From then on: Ribbon",
        "Small and useful",
        "Not in the preset, and stays: Souvenir, Level II Badge",
    ):
        assert said in text, said
    assert presets.export(builders.here()) == before


def test_the_chosen_sections_are_taken_and_the_others_left(desk: Desk) -> None:
    response = taken(desk, looked_at(desk), "roles", "levels")
    assert "3 things were added or changed." in words(response)
    assert Role.objects.get(key="dean").permissions == ["proposal:read"]
    level = queries.levels().get(key="level_1")
    assert (level.name, level.policy.valid_months, level.policy.min_evidence) == ("Ribbon", 24, 1)
    assert "Level I Badge" in level.aliases
    assert builders.here().definition != "Small and useful"


def test_nothing_is_done_when_something_changed_since_the_look(desk: Desk) -> None:
    shown = looked_at(desk)
    actions.change_texts(by=SYSTEM, institution=builders.here(), definition="Changed by somebody else")
    response = taken(desk, shown, "texts")
    assert response.status_code == 422
    assert "Something was changed since you looked." in words(response)
    assert builders.here().definition == "Changed by somebody else"
    assert response.context["fingerprint"] != shown.context["fingerprint"]
    assert taken(desk, response, "texts").status_code == 200
    assert builders.here().definition == "Small and useful"


def test_without_a_section_nothing_is_done_and_the_choice_is_asked_for_again(desk: Desk) -> None:
    response = taken(desk, looked_at(desk))
    assert response.status_code == 422
    assert "Choose at least one section." in words(response)
    assert not Role.objects.filter(key="dean").exists()


def test_every_fault_stands_on_the_page_and_sound_sections_can_be_taken(desk: Desk) -> None:
    broken = FILE + 'workflow = "nowhere"\n\n[horoscopes]\nof = "all"\n'
    shown = looked_at(desk, broken)
    assert shown.status_code == 422
    text = words(shown)
    assert "The preset cannot be taken in as it is." in text
    assert "“horoscopes”" in text
    assert "Levels: level_1: “workflow” names “nowhere”, which does not exist." in text
    assert taken(desk, shown, "levels", "roles").status_code == 422
    assert not Role.objects.filter(key="dean").exists()
    assert taken(desk, shown, "roles").status_code == 200
    assert Role.objects.filter(key="dean").exists()


def test_sections_that_need_each_other_are_not_taken_apart(desk: Desk) -> None:
    text = FILE.replace("[levels.policy]", '[levels.policy]\npropose = ["dean"]')
    shown = looked_at(desk, text)
    assert shown.status_code == 200
    response = taken(desk, shown, "levels")
    assert response.status_code == 422
    assert "“propose” names “dean”, which does not exist" in words(response)
    assert [key for key, is_chosen in chosen(response) if is_chosen] == ["levels"]
    assert taken(desk, response, "levels", "roles").status_code == 200
    assert queries.levels().get(key="level_1").policy.propose == ("dean",)


def chosen(response: Any) -> list[tuple[str, bool]]:
    return [(one.key, is_chosen) for one, is_chosen in response.context["changing"]]


@pytest.mark.parametrize(("text", "said"), [("= no toml", "cannot be read as TOML"), ("\udcff", "not a text in UTF-8")])
def test_what_is_no_preset_is_refused_with_the_reason(desk: Desk, text: str, said: str) -> None:
    file = file_of("", "preset.toml")
    file.file.write(text.encode(errors="surrogateescape"))
    file.file.seek(0)
    file.size = len(text.encode(errors="surrogateescape"))
    response = desk.send("preset", file=file)
    assert response.status_code == 422
    assert said in words(response)


def test_after_an_upgrade_the_page_says_what_the_release_brings_and_it_can_be_taken(desk: Desk) -> None:
    assert "You have everything that the preset “ksu” of this release has." in desk.read("preset")
    here = builders.here()
    Role.objects.filter(key="skill_reviewer").delete()
    for level in queries.levels():
        data = {word: value for word, value in level.policy_data.items() if word not in ("guidance", "workflow")}
        type(level).objects.filter(pk=level.pk).update(policy_data=data)
    assert "The preset “ksu” of this release has 6 differences." in desk.read("preset")
    shown = desk.get("preset_shipped", "ksu")
    assert {one.key: one.count for one, _chosen in shown.context["changing"]} == {"roles": 1, "levels": 5}
    sent = {"fingerprint": shown.context["fingerprint"], "sections": ["roles", "levels"]}
    assert "6 things were added or changed." in words(desk.send("preset_shipped", "ksu", **sent))
    assert presets.preview(here, presets.load("ksu")).count == 0


def test_a_preset_that_is_not_shipped_is_not_there(desk: Desk) -> None:
    assert desk.get("preset_shipped", "nothing").status_code == 404


def test_only_who_runs_the_institution_sees_and_takes_presets(institution: Any) -> None:
    desk = desk_of("program_manager")
    assert [desk.get(name).status_code for name in ("preset", "preset_file")] == [403, 403]
    assert looked_at(desk).status_code == 403


# --- From the command line
def run(*arguments: str) -> int:
    return cli.main(["preset", *arguments, "--institution", builders.here().slug])


def test_the_command_writes_the_same_file(desk: Desk, tmp_path: Path, capsys: Any) -> None:
    assert run("export") == 0
    text = capsys.readouterr().out
    assert presets.parse(text.encode()) == presets.export(builders.here())
    assert run("export", "--out", str(tmp_path / "p.toml")) == 0
    assert (tmp_path / "p.toml").read_text(encoding="utf-8") == text


def test_the_command_says_the_difference_and_takes_it_in_when_told(desk: Desk, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "p.toml").write_text(FILE, encoding="utf-8")
    assert run("import", str(tmp_path / "p.toml")) == 1
    said = capsys.readouterr()
    assert "  + Dean" in said.out
    assert "      Months for which an award is valid: 0 -> 24" in said.out
    assert "Nothing was changed." in said.err
    assert not Role.objects.filter(key="dean").exists()
    assert run("import", str(tmp_path / "p.toml"), "--sections", "roles", "--yes") == 0
    assert Role.objects.filter(key="dean").exists()
    assert queries.levels().get(key="level_1").name == "Level I Badge"
    assert run("import", "cu_boulder", "--yes") == 0
    assert queries.levels().filter(key="credit").exists()
    assert run("import", "cu_boulder") == 0
    assert "Nothing to change." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import",), "Say which preset"),
        (("import", "nowhere.toml"), "nowhere.toml cannot be read"),
        (("import", "ksu", "--sections", "stars"), "The preset has no section “stars”."),
    ],
)
def test_the_command_says_what_it_cannot_do(desk: Desk, arguments: tuple[str, ...], said: str, capsys: Any) -> None:
    assert run(*arguments) == 1
    assert said in capsys.readouterr().err


def test_the_command_lists_the_presets_with_their_differences(desk: Desk, capsys: Any) -> None:
    assert run("list") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == presets.names()
    assert next(line for line in lines if line.startswith("ksu")).split()[1:3] == ["0", "differences"]
