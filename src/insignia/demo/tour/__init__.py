"""The newcomer's checklist: three walks through the demonstration, each step with whom to be, where to go, what one will see."""

from collections.abc import Sequence

from . import alder, pinecrest, short
from .step import Step, Walk

WALKS: Sequence[Walk] = (short.WALK, pinecrest.WALK, alder.WALK)

__all__ = ["WALKS", "Step", "Walk"]
