"""One file a page, or a kind of document."""
