"""Builds the wheel and the source distribution (PEP 517) with the standard library alone.

The package is pure Python without dependencies, so an in-tree backend keeps it installable where
no package index can be reached: there is nothing to download, not even for the build. The same
files make the same bytes. ``python3 build_backend.py FOLDER`` leaves both archives in a folder.
"""

import ast
import base64
import gzip
import hashlib
import io
import os
import sys
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = "live_pool_client"
BESIDE = ["CHANGELOG.md", "LICENSE", "README.md", "build_backend.py", "pyproject.toml"]
DATE = (1980, 1, 1, 0, 0, 0)


def _project():
    """The [project] table; tomllib is not in Python 3.9."""
    table = (HERE / "pyproject.toml").read_text("utf-8").split("[project]\n")[1]
    lines = [line.split(" = ", 1) for line in table.splitlines() if line]
    return {key: ast.literal_eval(value) for key, value in lines}


def _modules():
    files = [*(HERE / PACKAGE).glob("*.py"), HERE / PACKAGE / "py.typed"]
    return {f"{PACKAGE}/{file.name}": file.read_bytes() for file in sorted(files)}


def _metadata(project):
    fields = [
        ("Metadata-Version", "2.4"),
        ("Name", project["name"]),
        ("Version", project["version"]),
        ("Summary", project["description"]),
        ("License-Expression", project["license"]),
        *[("License-File", name) for name in project["license-files"]],
        *[("Classifier", name) for name in project["classifiers"]],
        ("Requires-Python", project["requires-python"]),
        ("Description-Content-Type", "text/markdown"),
    ]
    head = "".join(f"{name}: {value}\n" for name, value in fields)
    return (head + "\n" + (HERE / project["readme"]).read_text("utf-8")).encode("utf-8")


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    project = _project()
    stem = f"{PACKAGE}-{project['version']}"
    info = f"{stem}.dist-info"
    files = _modules()
    files[f"{info}/licenses/LICENSE"] = (HERE / "LICENSE").read_bytes()
    files[f"{info}/METADATA"] = _metadata(project)
    tags = "Root-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{info}/WHEEL"] = f"Wheel-Version: 1.0\nGenerator: build_backend\n{tags}".encode()
    rows = []
    for name, content in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        rows.append(f"{name},sha256={digest},{len(content)}\n")
    files[f"{info}/RECORD"] = ("".join(rows) + f"{info}/RECORD,,\n").encode("utf-8")
    wheel = f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(Path(wheel_directory) / wheel, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, DATE)
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return wheel


def build_sdist(sdist_directory, config_settings=None):
    project = _project()
    stem = f"{PACKAGE}-{project['version']}"
    files = {**{name: (HERE / name).read_bytes() for name in BESIDE}, **_modules()}
    files["PKG-INFO"] = _metadata(project)
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name in sorted(files):
            entry = tarfile.TarInfo(f"{stem}/{name}")
            entry.size = len(files[name])
            archive.addfile(entry, io.BytesIO(files[name]))
    sdist = f"{stem}.tar.gz"
    (Path(sdist_directory) / sdist).write_bytes(gzip.compress(plain.getvalue(), 9, mtime=0))
    return sdist


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    print(build_wheel(sys.argv[1]), build_sdist(sys.argv[1]))
