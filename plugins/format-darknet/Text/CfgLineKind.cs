namespace PluginPrune.FormatDarknet.Text;

/// <summary>What a line of a cfg file is.</summary>
internal enum CfgLineKind
{
    /// <summary>Nothing but blanks.</summary>
    Blank,

    /// <summary>Begins with '#' or ';', perhaps after blanks.</summary>
    Comment,

    /// <summary>[name].</summary>
    Header,

    /// <summary>key = value.</summary>
    Option,

    /// <summary>The rest of a list that began on a line before.</summary>
    Continuation,
}
