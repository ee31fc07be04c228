using System.Collections.Immutable;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatOnnx.Kept;
using PluginPrune.FormatOnnx.Model;
using PluginPrune.FormatOnnx.Writing.Operations;
using PluginPrune.FormatOnnx.Writing.Outputs;

namespace PluginPrune.FormatOnnx.Writing;

/// <summary>Makes the file's contents of a network that has no obstacles.</summary>
internal sealed class ModelBuilder
{
    private readonly Network _network;
    private readonly OnnxOptions _options;
    private readonly WritePlan _plan;
    private readonly OutputNames _names;
    private readonly OpenExtents _extents;
    private readonly GraphBuilder _graph;

    // The names in the graph of the network's values.
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private ModelBuilder(Network network, OnnxOptions options)
    {
        _network = network;
        _options = options;
        _plan = new WritePlan(network, options);
        _names = new OutputNames(_plan, options);
        _extents = new OpenExtents(network, options);
        IEnumerable<string> reserved = network.Inputs.Select(static input => input.Name).Concat(network.Nodes.Select(static node => node.Id));
        _graph = new GraphBuilder(network.Name, reserved.Concat(_names.All), _plan.Opset, options.DynamicSize);
    }

    public static OnnxModel Build(Network network, OnnxOptions options)
    {
        var builder = new ModelBuilder(network, options);
        builder.AddInputs();
        builder._graph.IsHalf = options.Half;
        builder.AddNodes();
        builder._graph.IsHalf = false;
        builder.AddOutputs();
        return new OnnxModel(builder._graph.Graph, builder._plan.Opset, Metadata.Of(builder._plan, builder._names, options));
    }

    private void AddInputs()
    {
        foreach (NetworkInput input in _network.Inputs)
        {
            _values.Add(input.Name, _options.Half ? _graph.Cast($"{input.Name}.half", input.Name, OnnxElementType.Half) : input.Name);
            _graph.Graph.Inputs.Add(new OnnxValue(input.Name, _extents.OfInput(input)));
        }
    }

    private void AddNodes()
    {
        foreach ((Node node, Node? norm) in _plan.Steps)
        {
            string id = (norm ?? node).Id;
            var scope = new NodeScope(
                _graph, id, [.. node.Inputs.Select(input => _values[input])], [.. node.Inputs.Select(_network.ShapeOf)], _network.ShapeOf(node.Id));
            string value = (node.Operation, norm?.Operation) switch
            {
                (Convolution convolution, BatchNorm folded) => Convolutions.Write(convolution, folded, scope),
                (Linear linear, BatchNorm folded) => Convolutions.Write(linear, folded, scope),
                (Opaque, _) => KeptWriter.Write(node.Annotations.Find<KeptOperator>()!, scope),
                _ => OperationWriter.Write(node.Operation, scope),
            };

            // What changes nothing is its input under another name.
            _values.Add(id, scope.Values.Contains(value, StringComparer.Ordinal) ? value : Name(value, NameOf(id)));
        }
    }

    private void AddOutputs()
    {
        if (_options.Half && _plan.Form != OutputForm.Raw)
        {
            foreach (string target in _plan.Targets)
            {
                _values[target] = _graph.Cast($"{target}.single", _values[target], OnnxElementType.Float);
            }
        }

        if (_plan.Form != OutputForm.Raw)
        {
            AddDecoded();
            return;
        }

        foreach (string target in _plan.Targets)
        {
            string name = _names.OfValue(target);
            if (_options.Half)
            {
                Name(_graph.Cast(name, _values[target], OnnxElementType.Float), name);
            }
            else if (_values[target] != name)
            {
                Name(_graph.Emit(name, "Identity", [_values[target]]), name);
            }

            _graph.Graph.Outputs.Add(new OnnxValue(name, _extents.OfOutput(target, name)));
        }
    }

    private void AddDecoded()
    {
        int next = 0;
        if (_options.Nms)
        {
            string boxes = new BoxDecoder(_graph, _network).Decode(head => _values[head.Input]);
            string found = new Suppression(_graph, _options).Write(boxes);
            Add(found, [OnnxExtent.Open("found"), OnnxExtent.Fixed(Suppression.Row)]);
            return;
        }

        if (_plan.Form.HasBoxes())
        {
            Add(new BoxDecoder(_graph, _network).Decode(head => _values[head.Input]), _extents.OfBoxes(_network));
        }

        foreach (Head head in _plan.Form.HasMaps() ? _network.Heads : [])
        {
            var geometry = YoloGeometry.Of(head, _network);
            Add(new BoxDecoder(_graph, _network).Map(head.Id, geometry, _values[head.Input]), _extents.OfMap(head.Input, geometry, _names.All[next]));
        }

        void Add(string value, ImmutableArray<OnnxExtent> extents)
        {
            string name = _names.All[next++];
            Name(value, name);
            _graph.Graph.Outputs.Add(new OnnxValue(name, extents));
        }
    }

    /// <summary>The name of a node's value. Where the file computes in half precision the output of that name is another value.</summary>
    private string NameOf(string id) => _options.Half && _plan.Targets.Contains(id, StringComparer.Ordinal) ? $"{id}.half" : _names.OfValue(id);

    private string Name(string value, string name) => _graph.TryName(value, name)
        ? name
        : throw new InvalidOperationException($"The value '{value}' cannot be called '{name}': it is not the last one.");
}
