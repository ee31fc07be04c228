using System.Numerics;
using PluginPrune.Contracts.Operations;

namespace PluginPrune.EngineManaged.Activations;

/// <summary>Finds how to compute an activation.</summary>
internal static class ActivationFunction
{
    public static ActivationFunction<T> Create<T>(Activation activation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (activation.Kind)
        {
            case ActivationKind.Linear:
                return new VectorActivation<T, LinearFunction<T>>(default);
            case ActivationKind.Relu:
                return new VectorActivation<T, ReluFunction<T>>(default);
            case ActivationKind.Relu6:
                return new VectorActivation<T, Relu6Function<T>>(default);
            case ActivationKind.LeakyRelu:
                return new VectorActivation<T, LeakyReluFunction<T>>(new(T.CreateTruncating(activation.Slope)));
            case ActivationKind.Relie:
                return new VectorActivation<T, LeakyReluFunction<T>>(new(T.CreateTruncating(0.01)));
            case ActivationKind.HardSwish:
                return new VectorActivation<T, HardSwishFunction<T>>(default);
        }

        // In double precision the engine is the oracle: there the contract's own formulas are computed, one by one.
        object? single = typeof(T) != typeof(float) ? null : activation.Kind switch
        {
            ActivationKind.Sigmoid => new VectorActivation<float, SigmoidFunction>(default),
            ActivationKind.Silu => new VectorActivation<float, SiluFunction>(default),
            ActivationKind.Mish => new VectorActivation<float, MishFunction>(default),
            _ => null,
        };
        return (ActivationFunction<T>?)single ?? new ScalarActivation<T>(activation);
    }
}
