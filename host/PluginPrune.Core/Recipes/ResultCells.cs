namespace PluginPrune.Core.Recipes;

/// <summary>The texts of the table that a recipe ends with.</summary>
public static class ResultCells
{
    /// <summary>What stands above the columns.</summary>
    /// <param name="table">The table.</param>
    public static IEnumerable<string> Titles(ResultTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return ["step", .. table.Columns.SelectMany(column => column.IsAccuracy && IsCompared(table) ? [column.Title, "to baseline"] : new[] { column.Title })];
    }

    /// <summary>The cells of a row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="row">One of its rows.</param>
    public static IEnumerable<string> Of(ResultTable table, ResultRow row)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(row);
        yield return row.Step;
        foreach (ResultColumn column in table.Columns)
        {
            yield return column.Text(row.Mean(column.Metric));
            if (column.IsAccuracy && IsCompared(table))
            {
                yield return column.Signed(table.DifferenceOf(row, column.Metric));
            }
        }
    }

    private static bool IsCompared(ResultTable table) => table is { Baseline: not null, Rows.Length: > 1 };
}
