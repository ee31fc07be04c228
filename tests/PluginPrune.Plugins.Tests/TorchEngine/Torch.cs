using PluginPrune.Contracts.Engines;
using PluginPrune.EngineTorch;
using PluginPrune.EngineTorch.Libtorch;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.TorchEngine;

/// <summary>The torch engine as the host gets it, where this machine has what it needs.</summary>
internal static class Torch
{
    private static readonly Lazy<string?> Missing = new(FindMissing);

    /// <summary>What is missing here, or null.</summary>
    public static string? WhatIsMissing => Missing.Value;

    /// <summary>For tests that call the bindings themselves.</summary>
    public static void Load() => Bridge.Load();

    /// <summary>With one thread where nothing is said: on a busy machine, threads that wait for each other make small work slow.</summary>
    public static IEngine Engine(params (string Name, string Value)[] options) =>
        PluginFactory.Create<TorchPlugin, IEngine>("torch", options.Length > 0 ? options : [("threads", "1")]);

    private static string? FindMissing()
    {
        try
        {
            // Found and not loaded is no reason to skip.
            _ = new BridgeCompiler(LibtorchFinder.OfMachine().Find(), Environment.GetEnvironmentVariable);
            return null;
        }
        catch (EngineUnavailableException missing)
        {
            return missing.Message;
        }
    }
}
