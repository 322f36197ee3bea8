"""Quantiles and tail probabilities: the normal from the standard library, the others from SciPy.

SciPy is imported where it is needed: most commands never ask for it, and it takes longer to import than they run.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def two_sided_quantile(level: float) -> float:
    """The normal quantile z with P(|Z| ≤ z) = `level`; 1.96 for 0.95."""
    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, not {level}")
    return -NormalDist().inv_cdf((1 - level) / 2)


def two_sided_normal_tail(z: float) -> float:
    """P(|Z| ≥ |z|) of the standard normal distribution."""
    return math.erfc(abs(z) / math.sqrt(2))


def chi_square_tail(x: float, degrees: float) -> float:
    """P(χ² ≥ x); `degrees` need not be whole."""
    from scipy.special import chdtrc

    return float(chdtrc(degrees, max(x, 0.0)))


def f_tail(x: float, first: float, second: float) -> float:
    """P(F ≥ x) with `first` and `second` degrees of freedom, whole or not."""
    from scipy.special import fdtrc

    return float(fdtrc(first, second, max(x, 0.0)))


def t_quantile(level: float, degrees: ArrayLike) -> Floats:
    """Student's quantile t with P(|T| ≤ t) = `level`, in the shape of `degrees`.

    `degrees` are above 0 and need not be whole; inf gives the normal quantile, NaN stays NaN.
    """
    from scipy.special import stdtrit

    if not 0 < level < 1:
        raise ValueError(f"a level lies between 0 and 1, not {level}")
    # A hundred thousand organisations have a few hundred different numbers of respondents.
    distinct, back = np.unique(_freedom(degrees), return_inverse=True)
    return np.asarray(-stdtrit(distinct, (1 - level) / 2)[back].reshape(np.shape(degrees)), dtype=np.float64)


def two_sided_t_tail(t: ArrayLike, degrees: ArrayLike) -> Floats:
    """P(|T| ≥ |t|) of Student's distribution, elementwise; `degrees` as for `t_quantile`."""
    from scipy.special import stdtr

    return np.asarray(2 * stdtr(_freedom(degrees), -np.abs(t)), dtype=np.float64)


def _freedom(degrees: ArrayLike) -> Floats:
    freedom = np.asarray(degrees, dtype=np.float64)
    if bool(np.any(freedom <= 0)):
        raise ValueError("degrees of freedom are above 0")
    return freedom
