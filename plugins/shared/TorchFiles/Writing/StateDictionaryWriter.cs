using System.Collections.Immutable;
using PluginPrune.Shared.TorchFiles.Pickles;

namespace PluginPrune.Shared.TorchFiles.Writing;

/// <summary>
/// Writes a state dictionary as torch does from 1.6 on, in what torch.load takes with weights_only too. The same dictionary gives the
/// same bytes.
/// </summary>
internal static class StateDictionaryWriter
{
    /// <summary>Writes it.</summary>
    /// <param name="stream">Takes the file.</param>
    /// <param name="dictionary">What is written.</param>
    /// <param name="fact">The name under which numbers of modules are kept.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    public static void Write(Stream stream, StateDictionary dictionary, string fact, CancellationToken cancellationToken)
    {
        TorchArchive.Write(stream, Pickle(dictionary, fact), [.. dictionary.Entries.Select(static entry => entry.Tensor)], cancellationToken);
    }

    private static byte[] Pickle(StateDictionary dictionary, string fact)
    {
        var pickle = new PickleWriter();
        if (dictionary.Wrapper is { } wrapper)
        {
            pickle.Write(PickleCode.EmptyDict);
            pickle.Text(wrapper);
        }

        pickle.OrderedDictionary();
        pickle.Write(PickleCode.Mark);
        for (int i = 0; i < dictionary.Entries.Length; i++)
        {
            pickle.Text(dictionary.Entries[i].Name);
            TensorPickle.Write(pickle, i, dictionary.Entries[i].Tensor);
        }

        pickle.Write(PickleCode.SetItems);
        if (!dictionary.Facts.IsEmpty)
        {
            WriteFacts(pickle, dictionary.Facts, fact);
        }

        if (dictionary.Wrapper is not null)
        {
            pickle.Write(PickleCode.SetItem);
        }

        return pickle.Finish();
    }

    /// <summary>As torch keeps the versions of modules: an attribute of the dictionary, which load_state_dict hands to the modules.</summary>
    private static void WriteFacts(PickleWriter pickle, ImmutableSortedDictionary<string, ImmutableArray<long>> facts, string fact)
    {
        pickle.Write(PickleCode.EmptyDict);
        pickle.Text(StateDictionary.MetadataKey);
        pickle.OrderedDictionary();
        pickle.Write(PickleCode.Mark);
        foreach ((string module, ImmutableArray<long> numbers) in facts)
        {
            pickle.Text(module);
            pickle.Write(PickleCode.EmptyDict);
            pickle.Text(fact);
            pickle.Tuple(numbers);
            pickle.Write(PickleCode.SetItem);
        }

        pickle.Write(PickleCode.SetItems);
        pickle.Write(PickleCode.SetItem);
        pickle.Write(PickleCode.Build);
    }
}
