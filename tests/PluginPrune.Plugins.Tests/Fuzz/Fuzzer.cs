using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace PluginPrune.Plugins.Tests.Fuzz;

/// <summary>
/// Feeds a reader with spoilt files. Every input has a number from which it can be made again; one at fault is kept in a file.
/// </summary>
/// <param name="output">Takes the count.</param>
internal sealed class Fuzzer(ITestOutputHelper output)
{
    /// <summary>How many inputs all fuzzers get together.</summary>
    public const string Variable = "PLUGINPRUNE_FUZZ";

    private const int StandardCount = 5000;
    private const int Seed = 20240607;
    private const long MostBytes = 64 << 20;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>Tries a share of all inputs.</summary>
    /// <param name="percent">The share.</param>
    /// <param name="corpus">Real files.</param>
    /// <param name="read">Reads one; says whether it was accepted, and throws where something is wrong.</param>
    public void Run(int percent, IReadOnlyList<byte[]> corpus, Func<byte[], bool> read)
    {
        int count = Total() * percent / 100;
        int accepted = 0;
        TimeSpan slowest = TimeSpan.Zero;
        long largest = 0;
        long start = Stopwatch.GetTimestamp();
        for (int number = 0; number < count; number++)
        {
            var random = new Random(Seed + number);
            byte[] input = new Mutator(random).Mutate(corpus[random.Next(corpus.Count)]);
            try
            {
                (bool isAccepted, TimeSpan time, long bytes) = Measure(read, input);
                if (time > Longest)
                {
                    // The machine may have been busy with something else.
                    (isAccepted, time, bytes) = Measure(read, input);
                }

                accepted += isAccepted ? 1 : 0;
                slowest = time > slowest ? time : slowest;
                largest = Math.Max(bytes, largest);
                if (time > Longest || bytes > MostBytes)
                {
                    throw new InvalidOperationException(string.Create(
                        CultureInfo.InvariantCulture, $"It took {time.TotalSeconds:0.0} s and {bytes >> 20} MB; at most {Longest.TotalSeconds} s and {MostBytes >> 20} MB are allowed."));
                }
            }
            catch (Exception error)
            {
                string file = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"pluginprune-fuzz-{Path.GetRandomFileName()}-{number}"));
                File.WriteAllBytes(file, input);
                throw new InvalidOperationException($"Input {number}, kept in {file}: {error.Message}", error);
            }
        }

        accepted.Should().BeInRange(1, count - 1, "both ways through the reader are to be tried");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} inputs in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s: {accepted} accepted, the slowest {slowest.TotalMilliseconds:0} ms, the largest {largest / 1048576.0:0.0} MB"));
    }

    private static int Total() =>
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : StandardCount;

    private static (bool IsAccepted, TimeSpan Time, long Bytes) Measure(Func<byte[], bool> read, byte[] input)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        bool isAccepted = read(input);
        return (isAccepted, Stopwatch.GetElapsedTime(start), GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
