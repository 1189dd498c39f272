"""Which sections of a submitted return the ICBs of an authority's pairs may read.

Both sides work at these together: co-operation is what the duty asks of the pair, and the outcomes
framework is co-owned. Strategy, health team and what stands about the return stay between the
authority and the centre. Source: the project's table of rights.
"""

from duty.models import Section

SHARED_SECTIONS = frozenset({Section.CO_OPERATION.value, Section.OUTCOMES_FRAMEWORK.value})
