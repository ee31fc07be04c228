using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Contracts.Training;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Training.Parameters;

namespace PluginPrune.EngineTorch.Training;

/// <summary>What pulls scales of batch norms, laid out as the parameters of norms are.</summary>
internal sealed class Penalties(Network network, ParameterSet parameters) : IDisposable
{
    private Force? _subgradient;
    private Force? _proximal;

    /// <exception cref="ArgumentException">A node is no batch norm or stands twice, or the number of channels is another.</exception>
    public void Set(IReadOnlyList<GammaPenalty> penalties)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (GammaPenalty penalty in penalties)
        {
            Check(penalty);
            if (!named.Add(penalty.BatchNorm))
            {
                throw new ArgumentException($"Two penalties are for '{penalty.BatchNorm}'.", nameof(penalties));
            }
        }

        Dispose();
        _subgradient = Make([.. penalties.Where(static penalty => penalty.Mode == PenaltyMode.Subgradient)]);
        _proximal = Make([.. penalties.Where(static penalty => penalty.Mode == PenaltyMode.Proximal)]);
    }

    /// <summary>Adds the sub-gradients to the gradients of norms, which are scaled before.</summary>
    /// <returns>What the gradients of norms are still to be multiplied by.</returns>
    public double Pull(double scale)
    {
        if (_subgradient is not { } force)
        {
            return scale;
        }

        using Tensor values = Norms(parameters.Values);
        using Tensor gradients = Norms(parameters.Gradients);
        TorchException.Check(Shim.pp_pull(gradients.Handle, values.Handle, force.Strength.Handle, force.Centre.Handle, scale));
        return 1;
    }

    /// <summary>Applies the soft thresholds: strength times a factor.</summary>
    public void Shrink(double factor)
    {
        if (_proximal is { } force)
        {
            using Tensor values = Norms(parameters.Values);
            TorchException.Check(Shim.pp_soft_threshold(values.Handle, force.Strength.Handle, force.Centre.Handle, factor));
        }
    }

    public void Dispose()
    {
        _subgradient?.Dispose();
        _proximal?.Dispose();
        (_subgradient, _proximal) = (null, null);
    }

    private void Check(GammaPenalty penalty)
    {
        if (network.Find(penalty.BatchNorm)?.Operation is not BatchNorm norm)
        {
            throw new ArgumentException($"A penalty is for '{penalty.BatchNorm}', which is no batch norm of the network.", nameof(penalty));
        }

        if (penalty.Strength.Length != norm.Gamma.Count || (!penalty.Centre.IsDefaultOrEmpty && penalty.Centre.Length != norm.Gamma.Count))
        {
            throw new ArgumentException(
                $"The penalty of '{penalty.BatchNorm}' is for {penalty.Strength.Length} channels, its centres for {(penalty.Centre.IsDefault ? 0 : penalty.Centre.Length)}; the batch norm has {norm.Gamma.Count}.",
                nameof(penalty));
        }
    }

    private Tensor Norms(Tensor memory)
    {
        (long start, long count) = parameters.Range(ParameterKind.Norm);
        return memory.narrow(0, start, count);
    }

    private Force? Make(ImmutableArray<GammaPenalty> penalties)
    {
        (long start, long count) = parameters.Range(ParameterKind.Norm);
        float[] strengths = new float[count];
        float[] centres = new float[count];
        bool pulls = false;
        foreach (GammaPenalty penalty in penalties)
        {
            // A frozen norm is not moved by anything.
            if (parameters.Find(penalty.BatchNorm, "gamma") is { IsTrained: true } gamma)
            {
                int at = (int)(gamma.Start - start);
                penalty.Strength.CopyTo(strengths, at);
                pulls = true;
                if (!penalty.Centre.IsDefaultOrEmpty)
                {
                    penalty.Centre.CopyTo(centres, at);
                }
            }
        }

        return pulls ? new Force(Keep(strengths), Keep(centres)) : null;
    }

    private Tensor Keep(float[] numbers) =>
        torch.tensor(numbers, [numbers.Length], ScalarType.Float32, parameters.Device).DetachFromDisposeScope();

    private sealed record Force(Tensor Strength, Tensor Centre) : IDisposable
    {
        public void Dispose()
        {
            Strength.Dispose();
            Centre.Dispose();
        }
    }
}
