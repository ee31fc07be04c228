using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Evaluation;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Pruning;

/// <summary>What who deploys a model must know and its files do not say: class names, preprocessing and, of a detector, thresholds.</summary>
public static class DeploymentSidecar
{
    private const double UsualConfidence = 0.25;
    private const double UsualIou = 0.45;

    /// <summary>Writes it as JSON.</summary>
    /// <param name="network">The network.</param>
    /// <param name="classNames">Its classes' names; empty where nobody told them.</param>
    /// <param name="detects">Whether its heads tell of objects, of which a threshold leaves some out; else they tell what all of a picture shows.</param>
    /// <param name="evaluation">What was measured of it as the last of its subjects, or null.</param>
    /// <param name="stream">Takes UTF-8 text.</param>
    public static void Write(Network network, ImmutableArray<string> classNames, bool detects, EvaluationReport? evaluation, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(network);
        JsonText.Write(stream, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("sidecarVersion", 1);
            json.WriteString("network", network.Name);
            json.WriteStartArray("inputs");
            foreach (NetworkInput input in network.Inputs)
            {
                WriteInput(json, input);
            }

            json.WriteEndArray();
            json.WriteStartArray("classes");
            foreach (string name in classNames)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
            if (detects)
            {
                WriteThresholds(json, evaluation);
            }

            WriteHeads(json, network);
            json.WriteEndObject();
        });
    }

    /// <summary>Writes the names of the classes that a crop left: those beside the whole network are not theirs any more.</summary>
    /// <param name="crop">What went.</param>
    /// <param name="network">What is left. Where its classes have no names nothing is written, nor where all of them stayed.</param>
    /// <param name="output">Receives the file.</param>
    public static void WriteNames(CropReport crop, Network network, OutputFolder output)
    {
        ArgumentNullException.ThrowIfNull(crop);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(output);
        if (!crop.ClassNames.IsEmpty && !network.ClassNames.IsEmpty)
        {
            using Stream names = output.Create(".names");
            WriteNames(network.ClassNames, names);
        }
    }

    /// <summary>Writes the names of the classes, one on each line.</summary>
    /// <param name="classNames">The names.</param>
    /// <param name="stream">Takes UTF-8 text.</param>
    public static void WriteNames(ImmutableArray<string> classNames, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        foreach (string name in classNames)
        {
            writer.WriteLine(name);
        }
    }

    private static void WriteThresholds(Utf8JsonWriter json, EvaluationReport? evaluation)
    {
        json.WriteStartObject("thresholds");
        json.WriteNumber("confidence", Math.Round(ConfidenceOf(evaluation) ?? UsualConfidence, 4));
        json.WriteString("confidenceIs", ConfidenceOf(evaluation) is null ? "the usual one" : $"the one of the best F1 on {evaluation!.Dataset}");
        json.WriteNumber("iou", UsualIou);
        json.WriteString("suppression", "per-class");
        json.WriteEndObject();
    }

    private static double? ConfidenceOf(EvaluationReport? evaluation) =>
        evaluation?.Sections.SelectMany(static section => section.Results[^1].Metrics)
            .FirstOrDefault(static metric => metric.Name == "confidence") is { Value: var value } && double.IsFinite(value) ? value : null;

    private static void WriteInput(Utf8JsonWriter json, NetworkInput input)
    {
        Preprocessing preprocessing = input.Preprocessing;
        json.WriteStartObject();
        json.WriteString("name", input.Name);
        json.WriteNumber("width", input.Shape.Width);
        json.WriteNumber("height", input.Shape.Height);
        json.WriteNumber("channels", input.Shape.Channels);
        json.WriteString("order", Word(preprocessing.Order));
        json.WriteNumber("scale", preprocessing.Scale);
        WriteNumbers(json, "mean", preprocessing.Mean);
        WriteNumbers(json, "deviation", preprocessing.Deviation);
        json.WriteString("resize", Word(preprocessing.Resize));
        json.WriteString("interpolation", Word(preprocessing.Interpolation));
        if (preprocessing.Resize == ResizeMode.Letterbox)
        {
            json.WriteNumber("padding", preprocessing.Padding);
        }

        json.WriteEndObject();
    }

    private static void WriteHeads(Utf8JsonWriter json, Network network)
    {
        json.WriteStartArray("heads");
        foreach (Head head in network.Heads)
        {
            Shape shape = network.ShapeOf(head.Input);
            json.WriteStartObject();
            json.WriteString("id", head.Id);
            json.WriteString("kind", head.Kind);
            WriteNumbers(json, "shape", [.. shape.Dimensions.Select(static extent => (double)extent)]);
            json.WriteStartObject("parameters");
            foreach ((string name, ImmutableArray<double> numbers) in head.Parameters)
            {
                WriteNumbers(json, name, numbers);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ImmutableArray<double> numbers)
    {
        json.WriteStartArray(name);
        foreach (double number in numbers.IsDefault ? [] : numbers)
        {
            EvaluationJson.WriteValue(json, number);
        }

        json.WriteEndArray();
    }

#pragma warning disable CA1308 // Settings are written as plain words.
    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
#pragma warning restore CA1308
}
