"""The institution's desk: setting up, people, units, levels, templates, keys, mail and the journal."""
