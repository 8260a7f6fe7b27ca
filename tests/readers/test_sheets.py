"""The table of sheets: it knows every field of the model, and nothing else."""

from __future__ import annotations

from typing import Literal, get_args, get_origin

import pytest
from pydantic import BaseModel

from generator.model.conference import Conference
from generator.model.people import Position
from generator.readers.sheets import (
    FACTS,
    GENERAL,
    IGNORED_HEADINGS,
    LISTS,
    OFFICES,
    SECTIONS,
    SHEETS,
    Form,
)
from generator.readers.tables import fold


def record_in(annotation):
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, (record_in(inner) for inner in get_args(annotation))), None)


def is_list(annotation):
    return get_origin(annotation) is list or any(get_origin(inner) is list for inner in get_args(annotation))


def iter_leaves(model, path=""):
    """Yield every field of *model* that is no record: its path with [] for lists of records, and its info."""
    for name, info in model.model_fields.items():
        here = f"{path}{name}"
        record = record_in(info.annotation)
        if record is None or record is Position:
            yield here, info
        else:
            yield from iter_leaves(record, f"{here}[]." if is_list(info.annotation) else f"{here}.")


def iter_table():
    """Yield every field of the table with its path in the notation of `iter_leaves`."""
    for field in FACTS:
        yield field.path, field
    for sheet in SHEETS:
        for target in OFFICES if sheet.selector else (sheet.target,):
            for field in sheet.fields:
                inside = field.path
                if sheet.inner:
                    inside = inside.replace(f"{sheet.inner}.", f"{sheet.inner}[].", 1)
                yield f"{target}.{inside}", field


MODEL = dict(iter_leaves(Conference))
TABLE = dict(iter_table())


def test_every_field_of_the_model_has_its_column_or_line_and_no_other_field_has():
    assert sorted(TABLE) == sorted(MODEL)


def test_no_field_has_two_columns():
    assert len(list(iter_table())) == len(TABLE)


BOTH = sorted(MODEL.keys() & TABLE.keys())


def literals(annotation):
    if get_origin(annotation) is Literal:
        return set(get_args(annotation))
    return set().union(*(literals(inner) for inner in get_args(annotation)))


def test_a_field_is_required_where_the_model_requires_it():
    assert [path for path in BOTH if TABLE[path].required != MODEL[path].is_required()] == []


def test_a_choice_has_words_for_exactly_the_codes_of_the_model():
    assert [path for path in BOTH if set(TABLE[path].words) != literals(MODEL[path].annotation)] == []
    assert [path for path in BOTH if (TABLE[path].form is Form.CHOICE) != bool(TABLE[path].words)] == []


def fits(form, annotation):
    kind = str(annotation)
    return (
        is_list(annotation) == (form in LISTS)
        and (bool in get_types(annotation)) == (form is Form.ANSWER)
        and (int in get_types(annotation)) == (form is Form.COUNT)
        and ("PartialDate" in kind) == (form is Form.DAY)
        and ("TimeOfDay" in kind) == (form is Form.CLOCK)
    )


def get_types(annotation):
    return {annotation}.union(*(get_types(inner) for inner in get_args(annotation)))


def test_a_form_fits_the_type_of_the_model():
    assert [path for path in BOTH if not fits(TABLE[path].form, MODEL[path].annotation)] == []


@pytest.mark.parametrize("sheet", [GENERAL, *SHEETS], ids=lambda sheet: sheet.slug)
def test_headings_of_a_sheet_are_told_apart(sheet):
    names = [fold(name) for field in sheet.columns for name in field.names]
    assert len(names) == len(set(names))
    assert {fold(heading) for heading in IGNORED_HEADINGS}.isdisjoint(names)


def test_labels_of_the_general_sheet_are_told_apart():
    names = [fold(name) for field in FACTS for name in field.names]
    assert len(names) == len(set(names))


def test_names_of_sheets_are_told_apart_and_fit_a_workbook():
    names = [fold(name) for sheet in (GENERAL, *SHEETS) for name in sheet.names]
    assert len(names) == len(set(names))
    assert all(len(sheet.name) <= 31 and sheet.slug.isascii() for sheet in (GENERAL, *SHEETS))


def all_words():
    fields = [*FACTS, *(field for sheet in SHEETS for field in sheet.columns)]
    return {id(field.words): field.words for field in fields if field.words}.values()


@pytest.mark.parametrize("words", all_words(), ids=lambda words: next(iter(words)))
def test_words_of_a_choice_are_told_apart_and_fit_a_drop_down(words):
    spoken = [fold(word) for code, several in words.items() for word in {code, *several}]
    assert len(spoken) == len(set(spoken))
    shown = ",".join(several[0] for several in words.values())
    assert len(shown) <= 255
    assert not any("," in several[0] for several in words.values())


def test_titles_of_groups_are_of_groups():
    groups = {path[: path.rindex(".")] for path in MODEL if "." in path and "[]" not in path}
    groups |= {group.partition(".")[0] for group in groups} | {"nomination_letters"}
    groups |= {target.removesuffix("[]") for target in OFFICES}
    unknown = {
        path for path in SECTIONS if path not in groups and not any(g.startswith(f"{path}.") for g in groups)
    }
    assert not unknown
