package dev.johwa.watch.dora;

import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.DeploymentFinished.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A history of one app, told step by step: each step is one deployment, at an hour of the story.
final class Story {
    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final List<DeploymentFinished> facts = new ArrayList<>();
    private final String app;
    private String environment = "production";
    private int releases;
    private int serving;
    private String servingCommit = "";

    Story(String app) {
        this.app = app;
    }

    List<DeploymentFinished> facts() {
        return facts;
    }

    Story in(String other) {
        environment = other;
        serving = 0;
        servingCommit = "";
        return this;
    }

    static Instant hour(double hours) {
        return START.plusSeconds(Math.round(hours * 3600));
    }

    /// Forty digits that begin with the name's own, so that names can be shortened.
    static String id(String name) {
        return (String.format("%8s", Integer.toHexString(name.hashCode())).replace(' ', '0') + "0".repeat(32));
    }

    static Change commit(String name, double hour) {
        return new Change(id(name), hour(hour), hour(hour - 1), false, name, List.of(), List.of());
    }

    static Change merge(String name, double hour) {
        return new Change(id(name), hour(hour), hour(hour), true, name, List.of(), List.of());
    }

    static Change revert(String name, double hour, String reverted) {
        return new Change(id(name), hour(hour), hour(hour), false, name, List.of(id(reverted)), List.of());
    }

    static Change fix(String name, double hour, String fixed) {
        return new Change(id(name), hour(hour), hour(hour), false, name, List.of(), List.of(fixed));
    }

    /// The newest commit comes first; its artifact is named like it.
    Story push(double hour, Change... changes) {
        return push(hour, changes[0].subject(), changes);
    }

    Story push(double hour, String artifact, Change... changes) {
        return live("push", hour, artifact, changes);
    }

    Story settings(double hour) {
        var last = facts.getLast();
        add("settings", "live", ++releases, servingCommit, last.artifact(), hour, List.of(), true);
        return served(releases, servingCommit);
    }

    private Story live(String kind, double hour, String artifact, Change... changes) {
        var tip = changes[0].commit();
        add(kind, "live", ++releases, tip, "sha256:" + artifact, hour, List.of(changes), true);
        return served(releases, tip);
    }

    Story failed(double hour, Change tip) {
        return ended("push", "failed", hour, tip, false);
    }

    Story switchedBack(double hour, Change tip) {
        return ended("push", "failed", hour, tip, true);
    }

    Story superseded(double hour, Change tip) {
        return ended("push", "superseded", hour, tip, false);
    }

    private Story ended(String kind, String outcome, double hour, Change tip, boolean hadTraffic) {
        add(kind, outcome, ++releases, tip.commit(), "sha256:" + tip.subject(), hour, List.of(), hadTraffic);
        return this;
    }

    Story rollback(double hour, int release) {
        var target = target(release);
        add("rollback", "live", release, target.commit(), target.artifact(), hour, List.of(), true);
        return served(release, target.commit());
    }

    Story failedRollback(double hour, int release) {
        var target = target(release);
        add("rollback", "failed", release, target.commit(), target.artifact(), hour, List.of(), false);
        return this;
    }

    private DeploymentFinished target(int release) {
        return facts.stream()
                .filter(fact -> fact.release() == release)
                .findFirst()
                .orElseThrow();
    }

    private Story served(int release, String commit) {
        serving = release;
        servingCommit = commit;
        return this;
    }

    @SuppressWarnings("checkstyle:ParameterNumber")
    private void add(
            String kind,
            String outcome,
            int release,
            String commit,
            String artifact,
            double hour,
            List<Change> changes,
            boolean hadTraffic) {
        facts.add(new DeploymentFinished(
                "shop",
                app,
                environment,
                release,
                commit,
                artifact,
                kind,
                outcome,
                "",
                hour(hour).minus(Duration.ofMinutes(1)),
                hour(hour),
                serving,
                servingCommit,
                changes,
                hadTraffic));
    }

    Report report(double untilHour, Duration window) {
        return report(
                facts,
                hour(untilHour),
                Question.production(Optional.empty(), window).in(environment));
    }

    Report report(double untilHour) {
        return report(untilHour, Duration.ofDays(10));
    }

    static Report report(List<DeploymentFinished> facts, Instant until, Question question) {
        var fold = new Fold();
        facts.forEach(fold::add);
        return new Figures(
                        Figures.window(until, question), fold.places(question).toList())
                .report(List.of());
    }
}
