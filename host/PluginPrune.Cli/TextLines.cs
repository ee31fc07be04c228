using System.Text;

namespace PluginPrune.Cli;

/// <summary>Long lines for screens.</summary>
internal static class TextLines
{
    private const string Indent = "    ";

    /// <summary>Parts behind each other, broken between parts where a line is full.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="width">How many letters a line holds; null for any number.</param>
    public static string Broken(IEnumerable<string> parts, int? width)
    {
        var text = new StringBuilder();
        int used = 0;
        foreach (string part in parts)
        {
            if (text.Length == 0)
            {
                text.Append(part);
                used = part.Length;
                continue;
            }

            text.Append(',');
            used++;

            // A comma may follow.
            bool isFull = used + 1 + part.Length + 1 > width;
            text.Append(isFull ? "\n" + Indent : " ").Append(part);
            used = (isFull ? Indent.Length : used + 1) + part.Length;
        }

        return text.ToString();
    }
}
