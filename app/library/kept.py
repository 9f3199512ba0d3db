"""What was read before and is still in use is given again, instead of an equal copy.

The engine remembers what follows from a policy or the label. It finds that at once for the same
object, but has to compare an equal one value by value, at each step of each determination.
"""

from typing import TypeVar
from weakref import WeakValueDictionary

from app.model.criterion import Data

_Model = TypeVar("_Model", bound=Data)
_KEPT: WeakValueDictionary[int, Data] = WeakValueDictionary()


def kept(model: _Model) -> _Model:
    """Return the equal model that was read before, or this one."""
    before = _KEPT.setdefault(hash(model), model)
    return before if isinstance(before, type(model)) and before == model else model
