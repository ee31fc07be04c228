using PluginPrune.Contracts;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Plugins;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Datasets;

/// <summary>A folder in which a test lays out a dataset.</summary>
internal sealed class DatasetScratch<TPlugin>(string format) : IDisposable
    where TPlugin : IPlugin, new()
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pluginprune-data-").FullName;

    public List<string> Warnings { get; } = [];

    public string this[string name] => Path.Combine(_folder, name);

    /// <summary>Writes files with their folders: pictures' contents do not matter to labels.</summary>
    public DatasetScratch<TPlugin> With(string name, string text = "")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this;
    }

    public DatasetScratch<TPlugin> WithFiles(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            With(name, string.Empty);
        }

        return this;
    }

    public Dataset Open(string name, string split = "val", params (string, string)[] options)
    {
        Dataset dataset = OpenAt(name.Length == 0 ? _folder : this[name], split, options);
        dataset.Items.Select(static item => item.Name).Should().OnlyHaveUniqueItems();
        return dataset;
    }

    public Dataset OpenAt(string path, string split = "val", params (string, string)[] options) =>
        PluginFactory.Create<TPlugin, IDatasetFormat>(format, options).Open(new DatasetSource(path, split, Warnings.Add), CancellationToken.None);

    /// <summary>As the host opens it for who names no part.</summary>
    public Dataset OpenUnnamed(string name, string split = "val") =>
        PluginFactory.Create<TPlugin, IDatasetFormat>(format).Open(
            new DatasetSource(Path.TrimEndingDirectorySeparator(this[name]), split, Warnings.Add) { IsSplitNamed = false }, CancellationToken.None);

    public InputException Refusal(string name, string split = "val", params (string, string)[] options) =>
        Assert.Throws<InputException>(() => Open(name, split, options));

    /// <summary>Names as they are in the folder.</summary>
    public string Short(string text) => text.Replace(_folder + Path.DirectorySeparatorChar, string.Empty, StringComparison.Ordinal);

    public IEnumerable<string> Pictures(Dataset dataset) => dataset.Items.Select(item => Short(item.Name));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
