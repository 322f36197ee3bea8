"""Who answered what together: the sums of products over questionnaires that standard errors need beside the counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from merilo.assessment.methodology.formulas.working import Floats
from merilo.assessment.observations.units import Rows


@dataclass(frozen=True, slots=True)
class JointCounts:
    """Sums over the questionnaires of some units, x = (y of every quantity, then n of every quantity).

    `quantities` (q) by code; `rows` (g): the unit rows, ascending; `sizes` (g): questionnaires; `products`
    (g, 2q, 2q): Σ x xᵀ, of 0/1 answers how many gave both.
    """

    quantities: tuple[str, ...]
    rows: Rows
    sizes: Floats
    products: Floats

    def of_unit(self, size: int) -> Rows:
        """For every one of `size` units its index here, −1 where it has no questionnaires."""
        found = np.full(size, -1, dtype=np.int64)
        found[self.rows] = np.arange(len(self.rows))
        return found
