package dev.johwa.build.pipeline;

import dev.johwa.build.pipeline.results.TestCase;
import dev.johwa.build.pipeline.results.TestCase.Outcome;
import dev.johwa.lib.clock.Durations;
import dev.johwa.lib.problem.ProblemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What earlier runs know of the tests of an app; and keeps what these did, for later ones. Used by one thread.
final class TestHistory {
    private static final Logger LOG = LoggerFactory.getLogger(TestHistory.class);

    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_MESSAGE = 2_000;
    /// Looked up one by one; who broke more knows that it was now.
    private static final int MOST_NOTED = 50;
    private static final int MOST_TOLD = 3;
    private static final long MUCH_SLOWER = 5_000;
    private static final double TIMES_SLOWER = 1.5;

    private final TestStore store;
    private final TestStore.Of of;
    private final UnaryOperator<String> hide;
    private final Map<String, String> notes = new HashMap<>();

    /// @param hide secrets, in what is kept
    TestHistory(TestStore store, TestStore.Of of, UnaryOperator<String> hide) {
        this.store = store;
        this.of = of;
        this.hide = hide;
    }

    /// What a person wants to know of tests that failed, by their names: whether they did before.
    Map<String, String> failed(List<String> names) {
        var unnamed = store.passedUnnamed(of);
        for (var name : names.stream().distinct().limit(MOST_NOTED).toList()) {
            var past = joined(store.past(of, key(name)), unnamed);
            var note = flaky(past).or(() -> since(past)).orElse("");
            if (!note.isEmpty()) {
                notes.put(name, note);
            }
        }
        return Map.copyOf(notes);
    }

    /// Many runners name only what fails: one that named all the same knows better than that its run passed.
    private static List<TestStore.Past> joined(List<TestStore.Past> named, List<TestStore.Past> unnamed) {
        var attempts = named.stream().map(TestHistory::attempt).collect(Collectors.toSet());
        return Stream.concat(named.stream(), unnamed.stream().filter(each -> !attempts.contains(attempt(each))))
                .sorted(Comparator.comparing(TestStore.Past::number)
                        .thenComparing(TestStore.Past::attempt)
                        .reversed())
                .toList();
    }

    private static List<Integer> attempt(TestStore.Past past) {
        return List.of(past.number(), past.attempt());
    }

    private Optional<String> flaky(List<TestStore.Past> past) {
        return past.stream()
                .filter(each -> each.tree().equals(of.tree()) && each.recipe().equals(of.recipe()))
                .filter(each -> each.outcome().equals(word(Outcome.PASSED)))
                .findFirst()
                .map(each -> "flaky: passed with the same files in run " + each.number());
    }

    /// By the runs of this branch, or of all while it has none.
    private Optional<String> since(List<TestStore.Past> past) {
        var own =
                past.stream().filter(each -> each.ref().equals(of.run().ref())).toList();
        var known = (own.isEmpty() ? past : own)
                .stream()
                        .filter(each -> !each.outcome().equals(word(Outcome.SKIPPED)))
                        .toList();
        var streak = known.stream()
                .takeWhile(each -> each.outcome().equals(word(Outcome.FAILED)))
                .toList();
        if (streak.isEmpty()) {
            return known.isEmpty() ? Optional.empty() : Optional.of("new failure");
        }
        var first = streak.getLast();
        var where = own.isEmpty() ? " on " + first.ref().replaceFirst("^refs/(heads|tags)/", "") : "";
        return Optional.of("fails since run " + first.number() + where);
    }

    /// What is told below tests that passed: those that failed before on the same files, and a time that grew much.
    List<String> passed(List<TestCase> tests, long millis) {
        var told = new ArrayList<String>();
        var before = store.failedAlike(of);
        for (var test : tests) {
            var run = before.get(key(test.name()));
            if (run != null && test.outcome() == Outcome.PASSED) {
                notes.put(test.name(), "flaky: failed with the same files in run " + run);
            }
        }
        notes.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_TOLD)
                .forEach(note -> told.add(note.getKey() + "  " + note.getValue()));
        store.passedBefore(of)
                .filter(took -> millis > took.millis() + MUCH_SLOWER && millis > took.millis() * TIMES_SLOWER)
                .ifPresent(took -> told.add("took %s, and %s in run %d"
                        .formatted(Durations.text(millis), Durations.text(took.millis()), took.number())));
        return told;
    }

    /// Keeps what the tests did; where there is no room for it, the run goes on.
    void keep(RunTests.Sum sum, List<TestCase> tests) {
        try {
            var kept = tests.stream()
                    .sorted(Comparator.comparing(test -> test.outcome() != Outcome.FAILED))
                    .limit(TestStore.MOST)
                    .map(this::kept)
                    .toList();
            store.put(of, sum, kept);
        } catch (ProblemException e) {
            LOG.warn(
                    "run={}/{} tests not stored: {}",
                    of.run().project(),
                    of.run().number(),
                    e.getMessage());
        }
    }

    private RunTest kept(TestCase test) {
        var colon = test.where().lastIndexOf(':');
        boolean hasLine = colon > 0 && test.where().substring(colon + 1).matches("\\d{1,9}");
        return new RunTest(
                of.app(),
                cut(test.suite(), LONGEST_NAME),
                key(test.name()),
                word(test.outcome()),
                test.millis(),
                cut(hasLine ? test.where().substring(0, colon) : test.where(), LONGEST_NAME),
                hasLine ? Integer.parseInt(test.where().substring(colon + 1)) : 0,
                cut(test.message(), LONGEST_MESSAGE),
                notes.getOrDefault(test.name(), ""));
    }

    private String key(String name) {
        return cut(name, LONGEST_NAME);
    }

    /// Hidden before it is cut: half a secret is none that a mask knows.
    private String cut(String text, int most) {
        var shown = hide.apply(text);
        return shown.length() > most ? shown.substring(0, most) : shown;
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
