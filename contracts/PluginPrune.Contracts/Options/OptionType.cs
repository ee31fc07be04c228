namespace PluginPrune.Contracts.Options;

/// <summary>What an option's value is.</summary>
public enum OptionType
{
    /// <summary>A switch: true or false.</summary>
    Boolean,

    /// <summary>A 32-bit integer.</summary>
    Integer,

    /// <summary>A number in double precision, finite.</summary>
    Number,

    /// <summary>Text.</summary>
    Text,

    /// <summary>One of a list of words.</summary>
    Choice,
}
