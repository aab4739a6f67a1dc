using System.Collections.Concurrent;
using DigitalTwin.Models.Baseline;
using DigitalTwin.Models.Courses;
using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Network.Fusion;
using DigitalTwin.Models.Network.Longitudinal;
using DigitalTwin.Models.Network.Series;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.Translation;
using DigitalTwin.Models.TreatmentResponse;
using DigitalTwin.Models.Trees;
using DigitalTwin.Models.Trees.Boosting;
using DigitalTwin.Models.Trees.Forests;
using DigitalTwin.Models.Twins;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Tests.Engine.Models.Network;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Storage;

/// <summary>Small trained models of every kind, each fitted once to <see cref="StoredCohort"/>.</summary>
internal static class StoredModels
{
    private static readonly NetworkLearnerOptions s_network = new()
    {
        MemberCount = 2,
        InnerFoldCount = 2,
        EpochCount = 2,
        TokenWidth = 8,
        HiddenWidth = 8,
        IntervalCount = 6,
        NodeWidths = [3, 4],
        SubjectsPerEmbedding = 5,
        LeastEventCount = 5,
        WeighsResidual = false,
        Network = StoredCohort.Network,
    };

    private static readonly LinearTuningOptions s_linear = new() { FoldCount = 3, RepeatCount = 1, PenaltyCount = 4 };
    private static readonly BoostingOptions s_boosting = new() { MaximumRounds = 8, FoldCount = 2 };
    private static readonly ForestOptions s_forest = new() { TreeCount = 9 };

    private static readonly Dictionary<string, (IOutcomeLearner Learner, bool WithObservations)> s_learners = new(StringComparer.Ordinal)
    {
        ["baseline"] = (new BaselineLearner(), false),
        ["treatment-means"] = (new TreatmentMeansLearner(), false),
        ["treatment-ridge"] = (new TreatmentRidgeLearner(TreatmentRidgeOptions.Default with { FoldCount = 3, Network = StoredCohort.Network }), false),
        ["late-fused"] = (new LateFusedLinearLearner(s_linear), false),
        ["concatenated"] = (new ConcatenatedLinearLearner(s_linear), false),
        ["logistic"] = (new LogisticLearner(new PlainRegressionOptions { WithArmCovariates = true }), false),
        ["cox"] = (new CoxLearner(new PlainRegressionOptions { ComponentCount = 2, AlwaysPenalized = true }), false),
        ["boosted-trees"] = (new BoostedTreesLearner(s_boosting), false),
        ["random-forest"] = (new RandomForestLearner(s_forest), false),
        ["survival-forest"] = (new RandomSurvivalForestLearner(s_forest), false),
        ["network"] = (new NetworkLearner(s_network), true),
        ["network-of-pathways"] = (new NetworkLearner(s_network with
        {
            Fusion = FusionKind.Bottleneck,
            Convolution = ConvolutionKind.GraphAttention,
            Pathways = StoredCohort.Pathways,
            LeastPathwayGenes = 2,
            NumericEmbedding = NumericEmbeddingKind.Periodic,
            Series = new SeriesOptions { Kind = SeriesEncoderKind.Recurrent, Grid = SeriesGridKind.Quantile, StepCount = 4, StateWidth = 5 },
        }), true),
        ["rewired-network"] = (new NetworkLearner(s_network with
        {
            Fusion = FusionKind.Late,
            Convolution = ConvolutionKind.GraphIsomorphism,
            EmbedsNodes = false,
            RewiringSeed = 5,
            NumericEmbedding = NumericEmbeddingKind.None,
            Longitudinal = new LongitudinalOptions { Decoder = TrajectoryDecoder.DifferentialEquation, GridCount = 4, StateWidth = 3 },
        }), false),
        ["course"] = (new LinearCourseLearner(new CourseOptions { FoldCount = 2, PenaltyCount = 4, ComponentCount = 2 }), false),
        ["course-twin"] = (new CourseLearner(new CourseOptions { FoldCount = 2, PenaltyCount = 4, ComponentCount = 2 }, s_network), true),
        ["translated"] = (new TranslatedLayers(new LateFusedLinearLearner(s_linear), new TranslationOptions { FoldCount = 2, PenaltyCount = 4, LeastSubjectCount = 10 }), false),
        ["twin"] = (Twin(), false),
        ["summarised-twin"] = (new SummarizedObservations(Twin(), keepsObservations: true), true),
    };

    private static readonly ConcurrentDictionary<(string, EndpointKind), Lazy<IOutcomePredictor>> s_fitted = new();

    /// <summary>Each model with each kind of outcome that it predicts.</summary>
    public static TheoryData<string, EndpointKind> All()
    {
        var data = new TheoryData<string, EndpointKind>();
        foreach (var (name, (learner, _)) in s_learners)
        {
            foreach (var kind in Enum.GetValues<EndpointKind>().Where(learner.Supports))
            {
                data.Add(name, kind);
            }
        }

        return data;
    }

    /// <summary>The model, and all subjects of its cohort: those of training, and some it has not seen.</summary>
    public static (IOutcomePredictor Predictor, SubjectInputs Inputs) Get(string name, EndpointKind kind)
    {
        var (learner, withObservations) = s_learners[name];
        var predictor = s_fitted.GetOrAdd((name, kind), _ => new Lazy<IOutcomePredictor>(
            () => MadeUpSubjects.With(context => learner.Fit(StoredCohort.Training(kind, withObservations), context)))).Value;
        return (predictor, StoredCohort.Inputs(withObservations));
    }

    private static TwinLearner Twin() => new(new TwinLearnerOptions
    {
        Linear = new LateFusedLinearLearner(s_linear),
        Network = s_network,
        Beside = [new BoostedTreesLearner(s_boosting), new RandomSurvivalForestLearner(s_forest)],
        BesideLayers = [new CoxLearner(new PlainRegressionOptions { ComponentCount = 2, AlwaysPenalized = true }), new LogisticLearner(new PlainRegressionOptions { ComponentCount = 2 })],
        Stack = new StackOptions { FoldCount = 3 },
    });
}
