using PluginPrune.Core.Images;
using PluginPrune.Core.Images.Pipeline;

namespace PluginPrune.Core.Training;

/// <summary>Makes samples and writes them into the input.</summary>
/// <param name="maker">Makes them.</param>
/// <param name="writer">Writes them.</param>
internal sealed class SampleWorker(SampleMaker maker, NetworkInputWriter writer) : IPipelineWorker<TrainingSample>
{
    public TrainingSample Prepare(PipelineBatch<TrainingSample> batch, int index)
    {
        TrainingSample sample = maker.Make(index, batch.Size);
        writer.Write(sample.Picture, PicturePlacement.Stretch(batch.Size, batch.Size), batch.InputOf(index));
        return sample;
    }
}
