namespace PluginPrune.EngineTorch.Libtorch;

/// <summary>Asks Python where its package 'torch' lies; it knows its environments better than a list of folders would.</summary>
internal static class PythonPackage
{
    private const string Question = "import importlib.util; s = importlib.util.find_spec('torch'); print(s.origin if s else '')";

    /// <summary>The package's folder, or null where there is none.</summary>
    public static string? FindTorch()
    {
        if (Command.Find("python3") is not { } python)
        {
            return null;
        }

        (int code, string output, _) = Command.Run(python, ["-c", Question]);
        string origin = output.Trim();
        return code == 0 && origin.Length > 0 ? Path.GetDirectoryName(origin) : null;
    }
}
