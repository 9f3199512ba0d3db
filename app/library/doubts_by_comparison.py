"""Doubts about a value that lies far from what every other known version states, or from any dose.

Versions are compared where they document the same use: indication, route, and what a dose is for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.library.examined import Doubt, Examined, Place
from app.model.dosing import Dose, Dosing, DosingNotStated
from app.model.formatting import count_in_words, dose_in_words
from app.model.policy import Policy

_FAR = 2
_COUNTS = {
    "max_doses_per_day": "a day",
    "max_doses_per_week": "a week",
    "max_doses_per_cycle": "a cycle",
}
_RESTS = {
    "min_rest_days": "between the cycles",
    "min_course_rest_days": "between courses",
}
_LEAST_IU = 1_000
# What a large adult comes to, and how many vials of the label for one dose nobody can mean.
_MOST_OF = {"kg": 100, "m2": 2}
_MOST_VIALS = 20
_PER_WORDS = {
    "kg": "each kg",
    "m2": "each m²",
    "lesion": "each lesion",
    "dose": "each dose",
    "visit": "each visit",
}


@dataclass(frozen=True, slots=True)
class _Regimen:
    """The documented dosing of one use, with its place and the version that states it."""

    place: Place
    dosing: Dosing
    use: tuple[str, str]
    policy: Policy

    @property
    def dose(self) -> Dose | None:
        """The stated dose, or None where the document states none."""
        return self.dosing.dose if isinstance(self.dosing.dose, Dose) else None

    def number(self, name: str) -> int | None:
        """Return a limit, or None where the document states none."""
        limit = getattr(self.dosing, name)
        return limit.value if limit else None


def _regimens(policy: Policy) -> Iterator[_Regimen]:
    for indication, coverage in policy.coverage.items():
        if isinstance(coverage.dosing, DosingNotStated):
            continue
        for route, regimens in coverage.dosing.items():
            keys = ("coverage", indication, "dosing", route)
            for place, dosing in enumerate(regimens):
                is_listed = len(regimens) > 1
                path = (*keys, place) if is_listed else keys
                ids = (*keys, dosing.id or "") if is_listed else keys
                yield _Regimen(Place(path, ids, dosing), dosing, (indication, route), policy)


def _compared(seen: Examined) -> Iterator[tuple[_Regimen, list[list[_Regimen]]]]:
    """Yield each regimen with those of the same use, in a list for each other version."""
    others = [list(_regimens(one)) for one in seen.others]
    for own in _regimens(seen.policy):
        same = [[one for one in version if one.use == own.use] for version in others]
        yield own, [version for version in same if version]


def doses_far_off(seen: Examined) -> Iterator[Doubt]:
    """Yield each dose more than twice, or less than half, of another version's for the same."""
    for own, dose, versions in _doses(seen):
        alike = [
            [(one, other) for one, other in version if one.per == dose.per] for version in versions
        ]
        far = [
            version[0]
            for version in alike
            if version and not any(_is_near(dose.iu, one.iu) for one, _ in version)
        ]
        if far:
            most, other = max(far, key=lambda one: abs(one[0].iu - dose.iu))
            how = "more than twice" if dose.iu > most.iu else "less than half of"
            yield own.place.below("dose").doubt(
                "dose_far_off",
                f"{dose_in_words(dose.iu)} for {_PER_WORDS[dose.per]} is {how} what "
                f"{_version(other.policy)} states for the same use: {dose_in_words(most.iu)}.",
            )


_StatedDose = tuple[Dose, _Regimen]


def _doses(seen: Examined) -> Iterator[tuple[_Regimen, Dose, list[list[_StatedDose]]]]:
    """Yield each regimen with its dose, and with the doses of the same use in other versions."""
    for own, versions in _compared(seen):
        if own.dose is not None:
            stated = [[(one.dose, one) for one in version if one.dose] for version in versions]
            yield own, own.dose, [version for version in stated if version]


def _is_near(one: int, other: int) -> bool:
    return one <= _FAR * other and other <= _FAR * one


def bases_alone(seen: Examined) -> Iterator[Doubt]:
    """Yield each dose that is for something else than in every other version, as m² for kg."""
    for own, dose, versions in _doses(seen):
        others = [one for version in versions for one in version]
        if others and all(one.per != dose.per for one, _ in others):
            other, regimen = others[0]
            yield own.place.below("dose").doubt(
                "basis_alone",
                f"The dose is for {_PER_WORDS[dose.per]}; {_version(regimen.policy)} states it "
                f"for {_PER_WORDS[other.per]} in the same use.",
            )


def counts_far_off(seen: Examined) -> Iterator[Doubt]:
    """Yield each number of doses more than twice what any other version permits for the same."""
    for own, versions in _compared(seen):
        for name, period in _COUNTS.items():
            value = own.number(name)
            stated = [(one.number(name) or 0, one) for version in versions for one in version]
            most, other = max(stated, key=lambda one: one[0], default=(0, own))
            if value and most and value > _FAR * most:
                yield own.place.below(name).doubt(
                    "doses_far_off",
                    f"{count_in_words(value, 'dose')} in {period} are more than twice what any "
                    f"other version states for the same use; {_version(other.policy)}: {most}.",
                )


def rests_short(seen: Examined) -> Iterator[Doubt]:
    """Yield each rest that is shorter than in every other version for the same use."""
    for own, versions in _compared(seen):
        for name, what in _RESTS.items():
            value = own.number(name)
            stated = [
                (days, one)
                for version in versions
                for one in version
                if (days := one.number(name)) is not None
            ]
            if value is None or not stated:
                continue
            least, other = min(stated, key=lambda one: one[0])
            if value < least:
                yield own.place.below(name).doubt(
                    "rest_short",
                    f"A rest of {count_in_words(value, 'day')} {what} is shorter than any other "
                    f"version's for the same use; {_version(other.policy)}: {least}.",
                )


def doses_impossible(seen: Examined) -> Iterator[Doubt]:
    """Yield each dose that cannot be meant: less than 1,000 units, or more than 20 vials."""
    vial = seen.label.preparation.vial.content_iu
    for place in seen.places():
        dose = place.value
        if not isinstance(dose, Dose):
            continue
        whole = dose.iu * _MOST_OF.get(dose.per, 1)
        if dose.iu < _LEAST_IU:
            why = "so little is measured for nobody"
        elif whole > _MOST_VIALS * vial:
            person = {"kg": " of a person of 100 kg", "m2": " of a person of 2 m²"}
            why = f"one dose{person.get(dose.per, '')} would take more than {_MOST_VIALS} vials"
        else:
            continue
        yield place.doubt(
            "dose_impossible",
            f"{dose_in_words(dose.iu)} for {_PER_WORDS[dose.per]}: {why}. Look at the unit.",
        )


def other_payers_named(seen: Examined) -> Iterator[Doubt]:
    """Yield each text that names another payer whose policy is known."""
    payers = {one.payer for one in seen.others if not _is_same(one.payer, seen.policy.payer)}
    for place in seen.places():
        if not isinstance(place.value, str) or place.path[-1] in ("id", "provided_by", "sha256"):
            continue
        named = sorted(payer for payer in payers if _names(place.value, payer))
        if named:
            yield place.doubt(
                "other_payer_named",
                f"The text “{_short(place.value)}” names {' and '.join(named)}, but this is a "
                f"policy of {seen.policy.payer}.",
                "low",
            )


def names_alike(seen: Examined) -> Iterator[Doubt]:
    """Yield the document's name where another policy has the same one."""
    for other in seen.others:
        if other.id != seen.policy.id and _is_same(other.document, seen.policy.document):
            yield Place(("document",), ("document",), None).doubt(
                "name_alike",
                f"The policy {other.id} has the same document name, “{seen.policy.document}”: two "
                "policies with one name are easily confused.",
                "low",
            )
            return


def _is_same(one: str, other: str) -> bool:
    return one.split() == other.split() or one.casefold().split() == other.casefold().split()


def _names(text: str, payer: str) -> bool:
    words = r"\s+".join(map(re.escape, payer.casefold().split()))
    return re.search(rf"(?<!\w){words}(?!\w)", text.casefold()) is not None


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80]}…"  # noqa: PLR2004


def _version(policy: Policy) -> str:
    return f"{policy.document} (version {policy.version})"
