"""Cell text → value or problem: the one door to the readers.

Every kind of input is a case in `tests/cases/typed`.
"""

from officeflow.text.dates import read_date
from officeflow.text.missing import read_missing
from officeflow.text.numbers import read_number
from officeflow.text.reading import Typed
from officeflow.text.slips import unit_slips
from officeflow.text.words import read_text, read_yes_no

__all__ = ["Typed", "read_date", "read_missing", "read_number", "read_text", "read_yes_no", "unit_slips"]
