using PluginPrune.Contracts.Engines;
using PluginPrune.Core.Plugins;

namespace PluginPrune.Core.Engines;

/// <summary>
/// The first of some engines that works here. One that lacks its library, or that does not run a network, is passed over in
/// favour of the next, and the user is told; the last one's failure is the user's.
/// </summary>
/// <param name="names">Their names, the one that is wanted most first.</param>
/// <param name="find">Gives what makes an engine of that name, or null where no plugin contributes it.</param>
public sealed class EngineChoice(IReadOnlyList<string> names, Func<string, Func<IEngine>?> find)
{
    /// <summary>Does work with an engine.</summary>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="work">The work. It is begun again with the next engine where it ends in <see cref="NotSupportedException"/> or <see cref="EngineUnavailableException"/>.</param>
    /// <param name="note">Takes a sentence where an engine is passed over: what is missing and how to get it.</param>
    /// <exception cref="EngineUnavailableException">No engine works here.</exception>
    /// <exception cref="NotSupportedException">The last engine does not run the network.</exception>
    public T Run<T>(Func<ChosenEngine, T> work, Action<string> note)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(note);
        var missing = new List<string>();
        foreach (string name in names)
        {
            bool isLast = name == names[^1];
            try
            {
                if (find(name) is not { } create)
                {
                    continue;
                }

                IEngine engine = create();
                var chosen = new ChosenEngine(name, engine, DescriptionOf(engine, name));
                if (missing.Count > 0)
                {
                    note($"{string.Join(" ", missing)} Using {name}.");
                    missing.Clear();
                }

                return work(chosen);
            }
            catch (Exception reason) when (!isLast && reason is EngineUnavailableException or NotSupportedException or PluginException)
            {
                missing.Add($"The engine {name} is passed over: {Sentence(reason)}");
            }
        }

        throw new EngineUnavailableException(
            missing.Count > 0 ? string.Join(" ", missing) : $"No plugin contributes an engine of the name {string.Join(" or ", names)}.");
    }

    /// <summary>The first engine that is there, for who compiles later.</summary>
    /// <inheritdoc cref="Run{T}" path="/param|/exception" />
    public ChosenEngine Choose(Action<string> note) => Run(static chosen => chosen, note);

    private static EngineDescription DescriptionOf(IEngine engine, string name) =>
        engine is IDescribedEngine described ? described.Describe() : new EngineDescription(name, null, Environment.ProcessorCount, []);

    private static string Sentence(Exception reason)
    {
        string text = reason is PluginException plugin ? plugin.Diagnostics[0].Message : reason.Message;
        return text.EndsWith('.') ? text : text + ".";
    }
}
