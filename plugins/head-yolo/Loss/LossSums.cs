namespace PluginPrune.HeadYolo.Loss;

/// <summary>The parts of a loss while they are summed up.</summary>
internal struct LossSums
{
    public double Box;

    public double Objectness;

    public double Class;
}
