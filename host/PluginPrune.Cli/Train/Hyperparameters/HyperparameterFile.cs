using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace PluginPrune.Cli.Train;

/// <summary>Reads files of hyperparameters as YOLOv5 has them: YAML of names with a number each.</summary>
internal static class HyperparameterFile
{
    private const int LongestFile = 1 << 16;

    /// <summary>Reads one.</summary>
    /// <exception cref="InputException">It is not there, or is something else.</exception>
    public static ImmutableArray<Hyperparameter> Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LongestFile
                ? Parse(path, File.ReadAllText(path))
                : throw new InputException(path, null, "it is too long for a file of hyperparameters.");
        }
        catch (YamlException error)
        {
            throw new InputException(path, (int)error.Start.Line, $"it is no YAML that can be read: {error.Message.TrimEnd('.')}.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InputException(path, null, $"it cannot be read: {error.Message}");
        }
    }

    private static ImmutableArray<Hyperparameter> Parse(string path, string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _) || !parser.TryConsume<MappingStart>(out _))
        {
            throw new InputException(path, 1, "it has no names with numbers, such as 'lr0: 0.01'.");
        }

        var read = ImmutableArray.CreateBuilder<Hyperparameter>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out Scalar? name))
            {
                throw new InputException(path, (int)parser.Current!.Start.Line, "a name was wanted, such as lr0.");
            }

            int line = (int)name.Start.Line;
            if (!parser.TryConsume<Scalar>(out Scalar? value) || !double.TryParse(value.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
            {
                throw new InputException(path, line, $"'{name.Value}' takes a number{(value is null ? string.Empty : $", not '{value.Value}'")}.");
            }

            if (read.FirstOrDefault(other => other.Name == name.Value) is { } other)
            {
                throw new InputException(path, line, $"'{name.Value}' stands in line {other.Line} already. Leave one.");
            }

            read.Add(new Hyperparameter(name.Value, value.Value, line));
        }

        return read.ToImmutable();
    }
}
