"""Unit text to dimension and scale."""

from invlint.units.dimension import Dimension, describe_dimension
from invlint.units.parse import Unit, UnknownUnitError, nearest_unit, parse_unit

__all__ = ["Dimension", "Unit", "UnknownUnitError", "describe_dimension", "nearest_unit", "parse_unit"]
