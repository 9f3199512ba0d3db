"""Calendar months, as approvals and review dates count them."""

from datetime import date


def months_later(day: date, months: int) -> date:
    """Return the same day of the month `months` later, or the first day after a shorter month.

    >>> months_later(date(2026, 11, 23), 12)
    datetime.date(2027, 11, 23)
    >>> months_later(date(2028, 2, 29), 12)
    datetime.date(2029, 3, 1)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        year, month = divmod(day.year * 12 + day.month + months, 12)
        return date(year, month + 1, 1)
