using DigitalTwin.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.ModelFiles;

/// <summary>Reads model files from disk.</summary>
internal static class ModelFilePath
{
    /// <summary>Longer than any model of this engine.</summary>
    private const long MostBytes = 1L << 30;

    /// <exception cref="InvalidInputException">There is no such file, it is too long, or its bytes are no sound model of this version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ModelFile Read(string path, int threadCount)
    {
        var place = new TextLocation(Path.GetFileName(path), 0, 0);
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new InvalidInputException(place, Directory.Exists(path) ? "This is a folder. Name a model file." : "There is no such file. Train one with 'digitaltwin train'.");
        }

        if (file.Length > MostBytes)
        {
            throw new InvalidInputException(place, $"The file has {file.Length} bytes, and no model has more than {MostBytes}. Name a model file.");
        }

        try
        {
            return ModelFile.Read(File.ReadAllBytes(path), threadCount);
        }
        catch (ModelFormatException e)
        {
            throw new InvalidInputException(place, e.Message);
        }
    }
}
