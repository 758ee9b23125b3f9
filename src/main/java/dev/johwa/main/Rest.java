package dev.johwa.main;

import dev.johwa.lib.process.ArchivePages;
import dev.johwa.lib.process.OwnMemory;
import dev.johwa.lib.task.Tasks;
import java.time.Duration;
import java.util.function.Supplier;

/// Gives memory back when the control plane has nothing to do: what its start left at once, and what work left in the
/// first minute that is quiet again. What little work leaves goes each hour.
final class Rest {
    /// Until what only the start reads is not read any more.
    private static final Duration SETTLED = Duration.ofMillis(1500);
    private static final Duration LOOK = Duration.ofMinutes(1);
    /// Processor time of a minute without work: what looks again and again, at ten apps that are asked too, takes half.
    static final Duration QUIET = Duration.ofSeconds(4);
    /// So many looks are an hour.
    static final int MANY = 60;

    private final Supplier<Duration> used;
    private final Runnable giveBack;
    private final Runnable goOn;
    private Duration before = Duration.ZERO;
    private boolean hasWorked = true;
    private boolean rests;
    private int looks;

    /// @param used processor time of this process until now
    /// @param goOn told at the first word of work since it gave back, or after its first minute
    Rest(Supplier<Duration> used, Runnable giveBack, Runnable goOn) {
        this.used = used;
        this.giveBack = giveBack;
        this.goOn = goOn;
    }

    /// Of this process.
    Rest() {
        this(
                () -> ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
                OwnMemory::giveBack,
                OwnMemory::goOn);
    }

    void start(Tasks tasks) {
        begin();
        tasks.after(SETTLED, "what the start left", Rest::settle);
        tasks.every(LOOK, "rest", this::look);
    }

    /// Looks for what is nowhere: then each archive of the program is open, also when no file can be opened any more. A
    /// class that was not found once is never looked for again.
    private static void settle() {
        var _ = ClassLoader.getSystemResource("johwa.nowhere");
        ArchivePages.release();
    }

    /// From now on work counts.
    synchronized void begin() {
        before = used.get();
    }

    /// Looks at the time since the last look.
    synchronized void look() {
        var now = used.get();
        boolean isQuiet = now.minus(before).compareTo(QUIET) < 0;
        before = now;
        looks++;
        if (!isQuiet) {
            work();
        } else if (hasWorked || looks >= MANY) {
            giveBack.run();
            before = used.get();
            hasWorked = false;
            rests = true;
            looks = 0;
        }
    }

    /// Work begins: a push is heard before it needs what was given back.
    synchronized void work() {
        hasWorked = true;
        if (rests) {
            goOn.run();
            rests = false;
        }
    }
}
