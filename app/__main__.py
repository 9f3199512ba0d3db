"""The program: the window without arguments, the command line with any."""

import sys


def main() -> int:
    """Run Aldesk and return its exit status. Qt is imported for the window only."""
    arguments = sys.argv[1:]
    if arguments == ["--self-test"]:
        from app import self_test  # noqa: PLC0415

        return self_test.run()
    if arguments:
        from app import cli  # noqa: PLC0415

        return cli.main(arguments)
    from app.gui import application  # noqa: PLC0415

    return application.run()


if __name__ == "__main__":
    sys.exit(main())
