"""Values as people read them in messages: quantities as written, computed ones with sensible digits and units."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from invlint.units.dimension import BASE_UNITS, NONE, exponents

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from invlint.model.plan import Placeholder

_ABSENT = "(not reported)"
_SMALLER = {
    "g TEQ": ((1.0, "g TEQ"), (1e-3, "mg TEQ"), (1e-6, "ug TEQ"), (1e-9, "ng TEQ"), (1e-12, "pg TEQ")),
    "t": ((1.0, "t"), (1e-3, "kg"), (1e-6, "g"), (1e-9, "mg"), (1e-12, "ug")),
}


def show_template(template: tuple[Any, ...], row: int, columns: Mapping[int, Sequence[Any]]) -> str:
    """The text of a template for one row of the columns, which are found by node."""
    return "".join(part if isinstance(part, str) else _show(part, row, columns) for part in template)


def nodes_of(template: tuple[Any, ...]) -> Iterator[int]:
    """The nodes whose values a template shows."""
    for part in template:
        if not isinstance(part, str):
            yield from (node for node in (part.value, part.dim, part.number, part.unit) if node is not None)


def _show(part: Placeholder, row: int, columns: Mapping[int, Sequence[Any]]) -> str:
    if part.kind != "quantity":
        value = columns[part.value][row]
        return _ABSENT if value is None else show_plain(value)
    if part.number is not None and part.unit is not None:
        number, unit = columns[part.number][row], columns[part.unit][row]
        if number is not None:
            shown = show_number(_readable(number))
            return f"{shown} {unit}" if unit else f"{shown} (no unit)"
    value = columns[part.value][row]
    if value is None:
        return _ABSENT
    dimension = part.fixed_dim if part.dim is None else columns[part.dim][row]
    return show_amount(value, dimension if dimension is not None else NONE)


def show_plain(value: Any) -> str:
    """A number, text or code without a unit."""
    if isinstance(value, float):
        return show_number(_rounded(value))
    return str(value)


def show_number(value: float) -> str:
    """The shortest decimal form, without an exponent where that stays readable."""
    if abs(value) < 1e15 and value == int(value):
        return str(int(value))
    if 1e-6 <= abs(value) < 1e15:
        text = f"{value:.12f}".rstrip("0")
        return text if float(text) == value else repr(value)
    return repr(value)


def show_amount(value: float, dimension: int) -> str:
    """An amount in base units as a number of four digits and a unit that suits its size."""
    if dimension == NONE:
        return show_number(_rounded(value))
    parts = exponents(dimension)
    above = [base for base, exponent in parts.items() for _ in range(exponent)]
    below = [(base, -exponent) for base, exponent in parts.items() if exponent < 0]
    scale, unit = _suited(abs(value), BASE_UNITS[above[0]]) if len(above) == 1 else (1.0, "")
    if len(above) != 1:
        unit = " x ".join(BASE_UNITS[base] for base in above) or "1"
    units = "".join(f"/{BASE_UNITS[base]}" * exponent for base, exponent in below)
    return f"{show_number(_rounded(value / scale))} {unit}{units}"


def _suited(size: float, unit: str) -> tuple[float, str]:
    """A unit in which the number lies between 0.01 and 10 000: factors in ug, releases in g where they are large."""
    steps = _SMALLER.get(unit, ((1.0, unit),))
    for scale, name in steps:
        if size >= 0.01 * scale:
            return scale, name
    return steps[-1] if size else steps[0]


_MOST_DIGITS, _ENOUGH_DIGITS = 8, 6


def _readable(value: float) -> float:
    """A number as reported; of the many decimals that a computer wrote, as many as a reader can take in."""
    if value.is_integer():
        return value
    digits = f"{value:.15g}".partition("e")[0].replace(".", "").lstrip("-0").rstrip("0")
    return value if len(digits) <= _MOST_DIGITS else float(f"{value:.{_ENOUGH_DIGITS}g}")


def _rounded(value: float) -> float:
    """Four significant digits; larger whole parts stay whole."""
    if value == 0:
        return 0.0
    rounded = float(f"{value:.4g}")
    return float(round(value)) if 10000 <= abs(value) < math.inf else rounded
