using BenchmarkDotNet.Running;
using PluginPrune.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(ConvolutionBenchmark).Assembly).Run(args);
