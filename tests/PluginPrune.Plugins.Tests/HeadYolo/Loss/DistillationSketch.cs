using System.Globalization;
using System.Numerics;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Training;
using PluginPrune.HeadYolo;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.HeadYolo.Loss;

/// <summary>Two heads with random raw outputs for the same pictures, of which the first learns from the second.</summary>
internal sealed class DistillationSketch(LossSketch student, LossSketch teacher)
{
    public LossSketch Student { get; } = student;

    public LossSketch Teacher { get; } = teacher;

    public double Temperature { get; init; } = 1;

    public double ScoreGain { get; init; } = 1;

    public double BoxGain { get; init; } = 1;

    public HeadLoss<T> Compute<T>(params (string Name, object Value)[] options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        IDistillableHead head = PluginFactory.Create<HeadYoloPlugin, IDistillableHead>(
            "yolo", [.. options.Select(static option => (option.Name, Convert.ToString(option.Value, CultureInfo.InvariantCulture)!))]);
        return head.ComputeDistillation(new HeadDistillation<T>
        {
            Head = Student.Head,
            Values = Batch<T>(Student),
            Teacher = Teacher.Head,
            TeacherValues = Batch<T>(Teacher),
            Picture = Student.Picture,
            Temperature = Temperature,
            ScoreGain = ScoreGain,
            BoxGain = BoxGain,
        });
    }

    private static Batch<T> Batch<T>(LossSketch sketch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(sketch.Values.Length / sketch.Shape.Count, sketch.Shape, [.. sketch.Values.Select(T.CreateTruncating)]);
}
