namespace PluginPrune.HeadYolov5.Loss;

/// <summary>What the parts of a level's loss count: the options' gains, brought to the network's levels, classes and size.</summary>
internal readonly record struct LevelGains(double Box, double Objectness, double Class)
{
    private const double UsualLevels = 3;
    private const double UsualClasses = 80;
    private const double UsualSide = 640;

    /// <summary>What the objectness of levels counts, beginning with the smallest cells: of three, and of any other number.</summary>
    private static readonly double[] OfThree = [4, 1, 0.4];
    private static readonly double[] OfMore = [4, 1, 0.25, 0.06, 0.02];

    /// <summary>The gains of a level.</summary>
    /// <param name="options">What the user wants.</param>
    /// <param name="grid">The level.</param>
    public static LevelGains Of(Yolov5Options options, LevelGrid grid)
    {
        double each = options.Pictures * UsualLevels / grid.Levels;
        double[] balance = grid.Levels == OfThree.Length ? OfThree : OfMore;
        double area = (double)grid.Width * grid.Height / (UsualSide * UsualSide);
        return new LevelGains(
            options.BoxGain * each,
            options.ObjectnessGain * area * each * balance[Math.Min(grid.Level, balance.Length - 1)],
            grid.Classes == 1 ? 0 : options.ClassGain * grid.Classes / UsualClasses * each);
    }
}
