"""The choices of a sample plan as written under `sample:` in assessment.yaml or given as options."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from merilo.assessment.located import Mapping, Reader, Scalar
from merilo.assessment.methodology.edition import Edition, SampleRule, Standing
from merilo.assessment.methodology.formulas.formula import EVERYWHERE
from merilo.assessment.methodology.size_rule import SizeKind, read_at_least, read_size_rule, within
from merilo.assessment.sampling.allocation import Allocation
from merilo.assessment.sampling.plan import PlanChoices

OWN = "own"
SIZE_KEYS = ("share", "margin", "t", "level", "cap", "rounding", "scope")
BUDGET_KEYS = ("allocation", "power", "forms")


def read_choices(reader: Reader, edition: Edition, *, complete: bool = True) -> PlanChoices:
    """The choices; every mistake is noted.

    `rule` names a rule of the edition or a kind of rule; a number written beside it (`share`, `cap` …) replaces the
    edition's, and the rule is then called one's own. Without `complete` a missing rule is not complained of: options
    may still bring it.
    """
    budget = read_at_least(reader, "budget", 1, 0) or None
    if budget is None:
        for key in BUDGET_KEYS:
            if complete and reader.has(key):
                reader.note("SAMPLE-06", reader.place(key), key=key)
    rules = _rules(reader, edition)
    if complete and not rules and budget is None:
        reader.note("SAMPLE-05", reader.node.place, edition=edition.code)
    choices = PlanChoices(
        rules=rules,
        place=reader.node.place,
        least=read_at_least(reader, "minimum", 0, 0),
        budget=budget,
        allocation=reader.one_of("allocation", Allocation, Allocation.PROPORTIONAL),
        power=_power(reader),
        channels=_shares(reader, "channels"),
        forms=_forms(reader, edition),
        reserve=_reserve(reader),
    )
    reader.text("populations", "")
    reader.finish()
    return choices


def _rules(reader: Reader, edition: Edition) -> tuple[SampleRule, ...]:
    asked = reader.text("rule", "")
    kinds = {kind.value for kind in SizeKind}
    codes = [rule.code for rule in edition.sampling]
    if asked and asked not in kinds | set(codes):
        known = ", ".join([*codes, *sorted(kinds)])
        reader.note("SAMPLE-07", reader.place("rule"), rule=asked, known=known)
    standing = tuple(rule for rule in edition.sampling if asked in ("", rule.code))
    own = [key for key in SIZE_KEYS if reader.has(key)]
    if asked in kinds:
        size = read_size_rule(_with_kind(reader, asked))
        return (SampleRule(OWN, "", size, EVERYWHERE, "", Standing.UNVERIFIED),)
    if own and not standing and not asked:
        reader.note("SAMPLE-08", reader.place(own[0]), key=own[0], known=", ".join(sorted(kinds)))
    changed = []
    for rule in standing:
        inner = _with_kind(reader, rule.size.kind.value)
        size = read_size_rule(inner, rule.size)
        # The t of a plain share only serves to tell the error: the rule stays the edition's.
        same = replace(size, t=rule.size.t) if size.kind is SizeKind.SHARE else size
        own_rule = SampleRule(OWN, "", size, rule.applies, "", Standing.UNVERIFIED)
        changed.append(replace(rule, size=size) if same == rule.size else own_rule)
    reader.taken |= set(SIZE_KEYS)
    return tuple(changed)


def _with_kind(reader: Reader, kind: str) -> Reader:
    """The same reader over the same keys with a kind among them."""
    entries = {**reader.node.entries, "kind": Scalar(kind, reader.node.place)}
    return Reader(Mapping(entries, reader.node.place), reader.problems, reader.taken)


def _power(reader: Reader) -> Fraction:
    power = reader.number("power", Fraction(1, 2))
    if 0 <= power <= 1:
        return power
    reader.note("SAMPLE-01", reader.place("power"), key="power", value=power)
    return Fraction(1, 2)


def _reserve(reader: Reader) -> Fraction:
    return within(reader, "reserve", reader.number("reserve", Fraction(0)), Fraction(0))


def _shares(reader: Reader, key: str) -> tuple[tuple[str, Fraction], ...]:
    """Names with positive numbers: their shares are in proportion to them."""
    inner = reader.reader(key)
    if inner is None:
        return ()
    parts = {name: inner.number(name) for name in inner.node.entries}
    for name, part in parts.items():
        if part <= 0:
            inner.note("SAMPLE-09", inner.place(name), key=key, name=name, value=part)
    total = sum(parts.values(), Fraction(0))
    return tuple((name, part / total) for name, part in parts.items()) if all(p > 0 for p in parts.values()) else ()


def _forms(reader: Reader, edition: Edition) -> tuple[tuple[str, Fraction], ...]:
    splitting = edition.splitting
    known = {name: value.code for value in (splitting.values if splitting else ()) for name in (value.name, value.code)}
    shares = _shares(reader, "forms")
    for name, _ in shares:
        if name not in known:
            listed = ", ".join(dict.fromkeys(known.values())) or "–"
            reader.note("SAMPLE-15", reader.place("forms"), form=name, known=listed)
    return tuple((known[name], share) for name, share in shares if name in known)
