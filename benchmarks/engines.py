"""What is measured: each engine cold, as a command for one document, and warm, as a function for many.

A warm engine makes ready once: it is a function from its `Task` to a function that makes the document of one
conference. Nothing is imported before an engine is chosen. Both ways call a library as its manual shows it.
"""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import ours

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Maker = Callable[[str], None]
    """Makes the document of the conference with this name."""

PAIR, WORD_ONLY = ("docx", "pdf"), ("docx",)
OUR_FORMATS = {"pair": PAIR, "word": WORD_ONLY}

PDF_VARIANT = "pdf/a-3a"
TYPST_STANDARDS = "a-3a"
TYPST_TEMPLATE = Path(__file__).parent / "document.typ"
"""What all PDF files conform to whose engine can do so: ours do."""


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of document, made from what `benchmarks.sources` put into a folder."""

    kind: str
    folder: Path
    """Where the sources of this kind are."""
    engine: str
    slot: str = "0"
    """Which of several processes at once this one is."""
    port: str = ""
    """Where a warm LibreOffice listens."""

    @property
    def inputs(self) -> Path:
        """The facts of all conferences."""
        return self.folder.parent / "inputs"

    @property
    def out(self) -> Path:
        """Where this engine puts what it makes."""
        return self.folder / "out" / f"{self.engine}-{self.slot}"

    @property
    def template(self) -> Path:
        """The template of docxtpl."""
        return self.folder / "template.docx"

    def source(self, name: str, ending: str) -> Path:
        """Return the file that an engine reads of a conference."""
        return self.folder / f"{name}.{ending}"


def make_pair(task: Task) -> Maker:
    """Ours: facts → DOCX and PDF, checked and read back."""

    def make(name: str) -> None:
        ours.make(task.inputs, name, task.kind, task.out, PAIR)
        ours.settle()  # after the first one, which does not count

    return make


def make_word(task: Task) -> Maker:
    """Ours: facts → DOCX alone, checked and read back."""
    return lambda name: ours.make(task.inputs, name, task.kind, task.out, WORD_ONLY)


def make_written(task: Task) -> Maker:
    """Ours: the writer alone, from a composed document to a DOCX; composing is done beforehand."""
    papers = {
        folder.name: ours.compose_papers(task.inputs, folder.name, task.kind)
        for folder in sorted(task.inputs.iterdir())
    }

    def make(name: str) -> None:
        (task.out / f"{name}.docx").write_bytes(ours.write_word(papers[name]))

    return make


def make_weasyprint(task: Task) -> Maker:
    """WeasyPrint as its manual shows it: our page → PDF, nothing checked, nothing kept."""
    from weasyprint import HTML  # noqa: PLC0415

    def make(name: str) -> None:
        page = HTML(filename=task.source(name, "html"))
        page.write_pdf(task.out / f"{name}.pdf", pdf_variant=PDF_VARIANT)

    return make


def make_docxtpl(task: Task) -> Maker:
    """Docxtpl as its manual shows it: template and facts, parsed already → DOCX."""
    from docxtpl import DocxTemplate  # noqa: PLC0415

    def make(name: str) -> None:
        context = json.loads(task.source(name, "context.json").read_bytes())
        template = DocxTemplate(task.template)
        template.render(context)
        template.save(task.out / f"{name}.docx")

    return make


def make_docxtpl_office(task: Task) -> Maker:
    """Docxtpl, then the LibreOffice that listens at the task's port → DOCX and PDF."""
    from unoserver.client import UnoClient  # noqa: PLC0415

    make_docx, client = make_docxtpl(task), UnoClient(port=task.port)

    def make(name: str) -> None:
        make_docx(name)
        client.convert(inpath=str(task.out / f"{name}.docx"), outpath=str(task.out / f"{name}.pdf"))

    return make


def make_typst(task: Task) -> Maker:
    """Typst: the words as data, and a template of the same look → PDF."""
    import typst  # noqa: PLC0415

    compiler = typst.Compiler(
        input=str(TYPST_TEMPLATE),
        font_paths=[str(ours.font_folder())],
        ignore_system_fonts=True,
    )

    def make(name: str) -> None:
        data = task.source(name, "data.json").read_text(encoding="utf-8")
        compiler.compile(
            output=str(task.out / f"{name}.pdf"),
            sys_inputs={"data": data},
            pdf_standards=TYPST_STANDARDS,
        )

    return make


ENGINES: dict[str, Callable[[Task], Maker]] = {
    "pair": make_pair,
    "word": make_word,
    "writer": make_written,
    "weasyprint": make_weasyprint,
    "docxtpl": make_docxtpl,
    "docxtpl-office": make_docxtpl_office,
    "typst": make_typst,
}
"""The warm ones, by their names."""


def warm_command(task: Task) -> tuple[str, ...]:
    """Return the command of a process that makes the documents of which it is told (`benchmarks.make`)."""
    words = (task.engine, task.kind, str(task.folder), task.slot, task.port or "-")
    return (sys.executable, "-m", "benchmarks.make", *words)


# --- cold ---------------------------------------------------------------------------------------------

WEASYPRINT = (
    "from weasyprint import HTML; HTML(filename={page!r}).write_pdf({pdf!r}, pdf_variant={variant!r})"
)

DOCXTPL = """\
import json
from docxtpl import DocxTemplate
template = DocxTemplate({template!r})
with open({context!r}, "rb") as file:
    template.render(json.load(file))
template.save({word!r})"""

TYPST = """\
import typst
with open({data!r}, encoding="utf-8") as file:
    data = file.read()
typst.compile({template!r}, output={pdf!r}, font_paths=[{fonts!r}], ignore_system_fonts=True,
    sys_inputs={{"data": data}}, pdf_standards={standards!r})"""


def cold_command(task: Task, name: str) -> tuple[str, ...]:
    """Return the command that makes the document *name* with the task's engine, from nothing."""
    word, pdf = str(task.out / f"{name}.docx"), str(task.out / f"{name}.pdf")
    if formats := OUR_FORMATS.get(task.engine):
        return ours.build_command(task.inputs, name, task.kind, task.out, formats)
    match task.engine:
        case "weasyprint":
            page = str(task.source(name, "html"))
            return _python(WEASYPRINT.format(page=page, pdf=pdf, variant=PDF_VARIANT))
        case "docxtpl" | "docxtpl-office":
            context = str(task.source(name, "context.json"))
            script = DOCXTPL.format(template=str(task.template), context=context, word=word)
            office = (office_command(task, word),) if task.engine == "docxtpl-office" else ()
            return _one_after_another(_python(script), *office)
        case "pandoc-office":
            pandoc = (shutil.which("pandoc") or "pandoc", str(task.source(name, "plain.html")), "-o", word)
            return _one_after_another(pandoc, office_command(task, word))
        case "typst":
            data, fonts = str(task.source(name, "data.json")), str(ours.font_folder())
            template = str(TYPST_TEMPLATE)
            return _python(
                TYPST.format(data=data, template=template, pdf=pdf, fonts=fonts, standards=TYPST_STANDARDS)
            )
        case _:
            raise ValueError(f"{task.engine} is not measured cold")


def office_command(task: Task, word: str) -> tuple[str, ...]:
    """Return the command by which LibreOffice makes a PDF of *word*, with a profile of this task's own."""
    program = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation={(task.folder / 'profiles' / task.engine).as_uri()}"
    return (
        *(program, profile, "--headless", "--norestore", "--convert-to", "pdf"),
        *("--outdir", str(task.out), word),
    )


def _python(script: str) -> tuple[str, ...]:
    return (sys.executable, "-c", script)


def _one_after_another(first: Sequence[str], *others: Sequence[str]) -> tuple[str, ...]:
    if not others:
        return tuple(first)
    return ("sh", "-c", " && ".join(map(shlex.join, (first, *others))))
