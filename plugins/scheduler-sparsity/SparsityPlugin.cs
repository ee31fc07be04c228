using PluginPrune.Contracts.Plugins;
using PluginPrune.SchedulerSparsity.Constant;
using PluginPrune.SchedulerSparsity.GlobalDecay;
using PluginPrune.SchedulerSparsity.LocalDecay;
using PluginPrune.SchedulerSparsity.Proximal;
using PluginPrune.SchedulerSparsity.Target;

namespace PluginPrune.SchedulerSparsity;

/// <summary>Ways to pull the scales of batch norms towards 0 while a network is trained (Network Slimming, Liu et al. 2017).</summary>
[Plugin("pluginprune.scheduler-sparsity", Description = "Pulls the scales (gamma) of batch norms towards 0 during training", License = "Apache-2.0")]
public sealed class SparsityPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry)
    {
        registry.AddScheduler<NoOptions>("constant", "The same pull on all scales from the first step to the last", static _ => new ConstantScheduler());
        registry.AddScheduler<GlobalDecayOptions>(
            "global-decay", "The same pull on all scales, a hundredth of it in the second half", static options => new GlobalDecayScheduler(options));
        registry.AddScheduler<LocalDecayOptions>(
            "local-decay", "The same pull on all scales; in the second half a hundredth of it on the largest", static options => new LocalDecayScheduler(options));
        registry.AddScheduler<NoOptions>("proximal", "The same pull on all scales by a soft threshold, which leaves exact zeros", static _ => new ProximalScheduler());
        registry.AddScheduler<TargetOptions>(
            "target", "A pull that is adjusted until as many scales are small as shall be pruned", static options => new TargetScheduler(options));
    }
}
