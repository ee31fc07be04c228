// Steps of optimizers over flat memory: on the processor each number is read and written once a step, elsewhere ATen's
// functions do the same in several.
#pragma once

#include <cmath>

#include "parallel.h"

namespace shim {

constexpr int64_t optimizer_grain = 16384;

FOR_THIS_PROCESSOR
static void sgd(float* __restrict w, const float* __restrict g, float* __restrict v, float rate, float momentum, float decay, float clip, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        const float slope = clip * g[i] + decay * w[i];
        const float speed = momentum * v[i] + slope;
        v[i] = speed;
        w[i] -= rate * (slope + momentum * speed);
    }
}

struct AdamNumbers {
    float rate, first, second, keep, clip, first_correction, second_root, epsilon;
};

FOR_THIS_PROCESSOR
static void adam(float* __restrict w, const float* __restrict g, float* __restrict m, float* __restrict v, const AdamNumbers& n, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        const float slope = n.clip * g[i];
        m[i] = n.first * m[i] + (1 - n.first) * slope;
        v[i] = n.second * v[i] + (1 - n.second) * slope * slope;
        w[i] = n.keep * w[i] - n.rate * (m[i] * n.first_correction) / (std::sqrt(v[i]) * n.second_root + n.epsilon);
    }
}

FOR_THIS_PROCESSOR
static void approach(float* __restrict average, const float* __restrict w, float share, int64_t count) {
    for (int64_t i = 0; i < count; i++) {
        average[i] += share * (w[i] - average[i]);
    }
}

FOR_THIS_PROCESSOR
static double sum_squares(const float* x, int64_t count) {
    double sums[8] = {};
    int64_t i = 0;
    for (; i + 8 <= count; i += 8) {
        for (int64_t j = 0; j < 8; j++) {
            sums[j] += static_cast<double>(x[i + j]) * x[i + j];
        }
    }

    for (; i < count; i++) {
        sums[0] += static_cast<double>(x[i]) * x[i];
    }

    return ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
}

}  // namespace shim

// Not finite where an element is not. The order of the sum does not depend on the number of threads.
EXPORT int pp_sum_of_squares(Handle tensor, double* sum) {
    return shim::act([&] {
        if (!tensor->device().is_cpu()) {
            *sum = tensor->to(at::kDouble).square().sum().item<double>();
            return;
        }

        const float* x = tensor->data_ptr<float>();
        const int64_t count = tensor->numel(), blocks = (count + shim::optimizer_grain - 1) / shim::optimizer_grain;
        std::vector<double> sums(blocks);
        shim::parallel(blocks, 1, [&](int64_t block, int64_t end) {
            for (; block < end; block++) {
                const int64_t start = block * shim::optimizer_grain;
                sums[block] = shim::sum_squares(x + start, std::min(shim::optimizer_grain, count - start));
            }
        });
        *sum = 0;
        for (double part : sums) {
            *sum += part;
        }
    });
}

// v = momentum v + g, w -= rate (g + momentum v) with g = clip g + decay w.
EXPORT int pp_sgd(Handle w, Handle g, Handle v, double rate, double momentum, double decay, double clip) {
    return shim::act([&] {
        if (!w->device().is_cpu()) {
            auto slope = (*g * clip).add_(*w, decay);
            v->mul_(momentum).add_(slope);
            w->sub_(slope.add_(*v, momentum), rate);
            return;
        }

        float *ws = w->data_ptr<float>(), *vs = v->data_ptr<float>();
        const float* gs = g->data_ptr<float>();
        shim::parallel(w->numel(), shim::optimizer_grain, [&](int64_t begin, int64_t end) {
            shim::sgd(ws + begin, gs + begin, vs + begin, static_cast<float>(rate), static_cast<float>(momentum), static_cast<float>(decay),
                static_cast<float>(clip), end - begin);
        });
    });
}

// Loshchilov and Hutter 2019, algorithm 2, the decay scaled by the rate. The step is counted from 1.
EXPORT int pp_adamw(Handle w, Handle g, Handle m, Handle v, double rate, double first, double second, double decay, double clip, int64_t step) {
    return shim::act([&] {
        const double first_correction = 1 / (1 - std::pow(first, static_cast<double>(step)));
        const double second_root = 1 / std::sqrt(1 - std::pow(second, static_cast<double>(step)));
        constexpr double epsilon = 1e-8;
        if (!w->device().is_cpu()) {
            const auto slope = *g * clip;
            m->mul_(first).add_(slope, 1 - first);
            v->mul_(second).addcmul_(slope, slope, 1 - second);
            w->mul_(1 - rate * decay).addcdiv_(*m, (v->sqrt() * second_root).add_(epsilon), -rate * first_correction);
            return;
        }

        const shim::AdamNumbers n{static_cast<float>(rate), static_cast<float>(first), static_cast<float>(second), static_cast<float>(1 - rate * decay),
            static_cast<float>(clip), static_cast<float>(first_correction), static_cast<float>(second_root), static_cast<float>(epsilon)};
        float *ws = w->data_ptr<float>(), *ms = m->data_ptr<float>(), *vs = v->data_ptr<float>();
        const float* gs = g->data_ptr<float>();
        shim::parallel(w->numel(), shim::optimizer_grain, [&](int64_t begin, int64_t end) {
            shim::adam(ws + begin, gs + begin, ms + begin, vs + begin, n, end - begin);
        });
    });
}

// average = decay average + (1 - decay) w.
EXPORT int pp_average(Handle average, Handle w, double decay) {
    return shim::act([&] {
        if (!w->device().is_cpu()) {
            average->lerp_(*w, 1 - decay);
            return;
        }

        float* to = average->data_ptr<float>();
        const float* from = w->data_ptr<float>();
        shim::parallel(w->numel(), shim::optimizer_grain, [&](int64_t begin, int64_t end) {
            shim::approach(to + begin, from + begin, static_cast<float>(1 - decay), end - begin);
        });
    });
}

// g = clip g + strength sign(w - centre).
EXPORT int pp_pull(Handle g, Handle w, Handle strength, Handle centre, double clip) {
    return shim::act([&] { g->mul_(clip).add_(*strength * at::sign(*w - *centre)); });
}

// Moves w towards its centre by scale * threshold, and no further.
EXPORT int pp_soft_threshold(Handle w, Handle threshold, Handle centre, double scale) {
    return shim::act([&] {
        const auto away = *w - *centre;
        w->copy_(at::where(*threshold > 0, *centre + at::sign(away) * at::relu(away.abs() - *threshold * scale), *w));
    });
}
