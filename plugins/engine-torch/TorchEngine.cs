using System.Globalization;
using PluginPrune.Contracts.Engines;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Options;
using PluginPrune.Contracts.Training;
using PluginPrune.EngineTorch.Bindings;
using PluginPrune.EngineTorch.Libtorch;
using PluginPrune.EngineTorch.Planning;
using PluginPrune.EngineTorch.Training;

namespace PluginPrune.EngineTorch;

/// <summary>libtorch as an engine. It is looked for when a network is compiled, not before.</summary>
internal sealed class TorchEngine : IParallelEngine, IDescribedEngine, ITrainingEngine
{
    private readonly Device _device;
    private readonly ScalarType _type;
    private readonly int _threads;

    /// <exception cref="OptionException">The device is none, or half precision is wanted on the processor.</exception>
    public TorchEngine(TorchEngineOptions options)
    {
        if (!Device.TryParse(options.Device, out _device))
        {
            throw new OptionException($"--device is '{options.Device}'; it takes cpu, cuda, or cuda: and a number.");
        }

        if (options.Half && !_device.IsCuda)
        {
            throw new OptionException("--half asks for half precision, which runs on CUDA alone: add --device cuda.");
        }

        _type = options.Half ? ScalarType.Float16 : ScalarType.Float32;
        _threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
    }

    public int Threads => _device.IsCuda ? 1 : _threads;

    public int ParallelSessions => Threads;

    public IExecutable<float> Compile(Network network) => Compile(network, _threads);

    // libtorch counts threads for each caller: with one, a caller computes alone.
    public IExecutable<float> CompileParallel(Network network) => Compile(network, threads: 1);

    public ITrainingSession BeginTraining(Network network, TrainingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(settings);
        Prepare();
        return new TrainingSession(network, settings with { IsMixedPrecision = settings.IsMixedPrecision || _type == ScalarType.Float16 }, _device, settings.Threads == 0 ? _threads : Math.Min(settings.Threads, _threads));
    }

    public EngineDescription Describe()
    {
        LibtorchInstallation libtorch = Load();
        IEnumerable<Device> all = Enumerable.Range(-1, torch.cuda.device_count() + 1).Select(static index => new Device(index));
        return new EngineDescription(
            $"libtorch {torch.version}",
            libtorch.MainLibrary,
            _threads,
            [.. all.OrderByDescending(device => device == _device).Select(static device => device.ToString())]);
    }

    private TorchExecutable Compile(Network network, int threads)
    {
        ArgumentNullException.ThrowIfNull(network);
        Prepare();
        return new TorchExecutable(network, new CallCache(network, new Placement(_device, _type)), threads);
    }

    private void Prepare()
    {
        Load();
        if (_device.IsCuda)
        {
            torch.cuda.TuneConvolutions();
        }
    }

    private LibtorchInstallation Load()
    {
        LibtorchInstallation libtorch = Bridge.Load();
        int devices = torch.cuda.device_count();
        return _device.Index < devices
            ? libtorch
            : throw new EngineUnavailableException(string.Create(
                CultureInfo.InvariantCulture, $"libtorch {torch.version} in {libtorch.Root} sees {devices} CUDA devices, and {_device} was asked for."));
    }
}
