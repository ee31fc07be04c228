namespace PluginPrune.Plugins.Tests.TorchEngine;

/// <summary>A theory that runs libtorch; skipped, and counted as such, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TorchTheoryAttribute : TheoryAttribute
{
    public TorchTheoryAttribute() => Skip = Torch.WhatIsMissing!;
}
