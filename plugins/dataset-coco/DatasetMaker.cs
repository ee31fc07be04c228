using System.Collections.Immutable;
using System.Globalization;
using PluginPrune.Contracts.Datasets;
using PluginPrune.Contracts.Detections;
using PluginPrune.DatasetCoco.Layout;
using PluginPrune.DatasetCoco.Reading;
using PluginPrune.Shared.Datasets;

namespace PluginPrune.DatasetCoco;

/// <summary>Brings pictures and their annotations together.</summary>
internal sealed class DatasetMaker(string file, ImmutableArray<CocoCategory> categories, PictureFinder pictures)
{
    private readonly List<DatasetFault> _faults = [];
    private readonly Dictionary<long, int> _classes = [];

    public Dataset Make(Instances instances, CancellationToken cancellationToken)
    {
        ReadCategories();
        Dictionary<long, PictureDraft> byId = ReadImages(instances.Images, out List<PictureDraft> drafts);
        ReadAnnotations(instances.Annotations, byId, cancellationToken);
        return new Dataset(Path.GetFileName(file), [.. categories.Select(static category => category.Name)], [.. drafts.Select(static draft => draft.ToItem())])
        {
            Faults = [.. _faults],
        };
    }

    private void ReadCategories()
    {
        for (int i = 0; i < categories.Length; i++)
        {
            if (!_classes.TryAdd(categories[i].Id, i))
            {
                Fault(FaultSeverity.Error, "duplicate id", $"Two categories have the id {categories[i].Id}: '{categories[_classes[categories[i].Id]].Name}' and '{categories[i].Name}'.");
            }
        }
    }

    private Dictionary<long, PictureDraft> ReadImages(List<CocoImage> images, out List<PictureDraft> drafts)
    {
        var byId = new Dictionary<long, PictureDraft>(images.Count);
        var byPath = new Dictionary<string, PictureDraft>(images.Count, StringComparer.Ordinal);
        drafts = new List<PictureDraft>(images.Count);
        for (int i = 0; i < images.Count; i++)
        {
            CocoImage image = images[i];
            if (image.Id is not { } id || string.IsNullOrEmpty(image.FileName))
            {
                Fault(FaultSeverity.Error, "picture without a name", $"The picture number {i + 1} lacks a whole number as its 'id', or its 'file_name'.");
                continue;
            }

            PictureDraft draft = Draft(image);
            if (byPath.TryGetValue(draft.Path, out PictureDraft? same))
            {
                // Its annotations go to the one picture, whichever id they use.
                Fault(FaultSeverity.Warning, "picture listed twice", $"The picture '{image.FileName}' is listed with the ids {same.Id} and {id}; it counts once.");
                byId.TryAdd(id, same);
                continue;
            }

            byPath.Add(draft.Path, draft);
            drafts.Add(draft);
            if (!byId.TryAdd(id, draft))
            {
                draft.Fault(FaultSeverity.Error, "duplicate id", file, $"'{image.FileName}' has the id {id}, as '{byId[id].FileName}' has: whose annotations are whose cannot be told.");
                byId[id].Fault(FaultSeverity.Error, "duplicate id", file, $"'{byId[id].FileName}' has the id {id}, as '{image.FileName}' has: whose annotations are whose cannot be told.");
            }
        }

        return byId;
    }

    private PictureDraft Draft(CocoImage image)
    {
        (string Path, bool DiffersInCase)? found = pictures.Find(image.FileName!);
        var draft = new PictureDraft(image, found?.Path ?? pictures.Expected(image.FileName!));
        if (found is null)
        {
            draft.Fault(FaultSeverity.Error, "missing picture", file, $"There is no picture '{image.FileName}' in {UserPath.Of(pictures.Folder)}.");
        }
        else if (found is { DiffersInCase: true })
        {
            draft.Fault(FaultSeverity.Warning, "name differs in case", file, $"The picture '{image.FileName}' is {UserPath.Of(found.Value.Path)} on the disk; other systems will not find it.");
        }

        if (image.Width is null || image.Height is null)
        {
            draft.Fault(FaultSeverity.Note, "missing size", file, $"The picture '{image.FileName}' has no 'width' or no 'height'; its own size is taken.");
        }

        return draft;
    }

    private void ReadAnnotations(List<CocoAnnotation> annotations, Dictionary<long, PictureDraft> byId, CancellationToken cancellationToken)
    {
        var ids = new HashSet<long>(annotations.Count);
        for (int i = 0; i < annotations.Count; i++)
        {
            if (i % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            CocoAnnotation annotation = annotations[i];
            string name = annotation.Id is { } id ? string.Create(CultureInfo.InvariantCulture, $"The annotation {id}") : string.Create(CultureInfo.InvariantCulture, $"The annotation number {i + 1}");
            if (annotation.Id is { } known && !ids.Add(known))
            {
                Fault(FaultSeverity.Note, "duplicate id", $"{name} is there twice; both count.");
            }

            if (annotation.ImageId is not { } imageId || !byId.TryGetValue(imageId, out PictureDraft? draft))
            {
                Fault(FaultSeverity.Warning, "labels without a picture", $"{name} is for {(annotation.ImageId is { } given ? string.Create(CultureInfo.InvariantCulture, $"the picture {given}, which is not listed") : "no picture")}; it was left out.");
                continue;
            }

            Add(draft, annotation, name);
        }
    }

    private void Add(PictureDraft draft, in CocoAnnotation annotation, string name)
    {
        if (annotation.CategoryId is not { } category || !_classes.TryGetValue(category, out int index))
        {
            draft.Fault(FaultSeverity.Error, "unknown class", file, $"{name} is of {(annotation.CategoryId is { } given ? string.Create(CultureInfo.InvariantCulture, $"the category {given}, which is not listed") : "no category")}.");
            return;
        }

        if (annotation.Numbers == 0)
        {
            draft.Fault(FaultSeverity.Error, "object without a box", file, $"{name} has no 'bbox'.");
            return;
        }

        var box = new Box(annotation.Left, annotation.Top, annotation.Left + annotation.Width, annotation.Top + annotation.Height);
        if (annotation.Numbers != 4 || !double.IsFinite(box.Right) || !double.IsFinite(box.Bottom))
        {
            draft.Fault(FaultSeverity.Error, "not a box", file, $"The 'bbox' of {char.ToLowerInvariant(name[0])}{name[1..]} is not four numbers: left, top, width, height.");
            return;
        }

        if (box.IsEmpty)
        {
            draft.Fault(FaultSeverity.Warning, "degenerate box", file, string.Create(CultureInfo.InvariantCulture, $"{name} has a box of {annotation.Width} x {annotation.Height}; it was left out."));
            return;
        }

        draft.Add(new ObjectLabel(index, box) { IsCrowd = annotation.IsCrowd, Area = annotation.Area }, file, name);
    }

    private void Fault(FaultSeverity severity, string kind, string message) => _faults.Add(new DatasetFault(severity, kind, file, null, message));
}
