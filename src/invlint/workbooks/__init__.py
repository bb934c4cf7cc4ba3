"""Workbooks that people work in: the calculation form that invlint writes, and the checked copy of one's own."""
