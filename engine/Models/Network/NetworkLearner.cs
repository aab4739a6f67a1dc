using System.Globalization;
using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Network.Heads;
using DigitalTwin.Models.Network.Training;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Networks.Genes.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Network;

/// <summary>An ensemble of networks: each modality of a subject becomes a token (covariates through numeric embeddings, molecular layers over the gene network, arms by the
/// targets of their drugs), tokens are fused, a head predicts. It can start from the predictions of another model and learn only what that has missed.</summary>
/// <remarks>The order of the training subjects plays no part; missing modalities are allowed, in training and in prediction.</remarks>
public sealed class NetworkLearner : ICrossFittingLearner
{
    private readonly NetworkLearnerOptions _options;

    /// <param name="options">Settings; the defaults if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of range.</exception>
    public NetworkLearner(NetworkLearnerOptions? options = null)
    {
        _options = options ?? new NetworkLearnerOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.MemberCount, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.InnerFoldCount, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.EpochCount, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.IntervalCount, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.NumericEmbeddingSize, nameof(options));
    }

    public string Name => _options.RewiringSeed is null ? "network" : "rewired-network";

    /// <summary>Settings with the network of shared annotations and the processes of the embedded reference.</summary>
    public static NetworkLearnerOptions WithReferenceNetwork(ReferenceNetwork reference, NetworkLearnerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return (options ?? new NetworkLearnerOptions()) with { Network = reference.CoAnnotation, Catalog = reference.Catalog, Pathways = reference.GeneOntologySets };
    }

    public bool Supports(EndpointKind kind) => kind is EndpointKind.TimeToEvent or EndpointKind.CompetingRisks or EndpointKind.Binary
        or EndpointKind.Categorical or EndpointKind.Ordinal or EndpointKind.Continuous or EndpointKind.Longitudinal;

    public IReadOnlyList<string> Foresee(SubjectInputs inputs) => NetworkForesight.Of(inputs, _options);

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context) => FitFrom(training, context, null);

    /// <remarks>Members hold out a fold each to stop by: with a member for each inner fold one fit is enough, and the folds given play no part.</remarks>
    public CrossFit FitCross(LearningProblem training, int[] folds, LearningContext context) =>
        _options.MemberCount >= _options.InnerFoldCount && FitFrom(training, context, null) is { HeldOut: { } heldOut } network
            ? new CrossFit(network, heldOut)
            : CrossFitting.OneByOne(this, training, folds, context);

    /// <summary>Learns what another model has missed: outputs start from its predictions, to which the network adds a residual that is zero at first, and that is
    /// left out where it gains nothing on the inner validation folds.</summary>
    /// <param name="training">Training subjects.</param>
    /// <param name="context">Seed, backend, threads.</param>
    /// <param name="start">What the other model predicts for them when it has not seen them (out of fold), of the kind of the outcome. In prediction the same model,
    /// trained on all of them, must be given too.</param>
    /// <exception cref="UnlearnableException">The data cannot carry the model.</exception>
    /// <exception cref="ArgumentException">The predictions are of another kind or of other subjects.</exception>
    public NetworkPredictor Fit(LearningProblem training, LearningContext context, OutcomePredictions start)
    {
        ArgumentNullException.ThrowIfNull(start);
        return FitFrom(training, context, start);
    }

    private NetworkPredictor FitFrom(LearningProblem training, LearningContext context, OutcomePredictions? start)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        if (start is not null && start.Count != training.Count)
        {
            throw new ArgumentException($"There are {training.Count} training subjects and {start.Count} predictions to start from.", nameof(start));
        }

        LearnableOutcome.Check(training, _options);
        var order = Enumerable.Range(0, training.Count).OrderBy(i => training.Inputs.Subjects[i]).ToArray();
        var problem = training.Take(order);
        var findings = new List<string>();
        var head = OutcomeHeads.For(problem, _options);
        var inputs = InputEncoding.Fit(problem.Inputs, _options, findings);
        var offsets = start is null ? null : head.Offsets(start.Take(order));
        var ensemble = new EnsembleTraining(problem, context, _options, inputs, head, offsets);
        var members = MemberWork.Run(_options.MemberCount, context.Backend, context.ThreadCount, ensemble.Train, context.Cancellation);
        findings.Add($"{members.Length} members stopped at the epochs {string.Join(", ", members.Select(m => m.BestEpoch))}.");
        findings.Add(string.Create(
            CultureInfo.InvariantCulture, $"Their mean loss on inner validation folds fell from {members.Average(m => m.StartLoss):0.00000} to {members.Average(m => m.KeptLoss):0.00000}."));
        ResidualShare? share = null;
        if (offsets is not null && !_options.WeighsResidual)
        {
            share = new ResidualShare(1, double.NaN, double.NaN);
        }
        else if (offsets is not null)
        {
            share = ResidualShare.Find(head, members, offsets, head.Targets(problem.Outcome, problem.Weights));
            findings.Add(Sentence(share));
        }

        return new NetworkPredictor(inputs, head, _options, [.. members.Select(m => m.Parameters)], share?.Share, context.ThreadCount, findings)
        {
            HeldOut = HeldOut(head, members, offsets, share?.Share ?? 1, order),
        };
    }

    // Members in turn hold out fold 0, 1, 2, ...: the first of each fold, together, say something of every subject once.
    private OutcomePredictions? HeldOut(IOutcomeHead head, TrainedMember[] members, float[]? offsets, double share, int[] order)
    {
        var foldCount = Math.Min(_options.InnerFoldCount, order.Length);
        if (members.Length < foldCount)
        {
            return null;
        }

        var width = head.OutputCount;
        var outputs = new float[order.Length * width];
        foreach (var member in members.Take(foldCount))
        {
            for (var k = 0; k < member.HeldOut.Length; k++)
            {
                member.HeldOutOutputs.AsSpan(k * width, width).CopyTo(outputs.AsSpan(member.HeldOut[k] * width));
            }
        }

        var places = new int[order.Length];
        for (var k = 0; k < order.Length; k++)
        {
            places[order[k]] = k;
        }

        return head.Predict([offsets is null ? outputs : ResidualShare.Mixed(offsets, outputs, share)]).Take(places);
    }

    private static string Sentence(ResidualShare share)
    {
        var gain = string.Create(CultureInfo.InvariantCulture, $"{share.Gain:0.0000} (standard error {share.StandardError:0.0000}) on the inner validation folds");
        return share.Share == 0
            ? $"The network does not help: its residual gains {gain} and is left out."
            : string.Create(CultureInfo.InvariantCulture, $"{share.Share:0.##} of the residual of the network is kept: it gains {gain}.");
    }
}
