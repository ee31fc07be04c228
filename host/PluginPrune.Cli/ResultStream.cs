using PluginPrune.Core.Files;

namespace PluginPrune.Cli;

/// <summary>Standard output; a full disk or a closed pipe behind it is told as that, not as a fault of what was written to files.</summary>
/// <param name="output">The stream of the process.</param>
internal sealed class ResultStream(Stream output) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            output.Write(buffer);
        }
        catch (Exception error) when (IsExpected(error))
        {
            throw Fault(error);
        }
    }

    public override void Flush()
    {
        try
        {
            output.Flush();
        }
        catch (Exception error) when (IsExpected(error))
        {
            throw Fault(error);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    // The last one is how the framework tells of a file that would be longer than a limit allows (EFBIG).
    private static bool IsExpected(Exception error) => error is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    private static OutputException Fault(Exception error) =>
        new($"The result cannot be printed to standard output: {error.Message.TrimEnd('.')}. The run itself is done.", isBadPlace: false);
}
