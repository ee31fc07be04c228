using PluginPrune.Contracts.Detections;
using PluginPrune.Contracts.Heads;
using PluginPrune.Contracts.Training;
using PluginPrune.Shared.Losses;

namespace PluginPrune.HeadYolo.Loss;

/// <summary>What the anchors of one picture are to learn.</summary>
internal sealed class PictureTargets
{
    private readonly YoloGrid _grid;
    private readonly List<Positive> _positives = [];
    private readonly TrainingTarget[] _targets;
    private readonly int[] _states;

    /// <summary>Assigns a picture's objects to anchors.</summary>
    /// <param name="grid">The head.</param>
    /// <param name="picture">The picture's index in its batch, for messages.</param>
    /// <param name="targets">The objects.</param>
    /// <param name="least">Anchors above this IoU of sizes learn an object, and the best one.</param>
    /// <exception cref="HeadException">An object cannot be learned, see <see cref="WantedObject.Cut"/>.</exception>
    public PictureTargets(YoloGrid grid, int picture, IReadOnlyList<TrainingTarget> targets, double least)
    {
        _grid = grid;
        _states = new int[grid.Anchors * grid.Places];
        Array.Fill(_states, CellState.Negative);
        _targets = new TrainingTarget[targets.Count];
        var wanted = new WantedObject(grid.Head, grid.Classes, grid.Width, grid.Height);
        for (int i = 0; i < _targets.Length; i++)
        {
            _targets[i] = wanted.Cut(targets[i], picture, i);
            Assign(i, least);
        }
    }

    /// <summary>The anchors that learn an object.</summary>
    public IReadOnlyList<Positive> Positives => _positives;

    /// <summary>The objects, cut at the picture's edges.</summary>
    public IReadOnlyList<TrainingTarget> Targets => _targets;

    /// <summary>For each anchor and place the index of its positive, or a <see cref="CellState"/>.</summary>
    public Span<int> States => _states;

    private void Assign(int index, double least)
    {
        Box box = _targets[index].Box;
        int best = 0;
        for (int i = 1; i < _grid.AllAnchors; i++)
        {
            best = AnchorIou(i, box) > AnchorIou(best, box) ? i : best;
        }

        // A centre on the last edge belongs to the last cell.
        int column = Math.Min((int)((box.Left + box.Right) / 2 / _grid.CellWidth), _grid.Columns - 1);
        int row = Math.Min((int)((box.Top + box.Bottom) / 2 / _grid.CellHeight), _grid.Rows - 1);
        for (int anchor = 0; anchor < _grid.Anchors; anchor++)
        {
            double iou = AnchorIou(_grid.Mask[anchor], box);
            if (iou > least || _grid.Mask[anchor] == best)
            {
                Add(new Positive(anchor, (row * _grid.Columns) + column, index, _grid.Mask[anchor] == best, iou));
            }
        }
    }

    private void Add(in Positive positive)
    {
        ref int state = ref _states[(positive.Anchor * _grid.Places) + positive.Place];
        if (state < 0)
        {
            state = _positives.Count;
            _positives.Add(positive);
        }
        else if (positive.Precedes(_positives[state]))
        {
            _positives[state] = positive;
        }
    }

    private double AnchorIou(int anchor, Box box)
    {
        double width = _grid.AllSizes.Width(anchor);
        double height = _grid.AllSizes.Height(anchor);
        double shared = Math.Min(width, box.Width) * Math.Min(height, box.Height);
        return shared / ((width * height) + (box.Width * box.Height) - shared);
    }
}
