"""The Grantor's desk: award one person or many, watch what becomes of it, set it right."""
