"""What the read-me sheet of the calculation form says to the one who fills it in."""

from __future__ import annotations

READ_ME = (
    "How to fill in this workbook",
    "IN SHORT",
    "1. Fill in the sheet “Cover”: Party, reference year, population. The rest of it has drop-downs.",
    "2. Go through the sheets “Group 1” to “Group 10”. For each class that occurs in your country write the annual "
    "activity in the unit that stands beside it, where the figure comes from, and how sure it is (high, medium, low). "
    "The releases are worked out from the activity and the Toolkit's default factors.",
    "3. For each class, category or group that does not occur or has no figure choose a notation key. A key on the grey "
    "line of a category, or on the blue line of a group, counts for all of it: its classes need nothing more.",
    "4. The sheets “PCB”, “dl-PCB”, “HCB” and so on are for the other chemicals; they take the activity from the group "
    "sheets by themselves.",
    "5. The sheet “Totals” sums up. Save, and run: invlint check FILE",
    "",
    "NOTATION KEYS",
    "NO  not occurring: there is no such source in the country.",
    "NE  not estimated: the source may exist, but there is no figure. Give the reason.",
    "NA  not applicable: the source exists but cannot release the chemical to this vector.",
    "IE  included elsewhere: say under “Included in” with which class or category, and give the reason.",
    "C  confidential. Give the reason.",
    "A key for one vector alone is written into the release cell of that vector, over its formula. Never write 0 where "
    "you have no figure: zero says that you know there is no release.",
    "",
    "FACTORS",
    "The factors printed here are the Toolkit's defaults. In black: read in the printed Toolkit. In blue: put together "
    "without sight of the printed table. In orange: doubtful, check them. “Evidence of the defaults” says the same in "
    "words. In grey stand the Toolkit's codes: NA, no release to this vector is expected; ND, there is no factor yet.",
    "If you use a factor of your own, write it over the default, change “Factor origin” to national, plant or measured, "
    "and cite its source. The factor unit and the origin count for all factors of a line: where only one vector has "
    "a factor of your own, copy the line, and keep each factor in one of the two.",
    "",
    "UNITS",
    "Release = activity x factor x conversion. The conversion stands in its own column and fits the units printed beside "
    "it: t/a and ug TEQ/t give g TEQ/a with 0.000001. If you change a unit, change the conversion too: for kt/a it is "
    "0.001, for PJ/a with ug TEQ/TJ also 0.001.",
    "",
    "MORE LINES",
    "A plant or region of its own: insert a line below the class within the block, copy the class's line into it, "
    "and tell the lines apart under “Site”.",
    "An amount of its own for a residue (ash, sludge): the classes that need it have a second line; elsewhere insert one. "
    "Where a residue is divided, its kinds have columns of their own (fly ash, bottom ash).",
    "Another reference year: use a second workbook. Years that were recalculated are listed in “Recalculations”.",
)
"""Lines of the sheet, the first one its title; those in capitals are headings."""
