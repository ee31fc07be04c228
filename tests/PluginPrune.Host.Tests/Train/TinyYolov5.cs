namespace PluginPrune.Host.Tests.Train;

/// <summary>The smallest description of a YOLOv5 that learns something: two levels, C3 with and without shortcuts, SPPF.</summary>
internal static class TinyYolov5
{
    public const string Yaml =
        """
        nc: 5
        depth_multiple: 1.0
        width_multiple: 1.0
        anchors:
          - [8,8, 14,14, 20,12]
          - [16,24, 26,26, 40,40]
        backbone:
          [[-1, 1, Conv, [8, 6, 2, 2]],
           [-1, 1, Conv, [16, 3, 2]],
           [-1, 1, C3, [16]],
           [-1, 1, Conv, [16, 3, 2]],
           [-1, 1, C3, [16]],
           [-1, 1, Conv, [24, 3, 2]],
           [-1, 1, SPPF, [24, 5]]]
        head:
          [[-1, 1, nn.Upsample, [None, 2, 'nearest']],
           [[-1, 4], 1, Concat, [1]],
           [-1, 1, C3, [16, False]],
           [[9, 6], 1, Detect, [nc, anchors]]]

        """;

    /// <summary>As YOLOv5's files of hyperparameters are written, with some numbers of its own.</summary>
    public const string Hyp =
        """
        # Hyperparameters.
        lr0: 0.004  # first
        lrf: 0.25
        momentum: 0.9
        weight_decay: 0.0005
        warmup_epochs: 0.0
        warmup_momentum: 0.8
        warmup_bias_lr: 0.1
        box: 0.04
        cls: 0.4
        cls_pw: 1.0
        obj: 0.9
        obj_pw: 1.0
        iou_t: 0.20
        anchor_t: 3.5
        # anchors: 3
        fl_gamma: 0.0
        hsv_h: 0.015
        hsv_s: 0.7
        hsv_v: 0.4
        degrees: 0.0
        translate: 0.1
        scale: 0.5
        shear: 0.0
        perspective: 0.0
        flipud: 0.0
        fliplr: 0.5
        mosaic: 1.0
        mixup: 0.0
        copy_paste: 0.0

        """;
}
