"""What a proposer is asked: forms as data, in versions."""
