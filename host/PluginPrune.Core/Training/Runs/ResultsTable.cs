using System.Globalization;
using System.Text;

namespace PluginPrune.Core.Training;

/// <summary>results.csv: a row an epoch, a column a number, '.' as the decimal point.</summary>
internal static class ResultsTable
{
    public static void Write(Stream stream, IReadOnlyList<EpochResult> results)
    {
        string[] columns = [.. results.SelectMany(static result => result.Values).Select(static value => value.Name).Distinct(StringComparer.Ordinal)];
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', columns.Prepend("epoch")));
        foreach (EpochResult result in results)
        {
            writer.WriteLine(string.Join(',', columns.Select(column => Text(result[column])).Prepend((result.Epoch + 1).ToString(CultureInfo.InvariantCulture))));
        }
    }

    // A number that was not measured leaves its place empty, which every program that reads tables understands.
    private static string Text(double value) => double.IsNaN(value) ? string.Empty : value.ToString("G7", CultureInfo.InvariantCulture);
}
