"""The target `typescript`: an npm package of types and validators without a dependency."""

from knobsmith.targets.typescript.target import TypeScriptTarget

TARGET = TypeScriptTarget()

__all__ = ["TARGET", "TypeScriptTarget"]
