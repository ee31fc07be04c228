using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Evaluation;

/// <summary>Writes the curves of an evaluation: each as CSV, and those with common axes as one picture.</summary>
public static class CurveFiles
{
    private const int LongestName = 80;

    /// <summary>Writes all curves of a report's first network.</summary>
    /// <param name="report">The report.</param>
    /// <param name="folder">Takes the files.</param>
    /// <returns>How many curves there were.</returns>
    public static int Write(EvaluationReport report, OutputFolder folder)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(folder);
        int count = 0;
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (EvaluationSection section in report.Sections)
        {
            ImmutableArray<Curve> curves = section.Results[0].Curves is { IsDefault: false } given ? given : [];
            foreach (var family in curves.GroupBy(static curve => (curve.XName, curve.YName)))
            {
                string axes = $"{section.Evaluator}-{family.Key.YName}-over-{family.Key.XName}";
                foreach (Curve curve in family)
                {
                    WriteCsv(curve, folder, FileName($"{axes}-{curve.Name}", ".csv", taken));
                    count++;
                }

                using Stream picture = folder.CreateFile(FileName(axes, ".svg", taken));
                CurvePicture.Write([.. family], $"{report.Subjects[0]}: {family.Key.YName} over {family.Key.XName}", fits: false, picture);
            }
        }

        return count;
    }

    private static void WriteCsv(Curve curve, OutputFolder folder, string name)
    {
        using var writer = new StreamWriter(folder.CreateFile(name), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        writer.WriteLine($"{curve.XName},{curve.YName}");
        for (int i = 0; i < curve.X.Length; i++)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{curve.X[i]:G9},{curve.Y[i]:G9}"));
        }
    }

    /// <summary>Class names come from files: what no file system takes is replaced, and no two names become one.</summary>
    private static string FileName(string text, string extension, HashSet<string> taken)
    {
        string clean = string.Concat(text.Select(static letter => char.IsLetterOrDigit(letter) || letter is '-' or '.' or '@' ? letter : '_'));
        string stem = clean.Length > LongestName ? clean[..LongestName] : clean;
        string name = stem + extension;
        for (int number = 2; !taken.Add(name); number++)
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{number}{extension}");
        }

        return name;
    }
}
