package dev.johwa.watch.advisory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Scores of vectors of CVSS 4.0, with what they say of threats and of an environment.
///
/// Source: FIRST's specification, section 8: scores, worst vectors and depths of its tables. Experts gave each of 270
/// groups of like vectors a score, which is that of the worst of the group. Any other loses of it, in the mean over the
/// ways to a lower group, the share of the difference of both scores that its steps from the worst are of all steps of
/// its level.
final class Cvss4 {
    /// The values of each metric from the worst on.
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("AV", "NALP"),
            Map.entry("AC", "LH"),
            Map.entry("AT", "NP"),
            Map.entry("PR", "NLH"),
            Map.entry("UI", "NPA"),
            Map.entry("VC", "HLN"),
            Map.entry("VI", "HLN"),
            Map.entry("VA", "HLN"),
            Map.entry("SC", "HLN"),
            Map.entry("SI", "SHLN"),
            Map.entry("SA", "SHLN"),
            Map.entry("E", "APU"),
            Map.entry("CR", "HML"),
            Map.entry("IR", "HML"),
            Map.entry("AR", "HML"));

    /// Where nothing is said of these, the worst counts.
    private static final List<String> OPTIONAL = List.of("E", "CR", "IR", "AR");

    private static final List<String> IMPACTS = List.of("VC", "VI", "VA", "SC", "SI", "SA");
    private static final String UNSAID = "X";

    /// Vectors that are alike in one respect.
    ///
    /// @param depth how many steps there are in it
    /// @param worst its worst ones, by metric how many steps these are from the worst value
    private record Level(int depth, List<Map<String, Integer>> worst) {
        static Level of(int depth, String... worst) {
            return new Level(
                    depth,
                    Stream.of(worst)
                            .map(text -> Stream.of(text.split(" "))
                                    .map(each -> each.split(":"))
                                    .collect(Collectors.toMap(
                                            each -> each[0],
                                            each -> VALUES.getOrDefault(each[0], "")
                                                    .indexOf(each[1]))))
                            .toList());
        }
    }

    /// How it is exploited, how hard that is, what is lost of what is needed, what is lost beyond, who exploits it.
    private static final List<List<Level>> LEVELS = List.of(
            List.of(
                    Level.of(1, "AV:N PR:N UI:N"),
                    Level.of(4, "AV:A PR:N UI:N", "AV:N PR:L UI:N", "AV:N PR:N UI:P"),
                    Level.of(5, "AV:P PR:N UI:N", "AV:A PR:L UI:P")),
            List.of(Level.of(1, "AC:L AT:N"), Level.of(2, "AC:H AT:N", "AC:L AT:P")),
            List.of(
                    Level.of(7, "VC:H VI:H VA:H CR:H IR:H AR:H"),
                    Level.of(6, "VC:H VI:H VA:L CR:M IR:M AR:H", "VC:H VI:H VA:H CR:M IR:M AR:M"),
                    Level.of(8, "VC:L VI:H VA:H CR:H IR:H AR:H", "VC:H VI:L VA:H CR:H IR:H AR:H"),
                    Level.of(
                            8,
                            "VC:L VI:H VA:L CR:H IR:M AR:H",
                            "VC:L VI:H VA:H CR:H IR:M AR:M",
                            "VC:H VI:L VA:H CR:M IR:H AR:M",
                            "VC:H VI:L VA:L CR:M IR:H AR:H",
                            "VC:L VI:L VA:H CR:H IR:H AR:M"),
                    Level.of(10, "VC:L VI:L VA:L CR:H IR:H AR:H")),
            List.of(Level.of(6, "SC:H SI:S SA:S"), Level.of(5, "SC:H SI:H SA:H"), Level.of(4, "SC:L SI:L SA:L")),
            List.of(Level.of(1, "E:A"), Level.of(1, "E:P"), Level.of(1, "E:U")));

    private static final int LOSS = 2;
    /// The levels that come next below each of [#LOSS], which is of two respects at once.
    private static final List<List<Integer>> BELOW_LOSS =
            List.of(List.of(1, 2), List.of(3), List.of(3), List.of(4), List.of());

    /// A multiple of each depth.
    private static final int UNIT = 840;

    /// In tenths: a row for the levels of the first three respects, in each those of the last two.
    private static final String SCORES = """
            100  98  95 100  93  91  93  89  81
             99  95  92  96  87  81  90  80  68
             98  95  90  93  89  81  88  78  69
             95  92  84  92  81  65  80  70  48
             92  82  72  79  69  50  69  55  27
             99  95  92  95  90  84  92  82  72
             97  92  85  91  83  71  81  71  53
             95  92  85  92  80  70  84  71  50
             93  85  73  82  72  59  70  52  30
             86  75  52  71  52  29  63  29  17
             98  94  91  94  86  77  87  74  63
             95  87  81  89  74  64  75  63  49
             94  88  76  86  74  59  72  57  52
             89  77  67  76  58  50  57  52  25
             83  70  54  65  58  26  53  21  13
             95  88  76  90  75  61  77  68  52
             90  76  70  77  62  53  66  59  30
             89  76  62  74  57  47  61  57  24
             78  67  58  59  57  23  52  29  16
             71  59  30  58  26  15  23  13   6
             93  86  75  86  74  56  70  52  40
             87  72  58  74  61  34  54  40  22
             85  74  62  72  55  46  53  34  19
             75  55  51  57  41  19  36  19   8
             64  51  20  47  21  11  24   9   4
             88  73  60  73  59  41  54  45  20
             75  53  50  55  40  20  43  22  11
             75  58  40  61  48  20  46  17   8
             55  45  21  51  18   9  18   7   2
             53  24  14  24  12   5  10   3   1
            """;

    private static final List<Integer> TENTHS =
            Stream.of(SCORES.strip().split("\\s+")).map(Integer::valueOf).toList();

    private final Map<String, String> metrics = new HashMap<>();

    /// @param vector without its version
    Cvss4(String vector) {
        for (var part : vector.split("/")) {
            int colon = part.indexOf(':');
            if (colon > 0) {
                metrics.put(part.substring(0, colon), part.substring(colon + 1));
            }
        }
    }

    /// @throws IllegalArgumentException where it is no whole vector
    double score() {
        var levels = List.of(exploitation(), hardness(), loss(), beyond(), steps("E"));
        if (IMPACTS.stream().allMatch(each -> is(each, 'N'))) {
            return 0;
        }
        int score = of(levels);
        int ways = 0;
        int lost = 0;
        for (int respect = 0; respect < levels.size(); respect++) {
            var below = below(levels, respect);
            if (below.isPresent()) {
                var level = LEVELS.get(respect).get(levels.get(respect));
                lost += (score - below.getAsInt()) * away(level) * (UNIT / level.depth());
                ways++;
            }
        }
        int whole = UNIT * Math.max(1, ways);
        // To the nearest tenth, by whole numbers.
        return Math.floorDiv(2 * (score * whole - lost) + whole, 2 * whole) / 10.0;
    }

    private static int of(List<Integer> levels) {
        int place = 0;
        for (int respect = 0; respect < levels.size(); respect++) {
            place = place * LEVELS.get(respect).size() + levels.get(respect);
        }
        return TENTHS.get(place);
    }

    /// The score of the group that is next below in one respect, of two the higher.
    private static OptionalInt below(List<Integer> levels, int respect) {
        int level = levels.get(respect);
        var next = respect == LOSS ? BELOW_LOSS.get(level) : List.of(level + 1);
        return next.stream()
                .filter(each -> each < LEVELS.get(respect).size())
                .mapToInt(each -> {
                    var other = new ArrayList<>(levels);
                    other.set(respect, each);
                    return of(other);
                })
                .max();
    }

    /// How many steps it is from the first of the worst that is in nothing better than it.
    private int away(Level level) {
        return level.worst().stream()
                .filter(worst -> worst.entrySet().stream().allMatch(each -> steps(each.getKey()) >= each.getValue()))
                .mapToInt(worst -> worst.entrySet().stream()
                        .mapToInt(each -> steps(each.getKey()) - each.getValue())
                        .sum())
                .findFirst()
                .orElseThrow();
    }

    private int exploitation() {
        boolean isRemote = is("AV", 'N');
        boolean isOpen = is("PR", 'N');
        boolean isAlone = is("UI", 'N');
        if (isRemote && isOpen && isAlone) {
            return 0;
        }
        return (isRemote || isOpen || isAlone) && !is("AV", 'P') ? 1 : 2;
    }

    private int hardness() {
        return is("AC", 'L') && is("AT", 'N') ? 0 : 1;
    }

    private int loss() {
        boolean isTold = is("VC", 'H');
        boolean isChanged = is("VI", 'H');
        boolean isGone = is("VA", 'H');
        if (!isTold && !isChanged && !isGone) {
            return 4;
        }
        boolean isNeeded = isTold && is("CR", 'H') || isChanged && is("IR", 'H') || isGone && is("AR", 'H');
        return (isTold && isChanged ? 0 : 2) + (isNeeded ? 0 : 1);
    }

    private int beyond() {
        if (is("SI", 'S') || is("SA", 'S')) {
            return 0;
        }
        return is("SC", 'H') || is("SI", 'H') || is("SA", 'H') ? 1 : 2;
    }

    private boolean is(String metric, char value) {
        return VALUES.getOrDefault(metric, "").charAt(steps(metric)) == value;
    }

    /// From the worst value: of an environment where it says one, which alone may say S.
    private int steps(String metric) {
        boolean isOptional = OPTIONAL.contains(metric);
        var own = metrics.getOrDefault(metric, isOptional ? UNSAID : "");
        var there = metrics.getOrDefault("M" + metric, UNSAID);
        var value = there.equals(UNSAID) ? own : there;
        if (isOptional && value.equals(UNSAID)) {
            return 0;
        }
        int steps = value.length() == 1 ? VALUES.getOrDefault(metric, "").indexOf(value) : -1;
        if (own.isEmpty() || own.equals("S") || steps < 0) {
            throw new IllegalArgumentException("no " + metric + ": " + value);
        }
        return steps;
    }
}
