using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using PluginPrune.Contracts;
using PluginPrune.Contracts.Blocks;
using PluginPrune.Contracts.Criteria;
using PluginPrune.Contracts.Networks;
using PluginPrune.Core.Plans;
using PluginPrune.Core.Plugins;
using PluginPrune.Core.Selection;
using PluginPrune.Core.Surgery;
using PluginPrune.CriterionBn;
using PluginPrune.Plugins.Tests.Darknet;
using PluginPrune.TestKit;
using Xunit.Abstractions;

namespace PluginPrune.Plugins.Tests.Fuzz;

/// <summary>
/// Whatever a file holds, its reader accepts it or says what is wrong with it: no other exception, no long wait, no memory without
/// bounds. What it accepts can be written and read again.
/// </summary>
public sealed partial class ReaderFuzzTests(ITestOutputHelper output) : IDisposable
{
    // Larger weights would only take time.
    private const long MostWeights = 4 << 20;

    private readonly Scratch _scratch = new();
    private readonly Fuzzer _fuzzer = new(output);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_cfg_with_weights_of_the_wrong_and_of_the_right_size() => _fuzzer.Run(35, Corpus.Cfgs, cfg =>
    {
        File.WriteAllBytes(_scratch.CfgPath, cfg);
        File.WriteAllBytes(_scratch.WeightsPath, MemoryMarshal.AsBytes<int>([0, 2, 5, 0, 0, 0]).ToArray());
        Network? network = Read(out InputException? error);
        if (error is not null && WantedPattern().Match(error.Message) is { Success: true } wanted
            && long.Parse(wanted.Groups["count"].Value, CultureInfo.InvariantCulture) is var length and <= MostWeights)
        {
            using (FileStream file = File.OpenWrite(_scratch.WeightsPath))
            {
                file.SetLength(20 + length);
            }

            network = Read(out _);
        }

        return network is not null && WriteAndReadAgain(network);
    });

    [Fact]
    public void Weights_with_any_header() => _fuzzer.Run(15, WeightsOf(CfgTexts.TwoLayers), weights =>
    {
        _scratch.Save(CfgTexts.TwoLayers);
        File.WriteAllBytes(_scratch.WeightsPath, weights);
        if (Read(out _) is not { } network)
        {
            return false;
        }

        _scratch.Write(network).Weights.Should().Equal(weights);
        return true;
    });

    [Fact]
    public void A_plan()
    {
        Network network = _scratch.ReadFile(Corpus.SampleCfg, Corpus.SampleWeights);

        _fuzzer.Run(30, [PlanOf(network)], text =>
        {
            try
            {
                PruningPlan again = PlanConverter.ToPlan(PlanJson.Read(text, "plan.json"), network);
                NetworkSurgeon.Apply(again, CancellationToken.None);
                return true;
            }
            catch (PlanException error)
            {
                error.Message.Should().Contain("plan").And.NotContain("Exception");
                return false;
            }
        });
    }

    [Fact]
    public void A_manifest() => _fuzzer.Run(20, Corpus.Manifests, static text =>
    {
        ManifestReading reading = ManifestReader.Parse(text, "plugin.json");
        if (reading.Manifest is null)
        {
            reading.Diagnostics.Should().NotBeEmpty("a manifest that is refused needs a reason");
        }

        return reading.Manifest is not null;
    });

    [GeneratedRegex("asks for (?<count>[0-9]{1,9}) bytes of weights", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WantedPattern();

    /// <summary>A plan with a block and channels that go.</summary>
    private static byte[] PlanOf(Network network)
    {
        var request = new PlanRequest
        {
            Criterion = PluginFactory.Create<BatchNormPlugin, IPruningCriterion>("slim", ("global-percent", "0.5")),
            Blocks = 1,
            BlockCriterion = PluginFactory.Create<BatchNormPlugin, IBlockCriterion>("bn-mean"),
        };
        var services = new PruningServices(static (_, _) => throw new NotSupportedException());
        PlanResult made = new PlanMaker(services).Make(network, request, CancellationToken.None);
        var text = new MemoryStream();
        PlanJson.Write(PlanConverter.ToDocument(made.Plan, made.BlockScores, ImmutableSortedDictionary<string, string>.Empty.Add("criterion", "slim")), text);
        return text.ToArray();
    }

    /// <summary>The same weights behind every kind of header.</summary>
    private byte[][] WeightsOf(string cfg)
    {
        _scratch.Read(cfg);
        float[] numbers = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(_scratch.WeightsPath).AsSpan(20..)).ToArray();
        return
        [
            WeightsBytes.Of(0, 2, 5, 32_013_312, longSeen: true, numbers),
            WeightsBytes.Of(0, 1, 0, 32_013_312, longSeen: false, numbers),
            WeightsBytes.Of(1000, 0, 0, 32_013_312, longSeen: false, numbers),
        ];
    }

    private Network? Read(out InputException? error)
    {
        error = null;
        try
        {
            return _scratch.ReadAgain();
        }
        catch (InputException fault)
        {
            error = fault;
            error.File.Should().BeOneOf(_scratch.CfgPath, _scratch.WeightsPath);
            error.Message.Should().NotContain("Exception");
            return null;
        }
    }

    private bool WriteAndReadAgain(Network network)
    {
        if (!_scratch.Format.FindObstacles(network).IsEmpty)
        {
            return true;
        }

        MemorySink written = _scratch.Write(network);
        File.WriteAllBytes(_scratch.CfgPath, Encoding.Latin1.GetBytes(written.Cfg));
        File.WriteAllBytes(_scratch.WeightsPath, written.Weights);
        Read(out InputException? error);
        (error?.Message).Should().BeNull("what is written can be read");
        return true;
    }
}
