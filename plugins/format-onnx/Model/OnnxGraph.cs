using PluginPrune.FormatOnnx.Wire;

namespace PluginPrune.FormatOnnx.Model;

/// <summary>A graph of operators with their tensors.</summary>
/// <param name="name">What the user calls the network.</param>
internal sealed class OnnxGraph(string name) : WireMessage
{
    /// <summary>In an order in which they can be computed.</summary>
    public List<OnnxNode> Nodes { get; } = [];

    public List<OnnxTensor> Tensors { get; } = [];

    /// <summary>Constants of operators that are written as they were read.</summary>
    public List<OnnxKeptTensor> KeptTensors { get; } = [];

    public List<OnnxValue> Inputs { get; } = [];

    public List<OnnxValue> Outputs { get; } = [];

    public override void Visit(IWireFields fields)
    {
        VisitAll(1, Nodes);
        fields.Text(2, name);
        VisitAll(5, Tensors);
        VisitAll(5, KeptTensors);
        VisitAll(11, Inputs);
        VisitAll(12, Outputs);

        void VisitAll(int field, IEnumerable<WireMessage> messages)
        {
            foreach (WireMessage message in messages)
            {
                fields.Message(field, message);
            }
        }
    }
}
