// CUDA graphs: a run recorded once and played again costs one launch. Compiled in where CUDA's headers are (PP_CUDA).
#pragma once

#ifdef PP_CUDA
#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

namespace shim {

// Recording wants a stream of its own; what is recorded there is played on the current one.
struct Graph {
    explicit Graph(int device)
        : stream(c10::cuda::getStreamFromPool(/*isHighPriority=*/false, static_cast<c10::DeviceIndex>(device))) {}

    at::cuda::CUDAGraph graph;
    c10::cuda::CUDAStream stream;
    std::unique_ptr<c10::cuda::CUDAStreamGuard> guard;
};

}  // namespace shim

EXPORT int pp_graph_supported() { return 1; }

EXPORT void* pp_graph_new(int device) {
    shim::Graph* made = nullptr;
    shim::act([&] { made = new shim::Graph(device); });
    return made;
}

// Between begin and end the thread's work is recorded, not done. Everything must have run once on the graph's stream before
// (pp_graph_warm and pp_graph_end without a recording), so that libraries have made what they allocate.
EXPORT int pp_graph_warm(void* handle) {
    auto* g = static_cast<shim::Graph*>(handle);
    return shim::act([&] {
        c10::cuda::getCurrentCUDAStream(g->stream.device_index()).synchronize();
        g->guard = std::make_unique<c10::cuda::CUDAStreamGuard>(g->stream);
    });
}

EXPORT int pp_graph_begin(void* handle) {
    auto* g = static_cast<shim::Graph*>(handle);
    return shim::act([&] {
        g->stream.synchronize();
        // Other threads may go on allocating.
        g->graph.capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
    });
}

EXPORT int pp_graph_end(void* handle, int is_recording) {
    auto* g = static_cast<shim::Graph*>(handle);
    return shim::act([&] {
        if (is_recording) {
            g->graph.capture_end();
        }

        g->stream.synchronize();
        g->guard.reset();
    });
}

EXPORT int pp_graph_replay(void* handle) {
    return shim::act([&] { static_cast<shim::Graph*>(handle)->graph.replay(); });
}

EXPORT void pp_graph_delete(void* handle) { delete static_cast<shim::Graph*>(handle); }

#else

EXPORT int pp_graph_supported() { return 0; }
EXPORT void* pp_graph_new(int) { return nullptr; }
EXPORT int pp_graph_warm(void*) { return 0; }
EXPORT int pp_graph_begin(void*) { return 0; }
EXPORT int pp_graph_end(void*, int) { return 0; }
EXPORT int pp_graph_replay(void*) { return 0; }
EXPORT void pp_graph_delete(void*) {}

#endif
