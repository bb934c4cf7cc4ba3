"""The functions of the language, declared once: what they take, what they give, what they are for."""

from __future__ import annotations

from dataclasses import dataclass

from invlint.plugins import offered


@dataclass(frozen=True, slots=True)
class Function:
    """A function. `takes` names the kinds of its arguments, `gives` that of the result."""

    name: str
    takes: tuple[str, ...]
    gives: str
    prose: str


FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (
        Function("abs", ("number",), "same", "the value without its sign"),
        Function("min", ("number", "same"), "same", "the smaller of two values"),
        Function("max", ("number", "same"), "same", "the larger of two values"),
        Function(
            "fold", ("number", "same"), "plain", "how many times the larger of two positive values is the smaller"
        ),
        Function(
            "log10",
            ("number",),
            "plain",
            "the logarithm to base ten of a positive value in its base unit; a difference of two of them is in orders "
            "of magnitude",
        ),
        Function(
            "robust_z",
            ("number", "same", "same"),
            "plain",
            "how far a value lies from a median, in median absolute deviations that are scaled to standard deviations "
            "(x 1.4826)",
        ),
        Function("exponent_of_ten", ("plain",), "plain", "the whole power of ten nearest to a positive number"),
        Function("convertible", ("number", "number"), "yes or no", "whether two quantities have one dimension"),
        Function(
            "rescaled_unit",
            ("column", "plain"),
            "text",
            "the unit of a reported quantity with its prefix 10^n as large: `mg TEQ/a` for `g TEQ/a` and -3",
        ),
        Function("previous", ("value",), "same", "the value in the previous reference year of the same key"),
        Function("newest", ("value",), "same", "the value in the newest reference year of the same key"),
        Function("oldest", ("value",), "same", "the value in the oldest reference year of the same key"),
        Function("steps", ("value",), "plain", "in how many reference years of the same key there is a value"),
        Function(
            "trend",
            ("number",),
            "same",
            "the value of the row's year on the line of Theil and Sen through the reference years of the same key",
        ),
        Function("scatter", ("number",), "same", "the median distance of the values of the same key from that line"),
    )
}

AGGREGATES = {
    "sum": "the sum of the values that are there; of nothing but missing ones it is missing",
    "count": "how many rows there are, or how many of them have the value",
    "median": "the median of the values that are there",
    "mad": "the median absolute deviation from that median, as it is",
    "list": "the distinct values as text, with commas",
    "largest": "the largest value",
    "smallest": "the smallest value",
    "firmest": "the firmest evidence: seen before compiled before doubtful",
}

OFFERED = frozenset(offer.name for _, offer in offered("functions", {*FUNCTIONS, *AGGREGATES}, "the function"))
"""The functions that plugins add."""

FUNCTIONS |= {
    offer.name: Function(offer.name, offer.takes, offer.gives, offer.prose) for _, offer in offered("functions")
}

WINDOWS = frozenset({"previous", "newest", "oldest", "steps", "trend", "scatter"})
