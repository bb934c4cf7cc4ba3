"""One writer a format: documents to bytes. What a format has no place for is found by reading the bytes again."""
