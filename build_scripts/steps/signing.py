"""Signs Windows programs and installers with the publisher's certificate, or says why it cannot."""

import os
import struct
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from build_scripts.steps.freeze import BuildError

PROGRAMS = {".exe", ".dll", ".pyd"}
CERTIFICATE = "ALDESK_SIGNING_CERTIFICATE"
PASSWORD = "ALDESK_SIGNING_PASSWORD"  # noqa: S105  # the name of the variable
TIMESTAMP = "ALDESK_SIGNING_TIMESTAMP_URL"


@dataclass(frozen=True)
class Certificate:
    """The publisher's certificate with its private key."""

    file: Path
    password: str
    timestamp_url: str


def certificate() -> Certificate:
    """Return the certificate named in the environment. Raises BuildError if there is none."""
    file = os.environ.get(CERTIFICATE, "")
    if not file or PASSWORD not in os.environ:
        raise BuildError(
            f"Nothing was signed and nothing written: set {CERTIFICATE} to the path of the"
            f" certificate (.p12) and {PASSWORD} to its password."
        )
    if not Path(file).is_file():
        raise BuildError(f"Nothing was signed and nothing written: {CERTIFICATE} is no file.")
    return Certificate(Path(file), os.environ[PASSWORD], os.environ.get(TIMESTAMP, ""))


def sign(files: Iterable[Path], certificate: Certificate) -> None:
    """Sign each file in place. Raises BuildError at the first that cannot be signed."""
    with tempfile.TemporaryDirectory() as folder:
        password = Path(folder) / "password"  # not on the command line, where others can read it
        password.touch(mode=0o600)
        password.write_text(certificate.password, "utf-8")
        for file in files:
            _sign(file, certificate, password)


def _sign(file: Path, certificate: Certificate, password: Path) -> None:
    signed = file.with_name(f"{file.name}.signed")
    command = ["osslsigncode", "sign", "-pkcs12", str(certificate.file), "-readpass", str(password)]
    command += ["-h", "sha256", "-n", "Aldesk"]
    command += ["-ts", certificate.timestamp_url] if certificate.timestamp_url else []
    command += ["-in", str(file), "-out", str(signed)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        signed.unlink(missing_ok=True)
        reason = (done.stderr or done.stdout).strip()
        raise BuildError(f"{file.name} could not be signed:\n{reason}")
    signed.replace(file)


def unsigned_programs(folder: Path) -> list[Path]:
    """Return the programs and libraries below a folder that have no signature yet."""
    files = sorted(one for one in folder.rglob("*") if one.suffix.lower() in PROGRAMS)
    return [one for one in files if not is_signed(one)]


def is_signed(program: Path) -> bool:
    """Return whether a 64-bit Windows program has a signature, whoever made it."""
    content = program.read_bytes()
    (header,) = struct.unpack_from("<I", content, 0x3C)
    # The size in the fifth data directory (certificates): the directories begin 112 bytes after
    # the 24 bytes of signature and file header, with 8 bytes each.
    _, size = struct.unpack_from("<II", content, header + 24 + 112 + 4 * 8)
    return bool(size)
