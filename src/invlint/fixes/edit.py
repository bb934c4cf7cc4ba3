"""An edit: one value of one document, and what should stand there."""

# Annotations are not deferred here: each of a NamedTuple would be compiled from its text at every start.

from typing import NamedTuple


class Edit(NamedTuple):
    """What to change. `document` is the number of the document in its file, `pointer` the place in it.

    `safe` says that the meaning stays, or that both inputs of a recomputed figure are cited. `why` says in words what
    is changed.
    """

    document: int
    pointer: str
    before: str | float
    after: str | float
    why: str
    safe: bool = True
