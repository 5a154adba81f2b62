"""How conditions are said in each language. Only phrases: names, values and numbers are the same everywhere.

A phrase is a main clause. Where the grammar of a language would turn it round after "if" (German), let a colon come
before it: "verwendet, falls gilt: `optimizer` ist `adam`".
"""

from knobsmith.records import Record


class Phrases(Record):
    """The phrases of one language; a pair says a thing and its contrary.

    Attributes:
        pronoun: Stands for the parameter that is spoken of, as the subject of a clause.
        equal: "a is b", "a is not b".
        above: "a is above b", "a is at most b".
        below: "a is below b", "a is at least b".
        one_of: "a is b, c or d", "a is neither b, c nor d"; ``{b}`` is the row of values.
        contains: A list has an item; a list has none.
        matches: A string matches a pattern; it does not.
        is_set: A parameter has a value; it has none.
        every: What holds for each item of a list.
        some: What holds for one item at least.
        holds: A condition that no other phrase fits, and its contrary.
        fixed: What is always so, and what never is.
        length: The length of a string or list, inside a clause.
        all_of: What stands between conditions that must all hold, and before the last of them.
        any_of: The same between alternatives.
        clause: What sets conditions apart where one of them is compound; without it, brackets do.
        choice: What stands between the values of ``one_of``, and before the last.
        exclusion: The same where it is denied.
        brackets: Around alternatives among conditions.
    """

    pronoun: str
    equal: tuple[str, str]
    above: tuple[str, str]
    below: tuple[str, str]
    one_of: tuple[str, str]
    contains: tuple[str, str]
    matches: tuple[str, str]
    is_set: tuple[str, str]
    every: str
    some: str
    holds: tuple[str, str]
    fixed: tuple[str, str]
    length: str
    all_of: tuple[str, str]
    any_of: tuple[str, str]
    clause: str
    choice: tuple[str, str]
    exclusion: tuple[str, str]
    brackets: tuple[str, str] = ("(", ")")


_ENGLISH = Phrases(
    pronoun="it",
    equal=("{a} is {b}", "{a} is not {b}"),
    above=("{a} is above {b}", "{a} is at most {b}"),
    below=("{a} is below {b}", "{a} is at least {b}"),
    one_of=("{a} is {b}", "{a} is neither {b}"),
    contains=("{a} contains {b}", "{a} does not contain {b}"),
    matches=("{a} matches {b}", "{a} does not match {b}"),
    is_set=("{a} is set", "{a} is not set"),
    every="for every item {v} of {a}, {p}",
    some="for some item {v} of {a}, {p}",
    holds=("{a} holds", "{a} does not hold"),
    fixed=("this is always so", "this is never so"),
    length="the length of {a}",
    all_of=(", ", " and "),
    any_of=(", ", " or "),
    clause=",",
    choice=(", ", " or "),
    exclusion=(", ", " nor "),
)

_FRENCH = Phrases(
    pronoun="il",
    equal=("{a} vaut {b}", "{a} ne vaut pas {b}"),
    above=("{a} dépasse {b}", "{a} vaut au plus {b}"),
    below=("{a} est en dessous de {b}", "{a} vaut au moins {b}"),
    one_of=("{a} vaut {b}", "{a} ne vaut ni {b}"),
    contains=("{a} contient {b}", "{a} ne contient pas {b}"),
    matches=("{a} correspond à {b}", "{a} ne correspond pas à {b}"),
    is_set=("{a} est défini", "{a} n’est pas défini"),
    every="pour chaque élément {v} de {a}, {p}",
    some="pour au moins un élément {v} de {a}, {p}",
    holds=("{a} est vérifié", "{a} n’est pas vérifié"),
    fixed=("c’est toujours le cas", "ce n’est jamais le cas"),
    length="la longueur de {a}",
    all_of=(", ", " et "),
    any_of=(", ", " ou "),
    clause=",",
    choice=(", ", " ou "),
    exclusion=(" ni ", " ni "),
)

_GERMAN = Phrases(
    pronoun="er",
    equal=("{a} ist {b}", "{a} ist nicht {b}"),
    above=("{a} ist größer als {b}", "{a} ist höchstens {b}"),
    below=("{a} ist kleiner als {b}", "{a} ist mindestens {b}"),
    one_of=("{a} ist {b}", "{a} ist weder {b}"),
    contains=("{a} enthält {b}", "{a} enthält {b} nicht"),
    matches=("{a} entspricht dem Muster {b}", "{a} entspricht nicht dem Muster {b}"),
    is_set=("{a} ist gesetzt", "{a} ist nicht gesetzt"),
    every="für jedes Element {v} von {a} gilt: {p}",
    some="für mindestens ein Element {v} von {a} gilt: {p}",
    holds=("{a} gilt", "{a} gilt nicht"),
    fixed=("das ist immer so", "das ist nie so"),
    length="die Länge von {a}",
    all_of=(", ", " und "),
    any_of=(", ", " oder "),
    clause=",",
    choice=(", ", " oder "),
    exclusion=(", ", " noch "),
)

_SPANISH = Phrases(
    pronoun="este",
    equal=("{a} es {b}", "{a} no es {b}"),
    above=("{a} es mayor que {b}", "{a} es menor o igual que {b}"),
    below=("{a} es menor que {b}", "{a} es mayor o igual que {b}"),
    one_of=("{a} es {b}", "{a} no es ni {b}"),
    contains=("{a} contiene {b}", "{a} no contiene {b}"),
    matches=("{a} coincide con {b}", "{a} no coincide con {b}"),
    is_set=("{a} está definido", "{a} no está definido"),
    every="para cada elemento {v} de {a}, {p}",
    some="para al menos un elemento {v} de {a}, {p}",
    holds=("se cumple {a}", "no se cumple {a}"),
    fixed=("siempre es así", "nunca es así"),
    length="la longitud de {a}",
    all_of=(", ", " y "),
    any_of=(", ", " o "),
    clause=",",
    choice=(", ", " o "),
    exclusion=(" ni ", " ni "),
)

_CHINESE = Phrases(
    pronoun="它",
    equal=("{a}为{b}", "{a}不为{b}"),
    above=("{a}大于{b}", "{a}不大于{b}"),
    below=("{a}小于{b}", "{a}不小于{b}"),
    one_of=("{a}为{b}", "{a}不是{b}中的任何一个"),
    contains=("{a}包含{b}", "{a}不包含{b}"),
    matches=("{a}匹配{b}", "{a}不匹配{b}"),
    is_set=("{a}已设置", "{a}未设置"),
    every="{a}的每一项{v}都满足：{p}",
    some="{a}中至少有一项{v}满足：{p}",
    holds=("{a}成立", "{a}不成立"),
    fixed=("始终成立", "始终不成立"),
    length="{a}的长度",
    all_of=("，", "，且"),
    any_of=("，", "，或"),
    clause="",
    choice=("、", "或"),
    exclusion=("、", "、"),
    brackets=("（", "）"),
)

_LANGUAGES = {"en": _ENGLISH, "fr": _FRENCH, "de": _GERMAN, "es": _SPANISH, "zh": _CHINESE}


def phrases_of(locale: str) -> Phrases:
    """The phrases of a locale (``fr``, ``fr-CA``); English where there are none."""
    return _LANGUAGES.get(locale.replace("_", "-").split("-")[0].lower(), _ENGLISH)
