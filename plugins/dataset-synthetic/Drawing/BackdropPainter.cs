namespace PluginPrune.DatasetSynthetic.Drawing;

/// <summary>Fills a canvas with a backdrop.</summary>
internal static class BackdropPainter
{
    public static void Paint(Canvas canvas, Backdrop backdrop)
    {
        int size = canvas.Size;
        var coarse = new LatticeAxis(size, Backdrop.CoarseCells);
        var fine = new LatticeAxis(size, Backdrop.FineCells);
        float[] coarseRow = new float[size];
        float[] fineRow = new float[size];
        float scale = 1f / size;
        for (int y = 0; y < size; y++)
        {
            coarse.ReadRow(backdrop.Coarse, y, coarseRow);
            fine.ReadRow(backdrop.Fine, y, fineRow);
            for (int x = 0; x < size; x++)
            {
                // From one corner or side to the opposite one, whatever the direction.
                float along = 0.5f + ((((x * scale) - 0.5f) * backdrop.DirectionX) + (((y * scale) - 0.5f) * backdrop.DirectionY)) * 0.75f;
                float cloud = coarseRow[x] * backdrop.Strength;
                Color color = backdrop.Start.Mix(backdrop.End, Math.Clamp(along + cloud, 0f, 1f)).Times(1 + (0.6f * cloud) + (fineRow[x] * backdrop.FineStrength));
                int at = (y * size) + x;
                canvas.Red[at] = color.Red;
                canvas.Green[at] = color.Green;
                canvas.Blue[at] = color.Blue;
            }
        }
    }
}
