// Batch norm in training together with an activation of two slopes, on the processor, channels last. Apart, as ATen has them,
// they read and write every map five times more, and keep the activation's result beside the norm's input.
#pragma once

#include "parallel.h"

namespace shim {

// Rows are places, of all pictures; a row holds the channels. Several rows are taken for one, so that few channels fill
// vectors too.
struct NormShape {
    int64_t rows, channels, together;

    explicit NormShape(const at::Tensor& x)
        : rows(x.numel() / std::max<int64_t>(1, x.size(1))), channels(x.size(1)), together(std::max<int64_t>(1, 256 / std::max<int64_t>(1, channels))) {}

    int64_t grain() const { return std::max<int64_t>(1, 16384 / channels); }
};

// Numbers for each channel, as often as rows are taken together.
struct PerChannel {
    std::vector<float> values;

    PerChannel(const NormShape& s) : values(s.channels * s.together) {}

    template <typename F>
    PerChannel(const NormShape& s, F&& of) : values(s.channels * s.together) {
        for (size_t i = 0; i < values.size(); i++) {
            values[i] = static_cast<float>(of(i % s.channels));
        }
    }

    const float* data() const { return values.data(); }
};

// Calls f(row, rows, numbers in them) over a range of rows: many together while there are, the rest in one.
template <typename F>
void each_width(const NormShape& s, int64_t begin, int64_t end, const F& f) {
    const int64_t whole = (end - begin) / s.together;
    f(begin, whole, s.together * s.channels);
    f(begin + whole * s.together, whole * s.together < end - begin ? 1 : 0, (end - begin - whole * s.together) * s.channels);
}

FOR_THIS_PROCESSOR
static void add_moments(
    const float* __restrict x, const float* __restrict shift, float* __restrict sum, float* __restrict squares, int64_t rows, int64_t width) {
    for (; rows > 0; rows--, x += width) {
        for (int64_t i = 0; i < width; i++) {
            const float d = x[i] - shift[i];
            sum[i] += d;
            squares[i] += d * d;
        }
    }
}

FOR_THIS_PROCESSOR
static void normalize(const float* x, float* y, const float* __restrict mean, const float* __restrict scale, const float* __restrict beta,
    float slope, int64_t rows, int64_t width) {
    for (; rows > 0; rows--, x += width, y += width) {
#pragma GCC ivdep
        for (int64_t i = 0; i < width; i++) {
            const float z = (x[i] - mean[i]) * scale[i] + beta[i];
            y[i] = z > 0 ? z : slope * z;
        }
    }
}

FOR_THIS_PROCESSOR
static void add_gradient_moments(const float* __restrict dy, const float* __restrict x, const float* __restrict mean, const float* __restrict scale,
    const float* __restrict beta, float* __restrict sum, float* __restrict products, float slope, int64_t rows, int64_t width) {
    for (; rows > 0; rows--, x += width, dy += width) {
        for (int64_t i = 0; i < width; i++) {
            const float d = x[i] - mean[i];
            const float g = d * scale[i] + beta[i] > 0 ? dy[i] : slope * dy[i];
            sum[i] += g;
            products[i] += g * d;
        }
    }
}

FOR_THIS_PROCESSOR
static void turn_back(const float* dy, const float* __restrict x, float* dx, const float* __restrict mean, const float* __restrict scale,
    const float* __restrict beta, const float* __restrict by_place, const float* __restrict constant, float slope, int64_t rows, int64_t width) {
    for (; rows > 0; rows--, x += width, dy += width, dx += width) {
#pragma GCC ivdep
        for (int64_t i = 0; i < width; i++) {
            const float d = x[i] - mean[i];
            const float g = d * scale[i] + beta[i] > 0 ? dy[i] : slope * dy[i];
            dx[i] = g * scale[i] + (d * by_place[i] + constant[i]);
        }
    }
}

// Two sums for each channel over all rows. Blocks of rows are the same whatever the number of threads: so are the sums.
template <typename F>
std::vector<double> sum_rows(const NormShape& s, const F& add) {
    const int64_t blocks = std::clamp<int64_t>(s.rows / s.grain(), 1, 64);
    const int64_t width = s.channels * s.together, steps = 128 * s.together;
    std::vector<double> sums(blocks * 2 * s.channels);
    parallel(blocks, 1, [&](int64_t block, int64_t last) {
        std::vector<float> parts(2 * width);
        for (; block < last; block++) {
            double* into = sums.data() + block * 2 * s.channels;
            const int64_t end = s.rows * (block + 1) / blocks;
            for (int64_t row = s.rows * block / blocks; row < end; row += steps) {
                // Each number of single precision takes in 128 others at most.
                std::fill(parts.begin(), parts.end(), 0.0f);
                each_width(s, row, std::min(row + steps, end), [&](int64_t first, int64_t rows, int64_t numbers) {
                    add(first * s.channels, parts.data(), parts.data() + width, rows, numbers);
                });
                for (int64_t i = 0; i < 2 * width; i += s.channels) {
                    double* half = i < width ? into : into + s.channels;
                    for (int64_t c = 0; c < s.channels; c++) {
                        half[c] += parts[i + c];
                    }
                }
            }
        }
    });
    for (int64_t block = 1; block < blocks; block++) {
        for (int64_t i = 0; i < 2 * s.channels; i++) {
            sums[i] += sums[block * 2 * s.channels + i];
        }
    }

    return sums;
}

inline at::Tensor as_rows(const at::Tensor& x) { return x.contiguous(x.dim() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous); }

inline at::Tensor like_rows(const at::Tensor& x) {
    return at::empty(x.sizes(), x.options(), x.dim() == 4 ? at::MemoryFormat::ChannelsLast : at::MemoryFormat::Contiguous);
}

// The statistics of a batch, [2, channels]: means, and 1 / sqrt(variance + epsilon); the running ones follow them.
inline at::Tensor batch_statistics(const at::Tensor& x, float* running_mean, float* running_variance, double momentum, double epsilon) {
    const NormShape s(x);
    const float* from = x.data_ptr<float>();

    // What is near to the mean is taken off first: else large means would leave nothing of small variances.
    const PerChannel shift(s, [&](int64_t c) { return from[c]; });
    const auto sums = sum_rows(s, [&](int64_t place, float* sum, float* squares, int64_t rows, int64_t width) {
        add_moments(from + place, shift.data(), sum, squares, rows, width);
    });
    auto statistics = at::empty({2, s.channels}, x.options());
    float* to = statistics.data_ptr<float>();
    const double count = static_cast<double>(s.rows);
    for (int64_t c = 0; c < s.channels; c++) {
        const double mean = sums[c] / count;
        const double variance = std::max(0.0, sums[s.channels + c] / count - mean * mean);
        to[c] = static_cast<float>(mean + from[c]);
        to[s.channels + c] = static_cast<float>(1 / std::sqrt(variance + epsilon));
        running_mean[c] = static_cast<float>((1 - momentum) * running_mean[c] + momentum * (mean + from[c]));
        running_variance[c] = static_cast<float>((1 - momentum) * running_variance[c] + momentum * variance * (count / std::max(1.0, count - 1)));
    }

    return statistics;
}

inline at::Tensor running_statistics(const at::Tensor& mean, const at::Tensor& variance, double epsilon) {
    return at::stack({mean, (variance + epsilon).rsqrt()});
}

struct NormParameters {
    PerChannel mean, scale, beta;

    NormParameters(const NormShape& s, const at::Tensor& statistics, const at::Tensor& gamma, const at::Tensor& shift)
        : mean(s, [p = statistics.data_ptr<float>()](int64_t c) { return p[c]; })
        , scale(s, [p = statistics.data_ptr<float>() + s.channels, g = gamma.data_ptr<float>()](int64_t c) { return p[c] * g[c]; })
        , beta(s, [p = shift.data_ptr<float>()](int64_t c) { return p[c]; }) {}
};

}  // namespace shim

// The statistics that a batch norm uses, see batch_statistics. Training or not, x is [pictures, channels] or a map.
EXPORT Handle pp_norm_statistics(Handle input, Handle mean, Handle variance, double momentum, double epsilon, int is_training) {
    return shim::make([&] {
        return is_training
            ? shim::batch_statistics(shim::as_rows(*input), mean->data_ptr<float>(), variance->data_ptr<float>(), momentum, epsilon)
            : shim::running_statistics(*mean, *variance, epsilon);
    });
}

// z = gamma (x - mean) / deviation + beta; z above 0, slope * z below.
EXPORT Handle pp_norm_apply(Handle input, Handle statistics, Handle gamma, Handle beta, double slope, int overwrites) {
    return shim::make([&] {
        const auto x = shim::as_rows(*input);
        auto y = overwrites ? x : shim::like_rows(x);
        const shim::NormShape s(x);
        const shim::NormParameters p(s, *statistics, *gamma, *beta);
        const float* from = x.data_ptr<float>();
        float* to = y.data_ptr<float>();
        shim::parallel(s.rows, s.grain(), [&](int64_t begin, int64_t end) {
            shim::each_width(s, begin, end, [&](int64_t row, int64_t rows, int64_t width) {
                shim::normalize(from + row * s.channels, to + row * s.channels, p.mean.data(), p.scale.data(), p.beta.data(), static_cast<float>(slope), rows, width);
            });
        });
        return y;
    });
}

// The gradient by x; those by gamma and beta, [2, channels], go into the last argument where they are wanted. Where the
// statistics were not the batch's, they are constants; where they were, what they give is needed for x too.
EXPORT Handle pp_norm_backward(Handle gradient, Handle input, Handle statistics, Handle gamma, Handle beta, double slope, int is_training,
    int wants_parameters, int overwrites, Handle* parameters) {
    return shim::make([&] {
        const auto dy = shim::as_rows(*gradient), x = shim::as_rows(*input);
        auto dx = overwrites ? dy : shim::like_rows(x);
        const shim::NormShape s(x);
        const shim::NormParameters p(s, *statistics, *gamma, *beta);
        const float *dys = dy.data_ptr<float>(), *xs = x.data_ptr<float>();
        const auto flat = static_cast<float>(slope);
        shim::PerChannel by_place(s), constant(s);
        at::Tensor by_parameter;
        if (is_training || wants_parameters) {
            const auto sums = shim::sum_rows(s, [&](int64_t place, float* sum, float* products, int64_t rows, int64_t width) {
                shim::add_gradient_moments(dys + place, xs + place, p.mean.data(), p.scale.data(), p.beta.data(), sum, products, flat, rows, width);
            });
            by_parameter = at::empty({2, s.channels}, x.options());
            float* to = by_parameter.data_ptr<float>();
            const float* inverse = statistics->data_ptr<float>() + s.channels;
            const double count = static_cast<double>(s.rows);
            for (int64_t c = 0; c < s.channels; c++) {
                to[c] = static_cast<float>(sums[s.channels + c] * inverse[c]);
                to[s.channels + c] = static_cast<float>(sums[c]);
            }

            if (is_training) {
                // Ioffe and Szegedy 2015, section 3, put together.
                by_place = shim::PerChannel(s, [&](int64_t c) { return -p.scale.values[c] * sums[s.channels + c] / count * inverse[c] * inverse[c]; });
                constant = shim::PerChannel(s, [&](int64_t c) { return -p.scale.values[c] * sums[c] / count; });
            }
        }

        float* to = dx.data_ptr<float>();
        shim::parallel(s.rows, s.grain(), [&](int64_t begin, int64_t end) {
            shim::each_width(s, begin, end, [&](int64_t row, int64_t rows, int64_t width) {
                const int64_t place = row * s.channels;
                shim::turn_back(dys + place, xs + place, to + place, p.mean.data(), p.scale.data(), p.beta.data(), by_place.data(), constant.data(), flat, rows, width);
            });
        });
        *parameters = by_parameter.defined() ? shim::own(by_parameter) : nullptr;
        return dx;
    });
}
