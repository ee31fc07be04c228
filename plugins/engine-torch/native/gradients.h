// What turns gradients back. The frequent layers do so by functions; all others by ATen's record of what was computed, which
// is kept for one layer at a time.
#pragma once

#include "pools.h"

namespace shim {

inline Handle own_if_defined(at::Tensor tensor) { return tensor.defined() ? own(std::move(tensor)) : nullptr; }

// Hands each gradient on to the first place in its window that holds the maximum.
FOR_THIS_PROCESSOR
static void give_to_maximum(float* __restrict dx, const float* __restrict x, const float* __restrict y, float* __restrict left, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        const float given = x[i] == y[i] ? left[i] : 0.0f;
        dx[i] += given;
        left[i] -= given;
    }
}

inline at::Tensor max_pool_backward(const at::Tensor& any_dy, const at::Tensor& any_x, const at::Tensor& any_y, const Window& w) {
    const auto dy = any_dy.contiguous(at::MemoryFormat::ChannelsLast), x = any_x.contiguous(at::MemoryFormat::ChannelsLast),
               y = any_y.contiguous(at::MemoryFormat::ChannelsLast);
    auto dx = at::empty(x.sizes(), x.options(), at::MemoryFormat::ChannelsLast).zero_();
    const int64_t channels = x.size(1), height = x.size(2), width = x.size(3), rows = y.size(2), places = y.size(3);
    const float *dys = dy.data_ptr<float>(), *xs = x.data_ptr<float>(), *ys = y.data_ptr<float>();
    float* dxs = dx.data_ptr<float>();

    // Windows may overlap within a picture and not from channel to channel.
    const int64_t parts = std::max<int64_t>(1, channels / 32);
    parallel(x.size(0) * parts, 1, [&](int64_t turn, int64_t end) {
        std::vector<float> left(channels);
        for (; turn < end; turn++) {
            const int64_t picture = turn / parts, part = turn % parts;
            const int64_t start = channels * part / parts, count = channels * (part + 1) / parts - start;
            const float* from = xs + picture * height * width * channels + start;
            float* to = dxs + picture * height * width * channels + start;
            for (int64_t row = 0; row < rows; row++) {
                const int64_t top = row * w.stride[0] - w.before[0];
                for (int64_t place = 0; place < places; place++) {
                    const int64_t corner = place * w.stride[1] - w.before[1];
                    const int64_t at = ((picture * rows + row) * places + place) * channels + start;
                    std::copy_n(dys + at, count, left.data());
                    for (int64_t i = std::max<int64_t>(top, 0); i < std::min(top + w.kernel[0], height); i++) {
                        for (int64_t j = std::max<int64_t>(corner, 0); j < std::min(corner + w.kernel[1], width); j++) {
                            const int64_t seen = (i * width + j) * channels;
                            give_to_maximum(to + seen, from + seen, ys + at, left.data(), count);
                        }
                    }
                }
            }
        }
    });
    return dx;
}

}  // namespace shim

// Gradients by the input, the weight and the bias; null where not wanted.
EXPORT int pp_conv2d_backward(Handle gradient, Handle input, Handle weight, const int64_t* stride, const int64_t* padding, const int64_t* dilation,
    int64_t groups, int wants_input, int wants_weight, int wants_bias, Handle* by_input, Handle* by_weight, Handle* by_bias) {
    return shim::act([&] {
        const int64_t biases[] = {weight->size(0)};
        auto [dx, dw, db] = at::convolution_backward(*gradient, *input, *weight, at::IntArrayRef(biases, 1), shim::pair(stride), shim::pair(padding),
            shim::pair(dilation), /*transposed=*/false, /*output_padding=*/at::IntArrayRef({0, 0}), groups,
            std::array<bool, 3>{wants_input != 0, wants_weight != 0, wants_bias != 0});
        *by_input = wants_input ? shim::own(dx) : nullptr;
        *by_weight = wants_weight ? shim::own(dw) : nullptr;
        *by_bias = wants_bias ? shim::own(db) : nullptr;
    });
}

// See pp_max_pool2d_channels_last.
EXPORT Handle pp_max_pool2d_channels_last_backward(
    Handle gradient, Handle input, Handle output, const int64_t* kernel, const int64_t* stride, const int64_t* sides) {
    return shim::make([&] {
        return shim::max_pool_backward(
            *gradient, *input, *output, {{kernel[0], kernel[1]}, {stride[0], stride[1]}, {sides[2], sides[0]}, {sides[3], sides[1]}});
    });
}

// The gradient of an activation of two slopes, told from its result, which has its argument's sign.
EXPORT Handle pp_leaky_relu_backward(Handle gradient, Handle result, double slope) {
    return shim::make([&] { return at::leaky_relu_backward(*gradient, *result, slope, /*self_is_result=*/true); });
}

// The same numbers as the start of a record of what is computed from them.
EXPORT Handle pp_autograd_leaf(Handle tensor) {
    return shim::make([&] { return tensor->detach().set_requires_grad(true); });
}

// The same numbers without the record.
EXPORT Handle pp_autograd_detach(Handle tensor) {
    return shim::make([&] { return tensor->detach(); });
}

// Goes through the record back to its leaves.
EXPORT int pp_autograd_backward(Handle result, Handle gradient) {
    return shim::act([&] {
        if (result->requires_grad()) {
            result->backward(*gradient);
        }
    });
}

// Null, and nothing in the error slot, where a leaf has no gradient.
EXPORT int pp_autograd_gradient(Handle leaf, Handle* gradient) {
    return shim::act([&] { *gradient = shim::own_if_defined(leaf->grad()); });
}

// The gradient of a range of channels among all of them.
EXPORT Handle pp_narrow_backward(Handle gradient, const int64_t* sizes, int rank, int64_t start) {
    return shim::make([&] {
        auto format = shim::format(rank == 4);
        auto whole = at::empty({sizes, static_cast<size_t>(rank)}, gradient->options(), format).zero_();
        whole.narrow(1, start, gradient->size(1)).copy_(*gradient);
        return whole;
    });
}
