namespace PluginPrune.Contracts.Plugins;

/// <summary>The one entry of a plugin: a public class with a constructor without parameters and a <see cref="PluginAttribute"/>.</summary>
public interface IPlugin
{
    /// <summary>Names what the plugin contributes. Called once, before anything else; it should do nothing more.</summary>
    /// <param name="registry">Takes the contributions.</param>
    void Register(IPluginRegistry registry);
}
