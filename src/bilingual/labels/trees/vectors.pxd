# What the kernel of trees does in vectors of 64 bytes where a processor has them (AVX-512): a leaf of 64 for each of 32
# lines is one instruction. Compilers make no such look-ups of plain loops. Everywhere else, and interpreted, the loops of
# `kernel.py` do the same; a test compares the two.

cdef extern from *:
    """
    #if defined(__x86_64__) && (defined(__clang__) ? __clang_major__ >= 8 : defined(__GNUC__) && __GNUC__ >= 9)
    #include <immintrin.h>
    #define WIDE __attribute__((target("avx512f,avx512bw")))
    #define WIDE_PACK __attribute__((target("avx512f,avx512bw,avx512vbmi2")))

    static int wide_level(void) {
        if (!__builtin_cpu_supports("avx512f") || !__builtin_cpu_supports("avx512bw")) return 0;
        return __builtin_cpu_supports("avx512vbmi2") ? 2 : 1;
    }

    /* As many of 64 lines as there are from line `at` on. */
    static inline unsigned long long wide_lines(Py_ssize_t at, Py_ssize_t n) {
        return n - at >= 64 ? ~0ULL : (1ULL << (n - at)) - 1;
    }

    /* Leaves of tree `t` of 64 lines: a bit for each of its six questions. Where `whole`, columns have room for all of them. */
    WIDE static inline __attribute__((always_inline)) __m512i wide_leaves(
        const unsigned char *x, Py_ssize_t stride, const int *feature, const unsigned char *border, const int whole,
        __mmask64 lines
    ) {
        __m512i leaf = _mm512_setzero_si512();
        for (int q = 0; q < 6; q++) {
            const unsigned char *from = x + stride * feature[q];
            __m512i column = whole ? _mm512_loadu_si512(from) : _mm512_maskz_loadu_epi8(lines, from);
            __mmask64 more = _mm512_cmplt_epu8_mask(_mm512_set1_epi8((char)border[q]), column);
            leaf = _mm512_mask_add_epi8(leaf, more, leaf, _mm512_set1_epi8((char)(1 << q)));
        }
        return leaf;
    }

    WIDE static inline __attribute__((always_inline)) __m512i wide_half(__m512i all, int half) {
        return _mm512_cvtepu8_epi16(half ? _mm512_extracti64x4_epi64(all, 1) : _mm512_castsi512_si256(all));
    }

    /* Add sums of 16 bits to those of 32. */
    WIDE static inline __attribute__((always_inline)) void wide_widen(__m512i few, __m512i *sum) {
        sum[0] = _mm512_add_epi32(sum[0], _mm512_cvtepu16_epi32(_mm512_castsi512_si256(few)));
        sum[1] = _mm512_add_epi32(sum[1], _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(few, 1)));
    }

    /* Eight sums of 32 bits as numbers of 64. */
    WIDE static inline __attribute__((always_inline)) __m512i wide_eight(__m512i sums, int half) {
        return _mm512_cvtepu32_epi64(half ? _mm512_extracti64x4_epi64(sums, 1) : _mm512_castsi512_si256(sums));
    }

    /* `wide_sums` of 64 lines, as many of them as there are `lines`; `outputs` and `whole` are constants.

       The columns of all lines do not fit the second cache: those of the next lines are asked for meanwhile, some with each
       tree. */
    WIDE static inline __attribute__((always_inline)) void wide_add(
        const unsigned char *x, Py_ssize_t stride, Py_ssize_t columns, const int *feature, const unsigned char *border,
        const unsigned short *leaves, Py_ssize_t begin, Py_ssize_t end, const int outputs, const int whole,
        __mmask64 lines, unsigned long long *total
    ) {
        __m512i sum[3][4], few[3][2];
        const unsigned char *next = x + 64;
        Py_ssize_t some = (columns + end - begin - 1) / (end - begin);
        for (int o = 0; o < outputs; o++) for (int i = 0; i < 4; i++) sum[o][i] = _mm512_setzero_si512();
        for (Py_ssize_t t = begin; t < end; t += 10) {
            for (int o = 0; o < outputs; o++) few[o][0] = few[o][1] = _mm512_setzero_si512();
            for (Py_ssize_t k = t; k < t + 10; k++) {
                for (Py_ssize_t c = 0; c < some; c++, next += stride) _mm_prefetch((const char *)next, _MM_HINT_T0);
                __m512i leaf = wide_leaves(x, stride, feature + 6 * k, border + 6 * k, whole, lines);
                __m512i low = wide_half(leaf, 0), high = wide_half(leaf, 1);
                for (int o = 0; o < outputs; o++) {
                    const unsigned short *of_tree = leaves + 64 * (outputs * k + o);
                    __m512i a = _mm512_loadu_si512(of_tree), b = _mm512_loadu_si512(of_tree + 32);
                    few[o][0] = _mm512_add_epi16(few[o][0], _mm512_permutex2var_epi16(a, low, b));
                    few[o][1] = _mm512_add_epi16(few[o][1], _mm512_permutex2var_epi16(a, high, b));
                }
            }
            for (int o = 0; o < outputs; o++) for (int h = 0; h < 2; h++) wide_widen(few[o][h], sum[o] + 2 * h);
        }
        for (int i = 0; i < 8; i++) {
            __m512i packed = _mm512_loadu_si512(total + 8 * i);
            for (int o = 0; o < outputs; o++)
                packed = _mm512_add_epi64(packed, _mm512_slli_epi64(wide_eight(sum[o][i / 2], i & 1), 21 * o));
            _mm512_storeu_si512(total + 8 * i, packed);
        }
    }

    WIDE static void wide_sums(
        const unsigned char *x, Py_ssize_t stride, Py_ssize_t columns, Py_ssize_t lo, const int *feature,
        const unsigned char *border, const unsigned short *leaves, Py_ssize_t begin, Py_ssize_t end, int outputs, Py_ssize_t n,
        unsigned long long *total
    ) {
        for (Py_ssize_t at = 0; at < n; at += 64) {
            const unsigned char *from = x + lo + at;
            unsigned long long lines = wide_lines(at, n), *sums = total + at;
            if (lo + at + 64 > stride && outputs == 1)
                wide_add(from, stride, columns, feature, border, leaves, begin, end, 1, 0, lines, sums);
            else if (lo + at + 64 > stride)
                wide_add(from, stride, columns, feature, border, leaves, begin, end, 3, 0, lines, sums);
            else if (outputs == 1)
                wide_add(from, stride, columns, feature, border, leaves, begin, end, 1, 1, lines, sums);
            else
                wide_add(from, stride, columns, feature, border, leaves, begin, end, 3, 1, lines, sums);
        }
    }

    WIDE_PACK static void wide_moves(
        const unsigned char *x, Py_ssize_t stride, Py_ssize_t columns, const int *line, Py_ssize_t n,
        unsigned char *out, Py_ssize_t out_stride
    ) {
        unsigned long long chosen[8] = {0};
        int last = n ? line[n - 1] >> 6 : -1;
        for (Py_ssize_t i = 0; i < n; i++) chosen[line[i] >> 6] |= 1ULL << (line[i] & 63);
        for (Py_ssize_t f = 0; f < columns; f++) {
            unsigned char *to = out + out_stride * f;
            for (int c = 0; c <= last; c++) {
                __m512i column = _mm512_maskz_loadu_epi8(chosen[c], x + stride * f + 64 * c);
                _mm512_storeu_si512(to, _mm512_maskz_compress_epi8(chosen[c], column));
                to += __builtin_popcountll(chosen[c]);
            }
        }
    }
    #else
    static int wide_level(void) { return 0; }
    #define wide_sums(...) ((void)0)
    #define wide_moves(...) ((void)0)
    #endif
    """
    # 0 where a processor has no such vectors, 1 for those of `wide_sums`, 2 for those of `wide_moves` too
    int wide_level() nogil
    # adds the trees from `begin` to `end`, tens of them, of six questions, to the totals of the `n` lines from `lo` on; `leaves` of 16 bits,
    # an output of a tree after the other. `total` has room for whole vectors of lines.
    void wide_sums(
        const unsigned char *x, Py_ssize_t stride, Py_ssize_t columns, Py_ssize_t lo, const int *feature,
        const unsigned char *border, const unsigned short *leaves, Py_ssize_t begin, Py_ssize_t end, int outputs, Py_ssize_t n,
        unsigned long long *total,
    ) nogil
    # the columns of the `n` lines, at most 512, numbered in `line`, side by side into `out`
    void wide_moves(
        const unsigned char *x, Py_ssize_t stride, Py_ssize_t columns, const int *line, Py_ssize_t n,
        unsigned char *out, Py_ssize_t out_stride,
    ) nogil
