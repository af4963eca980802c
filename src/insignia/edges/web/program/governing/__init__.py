"""Routes and forms of proposals, as an institution writes them: pages to read, to edit, and to try them on."""
