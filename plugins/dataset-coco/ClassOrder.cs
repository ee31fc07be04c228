namespace PluginPrune.DatasetCoco;

/// <summary>Which category is class 0, 1 and so on.</summary>
public enum ClassOrder
{
    /// <summary>By ascending id: COCO's 80 categories with ids from 1 to 90 are classes 0 to 79.</summary>
    Id,

    /// <summary>As they stand in the file.</summary>
    File,
}
