"""The beginning of the street: a year's facts are read and held against every rule. Loads no template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.findings import sort_findings
from generator.model.tenures import is_same_block, list_tenures
from generator.readers.conference import read_conference
from generator.readers.photos import read_photos
from generator.request import find_neighbours
from generator.rules.check import check_conference

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from generator.findings import Finding, Observation
    from generator.model.conference import Conference
    from generator.model.tenures import Tenure
    from generator.readers.raw import RawFacts
    from generator.tree import Picture


@dataclass(frozen=True, slots=True)
class CheckedFacts:
    """What is known of a year, and what is to be said about it."""

    conference: Conference | None
    """None where the facts cannot be made into a conference."""
    facts: RawFacts
    """The facts as they are written, each with its place."""
    pictures: Mapping[str, Picture]
    """The photographs, by the file as the facts name it."""
    findings: tuple[Finding, ...]
    """Sorted by place."""


def check_facts(folder: Path) -> CheckedFacts:
    """Read the facts and the photographs in *folder*, and hold the facts against every rule."""
    reading = read_conference(folder)
    findings = list(reading.findings)
    pictures: Mapping[str, Picture] = {}
    if reading.conference is not None:
        photos = read_photos(folder, reading.conference.photos)
        pictures = photos.pictures
        earlier = _read_tenures(folder, reading.conference)
        noticed = (*check_conference(reading.conference, earlier), *photos.observations)
        findings += [locate(one, reading.facts) for one in noticed]
    return CheckedFacts(reading.conference, reading.facts, pictures, tuple(sort_findings(findings)))


def heeds_neighbours(conference: Conference) -> bool:
    """Tell whether findings depend on other years: where the facts name a rule of rotation."""
    return conference.leadership.rotation is not None


def _read_tenures(folder: Path, conference: Conference) -> tuple[Tenure, ...]:
    """Return who led the block in the years of which the folders beside *folder* tell.

    They are read only where that is needed; one that cannot be read tells nothing.
    """
    if not heeds_neighbours(conference):
        return ()
    readings = ((one, read_conference(one)) for one in find_neighbours(folder))
    return tuple(
        tenure
        for one, reading in readings
        if reading.conference is not None and is_same_block(reading.conference, conference)
        for tenure in list_tenures(reading.conference, one.name)
    )


def locate(noticed: Observation, facts: RawFacts) -> Finding:
    """Return *noticed* as a finding at its place in *facts*."""
    place = facts.place_of(noticed.path)
    return facts.make_finding(noticed.code, place, noticed.path, noticed.severity, **noticed.values)
