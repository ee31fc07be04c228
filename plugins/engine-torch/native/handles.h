// Handles, and what becomes of exceptions.
#pragma once

#define EXPORT extern "C" __attribute__((visibility("default")))

using Handle = at::Tensor*;

namespace shim {

inline std::atomic<int64_t> live{0};
inline thread_local std::string error;

inline Handle own(at::Tensor tensor) {
    auto* handle = new at::Tensor(std::move(tensor));
    live.fetch_add(1, std::memory_order_relaxed);
    return handle;
}

// To be called while an exception is handled.
inline void keep_error() noexcept {
    try {
        throw;
    } catch (const c10::Error& e) {
        error = e.what_without_backtrace();
    } catch (const std::exception& e) {
        error = e.what();
    } catch (...) {
        error = "an exception of no known type";
    }
}

template <typename F>
Handle make(F&& compute) noexcept {
    try {
        return own(compute());
    } catch (...) {
        keep_error();
        return nullptr;
    }
}

template <typename F>
int act(F&& work) noexcept {
    try {
        work();
        return 1;
    } catch (...) {
        keep_error();
        return 0;
    }
}

inline at::IntArrayRef pair(const int64_t* two) { return {two, 2}; }

// ATen takes an undefined tensor for an absent one.
inline at::Tensor maybe(Handle tensor) { return tensor ? *tensor : at::Tensor(); }

}  // namespace shim

// Valid until the thread's next call.
EXPORT const char* pp_last_error() { return shim::error.c_str(); }

EXPORT int64_t pp_live_tensors() { return shim::live.load(std::memory_order_relaxed); }

EXPORT void pp_tensor_delete(Handle tensor) {
    delete tensor;
    shim::live.fetch_sub(1, std::memory_order_relaxed);
}
