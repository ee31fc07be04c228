using System.Globalization;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.FormatDarknet.Reading;
using PluginPrune.FormatDarknet.Text;
using PluginPrune.FormatDarknet.Writing;

namespace PluginPrune.FormatDarknet.Sections;

/// <summary>[crop]: at inference the middle of the map, with 0 to 1 stretched to -1 to 1 unless 'noadjust' is set.</summary>
internal sealed class CropSection : SectionType
{
    private const double Factor = 2;
    private const double Shift = -1;

    public override string Name => "crop";

    public override string Read(SectionReader reader)
    {
        int height = reader.AtLeast(1, "crop_height", 1);
        int width = reader.AtLeast(1, "crop_width", 1);
        var crop = new CenterCrop(new Extent(height, width));
        return reader.Add("crop", IsPlain(reader.Section) ? crop : crop with { Scale = Factor, Offset = Shift }, reader.Previous);
    }

    public override SectionDraft? Plan(Node node, Planner planner)
    {
        if (node.Operation is not CenterCrop crop)
        {
            return null;
        }

        bool isPlain = crop is { Scale: 1, Offset: 0 };
        if (!isPlain && crop is not { Scale: Factor, Offset: Shift })
        {
            planner.Fail(node, $"[crop] computes x or 2 x - 1, not {crop.Scale} x + {crop.Offset}");
            return null;
        }

        return new SectionDraft(this, node, node.Id)
        {
            Source = SourceOf(node.Annotations),
            Primary = [node.Inputs[0]],
            Settings =
            [
                new Setting("crop_height", crop.Size.Height.ToString(CultureInfo.InvariantCulture)),
                new Setting("crop_width", crop.Size.Width.ToString(CultureInfo.InvariantCulture)),
                new Setting("noadjust", isPlain ? "1" : "0", "0") { IsSwitch = true },
            ],
        };
    }

    private static bool IsPlain(CfgSection section) => section.Integer("noadjust", 0) != 0;
}
