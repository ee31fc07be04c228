using PluginPrune.FormatYolov5.Modules;

namespace PluginPrune.FormatYolov5.Making;

/// <summary>A module that was made, and how many channels it gives.</summary>
internal readonly record struct Part(TorchModule Module, int Width);
