using System.Reflection;
using System.Text;
using PluginPrune.Contracts.Plugins;

namespace PluginPrune.Core.Tests.Contracts;

/// <summary>
/// What plugins are compiled against changes on purpose or not at all: the public surface stands in ContractsApi.txt. To
/// accept a change, run with PLUGINPRUNE_UPDATE_EXPECTATIONS=1, look at the difference, and raise the contracts' version.
/// </summary>
public sealed class ContractsApiTests
{
    private static readonly Assembly Contracts = typeof(IPlugin).Assembly;

    [Fact]
    public void PublicSurface_IsTheApprovedOne()
    {
        string approved = Path.Combine(SourceFolder(), "ContractsApi.txt");
        string surface = Describe();
        if (Environment.GetEnvironmentVariable("PLUGINPRUNE_UPDATE_EXPECTATIONS") == "1")
        {
            File.WriteAllText(approved, surface);
        }

        surface.Split('\n').Should().Equal(File.ReadAllText(approved).Split('\n'));
    }

    [Fact]
    public void References_AreTheFrameworkAlone() =>
        Contracts.GetReferencedAssemblies().Select(static name => name.Name).Should().OnlyContain(static name => name!.StartsWith("System.", StringComparison.Ordinal));

    private static string Describe()
    {
        var text = new StringBuilder();
        text.Append("version ").Append(Contracts.GetName().Version).Append('\n');
        foreach (Type type in Contracts.GetExportedTypes().OrderBy(static type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(type.FullName).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("  ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Kind(Type type) =>
        type.IsInterface ? "interface" : type.IsEnum ? "enum" : type.IsValueType ? "struct" : type.IsAbstract && type.IsSealed ? "static class" : "class";

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt32(Enum.Parse(type, name), null)}");
        }

        return type.GetMembers(Declared)
            .Where(static member => member is ConstructorInfo or MethodInfo or FieldInfo { IsPublic: true })
            .Where(static member => member is not MethodBase method || method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
            .Where(static member => !member.Name.Contains('<', StringComparison.Ordinal))
            .Select(static member => member.ToString()!);
    }

    private static string SourceFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "PluginPrune.sln")))
            {
                return Path.Combine(folder.FullName, "tests", "PluginPrune.Core.Tests", "Contracts");
            }
        }

        throw new InvalidOperationException("The tests do not lie in a checkout.");
    }
}
