package dev.johwa.source.detect.node;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The line of a test script without what waits for changes or for a person.
final class Calm {
    private static final Pattern WATCHES = Pattern.compile("\\s--(watch|watchAll|watch-all|ui)(=true)?(?=\\s|$)");
    private static final Pattern SHORT_WATCH = Pattern.compile("((?:vitest|mocha|ava|jest)\\b[^&|;]*?)\\s-w(?=\\s|$)");
    private static final Pattern VITEST =
            Pattern.compile("\\bvitest(\\s+(watch|dev)\\b|(?=\\s+-)|(?=\\s*(?:$|[&|;])))");
    private static final Pattern ANGULAR = Pattern.compile("\\bng\\s+(test|t)\\b");
    private static final Pattern AVA = Pattern.compile("^(npx )?ava( [^&|;]*)?$");
    private static final Pattern NODE = Pattern.compile(
            "(?:[A-Z_]+=\\S* |cross-env )*(?:node|tsx)(?! [^&|;]*--test-reporter)(?: [^&|;]*)? --test(?: [^&|;]*)?");
    private static final String A_COMMAND = "\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'";
    private static final Pattern COMMAND = Pattern.compile(A_COMMAND);
    private static final Pattern SIDE_BY_SIDE =
            Pattern.compile("(?<=^|[&|;] ?)(?:npx )?concurrently(?: -\\S+| " + A_COMMAND + ")+(?= ?(?:$|[&|;]))");
    private static final Pattern COMPILES = Pattern.compile(
            "((?:npx )?(?:tsc|tspc|vue-tsc|swc|babel|esbuild|rollup|webpack|sass)\\b.*?) (?:-w|--watch)(?=\\s|$)(.*)");

    private Calm() {}

    /// Whether the line waits for nobody as it is written. Vitest, AVA and Node end by themselves where nobody sits
    /// before them.
    static boolean isAlone(String line) {
        return compiledBefore(line).equals(line)
                && Stream.of(WATCHES, SHORT_WATCH, ANGULAR)
                        .noneMatch(asks -> asks.matcher(line).find());
    }

    static String of(String line) {
        var still = compiledBefore(line);
        still = WATCHES.matcher(still).replaceAll("");
        still = SHORT_WATCH.matcher(still).replaceAll("$1");
        still = VITEST.matcher(still).replaceAll("vitest run");
        still = ANGULAR.matcher(still).replaceAll("ng test --watch=false");
        if (AVA.matcher(still).matches() && !still.contains("--tap")) {
            return still + " --tap";
        }
        return NODE.matcher(still).matches()
                ? still.replaceFirst(" --test(?= |$)", " --test --test-reporter=tap")
                : still;
    }

    /// A compiler that waits for changes beside the tests compiles once, before them.
    private static String compiledBefore(String line) {
        return SIDE_BY_SIDE.matcher(line).replaceAll(found -> {
            var commands = commands(found.group());
            var compilers = commands.stream()
                    .map(COMPILES::matcher)
                    .filter(Matcher::matches)
                    .toList();
            var tests = commands.stream()
                    .filter(each -> !COMPILES.matcher(each).matches())
                    .toList();
            if (compilers.isEmpty() || tests.size() != 1) {
                return Matcher.quoteReplacement(found.group());
            }
            var words = compilers.stream()
                    .map(each -> each.group(1) + each.group(2) + " && ")
                    .collect(joining());
            return Matcher.quoteReplacement(words + tests.getFirst());
        });
    }

    private static List<String> commands(String line) {
        return COMMAND.matcher(line)
                .results()
                .map(MatchResult::group)
                .map(quoted -> {
                    var command = quoted.substring(1, quoted.length() - 1);
                    return quoted.startsWith("'") ? command : command.replaceAll("\\\\(.)", "$1");
                })
                .toList();
    }
}
