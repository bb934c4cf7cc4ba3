"""The plan lowered to whole columns of an engine behind Narwhals, for runs too long for the interpreter."""
