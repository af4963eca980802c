"""The refusals that more than one reader needs."""

from insignia.core.errors import Rejected
from insignia.core.words import N_


def not_a_roster(name: str) -> Rejected:
    """The file is neither CSV nor XLSX; the words say what to do."""
    return Rejected(
        N_(
            "“%(file)s” is not CSV or XLSX. Open it in your spreadsheet program and save it as “CSV UTF-8” or as "
            "“Excel workbook (.xlsx)” without a password."
        ),
        code="roster_not_csv_or_xlsx",
        params={"file": name},
    )


def damaged(name: str) -> Rejected:
    """The file says that it is a workbook, but cannot be read as one."""
    return Rejected(
        N_(
            "“%(file)s” is damaged or unusual inside. Open it in your spreadsheet program and save it again as XLSX "
            "or CSV."
        ),
        code="roster_damaged",
        params={"file": name},
    )


def too_much_inside(name: str) -> Rejected:
    """The workbook would unpack to more than the limits allow."""
    return Rejected(
        N_(
            "“%(file)s” unpacks to far more than a roster holds. Copy only the learners' rows into a new workbook, "
            "or save the sheet as CSV."
        ),
        code="roster_unpacks_too_large",
        params={"file": name},
    )
