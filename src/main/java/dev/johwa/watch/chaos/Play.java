package dev.johwa.watch.chaos;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.watch.chaos.Experiment.Activity;
import dev.johwa.watch.chaos.Experiment.Hypothesis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Plays an experiment once, in the order of Chaos Toolkit's default strategy: what is to hold is looked at before, and
/// nothing is done where it does not; then the method, what is to hold again, and the rollbacks unless a probe of the
/// hypothesis could not be asked, or it was cut off.
final class Play {
    private final Experiment experiment;
    private final World world;
    private final Names names;
    private final Doing doing;
    private final Journal journal;

    Play(Experiment experiment, World world, Names names) {
        this.experiment = experiment;
        this.world = world;
        this.names = names;
        this.doing = new Doing(world, names);
        this.journal = new Journal(experiment, world);
    }

    Journal journal() {
        return journal;
    }

    /// @return the journal
    Map<String, @Nullable Object> play() {
        var hypothesis = experiment.hypothesis().filter(each -> !each.probes().isEmpty());
        boolean isSteady = hypothesis.isEmpty() || isSteady("before", hypothesis.get());
        if (isSteady) {
            all("run", experiment.method());
            if (world.ending().isPresent()) {
                journal.status("interrupted");
            } else if (hypothesis.isPresent() && !isSteady("after", hypothesis.get())) {
                journal.deviate();
            }
        }
        if (!List.of("failed", "interrupted").contains(journal.status())) {
            all("rollbacks", experiment.rollbacks());
        }
        return journal.ended();
    }

    private boolean isSteady(String when, Hypothesis hypothesis) {
        var state = new LinkedHashMap<String, @Nullable Object>();
        var probes = new ArrayList<Object>();
        state.put("steady_state_met", true);
        state.put("probes", probes);
        for (var probe : hypothesis.probes()) {
            var done = activity(probe, probes::add);
            boolean holds = done.isPresent() && holds(probe, done.get());
            tolerance(probes, holds);
            if (!holds) {
                state.put("steady_state_met", false);
                journal.status(done.isPresent() ? "completed" : "failed");
                world.say((when.equals("before") ? "before: " : "after: ") + "'" + probe.name()
                        + "' is not as it is to be" + done.map(Play::brief).orElse(""));
                break;
            }
        }
        journal.state(when, state);
        if (Boolean.TRUE.equals(state.get("steady_state_met"))) {
            world.say(when + ": " + hypothesis.title() + ": holds");
        }
        return Boolean.TRUE.equals(state.get("steady_state_met"));
    }

    private boolean holds(Activity probe, Map<String, Object> seen) {
        try {
            return probe.tolerance().orElseThrow().holds(seen);
        } catch (World.Failed e) {
            world.say("  failed: " + e.getMessage());
            return false;
        }
    }

    private static String brief(Map<String, Object> seen) {
        return ": it gave " + seen.getOrDefault("status", "something else");
    }

    @SuppressWarnings("unchecked") // each of them is such a map
    private static void tolerance(List<Object> probes, boolean holds) {
        ((Map<String, Object>) probes.getLast()).put("tolerance_met", holds);
    }

    private void all(String part, List<Activity> activities) {
        var beside = new ArrayList<Runnable>();
        for (var each : activities) {
            if (part.equals("run") && world.ending().isPresent()) {
                break;
            }
            Runnable work = () -> activity(each, run -> journal.begin(part, run));
            if (each.background()) {
                beside.add(world.beside(work));
            } else {
                work.run();
            }
        }
        beside.forEach(Runnable::run);
    }

    /// Where the run of an activity is told of.
    private interface Kept {
        void begin(Map<String, @Nullable Object> run);
    }

    /// @return what it gave; empty when it could not be done
    private Optional<Map<String, Object>> activity(Activity activity, Kept kept) {
        pause(activity.pauseBefore());
        world.say(activity.type() + ": " + activity.name());
        var start = world.now();
        var run = new LinkedHashMap<String, @Nullable Object>();
        run.put("activity", activity.written());
        run.put("output", null);
        run.put("start", start.toString());
        kept.begin(run);
        Optional<Map<String, Object>> done = Optional.empty();
        try {
            done = Optional.of(doing.act(activity));
            run.put("output", journal.kept(done.get()));
            run.put("status", "succeeded");
        } catch (RuntimeException e) {
            // Whatever it is: what was done so far is told, and the rest is played.
            var why = world.hidden(reason(e));
            run.put("status", "failed");
            run.put("exception", List.of(why));
            world.say("  failed: " + why);
        }
        var end = world.now();
        run.put("end", end.toString());
        run.put("duration", Duration.between(start, end).toMillis() / 1_000.0);
        pause(activity.pauseAfter());
        return done;
    }

    private static String reason(RuntimeException e) {
        return e instanceof ProblemException told ? told.problem().text() : String.valueOf(e.getMessage());
    }

    private void pause(Optional<Object> seconds) {
        var value = seconds.map(each -> Optional.ofNullable(names.in(each)).orElse(0));
        if (value.isPresent() && value.get() instanceof Number number && number.doubleValue() > 0) {
            world.pause(Duration.ofMillis((long) (number.doubleValue() * 1_000)));
        }
    }
}
