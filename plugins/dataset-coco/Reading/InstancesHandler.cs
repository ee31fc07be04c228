using System.Text.Json;

namespace PluginPrune.DatasetCoco.Reading;

/// <summary>
/// Takes the tokens of a file one by one. Depths: the whole is 0, the names of its lists 1, their elements 2, the elements' own
/// names and values 3, the numbers of a box 4; what lies deeper, or under other names, is passed over.
/// </summary>
internal sealed class InstancesHandler(Instances instances)
{
    private string _section = string.Empty;
    private string _key = string.Empty;
    private long? _id;
    private string? _name;
    private int? _width;
    private int? _height;
    private CocoAnnotation _annotation;

    public void Take(ref Utf8JsonReader reader)
    {
        switch (reader.CurrentDepth)
        {
            case 0 when reader.TokenType == JsonTokenType.StartArray:
                throw new InstancesException("it is a list, as results of detectors are; annotations are an object with 'images', 'annotations' and 'categories'.");
            case 1 when reader.TokenType == JsonTokenType.PropertyName:
                _section = Section(ref reader);
                break;
            case 1 when reader.TokenType == JsonTokenType.StartArray && _section.Length > 0:
                instances.Sections.Add(_section);
                break;
            case 2 when reader.TokenType == JsonTokenType.StartObject:
                Begin();
                break;
            case 2 when reader.TokenType == JsonTokenType.EndObject:
                End();
                break;
            case 3 when reader.TokenType == JsonTokenType.PropertyName:
                _key = Key(ref reader);
                break;
            case 3 when _key.Length > 0:
                TakeValue(ref reader);
                break;
            case 4 when _key == "bbox" && _section == "annotations":
                TakeBoxNumber(ref reader);
                break;
        }
    }

    private static string Section(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("images"u8) ? "images"
        : reader.ValueTextEquals("annotations"u8) ? "annotations"
        : reader.ValueTextEquals("categories"u8) ? "categories"
        : string.Empty;

    private string Key(ref Utf8JsonReader reader) => _section switch
    {
        "annotations" => reader.ValueTextEquals("bbox"u8) ? "bbox"
            : reader.ValueTextEquals("image_id"u8) ? "image_id"
            : reader.ValueTextEquals("category_id"u8) ? "category_id"
            : reader.ValueTextEquals("area"u8) ? "area"
            : reader.ValueTextEquals("iscrowd"u8) ? "iscrowd"
            : reader.ValueTextEquals("id"u8) ? "id" : string.Empty,
        "images" => reader.ValueTextEquals("file_name"u8) ? "file_name"
            : reader.ValueTextEquals("width"u8) ? "width"
            : reader.ValueTextEquals("height"u8) ? "height"
            : reader.ValueTextEquals("id"u8) ? "id" : string.Empty,
        "categories" => reader.ValueTextEquals("name"u8) ? "name"
            : reader.ValueTextEquals("id"u8) ? "id" : string.Empty,
        _ => string.Empty,
    };

    private void Begin() => (_id, _name, _width, _height, _annotation) = (null, null, null, null, new CocoAnnotation());

    private void End()
    {
        switch (_section)
        {
            case "images":
                instances.Images.Add(new CocoImage(_id, _name, _width, _height));
                break;
            case "categories":
                instances.Categories.Add(_id is { } id && _name is { } name
                    ? new CocoCategory(id, name)
                    : throw new InstancesException($"the category number {instances.Categories.Count + 1} lacks a whole number as its 'id', or its 'name'."));
                break;
            case "annotations":
                _annotation.Id = _id;
                instances.Annotations.Add(_annotation);
                break;
        }
    }

    private void TakeValue(ref Utf8JsonReader reader)
    {
        switch (_key)
        {
            case "id":
                _id = Whole(ref reader);
                break;
            case "image_id":
                _annotation.ImageId = Whole(ref reader);
                break;
            case "category_id":
                _annotation.CategoryId = Whole(ref reader);
                break;
            case "file_name" or "name":
                _name = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                break;
            case "width":
                _width = Side(ref reader);
                break;
            case "height":
                _height = Side(ref reader);
                break;
            case "area":
                _annotation.Area = reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double area) && area > 0 ? area : null;
                break;
            case "iscrowd":
                _annotation.IsCrowd = reader.TokenType == JsonTokenType.True || (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double crowd) && crowd != 0);
                break;
        }
    }

    private void TakeBoxNumber(ref Utf8JsonReader reader)
    {
        double number = reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double value) && double.IsFinite(value) ? value : double.NaN;
        switch (_annotation.Numbers++)
        {
            case 0:
                _annotation.Left = number;
                break;
            case 1:
                _annotation.Top = number;
                break;
            case 2:
                _annotation.Width = number;
                break;
            case 3:
                _annotation.Height = number;
                break;
        }
    }

    // Some tools put numbers into quotes.
    private static long? Whole(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number when reader.TryGetInt64(out long number) => number,
        JsonTokenType.String when long.TryParse(reader.GetString(), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out long number) => number,
        _ => null,
    };

    private static int? Side(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double side) && side is >= 1 and <= int.MaxValue ? (int)side : null;
}
