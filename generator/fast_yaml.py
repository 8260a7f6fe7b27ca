"""YAML's own parser in C, put in front of its composer in Python: texts come in; nodes or plain data go out.

libyaml takes a seventh of the time of the parser in Python. Its own composer is in C, too, and falls over
deep nesting without a word; the one in Python raises `RecursionError`.
"""

from __future__ import annotations

from typing import Any

import yaml
from yaml.composer import Composer
from yaml.constructor import BaseConstructor, SafeConstructor
from yaml.resolver import BaseResolver, Resolver

HAS_LIBYAML: bool = yaml.__with_libyaml__
"""Whether PyYAML was built with libyaml; the parser in Python does the same, more slowly."""

_Parser: Any = vars(yaml)["cyaml"].CParser if HAS_LIBYAML else object


class EventComposer(Composer, _Parser):  # type: ignore[misc]  # a class in C
    """Composes nodes of the events of libyaml."""

    def __init__(self, text: str) -> None:
        _Parser.__init__(self, text)
        Composer.__init__(self)


class _SafeLoader(EventComposer, SafeConstructor, Resolver):
    def __init__(self, text: str) -> None:
        EventComposer.__init__(self, text)
        SafeConstructor.__init__(self)
        Resolver.__init__(self)


class _TextLoader(EventComposer, BaseConstructor, BaseResolver):
    def __init__(self, text: str) -> None:
        EventComposer.__init__(self, text)
        BaseConstructor.__init__(self)
        BaseResolver.__init__(self)


def load_data(text: str) -> Any:
    """Return what *text* holds: texts, numbers, days, yes and no, lists and mappings.

    It is for files that come with the program; facts have a strict reader of their own (`readers/yaml.py`).
    Raises `yaml.YAMLError` in the words of the parser in Python: what libyaml refuses is read again by it.
    """
    return _load(text, _SafeLoader, yaml.SafeLoader)


def load_texts(text: str) -> Any:
    """Return what *text* holds, every value a text; raises as `load_data` does."""
    return _load(text, _TextLoader, yaml.BaseLoader)


def _load(text: str, fast: Any, plain: Any) -> Any:
    if HAS_LIBYAML:
        try:
            return yaml.load(text, fast)  # noqa: S506 - both loaders make plain data only
        except yaml.YAMLError:
            pass
    return yaml.load(text, plain)  # noqa: S506 - as above
