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
        string[] maps = [.. plan.Network.Heads.Select(static (head, i) => head.Annotations.Find<MapOutput>()?.Name ?? FormattableString.Invariant($"map{i}"))];
        FileFacts? facts = plan.Network.Annotations.Find<FileFacts>();
        if (facts is { Form: not OutputForm.Raw } && facts.Form == plan.Form)
        {
            return plan.Form.HasMaps() ? [facts.Outputs[0], .. maps] : [facts.Outputs[0]];
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
