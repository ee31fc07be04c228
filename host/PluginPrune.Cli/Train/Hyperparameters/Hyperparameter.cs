namespace PluginPrune.Cli.Train;

/// <summary>One line of a file of hyperparameters.</summary>
/// <param name="Name">As YOLOv5 spells it.</param>
/// <param name="Value">A number.</param>
/// <param name="Line">Counted from 1.</param>
internal sealed record Hyperparameter(string Name, string Value, int Line)
{
    /// <summary>As a number.</summary>
    public double Number => double.Parse(Value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture);
}
