using PluginPrune.EngineTorch.Planning;

namespace PluginPrune.EngineTorch.Training.Planning;

/// <summary>
/// Works out when values end on the way there: which a step may overwrite, and which it releases. What the way back reads is
/// kept by the run besides, and never overwritten.
/// </summary>
internal static class TrainingLifetimes
{
    public static void Assign(TrainingStep[] steps, int slotCount, int[] results)
    {
        // A slot's memory is named by the slot that it was made for.
        int[] memory = [.. Enumerable.Range(0, slotCount)];
        bool[] kept = new bool[slotCount];
        foreach (TrainingStep step in steps)
        {
            if (step.Call.IsView)
            {
                memory[step.Output] = memory[step.Inputs[0]];
            }

            if (step.IsKept && step.Call.KeepsInputs)
            {
                foreach (int slot in step.Inputs)
                {
                    kept[memory[slot]] = true;
                }
            }

            if (step.IsKept && step.Call.KeepsOutput)
            {
                kept[memory[step.Output]] = true;
            }
        }

        int[][] read = [.. steps.Select(static step => step.Inputs)];
        int[] lastOfSlot = LastReaders.Of(read, results, [.. Enumerable.Range(0, slotCount)]);
        int[] lastOfMemory = LastReaders.Of(read, results, memory);
        for (int i = 0; i < steps.Length; i++)
        {
            TrainingStep step = steps[i];
            int now = i;
            int first = memory[step.Inputs[0]];
            step.MayOverwrite = !step.Call.IsView
                && !kept[first]
                && lastOfMemory[first] == now
                && !step.Inputs.Skip(1).Any(slot => memory[slot] == first);
            step.Released = [.. step.Inputs.Distinct().Where(slot => lastOfSlot[slot] == now)];
        }
    }
}
