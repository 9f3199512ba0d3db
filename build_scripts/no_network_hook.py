"""Runs first in the packed program, which has no socket modules: puts empty ones in their place.

Libraries import `socket` (email, through importlib.metadata) and `_socket` (types, for the type of
a capsule) without using them here. Nothing in these empty modules can open a connection.
"""

import datetime
import sys
import types

_core = types.ModuleType("_socket")
_core.__dict__["CAPI"] = datetime.datetime_CAPI  # any capsule will do
sys.modules["_socket"] = _core
sys.modules["socket"] = types.ModuleType("socket")
