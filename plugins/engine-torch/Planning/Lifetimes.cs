namespace PluginPrune.EngineTorch.Planning;

/// <summary>
/// Works out when values end: which a step may overwrite, and which it releases. Views share the memory of what they look
/// at, so that memory ends with the last of them.
/// </summary>
internal static class Lifetimes
{
    /// <param name="steps">All steps in order; their lifetimes are filled in.</param>
    /// <param name="slotCount">How many slots there are.</param>
    /// <param name="results">The slots that are read after the last step.</param>
    public static void Assign(Step[] steps, int slotCount, int[] results)
    {
        // A slot's memory is named by the slot that it was made for.
        int[] memory = [.. Enumerable.Range(0, slotCount)];
        foreach (Step step in steps)
        {
            if (step.Call.IsView)
            {
                memory[step.Output] = memory[step.Inputs[0]];
            }
        }

        int[][] read = [.. steps.Select(static step => step.Inputs)];
        int[] lastOfSlot = LastReaders.Of(read, results, [.. Enumerable.Range(0, slotCount)]);
        int[] lastOfMemory = LastReaders.Of(read, results, memory);
        for (int i = 0; i < steps.Length; i++)
        {
            Step step = steps[i];
            int now = i;
            step.MayOverwrite = !step.Call.IsView
                && lastOfMemory[memory[step.Inputs[0]]] == now
                && !step.Inputs.AsSpan(1).ToArray().Any(slot => memory[slot] == memory[step.Inputs[0]]);
            step.Released = [.. step.Inputs.Distinct().Where(slot => lastOfSlot[slot] == now)];
        }
    }
}
