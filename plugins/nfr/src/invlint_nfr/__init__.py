"""Official CLRTAP submissions: the Annex I workbooks with emissions by NFR code."""
