package dev.johwa.watch.dora;

import dev.johwa.serve.release.DeploymentFinished;
import dev.johwa.serve.release.DeploymentFinished.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A made-up life of one app: pushes good and bad, fixes, reverts, rollbacks there and back, settings, repeats, and a
/// clock that jumps now and then.
final class RandomHistory {
    private final RandomGenerator random;
    private final String project;
    private final List<DeploymentFinished> facts = new ArrayList<>();
    private final List<String> commits = new ArrayList<>();
    private final List<DeploymentFinished> served = new ArrayList<>();
    private Instant now;
    private int releases;
    private int serving;
    private String servingCommit = "";
    private String servingArtifact = "";

    RandomHistory(RandomGenerator random, String project, Instant start) {
        this.random = random;
        this.project = project;
        this.now = start;
    }

    List<DeploymentFinished> facts() {
        return facts;
    }

    Instant now() {
        return now;
    }

    RandomHistory run(int steps) {
        for (int i = 0; i < steps; i++) {
            now = now.plusSeconds(random.nextInt(60, 40_000));
            if (random.nextInt(40) == 0) {
                now = now.minusSeconds(random.nextInt(200_000));
            }
            step(random.nextInt(100));
        }
        return this;
    }

    private void step(int dice) {
        if (served.isEmpty() || dice < 60) {
            push("live", changes());
        } else if (dice < 66) {
            push("failed", List.of());
        } else if (dice < 69) {
            push("superseded", List.of());
        } else if (dice < 75) {
            add("settings", "live", ++releases, servingCommit, servingArtifact, List.of());
        } else if (dice < 80) {
            add("push", "live", ++releases, commit(), servingArtifact, changes());
        } else {
            var target = served.get(random.nextInt(Math.max(0, served.size() - 5), served.size()));
            if (target.release() != serving) {
                var outcome = random.nextInt(5) == 0 ? "failed" : "live";
                add("rollback", outcome, target.release(), target.commit(), target.artifact(), List.of());
            }
        }
    }

    private void push(String outcome, List<Change> changes) {
        var tip = changes.isEmpty() ? commit() : changes.getFirst().commit();
        var artifact = random.nextInt(10) == 0 && !served.isEmpty()
                ? served.get(random.nextInt(served.size())).artifact()
                : "sha256:" + tip;
        add(random.nextBoolean() ? "push" : "deploy", outcome, ++releases, tip, artifact, changes);
    }

    private List<Change> changes() {
        var changes = new ArrayList<Change>();
        int count = random.nextInt(1, 5);
        for (int i = 0; i < count; i++) {
            var committed = now.minusSeconds(random.nextInt(-600, 300_000));
            var reverts = random.nextInt(8) == 0 ? some() : List.<String>of();
            var fixes = random.nextInt(8) == 0 ? some() : List.<String>of();
            changes.add(new Change(
                    random.nextInt(20) == 0 && !commits.isEmpty() ? some().getFirst() : commit(),
                    committed,
                    committed.minus(Duration.ofMinutes(5)),
                    random.nextInt(6) == 0,
                    "change",
                    reverts,
                    fixes));
        }
        changes.forEach(change -> commits.add(change.commit()));
        return changes;
    }

    private List<String> some() {
        return commits.isEmpty()
                ? List.of()
                : List.of(commits.get(random.nextInt(Math.max(0, commits.size() - 12), commits.size())));
    }

    private String commit() {
        return String.format("%016x", random.nextLong()) + "0".repeat(24);
    }

    private void add(String kind, String outcome, int release, String commit, String artifact, List<Change> changes) {
        boolean isLive = outcome.equals("live");
        var fact = new DeploymentFinished(
                project,
                "web",
                "production",
                release,
                commit,
                artifact,
                kind,
                outcome,
                "",
                now.minusSeconds(5),
                now,
                serving,
                servingCommit,
                changes,
                isLive || random.nextInt(3) == 0);
        facts.add(fact);
        if (isLive) {
            serving = release;
            servingCommit = commit;
            servingArtifact = artifact;
            if (!kind.equals("rollback")) {
                served.add(fact);
            }
        }
    }
}
