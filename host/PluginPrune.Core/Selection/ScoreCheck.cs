using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Selection;

/// <summary>Finds scores that nothing can be ranked by, and says whose fault they are: of a network's numbers, or of the criterion.</summary>
internal static class ScoreCheck
{
    /// <summary>Checks a criterion's scores before anything is chosen by them.</summary>
    /// <param name="scores">The scores.</param>
    /// <exception cref="PlanException">A score is no finite number, or a layer has more or fewer of them than channels.</exception>
    public static void Check(ImmutableArray<MemberScores> scores)
    {
        foreach (MemberScores score in scores.IsDefault ? [] : scores)
        {
            Node layer = score.Member.Layer;
            if (score.Values.Length != score.Member.Channels.Length)
            {
                throw new PlanException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The criterion gave {score.Values.Length} scores for the {score.Member.Channels.Length} channels of {layer}: this is its fault."));
            }

            int odd = Array.FindIndex(score.Values, static value => !double.IsFinite(value));
            if (odd >= 0)
            {
                string cause = OddTensor(score) is { } tensor
                    ? $"{tensor}. Such a network computes nothing: take one from before its training went astray."
                    : "all weights that are about it are finite: this is the criterion's fault.";
                throw new PlanException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The score of channel {score.Member.Channels[odd]} of {layer} is {score.Values[odd]}, and nothing can be ranked by that; {cause}"));
            }
        }
    }

    /// <summary>The first tensor that is not finite, of the layer, what it is tied to, and what reads it.</summary>
    private static string? OddTensor(MemberScores score)
    {
        IEnumerable<Node> own = score.Member.BatchNorm is { } norm ? [score.Member.Layer, norm] : [score.Member.Layer];
        IEnumerable<Node> tied = score.Group.Members.SelectMany(static member => member.BatchNorm is { } norm ? [member.Layer, norm] : new[] { member.Layer });
        foreach (Node node in own.Concat(tied).Concat(score.Group.Readers.Select(static reader => reader.Layer)))
        {
            foreach (NamedTensor tensor in node.Operation.Tensors)
            {
                foreach (float value in tensor.Tensor.Floats)
                {
                    if (!float.IsFinite(value))
                    {
                        return string.Create(CultureInfo.InvariantCulture, $"the {tensor.Role} of {node} holds {value}");
                    }
                }
            }
        }

        return null;
    }
}
