using System.Globalization;
using PluginPrune.Folding;

if (args is not [var cfg, var weights, var photos, var rate, .. var rest])
{
    await Console.Error.WriteLineAsync("folding CFG WEIGHTS PHOTOS RATE [SCOPE [SEEN [HELD-OUT]]]");
    return 2;
}

using var comparison = new FoldingComparison(cfg, weights);
comparison.ReadPhotos(photos, CountIn(1), CountIn(2));
comparison.Print(rate, rest is [var scope, ..] ? scope : "full", Console.Out);
return 0;

int CountIn(int place) => rest.Length > place ? int.Parse(rest[place], CultureInfo.InvariantCulture) : 64;
