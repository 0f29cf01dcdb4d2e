# The classes and functions of `kernel.py` that other kernels know, as C has them.

cdef class Scanned:
    cdef const unsigned int[::1] codes
    cdef const int[::1] word_start
    cdef const int[::1] word_end
    cdef const unsigned short[::1] word_flags
    cdef const unsigned long long[::1] word_hash
    cdef const int[::1] block_word
    cdef Py_ssize_t n_words
    cdef Py_ssize_t n_blocks

cdef class Lexicon:
    cdef const unsigned short[::1] first
    cdef const int[::1] base
    cdef const unsigned char[::1] pairs
    cdef const unsigned long long[::1] nodes
    cdef const unsigned int[::1] ends
    cdef unsigned long long number
    cdef unsigned long long prime
    cdef int all_digits
    cdef Py_ssize_t longer
    cdef Py_ssize_t start_words
    cdef Py_ssize_t lead_words
    cdef Py_ssize_t end_words
    cdef Py_ssize_t short_words
    cdef Py_ssize_t within_words
    cdef Py_ssize_t loose_words

cdef class Candidates:
    cdef int[256] word
    cdef int[256] node
    cdef int[256] next_node
    cdef int[256] some
    cdef unsigned long long[256] key
    cdef unsigned long long[256] seen
    cdef Py_ssize_t n
    cdef Py_ssize_t next
    cdef Py_ssize_t reach
    cdef Py_ssize_t inner
    cdef Py_ssize_t inner_end
    cdef int inside
    cdef Py_ssize_t block

cdef Py_ssize_t step(Scanned scanned, Lexicon lexicon, Py_ssize_t at, Py_ssize_t i) noexcept nogil
cdef void read_stretch(Scanned scanned, Lexicon lexicon, Candidates c) noexcept nogil
