# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""From the columns of lines to a score of each: the sum of the leaves that it reaches in boosted trees.

Compiled by Cython in pure-Python mode; runs interpreted with the same answers.
"""

from __future__ import annotations

try:
    import cython
except ImportError:  # no Cython at run time: the same file runs interpreted
    from bilingual.text import interpreted as cython

COMPILED = cython.compiled


def tree_sums(
    rows: cython.const[cython.float][:, ::1],
    feature: cython.const[cython.short][::1],
    threshold: cython.const[cython.float][::1],
    step: cython.const[cython.short][::1],
    root: cython.const[cython.int][::1],
    sums: cython.float[::1],
) -> None:
    """Add up the leaves that every row reaches; see `model.Trees`.

    Four rows walk down a tree side by side, and a comparison is an index, not a branch: twice as fast.
    """
    n_row: cython.Py_ssize_t = sums.shape[0]
    n_tree: cython.Py_ssize_t = root.shape[0]
    row: cython.Py_ssize_t
    r1: cython.Py_ssize_t
    r2: cython.Py_ssize_t
    r3: cython.Py_ssize_t
    tree: cython.Py_ssize_t
    a: cython.Py_ssize_t
    b: cython.Py_ssize_t
    c: cython.Py_ssize_t
    d: cython.Py_ssize_t
    ta: cython.double
    tb: cython.double
    tc: cython.double
    td: cython.double
    with cython.nogil:
        for row in range(0, n_row, 4):
            r1 = row + 1 if row + 1 < n_row else row
            r2 = row + 2 if row + 2 < n_row else row
            r3 = row + 3 if row + 3 < n_row else row
            ta = tb = tc = td = 0
            for tree in range(n_tree):
                a = b = c = d = root[tree]
                # A leaf steps to itself, so a row that is done waits there for the others.
                while step[2 * a] | step[2 * b] | step[2 * c] | step[2 * d]:
                    a += step[2 * a + (rows[row, feature[a]] > threshold[a])]
                    b += step[2 * b + (rows[r1, feature[b]] > threshold[b])]
                    c += step[2 * c + (rows[r2, feature[c]] > threshold[c])]
                    d += step[2 * d + (rows[r3, feature[d]] > threshold[d])]
                ta += threshold[a]
                tb += threshold[b]
                tc += threshold[c]
                td += threshold[d]
            sums[r3] = cython.cast(cython.float, td)
            sums[r2] = cython.cast(cython.float, tc)
            sums[r1] = cython.cast(cython.float, tb)
            sums[row] = cython.cast(cython.float, ta)
