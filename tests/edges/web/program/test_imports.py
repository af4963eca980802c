"""Units and people from files: first shown, then done, and never more than was shown."""

from typing import Any

import pytest

from insignia.domain.institutions.models import Membership, Unit
from insignia.domain.journal import bus
from insignia.domain.notifications.models import Message
from insignia.domain.people.models import User
from tests.edges.web.program.staff import Desk, desk_of, file_of, words
from tests.support import builders

UNITS = """name,code,kind,parent_code
Graphics Laboratory,graphics,division,arts
College of Arts,arts,academic,
Library,library,non_academic,
,empty,academic,
Guild,guild,guild,
Annex,annex,site,nowhere
Computing again,computing,academic,
"""
PEOPLE = """email,name,role,unit_code,from,until
ada@pinecrest.example,Ada Marlowe,Registrar,,,
bo@pinecrest.example,Bo Yilmaz,program_manager,computing,2026-01-15,2099-12-31
 Noor@Pinecrest.example ,نور حسن,Auditor,,,
cy@pinecrest,Cy Vance,Registrar,,,
di@pinecrest.example,Di Osgood,Emperor,,,
ed@pinecrest.example,Ed Hart,Registrar,nowhere,,
"=HYPERLINK(""x"")",Fay,Registrar,,,
gi@pinecrest.example,Gi Reed,Registrar,,2026-05-02,2026-05-01
hu@pinecrest.example,Hu Lee,Registrar,,31/02/2026,
"""


@pytest.fixture
def desk(institution: Any) -> Desk:
    return desk_of("program_manager")


def looked_at(desk: Desk, page: str, text: str) -> Any:
    response = desk.send(page, file=file_of(text))
    assert response.status_code == 200, words(response)
    return response


def carried_out(desk: Desk, page: str, preview: Any) -> Any:
    return desk.send(page, rows=preview.context["form"].initial["rows"])


def problems(response: Any) -> dict[int, str]:
    return {row.number: row.problem for row in response.context["bad"]}


def test_units_are_shown_first_and_added_parents_before_children(desk: Desk) -> None:
    preview = looked_at(desk, "units_import", UNITS)
    assert [row.number for row in preview.context["good"]] == [2, 3, 4]
    assert problems(preview) == {
        5: "The unit needs a name.",
        6: "“guild” is not a kind of unit. Use one of: academic, non_academic, division, site.",
        7: "There is no unit with the code “nowhere”, neither here nor in the file.",
        8: "There is already a unit with the code “computing”.",
    }
    assert Unit.objects.count() == 1
    assert "3 units were added. 4 rows were left out." in words(carried_out(desk, "units_import", preview))
    assert Unit.objects.get(code="graphics").parent == Unit.objects.get(code="arts")
    assert Unit.objects.count() == 4


def test_units_in_a_circle_are_refused(desk: Desk) -> None:
    preview = looked_at(desk, "units_import", "name,code,kind,parent_code\nA,a,,b\nB,b,,a\nC,c,,\n")
    assert set(problems(preview)) == {2, 3}


def test_the_same_file_again_adds_nothing(desk: Desk) -> None:
    text = "name,code\nLibrary,library\n"
    carried_out(desk, "units_import", looked_at(desk, "units_import", text))
    again = looked_at(desk, "units_import", text)
    assert not again.context["good"]
    assert "No row can be carried out." in words(again)


def test_people_are_shown_first_then_given_roles_and_told(desk: Desk) -> None:
    builders.worked_through()
    before = Membership.objects.count(), User.objects.count(), bus.read().count()
    preview = looked_at(desk, "people_import", PEOPLE)
    assert [row.number for row in preview.context["good"]] == [2, 3, 4]
    said = problems(preview)
    assert set(said) == {5, 6, 7, 8, 9, 10}
    assert "There is no role “Emperor” here. There are: Administrator," in said[6]
    assert "nowhere" in said[7]
    assert "formula" in said[8]
    assert said[9] == "The role ends before it begins."
    assert (Membership.objects.count(), User.objects.count(), bus.read().count()) == before
    response = carried_out(desk, "people_import", preview)
    assert "3 people were given roles and are told by mail. 6 rows were left out." in words(response)
    bo = Membership.objects.get(user__email="bo@pinecrest.example")
    assert (bo.role.key, bo.scope, str(bo.starts_on)) == (
        "program_manager",
        builders.a_unit().scopes()[0],
        "2026-01-15",
    )
    assert Membership.objects.get(user__email="noor@pinecrest.example").user.name == "نور حسن"
    builders.worked_through()
    assert Message.objects.filter(kind="role_given", address="ada@pinecrest.example").count() == 1


def test_who_holds_the_role_already_is_not_told_again(desk: Desk) -> None:
    text = "email,name,role\nada@pinecrest.example,Ada Marlowe,Registrar\n"
    carried_out(desk, "people_import", looked_at(desk, "people_import", text))
    again = looked_at(desk, "people_import", text)
    assert problems(again) == {2: "This person holds the role already."}


def test_a_program_manager_cannot_import_an_administrator_beyond_their_place(institution: Any) -> None:
    """Whoever manages people of the whole institution may pass on its roles; whoever manages a unit's may not import."""
    desk = desk_of("program_manager", scope=builders.a_unit().scopes()[0])
    assert desk.send("people_import", file=file_of("email,name,role\na@x.example,A,Administrator\n")).status_code == 403
    assert not Membership.objects.filter(user__email="a@x.example").exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", "is empty"),
        ("email,name,role\n", "no rows below"),
        ("who,what\nada,registrar\n", "The file has no column “email”."),
        ("%PDF-1.7 …", "is not CSV or XLSX"),
        ("email,name,role\n" + "a@x.example,A,Registrar\n" * 1001, "more than 1000 rows"),
        ("email,name,role\n" + "a" * (1024 * 1024 + 1), "may have at most 1 MB"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(desk: Desk, data: str, said: str) -> None:
    response = desk.send("people_import", file=file_of(data))
    assert response.status_code == 422
    assert said in words(response)


def test_a_form_without_a_file_asks_for_one(desk: Desk) -> None:
    response = desk.send("units_import")
    assert response.status_code == 422
    assert "Choose a file first." in words(response)


@pytest.mark.parametrize("page", ["units_template", "people_template"])
def test_the_empty_file_is_read_without_its_example(desk: Desk, page: str) -> None:
    response = desk.get(page)
    assert response["Content-Disposition"].startswith("attachment;")
    text = response.content.decode("utf-8-sig")
    answer = desk.send(page.replace("_template", "_import"), file=file_of(text))
    assert answer.status_code == 422
    assert "no rows below" in words(answer)


def test_rows_that_come_back_changed_are_judged_anew(desk: Desk) -> None:
    """What travels in the page is no more trusted than a file: it goes through the same action."""
    text = "email,name,role\neve@pinecrest.example,Eve,Registrar\n"
    looked_at(desk, "people_import", text)
    response = desk.send("people_import", rows=text.replace("Registrar", "Emperor"))
    assert "Nothing was added. 1 row was left out." in words(response)
    assert not User.objects.filter(email="eve@pinecrest.example").exists()
    assert desk.send("people_import", rows="").status_code == 422
