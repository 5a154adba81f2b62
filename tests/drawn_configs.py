"""Configurations of an algorithm drawn by the hundred thousand: whole ones and conformance vectors, with slips.

``strategies_configs`` says what decides over each parameter; hypothesis mixes that too slowly for so many.
"""

import math
import struct
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from knobsmith.model.base import as_json
from knobsmith.model.catalog import Algorithm

from tests.independent.numbers import print_number
from tests.strategies_configs import good_points, near_texts, points_beside, points_of

Json = Any
FORMS = ("native", "wire")
# Letters that turn a text into another one, which may be none of its type.
LETTERS = (
    *("", " ", "0", "-", "+", ".", "e", "E9", "_", ",", "\n", "\t", "\0", "x", "'", '"', "\\", "[", ")", "1" * 70),
    *("é", "３", "٣", "\u00a0", "\u2212", "\ufeff", "\u0301", "\U0001f600", "\ud800"),
)
# How many slips a configuration has.
SLIPS = (0, 0, 0, 0, 1, 1, 1, 1, 2, 3)


class Entry:
    """What a parameter or a fact of the job may be given: what fits, what is beside, anything."""

    def __init__(self, algorithm: Json, entry: Json, form: str) -> None:
        self.anything = points_of(algorithm, entry, form)
        self.good = good_points(entry, self.anything, form)
        self.beside = points_beside(entry, self.anything, form) or self.anything
        self.is_required = bool(entry.get("required"))
        self.aliases = tuple(entry.get("aliases", ()))


class Draws:
    """Configurations of one algorithm in one form; the same ones for the same seed.

    ``vectors`` are conformance vectors of the algorithm to start from, now and then; to derive them takes a while.
    """

    def __init__(self, algorithm: Algorithm, form: str, seed: object = 0, vectors: Sequence[Json] = ()) -> None:
        published = as_json(algorithm)
        self._form = form
        self._random = Random(f"{seed} {algorithm.name} {form}")
        self._entries = {entry["name"]: Entry(published, entry, form) for entry in published["parameters"]}
        self._facts = {entry["name"]: Entry(published, entry, form) for entry in published["context"]}
        given = [vector[form] for vector in vectors if form in vector]
        self._vectors = [
            one for one in given if isinstance(one["config"], dict) and isinstance(one.get("context", {}), dict)
        ]
        self._slips: tuple[Callable[[Json], None], ...] = (
            *[self._replace_by_good, self._replace_by_beside, self._replace_by_anything, self._slip_value] * 2,
            *(self._leave_out, self._replace_by_number, self._slip_name, self._rename, self._give_twice),
        )

    def configs(self, count: int) -> Iterator[tuple[Json, Json]]:
        """Configurations with their contexts."""
        for _ in range(count):
            is_vector = self._vectors and self._random.random() < 0.4
            config, context = self._vector() if is_vector else self._whole()
            for _ in range(self._random.choice(SLIPS)):
                self._random.choice(self._slips)(config)
            if self._random.random() < 0.1:
                self._slip_context(context)
            yield self._shuffled(config), context

    def _whole(self) -> tuple[Json, Json]:
        """Some or all of the parameters, each with a value of its domain."""
        share = self._random.choice((0.1, 0.3, 0.6, 1))
        config = {}
        for name, entry in self._entries.items():
            if self._random.random() < (0.95 if entry.is_required else share):
                config[name] = self._random.choice(entry.good)
        facts = [name for name in self._facts if self._random.random() < 0.5]
        return config, {name: self._random.choice(self._facts[name].good) for name in facts}

    def _vector(self) -> tuple[Json, Json]:
        given = self._random.choice(self._vectors)
        return dict(given["config"]), dict(given.get("context", {}))

    def _shuffled(self, config: Json) -> Json:
        names = list(config)
        self._random.shuffle(names)
        return {name: config[name] for name in names}

    def _name(self) -> str:
        return self._random.choice(list(self._entries))

    def _given(self, config: Json) -> str | None:
        """A name or alias that is given, if any is."""
        return self._random.choice(list(config)) if config else None

    def _replace_by_good(self, config: Json) -> None:
        name = self._name()
        config[name] = self._random.choice(self._entries[name].good)

    def _replace_by_beside(self, config: Json) -> None:
        name = self._name()
        config[name] = self._random.choice(self._entries[name].beside)

    def _replace_by_anything(self, config: Json) -> None:
        name = self._name()
        config[name] = self._random.choice(self._entries[name].anything)

    def _replace_by_number(self, config: Json) -> None:
        number = self._number()
        config[self._name()] = self._spelled(number) if self._form == "wire" else number

    def _leave_out(self, config: Json) -> None:
        config.pop(self._given(config), None)

    def _slip_value(self, config: Json) -> None:
        name = self._given(config)
        if name is not None:
            config[name] = self._slipped(config[name])

    def _slip_name(self, config: Json) -> None:
        name = self._given(config)
        if name is not None:
            value = config.pop(name)
            config[self._random.choice([*near_texts(name), self._slipped_text(name)])] = value

    def _rename(self, config: Json) -> None:
        """Give something by an alias."""
        renamed = [name for name, entry in self._entries.items() if entry.aliases]
        if renamed:
            name = self._random.choice(renamed)
            value = config.pop(name) if name in config else self._random.choice(self._entries[name].good)
            config[self._random.choice(self._entries[name].aliases)] = value

    def _give_twice(self, config: Json) -> None:
        """Give something by several of its names."""
        renamed = [name for name, entry in self._entries.items() if entry.aliases]
        if renamed:
            name = self._random.choice(renamed)
            entry = self._entries[name]
            for one in self._random.sample([name, *entry.aliases], 2):
                config[one] = self._random.choice(entry.good)

    def _slip_context(self, context: Json) -> None:
        name = self._random.choice([*self._facts, "version"])
        if name in self._facts and self._random.random() < 0.8:
            context[name] = self._random.choice(self._facts[name].anything)
        else:
            context[self._slipped_text(name)] = "1"

    def _slipped(self, value: Json) -> Json:
        """A value with a slip in it."""
        if isinstance(value, str):
            return self._slipped_text(value)
        if isinstance(value, list) and value:
            at = self._random.randrange(len(value))
            changed = self._random.choice(([], [self._slipped(value[at])], [value[at], value[at]], [self._number()]))
            return [*value[:at], *changed, *value[at + 1 :]]
        if isinstance(value, float) and math.isfinite(value):
            return self._random.choice((-value, str(value), math.nextafter(value, math.inf), [value]))
        if isinstance(value, int) and abs(value) < 2**60:
            return self._random.choice((-value, str(value), bool(value), value + 1, value + 0.5, [value]))
        return self._random.choice((None, True, "", [], 0))

    def _slipped_text(self, text: str) -> str:
        at = self._random.randint(0, len(text))
        return text[:at] + self._random.choice(LETTERS) + text[at + self._random.randint(0, 1) :]

    def _number(self) -> int | float:
        """A number of any size, or one of those that people write."""
        bits: float = struct.unpack("<d", self._random.randbytes(8))[0]
        return self._random.choice(
            (
                bits if math.isfinite(bits) else 0.1,
                round(self._random.uniform(-10, 10), self._random.randint(0, 17)),
                round(self._random.random(), self._random.randint(1, 9)),
                10.0 ** self._random.randint(-320, 308),
                self._random.randint(-300, 300),
                self._random.randint(-(2**54), 2**54),
            )
        )

    def _spelled(self, number: int | float) -> str:
        return self._random.choice(
            (
                print_number(number),
                repr(number),
                f"{number:.{self._random.randint(0, 20)}e}",
                f"{number:.{self._random.randint(0, 40)}f}",
            )
        )
