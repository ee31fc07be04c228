using PluginPrune.Manifest;

if (args is not [string assembly, string target])
{
    Console.Error.WriteLine("usage: PluginPrune.Manifest PLUGIN.dll plugin.json");
    return 2;
}

assembly = Path.GetFullPath(assembly);
try
{
    byte[] manifest = ManifestWriter.Write(PluginInspector.Inspect(assembly));
    string part = target + ".part";
    File.WriteAllBytes(part, manifest);
    File.Move(part, target, overwrite: true);
    return 0;
}
catch (ManifestFault fault)
{
    // The shape that MSBuild takes for an error of the build.
    Console.Error.WriteLine($"{assembly} : error {fault.Code}: {fault.Message}");
    return 1;
}
catch (Exception fault)
{
    // The plugin's own code runs here, at build: whatever it throws is the author's to see, in one line.
    Console.Error.WriteLine($"{assembly} : error PPM099: The plugin cannot be described: {fault.GetType().Name}: {fault.Message.ReplaceLineEndings(" ")}");
    return 1;
}
