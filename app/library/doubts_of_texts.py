"""Doubts about a text of a policy file that says something else than the value beside it.

A text counts only if it states a number: one that states none is in no contradiction.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from app.library.examined import Doubt, Examined, Place
from app.model.criterion import Comparison, Group
from app.model.dosing import Dose
from app.model.formatting import decimal_in_words, dose_in_words

_FIGURE = re.compile(r"(?<![\w.,/])[0-9][0-9,_]*(?:\.[0-9]+)?(?![0-9])")
_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_NUMBER_WORDS = {
    **{word: number for number, word in enumerate(_SMALL)},
    **{word: 10 * number for number, word in enumerate(_TENS, start=2)},
}
_BOUNDS = ("at_least", "at_most", "over", "under")
# Words that say whether a bound is included, by the comparison that they stand for.
_NUMBER = r"(?:[a-z]+ ){0,2}?[0-9]"
_MORE, _LESS = (
    r"(?:over|above|more|older|greater|higher)",
    r"(?:under|below|less|younger|fewer|lower)",
)
_NOT = r"\b(?:no|not) "
_WORDINGS = {
    "at_least": rf"\bat least\b|\bminimum\b|\bor {_MORE}\b|{_NOT}{_LESS}\b|≥",
    "at_most": rf"\bat most\b|\bmaximum\b|\bup to\b|\bor {_LESS}\b|{_NOT}{_MORE}\b|≤",
    "over": rf"(?<!no )(?<!not )(?<!or )\b{_MORE} (?:than )?{_NUMBER}|>",
    "under": rf"(?<!no )(?<!not )(?<!or )\b{_LESS} (?:than )?{_NUMBER}|<",
}
_MORE_THAN = re.compile(r"\b(?<!no )(?<!not )more than\b", re.IGNORECASE)
_BOUND_WORDS = {name: name.replace("_", " ") for name in _BOUNDS}

_AMOUNT = re.compile(
    r"(?P<figure>[0-9][0-9,_]*(?:\.[0-9]+)?)\s*(?P<million>million\s+)?"
    r"(?P<unit>mg|mcg|[µμ]g|MIU|IU|International Units?|units?)(?!\w)"
)
_PER_MG = {"mg": 1, "mcg": 1000, "µg": 1000, "μg": 1000}
_MILLION = 1_000_000
# A figure in mg is rounded, and the label itself has two ratios: its vial and its solution.
_MG_MAY_DIFFER_PERCENT = 10
_PERS = {
    "kg": re.compile(r"(?:/|\bper |\beach |\bfor each )\s*(?:kg|kilogram)\b", re.IGNORECASE),
    "m2": re.compile(
        r"(?:/|\bper |\beach |\bfor each )\s*(?:m2|m²|m\^2|square met)", re.IGNORECASE
    ),
    "lesion": re.compile(r"(?:/|\bper |\beach |\bfor each |\binto each )\s*lesion", re.IGNORECASE),
}
_PER_WORDS = {"kg": "kg", "m2": "m²", "lesion": "lesion", "dose": "dose", "visit": "visit"}


def numbers_in(text: str) -> set[Decimal]:
    """Return the numbers that a text states, in figures or in words.

    >>> sorted(numbers_in("Aged 18 years, or at least twenty-one; BRAF V600E"))
    [Decimal('18'), Decimal('21')]
    """
    found = {_figure(one) for one in _FIGURE.findall(text)}
    words = re.findall(r"[a-z]+(?:-[a-z]+)?", text.lower())
    for word in words:
        parts = [_NUMBER_WORDS[one] for one in word.split("-") if one in _NUMBER_WORDS]
        if parts and len(parts) == word.count("-") + 1:
            found.add(Decimal(sum(parts)))
    return found


def _figure(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("_", ""))


def numbers_differ(seen: Examined) -> Iterator[Doubt]:
    """Yield each criterion whose text states a number that is not the one compared with."""
    for place, key, bound in _bounds(seen):
        text = place.value.text
        stated = numbers_in(text)
        if stated and bound not in stated:
            told = " and ".join(decimal_in_words(one) for one in sorted(stated))
            yield place.below(key).doubt(
                "number_differs",
                f"The text “{text}” says {told}, but the value is {_BOUND_WORDS[key]} "
                f"{decimal_in_words(bound)}.",
            )


def counts_differ(seen: Examined) -> Iterator[Doubt]:
    """Yield each group that needs another number of its criteria than its text states."""
    for place in seen.places():
        group = place.value
        if not isinstance(group, Group) or group.at_least is None:
            continue
        stated, needed = numbers_in(group.text), Decimal(group.at_least)
        fitting = {needed, needed - 1} if _MORE_THAN.search(group.text) else {needed}
        if stated and not stated & fitting:
            told = " and ".join(decimal_in_words(one) for one in sorted(stated))
            yield place.below("at_least").doubt(
                "count_differs",
                f"The text “{group.text}” says {told}, but at least {group.at_least} of the "
                "criteria in it are needed.",
            )


def bounds_outside(seen: Examined) -> Iterator[Doubt]:
    """Yield each bound that lies outside what the answer to its question can be."""
    for place, key, bound in _bounds(seen):
        question = seen.question(place.value.question)
        low, high = question.from_, question.to
        if (low is not None and bound < low) or (high is not None and bound > high):
            yield place.below(key).doubt(
                "bound_outside",
                f"“{place.value.text}” is {_BOUND_WORDS[key]} {decimal_in_words(bound)}, outside "
                f"the answers that “{question.label}” can have.",
            )


def wordings_differ(seen: Examined) -> Iterator[Doubt]:
    """Yield each criterion whose text words the bound otherwise, as "over 65" for at least 65."""
    for place, key, bound in _bounds(seen):
        text = place.value.text
        stated = [name for name, words in _WORDINGS.items() if re.search(words, text.lower())]
        if bound in numbers_in(text) and stated and key not in stated:
            yield place.below(key).doubt(
                "wording_differs",
                f"The text “{text}” says {' and '.join(_BOUND_WORDS[one] for one in stated)}, but "
                f"the value is {_BOUND_WORDS[key]} {decimal_in_words(bound)}: look whether "
                "the number itself is included.",
            )


def _bounds(seen: Examined) -> Iterator[tuple[Place, str, Decimal]]:
    """Yield each comparison with a number: its place, the key and the number."""
    for place in seen.places():
        if isinstance(place.value, Comparison):
            for key, wanted in place.value.wanted.items():
                if key in _BOUNDS and not isinstance(wanted, tuple):
                    yield place, key, Decimal(wanted)


def amounts_differ(seen: Examined) -> Iterator[Doubt]:
    """Yield each dose whose figure in other units is not the dose in International Units."""
    for place in _doses(seen):
        for found in _AMOUNT.finditer(place.value.also_stated_as):
            unit, stated = found["unit"], _figure(found["figure"])
            if unit in _PER_MG:
                yield from _mg_differ(seen, place, stated / _PER_MG[unit], found[0])
            else:
                is_million = found["million"] or unit == "MIU"
                yield from _units_differ(place, stated * (_MILLION if is_million else 1), found[0])


def _mg_differ(seen: Examined, place: Place, mg: Decimal, words: str) -> Iterator[Doubt]:
    """Yield a doubt where mg, by the solution of the label, are not the International Units."""
    solution = seen.label.preparation.solution
    iu = mg * solution.iu_per_ml / solution.mg_per_ml
    if abs(iu - place.value.iu) * 100 > _MG_MAY_DIFFER_PERCENT * iu:
        yield place.doubt(
            "mg_and_units_differ",
            f"{words} are about {dose_in_words(int(iu))}, because "
            f"{solution.mg_per_ml} mg are {dose_in_words(solution.iu_per_ml)}; but the value is "
            f"{dose_in_words(place.value.iu)}.",
        )


def _units_differ(place: Place, iu: Decimal, words: str) -> Iterator[Doubt]:
    if iu != place.value.iu:
        yield place.doubt(
            "units_differ",
            f"The figure beside the dose is {words}, but the value is "
            f"{dose_in_words(place.value.iu)}.",
        )


def bases_differ(seen: Examined) -> Iterator[Doubt]:
    """Yield each dose whose figure in other units is for something else, as m² for kg."""
    for place in _doses(seen):
        stated = [one for one, words in _PERS.items() if words.search(place.value.also_stated_as)]
        if stated and place.value.per not in stated:
            told = " and ".join(_PER_WORDS[one] for one in stated)
            yield place.doubt(
                "basis_differs",
                f"The figure “{place.value.also_stated_as}” is for each {told}, but the dose is "
                f"for each {_PER_WORDS[place.value.per]}.",
            )


def _doses(seen: Examined) -> Iterator[Any]:
    for place in seen.places():
        if isinstance(place.value, Dose) and place.value.also_stated_as:
            yield place
