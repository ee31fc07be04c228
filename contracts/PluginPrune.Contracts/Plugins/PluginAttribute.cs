namespace PluginPrune.Contracts.Plugins;

/// <summary>Names a plugin. The manifest is made from it at build; the version is the assembly's.</summary>
/// <param name="id">publisher.name in lower case, letters, digits and dashes, for instance 'acme.taylor'.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PluginAttribute(string id) : Attribute
{
    /// <summary>publisher.name.</summary>
    public string Id { get; } = id;

    /// <summary>One sentence without a full stop.</summary>
    public required string Description { get; init; }

    /// <summary>The SPDX expression of the licence.</summary>
    /// <value>The default is 'NOASSERTION': nothing is said of it.</value>
    public string License { get; init; } = "NOASSERTION";

    /// <summary>What the plugin does beyond computing, for instance 'network', 'native', 'process': shown, not enforced.</summary>
    public string[] Capabilities { get; init; } = [];
}
