# The classes and functions of `kernel.py` that other kernels know, as C has them.

cdef class Facts:
    cdef const unsigned short[::1] pages
    cdef const unsigned long long[::1] cells
    cdef const unsigned int[::1] expansions
    cdef const unsigned char[::1] script_group
    cdef const unsigned char[::1] script_lang
    cdef const int[::1] n_lanes
    cdef const int[::1] n_whole
    cdef const unsigned char[::1] lane_lang
    cdef const float[::1] prior
    cdef const double[::1] spread
    cdef const int[::1] gram_bucket
    cdef const unsigned long long[::1] gram_keys
    cdef const float[::1] gram_rows
    cdef const int[::1] word_bucket
    cdef const unsigned int[::1] word_keys
    cdef const unsigned char[::1] word_lane
    cdef const unsigned char[::1] word_weight
    cdef const float[::1] letter_rows
    cdef const float[::1] unlisted
    cdef const unsigned char[::1] digit_lanes
    cdef const unsigned char[::1] mixed_lanes
    cdef const unsigned char[::1] near_lanes
    cdef const unsigned short[::1] kin_lanes
    cdef const unsigned short[::1] joins
    cdef const unsigned long long[::1] name_keys
    cdef const unsigned char[::1] name_lane
    cdef const unsigned char[::1] name_bits
    cdef const double[::1] powers
    cdef const float[::1] params
    cdef int gram_shift

cdef class Scanned:
    cdef const unsigned int[::1] codes
    cdef const long long[::1] doc_ptr
    cdef const int[::1] word_start
    cdef const int[::1] word_end
    cdef const unsigned char[::1] word_script
    cdef const unsigned short[::1] word_flags
    cdef const unsigned long long[::1] word_hash
    cdef const int[::1] block_start
    cdef const int[::1] block_end
    cdef const int[::1] block_word
    cdef const int[::1] block_doc
    cdef const int[::1] block_line
    cdef const unsigned char[::1] block_cut
    cdef Py_ssize_t n_words
    cdef Py_ssize_t n_blocks

cdef class Spelling:
    cdef unsigned int[::1] letters
    cdef float[::1] vector
    cdef Py_ssize_t n
    cdef Py_ssize_t n_letters
    cdef Py_ssize_t n_digits
    cdef Py_ssize_t n_vowels
    cdef Py_ssize_t n_parts
    cdef unsigned int lengthened
    cdef unsigned int kinds
    cdef bint is_sound
    cdef bint is_hex
    cdef bint is_lengthened
    cdef bint after_digit

cdef void spell_word(Scanned scanned, Facts facts, Spelling word, Py_ssize_t w, bint is_typed) noexcept nogil
cdef int weigh_spelling(
    Facts facts, Spelling word, unsigned long long hashed, Py_ssize_t group, Py_ssize_t lanes
) noexcept nogil
cdef void weigh_typed(
    Scanned scanned, Facts facts, Spelling word, Py_ssize_t w, Py_ssize_t group, Py_ssize_t lanes
) noexcept nogil
cdef Py_ssize_t main_lane(Facts facts, Py_ssize_t group, Py_ssize_t lanes) noexcept nogil
cdef void add_kinds(Facts facts, Spelling word, Py_ssize_t lanes) noexcept nogil
