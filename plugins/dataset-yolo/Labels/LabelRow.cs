using System.Globalization;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;

namespace PluginPrune.DatasetYolo.Labels;

/// <summary>
/// One row: a class, then the box's centre, width and height as shares of the picture; or a class, then the corners of a polygon.
/// </summary>
/// <param name="ClassIndex">From 0.</param>
/// <param name="Box">Cut off at the picture's edges; null where there is none to be used.</param>
/// <param name="Problem">What is wrong, or null.</param>
internal readonly record struct LabelRow(int ClassIndex, Box? Box, RowProblem? Problem)
{
    // Tools write six digits and round each number for itself.
    private const double Rounding = 1e-3;

    // Nobody draws boxes twice as large as the picture: such numbers are pixels.
    private const double MostShare = 2;

    private const int BoxColumns = 5;
    private const int FewestPolygonColumns = 7;

    public static LabelRow Parse(ReadOnlySpan<char> row, int? classes, int keypointColumns)
    {
        var box = new RowNumbers();
        int columns = 0;
        foreach (Range range in row.SplitAny(" \t"))
        {
            ReadOnlySpan<char> column = row[range].Trim();
            if (column.IsEmpty)
            {
                continue;
            }

            if (!double.TryParse(column, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
            {
                return Error("not a number", $"Column {columns + 1} is '{Short(column)}', which is not a number.");
            }

            box.Add(columns, number);
            columns++;
        }

        bool isPolygon = columns >= FewestPolygonColumns && columns % 2 == 1 && keypointColumns == 0;
        if (columns != BoxColumns + keypointColumns && columns != BoxColumns && !isPolygon)
        {
            return Error("wrong number of columns", $"The row has {columns} columns; a box has 5 (class, centre x, centre y, width, height), a polygon 7, 9, 11 and so on.");
        }

        if (box.Class != Math.Floor(box.Class) || box.Class < 0 || box.Class >= (classes ?? int.MaxValue))
        {
            string wanted = classes is { } count ? $"from 0 to {count - 1}" : "a whole number from 0";
            return Error("class out of range", string.Create(CultureInfo.InvariantCulture, $"The class is {box.Class}; it is to be {wanted}."));
        }

        return Place((int)box.Class, isPolygon ? box.Polygon : box.Rectangle, isPolygon);
    }

    private static LabelRow Place(int classIndex, Box box, bool isPolygon)
    {
        if (Math.Max(Math.Max(Math.Abs(box.Left), Math.Abs(box.Right)), Math.Max(Math.Abs(box.Top), Math.Abs(box.Bottom))) > MostShare)
        {
            return Error("not shares of the picture", $"The box reaches {Text(box)}: these are not shares of the picture's width and height, 0 to 1, but perhaps pixels.");
        }

        Box cut = box.Clip(1, 1);
        if (box.IsEmpty)
        {
            return new LabelRow(classIndex, null, new RowProblem(
                FaultSeverity.Warning, isPolygon ? "degenerate polygon" : "degenerate box", $"It is {Size(box)} large; it was left out."));
        }

        if (cut.IsEmpty)
        {
            return new LabelRow(classIndex, null, new RowProblem(
                FaultSeverity.Warning, "box outside the picture", $"The box reaches {Text(box)}, all of it outside the picture; it was left out."));
        }

        double beyond = Math.Max(Math.Max(-box.Left, box.Right - 1), Math.Max(-box.Top, box.Bottom - 1));
        return new LabelRow(classIndex, cut, beyond <= Rounding ? null : new RowProblem(
            FaultSeverity.Warning, "box beyond the edge", $"The box reaches {Text(box)}, beyond the picture's edge; it was cut off there."));
    }

    private static LabelRow Error(string kind, string message) => new(0, null, new RowProblem(FaultSeverity.Error, kind, message));

    private static string Short(ReadOnlySpan<char> text) => text.Length <= 24 ? text.ToString() : $"{text[..21]}...";

    private static string Text(Box box) =>
        string.Create(CultureInfo.InvariantCulture, $"from {box.Left:0.####}, {box.Top:0.####} to {box.Right:0.####}, {box.Bottom:0.####}");

    private static string Size(Box box) => string.Create(CultureInfo.InvariantCulture, $"{box.Width:0.######} x {box.Height:0.######}");
}
