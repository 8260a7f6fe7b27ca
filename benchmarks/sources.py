"""The facts of 2016 come in; what each engine reads of each variant of them, in each kind, is laid ready."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pypdfium2
import yaml

from benchmarks import facts, ours, plain, word_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from benchmarks.engines import Task


def name_of(number: int) -> str:
    """Return the name of the conference *number*; that of number 0 is as it was in 2016."""
    return f"v{number:03d}"


def lay_ready(folder: Path, kinds: Iterable[str], count: int) -> None:
    """Write the facts of *count* conferences, and what the peers read of each in each of *kinds*."""
    base = (ours.SAMPLE / facts.FACTS_FILE).read_text(encoding="utf-8")
    written = {name_of(number): facts.vary(base, number) for number in range(count)}
    for name, text in written.items():
        facts.put_facts(folder / "inputs", name, text)
    contexts = {name: word_template.make_context(yaml.safe_load(text)) for name, text in written.items()}
    for kind in kinds:
        (folder / kind).mkdir(exist_ok=True)
        for name, context in contexts.items():
            papers = ours.compose_papers(folder / "inputs", name, kind)
            _write_sources(folder / kind, name, papers, context)
            if name == name_of(0):
                template = word_template.make_template(ours.write_word(papers), context)
                (folder / kind / "template.docx").write_bytes(template)


def _write_sources(folder: Path, name: str, papers: ours.Papers, context: dict[str, Any]) -> None:
    data = plain.plain_data(papers)
    texts = {
        "html": ours.write_page(papers),
        "plain.html": plain.plain_html(data),
        "data.json": json.dumps(data, ensure_ascii=False),
        "context.json": json.dumps(context, ensure_ascii=False),
    }
    for ending, text in texts.items():
        (folder / f"{name}.{ending}").write_text(text, encoding="utf-8")
    (folder / f"{name}.docx").write_bytes(ours.write_word(papers))


# --- do they say the same? ----------------------------------------------------------------------------


def difference(task: Task, name: str) -> str:
    """Tell where what an engine made of *name* says something else than our Word file; empty where nowhere.

    The words of a Word file are held against ours one by one. Those of a PDF are counted: in which order
    the columns of a page are read is not told in it. Dotted lines, which each engine makes as long as it
    likes, and the figures of page numbers and table heads that come again are left out.
    """
    expected = ours.words_of_word(task.source(name, "docx").read_bytes())
    word, pdf = task.out / f"{name}.docx", task.out / f"{name}.pdf"
    if not (word.is_file() or pdf.is_file()):
        return "no file was made"
    if word.is_file() and (found := ours.words_of_word(word.read_bytes())) != expected:
        return f"DOCX: {_first_difference(expected, found)}"
    if pdf.is_file():
        lacking = Counter(_countable(expected)) - Counter(_countable(_words_of_pdf(pdf)))
        if lacking:
            return f"PDF lacks {', '.join(sorted(lacking)[:5])}"
    return ""


def _first_difference(expected: Sequence[str], found: Sequence[str]) -> str:
    pairs = zip(expected, found, strict=False)
    at = next((index for index, (one, other) in enumerate(pairs) if one != other), len(found))
    return f"{' '.join(expected[at : at + 3])} ≠ {' '.join(found[at : at + 3])}"


def _countable(words: Iterable[str]) -> Iterable[str]:
    return (word for word in words if any(letter.isalnum() for letter in word))


def _words_of_pdf(file: Path) -> list[str]:
    with pypdfium2.PdfDocument(file.read_bytes()) as pages:
        text = " ".join(page.get_textpage().get_text_range() for page in pages)
    return list(ours.split_words(text))
