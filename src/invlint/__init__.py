"""invlint checks release inventories of unintentional POPs."""

__version__ = "0.1.0"
