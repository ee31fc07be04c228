// Batch norm, activation and a max pool whose windows do not overlap, as one: the map between them, the largest that many
// networks have, is neither written nor kept.
#pragma once

#include "norms.h"
#include "pools.h"

namespace shim {

FOR_THIS_PROCESSOR
static void normalized_maximum(const float* const* places, int64_t count, float* __restrict best, const float* __restrict mean,
    const float* __restrict scale, const float* __restrict beta, float slope, int64_t channels) {
    for (int64_t k = 0; k < count; k++) {
        const float* __restrict x = places[k];
        for (int64_t i = 0; i < channels; i++) {
            const float z = (x[i] - mean[i]) * scale[i] + beta[i];
            best[i] = k == 0 || z > best[i] ? z : best[i];
        }
    }

    for (int64_t i = 0; i < channels; i++) {
        best[i] = best[i] > 0 ? best[i] : slope * best[i];
    }
}

// The gradient goes to the first of the largest; the others get 0. Normalized numbers are told apart in memory of their own,
// so that all are rounded alike.
FOR_THIS_PROCESSOR
static void give_to_normalized_maximum(const float* const* places, float* const* gradients, int64_t count, float* __restrict z, float* __restrict best,
    const float* __restrict dy, float* __restrict left, const float* __restrict mean, const float* __restrict scale, const float* __restrict beta,
    int64_t channels) {
    for (int64_t k = 0; k < count; k++) {
        const float* __restrict x = places[k];
        float* __restrict to = z + k * channels;
        for (int64_t i = 0; i < channels; i++) {
            to[i] = (x[i] - mean[i]) * scale[i] + beta[i];
            best[i] = k == 0 || to[i] > best[i] ? to[i] : best[i];
        }
    }

    for (int64_t i = 0; i < channels; i++) {
        left[i] = dy[i];
    }

    for (int64_t k = 0; k < count; k++) {
        const float* __restrict from = z + k * channels;
        float* __restrict dx = gradients[k];
        for (int64_t i = 0; i < channels; i++) {
            const float given = from[i] == best[i] ? left[i] : 0.0f;
            dx[i] = given;
            left[i] -= given;
        }
    }
}

// Calls f(output's place, places of the window) for every window of a range of rows of all pictures.
template <typename F>
void each_window(const at::Tensor& x, const int64_t* kernel, const int64_t* stride, int64_t rows, int64_t places, int64_t begin, int64_t end, const F& f) {
    const int64_t channels = x.size(1), height = x.size(2), width = x.size(3);
    std::vector<int64_t> window(kernel[0] * kernel[1]);
    for (int64_t turn = begin; turn < end; turn++) {
        const int64_t top = turn / rows * height + turn % rows * stride[0];
        for (int64_t place = 0; place < places; place++) {
            for (int64_t k = 0; k < kernel[0] * kernel[1]; k++) {
                window[k] = ((top + k / kernel[1]) * width + place * stride[1] + k % kernel[1]) * channels;
            }

            f((turn * places + place) * channels, window);
        }
    }
}

}  // namespace shim

// See pp_norm_apply; the stride is not below the kernel, and there is no padding.
EXPORT Handle pp_norm_max_pool(Handle input, Handle statistics, Handle gamma, Handle beta, double slope, const int64_t* kernel, const int64_t* stride) {
    return shim::make([&] {
        const auto x = shim::as_rows(*input);
        const int64_t channels = x.size(1), rows = (x.size(2) - kernel[0]) / stride[0] + 1, places = (x.size(3) - kernel[1]) / stride[1] + 1;
        auto y = at::empty({x.size(0), channels, rows, places}, x.options(), at::MemoryFormat::ChannelsLast);
        const shim::NormShape s(x);
        const shim::NormParameters p(s, *statistics, *gamma, *beta);
        const float* from = x.data_ptr<float>();
        float* to = y.data_ptr<float>();
        shim::parallel(x.size(0) * rows, 8192 / (places * channels), [&](int64_t begin, int64_t end) {
            std::vector<const float*> seen(kernel[0] * kernel[1]);
            shim::each_window(x, kernel, stride, rows, places, begin, end, [&](int64_t place, const std::vector<int64_t>& window) {
                std::transform(window.begin(), window.end(), seen.begin(), [&](int64_t offset) { return from + offset; });
                shim::normalized_maximum(seen.data(), seen.size(), to + place, p.mean.data(), p.scale.data(), p.beta.data(), static_cast<float>(slope), channels);
            });
        });
        return y;
    });
}

// The gradient by what the pool reads; pp_norm_backward goes on from there.
EXPORT Handle pp_norm_max_pool_backward(Handle gradient, Handle input, Handle statistics, Handle gamma, Handle beta, const int64_t* kernel, const int64_t* stride) {
    return shim::make([&] {
        const auto dy = shim::as_rows(*gradient), x = shim::as_rows(*input);
        const int64_t channels = x.size(1), rows = dy.size(2), places = dy.size(3);
        const bool covers = kernel[0] == stride[0] && kernel[1] == stride[1] && rows * stride[0] == x.size(2) && places * stride[1] == x.size(3);
        auto dx = shim::like_rows(x);
        if (!covers) {
            dx.zero_();
        }

        const shim::NormShape s(x);
        const shim::NormParameters p(s, *statistics, *gamma, *beta);
        const float *from = x.data_ptr<float>(), *dys = dy.data_ptr<float>();
        float* to = dx.data_ptr<float>();
        shim::parallel(x.size(0) * rows, 8192 / (places * channels), [&](int64_t begin, int64_t end) {
            const int64_t count = kernel[0] * kernel[1];
            std::vector<const float*> seen(count);
            std::vector<float*> given(count);
            std::vector<float> memory((count + 2) * channels);
            float *best = memory.data() + count * channels, *left = best + channels;
            shim::each_window(x, kernel, stride, rows, places, begin, end, [&](int64_t place, const std::vector<int64_t>& window) {
                for (int64_t k = 0; k < count; k++) {
                    seen[k] = from + window[k];
                    given[k] = to + window[k];
                }

                shim::give_to_normalized_maximum(
                    seen.data(), given.data(), count, memory.data(), best, dys + place, left, p.mean.data(), p.scale.data(), p.beta.data(), channels);
            });
        });
        return dx;
    });
}
