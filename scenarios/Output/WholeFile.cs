namespace DigitalTwin.Scenarios.Output;

/// <summary>Writes a file that is there whole or not at all: beside its place, then renamed.</summary>
internal static class WholeFile
{
    /// <param name="path">The file; one that is there is replaced at the end.</param>
    /// <param name="write">Writes its bytes.</param>
    /// <exception cref="IOException">The file cannot be written; what stood there is unchanged.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            using (var stream = new FileStream(partial, FileMode.CreateNew, FileAccess.Write))
            {
                write(stream);
            }

            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
