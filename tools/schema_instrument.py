"""The parts of the JSON Schema for the questionnaire and the worked examples of an edition."""

from __future__ import annotations

from merilo.assessment.instrument.questionnaire import QuestionKind
from tools.schema_parts import (
    ALSO,
    CODE,
    NAME,
    Schema,
    by_name,
    flag,
    listing,
    number,
    numbers,
    one_of,
    ref,
    strict,
    text,
    texts,
    when,
    whole,
)


def questionnaire() -> Schema:
    """The section `questionnaire`."""
    option = {
        "code": CODE,
        "value": whole("Целое число, которое хранится вместо ответа; в шкале не повторяется."),
        "text": text("Текст варианта."),
        "also": ALSO,
        "missing": flag("Не ответ («затрудняюсь ответить»): читается как пустая ячейка, в базу не входит."),
    }
    options = listing(strict("Вариант ответа.", ("code", "value", "text"), option), "Варианты ответа.")
    scale = strict("Шкала ответов.", ("options",), {"options": options})
    properties = {
        "title": text("Название анкеты."),
        "answer_scales": by_name(scale, "Код шкалы → варианты ответа."),
        "questions": listing(_question(), "Вопросы в том порядке, в каком они задаются."),
    }
    return strict("Анкета.", (), properties)


def _question() -> Schema:
    kinds = {"one": "один вариант", "several": "сколько угодно вариантов", "number": "число", "text": "свободный текст"}
    condition = {"question": text("Код более раннего вопроса."), "answers": texts("Коды его вариантов.")}
    properties = {
        "code": CODE,
        "number": text("Номер вопроса."),
        "text": text("Текст вопроса."),
        "kind": one_of(QuestionKind, "Как отвечают; без ключа one.", kinds),
        "answers": text("Код шкалы ответов."),
        "asked_if": strict("Кому задается.", ("question", "answers"), condition),
        "bands": numbers("С каких чисел начинаются группы при разработке таблиц: 18, 30, 45; только для number."),
        "personal": flag("Могут ли в ответе быть личные сведения: перед публикацией проверяется."),
    }
    free = when("kind", ["number", "text"], {"properties": {"answers": False}}) | {"else": {"required": ["answers"]}}
    return strict("Вопрос.", ("code", "text"), properties) | {"allOf": [free]}


def example_list() -> Schema:
    """The section `examples` of a file of worked examples."""
    given = {
        "count": number("Числитель, сумма или значение."),
        "base": number("База."),
        "given": number("Готовое значение показателя или подпоказателя."),
        "state": text("Код состояния вместо числа."),
    }
    observation = {**number("Величина без базы."), "description": "Число или {count, base}, {given}, {state}."}
    observation["anyOf"] = [*observation["anyOf"], strict("Наблюдение.", (), given)]
    properties = {
        "name": NAME,
        "source": text("Откуда пример."),
        "organisation": by_name(text("Значение."), "Код категории → значение."),
        "policies": ref("policies"),
        "weights": text("Код схемы весов."),
        "observations": by_name(observation, "Код величины или показателя → что наблюдалось."),
        "expect": by_name(text("Значение с нужным числом знаков, дробь или слово."), "Код → что должно получиться."),
    }
    return listing(strict("Пример.", ("name", "observations", "expect"), properties), "Примеры, которые проверяет код.")
