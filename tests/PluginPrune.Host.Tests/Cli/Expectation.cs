using System.Reflection;

namespace PluginPrune.Host.Tests.Cli;

/// <summary>Texts that users read, kept in files: a change of one is seen in review.</summary>
internal static class Expectation
{
    public const string Variable = "PLUGINPRUNE_UPDATE_EXPECTATIONS";

    private static readonly string Folder = typeof(Expectation).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(static data => data.Key == "Expectations").Value!;

    /// <summary>Compares a text with Expectations/NAME.txt, or writes it there where <see cref="Variable"/> is 1.</summary>
    public static void Check(string name, string actual)
    {
        string file = Path.Combine(Folder, name + ".txt");
        if (Environment.GetEnvironmentVariable(Variable) == "1")
        {
            File.WriteAllText(file, actual);
            return;
        }

        string expected = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "(there is no such file)";
        if (actual != expected)
        {
            Assert.Fail($"{file} differs.\n--- expected\n{expected}\n--- actual\n{actual}\n--- If the new text is meant, run again with {Variable}=1.");
        }
    }
}
