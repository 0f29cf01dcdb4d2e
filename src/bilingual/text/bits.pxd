# The place of the lowest bit of a number that is not 0, without a look at each bit.

cdef extern from *:
    """
    #if defined(__GNUC__) || defined(__clang__)
    #define lowest(bits) __builtin_ctzll(bits)
    #else
    static int lowest(unsigned long long bits) {
        int k = 0;
        while (!(bits & 1)) bits >>= 1, k++;
        return k;
    }
    #endif
    """
    int lowest(unsigned long long bits) nogil
