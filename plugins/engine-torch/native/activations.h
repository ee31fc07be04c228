// Functions as ATen's record of gradients takes them: nothing in place.
#pragma once

// Kinds are those of the contracts, in their order.
EXPORT Handle pp_activation(Handle input, int kind, double slope) {
    return shim::make([&]() -> at::Tensor {
        const at::Tensor& x = *input;
        switch (kind) {
            case 0: return x;
            case 1: return at::relu(x);
            case 2: return at::clamp(x, 0, 6);
            case 3: return at::leaky_relu(x, slope);
            case 4: return at::sigmoid(x);
            case 5: return at::sigmoid(x) * 2 - 1;
            case 6: return at::tanh(x);
            case 7: return at::silu(x);
            case 8: return at::mish(x);
            case 9: return x * (at::clamp(x + 2, 0, 2) * 0.5);
            case 10: return at::hardswish(x);
            case 11: return at::hardsigmoid(x);
            case 12: return at::elu(x);
            case 13: return at::elu(x, 1.6732, 1.0507);
            case 14: return at::gelu(x, "tanh");
            case 15: return at::leaky_relu(x, 0.01);
            case 16: return at::leaky_relu(x, 0.1 / 1.1) * 1.1;
            case 17: {
                const auto middle = at::clamp(x, -4, 4);
                return (x - middle) * 0.01 + middle * 0.125 + 0.5;
            }
            case 18: return at::clamp(x, -1, 1);
            case 19: {
                const auto middle = at::clamp(x, 0, 1);
                return (x - middle) * 0.001 + middle;
            }
            case 20: {
                // n = floor(x) is odd where n - 2 floor(x / 2) is 1.
                const auto whole = at::floor(x), half = at::floor(x * 0.5);
                return (x - whole) * (whole - half * 2) + half;
            }
            default: TORCH_CHECK(false, "there is no activation ", kind);
        }
    });
}

// Over the channels of a place; kinds are those of the contracts.
EXPORT Handle pp_channel_normalization(Handle input, int kind) {
    return shim::make([&]() -> at::Tensor {
        const at::Tensor& x = *input;
        constexpr double epsilon = 1e-4;
        if (kind == 0) {
            const auto positive = at::relu(x);
            return positive / (at::sum(positive, 1, /*keepdim=*/true) + epsilon);
        }

        // The largest is taken off so that nothing overflows. It changes nothing in the first form, and is a constant there.
        const auto largest = kind == 1 ? at::amax(x, 1, /*keepdim=*/true).detach() : at::amax(x, 1, /*keepdim=*/true);
        const auto powers = at::exp(x - largest);
        const auto total = at::sum(powers, 1, /*keepdim=*/true);
        return powers / (kind == 1 ? total + at::exp(-largest) * epsilon : total + epsilon);
    });
}

// With a batch's statistics where it trains, which the running ones then follow.
EXPORT Handle pp_batch_norm_train(Handle input, Handle mean, Handle variance, Handle weight, Handle bias, double momentum, double epsilon, int is_training) {
    return shim::make([&] {
        return at::batch_norm(*input, *weight, *bias, *mean, *variance, is_training != 0, momentum, epsilon, /*cudnn_enabled=*/true);
    });
}

EXPORT Handle pp_to_half(Handle tensor) {
    return shim::make([&] { return tensor->to(at::kHalf); });
}

// A view of one-dimensional memory.
EXPORT Handle pp_tensor_as_strided(Handle memory, const int64_t* sizes, const int64_t* strides, int rank, int64_t start) {
    return shim::make([&] {
        return memory->as_strided({sizes, static_cast<size_t>(rank)}, {strides, static_cast<size_t>(rank)}, start);
    });
}

EXPORT Handle pp_tensor_zeros(int64_t count, int device) {
    return shim::make([&] { return at::zeros({count}, at::TensorOptions().dtype(at::kFloat).device(shim::device(device))); });
}

EXPORT int pp_copy_(Handle tensor, Handle source) {
    return shim::act([&] { tensor->copy_(*source); });
}

EXPORT int pp_zero_(Handle tensor) {
    return shim::act([&] { tensor->zero_(); });
}
