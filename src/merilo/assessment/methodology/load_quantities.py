"""Reading the quantities of an edition."""

from __future__ import annotations

from merilo.assessment.located import Reader
from merilo.assessment.methodology.quantity import CheckItem, Option, Quantity, QuantityKind, Source, says_nothing


def read_quantities(reader: Reader) -> tuple[Quantity, ...]:
    """The list under `quantities`; a code written twice is noted."""
    found: dict[str, Quantity] = {}
    for inner in reader.readers("quantities"):
        quantity = _quantity(inner)
        if quantity.code in found:
            inner.note("EDITION-06", inner.place("code"), code=quantity.code)
        found[quantity.code] = quantity
    return tuple(found.values())


def _quantity(reader: Reader) -> Quantity:
    quantity = Quantity(
        code=reader.text("code"),
        name=reader.text("name"),
        kind=reader.one_of("kind", QuantityKind, QuantityKind.SHARE),
        source=reader.one_of("source", Source),
        symbol=reader.text("symbol", ""),
        question=reader.text("question", ""),
        counted=reader.texts("counted"),
        items=tuple(_check_item(inner) for inner in reader.readers("items")),
        options=tuple(_option(inner) for inner in reader.readers("options")),
        states=reader.texts("states"),
        maximum=reader.number("maximum") if reader.has("maximum") else None,
        per_recipient=reader.flag("per_recipient"),
    )
    reader.finish()
    return quantity


def _check_item(reader: Reader) -> CheckItem:
    item = CheckItem(reader.text("code"), reader.text("name"), reader.text("shortcoming", ""))
    reader.finish()
    return item


def _option(reader: Reader) -> Option:
    option = Option(reader.number("value"), reader.text("name"), reader.texts("also"))
    for spelling in (option.name, *option.also):
        if says_nothing(spelling):
            reader.note("EDITION-29", reader.node.place, spelling=spelling, option=option.name)
    reader.finish()
    return option
