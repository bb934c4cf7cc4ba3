"""Write a file that is not there yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invlint.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path


def write_new(path: Path, data: bytes) -> None:
    """Write the bytes. Raises UsageError when the file is there already, or cannot be written."""
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise UsageError(f"“{path}” is there already, and is left as it is: choose another file with -o") from None
    except OSError as error:
        raise UsageError(f"“{path}” cannot be written ({error.strerror})") from None
