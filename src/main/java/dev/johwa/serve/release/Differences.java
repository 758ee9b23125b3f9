package dev.johwa.serve.release;

import dev.johwa.lib.clock.Durations;
import dev.johwa.source.git.Commit;
import dev.johwa.source.git.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/// What going back changes, told before it is done: commits, settings by name, and data that stays as it is.
final class Differences {
    private static final int MOST = 200;

    private final Ports ports;
    private final ReleaseStore store;

    Differences(Ports ports, ReleaseStore store) {
        this.ports = ports;
        this.store = store;
    }

    Effect of(AppEnvironment where, int current, Release goal) {
        var now = store.find(where, current);
        boolean changedData = store.list(where).stream()
                .anyMatch(
                        each -> each.number() > goal.number() && each.number() <= current && each.releaseCommandRan());
        return new Effect(
                goal,
                now,
                now.map(serving -> commitsBetween(where, goal, serving)).orElse(List.of()),
                now.map(serving -> changedSettings(goal, serving)).orElse(List.of()),
                changedData);
    }

    void tell(AppEnvironment where, int current, Release goal, Progress progress) {
        var effect = of(where, current, goal);
        progress.say(
                "Johwa: " + where + ", release " + goal.number() + " instead of " + (current == 0 ? "none" : current));
        if (effect.now().isEmpty()) {
            return;
        }
        var words = new ArrayList<String>();
        int commits = effect.commits().size();
        if (commits > 0) {
            words.add(commits + (commits == 1 ? " commit" : " commits") + " back");
        }
        if (!effect.settings().isEmpty()) {
            words.add("settings of then: " + String.join(", ", effect.settings()));
        }
        words.add("made " + age(goal) + " ago");
        progress.stage("back", String.join("; ", words), -1);
        if (effect.changedData()) {
            progress.say(
                    "            The release command of a later release changed data, which going back does not undo.");
            progress.say("            The way forward: `git revert`, push.");
        }
        var kept = goal.detection().run().volumes();
        if (!kept.isEmpty()) {
            progress.say(
                    "            What lies in its " + (kept.size() == 1 ? "volume" : "volumes") + " stays as it is.");
        }
    }

    /// What came of it, once it serves.
    void tellDone(AppEnvironment where, int before, Release goal, Progress progress) {
        var commit = goal.commit().substring(0, Math.min(8, goal.commit().length()));
        progress.say("  " + where + ": release " + goal.number() + " serves again (" + commit + ", made " + age(goal)
                + " ago); release " + before + " stays ready for a while.");
    }

    private String age(Release release) {
        return Durations.text(
                ports.clock().now().toEpochMilli() - release.createdAt().toEpochMilli());
    }

    private List<Commit> commitsBetween(AppEnvironment where, Release goal, Release now) {
        var repositories = ports.repositories();
        boolean known = repositories.exists(where.project())
                && repositories.resolve(where.project(), goal.commit()).isPresent()
                && repositories.resolve(where.project(), now.commit()).isPresent();
        return known ? repositories.between(where.project(), goal.commit(), now.commit(), MOST) : List.of();
    }

    private static List<String> changedSettings(Release one, Release other) {
        var then = one.settings().values();
        var now = other.settings().values();
        var names = new TreeSet<>(then.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(then.get(name), now.get(name)))
                .toList();
    }
}
