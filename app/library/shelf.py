"""All data files together, and which policy version counts on a day."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

from app.library import strict_yaml
from app.library.reader import DataFileError, build, read, read_bytes, read_document
from app.library.strict_yaml import Document
from app.model.example import Example, Examples
from app.model.handbook import Checks, Handbook, Label
from app.model.policy import Policy
from app.model.question import Catalog
from app.model.wording import date_in_words

RESOURCES = Path(__file__).resolve().parents[2] / "resources"


class UnknownPolicy(Exception):
    """No policy has this id; the message lists those at hand."""


class NoPolicyInForce(Exception):
    """No version of the policy counts on this day; the message says from when one does."""


@dataclass(frozen=True, slots=True)
class Library:
    """Every policy version, oldest first for each payer, with catalog and handbook."""

    policies: tuple[Policy, ...]
    catalog: Catalog
    handbook: Handbook

    def versions(self, policy_id: str) -> tuple[Policy, ...]:
        """Return the versions of one policy, oldest first. Raises UnknownPolicy."""
        found = tuple(policy for policy in self.policies if policy.id == policy_id)
        if not found:
            known = ", ".join(dict.fromkeys(policy.id for policy in self.policies))
            raise UnknownPolicy(f"There is no policy with this id. At hand: {known}.")
        return found

    def in_force(self, policy_id: str, on: date) -> Policy:
        """Return the version that counts on a day. Raises UnknownPolicy or NoPolicyInForce."""
        versions = self.versions(policy_id)
        for policy in reversed(versions):
            if policy.in_force.first_day <= on:
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


def load(resources: Path = RESOURCES) -> Library:
    """Return the library of a resources folder. Raises DataFileError."""
    catalog = read(Catalog, resources / "questions.yaml")
    handbook = Handbook(
        label=read(Label, resources / "label.yaml"),
        checks=read(Checks, resources / "checks.yaml"),
    )
    policies = read_policies(_policy_files(resources / "policies"), catalog)
    return Library(policies, catalog, handbook)


def read_examples(resources: Path = RESOURCES) -> tuple[Example, ...]:
    """Return the worked examples. Raises DataFileError."""
    return read(Examples, resources / "examples.yaml").examples


def _policy_files(folder: Path) -> list[Path]:
    """Return the files of a folder, without hidden ones and an editor's copies."""
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    files = [one for one in found if one.is_file() and one.name[0] != "." and one.name[-1] != "~"]
    if not files:
        raise DataFileError(folder, 1, (), "there is no policy file")
    return files


def read_policies(files: Iterable[Path], catalog: Catalog) -> tuple[Policy, ...]:
    """Return the policies of the files by id and first day. Raises DataFileError."""
    read_files = [_read_policy(file, catalog) for file in files]
    read_files.sort(key=lambda one: (one.policy.id, one.policy.in_force.first_day))
    for before, after in combinations(read_files, 2):
        _refuse_overlap(before.policy, after)
    return tuple(one.policy for one in read_files)


@dataclass(frozen=True, slots=True)
class _PolicyFile:
    path: Path
    document: Document
    policy: Policy


def _read_policy(file: Path, catalog: Catalog) -> _PolicyFile:
    if file.suffix != ".yaml":
        raise DataFileError(file, 1, (), "the name of a policy file ends in .yaml")
    text = read_bytes(file)
    document = read_document(file, text)
    policy = build(
        Policy,
        file,
        document,
        context={"catalog": catalog, "sha256": hashlib.sha256(text).hexdigest()},
    )
    return _PolicyFile(file, document, policy)


def _refuse_overlap(before: Policy, after: _PolicyFile) -> None:
    policy = after.policy
    at: strict_yaml.Path
    if before.id != policy.id:
        return
    if before.version == policy.version:
        at, message = ("version",), f"version {policy.version} is there already"
    elif (before.in_force.last_day or before.in_force.first_day) >= policy.in_force.first_day:
        at, message = (
            ("in_force", "first_day"),
            f"overlaps version {before.version}, in force from {before.in_force.first_day}",
        )
    else:
        return
    raise DataFileError(after.path, after.document.line(at), at, message)
