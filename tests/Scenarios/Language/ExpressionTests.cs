using CsCheck;
using DigitalTwin.Scenarios.Language.Expressions;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Language;

public sealed class ExpressionTests
{
    // Four subjects: x = 1, 2, 0, missing; size = small, large, missing, small.
    private static readonly Cohort Subjects = new(
        new CohortDescription(new CohortId("c"), "c", "made for tests", "CC0-1.0", "day 0"),
        [.. Enumerable.Range(0, 4).Select(i => new SubjectId($"s{i}"))],
        [
            new NumericColumn(ScenarioFixture.Numeric("x"), [1, 2, 0, double.NaN]),
            new NumericColumn(ScenarioFixture.Numeric("y"), [4, -1, 9, 16]),
            new CategoricalColumn(new Variable("size", VariableType.Categorical, VariableRole.Covariate, "", "Size", null, ["small", "large"]), [0, 1, -1, 0]),
        ],
        []);

    private static readonly Gen<Expression> Literal = Gen.OneOf(
        Gen.Double[0, 1e6].Select(Expression (v) => new NumberLiteral(v)),
        Gen.Int[0, 1000].Select(Expression (v) => new NumberLiteral(v)),
        Gen.String[Gen.Char[' ', '~'], 0, 8].Where(t => !t.Contains('"', StringComparison.Ordinal)).Select(Expression (t) => new TextLiteral(t)));

    private static readonly Gen<Expression> Leaf = Gen.OneOf(
        Literal, Gen.String[Gen.Char['a', 'g'], 1, 3].Select(Expression (n) => new VariableReference(n)));

    private static readonly Gen<Expression> Tree = Gen.Recursive<Expression>((depth, self) => depth >= 4 ? Leaf : Gen.OneOf(
        Leaf,
        self.Select(Expression (x) => new Negation(x)),
        self.Select(Expression (x) => new LogicalNot(x)),
        Gen.Select(Gen.Enum<ArithmeticOperator>(), self, self, Expression (op, a, b) => new Arithmetic(op, a, b)),
        Gen.Select(Gen.Enum<ComparisonOperator>(), self, self, Expression (op, a, b) => new Comparison(op, a, b)),
        Gen.Select(Gen.Enum<LogicalOperator>(), self, self, Expression (op, a, b) => new Logical(op, a, b)),
        Gen.Select(self, Gen.Bool, Expression (x, n) => new MissingTest(x, n)),
        Gen.Select(self, Literal.List[1, 3], Gen.Bool, Expression (x, items, n) => new Membership(x, items, n)),
        self.Select(Expression (x) => new FunctionCall(ExpressionFunction.Log, [x])),
        Gen.Select(self, self, Expression (a, b) => new FunctionCall(ExpressionFunction.Max, [a, b]))));

    [Theory]
    [InlineData("x > 0", "TTF?")]
    [InlineData("x>0 and y>0", "TFF?")]
    [InlineData("x > 0 or y > 0", "TTTT")]
    [InlineData("not x > 0", "FFT?")]
    [InlineData("x is missing", "FFFT")]
    [InlineData("x is not missing", "TTTF")]
    [InlineData("x in [1, 2]", "TTF?")]
    [InlineData("x not in [1, -1]", "FTT?")]
    [InlineData("size == 'small'", "TF?T")]
    [InlineData("size != \"small\"", "FT?F")]
    [InlineData("size in ['large', 'small']", "TT?T")]
    [InlineData("size is missing", "FFTF")]
    [InlineData("y / x > 0", "TF??")]
    [InlineData("log(x) >= 0", "TT??")]
    [InlineData("sqrt(y) == 2", "T?FF")]
    [InlineData("abs(y) == 1", "FTFF")]
    [InlineData("max(x, y) > 3", "TFT?")]
    [InlineData("min(x, y, 0) == 0", "TFT?")]
    [InlineData("x - 1 - 1 == -1", "TFF?")]
    [InlineData("2 + 3 * x == 5", "TFF?")]
    [InlineData("-x + 1 == 0", "TFF?")]
    [InlineData("(x > 0) is missing", "FFFT")]
    [InlineData("x > 0 and (y > 0 or size == 'large')", "TTF?")]
    [InlineData("not (x is missing) and y < 0", "FTFF")]
    public void ClosedForm_ThreeValuedLogic(string text, string expected)
    {
        var expression = Checked(text);
        var truths = ExpressionEvaluator.Truths(expression, Subjects);
        Assert.Equal(expected, string.Concat(truths.Select(t => t switch { Truth.True => 'T', Truth.False => 'F', _ => '?' })));
    }

    [Fact]
    public void ClosedForm_Numbers() => Assert.Equal(
        [Math.Log(2), Math.Log(3), 0, double.NaN], ExpressionEvaluator.Numbers(Checked("log(x + 1)"), Subjects));

    [Theory]
    [InlineData("a  and b or c", "a and b or c")]
    [InlineData("a and (b or c)", "a and (b or c)")]
    [InlineData("(a and b) and c", "a and b and c")]
    [InlineData("a-(b-c)", "a - (b - c)")]
    [InlineData("(a*b)/c", "a * b / c")]
    [InlineData("not(a == 1)", "not a == 1")]
    [InlineData("(not a) == 1", "(not a) == 1")]
    [InlineData("-(-a)", "--a")]
    [InlineData("log( pgr+1 )", "log(pgr + 1)")]
    public void ClosedForm_CanonicalSpelling(string text, string expected) => Assert.Equal(expected, Parse(text).ToString());

    [Theory]
    [InlineData("x >", 3, "the end of the expression")]
    [InlineData("x > 1 > 0", 6, "cannot be chained")]
    [InlineData("x && y", 2, "Write 'and'")]
    [InlineData("x == 'a", 5, "no closing '")]
    [InlineData("x # y", 2, "has no meaning")]
    [InlineData("exp(x)", 0, "There is no function 'exp'")]
    [InlineData("min(x)", 0, "it takes 2 or more")]
    [InlineData("(x", 2, "where ')' should stand")]
    [InlineData("x in []", 6, "where a number or a text in quotes")]
    [InlineData("x 1", 2, "where an operator should stand")]
    [InlineData("x is 1", 5, "where 'missing' should stand")]
    [InlineData("1e999 > x", 0, "too large")]
    public void Error_ParserTellsTheColumn(string text, int offset, string part)
    {
        var fault = Assert.Single(Assert.Throws<InvalidInputException>(() => Parse(text)).Faults);
        Assert.Equal(10 + offset, fault.Location.Column);
        Assert.Contains(part, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("z > 0", "'z' is not a variable")]
    [InlineData("x == 'small'", "compares a number with a text")]
    [InlineData("size > 'small'", "puts levels in order")]
    [InlineData("size == 'tiny'", "'tiny' is not a level of 'size'")]
    [InlineData("size in ['tiny']", "'tiny' is not a level of 'size'")]
    [InlineData("x in ['small']", "Make the list all of one kind")]
    [InlineData("x and y > 0", "Compare it with something, for example 'x == 1'")]
    [InlineData("log(size) > 0", "is a text where a number is needed")]
    [InlineData("(x > 0) + 1 > 0", "is true or false where a number is needed")]
    public void Error_CheckerRefuses(string text, string part) =>
        Assert.Contains(Faults(text), f => f.Message.Contains(part, StringComparison.Ordinal));

    [Fact]
    public void Error_CheckerReportsEveryFault() => Assert.Equal([10, 20], Faults("z > 0 and w == 1").Select(f => f.Location.Column));

    [Fact]
    public void Error_DepthAndLengthAreBounded()
    {
        Assert.Throws<InvalidInputException>(() => Parse(new string('(', 65) + "x" + new string(')', 65)));
        Assert.Throws<InvalidInputException>(() => Parse(string.Concat(Enumerable.Repeat("-", 1999)) + "x"));
        Assert.Throws<InvalidInputException>(() => Parse(string.Join(" + ", Enumerable.Repeat("x", 100))));
        Assert.Throws<InvalidInputException>(() => Parse(new string(' ', 2001)));
    }

    [Fact]
    public void Property_PrintedTreeParsesBack() => Tree.Sample(tree =>
    {
        var text = tree.ToString();
        return text.Length > 2000 || Parse(text).ToString() == text;
    });

    [Fact]
    public void Property_RandomTextThrowsOnlyInvalidInput() =>
        Gen.String[Gen.Char["xy12 ()[],<>=!+-*/'\"andorti.sml&"], 0, 40].Sample(
            text =>
            {
                try
                {
                    var expression = Parse(text);
                    var faults = new List<Fault>();
                    if (Check(expression, text, faults) == ExpressionType.Truth)
                    {
                        ExpressionEvaluator.Truths(expression, Subjects);
                    }
                }
                catch (InvalidInputException e)
                {
                    Assert.Single(e.Faults);
                }
            },
            iter: 50_000);

    private static ExpressionText Source(string text) => new(text, new TextLocation("t.yaml", 1, 10), IsOneLine: true);

    private static Expression Parse(string text) => ExpressionParser.Parse(Source(text));

    private static ExpressionType? Check(Expression expression, string text, List<Fault> faults) =>
        new ExpressionChecker([.. Subjects.Columns.Select(c => c.Variable)], Subjects.Description.Id, Source(text), faults).Check(expression);

    private static Expression Checked(string text)
    {
        var expression = Parse(text);
        Assert.Empty(Faults(text));
        return expression;
    }

    private static List<Fault> Faults(string text)
    {
        var faults = new List<Fault>();
        Check(Parse(text), text, faults);
        return faults;
    }
}
