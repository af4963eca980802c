"""What is filled in at the desk, one file a subject: forms parse and keep what was typed, actions decide."""
