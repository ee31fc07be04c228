using System.Collections.Immutable;
using PluginPrune.FormatOnnx.Reading.Decoding;
using PluginPrune.FormatOnnx.Reading.Interface;

namespace PluginPrune.FormatOnnx.Writing.Outputs;

/// <summary>What the outputs are called.</summary>
internal sealed class OutputNames
{
    private const string Boxes = "boxes";
    private const string Detections = "detections";
    private const string Output = "output";

    private readonly Dictionary<string, string> _byValue = new(StringComparer.Ordinal);
    private readonly WritePlan _plan;

    public OutputNames(WritePlan plan, OnnxOptions options)
    {
        _plan = plan;
        IsRaw = plan.Form == OutputForm.Raw;
        ImmutableArray<string> standard = Standard(plan, options);
        Count = standard.Length;
        All = string.IsNullOrWhiteSpace(options.OutputNames) ? standard : [.. options.OutputNames.Split(',').Select(static name => name.Trim())];
        for (int i = 0; IsRaw && i < Math.Min(All.Length, plan.Targets.Length); i++)
        {
            _byValue.Add(plan.Targets[i], All[i]);
        }
    }

    private static ImmutableArray<string> Standard(WritePlan plan, OnnxOptions options)
    {
        if (options.Nms)
        {
            return [Detections];
        }

        // What releases of YOLOv5 name themselves is kept; behind the first, names are whatever torch gave.
        FileFacts? facts = plan.Network.Annotations.Find<FileFacts>();

        // In that release the first map has the name that decoded boxes have in later ones.
        bool keepsNames = facts is not { Form: OutputForm.Release5 } || plan.Form == OutputForm.Release5;
        string[] maps = [.. plan.Network.Heads.Select((head, i) => (keepsNames ? head.Annotations.Find<MapOutput>()?.Name : null) ?? FormattableString.Invariant($"map{i}"))];
        if (facts is { Form: not OutputForm.Raw } && facts.Form == plan.Form)
        {
            return plan.Form switch
            {
                OutputForm.Release5 => [.. maps],
                OutputForm.Release6 => [facts.Outputs[0], .. maps],
                _ => [facts.Outputs[0]],
            };
        }

        return plan.Form switch
        {
            OutputForm.Raw => plan.Targets,
            OutputForm.Release5 => [Output, .. maps.Skip(1)],
            OutputForm.Release6 => [Output, .. maps],
            OutputForm.Release7 => ["output0"],
            _ => [Boxes],
        };
    }

    /// <summary>The names, in the order of the outputs.</summary>
    public ImmutableArray<string> All { get; }

    private bool IsRaw { get; }

    private int Count { get; }

    /// <summary>The name of a value of the network: that of the output that it is, else its own.</summary>
    public string OfValue(string value) => _byValue.GetValueOrDefault(value, value);

    /// <summary>Says what is wrong with names that the user gave, or null.</summary>
    public string? FindFault()
    {
        if (All.Length != Count)
        {
            return $"--output-names gives {All.Length} names ({string.Join(", ", All)}); there are {Count} outputs.";
        }

        if (All.FirstOrDefault(string.IsNullOrEmpty) is not null || All.Distinct(StringComparer.Ordinal).Count() != All.Length)
        {
            return $"--output-names gives '{string.Join(',', All)}'; each name must be there, and another one.";
        }

        string? taken = All.FirstOrDefault(name => !_byValue.ContainsKey(name) && (_plan.Network.Find(name) is not null || _plan.Network.Inputs.Any(input => input.Name == name)));
        return taken is null ? null : $"An output would be called '{taken}', which is the name of another value of the network. Give other names with --output-names.";
    }
}
