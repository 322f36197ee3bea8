"""P-values of many tests at once: Holm's adjustment, which holds however the tests hang together.

Source: Holm (1979), Scandinavian Journal of Statistics 6, 65–70.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def holm(p_values: ArrayLike) -> Floats:
    """Adjusted p-values in the order given: rejecting those at or below a level errs anywhere, in the whole family,
    with no more than that probability."""
    p = np.asarray(p_values, dtype=np.float64)
    order = np.argsort(p, kind="stable")
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(steps, 1.0)
    return adjusted
