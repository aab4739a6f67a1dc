using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Layers;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>What training subjects taught about one modality: how it becomes numbers, and which encoder reads them. Immutable, shared by all members of an ensemble.
/// Another kind of modality (a time series) is another implementation.</summary>
public interface IModalityEncoding
{
    /// <summary>Name in findings and of the parameters, each once in a network.</summary>
    string Name { get; }

    /// <summary>The modality of any subjects as numbers; one of which nothing is known is marked absent.</summary>
    /// <exception cref="ArgumentException">Other variables, features or units than in training.</exception>
    ModalityNumbers Encode(SubjectInputs inputs);

    /// <summary>What a number stands for, for explanations; null where it has no name of its own.</summary>
    /// <param name="row">Row of a subject: 0, or a node.</param>
    /// <param name="column">Column.</param>
    FeatureName? NameOf(int row, int column) => null;

    /// <summary>Whether the numbers of a column only say what was measured: no attribution is given to them.</summary>
    bool IsMask(int column) => false;

    /// <summary>An encoder with first values of its own.</summary>
    ITokenEncoder CreateEncoder(LayerScope scope, NetworkLearnerOptions options);
}

/// <summary>One modality of some subjects as numbers.</summary>
/// <param name="Values">Subject after subject, row-major [subjects * rows, columns]; finite.</param>
/// <param name="RowCount">Rows of a subject: 1, or the nodes of a network.</param>
/// <param name="ColumnCount">Columns.</param>
/// <param name="IsPresent">Whether anything is known of a subject, shape [subjects]; where not, the numbers have no influence.</param>
public sealed record ModalityNumbers(float[] Values, int RowCount, int ColumnCount, bool[] IsPresent);
