"""Standard errors of weighted combinations of shares from respondents' influence values (linearisation).

A score is a combination S = Σ_q a_q r_q of ratios r_q = Σ y_iq / Σ n_iq: n_iq is 1 where respondent i belongs to the
base of share q, y_iq is 1 where the answer also counts. One respondent answers many questions, so the shares are not
independent; the influence of a respondent on the whole score keeps that:

    z_i = Σ_q a_q (y_iq − r_q n_iq) / (N_q / n),    Var S = (1 − f) / (n (n − 1)) Σ z_i²,    f = n / population.

That is one stratum, a simple random sample without replacement. Over several strata respondents count with weights
w_h (population / n_h by default), z is centred in each stratum and the variances of the strata are summed.
Everything follows from sums of products (who answered what together), so raw answers and counted ones give the same.
Sources: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, 5.5–5.7; Woodruff (1971), JASA 66.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
BLOCK = 4096


@dataclass(frozen=True, slots=True)
class CoOccurrence:
    """Sums over the respondents of each of h strata; of 0/1 answers they are whole numbers.

    `sizes` (h): respondents. `totals` (h, 2q): Σ y for the q shares, then Σ n. `products` (h, 2q, 2q): Σ x xᵀ with
    x = (y, n), that is how many respondents have both. Sums of parts of a stratum add up.
    """

    sizes: Floats
    totals: Floats
    products: Floats

    def __post_init__(self) -> None:
        strata, wide = self.totals.shape
        if self.sizes.shape != (strata,) or self.products.shape != (strata, wide, wide) or wide % 2:
            raise ValueError("sizes (h), totals (h, 2q) and products (h, 2q, 2q) do not fit together")

    @property
    def shares(self) -> int:
        """How many shares there are."""
        return int(self.totals.shape[1]) // 2

    def centred(self) -> Floats:
        """Σ (x − x̄)(x − x̄)ᵀ per stratum, (h, 2q, 2q): exactly 0 where nobody differs."""
        sizes = np.maximum(self.sizes, 1.0)[:, None, None]
        return (sizes * self.products - self.totals[:, :, None] * self.totals[:, None, :]) / sizes

    def part(self, strata: slice) -> CoOccurrence:
        """Some of the strata."""
        return CoOccurrence(self.sizes[strata], self.totals[strata], self.products[strata])


@dataclass(frozen=True, slots=True)
class SampleDesign:
    """How the strata of a sample hang together.

    `populations` (h): recipients in each stratum, inf where unknown or endless. `groups` (h): the index of the
    estimate each stratum belongs to (an organisation over its forms of service); None: each stratum is its own.
    `weights` (h): what one respondent counts for; None: population / respondents. In a stratum that is a group of
    its own they do not matter.
    """

    populations: Floats
    groups: Ints | None = None
    weights: Floats | None = None

    def __post_init__(self) -> None:
        if bool(np.any(np.isnan(self.populations))):
            raise ValueError("an unknown population is inf, not NaN")
        if any(own is not None and own.shape != self.populations.shape for own in (self.groups, self.weights)):
            raise ValueError("populations, groups and weights have one entry per stratum")

    def group_of(self) -> Ints:
        """The index of the estimate of each stratum, (h)."""
        return np.arange(len(self.populations)) if self.groups is None else self.groups

    def group_count(self) -> int:
        """How many estimates there are."""
        group_of = self.group_of()
        return int(group_of.max()) + 1 if len(group_of) else 0

    def weigh(self, sizes: Floats) -> Floats:
        """What one respondent of each stratum counts for, (h); strata nobody answered in count nothing."""
        if bool(np.any(sizes > self.populations)):
            raise ValueError("a sample is larger than its population")
        alone = np.bincount(self.group_of(), minlength=self.group_count())[self.group_of()] == 1
        if self.weights is not None:
            return np.where(alone, 1.0, self.weights) * (sizes > 0)
        if bool(np.any(np.isinf(self.populations) & ~alone)):
            raise ValueError("strata of one estimate need weights or finite populations")
        return np.where(alone, 1.0, self.populations / np.maximum(sizes, 1.0)) * (sizes > 0)

    def factors(self, sizes: Floats) -> Floats:
        """(1 − f) n / (n − 1) per stratum, (h): 0 for a census, NaN for one respondent of several."""
        rest = 1 - sizes / np.where(self.populations > 0, self.populations, 1.0)
        several = np.where(sizes > 1, sizes, 2.0)
        factors = rest * several / (several - 1)
        factors = np.where(sizes == 1, np.nan, factors)
        return np.where((sizes == 0) | (rest == 0), 0.0, factors)


@dataclass(frozen=True, slots=True)
class Linearised:
    """Estimates and standard errors of g groups: q shares and k combinations of them.

    `shares`, `share_errors`, `bases` (g, q): r_q in 0…1, its error, its weighted base; NaN where the base is 0.
    `values`, `errors` (g, k): Σ a_q r_q and its standard error in the unit of the coefficients; NaN where a
    coefficient stands on a share without answers, the error also where a stratum has one respondent of several.
    """

    shares: Floats
    share_errors: Floats
    bases: Floats
    values: Floats
    errors: Floats


def count_together(positive: ArrayLike, counted: ArrayLike, strata: ArrayLike, count: int) -> CoOccurrence:
    """Co-occurrence counts of raw answers.

    `positive`, `counted` (n, q): y and n of every respondent, 0/1 (any numbers make ratios of means);
    `strata` (n): the stratum of each, 0…count−1, in any order.
    """
    answers = np.concatenate([_floats(positive), _floats(counted)], axis=1)
    stratum = np.asarray(strata, dtype=np.int64)
    if bool(np.any(np.diff(stratum) < 0)):
        order = np.argsort(stratum, kind="stable")
        answers, stratum = answers[order], stratum[order]
    edges = np.searchsorted(stratum, np.arange(count + 1))
    wide = answers.shape[1]
    totals, products = np.zeros((count, wide)), np.zeros((count, wide, wide))
    for one in range(count):
        rows = answers[edges[one] : edges[one + 1]]
        totals[one] = rows.sum(axis=0)
        products[one] = rows.T @ rows
    return CoOccurrence(np.diff(edges).astype(np.float64), totals, products)


def renormalise(weights: ArrayLike, present: ArrayLike) -> Floats:
    """Weights (…, q) with absent parts dropped and the rest scaled to the same sum; all 0 where nothing is present.

    `present` (…, q) is broadcast. A nested score renormalises level by level and multiplies the results.
    """
    full, kept = np.broadcast_arrays(_floats(weights), np.asarray(present, dtype=bool))
    rest = np.where(kept, full, 0.0)
    left = rest.sum(axis=-1, keepdims=True)
    scale = np.where(left == 0, 0.0, full.sum(axis=-1, keepdims=True) / np.where(left == 0, 1.0, left))
    return rest * np.where(np.all(kept, axis=-1, keepdims=True), 1.0, scale)


def answered(together: CoOccurrence, design: SampleDesign) -> NDArray[np.bool_]:
    """Which shares have a base in which group, (g, q)."""
    return group_totals(together, design)[:, together.shares :] > 0


def group_totals(together: CoOccurrence, design: SampleDesign) -> Floats:
    """Weighted Σ y and Σ n of each group, (g, 2q)."""
    totals = np.zeros((design.group_count(), together.totals.shape[1]))
    np.add.at(totals, design.group_of(), together.totals * design.weigh(together.sizes)[:, None])
    return totals


def linearise(together: CoOccurrence, coefficients: ArrayLike, design: SampleDesign) -> Linearised:
    """Shares, their combinations and the standard errors of both.

    `coefficients` (k, q) or (g, k, q): a_q of every combination, 0 for a share that does not count; see
    `renormalise`. A constant part of a score (checklists) moves no error and is added by the caller.
    """
    totals = group_totals(together, design)
    bases = totals[:, together.shares :]
    shares = ratios(totals)
    weights = np.broadcast_to(_floats(coefficients), (len(shares), *np.shape(coefficients)[-2:]))
    variances = np.zeros_like(shares)
    combined = np.zeros(weights.shape[:2])
    group_of, counts = design.group_of(), design.weigh(together.sizes)
    scales = counts**2 * design.factors(together.sizes)
    for start in range(0, len(group_of), BLOCK):
        block = slice(start, start + BLOCK)
        rows = group_of[block]
        spread = _residual_products(together.part(block), np.nan_to_num(shares[rows]))
        inverse = np.where(bases[rows] > 0, 1 / np.where(bases[rows] > 0, bases[rows], 1.0), 0.0)
        spread *= inverse[:, :, None] * inverse[:, None, :] * scales[block][:, None, None]
        np.add.at(variances, rows, np.einsum("hqq->hq", spread))
        part = weights[rows]
        np.add.at(combined, rows, np.einsum("hkq,hkq->hk", np.matmul(part, spread), part))
    unknown = np.any((weights != 0) & (bases <= 0)[:, None, :], axis=2)
    values = np.where(unknown, np.nan, np.einsum("gkq,gq->gk", weights, np.nan_to_num(shares)))
    errors = np.where(unknown, np.nan, np.sqrt(np.maximum(combined, 0.0)))
    share_errors = np.where(bases > 0, np.sqrt(np.maximum(variances, 0.0)), np.nan)
    return Linearised(shares, share_errors, bases, values, errors)


def ratios(totals: Floats) -> Floats:
    """Σ y / Σ n from totals (…, 2q), (…, q); NaN where the base is 0."""
    half = totals.shape[-1] // 2
    base = totals[..., half:]
    return np.where(base > 0, totals[..., :half] / np.where(base > 0, base, 1.0), np.nan)


def _residual_products(together: CoOccurrence, shares: Floats) -> Floats:
    """Σ (e_q − ē_q)(e_p − ē_p) for e_q = y_q − r_q n_q, (h, q, q); exactly 0 for shares of 0 and of 1."""
    q = together.shares
    centred = together.centred()
    right, below = shares[:, None, :], shares[:, :, None]
    mixed = right * centred[:, :q, q:] + below * centred[:, q:, :q]
    return centred[:, :q, :q] - mixed + below * right * centred[:, q:, q:]


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
