// Convolutions on the processor whose weights oneDNN has put into its own order beforehand, and which apply an activation
// themselves where this libtorch can. The operators are found by name: they came and changed with the versions.
#pragma once

namespace shim {

struct Packed {
    c10::IValue context;  // of mkldnn_prepacked, up to 1.13
    at::Tensor weight, bias;  // of mkldnn::_convolution_pointwise, from 2.0 on
    std::vector<int64_t> stride, padding, dilation;
    int64_t groups = 1;
    std::string attribute = "none";
    std::vector<c10::IValue> scalars;
};

// Empty where there is no such operator.
inline auto find(const char* name) { return c10::Dispatcher::singleton().findSchema({name, ""}); }

inline c10::IValue call(const c10::OperatorHandle& op, std::vector<c10::IValue> stack) {
    op.callBoxed(&stack);
    return std::move(stack.at(0));
}

inline c10::IValue optional_numbers(const std::vector<c10::IValue>& numbers) {
    c10::impl::GenericList list(c10::OptionalType::create(c10::NumberType::get()));
    for (const auto& number : numbers) {
        list.push_back(number);
    }

    return list;
}

inline void pack(Packed& p, const at::Tensor& weight, const std::vector<int64_t>& input) {
    if (auto pointwise = find("mkldnn::_convolution_pointwise")) {
        auto reorder = find("aten::mkldnn_reorder_conv2d_weight");
        TORCH_CHECK(reorder, "no operator packs the weights of a convolution");
        std::vector<c10::IValue> arguments{weight.to_mkldnn(), p.padding, p.stride, p.dilation, p.groups};
        if (reorder->schema().arguments().size() > 5) {
            arguments.emplace_back(input);
        }

        p.weight = call(*reorder, std::move(arguments)).toTensor();
        return;
    }

    auto prepack = find("mkldnn_prepacked::conv2d_prepack");
    TORCH_CHECK(prepack && prepack->schema().arguments().size() == 8, "no operator packs the weights of a convolution");
    p.context = call(*prepack, {weight, p.bias, p.stride, p.padding, p.dilation, p.groups, input, p.attribute});
}

inline at::Tensor run(const Packed& p, const at::Tensor& any) {
    // These operators take any memory for dense.
    const auto input = any.contiguous(at::MemoryFormat::ChannelsLast);
    if (p.weight.defined()) {
        static const auto pointwise = find("mkldnn::_convolution_pointwise");
        return call(*pointwise, {input, p.weight, p.bias, p.padding, p.stride, p.dilation, p.groups, p.attribute,
            optional_numbers(p.scalars), c10::IValue()}).toTensor();
    }

    static const auto prepacked = find("mkldnn_prepacked::conv2d_run");
    return call(*prepacked, {input, p.context}).toTensor();
}

// What the operators of this libtorch apply themselves: 0 nothing, 1 relu, 2 leaky relu.
inline bool fuses(int activation) {
    return activation == 0 || activation == 1 || (activation == 2 && find("mkldnn::_convolution_pointwise").has_value());
}

inline Packed* packed(const at::Tensor& weight, const at::Tensor& bias, const int64_t* stride, const int64_t* padding,
    const int64_t* dilation, int64_t groups, const int64_t* input, int activation, double slope) {
    auto p = std::make_unique<Packed>();
    p->bias = bias;
    p->stride = pair(stride).vec();
    p->padding = pair(padding).vec();
    p->dilation = pair(dilation).vec();
    p->groups = groups;
    if (activation == 1) {
        p->attribute = "relu";
    } else if (activation == 2) {
        p->attribute = "leaky_relu";
        p->scalars.emplace_back(slope);
    }

    pack(*p, weight, std::vector<int64_t>(input, input + 4));
    return p.release();
}

// Whether packed convolutions work here and give what the others give.
inline bool try_packed() {
    try {
        c10::InferenceMode guard;
        auto options = at::TensorOptions().dtype(at::kFloat);
        auto input = at::arange(2 * 16 * 9 * 9, options).sin().view({2, 16, 9, 9}).contiguous(at::MemoryFormat::ChannelsLast);
        auto weight = at::arange(16 * 16 * 9, options).cos().view({16, 16, 3, 3}).contiguous(at::MemoryFormat::ChannelsLast);
        auto bias = at::arange(16, options);
        const int64_t two[] = {2, 2}, one[] = {1, 1}, size[] = {2, 16, 9, 9};
        for (int activation = 0; activation <= 2; activation++) {
            if (fuses(activation)) {
                std::unique_ptr<Packed> p(packed(weight, bias, two, one, one, 1, size, activation, 0.1));
                auto expected = at::conv2d(input, weight, bias, {2, 2}, {1, 1});
                expected = activation == 0 ? expected : activation == 1 ? at::relu(expected) : at::leaky_relu(expected, 0.1);
                if (!at::allclose(run(*p, input), expected, 1e-4, 1e-4)) {
                    return false;
                }
            }
        }

        return true;
    } catch (const std::exception&) {
        return false;
    }
}

}  // namespace shim

// 1 where packed convolutions can be used and apply the activation, else 0.
EXPORT int pp_packed_fuses(int activation) {
    static const bool works = shim::try_packed();
    return works && shim::fuses(activation);
}

// The input's size is what the order of the weights is chosen for; others can be run.
EXPORT void* pp_packed_new(Handle weight, Handle bias, const int64_t* stride, const int64_t* padding, const int64_t* dilation,
    int64_t groups, const int64_t* input, int activation, double slope) {
    shim::Packed* made = nullptr;
    shim::act([&] { made = shim::packed(*weight, *bias, stride, padding, dilation, groups, input, activation, slope); });
    return made;
}

EXPORT void pp_packed_delete(void* packed) { delete static_cast<shim::Packed*>(packed); }

EXPORT Handle pp_packed_run(void* packed, Handle input) {
    return shim::make([&] { return shim::run(*static_cast<shim::Packed*>(packed), *input); });
}
