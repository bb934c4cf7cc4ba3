"""The engines behind Narwhals, of which one may not be installed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from invlint.engine.columnar.backends import Backend


def polars_backend() -> Backend:
    """A new Polars backend."""
    from invlint.engine.columnar.polars_backend import PolarsBackend

    return PolarsBackend()


def duckdb_backend() -> Backend:
    """A new DuckDB backend; the test is skipped without DuckDB."""
    pytest.importorskip("duckdb")
    from invlint.engine.columnar.duckdb_backend import DuckDBBackend

    return DuckDBBackend()
