using System.Runtime.InteropServices;
using PluginPrune.Contracts.Detections;

namespace PluginPrune.Core.Detecting;

/// <summary>The mean of boxes, weighted by their scores.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct MergedBox
{
    private double _left;
    private double _top;
    private double _right;
    private double _bottom;
    private double _weight;

    public MergedBox(Box box, double score) => Add(box, score);

    public readonly Box Mean => new(_left / _weight, _top / _weight, _right / _weight, _bottom / _weight);

    public void Add(Box box, double score)
    {
        _left += score * box.Left;
        _top += score * box.Top;
        _right += score * box.Right;
        _bottom += score * box.Bottom;
        _weight += score;
    }
}
