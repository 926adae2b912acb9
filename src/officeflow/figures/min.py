"""The smallest number, or the earliest date, of a column or of figures: `use = "min"`, `of`; `where`, `by`.

Hedged numbers go by the number as typed, partial dates by their first day.
Over a figure with members (`count` `by` community) it is the smallest member.
"""

from __future__ import annotations

from operator import lt

from officeflow.figures._extreme import extreme

KIND = extreme(lt)
