namespace DigitalTwin.Scenarios.Evaluation.Perturbations;

/// <summary>What models say of held-out subjects whose genes are changed.</summary>
/// <param name="Quantity">The number that shifts.</param>
/// <param name="HorizonDays">Time by which an event is asked about, or null.</param>
/// <param name="Best">highest or lowest; null where it is not said what is good.</param>
/// <param name="Interval">How intervals are made.</param>
/// <param name="Claim">What it says and what it does not.</param>
/// <param name="Rows">One for each change and model.</param>
/// <param name="Notes">Sentences.</param>
public sealed record PerturbedResult(
    string Quantity, double? HorizonDays, string? Best, string Interval, string Claim, IReadOnlyList<PerturbedRow> Rows, IReadOnlyList<string> Notes);

/// <summary>One change, asked of one model on every split.</summary>
/// <param name="Change">Name of the change.</param>
/// <param name="What">In words.</param>
/// <param name="Model">Name of the model.</param>
/// <param name="Shift">Mean over held-out subjects of the number after less before, by split, with its interval.</param>
/// <param name="Spread">Standard deviation of that mean over the models inside the model, by their weights, on average over splits; null for one model.</param>
/// <param name="Judged">Held-out subjects over all splits, each as often as it is asked about.</param>
/// <param name="Changed">Of these, those of whom a value changed.</param>
/// <param name="RaisedShare">Share of those judged whose number rises.</param>
/// <param name="LoweredShare">Share whose number falls.</param>
/// <param name="BetterShare">Share who get better; null where it is not said what is good.</param>
/// <param name="WorseShare">Share who get worse; or null.</param>
/// <param name="Verdict">raised, lowered, "cannot tell", "no weight" or "nothing changed".</param>
/// <param name="Pathways">Those that moved most.</param>
/// <param name="Findings">Sentences.</param>
/// <param name="Subjects">One by one.</param>
public sealed record PerturbedRow(
    string Change,
    string What,
    string Model,
    ScoreResult Shift,
    double Spread,
    int Judged,
    int Changed,
    double RaisedShare,
    double LoweredShare,
    double? BetterShare,
    double? WorseShare,
    string Verdict,
    IReadOnlyList<MovedPathway> Pathways,
    IReadOnlyList<string> Findings,
    IReadOnlyList<PerturbedSubject> Subjects);

/// <param name="Id">Of the gene set.</param>
/// <param name="Name">What it is; may be empty.</param>
/// <param name="GeneCount">Its genes that a layer holds.</param>
/// <param name="Shift">Mean over these genes, their layers, subjects and splits, in training standard deviations.</param>
public sealed record MovedPathway(string Id, string Name, int GeneCount, double Shift);

/// <param name="Subject">Id.</param>
/// <param name="Split">Split whose model, which has not seen the subject, is asked.</param>
/// <param name="Before">The number as the subject is.</param>
/// <param name="After">As it would be.</param>
/// <param name="Shift">After less before.</param>
/// <param name="Spread">Standard deviation of the shift over the models inside; null for one model.</param>
public sealed record PerturbedSubject(string Subject, string Split, double Before, double After, double Shift, double Spread);
