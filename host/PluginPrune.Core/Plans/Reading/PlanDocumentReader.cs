using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using PluginPrune.Contracts.Evaluation;
using PluginPrune.Core.Surgery;

namespace PluginPrune.Core.Plans;

/// <summary>Values of a plan's file to a document. What does not need the network to be judged is judged here.</summary>
internal sealed class PlanDocumentReader
{
    /// <summary>Of all groups together: far more than any network has, and no more than fits into memory.</summary>
    private const int MaximumChannels = 1 << 24;

    private readonly PlanFaults _faults;
    private readonly string? _file;
    private int _channels;

    private PlanDocumentReader(string? file, PlanFaults faults)
    {
        _file = file;
        _faults = faults;
    }

    /// <exception cref="PlanException">It is no plan.</exception>
    public static PlanDocument Read(ReadOnlySpan<byte> text, string? file)
    {
        var faults = new PlanFaults(file);
        PlanValue root = PlanText.Parse(text, faults);
        if (root.Kind != JsonTokenType.StartObject)
        {
            faults.Throw(root.Place, $"the file holds {root.Description}; a plan is an object with 'planVersion', 'network' and so on.");
        }

        CheckVersion(root, faults);
        PlanDocument document = new PlanDocumentReader(file, faults).ReadRoot(root);
        faults.ThrowIfAny();
        return document;
    }

    /// <summary>What a plan of another version may hold is unknown, so nothing else is said of it; nor of what is no plan at all.</summary>
    private static void CheckVersion(PlanValue root, PlanFaults faults)
    {
        if (root.Members.Find(static member => member.Key == "reportVersion") is { } report)
        {
            faults.Throw(report.Place, "this is the report of a run, not a plan; its plan is the plan.json beside it.");
        }

        PlanValue? version = root.Members.Find(static member => member.Key == "planVersion")?.Value;
        string current = PlanDocument.CurrentVersion.ToString(CultureInfo.InvariantCulture);
        if (version is { Kind: JsonTokenType.Number } && version.Text != current)
        {
            faults.Throw(version.Place, $"the plan has version {PlanNames.Clean(version.Text, 60)}; this program reads version {current}.");
        }
    }

    private PlanDocument ReadRoot(PlanValue root)
    {
        var plan = new PlanObject(
            root, string.Empty, _faults, ["planVersion", "network", "architecture", "removedBlocks", "groups"], ["made", "crop", "fold", "notes", "structure"]);
        plan.Whole("planVersion", PlanDocument.CurrentVersion, PlanDocument.CurrentVersion, "the number 1 is wanted");
        return new PlanDocument
        {
            File = _file,
            Network = plan.Text("network") ?? string.Empty,
            Architecture = plan.Text("architecture") ?? string.Empty,
            ArchitecturePlace = plan.PlaceOf("architecture"),
            Made = ReadMade(plan),
            Crop = plan.Value("crop") is { } crop ? PlannedCropJson.Read(crop, _faults) : null,
            Folding = ReadFolding(plan),
            RemovedBlocks = [.. plan.Items("removedBlocks", "an array of blocks is wanted").Select(ReadBlock).OfType<PlannedBlock>()],
            Groups = [.. plan.Items("groups", "an array of groups is wanted").Select(ReadGroup).OfType<PlannedGroup>()],
            GroupsPlace = plan.PlaceOf("groups"),
            Notes = [.. plan.Items("notes", "an array of notes is wanted").Select(ReadNote).OfType<PlannedNote>()],
            Structure = [.. plan.Items("structure", "an array of texts is wanted").Select(ReadStructure).OfType<StructureLine>()],
        };
    }

    /// <summary>For the reader, not for the machine: keys are free, the last of equal ones counts.</summary>
    private ImmutableSortedDictionary<string, string> ReadMade(PlanObject plan)
    {
        var made = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (PlanMember member in plan.Members("made", "an object with texts is wanted"))
        {
            if (member.Value.Kind is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                _faults.Add(member.Value.Place, $"made: {PlanNames.Quote(member.Key)} is {member.Value.Description}; a text is wanted.");
            }

            made[member.Key] = member.Value.Kind is JsonTokenType.String or JsonTokenType.Number ? member.Value.Text : member.Value.Description;
        }

        return made.ToImmutable();
    }

    private FoldingMode ReadFolding(PlanObject plan)
    {
        if (plan.Text("fold") is not { } name)
        {
            return FoldingMode.Standard;
        }

        if (FoldingModes.Find(name) is { } mode)
        {
            return mode;
        }

        _faults.Add(plan.PlaceOf("fold"), $"'fold' is {PlanNames.Quote(name)}; {string.Join(", ", FoldingModes.Names)} are known.");
        return FoldingMode.Standard;
    }

    private PlannedBlock? ReadBlock(PlanValue value, int index)
    {
        if (OwnerOf(value, index, "block", "junction") is not { } owner)
        {
            return null;
        }

        var block = new PlanObject(value, owner, _faults, ["junction"], ["layers", "score"]);
        ImmutableArray<string> layers = block.Words("layers");
        double? score = block.Number("score");
        return block.Text("junction") is { } junction
            ? new PlannedBlock(junction, layers, score) { Place = block.PlaceOf("junction") }
            : null;
    }

    private PlannedGroup? ReadGroup(PlanValue value, int index)
    {
        if (OwnerOf(value, index, "group", "group") is not { } owner)
        {
            return null;
        }

        var group = new PlanObject(value, owner, _faults, ["group", "channels", "kept"], ["constant", "layers", "note"]);
        string? name = group.Text("group");
        ImmutableArray<string> layers = group.Words("layers");
        int? channels = group.Whole("channels", 1, MaximumChannels, "a whole number of at least 1 is wanted");
        string? kept = group.Text("kept");
        string constant = group.Text("constant") ?? string.Empty;
        string? note = group.Text("note");
        if (name is null || channels is null || kept is null || !Counts(group, owner, channels.Value))
        {
            return null;
        }

        return new PlannedGroup(name, layers, channels.Value, kept, note)
        {
            Constant = constant,
            Places = new GroupPlaces(group.PlaceOf("group"), group.PlaceOf("channels"), group.PlaceOf("kept"), group.PlaceOf("constant")),
        };
    }

    private PlannedNote? ReadNote(PlanValue value, int index)
    {
        if (OwnerOf(value, index, "note", "layer") is not { } owner)
        {
            return null;
        }

        var note = new PlanObject(value, owner, _faults, ["layer", "text"], ["curves"]);
        ImmutableArray<Curve> curves = [.. note.Items("curves", "an array of curves is wanted").Select((curve, number) => ReadCurve(curve, number, owner)).OfType<Curve>()];
        return note.Text("layer") is { } layer && note.Text("text") is { } text ? new PlannedNote(layer, text) { Curves = curves } : null;
    }

    private Curve? ReadCurve(PlanValue value, int index, string note)
    {
        if (OwnerOf(value, index, "curve", "name") is not { } owner)
        {
            return null;
        }

        var curve = new PlanObject(value, note + owner, _faults, ["name", "xName", "yName", "x", "y"], []);
        ImmutableArray<double> x = curve.Numbers("x");
        ImmutableArray<double> y = curve.Numbers("y");
        if (x.Length != y.Length)
        {
            _faults.Add(curve.PlaceOf("y"), string.Create(CultureInfo.InvariantCulture, $"{note}{owner}'y' has {y.Length} numbers and 'x' {x.Length}; as many of both are wanted."));
        }

        return curve.Text("name") is { } name && curve.Text("xName") is { } across && curve.Text("yName") is { } up ? new Curve(name, across, up, x, y) : null;
    }

    private StructureLine? ReadStructure(PlanValue value, int index)
    {
        if (value.Kind == JsonTokenType.String)
        {
            return new StructureLine(value.Text, value.Place);
        }

        _faults.Add(value.Place, $"structure: an item is {value.Description}; a text in quotes is wanted.");
        return null;
    }

    private bool Counts(PlanObject group, string owner, int channels)
    {
        if (channels <= MaximumChannels - _channels)
        {
            _channels += channels;
            return true;
        }

        _faults.Add(group.PlaceOf("channels"), string.Create(CultureInfo.InvariantCulture, $"{owner}with its {channels} channels all groups have more than {MaximumChannels}."));
        return false;
    }

    /// <summary>What messages about a block or group begin with; null where it is not even an object.</summary>
    private string? OwnerOf(PlanValue value, int index, string kind, string key)
    {
        string number = string.Create(CultureInfo.InvariantCulture, $"{kind} number {index + 1}");
        if (value.Kind != JsonTokenType.StartObject)
        {
            _faults.Add(value.Place, $"{number} is {value.Description}; an object with '{key}' and so on is wanted.");
            return null;
        }

        return value.Members.Find(member => member.Key == key)?.Value is { Kind: JsonTokenType.String } name
            ? $"{kind} {PlanNames.Quote(name.Text)}: "
            : $"{number}: ";
    }
}
