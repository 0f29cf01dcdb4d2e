"""Build the sdist and the wheel of the last commit, look into them, and try each in a clean environment.

    python tools/check_wheel.py [--keep FOLDER]

Three installs, each followed by `pip check`, a segmented document and tests against the installed package: the wheel;
the sdist with a C compiler; the sdist where `CC` names nothing (it must run interpreted, with the same answer).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = "corpora/text/en-news-gulf-01.txt"
MAX_WHEEL_MB = 10.0
TESTS = ["tests/text/test_tables.py", "tests/pipeline"]
# What an interpreted package does within seconds.
QUICK = [
    "tests/text/test_tables.py",
    "tests/pipeline/test_document.py",
    "-k",
    "odd or select or settings or pickle or tables",
]


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Standard output of a command. Raises: SystemExit with what it printed when it fails."""
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")
    return done.stdout


def python_of(folder: Path) -> Path:
    """A new environment's interpreter."""
    venv.create(folder, with_pip=True)
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def sources(folder: Path) -> Path:
    """The last commit, without anything that lies about in the working tree."""
    archive = folder / "source.tar"
    run("git", "archive", "--prefix=source/", "-o", archive, "HEAD", cwd=ROOT)
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / "source"


def missing(wheel: Path, source: Path) -> list[str]:
    """What is wrong with a wheel's contents: every file of the package in it, nothing of the tests."""
    names = set(zipfile.ZipFile(wheel).namelist())
    package = source / "src" / "bilingual"
    files = [path for path in package.rglob("*") if path.is_file() and path.suffix != ".c"]  # Cython's, on the way
    wanted = [path.relative_to(package.parent).as_posix() for path in files]
    found = [f"not in the wheel: {name}" for name in sorted(wanted) if name not in names]
    found += [
        f"no licence file {name}"
        for name in ("LICENSE", "NOTICE")
        if not any(n.endswith(f"licenses/{name}") for n in names)
    ]
    tops = {name.split("/")[0] for name in names}
    found += [
        f"stray in the wheel: {top}" for top in sorted(tops) if top != "bilingual" and not top.endswith(".dist-info")
    ]
    found += [
        f"stray in the wheel: {name}" for name in sorted(names) if "tests/" in name or name.endswith((".c", ".pyc"))
    ]
    size = wheel.stat().st_size / 1e6
    n_compiled = sum("/kernel." in name and name.endswith((".so", ".pyd")) for name in names)
    if size > MAX_WHEEL_MB:
        found.append(f"the wheel has {size:.1f} MB, over {MAX_WHEEL_MB}")
    if n_compiled != len(list(package.rglob("kernel.py"))):
        found.append(f"only {n_compiled} kernels are compiled")
    if not any(name.startswith("bilingual/_shared.") for name in names):
        found.append("what the kernels share is not compiled")
    print(f"{wheel.name}: {len(names)} files, {size:.1f} MB, {n_compiled} compiled kernels")
    return found


def stray(sdist: Path) -> list[str]:
    """What is in an sdist and builds nothing."""
    with tarfile.open(sdist) as tar:
        names = [name.partition("/")[2] for name in tar.getnames()]
    return [f"stray in the sdist: {name}" for name in sorted(names) if name.startswith("tests") or name.endswith(".c")]


def tried(
    name: str, what: Path, source: Path, folder: Path, tests: list[str], **environment: str
) -> list[dict[str, object]]:
    """Install `what` into a clean environment and use it; returns the spans of the document."""
    python = python_of(folder / name)
    run(python, "-m", "pip", "install", "--quiet", what, cwd=folder, **environment)
    run(python, "-m", "pip", "check", cwd=folder)
    command = python.with_name("bilingual" + python.suffix)
    spans = json.loads(run(command, "segment", "--json", source / DOCUMENT, cwd=folder))["spans"]
    run(python, "-m", "pip", "install", "--quiet", "pytest", "hypothesis", cwd=folder)
    apart = folder / f"{name}-tests"  # away from `src`, so that what is installed is what is tested
    shutil.copytree(source / "tests", apart / "tests")
    shutil.copytree(source / "corpora", apart / "corpora")
    shutil.copy(source / "pyproject.toml", apart)
    told = run(python, "-m", "pytest", "-p", "no:cacheprovider", "-o", "filterwarnings=default", *tests, cwd=apart)
    print(f"{name}: installed, pip check, {len(spans)} spans, {told.strip().splitlines()[-1]}")
    return spans


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="put the sdist and the wheel here")
    keep = parser.parse_args().keep
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = sources(folder)
        builder = python_of(folder / "builder")
        run(builder, "-m", "pip", "install", "--quiet", "build", cwd=folder)
        run(builder, "-m", "build", "--outdir", folder / "dist", source, cwd=folder, BILINGUAL_STRICT_BUILD="1")
        (wheel,), (sdist,) = (folder / "dist").glob("*.whl"), (folder / "dist").glob("*.tar.gz")
        print(f"{sdist.name}: {sdist.stat().st_size / 1e6:.1f} MB")
        wrong = missing(wheel, source) + stray(sdist)
        answers = [
            tried("wheel", wheel, source, folder, TESTS),
            tried("sdist", sdist, source, folder, QUICK, BILINGUAL_STRICT_BUILD="1"),
            tried("sdist without a compiler", sdist, source, folder, QUICK, CC=str(folder / "no-such-compiler")),
        ]
        wrong += ["the installs do not agree"] if any(answer != answers[0] for answer in answers) else []
        if keep:
            shutil.copytree(folder / "dist", keep, dirs_exist_ok=True)
    print("\n".join(wrong) if wrong else "wheel and sdist are sound")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
