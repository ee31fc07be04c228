namespace PluginPrune.FormatOnnx.Reading.Decoding;

/// <summary>An element of a value as a function of one element of another: scale * function(x) + offset.</summary>
/// <param name="Source">The other value.</param>
/// <param name="Index">The place of the element in it.</param>
/// <param name="Function">The function.</param>
/// <param name="Scale">What it is multiplied by.</param>
/// <param name="Offset">What is added then.</param>
internal readonly record struct Term(string Source, int Index, TermFunction Function, double Scale, double Offset)
{
    public static Term Of(string source, int index) => new(source, index, TermFunction.Same, 1, 0);

    public Term Times(double factor) => this with { Scale = Scale * factor, Offset = Offset * factor };

    public Term Plus(double summand) => this with { Offset = Offset + summand };

    /// <summary>A function of it, or null where that cannot be said.</summary>
    public Term? Then(TermFunction function) => (Function, function) switch
    {
        (TermFunction.Same, TermFunction.Sigmoid or TermFunction.Exponential) when Scale == 1 && Offset == 0 => this with { Function = function },
        (TermFunction.Sigmoid, TermFunction.SquaredSigmoid) when Offset == 0 => this with { Function = function, Scale = Scale * Scale },
        _ => null,
    };
}
