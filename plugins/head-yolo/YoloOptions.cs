using PluginPrune.Contracts.Options;
using PluginPrune.HeadYolo.Loss;

namespace PluginPrune.HeadYolo;

/// <summary>
/// How <see cref="YoloHead"/> is trained. The gains go with a learning rate of 0.01 at momentum 0.937 and weights that move once for
/// every 64 pictures or so. 'Scripts' are the Python scripts that prune YOLOv3.
/// </summary>
public sealed class YoloOptions
{
    /// <summary>What measures how far a box is from where it should be.</summary>
    /// <value>The default is <see cref="BoxLoss.Ciou"/>; the scripts have <see cref="BoxLoss.Giou"/>.</value>
    [Option("What measures how far a box is from where it should be")]
    public BoxLoss Box { get; init; } = BoxLoss.Ciou;

    /// <summary>What the box loss of a positive anchor counts.</summary>
    /// <value>The default is 3.54, from the hyper-parameters that Ultralytics' YOLOv3 found by evolution; the scripts have 1.582.</value>
    [Option("What the loss of boxes counts (scripts: 1.582)", Minimum = 0)]
    public double BoxGain { get; init; } = 3.54;

    /// <summary>What the objectness counts: a cross-entropy, averaged over all anchors of all cells of a head.</summary>
    /// <value>The default is 64, from the same source; the scripts have 21.35.</value>
    [Option("What the loss of objectness counts (scripts: 21.35)", Minimum = 0)]
    public double ObjectnessGain { get; init; } = 64;

    /// <summary>What the classes of a positive anchor count: the cross-entropies of all classes together.</summary>
    /// <value>The default is 1, as in Darknet; the scripts have 27.76 divided by the number of classes, and train no class where there is but one.</value>
    [Option("What the loss of classes counts (scripts: 27.76 / classes)", Minimum = 0)]
    public double ClassGain { get; init; } = 1;

    /// <summary>
    /// How far the objectness of heads is balanced by the area of their cells: its mean counts (256 / area)^balance. With 1, one cell
    /// of any head counts like another; with 0, one head like another, so that a single object counts 16 times less on cells of 8 pixels than on those of 32.
    /// </summary>
    /// <value>The default is 1; the scripts have 0.</value>
    [Option("How far objectness counts by cells (1) instead of by heads (0, scripts)", Minimum = 0, Maximum = 1)]
    public double Balance { get; init; } = 1;

    /// <summary>Over what boxes and classes are averaged.</summary>
    /// <value>The default is <see cref="LossAverage.Positives"/>, as in the scripts.</value>
    [Option("Over what the losses of boxes and classes are averaged")]
    public LossAverage Average { get; init; } = LossAverage.Positives;

    /// <summary>
    /// An anchor learns an object where the IoU of their widths and heights is above this; the best of all anchors of the network
    /// always does. 1 leaves the best alone, as YOLOv3 was first trained.
    /// </summary>
    /// <value>The default is 0.2635, as in the scripts.</value>
    [Option("An anchor learns an object where their sizes' IoU is above this; the best one always does", Minimum = 0, Maximum = 1)]
    public double AnchorIou { get; init; } = 0.2635;

    /// <summary>
    /// Where the box of a cell without an object overlaps one by more than this, its objectness counts for nothing, since it would
    /// be punished for being right (Redmon and Farhadi 2018, section 2.1). 1 never does so, as in the scripts.
    /// </summary>
    /// <value>The default is the network's own 'ignore_thresh'.</value>
    [Option("Objectness of other cells counts for nothing where their box overlaps an object by more (network's ignore_thresh)", Minimum = 0, Maximum = 1)]
    public double? IgnoreIou { get; init; }

    /// <summary>How far the objectness that a positive anchor learns is the IoU of its box instead of 1.</summary>
    /// <value>The default is 0.</value>
    [Option("How far positive anchors learn the IoU of their box as objectness, instead of 1", Minimum = 0, Maximum = 1)]
    public double ObjectnessIou { get; init; }

    /// <summary>Label smoothing s: a class that is right is learnt as 1 - s / 2, others as s / 2.</summary>
    /// <value>The default is 0.</value>
    [Option("Classes are learnt as s / 2 and 1 - s / 2 instead of 0 and 1", Minimum = 0, Maximum = 0.99)]
    public double Smoothing { get; init; }

    /// <summary>The exponent of focal loss (Lin et al. 2017, equation 4) on objectness; 0 for none.</summary>
    /// <value>The default is 0.</value>
    [Option("Exponent of focal loss on objectness; 0 for none", Minimum = 0, Maximum = 5)]
    public double ObjectnessFocal { get; init; }

    /// <summary>The exponent of focal loss (Lin et al. 2017, equation 4) on classes; 0 for none.</summary>
    /// <value>The default is 0.</value>
    [Option("Exponent of focal loss on classes; 0 for none", Minimum = 0, Maximum = 5)]
    public double ClassFocal { get; init; }

    /// <summary>What 'there is an object' counts against 'there is none' in the cross-entropy of objectness.</summary>
    /// <value>The default is 1; the scripts have 3.941.</value>
    [Option("What 'object' counts against 'no object' (scripts: 3.941)", Minimum = 0)]
    public double ObjectnessPositive { get; init; } = 1;

    /// <summary>What 'this class' counts against 'not this class' in the cross-entropy of classes.</summary>
    /// <value>The default is 1; the scripts have 1.446.</value>
    [Option("What 'this class' counts against 'not this class' (scripts: 1.446)", Minimum = 0)]
    public double ClassPositive { get; init; } = 1;
}
