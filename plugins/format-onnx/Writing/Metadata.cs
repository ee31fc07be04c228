using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using PluginPrune.Contracts.Networks;
using PluginPrune.FormatOnnx.Reading.Interface;
using PluginPrune.FormatOnnx.Writing.Outputs;

namespace PluginPrune.FormatOnnx.Writing;

/// <summary>What a program that runs the file must know and the graph does not say; lists are JSON.</summary>
internal static class Metadata
{
    // These speak of what is written, not of what was read.
    private static readonly string[] Own = ["preprocessing", "outputs", "heads"];

    // The file is no web page: names of classes stay readable.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// 'names': the classes in their order, where they are known. 'stride': pixels of the input to a place of the coarsest output.
    /// 'preprocessing': how a picture becomes each input. 'outputs': raw, decoded, as a release of YOLOv5 gives them, or detections. 'heads': of raw outputs, what each head
    /// reads and its parameters.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(WritePlan plan, OutputNames names, OnnxOptions options)
    {
        var made = OfNetwork(plan, names, options).ToList();
        HashSet<string> keys = [.. made.Select(static entry => entry.Key), .. Own];

        // What else the file said that the network was read from goes along.
        IEnumerable<KeyValuePair<string, string>> others = plan.Network.Annotations.Find<FileFacts>()?.Metadata ?? [];
        return made.Concat(others.Where(entry => keys.Add(entry.Key)));
    }

    private static IEnumerable<KeyValuePair<string, string>> OfNetwork(WritePlan plan, OutputNames names, OnnxOptions options)
    {
        Network network = plan.Network;
        if (!network.ClassNames.IsEmpty)
        {
            yield return KeyValuePair.Create("names", Json(writer => WriteTexts(writer, network.ClassNames)));
        }

        if (StrideOf(plan) is { } stride)
        {
            yield return KeyValuePair.Create("stride", stride.ToString(CultureInfo.InvariantCulture));
        }

        // Sizes that are open in the file are told here: without them nobody could read it as a network of one size again.
        ImmutableArray<KeyValuePair<string, string>> said = network.Annotations.Find<FileFacts>()?.Metadata ?? [];
        if (options.DynamicSize || said.Any(static entry => entry.Key == "imgsz"))
        {
            yield return KeyValuePair.Create("imgsz", string.Create(CultureInfo.InvariantCulture, $"[{network.Inputs[0].Shape.Height}, {network.Inputs[0].Shape.Width}]"));
        }

        yield return KeyValuePair.Create("preprocessing", Json(writer => WriteInputs(writer, network.Inputs)));
        if (FormOf(plan, options) is { } form)
        {
            yield return KeyValuePair.Create("outputs", form);
        }

        if (plan.Form is OutputForm.Raw or OutputForm.Release5 && !network.Heads.IsEmpty)
        {
            yield return KeyValuePair.Create("heads", Json(writer => WriteHeads(writer, plan, names)));
        }
    }

    /// <summary>What a network that was read from a file gives, is what that file said that it gives, if it did.</summary>
    private static string? FormOf(WritePlan plan, OnnxOptions options) =>
        options.Nms ? "detections"
        : plan.Form == OutputForm.Raw && plan.Network.Annotations.Find<FileFacts>() is { Form: OutputForm.Raw } facts ? facts.Metadata.FirstOrDefault(static entry => entry.Key == "outputs").Value
        : FormOf(plan.Form);

    private static string FormOf(OutputForm form) => form switch
    {
        OutputForm.Raw => "raw",
        OutputForm.Decoded => "decoded",
        OutputForm.Release5 => "v5.0",
        OutputForm.Release6 => "v6.0",
        _ => "v7.0",
    };

    private static int? StrideOf(WritePlan plan)
    {
        int picture = plan.Network.Inputs[0].Shape.Height;
        int[] heights = [.. plan.Targets.Select(plan.Network.ShapeOf).Where(static shape => shape is { Rank: 3, Height: > 1 }).Select(static shape => shape.Height)];
        return heights.Length > 0 && picture % heights.Min() == 0 ? picture / heights.Min() : null;
    }

    private static void WriteInputs(Utf8JsonWriter writer, ImmutableArray<NetworkInput> inputs)
    {
        writer.WriteStartObject();
        foreach (NetworkInput input in inputs)
        {
            Preprocessing how = input.Preprocessing;
            writer.WriteStartObject(input.Name);
            writer.WriteString("order", Word(how.Order));
            writer.WriteNumber("scale", how.Scale);
            WriteNumbers(writer, "mean", how.Mean);
            WriteNumbers(writer, "std", how.Deviation);
            writer.WriteString("resize", Word(how.Resize));
            writer.WriteString("interpolation", Word(how.Interpolation));
            writer.WriteNumber("padding", how.Padding);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteHeads(Utf8JsonWriter writer, WritePlan plan, OutputNames names)
    {
        writer.WriteStartArray();
        foreach ((int index, Head head) in plan.Network.Heads.Index())
        {
            writer.WriteStartObject();
            writer.WriteString("output", plan.Form == OutputForm.Release5 ? names.All[index] : names.OfValue(plan.OutputOf(head)));
            writer.WriteString("kind", head.Kind);
            foreach ((string name, ImmutableArray<double> numbers) in head.Parameters)
            {
                WriteNumbers(writer, name, numbers);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, ImmutableArray<string> texts)
    {
        writer.WriteStartArray();
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, ImmutableArray<double> numbers)
    {
        writer.WriteStartArray(name);
        foreach (double number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Readable))
        {
            write(writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
