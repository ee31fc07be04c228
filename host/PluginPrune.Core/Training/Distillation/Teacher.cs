using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;
using Hexadecimal = System.Convert;

namespace PluginPrune.Core.Training;

/// <summary>A trained network that another one learns from. It is run as it is used, on whatever the other is shown.</summary>
public sealed class Teacher : IDisposable
{
    private readonly IEngine _engine;
    private readonly InputConversion _conversion;
    private IExecutable<float> _executable;

    /// <summary>Prepares a network as a teacher.</summary>
    /// <param name="network">The network.</param>
    /// <param name="engine">Runs it.</param>
    /// <param name="student">The input of the network that learns.</param>
    /// <exception cref="DistillationException">It does not take such pictures.</exception>
    /// <exception cref="NotSupportedException">The engine does not run it.</exception>
    /// <exception cref="EngineUnavailableException">What the engine needs is not installed.</exception>
    public Teacher(Network network, IEngine engine, NetworkInput student)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(student);
        if (network.Inputs is not [{ Shape.Rank: 3 } input] || input.Shape.Channels != student.Shape.Channels)
        {
            throw new DistillationException(
                $"The teacher '{network.Name}' takes {string.Join(" and ", network.Inputs.Select(static one => one.Shape))}; pictures of {student.Shape.Channels} channels are what it would be shown.");
        }

        Identity = IdentityOf(network);
        Network = Fit(network, student.Shape);
        _engine = engine;
        _conversion = new InputConversion(student.Preprocessing, input.Preprocessing);
        _executable = engine.Compile(Network);
    }

    /// <summary>The network, for pictures of the size of the last run, at first of the student's.</summary>
    public Network Network { get; private set; }

    /// <summary>A fingerprint of its architecture and of all its numbers.</summary>
    public string Identity { get; }

    /// <summary>Computes values as they are where the network is used.</summary>
    /// <param name="batch">What the student is shown.</param>
    /// <param name="values">The names of the values wanted: nodes' ids.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="DistillationException">It does not take pictures of this size.</exception>
    /// <exception cref="TrainingException">A value is not a finite number.</exception>
    public ImmutableArray<Batch<float>> Run(TrainingBatch batch, IReadOnlyList<string> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(values);
        if (batch.Input.Shape != Network.Inputs[0].Shape)
        {
            Network = Fit(Network, batch.Input.Shape);
            _executable.Dispose();
            _executable = _engine.Compile(Network);
        }

        ImmutableArray<Batch<float>> results = _executable.Run([_conversion.Apply(batch.Input)], values, cancellationToken);
        for (int i = 0; i < results.Length; i++)
        {
            if (results[i].Elements.AsSpan().ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                throw new TrainingException(
                    $"The teacher '{Network.Name}' makes numbers that are not finite, at {Network.Find(values[i])}, of the pictures {string.Join(", ", batch.AllFiles)}. Look at it with host eval, or take another.");
            }
        }

        return results;
    }

    /// <inheritdoc />
    public void Dispose() => _executable.Dispose();

    private static Network Fit(Network network, Shape picture)
    {
        try
        {
            return network.Inputs[0].Shape == picture ? network : network.WithInputSize(picture.Height, picture.Width);
        }
        catch (NetworkException misfit)
        {
            throw new DistillationException(
                $"The teacher '{network.Name}' is for pictures of {network.Inputs[0].Shape} and takes none of {picture}, which are the student's: {misfit.Message} Train the student at the teacher's size, with --size.");
        }
    }

    private static string IdentityOf(Network network)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(ArchitectureHash.Of(network)));
        foreach (NamedTensor tensor in network.Nodes.SelectMany(static node => node.Operation.Tensors))
        {
            hash.AppendData(tensor.Tensor.Bytes);
        }

        return $"sha256:{Hexadecimal.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
