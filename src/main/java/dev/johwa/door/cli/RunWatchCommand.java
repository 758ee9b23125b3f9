package dev.johwa.door.cli;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.OnInterrupt;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;

@Command(
        description = {
            "Follows a run until it is over; exit code 1 when it does not pass.",
            "Ctrl-C twice cancels it and ends all that it started; once, the run goes on without you. Where nobody sits "
                    + "at a terminal, an interrupt cancels at once."
        },
        footer = {"%nExample:", "  johwa run watch shop"})
final class RunWatchCommand extends RunVerb {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AtomicInteger interrupts = new AtomicInteger();
    private final CountDownLatch again = new CountDownLatch(1);

    RunWatchCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        int number = number();
        try (var _ = new OnInterrupt(() -> interrupted(number))) {
            client().watch(project(), number, event -> {
                if (json) {
                    tell(event);
                } else {
                    event.text().ifPresent(screen()::line);
                }
            });
        }
        var state = client().run(project(), number).state();
        if (state.equals("cancelled") && interrupts.get() > 0) {
            return ExitCode.CANCELLED;
        }
        return state.equals("passed") ? ExitCode.DONE : ExitCode.NO;
    }

    private void interrupted(int number) {
        int count = interrupts.incrementAndGet();
        boolean isAsked = session.surroundings().terminal() && !json;
        if (isAsked && count == 1) {
            leaveUnlessAgain(number);
            return;
        }
        if (count == (isAsked ? 2 : 1)) {
            again.countDown();
            cancel(number);
        }
    }

    private void leaveUnlessAgain(int number) {
        screen().progress("Ctrl-C again cancels run " + number + " of " + project() + "; it goes on without you if you"
                + " do not, and this ends in " + PATIENCE.toSeconds() + " s.");
        try {
            if (again.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        screen().progress("Run " + number + " goes on; follow it again with: johwa run watch " + project() + " "
                + number);
        Runtime.getRuntime().halt(ExitCode.CANCELLED);
    }

    /// What it says until it has ended is still shown.
    private void cancel(int number) {
        screen().progress("Cancelling run " + number + " of " + project() + " …");
        try {
            client().cancel(project(), number);
        } catch (ProblemException e) {
            screen().progress(e.problem().text());
        }
    }
}
