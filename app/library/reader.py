"""Reads a data file into a model, or refuses it with file, line and key."""

from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from app.bounded_file import read_file
from app.library import strict_yaml
from app.library.strict_yaml import Document, YamlProblem
from app.model.adapters import adapter, listed, refusal_in

_Model = TypeVar("_Model")
FoundProblem = tuple[strict_yaml.Path, str]

_PLAIN_MESSAGES = {
    "missing": "the key is missing",
    "unexpected_keyword_argument": "the key is not known",
    "int_type": "must be a whole number: digits only, without quotation marks, like 18 or 600_000",
    "bool_type": "must be true or false",
    "string_type": "must be text; a number or a date needs quotation marks",
    "date_type": "must be a date like 2026-05-01, without quotation marks",
    "tuple_type": "must be a list",
    "dict_type": "must hold keys with values",
    "dataclass_type": "must hold keys with values",
    "too_short": "must have at least one entry",
    "string_too_short": "must not be empty",
}


class DataFileError(Exception):
    """A data file cannot be used; the message names file, line and key.

    `problems` are all that were found, each with its path; the message is about the first.
    """

    def __init__(
        self, file: Path, line: int, path: strict_yaml.Path, message: str, *more: FoundProblem
    ) -> None:
        key = ".".join(str(part) for part in path)
        super().__init__(f"{file.name}, line {line}{f', {key}' if key else ''}: {message}")
        self.problems: tuple[FoundProblem, ...] = ((path, message), *more)


def read_model(model: type[_Model], file: Path, context: dict[str, Any] | None = None) -> _Model:
    """Return the model that a file describes. Raises DataFileError."""
    return build(model, file, read_document(file, read_bytes(file)), context)


def read_bytes(file: Path) -> bytes:
    """Return the content of a file. Raises DataFileError, also above the bound for any file."""
    try:
        return read_file(file)
    except OSError as error:
        raise DataFileError(file, 1, (), error.strerror or "cannot be read") from None


def read_document(file: Path, text: bytes) -> Document:
    """Return the parsed text of a file. Raises DataFileError."""
    try:
        return strict_yaml.parse(text)
    except YamlProblem as problem:
        raise DataFileError(file, problem.line, problem.path, problem.message) from None


def build(
    model: type[_Model], file: Path, document: Document, context: dict[str, Any] | None = None
) -> _Model:
    """Return the model that the document describes. Raises DataFileError on its first problem."""
    try:
        return adapter(model).validate_python(document.value, context=context)
    except ValidationError as error:
        found = [(_path_in_file(one, document.value), _message(one)) for one in error.errors()]
    (path, message), *more = found
    raise DataFileError(file, document.line(path), path, message, *more)


def _message(detail: ErrorDetails) -> str:
    if detail["input"] is None and detail["type"] == "string_type":
        return _PLAIN_MESSAGES["string_too_short"]
    refusal = refusal_in(detail)
    if refusal is not None:
        return refusal.message
    if detail["type"] == "literal_error":
        return f"must be one of: {listed(detail['ctx']['expected'])}"
    if detail["type"] == "greater_than":
        return f"must be more than {detail['ctx']['gt']}"
    if detail["type"] == "less_than_equal":
        return f"must be at most {detail['ctx']['le']:,}"
    return _PLAIN_MESSAGES.get(detail["type"], detail["msg"])


def _path_in_file(detail: ErrorDetails, value: Any) -> strict_yaml.Path:
    """Return the path of the problem in the file: pydantic's location without its union tags."""
    refusal = refusal_in(detail)
    inner = refusal.at.split(".") if refusal and refusal.at else []
    wanted: list[Any] = [*detail["loc"], *inner]
    path: list[str | int] = []
    for place, one in enumerate(wanted):
        last = place == len(wanted) - 1
        part = int(one) if isinstance(value, list) and str(one).isdigit() else one
        if (isinstance(value, dict) and part in value) or (
            isinstance(value, list) and isinstance(part, int)
        ):
            value = value[part]
        elif not (last and detail["type"] == "missing"):
            continue
        path.append(part)
    return tuple(path)
