using System.Collections.Immutable;
using PluginPrune.Contracts.Evaluation;

namespace PluginPrune.EvaluatorClassification;

/// <summary>Every picture with what it shows and what it is taken for, so that networks can be compared picture by picture.</summary>
internal sealed class PictureTable
{
    private readonly ImmutableArray<MetricRow>.Builder _rows = ImmutableArray.CreateBuilder<MetricRow>();

    public void Add(ClassifiedPicture picture, int taken) =>
        _rows.Add(new MetricRow(picture.Item.Name, [picture.ClassIndex, taken, picture.Probabilities[taken]]));

    public MetricTable Write() => new("Pictures", "picture", [Column("shows", 0), Column("taken for", 0), Column("probability", 4)], _rows.ToImmutable());

    private static Metric Column(string name, int decimals) => new(name, double.NaN, string.Empty, MetricDirection.Neutral, decimals);
}
