using PluginPrune.Contracts.Options;

namespace PluginPrune.HeadYolov5;

/// <summary>
/// How <see cref="Yolov5Head"/> is trained. Names and values are those of YOLOv5's files of hyperparameters, whose spellings are
/// understood too; gains are those of three levels, 80 classes and pictures of 640 pixels, and are brought to what a network has.
/// </summary>
public sealed class Yolov5Options
{
    /// <summary>What the loss of boxes counts, 1 - CIoU: it is multiplied by 3 / levels.</summary>
    /// <value>The default is 0.05.</value>
    [Option("What the loss of boxes counts, times 3 / levels", Minimum = 0, Aliases = ["box"])]
    public double BoxGain { get; init; } = 0.05;

    /// <summary>What the mean over the classes of their cross-entropies counts: it is multiplied by classes / 80 and 3 / levels.</summary>
    /// <value>The default is 0.5.</value>
    [Option("What the loss of classes counts, times classes / 80 and 3 / levels", Minimum = 0, Aliases = ["cls"])]
    public double ClassGain { get; init; } = 0.5;

    /// <summary>What objectness counts: it is multiplied by the picture's area / 640^2 and 3 / levels, and balanced between the levels.</summary>
    /// <value>The default is 1.</value>
    [Option("What the loss of objectness counts, times area / 640^2 and 3 / levels", Minimum = 0, Aliases = ["obj"])]
    public double ObjectnessGain { get; init; } = 1;

    /// <summary>What 'this class' counts against 'not this class' in the cross-entropy of classes.</summary>
    /// <value>The default is 1.</value>
    [Option("What 'this class' counts against 'not this class'", Minimum = 0, Aliases = ["cls_pw"])]
    public double ClassPositive { get; init; } = 1;

    /// <summary>What 'there is an object' counts against 'there is none' in the cross-entropy of objectness.</summary>
    /// <value>The default is 1.</value>
    [Option("What 'object' counts against 'no object'", Minimum = 0, Aliases = ["obj_pw"])]
    public double ObjectnessPositive { get; init; } = 1;

    /// <summary>An anchor learns an object where neither width nor height is larger or smaller than its own by this factor or more.</summary>
    /// <value>The default is 4.</value>
    [Option("An anchor learns objects whose sides are less than so many times larger or smaller", Minimum = 1, Aliases = ["anchor_t"])]
    public double AnchorRatio { get; init; } = 4;

    /// <summary>
    /// The exponent of focal loss (Lin et al. 2017, equation 5) on objectness and classes, whose alpha is 0.25 then; 0 for none.
    /// </summary>
    /// <value>The default is 0; the paper has 2, YOLOv5 suggests 1.5.</value>
    [Option("Exponent of focal loss on objectness and classes; 0 for none", Minimum = 0, Maximum = 5, Aliases = ["fl_gamma"])]
    public double Focal { get; init; }

    /// <summary>Label smoothing s: a class that is right is learnt as 1 - s / 2, others as s / 2.</summary>
    /// <value>The default is 0.</value>
    [Option("Classes are learnt as s / 2 and 1 - s / 2 instead of 0 and 1", Minimum = 0, Maximum = 0.99, Aliases = ["label_smoothing"])]
    public double Smoothing { get; init; }

    /// <summary>How far the objectness that an anchor learns is the CIoU of its box, 0 where that is below, instead of 1 ('gr').</summary>
    /// <value>The default is 1.</value>
    [Option("How far anchors learn the CIoU of their box as objectness, instead of 1", Minimum = 0, Maximum = 1)]
    public double ObjectnessIou { get; init; } = 1;

    /// <summary>
    /// Over how many pictures the losses are added up. YOLOv5 adds those of the 64 pictures of a step, where others take their mean, and its
    /// learning rates, decay and gains go with that: the mean is multiplied by this.
    /// </summary>
    /// <value>The default is 64.</value>
    [Option("What the mean over pictures is multiplied by: YOLOv5 adds up the losses of 64", Minimum = 1)]
    public double Pictures { get; init; } = 64;
}
