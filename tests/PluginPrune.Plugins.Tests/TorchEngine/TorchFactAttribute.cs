namespace PluginPrune.Plugins.Tests.TorchEngine;

/// <summary>A test that runs libtorch; skipped, and counted as such, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TorchFactAttribute : FactAttribute
{
    public TorchFactAttribute() => Skip = Torch.WhatIsMissing!;
}
