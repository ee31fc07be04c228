namespace PluginPrune.TestKit;

/// <summary>The folder of real networks and pictures that may stand beside a checkout. It is never committed.</summary>
public static class SharedData
{
    private static readonly string? Root = FindRoot();

    /// <summary>Whether the folder is there.</summary>
    public static bool Exists => Root is not null;

    /// <summary>The full path of a file or folder in it.</summary>
    /// <param name="relative">The path below the folder, for instance 'data/darknet/cfg/yolov3.cfg'.</param>
    public static string PathOf(string relative) =>
        Path.Combine(Root ?? throw new InvalidOperationException("There is no shared folder beside this checkout."), relative);

    private static string? FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PluginPrune.sln")))
            {
                string shared = Path.Combine(folder.Parent?.FullName ?? folder.FullName, "shared");
                return Directory.Exists(shared) ? shared : null;
            }
        }

        return null;
    }
}
