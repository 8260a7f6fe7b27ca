"""What the user reads on the terminal: reports and findings in, lines of text (or data) out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from generator.doctor import Diagnosis
    from generator.errors import HoinghiError
    from generator.findings import Finding, Place
    from generator.pipeline import Report, Written


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says things in one language."""

    language: str

    def say(self, key: str, **values: object) -> str:
        """Return the sentence of *key*."""
        return say(self.language, key, values)

    def sentence(self, finding: Finding) -> str:
        """Return what *finding* says, without its place."""
        values = dict(finding.values)
        if "shape" in values:
            values["shape"] = self.say(f"shape-{values['shape']}")
        return say(self.language, finding.code, values)

    def report(self, report: Report) -> Iterator[str]:
        """Yield the lines about what a build did: what was written, by which rules, what is missing."""
        yield self.say("summary-written")
        for written in report.documents:
            yield from self._written(written)
        for written in report.documents:
            yield from self._missing(written.kind.name, written.missing)
        for kind in report.left_out:
            yield self.say("summary-left-out", name=kind.name)

    def _written(self, written: Written) -> Iterator[str]:
        for file in written.files:
            if file.suffix == ".pdf":
                yield self.say("summary-pages", path=file, pages=written.pages[file])
            else:
                yield self.say("summary-file", path=file)
        choice = written.choice
        yield self.say(f"summary-style-{choice.by}", name=choice.style.name, value=choice.value)
        if choice.style.house:
            yield self.say("summary-house", name=choice.style.house)

    def _missing(self, name: str, missing: Sequence[str]) -> Iterator[str]:
        if not missing:
            yield self.say("summary-nothing-missing", name=name)
            return
        yield self.say("summary-missing", name=name, count=len(missing))
        for label in dict.fromkeys(missing):
            yield self.say("summary-missing-item", label=label)

    def findings(self, findings: Sequence[Finding]) -> Iterator[str]:
        """Yield the lines about *findings*, each with its place, its line and a caret."""
        for finding in findings:
            yield self.say(
                "finding-line",
                place=format_place(finding.place, self.language),
                severity=self.say(f"finding-{finding.severity.value}"),
                sentence=self.sentence(finding),
                code=finding.code,
            )
            if finding.excerpt and finding.place.column:
                yield f"    {finding.excerpt}"
                yield f"    {' ' * (finding.place.column - 1)}^"

    def diagnoses(self, found: Sequence[Diagnosis]) -> Iterator[str]:
        """Yield a line for each thing of this machine: there, lacking, or lacking but not needed."""
        for one in found:
            if one.is_sound:
                yield self.say("doctor-sound", name=one.name, detail=one.detail)
            else:
                key = "doctor-lacks" if one.needed else "doctor-could-have"
                yield self.say(key, name=one.name, detail=one.detail, cure=self.say(one.cure))

    def error(self, error: HoinghiError) -> str:
        """Return the sentence of *error*."""
        return say(self.language, error.key, error.values)

    def finding_data(self, finding: Finding) -> dict[str, object]:
        """Return *finding* as plain data, for other programs."""
        place = finding.place
        return {
            "code": finding.code,
            "severity": finding.severity.value,
            "message": self.sentence(finding),
            "path": finding.path,
            "file": place.file,
            "line": place.line or None,
            "column": place.column or None,
            "sheet": place.sheet or None,
            "cell": place.cell or None,
        }


def format_place(place: Place, language: str) -> str:
    """Return *place* as people find it: ``tệp:dòng:cột``, or the sheet and cell of a workbook."""
    if place.sheet:
        key = "place-cell" if place.cell else "place-sheet"
        return say(language, key, {"file": place.file, "sheet": place.sheet, "cell": place.cell})
    return ":".join(str(part) for part in (place.file, place.line, place.column) if part)
