"""Reads all data files, and finds the policy version that is in force on a day."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path

from app.library import strict_yaml
from app.library.reader import DataFileError, build, read_bytes, read_document, read_model
from app.library.strict_yaml import Document
from app.model.catalog import Catalog
from app.model.checks import Checks
from app.model.formatting import date_in_words
from app.model.label import Label
from app.model.policy import Policy, WrittenPolicy
from app.model.reference_data import ReferenceData

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


class UnknownPolicy(Exception):
    """No policy has this id; the message lists the known ids."""


class NoPolicyInForce(Exception):
    """No version of the policy is in force on this day; the message says since or until when."""


@dataclass(frozen=True, slots=True)
class Library:
    """All policy versions, by policy id and then oldest first, with catalog and reference data.

    `refused` has a sentence for each of the site's own files that is not used. `unusable` has the
    policy id and the first day of those in whose place no older version may be used.
    """

    policies: tuple[Policy, ...]
    catalog: Catalog
    reference_data: ReferenceData
    refused: tuple[str, ...] = ()
    unusable: tuple[tuple[str, date], ...] = ()

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
        return replace(self, policies=tuple(sorted((*self.policies, file.policy), key=_by_age)))


def load(resources: Path = RESOURCES) -> Library:
    """Return the library of a resources folder. Raises DataFileError."""
    catalog = read_model(Catalog, resources / "questions.yaml")
    reference_data = ReferenceData(
        label=read_model(Label, resources / "label.yaml"),
        checks=read_model(Checks, resources / "checks.yaml"),
    )
    policies = read_policies(_policy_files(resources / "policies"), catalog)
    return Library(policies, catalog, reference_data)


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


def read_policies(files: Iterable[Path], catalog: Catalog) -> tuple[Policy, ...]:
    """Return the policies of the files, sorted by id and first day. Raises DataFileError."""
    read_files = [read_policy_file(file, catalog) for file in files]
    read_files.sort(key=lambda one: _by_age(one.policy))
    for before, after in combinations(read_files, 2):
        _refuse_overlap(before.policy, after)
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


def read_policy_file(file: Path, catalog: Catalog) -> PolicyFile:
    """Return the policy of a file, not compared with other versions. Raises DataFileError."""
    if file.suffix != ".yaml":
        raise DataFileError(file, 1, (), "the name of a policy file ends in .yaml")
    text = read_bytes(file)
    document = read_document(file, text)
    written = build(WrittenPolicy, file, document, context={"catalog": catalog})
    policy = Policy.of(written, hashlib.sha256(text).hexdigest())
    return PolicyFile(file, text, document, policy)


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
