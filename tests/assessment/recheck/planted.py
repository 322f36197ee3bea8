"""One printed cell of a faultless report changed by more than any rounding explains, and where it then stands."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction as F
from random import Random

from tests.assessment.recheck.made_report import MadeReport

FIRST_ROW = 2  # after the header
TENTH = F(1, 10)


@dataclass(frozen=True)
class Planted:
    """The file, row and column of the changed cell, and whether it must be the very cell a finding points at:
    a part of a whole cannot be told from its fellows, so it is only among the cells a finding names."""

    file: str
    row: int
    column: str
    blamed: bool


def plant(report: MadeReport, random: Random) -> Planted:
    """Change one cell of the report."""
    kinds = ["claim"]
    kinds += ["place"] if "place" in report.columns else []
    kinds += ["overall"] if "overall" in report.columns else []
    kinds += ["sample"] if "sample" in report.settings else []
    kinds += ["criterion"]
    kinds += ["indicator"] if report.items and report.settings["methodology"] == "ru-344n-2018" else []
    kind = random.choice(kinds)
    if kind == "claim":
        return _claim(report, random)
    index = random.randrange(len(report.units))
    unit = report.units[index]
    if kind in ("criterion", "indicator"):
        codes = _criteria(report) if kind == "criterion" else report.items
        column = random.choice([code for code in codes if report.texts[unit, code] != "–"])
    else:
        column = kind
    text = report.texts[unit, column]
    if kind == "place":
        report.texts[unit, column] = str(int(text) + len(report.units) + 1)
    elif kind == "sample":
        report.texts[unit, column] = str(max(0, int(text) - 3))
    elif text == "–":
        return plant(report, random)
    else:
        report.texts[unit, column] = _shifted(text, report.high, TENTH * 3)
    is_part_only = kind == "indicator" or (kind == "criterion" and not report.items)
    return Planted("scores.csv", index + FIRST_ROW, column, not is_part_only)


def _criteria(report: MadeReport) -> list[str]:
    return [code for code in ("openness", "comfort", "courtesy", "satisfaction", "quality") if code in report.columns]


def _shifted(text: str, high: F, share: F) -> str:
    """The number moved by a share of the scale, kept on the scale and with as many decimals."""
    comma = "," in text
    number = F(text.replace(",", "."))
    decimals = len(text.replace(",", ".").partition(".")[2])
    moved = number - high * share if number >= high * share else number + high * share
    scaled = moved * 10**decimals
    shown = f"{scaled.numerator // scaled.denominator:0{decimals + 1}d}"
    point = "," if comma else "."
    return f"{shown[:-decimals]}{point}{shown[-decimals:]}" if decimals else shown


def _claim(report: MadeReport, random: Random) -> Planted:
    wanted = ("mean", "minimum", "maximum", "share", "value", "change", "count_above_mean")
    index, claim = random.choice([(i, one) for i, one in enumerate(report.claims) if one["statistic"] in wanted])
    value = claim["value"]
    if claim["statistic"] == "count_above_mean":
        claim["base"] = str(int(claim["base"]) + 1)
    elif claim["statistic"] == "change":
        claim["value"] = value + "9" if "," not in value and "." not in value else f"9{value.lstrip('+-')}"
    else:
        sign = " %" if value.endswith("%") else ""
        claim["value"] = _shifted(value.removesuffix(" %"), report.high if not sign else F(100), TENTH * 3) + sign
    return Planted("claims.csv", index + FIRST_ROW, "value", True)
