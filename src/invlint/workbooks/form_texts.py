"""What the read-me sheet of the calculation form says to the one who fills it in."""

from __future__ import annotations

_TEXT = """
How to fill in this workbook

IN SHORT

1. Fill in the sheet “Cover”: Party, reference year, population. Where there is a choice it has drop-downs.

2. Go through the sheets “Group 1” to “Group 10”. For each class that occurs in your country write the annual activity
in the unit that stands beside it, where the figure comes from, and how sure it is (high, medium or low). The releases
are worked out from the activity and the Toolkit's default factors.

3. For each class, category or group that does not occur, or for which there is no figure, choose a notation key. A key
on the grey line of a category, or on the blue line of a group, counts for all of it: its classes need nothing more.

4. The sheets that bear the names of chemicals are for the other chemicals. They take the activity from the group sheets
by themselves.

5. The sheet “Totals” sums up. Save the workbook, and run: invlint check FILE

NOTATION KEYS

NO: not occurring. There is no such source in the country.

NE: not estimated. The source may exist, but there is no figure. Give the reason.

NA: not applicable. The source exists but cannot release the chemical.

IE: included elsewhere. Say under “Included in” with which class or category, and give the reason.

C: confidential. Give the reason.

A key for one vector alone is written into its release cell, over the formula. Never write 0 where you have no figure:
zero says that you know there is no release.

FACTORS

The factors that stand here are the Toolkit's defaults. In black: read in the printed Toolkit. In blue: put together
without sight of the printed table. In orange: doubtful, check them. “Evidence of the defaults” says the same in words.
In grey stand the Toolkit's codes: NA, no release to this vector is expected; ND, there is no factor yet.

If you have a factor of your own, write it over the default, change “Factor origin” to national, plant or measured, and
cite its source. Unit, origin and source count for all factors of a line. Where one vector alone has a factor of your
own, copy the line, and let each factor stand in one of the two.

UNITS

Release = activity x factor x conversion. The conversion has its own column, and fits the units that stand beside it:
t/a and ug TEQ/t give g TEQ/a with 0.000001. If you change a unit, change the conversion too: kt/a needs 0.001, and so
does PJ/a with ug TEQ/TJ.

MORE LINES

A plant or region by itself: insert a line below that of the class, copy the class's line into it, and tell the two
apart under “Site”.

A residue with an amount of its own, such as ash or sludge: the classes that need it have a second line; elsewhere
insert one. The kinds of a divided residue, such as fly ash and bottom ash, have columns of their own.

Another reference year has sheets of its own: let invlint new inventory write the workbook with both years. Years that
you recalculated are listed on the sheet “Recalculations”.
"""

READ_ME = tuple(" ".join(paragraph.split()) for paragraph in _TEXT.strip().split("\n\n"))
"""The paragraphs of the sheet, the first one its title; those in capitals are headings."""
