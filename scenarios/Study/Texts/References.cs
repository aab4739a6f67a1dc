namespace DigitalTwin.Scenarios.Study.Texts;

/// <summary>Full references of the methods a report names; the keys stand in docs/references.md.</summary>
internal static class References
{
    public const string Cox = "Cox DR. Regression models and life-tables. J R Stat Soc B 1972;34:187-220.";
    public const string RobustCox = "Lin DY, Wei LJ. The robust inference for the Cox proportional hazards model. J Am Stat Assoc 1989;84:1074-1078.";
    public const string Propensity = "Rosenbaum PR, Rubin DB. The central role of the propensity score in observational studies for causal effects. Biometrika 1983;70:41-55.";
    public const string Overlap = "Li F, Morgan KL, Zaslavsky AM. Balancing covariates via propensity score weighting. J Am Stat Assoc 2018;113:390-400.";
    public const string Austin = "Austin PC, Stuart EA. Moving towards best practice when using inverse probability of treatment weighting. Stat Med 2015;34:3661-3679.";
    public const string EntropyBalancing = "Hainmueller J. Entropy balancing for causal effects. Polit Anal 2012;20:25-46.";
    public const string Matching = "Stuart EA. Matching methods for causal inference: a review and a look forward. Stat Sci 2010;25:1-21.";
    public const string GComputation = "Robins J. A new approach to causal inference in mortality studies. Math Model 1986;7:1393-1512.";
    public const string DoublyRobust = "Bang H, Robins JM. Doubly robust estimation in missing data and causal inference models. Biometrics 2005;61:962-973.";
    public const string OneSampleLogRank = "Breslow NE. Analysis of survival data under the proportional hazards model. Int Stat Rev 1975;43:45-57.";
    public const string Bootstrap = "Efron B, Tibshirani RJ. An Introduction to the Bootstrap. Chapman & Hall, 1993.";
    public const string RidgeCox = "Verweij PJM, van Houwelingen HC. Penalized likelihood in Cox regression. Stat Med 1994;13:2427-2436.";
    public const string Ridge = "Hoerl AE, Kennard RW. Ridge regression: biased estimation for nonorthogonal problems. Technometrics 1970;12:55-67.";
    public const string Splines = "Harrell FE. Regression Modeling Strategies. 2nd ed. Springer, 2015.";
    public const string CrossFitting = "Chernozhukov V, et al. Double/debiased machine learning for treatment and structural parameters. Econom J 2018;21:C1-C68.";
    public const string Stacking = "van der Laan MJ, Polley EC, Hubbard AE. Super learner. Stat Appl Genet Mol Biol 2007;6:25.";
    public const string BayesianBootstrap = "Rubin DB. The Bayesian bootstrap. Ann Stat 1981;9:130-134.";
    public const string Estimand = "ICH E9(R1). Addendum on estimands and sensitivity analysis in clinical trials. 2019.";
    public const string EValue = "VanderWeele TJ, Ding P. Sensitivity analysis in observational research: introducing the E-value. Ann Intern Med 2017;167:268-274.";
}
