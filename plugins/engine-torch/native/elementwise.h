// Functions of each element, in place, and reductions.
#pragma once

#define IN_PLACE(name, ...) \
    return shim::act([&] { at::name(*tensor, ##__VA_ARGS__); })

EXPORT int pp_relu_(Handle tensor) { IN_PLACE(relu_); }
EXPORT int pp_sigmoid_(Handle tensor) { IN_PLACE(sigmoid_); }
EXPORT int pp_tanh_(Handle tensor) { IN_PLACE(tanh_); }
EXPORT int pp_silu_(Handle tensor) { IN_PLACE(silu_); }
EXPORT int pp_mish_(Handle tensor) { IN_PLACE(mish_); }
EXPORT int pp_hardswish_(Handle tensor) { IN_PLACE(hardswish_); }
EXPORT int pp_hardsigmoid_(Handle tensor) { IN_PLACE(hardsigmoid_); }
EXPORT int pp_exp_(Handle tensor) { IN_PLACE(exp_); }
EXPORT int pp_floor_(Handle tensor) { IN_PLACE(floor_); }
EXPORT int pp_leaky_relu_(Handle tensor, double slope) { IN_PLACE(leaky_relu_, slope); }
EXPORT int pp_elu_(Handle tensor, double alpha, double scale) { IN_PLACE(elu_, alpha, scale); }
EXPORT int pp_gelu_tanh_(Handle tensor) { IN_PLACE(gelu_, "tanh"); }
EXPORT int pp_clamp_(Handle tensor, double low, double high) { IN_PLACE(clamp_, low, high); }

#undef IN_PLACE

EXPORT int pp_add_(Handle tensor, Handle other, double alpha) {
    return shim::act([&] { tensor->add_(*other, alpha); });
}

EXPORT int pp_add_scalar_(Handle tensor, double other) {
    return shim::act([&] { tensor->add_(other); });
}

EXPORT int pp_mul_(Handle tensor, Handle other) {
    return shim::act([&] { tensor->mul_(*other); });
}

EXPORT int pp_mul_scalar_(Handle tensor, double other) {
    return shim::act([&] { tensor->mul_(other); });
}

EXPORT int pp_div_(Handle tensor, Handle other) {
    return shim::act([&] { tensor->div_(*other); });
}

EXPORT Handle pp_add(Handle tensor, Handle other) {
    return shim::make([&] { return at::add(*tensor, *other); });
}

EXPORT Handle pp_mul(Handle tensor, Handle other) {
    return shim::make([&] { return at::mul(*tensor, *other); });
}

// The axes stay, with one element each.
EXPORT Handle pp_sum(Handle tensor, const int64_t* axes, int count) {
    return shim::make([&] { return at::sum(*tensor, at::IntArrayRef(axes, count), /*keepdim=*/true); });
}

EXPORT Handle pp_mean(Handle tensor, const int64_t* axes, int count) {
    return shim::make([&] { return at::mean(*tensor, at::IntArrayRef(axes, count), /*keepdim=*/true); });
}

EXPORT Handle pp_amax(Handle tensor, const int64_t* axes, int count) {
    return shim::make([&] { return at::amax(*tensor, at::IntArrayRef(axes, count), /*keepdim=*/true); });
}

// One number for each channel, over all other axes, in double precision. Statistics are the bindings': mean, mean of squares,
// mean of absolutes, share of zeros, maximum.
EXPORT int pp_channel_statistic(Handle tensor, int statistic, double* numbers) {
    return shim::act([&] {
        const at::Tensor& x = *tensor;
        std::vector<int64_t> axes{0};
        for (int64_t axis = 2; axis < x.dim(); axis++) {
            axes.push_back(axis);
        }

        auto mean = [&](const at::Tensor& y) { return at::mean(y, axes, /*keepdim=*/false, at::kDouble); };
        at::Tensor result = statistic == 0 ? mean(x)
            : statistic == 1               ? mean(x.to(at::kFloat).square())
            : statistic == 2               ? mean(x.abs())
            : statistic == 3               ? mean(x.eq(0))
                                           : at::amax(x, axes).to(at::kDouble);
        at::from_blob(numbers, result.sizes(), at::kDouble).copy_(result);
    });
}
