# The classes and functions of `kernel.py` that other kernels know, as C has them.

cdef class Attributes:
    cdef const unsigned char[::1] src
    cdef Py_ssize_t n
    # look-up tables
    cdef const int[::1] attr_keys
    cdef const int[::1] attr_values
    cdef const int[::1] word_keys
    cdef const int[::1] word_values
    # those of the tag that was read last
    cdef int[::1] at_stamp
    cdef int[::1] at_s
    cdef int[::1] at_e
    cdef int stamp
    # the hash of the word of an inline style that was read last
    cdef long long word
    # translatable attributes, and the head's meta and link elements
    cdef unsigned char[::1] attr_kind
    cdef int[::1] attr_start
    cdef int[::1] attr_end
    cdef Py_ssize_t n_attr
    cdef Py_ssize_t attr_cap
    cdef int[::1] meta
    cdef Py_ssize_t n_meta

cdef class Nodes:
    # look-up tables
    cdef const unsigned char[::1] tag_landmark
    cdef const int[::1] role_keys
    cdef const int[::1] role_values
    # one row per element
    cdef unsigned char[::1] node_tag
    cdef int[::1] node_parent
    cdef int[::1] node_kinds
    cdef unsigned char[::1] node_landmark
    cdef unsigned char[::1] node_marks
    cdef int[::1] node_shape
    cdef unsigned char[::1] node_lang
    cdef Py_ssize_t n_node
    cdef Py_ssize_t node_cap

cdef Py_ssize_t read_attributes(Attributes attributes, Py_ssize_t i) noexcept nogil
cdef int has(Attributes attributes, int attr) noexcept nogil
cdef int begins(Attributes attributes, int attr, int a, int b) noexcept nogil
cdef int lang_of(Attributes attributes) noexcept nogil
cdef void note(Attributes attributes, int attr) noexcept nogil
cdef void note_meta(Attributes attributes, int name, int value) noexcept nogil
cdef int add_node(Nodes nodes, Attributes attributes, int tag, int parent) noexcept nogil
