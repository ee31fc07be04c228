using PluginPrune.EvaluatorDetection.Variants;

namespace PluginPrune.EvaluatorDetection.Matching;

/// <summary>Matches all pictures, several at a time, and gathers what became of each class. The outcome does not depend on the threads.</summary>
internal sealed class DetectionMatching
{
    private readonly IReadOnlyList<LabelledDetections> _pictures;
    private readonly VariantRules _rules;
    private readonly int _classes;
    private readonly int[] _starts;
    private readonly ulong[] _matched;
    private readonly ulong[] _ignored;
    private readonly int[] _ranks;
    private readonly int[,] _truths;

    private DetectionMatching(IReadOnlyList<LabelledDetections> pictures, int classes, VariantRules rules)
    {
        _pictures = pictures;
        _rules = rules;
        _classes = classes;
        _starts = new int[pictures.Count + 1];
        for (int i = 0; i < pictures.Count; i++)
        {
            _starts[i + 1] = _starts[i] + pictures[i].Detections.Length;
        }

        _matched = new ulong[_starts[^1]];
        _ignored = new ulong[_starts[^1]];
        _ranks = new int[_starts[^1]];
        _truths = new int[classes, rules.Areas.Length];
    }

    /// <summary>Matches.</summary>
    /// <param name="pictures">All pictures.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="rules">How.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>One entry a class.</returns>
    public static MatchedClass[] Run(
        IReadOnlyList<LabelledDetections> pictures, int classes, VariantRules rules, CancellationToken cancellationToken)
    {
        var matching = new DetectionMatching(pictures, classes, rules);
        matching.MatchPictures(cancellationToken);
        return matching.GatherClasses(cancellationToken);
    }

    private void MatchPictures(CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { CancellationToken = cancellationToken };
        Parallel.For(
            0,
            _pictures.Count,
            options,
            () => new Worker(new PictureSorter(_classes), _rules.CreateMatcher(), new int[_classes, _rules.Areas.Length]),
            (picture, _, worker) =>
            {
                Match(picture, worker);
                return worker;
            },
            worker =>
            {
                // Whole numbers: the order of adding does not matter.
                lock (_truths)
                {
                    for (int i = 0; i < _classes; i++)
                    {
                        for (int area = 0; area < _rules.Areas.Length; area++)
                        {
                            _truths[i, area] += worker.Truths[i, area];
                        }
                    }
                }
            });
    }

    private void Match(int picture, Worker worker)
    {
        PictureSorter sorter = worker.Sorter;
        sorter.Sort(_pictures[picture], _rules.KeepsIgnored);
        int length = _starts[picture + 1] - _starts[picture];
        Span<ulong> matched = worker.Bits(length, out Span<ulong> ignored);
        for (int i = 0; i < _classes; i++)
        {
            Range detections = sorter.DetectionsOf(i);
            ReadOnlySpan<Truth> truths = sorter.Truths.AsSpan(sorter.TruthsOf(i));
            Count(truths, i, worker.Truths);
            int start = detections.Start.Value;
            int end = (int)Math.Min(detections.End.Value, (long)start + _rules.MaximumPerClass);
            for (int d = start; d < detections.End.Value; d++)
            {
                _ranks[_starts[picture] + sorter.Places[d]] = d - start;
            }

            if (truths.IsEmpty)
            {
                for (int d = start; d < end; d++)
                {
                    ignored[d] = worker.Matcher.IgnoredUnmatched(sorter.Boxes[d]);
                }
            }
            else
            {
                worker.Matcher.Match(new MatchRequest(sorter.Boxes.AsSpan(start, end - start), truths, matched[start..end], ignored[start..end]));
            }
        }

        for (int d = 0; d < length; d++)
        {
            _matched[_starts[picture] + sorter.Places[d]] = matched[d];
            _ignored[_starts[picture] + sorter.Places[d]] = ignored[d];
        }
    }

    private void Count(ReadOnlySpan<Truth> truths, int classIndex, int[,] counts)
    {
        foreach (Truth truth in truths)
        {
            for (int area = 0; area < _rules.Areas.Length; area++)
            {
                counts[classIndex, area] += !truth.IsIgnored && _rules.Areas[area].Contains(truth.Area) ? 1 : 0;
            }
        }
    }

    private MatchedClass[] GatherClasses(CancellationToken cancellationToken)
    {
        int[] counts = new int[_classes];
        ForEachDetection((_, classIndex, _) => counts[classIndex]++);
        var keys = Array.ConvertAll(counts, static count => new double[count]);
        var places = Array.ConvertAll(counts, static count => new int[count]);
        Array.Clear(counts);
        ForEachDetection((place, classIndex, score) =>
        {
            keys[classIndex][counts[classIndex]] = -score;
            places[classIndex][counts[classIndex]++] = place;
        });

        var gathered = new MatchedClass[_classes];
        Parallel.For(0, _classes, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            StableSort.ByKeys(keys[i], places[i]);
            gathered[i] = new MatchedClass
            {
                Scores = Array.ConvertAll(keys[i], static key => -key),
                Matched = Array.ConvertAll(places[i], place => _matched[place]),
                Ignored = Array.ConvertAll(places[i], place => _ignored[place]),
                Ranks = Array.ConvertAll(places[i], place => _ranks[place]),
                Truths = [.. Enumerable.Range(0, _rules.Areas.Length).Select(area => _truths[i, area])],
            };
        });
        return gathered;
    }

    private void ForEachDetection(Action<int, int, double> visit)
    {
        for (int picture = 0; picture < _pictures.Count; picture++)
        {
            ReadOnlySpan<Contracts.Detections.Detection> detections = _pictures[picture].Detections.AsSpan();
            for (int i = 0; i < detections.Length; i++)
            {
                if (_ranks[_starts[picture] + i] < _rules.MaximumPerClass)
                {
                    visit(_starts[picture] + i, detections[i].ClassIndex, detections[i].Score);
                }
            }
        }
    }

    private sealed class Worker(PictureSorter sorter, Matcher matcher, int[,] truths)
    {
        private ulong[] _bits = [];

        public PictureSorter Sorter => sorter;

        public Matcher Matcher => matcher;

        public int[,] Truths => truths;

        public Span<ulong> Bits(int length, out Span<ulong> second)
        {
            _bits = _bits.Length >= 2 * length ? _bits : new ulong[4 * length];
            Array.Clear(_bits, 0, 2 * length);
            second = _bits.AsSpan(length, length);
            return _bits.AsSpan(0, length);
        }
    }
}
