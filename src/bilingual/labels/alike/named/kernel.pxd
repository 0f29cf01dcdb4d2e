# The classes and functions of `kernel.py` that other kernels know, as C has them.

cdef class Scanned:
    cdef const int[::1] block_word
    cdef const int[::1] block_end
    cdef const unsigned char[::1] block_cut
    cdef const int[::1] word_start
    cdef const int[::1] word_end
    cdef const unsigned long long[::1] word_hash
    cdef const unsigned short[::1] word_flags
    cdef const unsigned int[::1] codes

cdef class Lines:
    cdef const int[::1] block
    cdef const int[::1] doc_line
    cdef const unsigned int[::1] flags
    cdef const unsigned char[:, ::1] every

cdef class Places:
    cdef const unsigned char[::1] place

cdef class Blocks:
    cdef unsigned char[::1] label
    cdef float[::1] score
    cdef unsigned char[::1] layer
    cdef short[::1] rule
    cdef const unsigned char[::1] kind

cdef class Alike:
    cdef float score
    cdef int reason

cdef class Table:
    cdef const unsigned long long[::1] keys
    cdef const unsigned char[::1] classes
    cdef const unsigned char[::1] opens
    cdef unsigned long long mask

cdef class Names:
    cdef Table table
    cdef float sure_link
    cdef Py_ssize_t said
    cdef int record
    cdef int member
    cdef int category
    cdef int keyword
    cdef int turn
    cdef int contents
    cdef int home
    cdef int fewest_fields
    cdef int most_fields
    cdef int field_words
    cdef int known_fields
    cdef int tag_words
    cdef int header_words
    cdef int fewest_items
    cdef int most_items
    cdef int item_words
    cdef int title_words
    cdef int headed_entries
    cdef int most_entries
    cdef int headed_words
    cdef int most_headers

cdef unsigned long long name_key(Scanned scanned, Py_ssize_t w, Py_ssize_t n) noexcept nogil
cdef int class_of(Table table, unsigned long long key) noexcept nogil
cdef void give(
    Alike alike, Places places, Blocks blocks, Py_ssize_t b, unsigned char label, int reason
) noexcept nogil
cdef void settle_named(
    Alike alike, Names names, Scanned scanned, Lines lines, Places places, Blocks blocks, Py_ssize_t lo, Py_ssize_t hi
) noexcept nogil
