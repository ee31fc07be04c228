using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Weights;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>
/// [rnn], [gru] and [lstm]: [connected] layers that remember. They are kept as they are: what a network computes here must
/// not depend on what it computed before.
/// </summary>
internal sealed class RecurrentSection(string name) : SectionType
{
    public override string Name => name;

    public override string Read(SectionReader reader)
    {
        CfgSection section = reader.Section;
        int inputs = reader.PreviousShape.Count;
        int outputs = reader.AtLeast(1, "output", 1);

        // The original Darknet makes all layers of an [rnn] as wide as its output, AlexeyAB's fork the inner ones as 'hidden' says.
        int hidden = reader.AtLeast(1, "hidden", outputs);
        bool hasNorm = section.Integer("batch_normalize", 0) != 0;
        var weights = ImmutableArray.CreateBuilder<WeightsSlot>();
        (int Inputs, int Outputs)[] layers = name switch
        {
            "rnn" => [(inputs, hidden), (hidden, hidden), (hidden, outputs)],
            "gru" => [.. Enumerable.Repeat((outputs, outputs), 3), .. Enumerable.Repeat((inputs, outputs), 3)],
            _ => [.. Enumerable.Repeat((outputs, outputs), 4), .. Enumerable.Repeat((inputs, outputs), 4)],
        };
        foreach ((int from, int to) in layers)
        {
            if ((long)from * to > int.MaxValue)
            {
                throw section.Fault("output", $"layer {section.Index} [{name}] has a layer of {to} outputs and {from} inputs; more than 2^31 weights cannot be.");
            }

            weights.Add(reader.Weights(hasNorm ? "beta" : "bias", to));
            weights.Add(reader.Weights("weight", to, from));
            if (hasNorm)
            {
                weights.Add(reader.Weights("gamma", to));
                weights.Add(reader.Weights("mean", to));
                weights.Add(reader.Weights("variance", to));
            }
        }

        return reader.AddOpaque(new Shape(outputs, 1, 1), weights.ToImmutable(), reader.Previous);
    }

    public override SectionDraft? Plan(Node node, Planner planner) => Keep(node);
}
