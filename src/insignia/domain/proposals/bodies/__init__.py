"""Bodies that decide: their seats, and who sits on them."""
