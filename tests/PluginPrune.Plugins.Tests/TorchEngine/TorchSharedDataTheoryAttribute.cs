using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.TorchEngine;

/// <summary>A theory that runs libtorch on real networks; skipped, and counted as such, where either is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TorchSharedDataTheoryAttribute : TheoryAttribute
{
    public TorchSharedDataTheoryAttribute() => Skip = (Torch.WhatIsMissing ?? new SharedDataTheoryAttribute().Skip)!;
}
