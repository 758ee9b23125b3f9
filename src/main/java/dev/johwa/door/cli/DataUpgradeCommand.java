package dev.johwa.door.cli;

import dev.johwa.door.api.UpgradePlanned;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Sizes;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Brings a database to another major version.
@Command(
        description = {
            "Brings a database to another major version of its server, by dump and restore, and only when asked.",
            "It is tried beside first, while the app goes on. Then requests wait while what changed since is copied and"
                    + " compared, and a release with the new address comes live. When anything fails, the app has its"
                    + " database as before. The old one is kept for 7 days, closed."
        },
        footer = {
            "%nExample:",
            "  apt-get install postgresql-17      # on the server: a version beside",
            "  johwa data upgrade shop --check    # how long requests would wait",
            "  johwa data upgrade shop --to 17",
            "  johwa data upgrade shop --forget   # delete the old one at once"
        })
final class DataUpgradeCommand extends DatabaseVerb {
    @Nullable
    @Option(
            names = "--to",
            paramLabel = "VERSION",
            description = "The major version; default: the newest on the server.")
    String to;

    @Option(names = "--check", description = "Only tell what it would do.")
    boolean check;

    @Option(names = "--forget", description = "Delete the old database that an upgrade kept.")
    boolean forget;

    DataUpgradeCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        if (forget && (check || to != null)) {
            throw Problem.user("usage.upgrade", "--forget goes with neither --to nor --check")
                    .hint("upgrade first, and forget the old one when all is well")
                    .exception();
        }
        if (forget) {
            return forgotten();
        }
        var meant = database();
        var plan = client().data().upgradePlan(meant, Optional.ofNullable(to));
        if (check && toldAsJson(plan)) {
            return ExitCode.DONE;
        }
        if (!json) {
            tell(plan);
        }
        if (check) {
            return ExitCode.DONE;
        }
        int code = changing(told -> client().data().upgrade(meant, Optional.of(plan.to()), told));
        if (code == ExitCode.DONE && !json) {
            var database = InEnvironment.words(plan.app() + " " + plan.variable(), plan.environment());
            screen().progress("The old one is kept for " + plan.keptDays() + " days; `johwa data upgrade " + database
                    + " --forget` deletes it before.");
        }
        return code;
    }

    private void tell(UpgradePlanned plan) {
        // What was asked for is the answer; else it is progress.
        Consumer<String> lines = check ? screen()::line : screen()::progress;
        lines.accept(plan.variable() + " of " + plan.app() + " (" + plan.environment() + "): " + plan.kind() + " "
                + plan.from() + " → " + plan.to());
        lines.accept("  takes " + Sizes.text(plan.bytes()) + "; its copies need up to " + Sizes.text(plan.neededBytes())
                + " of the " + Sizes.text(plan.freeBytes()) + " that are free");
        lines.accept("  tried beside first; then " + waiting(plan.stopSeconds()));
        lines.accept("  the old one is kept for " + plan.keptDays() + " days");
    }

    private static String waiting(long seconds) {
        return seconds == 0
                ? "it is moved: nothing is live that would have to wait"
                : "requests wait for about " + seconds + " s, and open connections are cut";
    }

    private int forgotten() {
        var answer = client().data().forgetOld(database());
        if (!toldAsJson(answer)) {
            screen().line(
                            answer.forgotten()
                                    ? "forgotten: the old one is deleted"
                                    : "There is none; nothing was done.");
        }
        return ExitCode.DONE;
    }
}
