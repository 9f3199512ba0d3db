"""Reads all data files, and finds the policy version that is in force on a day."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import Any

from app.library import strict_yaml
from app.library.lookalikes import odd_letter
from app.library.reader import DataFileError, build, read_bytes, read_document, read_model
from app.library.strict_yaml import Document
from app.model.case_fields import CYCLES, Fields, fields_of
from app.model.catalog import Catalog, Question
from app.model.checks import Checks
from app.model.data import Refusal
from app.model.dates import LocalDate
from app.model.earlier_editions import EarlierEditions
from app.model.formatting import date_in_words
from app.model.label import Label
from app.model.note_ids import OWN_NOTES
from app.model.policy import Policy, WrittenPolicy
from app.model.reference_data import ReferenceData
from app.model.vocabulary import OwnIndication, OwnRoute, OwnWords, is_same_question

# Names of installed files hold the id, and paths of Windows end at 260 characters.
_LONGEST_ID = 60
# What tells people whose policy it is.
_NAMES = ("payer", "title", "document", "provided_by")
RESOURCES = Path(__file__).resolve().parents[2] / "resources"


_OWN_CHOICES: dict[str, Callable[[Policy], Mapping[str, OwnIndication | OwnRoute]]] = {
    "indication": lambda policy: policy.indications,
    "route": lambda policy: policy.routes,
}


class UnknownPolicy(Exception):
    """No policy has this id; the message lists the known ids."""


class NoPolicyInForce(Exception):
    """No version of the policy is in force on this day; the message says since or until when."""


@dataclass(frozen=True)
class Library:
    """All policy versions, by policy id and then oldest first, with catalog and reference data.

    `base_catalog` is Aldesk's own; `catalog` has the words that the policies bring as well.
    `refused` has a sentence for each of the site's own files that is not used. `unusable` has the
    policy id and the first day of those in whose place no older version may be used. `for_records`
    are versions of refused files by which only records are computed again.
    """

    policies: tuple[Policy, ...]
    base_catalog: Catalog
    reference_data: ReferenceData
    refused: tuple[str, ...] = ()
    unusable: tuple[tuple[str, date], ...] = ()
    for_records: tuple[Policy, ...] = ()
    earlier: EarlierEditions = field(default_factory=EarlierEditions)

    @cached_property
    def catalog(self) -> Catalog:
        """The words for every field that a case may have under any of the policies."""
        return self.catalog_for()

    def catalog_for(self, *policies: Policy, cycles: int = CYCLES) -> Catalog:
        """Return the same words, where several policies have some those of the first given one.

        A case that names more cycles than any policy has words for these `cycles` as well.
        """
        key = max(cycles, CYCLES), tuple(one.sha256 for one in policies)
        if key not in self._catalogs:
            self._catalogs[key] = self._catalog_of((*policies, *self.policies), cycles)
        return self._catalogs[key]

    @cached_property
    def _catalogs(self) -> dict[tuple[int, tuple[str, ...]], Catalog]:
        """Room for what `catalog_for` has made."""
        return {}

    def _catalog_of(self, policies: Iterable[Policy], cycles: int) -> Catalog:
        questions: dict[str, Question] = {}
        choices: dict[str, dict[str, str]] = {key: {} for key in _OWN_CHOICES}
        for policy in policies:
            questions = {**policy.questions, **questions}
            for key, of in _OWN_CHOICES.items():
                choices[key] = {name: one.label for name, one in of(policy).items()} | choices[key]
            cycles = max(cycles, policy.most_cycles)
        return self.base_catalog.extended(questions, choices, cycles)

    @property
    def fields(self) -> Fields:
        """The fields that a case may have under any of the policies, by key."""
        return self.fields_for(CYCLES)

    def fields_for(self, cycles: int) -> Fields:
        """Return the same fields, with those of so many cycles at least."""
        key = max(cycles, CYCLES)
        if key not in self._fields:
            self._fields[key] = fields_of(self.catalog_for(cycles=cycles), self._chosen)
        return self._fields[key]

    @cached_property
    def _fields(self) -> dict[int, Fields]:
        """Room for what `fields_for` has made."""
        return {}

    def _chosen(self, policy_id: object, day: object) -> dict[str, tuple[str, ...]]:
        """Return the ids of the indications and routes under the version that a case names.

        Without a date on which one is in force it is the newest version.
        """
        versions = [one for one in self.policies if one.id == policy_id]
        if not versions:
            return {}
        try:
            policy = self.in_force(versions[0].id, LocalDate().parse(day))
        except (Refusal, NoPolicyInForce):
            policy = versions[-1]
        return {key: tuple(self.choices(policy, key)) for key in _OWN_CHOICES}

    def choices(self, policy: Policy, key: str) -> dict[str, str]:
        """Return the labels of the indications or routes that a case may have under a policy."""
        own = {name: one.label for name, one in _OWN_CHOICES[key](policy).items()}
        return {**self.base_catalog.inputs[key].choices, **own}

    @property
    def reserved_notes(self) -> frozenset[str]:
        """The ids of notes that Aldesk or the label writes: no policy file may use one."""
        return reserved_notes(self.reference_data.label)

    def versions(self, policy_id: str) -> tuple[Policy, ...]:
        """Return the versions of one policy, oldest first. Raises UnknownPolicy."""
        found = tuple(policy for policy in self.policies if policy.id == policy_id)
        if not found:
            known = ", ".join(dict.fromkeys(policy.id for policy in self.policies))
            raise UnknownPolicy(f"There is no policy with this id. Known: {known}.")
        return found

    def in_force(self, policy_id: str, on: date) -> Policy:
        """Return the version in force on a day. Raises UnknownPolicy or NoPolicyInForce."""
        versions = self.versions(policy_id)
        for policy in reversed(versions):
            if policy.in_force.first_day <= on:
                self._refuse_to_stand_in(policy, on)
                if policy.in_force.last_day and policy.in_force.last_day < on:
                    raise NoPolicyInForce(
                        f"{policy.document} ended on {date_in_words(policy.in_force.last_day)}; "
                        f"no version of it is in force on {date_in_words(on)}."
                    )
                return policy
        first = versions[0]
        raise NoPolicyInForce(
            f"{first.document} is in force from {date_in_words(first.in_force.first_day)}; "
            f"no version of it is in force on {date_in_words(on)}."
        )

    def _refuse_to_stand_in(self, policy: Policy, on: date) -> None:
        for policy_id, first_day in self.unusable:
            if policy_id == policy.id and policy.in_force.first_day < first_day <= on:
                raise NoPolicyInForce(
                    f"This site's version of {policy.document}, in force from "
                    f"{date_in_words(first_day)}, cannot be used, and version {policy.version} "
                    "does not stand in for it. Take its file again, or delete the file."
                )

    def with_policy(self, file: "PolicyFile") -> "Library":
        """Return the library with one more version. Raises DataFileError where versions overlap."""
        for other in self.policies:
            _refuse_overlap(other, file)
            _refuse_other_question(other, file)
        return replace(self, policies=tuple(sorted((*self.policies, file.policy), key=_by_age)))


def load(resources: Path = RESOURCES) -> Library:
    """Return the library of a resources folder. Raises DataFileError."""
    catalog = read_model(Catalog, resources / "questions.yaml")
    reference_data = ReferenceData(
        label=read_model(Label, resources / "label.yaml", {"catalog": catalog}),
        checks=read_model(Checks, resources / "checks.yaml"),
    )
    reserved = reserved_notes(reference_data.label)
    policies = read_policies(_policy_files(resources / "policies"), catalog, reserved)
    earlier = read_model(EarlierEditions, resources / "earlier_editions.yaml")
    return Library(policies, catalog, reference_data, earlier=earlier)


def reserved_notes(label: Label) -> frozenset[str]:
    """Return the ids of notes that Aldesk or the label writes."""
    return OWN_NOTES | {note.id for note in label.notes}


def _policy_files(folder: Path) -> list[Path]:
    """Return the policy files of a folder. Raises DataFileError if there is none."""
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    files = [one for one in found if is_policy_file(one)]
    if not files:
        raise DataFileError(folder, 1, (), "there is no policy file")
    return files


def is_policy_file(path: Path) -> bool:
    """Return whether this is a file, neither hidden nor the backup copy of an editor."""
    return path.is_file() and path.name[0] != "." and path.name[-1] != "~"


def read_policies(
    files: Iterable[Path], catalog: Catalog, reserved: frozenset[str]
) -> tuple[Policy, ...]:
    """Return the policies of the files, sorted by id and first day. Raises DataFileError."""
    read_files = [read_policy_file(file, catalog, reserved) for file in files]
    read_files.sort(key=lambda one: _by_age(one.policy))
    for before, after in combinations(read_files, 2):
        _refuse_overlap(before.policy, after)
        _refuse_other_question(before.policy, after)
    return tuple(one.policy for one in read_files)


def _by_age(policy: Policy) -> tuple[str, date]:
    return policy.id, policy.in_force.first_day


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A policy with the file from which it was read."""

    path: Path
    text: bytes
    document: Document
    policy: Policy


class RefusedSince(DataFileError):
    """A file is refused that an earlier Aldesk took; `read` is the file, valid in all else."""

    def __init__(self, read: PolicyFile, at: strict_yaml.Path, message: str) -> None:
        super().__init__(read.path, read.document.line(at), at, message)
        self.read = read


class ReservedNoteId(RefusedSince):
    """Notes have ids of Aldesk or the label."""

    def __init__(self, read: PolicyFile, places: list[int]) -> None:
        first, *others = (read.policy.notes[place].id for place in places)
        more = f"; the same holds for {', '.join(others)}" if others else ""
        at: strict_yaml.Path = ("notes", places[0], "id")
        message = (
            f"{first!r} is the id of a note that Aldesk itself writes: leave this note out, or give"
            f" it another id{more}"
        )
        super().__init__(read, at, message)


class LongId(RefusedSince):
    """The id is too long for the name of an installed file; one that is installed can stay."""


def read_policy_file(file: Path, catalog: Catalog, reserved: frozenset[str]) -> PolicyFile:
    """Return the policy of a file, not compared with other versions. Raises DataFileError.

    A note with an id in `reserved` is refused: nobody could tell whether a payer or Aldesk says it.
    So is a letter in a name that could pass for another, and an id that is too long.
    """
    if file.suffix != ".yaml":
        raise DataFileError(file, 1, (), "the name of a policy file ends in .yaml")
    return read_policy(file, read_bytes(file), catalog, reserved)


def read_policy(file: Path, text: bytes, catalog: Catalog, reserved: frozenset[str]) -> PolicyFile:
    """Return the policy of a file with this content. Raises DataFileError; see above."""
    document = read_document(file, text)
    policy = policy_of(document, file, catalog, hashlib.sha256(text).hexdigest())
    read = PolicyFile(file, text, document, policy)
    places = [place for place, note in enumerate(policy.notes) if note.id in reserved]
    if places:
        raise ReservedNoteId(read, places)
    _refuse_lookalikes(read)
    if len(policy.id) > _LONGEST_ID:
        raise LongId(read, ("id",), f"must have at most {_LONGEST_ID} characters")
    return read


def policy_of(document: Document, file: Path, catalog: Catalog, sha256: str) -> Policy:
    """Return the policy that a document says. Raises DataFileError."""
    written = build(WrittenPolicy, file, document, _context(file, document, catalog))
    return Policy.of(written, sha256, catalog)


def _context(file: Path, document: Document, catalog: Catalog) -> dict[str, Any]:
    """Return what the parts of a policy file may refer to: the catalog and the file's own words.

    Raises DataFileError where those words are wrong.
    """
    said = document.value if isinstance(document.value, dict) else {}
    words = {one.name: said[one.name] for one in fields(OwnWords) if one.name in said}
    own = build(OwnWords, file, replace(document, value=words))
    try:
        own.fit(catalog)
    except Refusal as refusal:
        at: strict_yaml.Path = tuple(refusal.at.split("."))
        raise DataFileError(file, document.line(at), at, refusal.message) from None
    return {"catalog": catalog, "own": own}


def _refuse_other_question(other: Policy, file: PolicyFile) -> None:
    """Refuse a question that another policy asks by the same id, but takes other answers to."""
    for name, question in file.policy.questions.items():
        known = other.questions.get(name)
        if known is not None and not is_same_question(known, question):
            at: strict_yaml.Path = ("questions", name)
            message = (
                f"{other.document}, version {other.version}, has this question with another kind, "
                "other choices or other bounds: give it another id"
            )
            raise DataFileError(file.path, file.document.line(at), at, message)


def _refuse_lookalikes(read: PolicyFile) -> None:
    for key in _NAMES:
        odd = odd_letter(getattr(read.policy, key) or "")
        if odd is not None:
            message = (
                f"the letter {odd} could be taken for another one: a name has Latin letters and "
                "plain digits only"
            )
            raise RefusedSince(read, (key,), message)


def _refuse_overlap(other: Policy, file: PolicyFile) -> None:
    policy = file.policy
    at: strict_yaml.Path
    if other.id != policy.id:
        return
    earlier, later = sorted((other.in_force, policy.in_force), key=lambda one: one.first_day)
    if other.version == policy.version:
        at, message = ("version",), f"version {policy.version} is there already"
    elif (earlier.last_day or earlier.first_day) >= later.first_day:
        at, message = (
            ("in_force", "first_day"),
            f"overlaps version {other.version}, in force from {other.in_force.first_day}",
        )
    else:
        return
    raise DataFileError(file.path, file.document.line(at), at, message)
