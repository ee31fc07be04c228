namespace PluginPrune.EngineTorch.Planning;

/// <summary>Which step is the last that reads a memory.</summary>
internal static class LastReaders
{
    /// <summary>Finds them.</summary>
    /// <param name="steps">The slots that each step reads.</param>
    /// <param name="results">The slots that are read after the last step.</param>
    /// <param name="memory">By slot, the memory that it lies in.</param>
    /// <returns>By memory, the step's index; as many as there are steps where a result lies there, -1 where nothing reads it.</returns>
    public static int[] Of(int[][] steps, int[] results, int[] memory)
    {
        int[] last = new int[memory.Length];
        Array.Fill(last, -1);
        for (int i = 0; i < steps.Length; i++)
        {
            foreach (int slot in steps[i])
            {
                last[memory[slot]] = i;
            }
        }

        foreach (int slot in results)
        {
            last[memory[slot]] = steps.Length;
        }

        return last;
    }
}
