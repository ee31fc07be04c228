using System.Collections.Immutable;
using System.Text;

namespace PluginPrune.Core.Inspection;

/// <summary>A shortest way through the graph along which a channel of one layer is one with a channel of another.</summary>
/// <param name="Steps">The values on it, both ends included.</param>
public sealed record TiePath(ImmutableArray<TieStep> Steps)
{
    /// <summary>For instance '1.conv -> 1.bn -> 4.add &lt;- 3.bn &lt;- 3.conv'.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (TieStep step in Steps)
        {
            text.Append(step.Link switch
            {
                TieLink.Start => step.Value,
                TieLink.Forward => $" -> {step.Value}",
                TieLink.Backward => $" <- {step.Value}",
                _ => " (by other channels of it)",
            });
        }

        return text.ToString();
    }
}
