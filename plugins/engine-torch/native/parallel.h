// Work of our own on the processor, shared out to ATen's threads.
#pragma once

#include <ATen/TensorIterator.h>

#include <algorithm>

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define FOR_THIS_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default"), optimize("O3")))
#else
#define FOR_THIS_PROCESSOR
#endif

namespace shim {

// Calls f(begin, end) on ranges of at least a grain, if there are as many, until all turns are taken.
// An iterator over a tensor with one element a turn is how ATen's threads are had without a header that wants OpenMP.
template <typename F>
void parallel(int64_t count, int64_t grain, const F& f) {
    if (count <= 0) {
        return;
    }

    auto turns = at::empty({count}, at::kByte);
    const auto* base = static_cast<char*>(turns.data_ptr());
    auto iterator = at::TensorIteratorConfig().check_all_same_dtype(false).resize_outputs(false).declare_static_shape(turns.sizes()).add_output(turns).build();
    iterator.for_each(
        [&](char** data, const int64_t*, int64_t size) {
            const int64_t begin = data[0] - base;
            f(begin, begin + size);
        },
        std::max<int64_t>(1, grain));
}

}  // namespace shim
