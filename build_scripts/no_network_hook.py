"""Runs first in the packed program, which holds no socket module: puts empty ones in its place.

Libraries import `socket` (email, by way of importlib.metadata) and `_socket` (types, for the type
of a capsule) without using them here. Nothing in these stand-ins can open a connection.
"""

import datetime
import sys
import types

_core = types.ModuleType("_socket")
_core.__dict__["CAPI"] = datetime.datetime_CAPI  # any capsule serves
sys.modules["_socket"] = _core
sys.modules["socket"] = types.ModuleType("socket")
