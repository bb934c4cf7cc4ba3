"""Files kept between runs, each behind a digest of itself: one that is cut or damaged is as good as none."""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

from invlint.user_folders import user_cache


def kept_folder() -> Path:
    """The folder of kept files: that of INVLINT_CACHE_DIR, else one in the user's cache."""
    given = os.environ.get("INVLINT_CACHE_DIR")
    return Path(given) if given else user_cache()


def read_kept(path: Path) -> bytes | None:
    """What was kept; None where there is nothing, or not what was written."""
    try:
        digest, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return body if hashlib.sha256(body).hexdigest().encode() == digest else None


def keep(path: Path, body: bytes) -> None:
    """Keep a file whole or not at all; where that is not possible the next run does the work again."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{os.getpid()}")
        partial.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        partial.replace(path)
