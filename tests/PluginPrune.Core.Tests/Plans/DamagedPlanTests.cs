using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Tests.Support;
using PluginPrune.TestKit;

namespace PluginPrune.Core.Tests.Plans;

/// <summary>Whatever happened to a plan's file, it is a plan or it is refused with a line, at once.</summary>
public sealed class DamagedPlanTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private static readonly Network Network = PlanSample.Network();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_CutOffAtEveryByte_IsRefusedWithTheLine(bool hasBlock)
    {
        byte[] whole = PlanSample.Bytes(hasBlock ? PlanSample.WithoutBlock(Network) : PlanSample.Document(Network));
        int content = whole.AsSpan().TrimEnd("\n"u8).Length;
        for (int length = 0; length < content; length++)
        {
            int lines = whole.AsSpan(0, length).Count((byte)'\n') + 1;

            PlanException? error = Refusal(whole[..length]);

            error.Should().NotBeNull("{0} of {1} bytes are no plan", length, content);
            PlanFault fault = error!.Faults.Should().ContainSingle().Subject;
            fault.Place.Line.Should().BeInRange(1, lines);
            fault.Message.Should().ContainAny("in the middle", "empty", "no JSON");
        }
    }

    [Fact]
    public void Bind_RandomBytesChanged_IsAPlanOrRefusedWithTheLine() => Damage(2000, static (bytes, random) =>
    {
        for (int count = random.Next(1, 4); count > 0; count--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    });

    [Fact]
    public void Bind_RandomLettersOfPlansChanged_IsAPlanOrRefusedWithTheLine() => Damage(2000, static (bytes, random) =>
    {
        ReadOnlySpan<byte> letters = "\"{}[],:-. 0123456789\\nek"u8;
        bytes[random.Next(bytes.Length)] = letters[random.Next(letters.Length)];
        return bytes;
    });

    [Fact]
    public void Bind_RandomPiecesMovedOrDoubled_IsAPlanOrRefusedWithTheLine() => Damage(1000, static (bytes, random) =>
    {
        int from = random.Next(bytes.Length);
        int length = random.Next(Math.Min(80, bytes.Length - from));
        int to = random.Next(bytes.Length);
        byte[] piece = bytes[from..(from + length)];
        byte[] rest = random.Next(2) == 0 ? bytes : [.. bytes[..from], .. bytes[(from + length)..]];
        to = Math.Min(to, rest.Length);
        return [.. rest[..to], .. piece, .. rest[to..]];
    });

    [Fact]
    public void Bind_RandomLinesLeftOutOrDoubled_IsAPlanOrRefusedWithTheLine() => Damage(1000, static (bytes, random) =>
    {
        List<string> lines = [.. Encoding.UTF8.GetString(bytes).Split('\n')];
        int at = random.Next(lines.Count);
        if (random.Next(2) == 0)
        {
            lines.RemoveAt(at);
        }
        else
        {
            lines.Insert(random.Next(lines.Count), lines[at]);
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    });

    [Fact]
    public void Bind_RandomMasks_AreTakenExactlyWhereNothingHadToBeBroughtBack()
    {
        int taken = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            // A legal plan, of which a channel or two of one group are then dropped or brought back.
            var random = new Random(seed);
            Network network = RandomNetworks.Make(seed % 60, isPadded: true, preservesZero: false);
            PruningPlan plan = Pruned.Randomly(network, seed, share: 0.3, withBlocks: false);
            bool[][] masks = [.. plan.Analysis.Groups.Select(group => plan.Masks[group].ToArray())];
            bool[] mask = masks[random.Next(masks.Length)];
            for (int change = random.Next(3); change > 0; change--)
            {
                mask[random.Next(mask.Length)] ^= true;
            }

            var edited = new ChannelMasks(masks.Select(static one => ImmutableArray.Create(one)));
            ChannelMasks legal = MaskGuard.Enforce(plan.Analysis, new SelectionGuards(), edited, []);
            bool isLegal = plan.Analysis.Groups.All(group => legal[group].SequenceEqual(edited[group]));
            PlanDocument document = PlanConverter.ToDocument(
                new PruningPlan(network, [], plan.Analysis, edited),
                ImmutableDictionary<string, double>.Empty,
                ImmutableSortedDictionary<string, string>.Empty);

            Action act = () => PlanConverter.ToPlan(document, network);

            if (isLegal)
            {
                act.Should().NotThrow("seed {0}", seed);
                taken++;
            }
            else
            {
                act.Should().Throw<PlanException>("seed {0}", seed);
            }
        }

        taken.Should().BeInRange(60, 240, "both must be seen");
    }

    private static void Damage(int times, Func<byte[], Random, byte[]> damage)
    {
        var random = new Random(7);
        byte[][] plans = [PlanSample.Bytes(PlanSample.Document(Network)), PlanSample.Bytes(PlanSample.WithoutBlock(Network))];
        Refusal(plans[0]).Should().BeNull("the first call compiles what the others use");
        for (int i = 0; i < times; i++)
        {
            byte[] bytes = damage([.. plans[i % 2]], random);
            TimeSpan best = TimeSpan.MaxValue;

            // A busy machine may hold one call up; it does not do so three times.
            for (int attempt = 0; attempt < 3 && best > Patience; attempt++)
            {
                long start = Stopwatch.GetTimestamp();
                PlanException? error = Refusal(bytes);
                TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
                best = elapsed < best ? elapsed : best;
                if (error is not null)
                {
                    error.Faults.Should().NotBeEmpty();
                    error.Faults.Should().OnlyContain(static fault => fault.Place.Line >= 1);
                    error.Faults.Max(static fault => fault.Place.Line).Should().BeLessThanOrEqualTo(bytes.AsSpan().Count((byte)'\n') + 1);
                }
            }

            best.Should().BeLessThan(Patience, "{0}", Encoding.UTF8.GetString(bytes));
        }
    }

    private static PlanException? Refusal(byte[] bytes)
    {
        try
        {
            PlanConverter.ToPlan(PlanJson.Read(bytes, PlanSample.FileName), Network);
            return null;
        }
        catch (PlanException error)
        {
            return error;
        }
    }
}
