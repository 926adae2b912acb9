"""The largest number, or the latest date, of a column or of figures: `use = "max"`, `of`; `where`, `by`.

Hedged numbers go by the number as typed, partial dates by their first day.
Over a figure with members (`count` `by` community) it is the largest member.
"""

from __future__ import annotations

from operator import gt

from officeflow.figures._extreme import extreme

KIND = extreme(gt)
