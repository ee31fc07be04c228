using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Reading.Constants;
using PluginPrune.FormatOnnx.Reading.Files;
using PluginPrune.FormatOnnx.Reading.Graph;

namespace PluginPrune.FormatOnnx.Reading.Operators;

/// <summary>Operators whose result does not depend on the picture: mostly what computes shapes and grids.</summary>
internal static class ConstantOperators
{
    public static bool TryRead(OperatorScope s)
    {
        Constant? made = s.Operation switch
        {
            "Constant" => Stated(s),
            "Shape" when s[0] is { } operand => ShapeOf(s, operand),
            "Size" when s[0] is { } operand => Constant.OfIntegers([], OnnxElementType.Integer, [ExtentsOf(s, operand).Aggregate(1L, static (product, extent) => product * extent)]),
            _ when s.Inputs > 0 && Enumerable.Range(0, s.Inputs).All(index => s[index] is not Value) && s.ConstantAt(0) is { } first => ConstantShapes.Compute(s, first) ?? Compute(s, first, s.Graph.Math),
            _ => null,
        };
        if (made is null || s.Node.Outputs.Skip(1).Any(s.Graph.IsRead))
        {
            return false;
        }

        s.Give(made);
        return true;
    }

    private static Constant? Stated(OperatorScope s) => s.Node.Attributes.Values.FirstOrDefault() switch
    {
        { Tensor: { } tensor } => s.Graph.Tensors.Load(tensor),
        { Name: "value_float", Float: { } number } => Constant.OfNumbers([], OnnxElementType.Float, [number]),
        { Name: "value_int", Integer: { } integer } => Constant.OfIntegers([], OnnxElementType.Integer, [integer]),
        { Name: "value_floats" } list => Constant.OfNumbers([list.Floats.Count], OnnxElementType.Float, [.. list.Floats.Select(static number => (double)number)]),
        { Name: "value_ints" } list => Constant.Vector([.. list.Integers]),
        _ => throw s.Fault("it states no number or tensor of numbers."),
    };

    private static Constant ShapeOf(OperatorScope s, Operand operand)
    {
        (int start, int length, _) = Axes.Range(s.Integer("start", 0), s.Integer("end", long.MaxValue), 1, operand.Rank);
        return Constant.Vector([.. ExtentsOf(s, operand).Skip(start).Take(length)]);
    }

    /// <summary>The extents as the file has them, with all its pictures.</summary>
    private static IEnumerable<long> ExtentsOf(OperatorScope s, Operand operand) =>
        operand.Extents.Select((extent, axis) => axis == 0 && operand is Value ? s.Graph.Pictures : (long)extent);

    private static Constant? Compute(OperatorScope s, Constant x, ConstantMath math) => s.Operation switch
    {
        "Identity" or "Dropout" => x,
        "Cast" => math.Cast(x, (OnnxElementType)s.Integer("to", 0)),
        "Neg" => math.Map(x, static value => -value, static value => -value),
        "Abs" => math.Map(x, Math.Abs, Math.Abs),
        "Floor" => math.Map(x, Math.Floor, static value => value),
        "Ceil" => math.Map(x, Math.Ceiling, static value => value),
        "Round" => math.Map(x, static value => Math.Round(value, MidpointRounding.ToEven), static value => value),
        "Sqrt" => math.Map(x, Math.Sqrt, static value => value),
        "Exp" => math.Map(x, Math.Exp, static value => value),
        "Log" => math.Map(x, Math.Log, static value => value),
        "Reciprocal" => math.Map(x, static value => 1 / value, static value => value),
        "Not" => math.Map(x, static value => value, static value => value == 0 ? 1 : 0),
        "Where" when s.Inputs == 3 => math.Choose(x, s.ConstantAt(1)!, s.ConstantAt(2)!),
        _ when s.Inputs == 2 && s.ConstantAt(1) is { } y => Compute(s.Operation, x, y, math),
        _ => null,
    };

    private static Constant? Compute(string operation, Constant x, Constant y, ConstantMath math) => operation switch
    {
        "Add" => math.Zip(x, y, static (a, b) => a + b, static (a, b) => a + b),
        "Sub" => math.Zip(x, y, static (a, b) => a - b, static (a, b) => a - b),
        "Mul" => math.Zip(x, y, static (a, b) => a * b, static (a, b) => a * b),
        "Div" => math.Zip(x, y, static (a, b) => a / b, static (a, b) => a / b),
        "Mod" => math.Zip(x, y, static (a, b) => a - (b * Math.Floor(a / b)), static (a, b) => ((a % b) + b) % b),
        "Pow" => math.Zip(x, y, Math.Pow, static (a, b) => (long)Math.Pow(a, b)),
        "Min" => math.Zip(x, y, Math.Min, Math.Min),
        "Max" => math.Zip(x, y, Math.Max, Math.Max),
        "Equal" => math.Compare(x, y, static (a, b) => a == b),
        "Less" => math.Compare(x, y, static (a, b) => a < b),
        "Greater" => math.Compare(x, y, static (a, b) => a > b),
        "LessOrEqual" => math.Compare(x, y, static (a, b) => a <= b),
        "GreaterOrEqual" => math.Compare(x, y, static (a, b) => a >= b),
        "And" => math.Compare(x, y, static (a, b) => a != 0 && b != 0),
        "Or" => math.Compare(x, y, static (a, b) => a != 0 || b != 0),
        _ => null,
    };
}
