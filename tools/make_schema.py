"""Writes the JSON Schema by which editors check and explain the YAML files of an edition."""

from __future__ import annotations

import json
from pathlib import Path

from merilo.assessment.methodology.edition import (
    Comparison,
    CriterionValue,
    OverallValue,
    SchemeKind,
    Standing,
    StateEffect,
)
from merilo.assessment.methodology.policies import (
    Bases,
    Denominator,
    EmptyGroup,
    EmptyPart,
    FormsOfService,
    NoData,
    RankOn,
    Ties,
)
from merilo.assessment.methodology.quantity import QuantityKind, Source
from merilo.assessment.rounding import RoundingMode, RoundingStage
from tools.schema_formulas import formula_schemas
from tools.schema_instrument import example_list, questionnaire
from tools.schema_parts import (
    ALSO,
    CLAUSE,
    CODE,
    NAME,
    Schema,
    by_name,
    day,
    flag,
    listing,
    number,
    one_of,
    per_code,
    ref,
    strict,
    text,
    texts,
    when,
    whole,
)
from tools.schema_sample import sample_rule

SCHEMA = Path(__file__).resolve().parent.parent / "src" / "merilo" / "data" / "schema" / "edition.schema.json"

STATUS = one_of(
    Standing,
    "Насколько проверено по источнику.",
    {
        "verified": "найдено в открытой копии акта",
        "practice": "подтверждено работой операторов",
        "document": "сказано в документе, по которому составлена редакция",
        "inferred": "следует из чисел, прямо нигде не сказано",
        "unverified": "по памяти или составлено нами, нужно проверить",
    },
)
COMPARISON = one_of(
    Comparison,
    "Как значение сравнивается с границей.",
    {
        "at_least": "не меньше",
        "at_most": "не больше",
        "below": "меньше",
        "above": "больше",
        "equals": "равно",
    },
)


def make_schema() -> Schema:
    """The whole schema: files of the edition itself, and files of worked examples in `examples`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Файл редакции методики Merilo",
        "description": "Любой YAML-файл папки редакции: ключи верхнего уровня собираются из всех файлов папки. "
        "Файл с ключом examples – контрольные примеры.",
        "type": "object",
        "if": {"required": ["examples"]},
        "then": ref("examples_file"),
        "else": ref("edition_file"),
        "$defs": _definitions(),
    }


def _definitions() -> dict[str, Schema]:
    return {
        "edition_file": strict("Файл редакции.", (), {**_front(), **_parts()}),
        "examples_file": strict("Контрольные примеры.", ("examples",), {"examples": example_list()}),
        "policies": _policies(),
        "weight": _weight(),
        "applicability": by_name(texts("Значения категории."), "Код категории → ее значения."),
        "indicator": _indicator(),
        **formula_schemas(),
    }


def _front() -> dict[str, Schema]:
    basis = {"act": text("Акт или документ."), "clause": CLAUSE, "status": STATUS}
    scale = {
        "min": number("Наименьшее значение; сейчас только 0."),
        "max": number("Наибольшее значение."),
        "unit": texts("Формы слова: [балл, балла, баллов]."),
    }
    return {
        "id": text("Код редакции: имя ее папки."),
        "version": text("Номер версии этого описания."),
        "title": text("Полное название по-русски."),
        "title_en": text("Полное название по-английски."),
        "legal_basis": listing(strict("Основание.", ("act", "status"), basis), "На чем основана редакция."),
        "valid_from": day("С какого дня действует."),
        "valid_to": day("По какой день действует."),
        "status": STATUS,
        "notes": texts("Оговорки: что не проверено, что додумано, в чем источник неясен."),
        "scale": strict("Шкала итоговых значений.", ("min", "max"), scale),
    }


def _parts() -> dict[str, Schema]:
    meanings = {
        "weighted_mean": "взвешенное среднее критериев",
        "share_of_attainable": "доля набранных баллов от достижимых, в процентах",
        "none": "итогового показателя нет",
    }
    breakdown = {"column": text("Код вопроса или столбец анкет."), "name": NAME}
    return {
        "categories": listing(_category(), "Признаки организаций, от которых зависят правила."),
        "states": listing(_state(), "Слова, которые могут стоять на месте числа."),
        "policies": ref("policies"),
        "quantities": listing(_quantity(), "Величины: что сосчитано или измерено."),
        "criteria": listing(_criterion(), "Критерии с показателями."),
        "overall": one_of(OverallValue, "Как критерии складываются в итог.", meanings),
        "weights": listing(_scheme(), "Схемы весов критериев; первая действует без указания."),
        "ranking_within": texts("Категории, внутри которых даются места."),
        "norms": listing(_norm(), "Значения, которых требует акт."),
        "grades": listing(_grade(), "Слова для значений."),
        "findings": listing(_finding(), "Правила недостатков."),
        "breakdowns": listing(
            strict("Разрез.", ("column", "name"), breakdown), "Столбцы, по которым доли видны порознь."
        ),
        "sampling": listing(sample_rule(STATUS), "Правила объема выборки: первое подходящее действует."),
        "questionnaire": questionnaire(),
    }


def _category() -> Schema:
    value = strict("Значение категории.", ("code", "name"), {"code": CODE, "name": NAME, "also": ALSO})
    properties = {
        "code": CODE,
        "name": NAME,
        "required": flag("Обязательна ли для каждой организации."),
        "scored_apart": flag("Оценивается ли каждое значение отдельно (форма обслуживания)."),
        "values": listing(value, "Значения."),
    }
    return strict("Категория организаций.", ("code", "name"), properties)


def _state() -> Schema:
    meanings = {"not_applicable": "неприменимо, достижимое меньше", "no_data": "нет данных"}
    effect = one_of(StateEffect, "Что следует для показателей.", meanings)
    return strict(
        "Состояние.", ("code", "name", "effect"), {"code": CODE, "name": NAME, "effect": effect, "also": ALSO}
    )


def _policies() -> Schema:
    empty = {
        "renormalise": "исключить и пересчитать веса",
        "zero": "0",
        "full": "наибольшее значение",
        "drop_criterion": "исключить весь критерий",
    }
    denominators = {
        "answered": "ответившие на вопрос",
        "all_forms": "все анкеты",
        "filter_yes": "все, кого пропустил вопрос-фильтр",
    }
    missing = {"not_scored": "не вычислять", "renormalise": "исключить и пересчитать веса", "zero": "0"}
    parts = {"other_parts": "считать по остальным частям", "zero": "0"}
    ties = {"ordinal": "5, 6, 7", "competition": "5, 5, 7", "dense": "5, 5, 6"}
    printed = {"printed": "по напечатанным знакам", "unrounded": "по неокругленным значениям"}
    properties = {
        "empty_group": per_code(EmptyGroup, "Показатель, для которого никого не было.", empty),
        "empty_part": per_code(EmptyPart, "Часть среднего, для которой никого не было.", parts),
        "denominator": per_code(Denominator, "Кто входит в базу доли из анкет.", denominators),
        "bases": one_of(Bases, "Базы среднего долей.", {"separate": "у каждой своя", "common": "одна общая"}),
        "no_data": per_code(NoData, "Критерий без данных по показателю.", missing),
        "forms": one_of(FormsOfService, "Формы обслуживания.", {"mean": "среднее по формам", "separate": "порознь"}),
        "ties": one_of(Ties, "Места равных значений.", ties),
        "rank_on": one_of(RankOn, "По чему даются места.", printed),
        "rounding": _rounding(),
    }
    return strict("Правила там, где акт молчит или практика расходится.", (), properties)


def _rounding() -> Schema:
    stages = {
        "none": "до печати не округляется",
        "indicator": "показатели",
        "criterion": "критерии",
        "all": "каждый шаг",
    }
    modes = {"half_up": "половина вверх", "half_even": "половина к четному", "truncate": "отбросить знаки"}
    properties = {
        "stage": one_of(RoundingStage, "Что округляется перед дальнейшим счетом.", stages),
        "digits": whole("До скольких знаков."),
        "mode": one_of(RoundingMode, "Что делать с лишними знаками.", modes),
        "printed": whole("Сколько знаков печатать."),
    }
    return strict("Округление.", (), properties)


def _quantity() -> Schema:
    kinds = {
        "share": "столько-то из базы",
        "count": "столько-то, без базы",
        "measure": "сумма измерений по случаям базы",
        "rating": "сумма оценок по ответам базы",
        "choice": "значение одного варианта",
        "checklist": "найдено из применимых пунктов",
        "norm": "число, с которым сравнивают правила",
        "rate": "столько-то одного на базу другого",
    }
    sources = {
        "survey": "опрос",
        "desk_review": "проверка сайта и документов",
        "site_visit": "выезд",
        "mystery_contact": "контрольное обращение",
        "manager": "сведения руководителя",
        "register": "учет",
    }
    item = {"code": CODE, "name": NAME, "shortcoming": text("Как в отчете пишется отсутствие.")}
    option = {"value": number("Баллы за вариант."), "name": NAME, "also": ALSO}
    properties = {
        "code": CODE,
        "name": NAME,
        "kind": one_of(QuantityKind, "Что значат числитель и база; без ключа share.", kinds),
        "source": one_of(Source, "Откуда берется.", sources),
        "symbol": text("Обозначение в формулах акта."),
        "question": text("Код вопроса анкеты или журнала, ответы на который дают числа."),
        "counted": texts("Коды вариантов ответа, которые идут в числитель."),
        "items": listing(strict("Пункт перечня.", ("code", "name"), item), "Пункты перечня."),
        "options": listing(strict("Вариант.", ("value", "name"), option), "Варианты."),
        "states": texts("Коды состояний, которые могут стоять на месте числа."),
        "maximum": number("Наибольшее возможное значение."),
        "per_recipient": flag("База – число получателей услуг из реестра (столбец recipients)."),
    }
    return strict("Величина.", ("code", "name", "source"), properties)


def _criterion() -> Schema:
    meanings = {"weighted_mean": "взвешенное среднее показателей", "sum": "сумма баллов"}
    properties = {
        "code": CODE,
        "label": text("Номер, как он напечатан в акте."),
        "name": NAME,
        "short_name": text("Короткое название для таблиц."),
        "value": one_of(CriterionValue, "Как показатели складываются в критерий.", meanings),
        "indicators": listing(ref("indicator"), "Показатели."),
    }
    return strict("Критерий.", ("code", "name", "indicators"), properties)


def _indicator() -> Schema:
    properties = {
        "code": CODE,
        "label": text("Номер, как он напечатан в акте."),
        "name": NAME,
        "short_name": text("Короткое название для таблиц."),
        "clause": CLAUSE,
        "status": STATUS,
        "weight": ref("weight"),
        "formula": ref("formula"),
        "applies_to": ref("applicability", "Только для этих значений категорий."),
        "not_for": ref("applicability", "Не для этих значений категорий."),
    }
    return strict("Показатель.", ("code", "name", "clause", "status", "formula"), properties)


def _weight() -> Schema:
    single = number("Вес.")
    by_category = {
        "type": "object",
        "description": "Вес по значению категории: {by: sector, social: 0.3}.",
        "required": ["by"],
        "properties": {"by": text("Код категории.")},
        "additionalProperties": single,
    }
    return {
        "description": "Вес: число или {by: категория, значение: число}. 0 – показывать, но не учитывать.",
        "anyOf": [*single["anyOf"], by_category],
    }


def _scheme() -> Schema:
    meanings = {"fixed": "заданы здесь", "equal": "равные", "importance": "по оценкам важности из опроса"}
    properties = {
        "code": CODE,
        "name": NAME,
        "kind": one_of(SchemeKind, "Откуда берутся веса критериев.", meanings),
        "status": STATUS,
        "clause": CLAUSE,
        "criteria": by_name(ref("weight"), "Код критерия → вес; в сумме 1."),
        "quantities": by_name(text("Код величины."), "Код критерия → величина с оценками важности."),
    }
    needs = [when("kind", [key], {"required": [needed]}) for key, needed in SCHEME_NEEDS.items()]
    return strict("Схема весов.", ("code", "name", "kind", "status"), properties) | {"allOf": needs}


SCHEME_NEEDS = {SchemeKind.FIXED.value: "criteria", SchemeKind.IMPORTANCE.value: "quantities"}


def _norm() -> Schema:
    properties = {
        "code": CODE,
        "name": NAME,
        "subject": text("Код показателя, подпоказателя, критерия или overall."),
        "comparison": COMPARISON,
        "value": number("Граница."),
        "unit": text("Единица границы."),
        "clause": CLAUSE,
        "status": STATUS,
    }
    return strict("Норма.", [key for key in properties if key != "unit"], properties)


def _grade() -> Schema:
    properties = {"name": NAME, "from": number("Наименьшее значение с этим словом.")}
    return strict("Слово для значений.", ("name", "from"), properties)


BOUND = (
    "Граница в единицах того, что сравнивают: доля (share) и перечень (checklist) – в процентах (90), measure, rating "
    "и rate – сумма на базу, величина без базы – как есть; показатель, подпоказатель и критерий – как дает формула "
    "(ratio со scale: 1 – от 0 до 1: 0.9)."
)


def _finding() -> Schema:
    properties = {
        "code": CODE,
        "text": text("Как недостаток пишется в отчете."),
        "subject": text("Код величины, показателя, подпоказателя, критерия или overall."),
        "comparison": COMPARISON,
        "value": number(BOUND),
        "recommendation": text("Предложение."),
    }
    return strict("Правило недостатка.", [key for key in properties if key != "recommendation"], properties)


def schema_text() -> str:
    """The file as it is shipped."""
    return json.dumps(make_schema(), ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Write the file."""
    SCHEMA.write_text(schema_text(), encoding="utf-8")


if __name__ == "__main__":
    main()
