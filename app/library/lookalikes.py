"""Letters in a name that could pass for others: two names that look alike must be one name."""

from unicodedata import category, name, normalize

_OWN_LATIN = frozenset("ÆæŒœØøĐđŁłßẞÞþ")


def odd_letter(text: str) -> str | None:
    """Return the first letter, digit or mark that is no plain Latin one, with its name; or None.

    Latin letters may have accents.

    >>> odd_letter("Société Générale 2") is None
    True
    >>> odd_letter("\\u0421igna")
    "'\\u0421' (CYRILLIC CAPITAL LETTER ES)"
    """
    composed = normalize("NFC", text)
    found = next((one for one in composed if _is_odd(one)), None)
    return None if found is None else f"'{found}' ({name(found, 'without a name')})"


def _is_odd(letter: str) -> bool:
    kind = category(letter)
    if kind[0] == "L":
        return not normalize("NFD", letter)[0].isascii() and letter not in _OWN_LATIN
    return kind[0] == "M" or (kind in ("Nd", "Nl") and not letter.isascii())
