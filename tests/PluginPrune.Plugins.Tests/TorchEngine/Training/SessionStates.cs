using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Training;

namespace PluginPrune.Plugins.Tests.TorchEngine.Training;

/// <summary>Compares what sessions consist of, bit by bit.</summary>
internal static class SessionStates
{
    public static void ShouldBeEqual(TrainingState actual, TrainingState expected)
    {
        actual.Steps.Should().Be(expected.Steps);
        actual.Tensors.Keys.Should().Equal(expected.Tensors.Keys);
        foreach ((string name, Tensor tensor) in expected.Tensors)
        {
            // How many batches there were may differ where nothing random reads it.
            if (name != "/counters")
            {
                actual.Tensors[name].Bytes.SequenceEqual(tensor.Bytes).Should().BeTrue($"'{name}' must be the same bit by bit");
            }
        }
    }
}
