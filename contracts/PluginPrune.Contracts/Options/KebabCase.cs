using System.Text;

namespace PluginPrune.Contracts.Options;

/// <summary>Turns names of C# into names of the command line.</summary>
internal static class KebabCase
{
    /// <summary>GlobalPercent becomes global-percent, L2 becomes l2, KMax becomes k-max.</summary>
    public static string From(string pascal)
    {
        var kebab = new StringBuilder(pascal.Length + 4);
        for (int i = 0; i < pascal.Length; i++)
        {
            bool beginsWord = i > 0 && (!char.IsUpper(pascal[i - 1]) || (i + 1 < pascal.Length && char.IsLower(pascal[i + 1])));
            if (char.IsUpper(pascal[i]) && beginsWord)
            {
                kebab.Append('-');
            }

            kebab.Append(char.ToLowerInvariant(pascal[i]));
        }

        return kebab.ToString();
    }
}
