"""The check of a document's shape against the JSON Schema."""

from invlint.schema.check import shape_rows

__all__ = ["shape_rows"]
