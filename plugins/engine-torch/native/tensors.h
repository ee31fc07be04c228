// Tensors: made of numbers, looked at, moved, turned back into numbers.
#pragma once

using shim::act;
using shim::make;

namespace shim {

// Kinds are the bindings': 0 for float, 1 for half.
inline at::ScalarType scalar_type(int kind) { return kind == 1 ? at::kHalf : at::kFloat; }

// A device is -1 for the processor, else the index of a CUDA device.
inline at::Device device(int index) {
    return index < 0 ? at::Device(at::kCPU) : at::Device(at::kCUDA, static_cast<c10::DeviceIndex>(index));
}

inline at::MemoryFormat format(int channels_last) {
    return channels_last ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous;
}

}  // namespace shim

// The numbers are row-major and copied; channels_last is for four axes.
EXPORT Handle pp_tensor_new(const float* numbers, const int64_t* sizes, int rank, int kind, int device, int channels_last) {
    return make([&] {
        auto view = at::from_blob(const_cast<float*>(numbers), {sizes, static_cast<size_t>(rank)}, at::kFloat);
        return view.to(shim::device(device), shim::scalar_type(kind), /*non_blocking=*/false, /*copy=*/true, shim::format(channels_last));
    });
}

// Copies new numbers into a tensor, whatever its type, layout and device.
EXPORT int pp_tensor_fill(Handle tensor, const float* numbers) {
    return act([&] { tensor->copy_(at::from_blob(const_cast<float*>(numbers), tensor->sizes(), at::kFloat)); });
}

// Copies the numbers out, row-major.
EXPORT int pp_tensor_read(Handle tensor, float* numbers) {
    return act([&] { at::from_blob(numbers, tensor->sizes(), at::kFloat).copy_(*tensor); });
}

EXPORT int pp_tensor_rank(Handle tensor) { return static_cast<int>(tensor->dim()); }

EXPORT void pp_tensor_sizes(Handle tensor, int64_t* sizes) {
    for (int64_t size : tensor->sizes()) {
        *sizes++ = size;
    }
}

EXPORT Handle pp_tensor_contiguous(Handle tensor, int channels_last) {
    return make([&] { return tensor->contiguous(shim::format(channels_last)); });
}

EXPORT Handle pp_tensor_clone(Handle tensor) {
    return make([&] { return tensor->clone(); });
}

EXPORT Handle pp_tensor_alias(Handle tensor) {
    return make([&] { return *tensor; });
}

EXPORT Handle pp_tensor_reshape(Handle tensor, const int64_t* sizes, int rank) {
    return make([&] { return tensor->reshape({sizes, static_cast<size_t>(rank)}); });
}

EXPORT Handle pp_tensor_expand(Handle tensor, const int64_t* sizes, int rank) {
    return make([&] { return tensor->expand({sizes, static_cast<size_t>(rank)}); });
}

EXPORT Handle pp_tensor_permute(Handle tensor, const int64_t* axes, int rank) {
    return make([&] { return tensor->permute({axes, static_cast<size_t>(rank)}); });
}

EXPORT Handle pp_tensor_narrow(Handle tensor, int64_t axis, int64_t start, int64_t length) {
    return make([&] { return tensor->narrow(axis, start, length); });
}
