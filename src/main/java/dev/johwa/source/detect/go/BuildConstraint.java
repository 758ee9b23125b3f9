package dev.johwa.source.detect.go;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whether a plain build takes a file, by the constraint above its package: `//go:build linux && !tools`, or the lines
/// `// +build` of before Go 1.17. Used by one thread.
final class BuildConstraint {
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package\\b");
    private static final Pattern LINE = Pattern.compile("(?m)^//go:build (.+)$");
    private static final Pattern OLD = Pattern.compile("(?m)^// ?\\+build (.+)$");
    private static final Pattern WORD = Pattern.compile("&&|\\|\\||[!()]|[\\w.]+");
    private static final Pattern SET = Pattern.compile("linux|unix|amd64|arm64|cgo|gc|go1[.\\d]*");
    private static final int MOST_WORDS = 200;

    private final Deque<String> words = new ArrayDeque<>();

    private BuildConstraint(String expression) {
        WORD.matcher(expression)
                .results()
                .limit(MOST_WORDS)
                .map(MatchResult::group)
                .forEach(words::add);
    }

    static boolean takes(String source) {
        var head = PACKAGE.split(source, 2)[0];
        var line = LINE.matcher(head);
        return line.find()
                ? new BuildConstraint(line.group(1)).either()
                : OLD.matcher(head).results().allMatch(each -> old(each.group(1)));
    }

    /// A space is `or`, a comma `and`; of several lines each has to hold.
    private static boolean old(String line) {
        return Stream.of(line.strip().split("\\s+"))
                .anyMatch(option -> Stream.of(option.split(","))
                        .allMatch(tag -> tag.startsWith("!") ? !isSet(tag.substring(1)) : isSet(tag)));
    }

    private boolean either() {
        boolean holds = both();
        while (words.peek() instanceof String word && word.equals("||")) {
            words.remove();
            holds |= both();
        }
        return holds;
    }

    private boolean both() {
        boolean holds = one();
        while (words.peek() instanceof String word && word.equals("&&")) {
            words.remove();
            holds &= one();
        }
        return holds;
    }

    private boolean one() {
        var word = words.poll();
        return switch (word) {
            case null -> true;
            case "!" -> !one();
            case "(" -> {
                boolean holds = either();
                words.poll();
                yield holds;
            }
            default -> isSet(word);
        };
    }

    private static boolean isSet(String tag) {
        return SET.matcher(tag).matches();
    }
}
