using PluginPrune.Contracts.Datasets;
using PluginPrune.Core.Sensitivity;

namespace PluginPrune.Core.Tests.Sensitivity;

public sealed class PictureHashTests
{
    [Fact]
    public void Of_OtherPicturesUnderTheSameNames_IsAnother()
    {
        string hash = Of([1, 2, 3], [4]);

        Of([1, 2, 3], [4]).Should().Be(hash);
        Of([1, 2, 4], [4]).Should().NotBe(hash);
        Of([4], [1, 2, 3]).Should().NotBe(hash);
        Of([1, 2, 3, 4], []).Should().NotBe(hash);
        Of([1, 2, 3], null).Should().NotBe(hash, "one that cannot be read is another, and no failure");
    }

    private static string Of(params byte[]?[] pictures) => PictureHash.Of(
        new Dataset("pictures", [], [.. pictures.Select(static (bytes, i) => new DatasetItem($"{i}.png", () => bytes is null ? throw new FileNotFoundException() : new MemoryStream(bytes), []))]),
        CancellationToken.None);
}
