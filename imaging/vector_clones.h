#pragma once

namespace acuguide::imaging {

/// Eight floats at once, wherever they lie; in two halves where the processor has no AVX2. For sums that must
/// stay in registers, which the compiler does not see by itself.
using Lanes = float __attribute__((vector_size(32), aligned(4), may_alias));

}  // namespace acuguide::imaging

// A function marked ACUGUIDE_VECTOR_CLONES is compiled twice, for every x86-64 processor and for those with
// AVX2, and the program picks one when it starts. Both give the same bits: AVX2 alone brings no fused
// multiply-add. For loops over a picture's rows that the compiler can vectorise; sanitizers come before the
// picking and cannot have it.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define ACUGUIDE_VECTOR_CLONES __attribute__((target_clones("default", "avx2")))
#else
#define ACUGUIDE_VECTOR_CLONES
#endif
