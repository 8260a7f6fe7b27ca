"""What the user reads on the terminal: reports and findings in, lines of text (or data) out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from generator.doctor import Diagnosis
    from generator.errors import HoinghiError
    from generator.findings import Finding, Place
    from generator.incremental import Reason
    from generator.inspection.mending.repair import Change, Left, Repaired
    from generator.inspection.verdict import Spot, Verdict
    from generator.inspector import Inspected
    from generator.pipeline import Report, Written
    from generator.style import Style

MOST_NAMES = 3
"""Of many documents that are made for the same reason, so many are named."""


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
        if values.get("is_verified") is False:
            values["basis"] = self.say("basis-unverified", basis=values["basis"])
        return say(self.language, finding.code, values)

    def report(self, report: Report) -> Iterator[str]:
        """Yield the lines about what a build did: what was written, by which rules, what is missing."""
        is_written = any(written.files for written in report.documents)
        yield self.say("summary-written" if is_written else "summary-as-it-was")
        for written in report.documents:
            yield from self._written(written)
        for file in report.gone:
            yield self.say("summary-gone", file=file)
        for written in report.documents:
            yield from self._missing(written.kind.name, written.missing)
        for kind in report.left_out:
            yield self.say("summary-left-out", name=kind.name)

    def reasons(self, reasons: Mapping[str, Reason]) -> Iterator[str]:
        """Yield a line for each reason why documents (by their names) are made again; none for new ones."""
        papers: dict[Reason, list[str]] = {}
        for paper, reason in reasons.items():
            papers.setdefault(reason, []).append(paper)
        for reason, names in papers.items():
            if reason.why != "new":
                some = ", ".join(names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")
                sources = (self.say("source-program") if one == "program" else one for one in reason.names)
                changed = ", ".join(sources) or self.say("source-unknown")
                yield self.say(f"why-{reason.why}", papers=some, names=changed)

    def edited(self, report: Report) -> Iterator[str]:
        """Yield the lines about files that somebody edited: where the new ones are, or the edited ones."""
        for file, new in report.kept.items():
            yield self.say("summary-kept", file=file, new=new)
        for file, copy in report.copies.items():
            yield self.say("summary-copied", file=file, copy=copy)

    def _written(self, written: Written) -> Iterator[str]:
        for file in written.files:
            if file.suffix == ".pdf":
                yield self.say("summary-pages", path=file, pages=written.pages[file])
            else:
                yield self.say("summary-file", path=file)
        for file in written.standing:
            yield self.say("summary-standing", path=file)
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

    def inspection(self, file: Path, inspected: Inspected) -> Iterator[str]:
        """Yield the lines about an inspected file: by which rules, what it breaks where, how many it keeps.

        The same fault at several places is told once.
        """
        choice = inspected.choice
        why = self.say(f"inspect-by-{choice.by}", value=choice.value)
        yield self.say("inspect-file", file=file, name=choice.style.name, why=why)
        for note in inspected.found.notes:
            yield self.say(f"inspect-note-{note}")
        faults: dict[str, list[Verdict]] = {}
        for verdict in inspected.failed:
            faults.setdefault(self.verdict_sentence(verdict, choice.style), []).append(verdict)
        for sentence, same in faults.items():
            yield self.say(
                "inspect-line",
                severity=self.say(f"finding-{same[0].severity}"),
                place=self._say_spots([verdict.spot for verdict in same]),
                sentence=sentence,
                clause=same[0].clause,
                rule=same[0].rule,
            )
        counts = {state.name.lower(): count for state, count in inspected.count_rules().items()}
        yield self.say("inspect-counts", **counts)

    def verdict_sentence(self, verdict: Verdict, style: Style) -> str:
        """Return what *verdict* says, without its place."""
        from generator.inspection.judging.judge import sentence_key, sentence_values  # noqa: PLC0415 - only here

        rule = style.rule(verdict.rule)
        values = {"label": rule.label if rule else verdict.rule, **sentence_values(verdict)}
        return self.say(sentence_key(verdict), **values)

    def say_spot(self, spot: Spot) -> str:
        """Return where in a file something stands, as people find it."""
        if spot.paragraph is None:
            return self.say("spot-page", page=spot.page) if spot.page else self.say("spot-file")
        key = "spot-paragraph" if spot.page is None else "spot-page-paragraph"
        return self.say(key, page=spot.page, paragraph=spot.paragraph + 1, words=spot.words)

    def _say_spots(self, spots: Sequence[Spot]) -> str:
        first = self.say_spot(spots[0])
        return self.say("spot-and-others", place=first, count=len(spots) - 1) if spots[1:] else first

    def repair(self, repaired: Repaired, style: Style) -> Iterator[str]:
        """Yield the lines about what was mended in a file, and what was left alone."""
        from generator.inspection.judging.values import format_value  # noqa: PLC0415 - only here

        for change in repaired.done:
            key = "repair-done" if change.before else "repair-done-followed"
            value = format_value(change.rule.partition(".")[2], change.after)
            yield self._repair_line(change, style, self.say(key, found=change.before, value=value))
        for left in repaired.left:
            yield self._repair_line(left, style, self.say(f"repair-left-{left.why}"))

    def _repair_line(self, one: Change | Left, style: Style, outcome: str) -> str:
        rule, place = style.rule(one.rule), self.say_spot(one.spot)
        label = rule.label if rule else one.rule
        return self.say("repair-line", label=label, place=place, outcome=outcome, rule=one.rule)

    def verdict_data(self, verdict: Verdict, style: Style) -> dict[str, object]:
        """Return *verdict* as plain data, for other programs."""
        spot = verdict.spot
        return {
            "rule": verdict.rule,
            "clause": verdict.clause,
            "state": verdict.state.value,
            "severity": verdict.severity,
            "message": self.verdict_sentence(verdict, style),
            "page": spot.page,
            "paragraph": None if spot.paragraph is None else spot.paragraph + 1,
            "words": spot.words or None,
            "found": verdict.found or None,
            "wanted": verdict.wanted or None,
        }

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
