"""The review desk: my tasks, a proposal beside what changed, the decision."""
