"""Runs a program and kills it as soon as it opens an internet socket: `confined.py PROGRAM ...`.

A seccomp filter kills the process at socket() for every family but AF_UNIX; the program and all
processes that it starts inherit the filter.
"""

import ctypes
import os
import socket
import sys

_KILL_PROCESS, _ALLOW = 0x80000000, 0x7FFF0000
_NOT_EQUAL = 1  # SCMP_CMP_NE


class _Comparison(ctypes.Structure):
    _fields_ = (
        ("argument", ctypes.c_uint),
        ("operator", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    )


def confine() -> None:
    """Install the filter in this process. Raises OSError if that fails."""
    library = ctypes.CDLL("libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_rule_add_array.argtypes = [
        *(ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint),
        ctypes.POINTER(_Comparison),
    ]
    library.seccomp_load.argtypes = [ctypes.c_void_p]
    rules = library.seccomp_init(_ALLOW)
    call = library.seccomp_syscall_resolve_name(b"socket")
    not_local = _Comparison(0, _NOT_EQUAL, socket.AF_UNIX, 0)
    added = library.seccomp_rule_add_array(rules, _KILL_PROCESS, call, 1, ctypes.byref(not_local))
    if added != 0 or library.seccomp_load(rules) != 0:
        raise OSError("the seccomp filter could not be set up")


if __name__ == "__main__":
    confine()
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606  # no shell: this process becomes the program
