using System.Collections.Immutable;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;

namespace PluginPrune.DatasetYolo.Labels;

/// <summary>The labels of one picture: a row each.</summary>
internal sealed record LabelText(ImmutableArray<ObjectLabel> Labels, ImmutableArray<DatasetFault> Faults)
{
    private static readonly LabelText Nothing = new([], []);

    /// <param name="text">The rows.</param>
    /// <param name="file">What faults call the file.</param>
    /// <param name="classes">How many classes there are, or null where nobody says.</param>
    /// <param name="keypointColumns">How many columns of keypoints follow each box, or 0.</param>
    public static LabelText Parse(string text, string file, int? classes, int keypointColumns)
    {
        if (text.AsSpan().IsWhiteSpace())
        {
            return Nothing;
        }

        var labels = ImmutableArray.CreateBuilder<ObjectLabel>();
        var faults = ImmutableArray.CreateBuilder<DatasetFault>();
        var first = new Dictionary<(int, Box), int>();
        int line = 0;
        foreach (ReadOnlySpan<char> row in text.AsSpan().EnumerateLines())
        {
            line++;
            if (row.IsWhiteSpace())
            {
                continue;
            }

            LabelRow read = LabelRow.Parse(row, classes, keypointColumns);
            if (read.Problem is { } problem)
            {
                faults.Add(new DatasetFault(problem.Severity, problem.Kind, file, line, problem.Message));
            }

            if (read.Box is not { } box)
            {
                continue;
            }

            if (first.TryAdd((read.ClassIndex, box), line))
            {
                labels.Add(new ObjectLabel(read.ClassIndex, box) { Line = line });
            }
            else
            {
                faults.Add(new DatasetFault(
                    FaultSeverity.Warning, "duplicate box", file, line, $"The same box of the same class stands in line {first[(read.ClassIndex, box)]}; it counts once."));
            }
        }

        return new LabelText(labels.DrainToImmutable(), faults.DrainToImmutable());
    }
}
