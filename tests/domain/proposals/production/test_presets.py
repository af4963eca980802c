"""The checklist as a section of a preset: taken in, written again, and refused where it says what cannot be."""

from typing import Any

import pytest

from insignia.core.errors import Rejected
from insignia.domain.access.actor import SYSTEM
from insignia.domain.institutions import presets
from insignia.domain.institutions.models import Institution
from insignia.domain.proposals.production import presets as production_presets
from insignia.domain.proposals.production import queries


def faults(*tasks: dict[str, Any]) -> list[str]:
    whole = {"roles": [{"key": "issuer"}], "levels": [{"key": "level_1"}]}
    return [str(fault) for fault in production_presets._faults(list(tasks), whole)]


def test_what_was_taken_in_is_written_again_and_makes_no_new_version(institution: Institution) -> None:
    checklist = queries.newest_checklist()
    assert checklist is not None
    written = production_presets._written(institution)
    assert [task["key"] for task in written][:2] == ["create_credential", "image_with_communications"]
    production_presets._production(SYSTEM, institution, written)
    assert queries.newest_checklist() == checklist


def test_a_file_that_speaks_of_one_task_leaves_the_others(institution: Institution) -> None:
    task = {"key": "evaluation_plan", "label": "Plan of evaluation", "kind": "evaluation_plan", "required": False}
    production_presets._production(SYSTEM, institution, [task])
    newest = queries.newest_checklist()
    assert newest is not None
    assert newest.number == 2
    by_key = {one.key: one for one in newest.tasks}
    assert len(by_key) == 7
    assert not by_key["evaluation_plan"].required
    assert by_key["name_qualified_grantors"].required


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ({"key": "a", "label": "A", "kind": "free", "owner": "nobody"}, "“owner” names “nobody”"),
        ({"key": "a", "label": "A", "kind": "free", "not_for": ["level_9"]}, "“not_for” names “level_9”"),
        ({"key": "a", "label": "A", "kind": "training"}, "what the training covers"),
        ({"key": "a", "label": "A", "kind": "free", "required": "yes"}, "must be true or false"),
        ({"key": "a", "label": "A", "kind": "free", "kinds": ["retire"]}, "must be among"),
        ({"key": "A b", "label": "A", "kind": "free"}, "cannot be a key"),
    ],
)
def test_what_cannot_be_is_said_in_words(task: dict[str, Any], said: str) -> None:
    assert any(said in fault for fault in faults(task)), faults(task)


@pytest.mark.parametrize("name", ["ksu", "cu_boulder"])
def test_the_shipped_checklists_are_sound(name: str) -> None:
    tables = presets.load(name)["production"]
    whole = presets.load(name)
    assert list(production_presets._faults(tables, whole)) == []


def test_a_checklist_without_tasks_is_refused(institution: Institution) -> None:
    from insignia.domain.proposals.production import actions

    with pytest.raises(Rejected):
        actions.set_checklist(by=SYSTEM, institution=institution, tasks=[])
