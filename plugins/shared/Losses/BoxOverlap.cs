using PluginPrune.Contracts.Detections;

namespace PluginPrune.Shared.Losses;

/// <summary>How far a predicted box is from the one it should be.</summary>
/// <param name="Loss">1 minus the overlap.</param>
/// <param name="Iou">Plain intersection over union.</param>
/// <param name="Slope">The derivative of the loss by the predicted box's centre and size.</param>
internal readonly record struct BoxOverlap(double Loss, double Iou, CenterBox Slope)
{
    /// <summary>Measures. Where two edges coincide, the derivative is that of one side.</summary>
    /// <param name="kind">The measure.</param>
    /// <param name="predicted">The predicted box; its area is above 0.</param>
    /// <param name="wanted">Where it should be; its area is above 0.</param>
    public static BoxOverlap Of(BoxMeasure kind, in CenterBox predicted, Box wanted)
    {
        Box box = predicted.ToBox();
        double innerWidth = Math.Min(box.Right, wanted.Right) - Math.Max(box.Left, wanted.Left);
        double innerHeight = Math.Min(box.Bottom, wanted.Bottom) - Math.Max(box.Top, wanted.Top);
        bool isTouching = innerWidth > 0 && innerHeight > 0;
        double shared = isTouching ? innerWidth * innerHeight : 0;
        double union = (predicted.Width * predicted.Height) + (wanted.Width * wanted.Height) - shared;
        double iou = shared / union;

        // An edge moves the intersection where it is the inner one, and what lies around both where it is the outer one.
        Edges inner = Edges.Inner(box, wanted);
        Edges outer = Edges.Outer(box, wanted);
        CenterBox sharedSlope = isTouching ? inner.AreaSlope(innerWidth, innerHeight) : default;
        CenterBox areaSlope = new(0, 0, predicted.Height, predicted.Width);
        CenterBox unionSlope = areaSlope.Plus(sharedSlope, -1);
        CenterBox slope = sharedSlope.Times(-1 / union).Plus(unionSlope, iou / union);
        double loss = 1 - iou;
        if (kind == BoxMeasure.Iou)
        {
            return new BoxOverlap(loss, iou, slope);
        }

        double aroundWidth = Math.Max(box.Right, wanted.Right) - Math.Min(box.Left, wanted.Left);
        double aroundHeight = Math.Max(box.Bottom, wanted.Bottom) - Math.Min(box.Top, wanted.Top);
        if (kind == BoxMeasure.Giou)
        {
            double around = aroundWidth * aroundHeight;
            loss += 1 - (union / around);
            slope = slope.Plus(unionSlope, -1 / around).Plus(outer.AreaSlope(aroundWidth, aroundHeight), union / (around * around));
            return new BoxOverlap(loss, iou, slope);
        }

        double x = predicted.X - ((wanted.Left + wanted.Right) / 2);
        double y = predicted.Y - ((wanted.Top + wanted.Bottom) / 2);
        double diagonal = (aroundWidth * aroundWidth) + (aroundHeight * aroundHeight);
        double distance = ((x * x) + (y * y)) / diagonal;
        CenterBox diagonalSlope = outer.WidthSlope(2 * aroundWidth).Plus(outer.HeightSlope(2 * aroundHeight), 1);
        loss += distance;
        slope = slope.Plus(new CenterBox(2 * x, 2 * y, 0, 0), 1 / diagonal).Plus(diagonalSlope, -distance / diagonal);
        return kind == BoxMeasure.Diou ? new BoxOverlap(loss, iou, slope) : AddAspect(new BoxOverlap(loss, iou, slope), predicted, wanted);
    }

    private static BoxOverlap AddAspect(in BoxOverlap overlap, in CenterBox predicted, Box wanted)
    {
        const double Scale = 4 / (Math.PI * Math.PI);
        double angle = Math.Atan(wanted.Width / wanted.Height) - Math.Atan(predicted.Width / predicted.Height);
        double aspect = Scale * angle * angle;
        double sum = 1 - overlap.Iou + aspect;
        double alpha = sum > 0 ? aspect / sum : 0;
        double size = (predicted.Width * predicted.Width) + (predicted.Height * predicted.Height);
        double pull = 2 * Scale * angle * alpha / size;
        return new BoxOverlap(
            overlap.Loss + (alpha * aspect),
            overlap.Iou,
            overlap.Slope.Plus(new CenterBox(0, 0, -predicted.Height, predicted.Width), pull));
    }
}
