using System.Text.Json;
using PluginPrune.Core.Files;

namespace PluginPrune.Cli.Run;

/// <summary>A step that measures: it prints what `host eval` prints and keeps it as JSON.</summary>
/// <param name="terminal">Takes the results.</param>
/// <param name="whenInterrupted">What is said of an interruption.</param>
internal sealed class EvaluationStep(Terminal terminal, string whenInterrupted)
{
    /// <summary>The file in the step's folder.</summary>
    public const string FileName = "eval.json";

    /// <summary>Measures.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="folder">The step's folder.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public int Run(string[] line, string folder, CancellationToken cancellationToken)
    {
        using var answer = new MemoryStream();
        int code = new HostProgram(terminal.WithResults(answer)) { WhenInterrupted = whenInterrupted }.Run([.. line, "--json"], cancellationToken);
        if (code != ExitCodes.Done)
        {
            return code;
        }

        using var output = new OutputFolder(folder, "eval", overwrites: true);
        using (Stream stream = output.CreateFile(FileName))
        {
            stream.Write(answer.ToArray());
        }

        output.Commit();
        using JsonDocument report = JsonDocument.Parse(answer.ToArray());
        foreach (JsonProperty evaluator in report.RootElement.GetProperty("networks")[0].EnumerateObject().Where(static property => property.Value.ValueKind == JsonValueKind.Object))
        {
            foreach (JsonElement metric in evaluator.Value.GetProperty("metrics").EnumerateArray())
            {
                terminal.Results.WriteLine($"{evaluator.Name}: {metric.GetProperty("name").GetString()} {metric.GetProperty("value")}");
            }
        }

        return ExitCodes.Done;
    }
}
