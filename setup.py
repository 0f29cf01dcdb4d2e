"""Compile every kernel.py, and go on without it where no compiler works.

A kernel is a plain Python file in Cython's pure-Python mode. When it cannot be compiled the same file runs
interpreted with the same answers, so a failed build of an extension must never fail an install.
"""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

HERE = Path(__file__).resolve().parent
KERNELS = sorted(path.relative_to(HERE).as_posix() for path in (HERE / "src").rglob("kernel.py"))
# What Cython gives every kernel that has arrays: made once for all of them, it is a third of the package less.
SHARED = "bilingual._shared"
SHARED_SINCE = (3, 2)  # the Cython that can


class OptionalBuildExt(build_ext):
    """Build what can be built; say once what could not and why."""

    def build_extensions(self) -> None:
        shared = [one for one in self.extensions if one.name == SHARED]
        if self._build(shared):
            # one after the other they take minutes
            self._build([one for one in self.extensions if one not in shared])
        else:  # none could be imported
            for one in [*self.extensions]:
                self._skip(one, RuntimeError(f"{SHARED} is not"))

    def _build(self, extensions: list[Extension]) -> bool:
        """Build some; whether all could be built."""
        build = super().build_extension
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            jobs = [(one, pool.submit(build, one)) for one in extensions]
        for extension, job in jobs:
            try:
                job.result()
            except Exception as error:  # no compiler at all raises FileNotFoundError, a broken one CompileError
                self._skip(extension, error)
        return all(one in self.extensions for one in extensions)

    def _skip(self, extension: Extension, error: Exception) -> None:
        print(f"bilingual: {extension.name} is not compiled ({error}); it will run interpreted", file=sys.stderr)
        if os.environ.get("BILINGUAL_STRICT_BUILD"):
            raise error
        self.extensions.remove(extension)


def extensions() -> list[Extension]:
    """One extension per kernel file, or none when compilation is not wanted or Cython is missing."""
    if os.environ.get("BILINGUAL_NO_COMPILE"):
        return []
    try:
        import Cython
        from Cython.Build import cythonize
    except ImportError:
        return []
    # large loops of one caller made part of it have too few registers
    apart = "-fno-inline-functions-called-once"
    flags = [] if sys.platform == "win32" else ["-O3", "-fno-math-errno", "-ffp-contract=off", "-g0", apart]
    # named, so that `log` is the one without a wrapper for the error handling of old programs
    libraries = [] if sys.platform == "win32" else ["m"]
    # the methods that pickle a class are a fifth of a kernel; none of a kernel's objects is ever pickled
    options = {"language_level": 3, "quiet": True, "compiler_directives": {"auto_pickle": False}}
    sources = {path.removeprefix("src/").removesuffix(".py").replace("/", "."): path for path in KERNELS}
    if tuple(map(int, Cython.__version__.split(".")[:2])) >= SHARED_SINCE:
        options["shared_utility_qualified_name"] = SHARED
        sources = {SHARED: f"src/{SHARED.replace('.', '/')}.c", **sources}
    found: list[Extension] = []
    for name, path in sources.items():
        try:
            one = Extension(name, [path], extra_compile_args=flags, libraries=libraries)
            found += cythonize([one], **options)
        except Exception as error:  # one kernel that Cython refuses must not take the others with it
            if os.environ.get("BILINGUAL_STRICT_BUILD"):
                raise
            print(f"bilingual: {name} is not compiled ({error}); it will run interpreted", file=sys.stderr)
            if name == SHARED:  # then each has its own
                del options["shared_utility_qualified_name"]
    return found


setup(ext_modules=extensions(), cmdclass={"build_ext": OptionalBuildExt})
