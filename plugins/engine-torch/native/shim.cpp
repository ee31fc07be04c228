// The bridge between the C# bindings and libtorch: flat C functions over ATen. One translation unit, so that ATen's headers
// are read once. A function that gives a tensor answers null, any other 0, where libtorch threw; what it said is then in the
// error slot of the thread.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/CPUAllocator.h>
#include <c10/core/InferenceMode.h>
#include <c10/core/impl/DeviceGuardImplInterface.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "handles.h"

// The first is used by the others.
#include "tensors.h"

#include "activations.h"
#include "device.h"
#include "elementwise.h"
#include "functions.h"
#include "gradients.h"
#include "graphs.h"
#include "memory.h"
#include "norms.h"
#include "optimizer.h"
#include "packed.h"
#include "pooled_norms.h"
#include "pools.h"
