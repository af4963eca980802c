"""What happened, who did it, and what is still owed because of it.

`bus.publish` writes an event down in the caller's transaction, together with one delivery for each reaction to it;
`delivery` runs what is owed; `seal` lays a hash chain over what was written.
"""
