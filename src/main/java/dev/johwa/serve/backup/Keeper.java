package dev.johwa.serve.backup;

import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.problem.ProblemException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the backups of the plan, lets the oldest go, brings one back for trial each week, and tells once when
/// something fails and once when it goes well again. A failure is tried again soon.
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final Duration AGAIN = Duration.ofMinutes(15);
    private static final Duration TRIAL = Duration.ofDays(7);

    private final Backups backups;
    private final BackupPorts ports;
    private final HealthFile health;
    private final FactLog facts;

    Keeper(Backups backups, BackupPorts ports, HealthFile health, FactLog facts) {
        this.backups = backups;
        this.ports = ports;
        this.health = health;
        this.facts = facts;
    }

    /// One look.
    void round() {
        var plan = ports.plan();
        if (plan.where().isEmpty() || plan.every().isZero()) {
            return;
        }
        var where = plan.where().get();
        var known = health.read();
        var now = ports.clock().now();
        if (isDue(known, plan, now)) {
            health.change(before -> before.tried(now));
            known = back(where, known);
        }
        boolean isTrialDue =
                known.last().isPresent() && !now.isBefore(known.provenAt().plus(TRIAL));
        if (known.problem().isEmpty() && isTrialDue) {
            prove(where, known);
        }
    }

    private static boolean isDue(Health known, Plan plan, Instant now) {
        if (!known.problem().isEmpty()) {
            return !now.isBefore(known.triedAt().plus(AGAIN));
        }
        return known.last()
                .filter(made -> plan.where().filter(made.where()::equals).isPresent())
                .filter(made -> now.isBefore(made.at().plus(plan.every())))
                .isEmpty();
    }

    private Health back(String where, Health before) {
        var order = new Order(where, ports.plan().keys(), ports.plan().encrypt());
        var problem = problem(() -> backups.make(order, line -> LOG.info("backup {}", line)));
        tell(where, "backup", before.problem(), problem);
        if (problem.isEmpty()) {
            backups.thin(where, ports.plan().keep());
            return health.read();
        }
        return health.change(known -> known.failed(problem));
    }

    private void prove(String where, Health before) {
        var problem = problem(() -> backups.prove(where, ports.plan().encrypt()));
        tell(where, "trial restore", before.trialProblem(), problem);
        health.change(known -> known.proven(ports.clock().now(), problem));
    }

    private static String problem(Supplier<Made> work) {
        try {
            var _ = work.get();
            return "";
        } catch (ProblemException e) {
            return e.problem().text();
        } catch (UncheckedIOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void tell(String where, String what, String before, String problem) {
        if (!problem.isEmpty()) {
            LOG.warn("{} where={} failed: {}", what, where, problem);
        }
        if (before.isEmpty() && !problem.isEmpty()) {
            facts.append(new BackupFailed(where, what, problem));
        } else if (!before.isEmpty() && problem.isEmpty()) {
            facts.append(new BackupRecovered(where, what));
        }
    }
}
