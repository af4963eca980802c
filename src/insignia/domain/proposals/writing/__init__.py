"""A proposal as it is written: answers, versions, attachments, remarks."""
