using PluginPrune.Contracts.Networks;
using PluginPrune.Plugins.Tests.Resnet;
using PluginPrune.Shared.TorchFiles.Pickles;
using PluginPrune.Shared.TorchFiles.Writing;
using PluginPrune.TestKit;

namespace PluginPrune.Plugins.Tests.Yolov5;

/// <summary>Files that do harm where they are loaded as Python does it, or that are damaged: each is refused with its reason, at once.</summary>
public sealed class HostileFileTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(1);

    private readonly Yolov5Sketch _sketch = new();

    public static TheoryData<string, byte[], string> Pickles => new()
    {
        { "a command", Call("posix", "system", "touch /tmp/pwned"), "posix.system" },
        { "a command of another system", Call("nt", "system", "calc"), "nt.system" },
        { "os", Call("os", "system", "id"), "os.system" },
        { "os.popen", Call("os", "popen", "id"), "os.popen" },
        { "a process", Call("subprocess", "Popen", "id"), "subprocess.Popen" },
        { "code", Call("builtins", "exec", "print(1)"), "builtins.exec" },
        { "an expression", Call("__builtin__", "eval", "1"), "__builtin__.eval" },
        { "an import", Call("builtins", "__import__", "os"), "builtins.__import__" },
        { "a name alone", PickleText.Of("}(", PickleText.Text("model"), PickleText.Global("os", "system"), "u"), "os.system" },
        { "a name put together", PickleText.Of(PickleText.Text("os"), PickleText.Text("system"), new byte[] { 0x93 }), "os.system" },
        { "a file", Call("builtins", "open", "/etc/passwd"), "builtins.open" },
        { "a page", Call("webbrowser", "open", "http://127.0.0.1"), "webbrowser.open" },
        { "a pickle in it", Call("pickle", "loads", "cos\nsystem\n."), "pickle.loads" },
        { "a storage of bytes", Call("torch.storage", "_load_from_bytes", "x"), "torch.storage._load_from_bytes" },
        { "a class of one's own", Call("__main__", "Net", "x"), "__main__.Net" },
        { "compiled code", Call("types", "CodeType", "x"), "types.CodeType" },
        { "a later network", PickleText.Of("}(", PickleText.Text("model"), PickleText.Global("ultralytics.nn.tasks", "DetectionModel"), ")", new byte[] { 0x81 }, "}bu"), "YOLOv8" },
        { "INST", PickleText.Of("(", PickleText.Text("id"), "ios\nsystem\n"), "INST" },
        { "OBJ", PickleText.Of("(", PickleText.Global("os", "system"), PickleText.Text("id"), "o"), "OBJ" },
        { "EXT1", PickleText.Of(new byte[] { 0x82, 1 }), "EXT1" },
        { "a number of the first protocol", PickleText.Of("I1\n"), "INT" },
        { "no operation", PickleText.Of(new byte[] { 0xff }), "ff" },
        { "a model in itself", InItself(), "deep in each other" },
        { "modules without end", Nested(2000), "deep in each other" },
        { "lists without end", Lists(500_000), "no model" },
        { "a memo bomb", MemoBomb(), "values beside tensors" },
        { "a module a million times", Repeated(200_000), "computes more than" },
        { "a huge storage", Weighted(PickleText.Tensor(int.MaxValue, 0, [int.MaxValue], [1])), "2 GB" },
        { "sizes beyond the storage", Weighted(PickleText.Tensor(4, 0, [1 << 15, 1 << 15], [0, 0])), "beyond the 4" },
        { "a storage of two lengths", Weighted([.. PickleText.Tensor(4, 1, [2], [1]), (byte)'0', .. PickleText.Tensor(4000, 2000, [2], [1])]), "two different things of storage 'k'" },
        { "a storage outside", Weighted(Outside("../../etc/passwd")), "etc/passwd" },
        { "a storage at the root", Weighted(Outside("/etc/passwd")), "etc/passwd" },
        { "a text as a module", PickleText.Of("}(", PickleText.Text("model"), Module(PickleText.Text("model"), PickleText.Text("x")), "u"), "is none" },
        { "too much", [0x80, 2, .. Enumerable.Repeat((byte)'}', 3_000_000), (byte)'.'], "2,000,000 operations" },
        { "a long text", PickleText.Of(new byte[] { (byte)'X', 255, 255, 255, 127 }), "cut off" },
        { "a long number", PickleText.Of(new byte[] { 0x8b, 255, 255, 255, 127 }), "number of 2147483647 bytes" },
        { "no layers", PickleText.Of("}(", PickleText.Text("model"), Module([], []), "u"), "no list of layers" },
    };

    // Read as they run: told to the runner beforehand, the bytes become text of 200 MB.
    [Theory]
    [MemberData(nameof(Pickles), DisableDiscoveryEnumeration = true)]
    public void Pickles_that_are_more_or_less_than_a_checkpoint(string what, byte[] pickle, string reason)
    {
        File.WriteAllBytes(_sketch.PathOf(), PickleText.Zip(pickle, ("data/k", new byte[16]), ("data/0", new byte[12])));
        string refusal = string.Empty;

        Shortest.Of(() => refusal = _sketch.Refusal()).Should().BeLessThan(Bound, "of {0}", what);

        refusal.Should().Contain(reason, "of {0}", what);
    }

    [Fact]
    public void Checkpoints_that_are_cut_off()
    {
        byte[] zipped = File.ReadAllBytes(_sketch.Save(_sketch.Small()));
        byte[] legacy = File.ReadAllBytes(_sketch.SaveLegacy(_sketch.Small()));
        foreach (byte[] file in new[] { zipped, legacy })
        {
            RefuseAtEveryPercent(file);
        }
    }

    [Fact]
    public void One_tensor_under_many_names_is_read_once()
    {
        byte[] tensor = [.. PickleText.Tensor(1 << 18, 0, [1 << 18], [1]), (byte)'q', 1];
        byte[][] entries = [.. Enumerable.Range(0, 5000).Select(i => (byte[])[.. PickleText.Text($"model.0.conv.w{i}"), .. i == 0 ? tensor : [(byte)'h', 1]])];

        Allocated(entries).Should().BeLessThan(32 << 20);
    }

    [Fact]
    public void Views_of_the_same_numbers_that_would_fill_the_memory_are_refused()
    {
        byte[][] entries = [.. Enumerable.Range(0, 5000).Select(static i => (byte[])[.. PickleText.Text($"model.0.conv.w{i}"), .. PickleText.Tensor(1 << 18, i, [1 << 17], [1])])];

        Allocated(entries).Should().BeLessThan(32 << 20);
        _sketch.Refusal().Should().Contain("more than 4 times the").And.Contain("many views of the same numbers");
    }

    [SharedDataFact]
    public void A_real_checkpoint_that_is_cut_off() => RefuseAtEveryPercent(File.ReadAllBytes(SharedData.PathOf("data/yolov5/yolov5n.pt")));

    [SharedDataFact]
    public void Real_files_that_are_none()
    {
        foreach ((string file, string reason) in new[] { ("html-404.pt", "HTML"), ("truncated-915353.pt", "cut off") })
        {
            File.Copy(SharedData.PathOf($"data/yolov5/bad/{file}"), _sketch.PathOf(file));

            _sketch.Refusal(file).Should().Contain(reason);
        }
    }

    [Theory]
    [InlineData("FReLU", "no function of one variable")]
    [InlineData("Hardtanh", null)]
    public void Functions_that_are_not_known_are_refused_by_name(string name, string? reason)
    {
        _sketch.Save(Yolov5Sketch.Model(_sketch.Conv(3, 8, act: name).At(0, -1), _sketch.Detect(1, 1, 8).At(1, [0])));

        if (reason is null)
        {
            Yolov5Sketch.ReadFile(_sketch.PathOf()).Nodes.Should().NotBeEmpty();
            return;
        }

        _sketch.Refusal().Should().Contain(reason).And.Contain("model.0.act").And.Contain(name);
    }

    [Fact]
    public void What_cannot_be_is_refused_under_the_name_of_its_module()
    {
        Refuse(new TorchObject("models.common", "Classify"), "models.common.Classify");
        Refuse(new TorchObject("models.common", "C3"), "no module 'm'");
        Refuse(_sketch.Conv(7, 8), "7 input channels");
        Refuse(_sketch.Conv(8, 8).Children[0].Module.With("stride", 0), "least 1");
        Refuse(Yolov5Sketch.Concat(), "no such", at: 5);
        TorchObject infinite = _sketch.Norm(8);
        infinite.Parameters[0] = ("weight", Tensor.FromFloats(1, 2, 3, 4, float.PositiveInfinity, 6, 7, 8));
        Refuse(infinite, "not finite");

        void Refuse(TorchObject module, string reason, int at = 1)
        {
            _sketch.Save(Yolov5Sketch.Model(_sketch.Conv(3, 8).At(0, -1), at == 1 ? module.At(1, -1) : module.At(1, 0, at), _sketch.Detect(1, 1, 8).At(2, [1])));
            _sketch.Refusal().Should().Contain(at == 1 ? reason : $"layer {at}");
        }
    }

    public void Dispose() => _sketch.Dispose();

    /// <summary>How many bytes it takes to refuse tensors that lie in a storage of 1 MB.</summary>
    private long Allocated(byte[][] entries)
    {
        File.WriteAllBytes(_sketch.PathOf(), PickleText.Zip(PickleText.Of(["}(", .. entries, "u"]), ("data/k", new byte[1 << 20])));
        long before = GC.GetAllocatedBytesForCurrentThread();
        _sketch.Refusal().Should().NotBeEmpty();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private void RefuseAtEveryPercent(byte[] file)
    {
        for (int percent = 0; percent < 100; percent++)
        {
            File.WriteAllBytes(_sketch.PathOf(), file[..(int)((long)file.Length * percent / 100)]);

            Shortest.Of(() => _sketch.Refusal().Should().NotBeEmpty()).Should().BeLessThan(Bound);
        }
    }

    private static byte[] Call(string module, string name, string argument) =>
        PickleText.Of("}(", PickleText.Text("model"), PickleText.Global(module, name), "(", PickleText.Text(argument), "tRu");

    /// <summary>A module with one in it, and with one attribute.</summary>
    private static byte[] Module(byte[] children, byte[] child, byte[]? attribute = null) =>
    [
        .. PickleText.Global("models.yolo", "Model"), (byte)')', 0x81, (byte)'}', (byte)'(',
        .. PickleText.Text("_modules"), (byte)'}', .. children.Length == 0 ? [] : (byte[])[.. children, .. child, (byte)'s'],
        .. attribute is null ? [] : (byte[])[.. PickleText.Text("x"), .. attribute],
        (byte)'u', (byte)'b',
    ];

    /// <summary>The model is its own list of layers.</summary>
    private static byte[] InItself() => PickleText.Of(
        "}(", PickleText.Text("model"), PickleText.Global("models.yolo", "Model"), ")", new byte[] { 0x81 }, "q", new byte[] { 0 }, "}(",
        PickleText.Text("_modules"), "}", PickleText.Text("model"), "h", new byte[] { 0 }, "su", "bu");

    private static byte[] Nested(int depth)
    {
        byte[] open = [.. PickleText.Global("models.yolo", "Model"), (byte)')', 0x81, (byte)'}', .. PickleText.Text("_modules"), (byte)'}', .. PickleText.Text("model")];
        return PickleText.Of("}(", PickleText.Text("model"), Enumerable.Repeat(open, depth).SelectMany(static bytes => bytes).ToArray(), Module([], []), string.Concat(Enumerable.Repeat("ssb", depth)), "u");
    }

    private static byte[] Lists(int depth) => PickleText.Of("}(", PickleText.Text("model"), new string(']', depth), new string('a', depth - 1), "u");

    /// <summary>Each list has the one before it ten times: ten to the thirtieth values.</summary>
    private static byte[] MemoBomb()
    {
        var bomb = new List<byte>([(byte)']']);
        for (byte i = 0; i < 20; i++)
        {
            bomb.AddRange([(byte)'q', i, (byte)'0', (byte)']', (byte)'(', .. Enumerable.Repeat((byte[])[(byte)'h', i], 10).SelectMany(static bytes => bytes), (byte)'e']);
        }

        return PickleText.Of("}(", PickleText.Text("model"), Module([], [], [.. bomb]), "u");
    }

    /// <summary>A list of layers that names one function over and over.</summary>
    private static byte[] Repeated(int count)
    {
        var pickle = new PickleWriter();
        var storages = new List<Tensor>();
        TorchObject relu = Yolov5Sketch.Function("ReLU").At(0, -1);
        pickle.Write(PickleCode.EmptyDict);
        pickle.Text("model");
        pickle.Global("models.yolo", "Model");
        Begin();
        pickle.Text("_modules");
        pickle.Write(PickleCode.EmptyDict);
        pickle.Text("model");
        pickle.Global("torch.nn.modules.container", "Sequential");
        Begin();
        pickle.Text("_modules");
        pickle.Write(PickleCode.EmptyDict);
        pickle.Text("0");
        using (var sketch = new Yolov5Sketch())
        {
            sketch.Conv2d(3, 1, (1, 1), (1, 1)).At(0, -1).Write(pickle, storages);
        }

        pickle.Write(PickleCode.SetItem);
        for (int i = 1; i <= count; i++)
        {
            pickle.Text($"{i}");
            if (i == 1)
            {
                relu.Write(pickle, storages);
                pickle.Put(7);
            }
            else
            {
                pickle.Get(7);
            }

            pickle.Write(PickleCode.SetItem);
        }

        for (int i = 0; i < 2; i++)
        {
            pickle.Write(PickleCode.SetItem);
            pickle.Write(PickleCode.Build);
            pickle.Write(PickleCode.SetItem);
        }

        return pickle.Finish();

        void Begin()
        {
            pickle.Write(PickleCode.EmptyTuple);
            pickle.Write(PickleCode.NewObj);
            pickle.Write(PickleCode.EmptyDict);
        }
    }

    private static byte[] Weighted(byte[] tensor) => PickleText.Of("}(", PickleText.Text("model"), PickleText.Global("models.yolo", "Model"), ")", new byte[] { 0x81 }, "}(",
        PickleText.Text("_modules"), "}", PickleText.Text("_parameters"), "}", PickleText.Text("w"), tensor, "su", "bu");

    private static byte[] Outside(string key) =>
    [
        .. PickleText.Global("torch._utils", "_rebuild_tensor_v2"), (byte)'(',
        (byte)'(', .. PickleText.Text("storage"), .. PickleText.Global("torch", "FloatStorage"), .. PickleText.Text(key), .. PickleText.Text("cpu"), .. PickleText.Number(4), (byte)'t', (byte)'Q',
        .. PickleText.Number(0), (byte)'(', .. PickleText.Number(4), (byte)'t', (byte)'(', .. PickleText.Number(1), (byte)'t', 0x89, (byte)'}', (byte)'t', (byte)'R',
    ];
}
