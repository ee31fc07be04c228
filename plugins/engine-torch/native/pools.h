// The maximum in a window, on the processor, channels last. ATen's also notes where each maximum lies, which only training
// asks for, and pads alike on both sides.
#pragma once

#include "parallel.h"

namespace shim {

FOR_THIS_PROCESSOR
static void keep_larger(float* __restrict best, const float* __restrict other, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        best[i] = other[i] > best[i] ? other[i] : best[i];
    }
}

FOR_THIS_PROCESSOR
static void larger_of_four(
    float* __restrict best, const float* __restrict a, const float* __restrict b, const float* __restrict c, const float* __restrict d, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        const float left = a[i] > b[i] ? a[i] : b[i];
        const float right = c[i] > d[i] ? c[i] : d[i];
        best[i] = left > right ? left : right;
    }
}

struct Window {
    int64_t kernel[2], stride[2], before[2], after[2];  // down, right

    int64_t positions(int axis, int64_t extent) const { return (extent + before[axis] + after[axis] - kernel[axis]) / stride[axis] + 1; }
};

// One row of places of the output.
inline void max_pool_row(const float* input, float* output, const Window& w, int64_t height, int64_t width, int64_t channels, int64_t row, int64_t places) {
    const int64_t top = row * w.stride[0] - w.before[0];
    const int64_t first = std::max<int64_t>(top, 0), last = std::min(top + w.kernel[0], height);
    for (int64_t place = 0; place < places; place++, output += channels) {
        const int64_t left = place * w.stride[1] - w.before[1];
        const int64_t start = std::max<int64_t>(left, 0), end = std::min(left + w.kernel[1], width);
        const float* corner = input + (first * width + start) * channels;
        if (last - first == 2 && end - start == 2) {
            const float* below = corner + width * channels;
            larger_of_four(output, corner, corner + channels, below, below + channels, channels);
            continue;
        }

        std::copy_n(corner, channels, output);
        for (int64_t y = first; y < last; y++) {
            for (int64_t x = start; x < end; x++) {
                keep_larger(output, input + (y * width + x) * channels, channels);
            }
        }
    }
}

inline at::Tensor max_pool(const at::Tensor& any, const Window& w) {
    const auto input = any.contiguous(at::MemoryFormat::ChannelsLast);
    TORCH_CHECK(input.device().is_cpu() && input.scalar_type() == at::kFloat && input.dim() == 4, "this pool is for maps of floats on the processor");
    const int64_t pictures = input.size(0), channels = input.size(1), height = input.size(2), width = input.size(3);
    const int64_t rows = w.positions(0, height), places = w.positions(1, width);
    auto output = at::empty({pictures, channels, rows, places}, input.options(), at::MemoryFormat::ChannelsLast);
    const float* from = input.data_ptr<float>();
    float* to = output.data_ptr<float>();

    parallel(pictures * rows, 8192 / std::max<int64_t>(1, places * channels), [&](int64_t turn, int64_t end) {
        for (; turn < end; turn++) {
            max_pool_row(from + turn / rows * height * width * channels, to + turn * places * channels, w, height, width, channels, turn % rows, places);
        }
    });
    return output;
}

}  // namespace shim

// Sides are those of ATen's padding, before and after: of the columns, then of the rows.
EXPORT Handle pp_max_pool2d_channels_last(Handle input, const int64_t* kernel, const int64_t* stride, const int64_t* sides) {
    return shim::make([&] {
        return shim::max_pool(*input, {{kernel[0], kernel[1]}, {stride[0], stride[1]}, {sides[2], sides[0]}, {sides[3], sides[1]}});
    });
}
