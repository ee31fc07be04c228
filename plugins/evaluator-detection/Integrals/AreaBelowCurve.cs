namespace PluginPrune.EvaluatorDetection.Integrals;

/// <summary>The area below the curve of the best precision at each recall or above (VOC devkit from 2010 on).</summary>
internal sealed class AreaBelowCurve : IAveragePrecision
{
    public double Of(PrecisionSteps steps)
    {
        double sum = 0;
        foreach (double precision in steps.Envelope())
        {
            sum += precision;
        }

        return sum / steps.Truths;
    }
}
