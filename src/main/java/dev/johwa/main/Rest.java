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
    /// @param goOn told a minute after it gave back
    Rest(Supplier<Duration> used, Runnable giveBack, Runnable goOn) {
        this.used = used;
        this.giveBack = giveBack;
        this.goOn = goOn;
    }

    static void start(Tasks tasks) {
        var rest = new Rest(
                () -> ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
                OwnMemory::giveBack,
                OwnMemory::goOn);
        rest.begin();
        tasks.after(SETTLED, "what the start left", Rest::settle);
        tasks.every(LOOK, "rest", rest::look);
    }

    /// Looks for what is nowhere: then each archive of the program is open, also when no file can be opened any more. A
    /// class that was not found once is never looked for again.
    private static void settle() {
        var _ = ClassLoader.getSystemResource("johwa.nowhere");
        ArchivePages.release();
    }

    /// From now on work counts.
    void begin() {
        before = used.get();
    }

    /// Looks at the time since the last look.
    void look() {
        var now = used.get();
        boolean isQuiet = now.minus(before).compareTo(QUIET) < 0;
        before = now;
        looks++;
        if (rests) {
            goOn.run();
            rests = false;
        }
        if (!isQuiet) {
            hasWorked = true;
        } else if (hasWorked || looks >= MANY) {
            giveBack.run();
            before = used.get();
            hasWorked = false;
            rests = true;
            looks = 0;
        }
    }
}
