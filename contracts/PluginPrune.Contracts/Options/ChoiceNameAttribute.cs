namespace PluginPrune.Contracts.Options;

/// <summary>The word for a member of an enum on the command line, where kebab-case would not give it, for instance 'yolov5-6.2'.</summary>
/// <param name="name">The word, lower case and without blanks.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ChoiceNameAttribute(string name) : Attribute
{
    /// <summary>The word.</summary>
    public string Name { get; } = name;
}
