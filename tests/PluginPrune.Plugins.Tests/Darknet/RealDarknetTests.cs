using System.Runtime.InteropServices;
using PluginPrune.Contracts.Networks;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Darknet;

/// <summary>What sections compute, compared with Darknet itself where Debian's package is installed.</summary>
public sealed class RealDarknetTests : IDisposable
{
    private const string Library = "/usr/lib/darknet/libdarknet.so";
    private const string Conv = "[convolutional]\nbatch_normalize=1\nfilters=8\nsize=3\npad=1\nactivation=leaky\n";

    private static readonly Lazy<nint> Loaded = new(LoadAside);

    private readonly Scratch _scratch = new();

    // Two convolutions stand before a [local]: this Darknet gives that a quarter of the memory that it works in, and uses what
    // the largest layer asked for.
    [DebianDarknetTheory]
    [InlineData(Conv + "[reorg]\nstride=2\n")]
    [InlineData(Conv + "[maxpool]\nsize=2\nstride=2\n[reorg]\nstride=2\n")]
    [InlineData("[convolutional]\nfilters=18\nactivation=linear\n[reorg]\nstride=3\n")]
    [InlineData(Conv + "[reorg]\nstride=1\n")]
    [InlineData(Conv + "[connected]\noutput=5\nactivation=ramp\n")]
    [InlineData(Conv + "[connected]\nbatch_normalize=1\noutput=7\nactivation=leaky\n[dropout]\nprobability=.5\n[connected]\noutput=3\nactivation=linear\n")]
    [InlineData(Conv + Conv + "[local]\nfilters=4\nsize=3\nstride=1\npad=1\nactivation=leaky\n")]
    [InlineData(Conv + Conv + "[local]\nfilters=3\nsize=2\nstride=2\npad=0\n[connected]\noutput=2\n")]
    [InlineData(Conv + Conv + "[local]\nfilters=2\nsize=3\nstride=2\npad=1\nactivation=relu\n")]
    [InlineData("[crop]\ncrop_height=7\ncrop_width=11\nflip=1\nangle=0\nsaturation=1\nexposure=1\n" + Conv)]
    [InlineData("[crop]\ncrop_height=12\ncrop_width=9\nnoadjust=1\n")]
    [InlineData(Conv + "[convolutional]\nfilters=12\nactivation=relu\n[shortcut]\nfrom=-2\nactivation=leaky\n")]
    [InlineData(Conv + "[convolutional]\nfilters=5\nactivation=relu\n[shortcut]\nfrom=-2\nactivation=linear\n")]
    [InlineData(Conv + "[convolutional]\nfilters=8\nsize=3\nstride=2\npad=1\nactivation=linear\n[shortcut]\nfrom=-2\nactivation=relu\n")]
    [InlineData(Conv + "[convolutional]\nfilters=12\nsize=3\nstride=3\npad=1\nactivation=linear\n[shortcut]\nfrom=-2\nactivation=linear\n")]
    [InlineData(Conv + "[convolutional]\nfilters=6\nsize=3\nstride=2\npad=1\nactivation=linear\n[shortcut]\nfrom=-2\nactivation=linear\n")]
    [InlineData(Conv + "[avgpool]\n[softmax]\ngroups=1\n")]
    [InlineData(Conv + "[softmax]\n[cost]\n")]
    [InlineData("[convolutional]\nfilters=12\ngroups=3\nsize=3\nstride=2\npad=1\nactivation=logistic\n[upsample]\nstride=2\n")]
    public void Sections_compute_what_Darknet_computes(string sections)
    {
        Network network = _scratch.Read("[net]\nbatch=1\nsubdivisions=1\nheight=12\nwidth=24\nchannels=3\n\n" + sections);

        float[] picture = Computing.Picture(network.Inputs[0].Shape);
        float[] ours = network.Run(picture);
        float[] theirs = RunDarknet(picture, ours.Length);

        float largest = theirs.Max(MathF.Abs);
        largest.Should().BeGreaterThan(1e-4f, "a network that gives nothing proves nothing");
        for (int i = 0; i < ours.Length; i++)
        {
            ours[i].Should().BeApproximately(theirs[i], 5e-5f * largest, "this is element {0}", i);
        }
    }

    [DebianDarknetTheory]
    [InlineData("cifar")]
    [InlineData("tiny")]
    public void Classifiers_compute_what_Darknet_computes(string name)
    {
        // Without the last softmax and cost, which would hide differences.
        string cfg = File.ReadAllText(DebianDarknet.PathOf(name)).Replace("batch=128", "batch=1", StringComparison.Ordinal);
        Network network = _scratch.Read(cfg[..cfg.LastIndexOf("[softmax]", StringComparison.Ordinal)]);

        float[] picture = Computing.Picture(network.Inputs[0].Shape);
        float[] ours = network.Run(picture);
        float[] theirs = RunDarknet(picture, ours.Length);

        float largest = theirs.Max(MathF.Abs);
        ours.Zip(theirs, static (left, right) => MathF.Abs(left - right)).Max().Should().BeLessThan(1e-3f * largest);
        largest.Should().BeGreaterThan(1e-4f);
    }

    public void Dispose() => _scratch.Dispose();

    /// <summary>On a thread that ends with it: this library has the thread that loads it take denormal numbers for zero, in the tests that come after as well.</summary>
    private static nint LoadAside() =>
        Task.Factory.StartNew(static () => NativeLibrary.Load(Library), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).GetAwaiter().GetResult();

    private float[] RunDarknet(float[] picture, int count)
    {
        var load = Marshal.GetDelegateForFunctionPointer<LoadNetwork>(NativeLibrary.GetExport(Loaded.Value, "load_network"));
        var predict = Marshal.GetDelegateForFunctionPointer<NetworkPredict>(NativeLibrary.GetExport(Loaded.Value, "network_predict"));

        nint network = load(_scratch.CfgPath, _scratch.WeightsPath, 0);
        float[] output = new float[count];
        Marshal.Copy(predict(network, picture), output, 0, count);
        return output;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    private delegate nint LoadNetwork(string cfg, string weights, int clear);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate nint NetworkPredict(nint network, [In] float[] picture);
}
