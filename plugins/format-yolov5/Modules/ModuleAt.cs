using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Shared.Tensors;
using PluginPrune.Shared.TorchFiles;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.FormatYolov5.Modules;

/// <summary>A module and where it stands; what is asked of it and is not there is refused under its name.</summary>
/// <param name="Path">Below the list of layers, for instance '2.m.0.cv1'.</param>
/// <param name="Module">The module.</param>
internal readonly record struct ModuleAt(string Path, TorchModule Module)
{
    /// <summary>The name of its class without the package's.</summary>
    public string Kind => Module.Type.Name;

    /// <summary>The modules of a list, in order.</summary>
    public IEnumerable<ModuleAt> Children
    {
        get
        {
            string path = Path;
            return Module.Children.Where(static pair => pair.Value is not null).Select(pair => new ModuleAt($"{path}.{pair.Key}", pair.Value!));
        }
    }

    /// <exception cref="TorchFileException">It is not there.</exception>
    public ModuleAt this[string name] => Find(name) ?? throw Fault($"has no module '{name}', which its kind needs");

    /// <summary>For instance "module 'model.2.cv1' (models.common.Conv)".</summary>
    public override string ToString() => $"module 'model.{Path}' ({Module.Type})";

    public ModuleAt? Find(string name) => Module.Child(name) is { } child ? new ModuleAt($"{Path}.{name}", child) : null;

    /// <summary>A tensor of the module, of finite numbers.</summary>
    /// <exception cref="TorchFileException">It is not there, or has another number of axes.</exception>
    public Tensor Tensor(string name, int rank) => FindTensor(name, rank) ?? throw Fault($"has no tensor '{name}'");

    /// <inheritdoc cref="Tensor" />
    /// <returns>Null where it is not there.</returns>
    public Tensor? FindTensor(string name, int rank)
    {
        if (Module.Tensor(name) is not { } tensor)
        {
            return null;
        }

        return tensor.Shape.Rank != rank ? throw Fault($"has a tensor '{name}' of {tensor.Shape.Rank} axes; {rank} were wanted")
            : FiniteNumbers.AreAll(tensor) ? tensor
            : throw Fault($"has a number in '{name}' that is not finite: the training diverged, or half precision was too small for it");
    }

    /// <summary>Rows and columns: one number or two.</summary>
    /// <exception cref="TorchFileException">It is something else.</exception>
    public Extent Extent(string name, int least) => Module.Attribute(name) switch
    {
        long side when side >= least && side <= short.MaxValue => Contracts.Operations.Extent.Square((int)side),
        PickleTuple { Items: [long height, long width] } when Math.Min(height, width) >= least && Math.Max(height, width) <= short.MaxValue => new Extent((int)height, (int)width),
        var other => throw Fault($"has {name} = {Show(other)}; one or two whole numbers of at least {least} were wanted"),
    };

    /// <exception cref="TorchFileException">It is no whole number, or out of range.</exception>
    public int Whole(string name, int least) => Module.Attribute(name) is long number && number >= least && number <= int.MaxValue
        ? (int)number
        : throw Fault($"has {name} = {Show(Module.Attribute(name))}; a whole number of at least {least} was wanted");

    /// <summary>A number with or without a fraction.</summary>
    public double Number(string name, double otherwise) => Module.Attribute(name) switch
    {
        double number when double.IsFinite(number) => number,
        long number => number,
        null => otherwise,
        var other => throw Fault($"has {name} = {Show(other)}; a number was wanted"),
    };

    public bool Is(string name) => Module.Attribute(name) is true;

    /// <summary>What is wrong with the module.</summary>
    public TorchFileException Fault(string what) => new($"{this} {what}.");

    private static string Show(object? value) => value switch
    {
        null => "None",
        string text => $"'{text}'",
        long or double or bool => FormattableString.Invariant($"{value}"),
        PickleTuple tuple => $"({string.Join(", ", tuple.Items.Take(4).Select(static item => item is long or double ? FormattableString.Invariant($"{item}") : "..."))})",
        _ => "something else",
    };
}
