"""Runs on Windows (or Wine) and prints what Windows itself sees, for the Wine check.

`window` waits for a window whose title begins or ends with Aldesk and prints its class and title;
`version FILE...` prints product, version and publisher of each program.
"""

import sys
import time

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    def main() -> int:
        """Print what the command line asks for; return 1 if there is no such window."""
        if sys.argv[1] == "window":
            return wait_for_window()
        for program in sys.argv[2:]:
            values = [
                text(program, key) for key in ("ProductName", "ProductVersion", "CompanyName")
            ]
            print(*values, sep="; ")
        return 0

    def wait_for_window() -> int:
        """Look for the window for a minute; print it and return 0, or return 1."""
        for _ in range(120):
            found = visible_windows()
            if found:
                print(*found, sep="\n")
                return 0
            time.sleep(0.5)
        return 1

    def visible_windows() -> list[str]:
        """Return class and title of every visible window of Aldesk."""
        user, found = ctypes.windll.user32, []

        @ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)
        def look(window: int, _: int) -> bool:
            title, kind = ctypes.create_unicode_buffer(200), ctypes.create_unicode_buffer(200)
            user.GetWindowTextW(window, title, 200)
            user.GetClassNameW(window, kind, 200)
            named = title.value.startswith("Aldesk") or title.value.endswith("Aldesk")
            if user.IsWindowVisible(window) and named:
                found.append(f"{kind.value}: {title.value}")
            return True

        user.EnumWindows(look, 0)
        return found

    def text(program: str, key: str) -> str:
        """Return one line of a program's version information, in English."""
        library = ctypes.windll.version
        size = library.GetFileVersionInfoSizeW(program, None)
        block = ctypes.create_string_buffer(max(size, 1))
        library.GetFileVersionInfoW(program, 0, size, block)
        value, length = ctypes.c_wchar_p(), wintypes.UINT()
        place = f"\\StringFileInfo\\040904B0\\{key}"
        library.VerQueryValueW(block, place, ctypes.byref(value), ctypes.byref(length))
        return value.value or ""

    if __name__ == "__main__":
        sys.exit(main())
