using System.Reflection;
using System.Runtime.CompilerServices;
using PluginPrune.Contracts.Networks;
using PluginPrune.Contracts.Operations;
using PluginPrune.Core.Plans;

namespace PluginPrune.Core.Tests.Plans;

/// <summary>A plan for another architecture is refused with the first thing that differs.</summary>
public sealed class AnotherArchitectureTests
{
    private static readonly PlanDocument Plan = PlanSample.Read(PlanSample.Text(PlanSample.Document(PlanSample.Network())));

    public static TheoryData<Network, string, string> Others => new()
    {
        { PlanSample.Network(stem: 16), "n0 = ", "(n0): the plan was made for convolution weight 8 x 3 x 3 x 3; this network has weight 16 x 3 x 3 x 3." },
        { PlanSample.Network(kind: ActivationKind.Mish), "n12 = ", "(n12): the plan was made for activation kind LeakyRelu; this network has kind Mish." },
        { PlanSample.Network(headSize: 3), "n14 = ", "(n14): the plan was made for convolution weight 5 x 4 x 1 x 1; this network has weight 5 x 4 x 3 x 3." },
        { PlanSample.Network(hasHead: false), "n14.head = ", "n14.head: the plan was made for head, kind raw <- n14; this network has nothing: it ends before." },
    };

    [Theory]
    [MemberData(nameof(Others))]
    public void ToPlan_AnotherArchitecture_TellsTheFirstDifferenceAndItsLine(Network other, string line, string words)
    {
        PlanException error = Refuse(Plan, other);

        string[] lines = PlanSample.Text(PlanSample.Document(PlanSample.Network())).Split('\n');
        error.Faults.Should().ContainSingle().Which.Place.Line.Should().Be(Array.FindIndex(lines, text => text.Contains($"\"{line}", StringComparison.Ordinal)) + 1);
        error.Message.Should().StartWith("plan.json, line ").And.Contain("for another network").And.Contain(words);
    }

    [Fact]
    public void ToPlan_NetworkThatGoesOn_SaysThatThePlanEnds()
    {
        PlanDocument shorter = PlanSample.Document(PlanSample.Network(hasHead: false));

        Refuse(shorter, PlanSample.Network()).Message.Should().Contain("n14.head: the plan was made for nothing: it ends before; this network has head");
    }

    [Fact]
    public void ToPlan_LayerMoreInBetween_ShowsBothLayers()
    {
        PlanDocument edited = Plan with { Architecture = "sha256:0", Structure = Plan.Structure.RemoveAt(4) };

        Refuse(edited, PlanSample.Network()).Message.Should()
            .Contain("(n3): the plan was made for n4 = batch norm").And.Contain("this network has n3 = convolution");
    }

    [Fact]
    public void ToPlan_OneReadsAnotherValue_SaysWhich()
    {
        PlanDocument edited = Plan with
        {
            Architecture = "sha256:0",
            Structure = [.. Plan.Structure.Select(static line => line with { Text = line.Text.Replace("<- n2 n8", "<- n8 n2", StringComparison.Ordinal) })],
        };

        Refuse(edited, PlanSample.Network()).Message.Should().Contain("(n9): the plan was made for add reading n8 n2; this network has reading n2 n8.");
    }

    [Fact]
    public void ToPlan_WithoutStructure_TellsTheFingerprints()
    {
        PlanDocument plan = Plan with { Structure = [] };
        Network other = PlanSample.Network(stem: 16);

        PlanException error = Refuse(plan, other);

        error.Message.Should().Contain(plan.Architecture).And.Contain(ArchitectureHash.Of(other));
        error.Faults.Should().ContainSingle().Which.Place.Line.Should().Be(4);
    }

    [Fact]
    public void Compare_PlansForDifferentArchitectures_TellsTheFirstDifference()
    {
        PlanDocument other = PlanSample.Document(PlanSample.Network(stem: 16)) with { File = "other.json" };

        Action act = () => PlanComparer.Compare(Plan, other);

        act.Should().Throw<PlanException>().WithMessage(
            "plan.json and other.json are plans for different networks*at n0: the first plan was made for convolution weight 8 x 3 x 3 x 3; the second for weight 16 x 3 x 3 x 3.");
    }

    [Fact]
    public void Describe_EveryOperationWithSettings_TellsEachOfThem()
    {
        // As free as the weights.
        string[] free = ["BatchNorm.Epsilon", "Dropout.Probability", "Opaque.Parameters"];
        foreach (Type type in typeof(Operation).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(Operation)) && !type.IsAbstract))
        {
            PropertyInfo[] settings =
            [
                .. type.GetProperties(BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.Instance)
                    .Where(property => property.CanWrite && property.PropertyType != typeof(Tensor) && !free.Contains($"{type.Name}.{property.Name}")),
            ];
            var operation = (Operation)RuntimeHelpers.GetUninitializedObject(type);
            if (operation is Transpose)
            {
                operation = new Transpose([1, 0, 2]);
            }
            else if (operation is Reshape)
            {
                operation = new Reshape(new Shape(1));
            }
            else if (operation is Opaque)
            {
                operation = new Opaque("kind", new Shape(1), []);
            }

            ArchitectureHash.Settings(operation).Should().HaveCount(settings.Length, "{0} has {1}", type.Name, string.Join(", ", settings.Select(static setting => setting.Name)));
        }
    }

    private static PlanException Refuse(PlanDocument plan, Network network) =>
        ((Action)(() => PlanConverter.ToPlan(plan, network))).Should().Throw<PlanException>().Which;
}
