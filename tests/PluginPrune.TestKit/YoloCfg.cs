using System.Globalization;
using System.Text;

namespace PluginPrune.TestKit;

/// <summary>
/// Writes cfg texts with the structure of YOLOv3 (Redmon and Farhadi 2018, table 1 and section 2.3) and YOLOv3-tiny, so that
/// golden runs work without the published files.
/// </summary>
public static class YoloCfg
{
    /// <summary>YOLOv3 at 416 with 80 classes: 107 layers, 75 convolutions.</summary>
    public static string V3()
    {
        var cfg = new Writer(416);
        cfg.Conv(32, 3);
        foreach ((int filters, int blocks) in new[] { (64, 1), (128, 2), (256, 8), (512, 8), (1024, 4) })
        {
            cfg.Conv(filters, 3, stride: 2);
            for (int i = 0; i < blocks; i++)
            {
                cfg.Conv(filters / 2, 1);
                cfg.Conv(filters, 3);
                cfg.Section("shortcut", "from=-3", "activation=linear");
            }
        }

        foreach ((int filters, int route, string mask) in new[] { (512, 61, "6,7,8"), (256, 36, "3,4,5"), (128, -1, "0,1,2") })
        {
            for (int i = 0; i < 3; i++)
            {
                cfg.Conv(filters, 1);
                cfg.Conv(filters * 2, 3);
            }

            cfg.Head(mask);
            if (route > 0)
            {
                cfg.Section("route", "layers = -4");
                cfg.Conv(filters / 2, 1);
                cfg.Section("upsample", "stride=2");
                cfg.Section("route", FormattableString.Invariant($"layers = -1, {route}"));
            }
        }

        return cfg.ToString();
    }

    /// <summary>YOLOv3-tiny at 416 with 80 classes: 24 layers, 13 convolutions.</summary>
    public static string V3Tiny()
    {
        var cfg = new Writer(416);
        foreach (int filters in new[] { 16, 32, 64, 128, 256, 512 })
        {
            cfg.Conv(filters, 3);
            cfg.Section("maxpool", "size=2", filters < 512 ? "stride=2" : "stride=1");
        }

        cfg.Conv(1024, 3);
        cfg.Conv(256, 1);
        cfg.Conv(512, 3);
        cfg.Head("3,4,5", count: 6);
        cfg.Section("route", "layers = -4");
        cfg.Conv(128, 1);
        cfg.Section("upsample", "stride=2");
        cfg.Section("route", "layers = -1, 8");
        cfg.Conv(256, 3);
        cfg.Head("0,1,2", count: 6);
        return cfg.ToString();
    }

    private sealed class Writer
    {
        private readonly StringBuilder _text = new();

        public Writer(int size) => Section(
            "net",
            string.Create(CultureInfo.InvariantCulture, $"width={size}"),
            string.Create(CultureInfo.InvariantCulture, $"height={size}"),
            "channels=3");

        public void Section(string name, params string[] lines) => _text.Append(CultureInfo.InvariantCulture, $"[{name}]\n{string.Join('\n', lines)}\n\n");

        public void Conv(int filters, int size, int stride = 1) => Section(
            "convolutional",
            "batch_normalize=1",
            FormattableString.Invariant($"filters={filters}"),
            FormattableString.Invariant($"size={size}"),
            FormattableString.Invariant($"stride={stride}"),
            "pad=1",
            "activation=leaky");

        public void Head(string mask, int count = 9)
        {
            Section("convolutional", "size=1", "stride=1", "pad=1", "filters=255", "activation=linear");
            string anchors = count == 9
                ? "10,13,  16,30,  33,23,  30,61,  62,45,  59,119,  116,90,  156,198,  373,326"
                : "10,14,  23,27,  37,58,  81,82,  135,169,  344,319";
            Section("yolo", $"mask = {mask}", $"anchors = {anchors}", "classes=80", FormattableString.Invariant($"num={count}"));
        }

        public override string ToString() => _text.ToString();
    }
}
