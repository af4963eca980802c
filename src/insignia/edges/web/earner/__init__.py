"""What somebody who earned badges does: claim, keep, show, and look after their account."""
