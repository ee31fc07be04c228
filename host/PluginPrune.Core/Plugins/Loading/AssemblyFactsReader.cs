using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using PluginPrune.Core.Files;

namespace PluginPrune.Core.Plugins;

/// <summary>Reads <see cref="AssemblyFacts"/>. No code of the plugin runs and its file stays unlocked.</summary>
internal static class AssemblyFactsReader
{
    private const string PluginInterface = "PluginPrune.Contracts.Plugins.IPlugin";

    /// <exception cref="InvalidDataException">It is not a .NET assembly, or is damaged; the metadata reader throws BadImageFormatException too.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static AssemblyFacts Read(string path, string entryType)
    {
        if (OrdinaryFile.LengthOf(path) == 0)
        {
            throw new InvalidDataException(OrdinaryFile.NoLength);
        }

        using FileStream stream = File.OpenRead(path);
        using var image = new PEReader(stream);
        if (!image.HasMetadata)
        {
            throw new InvalidDataException("it holds no .NET metadata");
        }

        CheckSections(image, stream.Length);
        MetadataReader metadata = image.GetMetadataReader();
        if (!metadata.IsAssembly)
        {
            throw new InvalidDataException("it is a module, not an assembly");
        }

        return new AssemblyFacts(ContractsOf(metadata), FrameworkOf(metadata), FindEntryFault(metadata, entryType));
    }

    /// <summary>The runtime maps the file; a page that is announced and not there ends the process, not the load.</summary>
    private static void CheckSections(PEReader image, long length)
    {
        foreach (SectionHeader section in image.PEHeaders.SectionHeaders)
        {
            if ((long)section.PointerToRawData + section.SizeOfRawData > length)
            {
                throw new InvalidDataException($"its section {section.Name} ends after the end of the file");
            }
        }
    }

    private static Version? ContractsOf(MetadataReader metadata)
    {
        foreach (AssemblyReferenceHandle handle in metadata.AssemblyReferences)
        {
            AssemblyReference reference = metadata.GetAssemblyReference(handle);
            if (metadata.StringComparer.Equals(reference.Name, HostContracts.Name))
            {
                return reference.Version;
            }
        }

        return null;
    }

    /// <summary>TargetFrameworkAttribute holds for instance '.NETCoreApp,Version=v10.0'.</summary>
    private static Version? FrameworkOf(MetadataReader metadata)
    {
        const string Prefix = ".NETCoreApp,Version=v";
        foreach (CustomAttributeHandle handle in metadata.GetAssemblyDefinition().GetCustomAttributes())
        {
            CustomAttribute attribute = metadata.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind == HandleKind.MemberReference
                && metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent
                && metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)parent).Name, "TargetFrameworkAttribute"))
            {
                BlobReader value = metadata.GetBlobReader(attribute.Value);
                string? text = value.ReadUInt16() == 1 ? value.ReadSerializedString() : null;
                return text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && Version.TryParse(text[Prefix.Length..], out Version? version)
                    ? version
                    : null;
            }
        }

        return null;
    }

    private static string? FindEntryFault(MetadataReader metadata, string entryType)
    {
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            if (NameOf(metadata, type) != entryType)
            {
                continue;
            }

            TypeAttributes visibility = type.Attributes & TypeAttributes.VisibilityMask;
            if (visibility is not (TypeAttributes.Public or TypeAttributes.NestedPublic))
            {
                return "is not public";
            }

            if (type.Attributes.HasFlag(TypeAttributes.Abstract))
            {
                return "is abstract";
            }

            return IsCertainlyNoPlugin(metadata, type) ? "does not implement IPlugin" : null;
        }

        return "is not in the assembly";
    }

    private static string NameOf(MetadataReader metadata, TypeDefinition type)
    {
        string name = metadata.GetString(type.Name);
        if (!type.GetDeclaringType().IsNil)
        {
            return $"{NameOf(metadata, metadata.GetTypeDefinition(type.GetDeclaringType()))}+{name}";
        }

        string space = metadata.GetString(type.Namespace);
        return space.Length == 0 ? name : $"{space}.{name}";
    }

    /// <summary>A base class elsewhere may bring the interface; then the loaded type tells.</summary>
    private static bool IsCertainlyNoPlugin(MetadataReader metadata, TypeDefinition type) =>
        type.BaseType.Kind == HandleKind.TypeReference
        && NameOf(metadata, (TypeReferenceHandle)type.BaseType) == "System.Object"
        && !type.GetInterfaceImplementations().Any(handle =>
            metadata.GetInterfaceImplementation(handle).Interface is { Kind: HandleKind.TypeReference } reference
            && NameOf(metadata, (TypeReferenceHandle)reference) == PluginInterface);

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
