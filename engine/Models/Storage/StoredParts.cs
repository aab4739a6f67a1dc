using System.Collections.Frozen;
using DigitalTwin.Models.Baseline;
using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.Courses;
using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Network.Longitudinal;
using DigitalTwin.Models.Network.Series;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.Translation;
using DigitalTwin.Models.TreatmentResponse;
using DigitalTwin.Models.Trees.Boosting;
using DigitalTwin.Models.Trees.Forests;
using DigitalTwin.Models.Trees.Readings;
using DigitalTwin.Models.Twins;
using Heads = DigitalTwin.Models.Network.Heads;
using Linear = DigitalTwin.Models.LinearModels.Outcomes;

namespace DigitalTwin.Models.Storage;

/// <summary>How parts of one type are stored.</summary>
/// <param name="Tag">Stands before each of them; never used again for another type.</param>
/// <param name="Type">The type.</param>
/// <param name="Write">Writes one.</param>
/// <param name="Read">Reads one.</param>
internal sealed record StoredForm(int Tag, Type Type, Action<object, ModelWriter> Write, Func<ModelReader, object> Read);

/// <summary>Every type that can stand where the reader does not know which one comes, or that several parts share. A new one gets a line with a tag of its own.</summary>
internal static class StoredParts
{
    private static readonly StoredForm[] s_all =
    [
        Own(1, StackedPredictor.Read),
        Own(2, ResidualPredictor.Read),
        Own(3, StackedLinearPredictor.Read),
        Own(4, PlainRegression.Read),
        Own(5, NetworkPredictor.Read),
        Own(6, ForestPredictor.Read),
        Own(7, BoostedTreesPredictor.Read),
        Own(8, SummarizedPredictor.Read),
        Own(9, BaselineLearner.Predictor.Read),
        Own(10, TranslatedPredictor.Read),
        Own(11, LinearCourse.Read),
        Own(12, CourseLearner.Said.Read),
        Own(13, ShiftedPrognosis.Read),
        Own(14, TreatmentRidgePredictor.Read),
        Own(15, TreatmentMeansLearner.Predictor.Read),

        Own(20, Recalibration.Identity.Read),
        Own(21, ClassRecalibration.Read),
        Own(22, SurvivalRecalibration.Read),
        Own(23, SpreadRecalibration.Read),

        Own(30, Linear.BinaryHead.Read),
        Own(31, Linear.ClassHead.Read),
        Own(32, Linear.OrdinalHead.Read),
        Own(33, Linear.ContinuousHead.Read),
        Own(34, Linear.SurvivalHead.Read),
        Own(35, Linear.CompetingRisksHead.Read),

        Own(40, Heads.BinaryHead.Read),
        Own(41, Heads.CategoricalHead.Read),
        Own(42, Heads.OrdinalHead.Read),
        Own(43, Heads.ContinuousHead.Read),
        Own(44, Heads.HazardHead.Read),
        Own(45, LongitudinalHead.Read),

        Own(50, TableEncoding.Read),
        Own(51, MolecularEncoding.Read),
        Own(52, ProjectionEncoding.Read),
        Own(53, TripleEncoding.Read),
        Own(54, SteppedEncoding.Read),
        Own(55, TreatmentEncoding.Read),
        Own(56, MolecularGraph.Read),

        Own(60, ClassReading.Read),
        Own(61, MeanReading.Read),
        Own(62, LogisticReading.Read),
        Own(63, SoftmaxReading.Read),
        Own(64, RelativeHazardReading.Read),
        Own(65, HazardReading.Read),
        Own(66, IncidenceReading.Read),

        new(80, typeof(Vocabulary.Variable), (part, writer) => StoredVariable.Write((Vocabulary.Variable)part, writer), StoredVariable.Read),
        new(81, typeof(Networks.Genes.GeneNetwork), (part, writer) => StoredNetwork.Write((Networks.Genes.GeneNetwork)part, writer), StoredNetwork.Read),
        new(82, typeof(Omics.Normalization.NormalScores), (part, writer) => StoredLayers.Write((Omics.Normalization.NormalScores)part, writer), StoredLayers.ReadScores),
    ];

    private static readonly FrozenDictionary<int, StoredForm> s_byTag = s_all.ToFrozenDictionary(f => f.Tag);
    private static readonly FrozenDictionary<Type, StoredForm> s_byType = s_all.ToFrozenDictionary(f => f.Type);

    /// <summary>Null where no type has the tag.</summary>
    public static StoredForm? Of(int tag) => s_byTag.GetValueOrDefault(tag);

    /// <exception cref="NotSupportedException">There is no way to store a part of its type.</exception>
    public static StoredForm Of(object part) => s_byType.GetValueOrDefault(part.GetType())
        ?? throw new NotSupportedException($"A {part.GetType().FullName} cannot be stored. Store predictors that learners of this engine made, or train again where it is needed.");

    private static StoredForm Own<T>(int tag, Func<ModelReader, T> read)
        where T : class, IStored => new(tag, typeof(T), (part, writer) => ((IStored)part).Write(writer), read);
}
