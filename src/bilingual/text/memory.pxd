# A look at memory that nobody waits for: the line of the cache that holds `place` is under way when it is asked for.

cdef extern from *:
    """
    #if defined(__GNUC__) || defined(__clang__)
    #define fetch(place) __builtin_prefetch(place)
    #else
    #define fetch(place) ((void)0)
    #endif
    """
    void fetch(const void *place) nogil
