"""Compose a document: (kind, conference) → tree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from jinja2 import TemplateError as JinjaError
from jinja2 import TemplateSyntaxError

from generator.content.environment import load_environment, make_context
from generator.content.kind import TEMPLATE_FILE
from generator.content.numbering import number_headings
from generator.content.placing import place_figures
from generator.content.vocabulary import parse_document
from generator.errors import TemplateError
from generator.tree import SignatureGrid

if TYPE_CHECKING:
    from pathlib import Path

    from generator.content.kind import Kind, SignaturePolicy
    from generator.model.conference import Conference
    from generator.model.parties import Copy
    from generator.tree import Document


def compose_document(
    kind: Kind,
    conference: Conference,
    templates: Path,
    copy: Copy | None = None,
    compiled: Path | None = None,
) -> Document:
    """Return the tree of the document *kind* about *conference*; of a numbered original, if *copy* is given.

    The code of the templates is kept in the folder *compiled*, if one is given (`load_environment`). Raises
    `TemplateError` naming the template and the line where it is wrong.
    """
    document = place_figures(parse_document(render_template(kind, conference, templates, copy, compiled)))
    return number_headings(arrange_signatures(document, kind.signatures), kind.headings)


def has_needed_facts(
    kind: Kind, conference: Conference, templates: Path, compiled: Path | None = None
) -> bool:
    """Tell whether *conference* has what *kind* needs; raises `TemplateError` for a faulty expression."""
    if not kind.needs:
        return True
    try:
        environment = load_environment(templates, compiled)
        holds = environment.compile_expression(kind.needs, undefined_to_none=False)
        return bool(holds(**make_context(conference)))
    except (JinjaError, TypeError) as error:
        raise TemplateError("kind-file-wrong", file=templates / kind.id, reason=error) from error


def arrange_signatures(document: Document, policy: SignaturePolicy) -> Document:
    """Return *document* with its signature grids arranged as *policy* says."""
    return replace(
        document,
        blocks=tuple(
            replace(block, columns=policy.columns, stays_whole=policy.whole)
            if isinstance(block, SignatureGrid)
            else block
            for block in document.blocks
        ),
    )


def render_template(
    kind: Kind,
    conference: Conference,
    templates: Path,
    copy: Copy | None = None,
    compiled: Path | None = None,
) -> str:
    """Return the XML that the template of *kind* gives for *conference* (see `compose_document`)."""
    name = f"{kind.id}/{TEMPLATE_FILE}"
    try:
        template = load_environment(templates, compiled).get_template(name)
        return template.render(make_context(conference, copy))
    except TemplateSyntaxError as error:
        raise TemplateError("template-syntax", file=error.name, line=error.lineno, reason=error) from error
    except (JinjaError, TypeError, ValueError, ArithmeticError) as error:
        file, line = _find_cause(error, name)
        raise TemplateError("template-failed", file=file, line=line, reason=error) from error


def _find_cause(error: BaseException, name: str) -> tuple[str, int]:
    """Return the template file and line in which *error* arose; *name* and 0 where that is not known."""
    cause, trace = (name, 0), error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith(".j2"):
            cause = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return cause
