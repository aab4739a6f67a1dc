using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.Trees;
using DigitalTwin.Models.Trees.Boosting;
using DigitalTwin.Models.Trees.Forests;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Trees;

public sealed class CrossFittedTreesTests
{
    private const int Folds = 5;

    private static readonly BoostingOptions Boosting = new() { MaximumRounds = 60, Patience = 20, Depths = [1, 3], LearningRate = 0.1 };

    // What a model says of subjects it was fitted to is better than what it says of others; out of fold none of that may be left.
    [Fact]
    public void Property_OutOfFoldScoresOfBoostedTrees_AreWorseThanThoseOfSubjectsFittedTo()
    {
        var problem = TreeCohort.Gbsg();
        var (days, events) = (((SurvivalOutcome)problem.Outcome).Days, ((SurvivalOutcome)problem.Outcome).HadEvent);

        var cross = CrossFitting.Fit(new BoostedTreesLearner(Boosting), problem, LearningFolds.Stratified(problem, Folds, 1), TreeCohort.Context());

        var (fitted, heldOut) = (Of(cross.Predictor.Predict(problem.Inputs)), Of(cross.OutOfFold));
        Assert.InRange(fitted - heldOut, 0.02, 0.2);
        Assert.InRange(heldOut, 0.63, 0.72);

        double Of(OutcomePredictions predictions) => Concordance.Estimate(days, events, ((SurvivalPredictions)predictions).Risk).Value;
    }

    // One fit a fold, each with inner folds of its own, is what the single fit stands for: both must be as good on subjects held out.
    [Fact]
    public void Property_OneFitWithItsInnerFolds_SaysOfSubjectsHeldOutWhatAFitAFoldSays()
    {
        var problem = TreeCohort.Gbsg();
        var folds = LearningFolds.Stratified(problem, Folds, 2);
        var score = OutOfFoldScore.Of(problem.Outcome);
        foreach (IOutcomeLearner learner in (IOutcomeLearner[])[new BoostedTreesLearner(Boosting), new RandomSurvivalForestLearner(new ForestOptions { TreeCount = 200 })])
        {
            var quick = score.Each(PredictionPool.OnGridOf(CrossFitting.Fit(learner, problem, folds, TreeCohort.Context()).OutOfFold, problem.Outcome));
            var slow = score.Each(CrossFitting.OneByOne(learner, problem, folds, TreeCohort.Context()).OutOfFold);

            var gain = ScoreGain.Of(slow, quick, problem.Weights);
            Assert.InRange(gain.Mean, -0.004, 0.002);
        }
    }

    [Fact]
    public void Property_TheOutOfFoldPredictionsOfAForestAreThoseOfTreesThatDidNotSeeTheSubject()
    {
        var problem = TreeCohort.Veteran();
        var learner = new RandomSurvivalForestLearner(new ForestOptions { TreeCount = 50 });

        var cross = CrossFitting.Fit(learner, problem, LearningFolds.Stratified(problem, Folds, 1), TreeCohort.Context());

        Assert.Equal(((SurvivalPredictions)((ForestPredictor)cross.Predictor).OutOfBag!).Risk, ((SurvivalPredictions)cross.OutOfFold).Risk);
        Assert.NotEqual(((SurvivalPredictions)cross.Predictor.Predict(problem.Inputs)).Risk, ((SurvivalPredictions)cross.OutOfFold).Risk);
    }
}
