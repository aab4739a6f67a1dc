using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Networks.Training;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Network.Training;

/// <summary>Encoded modalities of some subjects, of which batches go to a backend.</summary>
internal sealed class NetworkData : IDisposable
{
    private readonly SubjectMatrix[] _modalities;
    private readonly PresenceMask _presence;
    private readonly SubjectMatrix? _offsets;

    /// <param name="backend">Where batches go.</param>
    /// <param name="modalities">In the order of the tokens.</param>
    /// <param name="subjectNames">For messages.</param>
    /// <param name="offsets">Row-major [subjects, outputs]; or none.</param>
    /// <param name="modalityDropout">How often a modality is hidden while training.</param>
    public NetworkData(IComputeBackend backend, IReadOnlyList<ModalityNumbers> modalities, IReadOnlyList<string> subjectNames, float[]? offsets = null, float modalityDropout = 0f)
    {
        SubjectCount = subjectNames.Count;
        _modalities = [.. modalities.Select((m, k) => new SubjectMatrix(backend, $"modality {k}", m.Values, m.RowCount, m.ColumnCount, subjectNames))];
        _presence = new PresenceMask(backend, [.. modalities.Select(m => m.IsPresent)], modalityDropout);
        _offsets = offsets is null ? null : new SubjectMatrix(backend, "offsets", offsets, 1, offsets.Length / SubjectCount, subjectNames);
    }

    public int SubjectCount { get; }

    public string SubjectName(int subject) => _modalities[0].SubjectName(subject);

    /// <exception cref="NonFiniteException">A number is missing or infinite; the subject is named.</exception>
    public void CheckFinite(ReadOnlySpan<int> subjects)
    {
        foreach (var modality in _modalities)
        {
            modality.CheckFinite(subjects);
        }

        _offsets?.CheckFinite(subjects);
    }

    /// <summary>Numbers of a modality, [subjects * rows, columns].</summary>
    public Tensor Modality(Tape tape, int modality, ReadOnlySpan<int> subjects) => _modalities[modality].On(tape, subjects);

    /// <summary>[subjects, modalities].</summary>
    public Tensor Presence(Tape tape, ReadOnlySpan<int> subjects) => _presence.On(tape, subjects);

    /// <summary>[subjects, outputs]; null without.</summary>
    public Tensor? Offset(Tape tape, ReadOnlySpan<int> subjects) => _offsets?.On(tape, subjects);

    public void Dispose()
    {
        Array.ForEach(_modalities, m => m.Dispose());
        _presence.Dispose();
        _offsets?.Dispose();
    }
}
