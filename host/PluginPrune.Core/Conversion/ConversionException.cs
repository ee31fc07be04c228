using System.Collections.Immutable;

namespace PluginPrune.Core.Conversion;

/// <summary>A network cannot be written in the format that is asked for. Bad input: exit code 2.</summary>
public sealed class ConversionException : Exception
{
    private const int MaximumShown = 20;

    /// <summary>Says all that is in the way.</summary>
    /// <param name="network">What the user calls the network.</param>
    /// <param name="format">The name of the format.</param>
    /// <param name="obstacles">At least one sentence.</param>
    public ConversionException(string network, string format, ImmutableArray<string> obstacles)
        : base(string.Join('\n', obstacles
            .Take(MaximumShown)
            .Prepend($"{network} cannot be written as {format}:")
            .Concat(obstacles.Length > MaximumShown ? [$"and {obstacles.Length - MaximumShown} more"] : [])))
    {
    }
}
