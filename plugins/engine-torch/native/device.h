// Which libtorch this is, and on what it computes.
#pragma once

#if __has_include(<torch/version.h>)
#include <torch/version.h>
#endif
#ifndef TORCH_VERSION
#define TORCH_VERSION "unknown"
#endif

#include <ATen/Version.h>

// Of OpenBLAS, where that is what matrix products use: it has threads of its own and knows nothing of ATen's.
extern "C" void openblas_set_num_threads(int count) __attribute__((weak));

EXPORT const char* pp_version() { return TORCH_VERSION; }

// For people: how it was built, one thing a line.
EXPORT const char* pp_configuration() {
    static thread_local std::string text;
    text.clear();
    shim::act([&] { text = at::show_config(); });
    return text.c_str();
}

// For the calling thread, and what it calls from now on. Saying it again would cost: libtorch then throws away all that
// oneDNN has compiled.
EXPORT int pp_set_num_threads(int count) {
    return shim::act([&] {
        if (at::get_num_threads() != count) {
            at::set_num_threads(count);
        }

        static std::atomic<int> of_blas{0};
        if (openblas_set_num_threads && of_blas.exchange(count) != count) {
            openblas_set_num_threads(count);
        }
    });
}

EXPORT int pp_get_num_threads() { return at::get_num_threads(); }

EXPORT int pp_cuda_device_count() {
    int count = 0;
    shim::act([&] {
        if (at::hasCUDA()) {
            count = c10::impl::getDeviceGuardImpl(at::kCUDA)->deviceCount();
        }
    });
    return count;
}

// Lets cuDNN try its algorithms on each new size and keep the quickest: networks meet few sizes, and often.
EXPORT int pp_cuda_tune() {
    return shim::act([] { at::globalContext().setBenchmarkCuDNN(true); });
}

// Waits for all that was given to a device: what reads a number back must.
EXPORT int pp_synchronize(int device) {
    return shim::act([&] {
        if (device >= 0) {
            at::zeros({1}, at::TensorOptions().device(shim::device(device))).item<float>();
        }
    });
}

// No gradients and no version counters until the object is deleted, on the same thread.
EXPORT void* pp_inference_mode_new() { return new c10::InferenceMode(); }

EXPORT void pp_inference_mode_delete(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }
