"""The colours of charts: each series plain and highlighted; told apart by lightness too, for grey printing."""

from __future__ import annotations

GRID = "D9D9D9"
AXIS = "595959"
REFERENCE = "B00020"
INK, PAPER = "000000", "FFFFFF"
# Plain colours keep a contrast of 3:1 to white paper; the first one of 4.5:1, for white values on its bars.
_SERIES = (("4A74A5", "14375E"), ("C77B30", "6E3A06"), ("7F7F7F", "333333"), ("4E9A6B", "1B4D30"), ("9A6FB0", "4A235A"))


def series_colour(number: int, *, highlighted: bool = False) -> str:
    """The colour of a series, by its number from 0, as six hexadecimal digits."""
    return _SERIES[number % len(_SERIES)][highlighted]


def bar_colours(number: int, *, highlighted: bool, under_whisker: bool) -> tuple[str, str]:
    """The fill of a bar and its outline, empty for none.

    A black whisker is lost on a dark bar: where there are whiskers, a black outline makes a bar stand out.
    """
    if highlighted and under_whisker:
        return series_colour(number), INK
    return series_colour(number, highlighted=highlighted), ""
