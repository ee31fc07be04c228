using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace PluginPrune.Cli;

/// <summary>How long work still takes, beside its bar.</summary>
/// <param name="clock">Knows it.</param>
internal sealed class LeftColumn(ShareClock clock) : ProgressColumn
{
    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(clock.Left is { } left ? string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours:00}:{left:mm\\:ss} left") : "--:--:--");
}
