"""The description of the Windows installer, the zip, and the refusal to leave anything unsigned."""

import hashlib
import struct
import zipfile
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from build_scripts.steps import msi, signing, windows
from build_scripts.steps.freeze import BuildError
from build_scripts.steps.wine import call
from tests.tools import needs

PREFIX = "{http://schemas.microsoft.com/wix/2006/wi}"
PROGRAMS = ("Aldesk.exe", "aldesk-cli.exe", "_internal/Qt6Core.dll")
wraps = needs("wixl", "msibuild", "msiinfo")
signs = needs("wixl", "msibuild", "msiinfo", "osslsigncode", "openssl")


@pytest.fixture(autouse=True)
def _same_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.delenv(signing.CERTIFICATE, raising=False)
    monkeypatch.delenv(signing.PASSWORD, raising=False)
    monkeypatch.delenv(signing.TIMESTAMP, raising=False)
    monkeypatch.setattr(windows, "DIST", tmp_path / "dist")


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    """A folder as PyInstaller leaves it, with the smallest programs that can be signed."""
    folder = tmp_path / "Aldesk"
    texts = ("_internal/a/same.txt", "_internal/b/same.txt", "_internal/b/Größe.txt")
    for path in (*PROGRAMS, *texts):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(program() if path in PROGRAMS else path.encode())
    return folder


def program() -> bytes:
    """The headers of a 64-bit Windows program with one empty section."""
    dos = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40)
    head = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x22)
    optional = struct.pack("<H", 0x20B).ljust(32, b"\0") + struct.pack("<II", 0x1000, 0x200)
    optional = optional.ljust(56, b"\0") + struct.pack("<II", 0x2000, 0x200)
    optional = optional.ljust(108, b"\0") + struct.pack("<I", 16)
    section = b".text".ljust(8, b"\0") + struct.pack("<IIII", 1, 0x1000, 0x200, 0x200)
    return (dos + head + optional.ljust(240, b"\0") + section).ljust(0x400, b"\0")


def described(folder: Path, version: str = "1.2.3") -> Xml.Element:
    return Xml.fromstring(msi.describe(folder, version))  # noqa: S314  # our own text


def components(folder: Path, version: str = "1.2.3") -> dict[str, str]:
    """Return the code of each file's component."""
    return {
        file.attrib["Source"]: component.attrib["Guid"]
        for component in described(folder, version).iter(f"{PREFIX}Component")
        for file in component.iter(f"{PREFIX}File")
    }


def test_every_file_is_installed_once(packed: Path) -> None:
    listed = [one.attrib["Source"] for one in described(packed).iter(f"{PREFIX}File")]
    files = [one for one in packed.rglob("*") if one.is_file()]
    assert sorted(listed) == sorted(str(one.relative_to(packed.parent)) for one in files)


def test_every_component_is_its_own_and_belongs_to_the_feature(packed: Path) -> None:
    root = described(packed)
    names = [one.attrib["Id"] for one in root.iter(f"{PREFIX}Component")]
    assert len(set(names)) == len(names) == len(set(components(packed).values()))
    assert [one.attrib["Id"] for one in root.iter(f"{PREFIX}ComponentRef")] == names


def test_a_file_keeps_its_code_and_a_version_gets_its_own(packed: Path) -> None:
    assert components(packed, "1.2.3") == components(packed, "2.0.0")
    assert msi.product_code("1.2.3") == msi.product_code("1.2.3") != msi.product_code("1.2.4")


def test_all_versions_are_one_product(packed: Path) -> None:
    product = described(packed).find(f"{PREFIX}Product")
    assert product is not None
    assert product.attrib["UpgradeCode"] == "{615F363C-6D4F-462F-8DBC-8C6CB4D25082}"
    upgrade = product.find(f"{PREFIX}MajorUpgrade")
    assert upgrade is not None
    assert "newer version of Aldesk is already installed" in upgrade.attrib["DowngradeErrorMessage"]


def test_the_zip_holds_the_folder_and_is_the_same_each_time(packed: Path, tmp_path: Path) -> None:
    first = windows.pack(packed, tmp_path / "one.zip").read_bytes()
    (packed / "Aldesk.exe").touch()
    assert windows.pack(packed, tmp_path / "two.zip").read_bytes() == first
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.read("Aldesk/_internal/b/Größe.txt").decode() == "_internal/b/Größe.txt"


def test_another_folder_is_not_wrapped(packed: Path, tmp_path: Path) -> None:
    (packed / "Aldesk.exe").unlink()
    with pytest.raises(BuildError, match="not Aldesk packed for Windows"):
        windows.wrap(packed, tmp_path / "dist")


@wraps
def test_the_same_folder_gives_the_same_bytes(packed: Path, tmp_path: Path) -> None:
    made = [windows.wrap(packed, tmp_path / name) for name in ("one", "two")]
    hashes = [[hashlib.sha256(one.read_bytes()).hexdigest() for one in each] for each in made]
    assert hashes[0] == hashes[1]


@pytest.mark.parametrize("variable", [None, signing.CERTIFICATE, signing.PASSWORD])
def test_without_certificate_nothing_is_made(
    packed: Path, monkeypatch: pytest.MonkeyPatch, variable: str | None
) -> None:
    if variable:
        monkeypatch.setenv(variable, str(packed / "certificate.p12"))
    with pytest.raises(BuildError, match="Nothing was signed and nothing written"):
        windows.build(packed, sign=True)
    assert not windows.DIST.exists()


@signs
def test_programs_and_installer_are_signed(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(signing.CERTIFICATE, str(certificate(tmp_path)))
    monkeypatch.setenv(signing.PASSWORD, "secret")
    installer, archive = windows.wrap(packed, windows.DIST, signing.certificate())
    call("osslsigncode", "extract-signature", "-in", installer, "-out", tmp_path / "signature")
    with zipfile.ZipFile(archive) as unpacked:
        unpacked.extractall(tmp_path / "unpacked")
    assert not signing.unsigned_programs(tmp_path / "unpacked")
    assert len(signing.unsigned_programs(packed)) == len(PROGRAMS)  # the folder is left as it was


@signs
def test_a_wrong_password_leaves_nothing(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(signing.CERTIFICATE, str(certificate(tmp_path)))
    monkeypatch.setenv(signing.PASSWORD, "wrong")
    windows.DIST.mkdir()
    (windows.DIST / "Aldesk-0.0.9-windows-x64.msi").touch()
    with pytest.raises(BuildError, match="could not be signed"):
        windows.build(packed, sign=True)
    assert not list(windows.DIST.iterdir())  # not even what was made unsigned before


def certificate(folder: Path) -> Path:
    """Make a certificate that nobody trusts."""
    key, public, both = (folder / name for name in ("key.pem", "cert.pem", "cert.p12"))
    new = ("-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Nobody")
    use = ("-addext", "extendedKeyUsage=codeSigning")
    call("openssl", "req", "-x509", *new, *use, "-keyout", key, "-out", public)
    secret = ("-passout", "pass:secret")
    call("openssl", "pkcs12", "-export", *secret, "-inkey", key, "-in", public, "-out", both)
    return both
