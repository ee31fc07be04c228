// Layers.
#pragma once

EXPORT Handle pp_conv2d(
    Handle input, Handle weight, Handle bias, const int64_t* stride, const int64_t* padding, const int64_t* dilation, int64_t groups) {
    return shim::make([&] {
        return at::conv2d(*input, *weight, shim::maybe(bias), shim::pair(stride), shim::pair(padding), shim::pair(dilation), groups);
    });
}

EXPORT Handle pp_linear(Handle input, Handle weight, Handle bias) {
    return shim::make([&] { return at::linear(*input, *weight, shim::maybe(bias)); });
}

EXPORT Handle pp_bmm(Handle left, Handle right) {
    return shim::make([&] { return at::bmm(*left, *right); });
}

EXPORT Handle pp_unfold(Handle input, const int64_t* kernel, const int64_t* padding, const int64_t* stride) {
    const int64_t dilation[] = {1, 1};
    return shim::make([&] {
        return at::im2col(*input, shim::pair(kernel), shim::pair(dilation), shim::pair(padding), shim::pair(stride));
    });
}

// With the running statistics.
EXPORT Handle pp_batch_norm(Handle input, Handle mean, Handle variance, Handle weight, Handle bias, double epsilon) {
    return shim::make([&] {
        return at::batch_norm(
            *input, shim::maybe(weight), shim::maybe(bias), *mean, *variance, /*training=*/false, /*momentum=*/0.0, epsilon, /*cudnn_enabled=*/true);
    });
}

// The sides are those of the last axis first, each before and after, as ATen wants them.
EXPORT Handle pp_pad(Handle input, const int64_t* sides, int count, double value) {
    return shim::make([&] { return at::constant_pad_nd(*input, at::IntArrayRef(sides, count), value); });
}

EXPORT Handle pp_max_pool2d(Handle input, const int64_t* kernel, const int64_t* stride, const int64_t* padding) {
    return shim::make([&] { return at::max_pool2d(*input, shim::pair(kernel), shim::pair(stride), shim::pair(padding)); });
}

EXPORT Handle pp_avg_pool2d(Handle input, const int64_t* kernel, const int64_t* stride, const int64_t* padding, int counts_padding) {
    return shim::make([&] {
        return at::avg_pool2d(
            *input, shim::pair(kernel), shim::pair(stride), shim::pair(padding), /*ceil_mode=*/false, counts_padding != 0);
    });
}

EXPORT Handle pp_upsample_nearest2d(Handle input, const int64_t* size) {
    return shim::make([&] { return at::upsample_nearest2d(*input, shim::pair(size)); });
}

EXPORT Handle pp_softmax(Handle input, int64_t axis) {
    return shim::make([&] { return at::softmax(*input, axis); });
}

EXPORT Handle pp_channel_shuffle(Handle input, int64_t groups) {
    return shim::make([&] { return at::channel_shuffle(*input, groups); });
}

EXPORT Handle pp_cat(const Handle* tensors, int count, int64_t axis) {
    return shim::make([&] {
        std::vector<at::Tensor> parts;
        parts.reserve(count);
        for (int i = 0; i < count; i++) {
            parts.push_back(*tensors[i]);
        }

        return at::cat(parts, axis);
    });
}
