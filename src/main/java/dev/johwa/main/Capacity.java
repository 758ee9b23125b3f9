package dev.johwa.main;

import dev.johwa.build.pipeline.Headroom;
import dev.johwa.door.api.DiskUse;
import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Disk;
import dev.johwa.lib.file.Disk.Room;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.process.Processes;
import dev.johwa.lib.text.Sizes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What the machine carries: how many runs build side by side, and whether there is room for more now. Safe for use by
/// many threads.
final class Capacity implements Headroom {
    private static final long MEMORY_OF_A_RUN = 1L << 30;
    private static final long LEAST_MEMORY = 256L << 20;
    private static final int LEAST_AT_ONCE = 2;
    private static final Duration FRESH = Duration.ofMillis(250);

    private final List<Path> folders;
    private final Clock clock;
    private final Map<String, Room> before = new HashMap<>();
    private Optional<Look> last = Optional.empty();

    /// @param folders that what people bring is written to; they may lie on several disks
    Capacity(List<Path> folders, Clock clock) {
        this.folders = List.copyOf(folders);
        this.clock = clock;
    }

    /// The disk that has the least room, and when that was seen.
    private record Look(Room room, Disk disk, long at) {}

    /// One for each processor, and for each GiB of memory at most.
    static int runsAtOnce(int processors, OptionalLong memory) {
        long byMemory = memory.isPresent() ? memory.getAsLong() / MEMORY_OF_A_RUN : Long.MAX_VALUE;
        return (int) Math.max(1, Math.min(Math.max(LEAST_AT_ONCE, processors), byMemory));
    }

    /// How much room the disk has.
    Room room() {
        return look().room();
    }

    private synchronized Look look() {
        long now = clock.ticks();
        if (last.filter(look -> now - look.at() < FRESH.toNanos()).isPresent()) {
            return last.get();
        }
        var look = folders.stream()
                .map(Disk::of)
                .distinct()
                .map(disk -> look(disk, now))
                .max(Comparator.comparing(Look::room))
                .orElseThrow();
        last = Optional.of(look);
        return look;
    }

    private Look look(Disk disk, long now) {
        var room = disk.room(before(disk));
        before.put(disk.name(), room);
        return new Look(room, disk, now);
    }

    /// How much room a disk had when that was looked at last.
    synchronized Room before(Disk disk) {
        return before.getOrDefault(disk.name(), Room.ENOUGH);
    }

    /// Bytes that should be free and are not, while the disk is short of room.
    long lacking() {
        var look = look();
        return look.room().compareTo(Room.SHORT) < 0
                ? 0
                : Math.max(0, 2 * look.disk().mark(Room.SHORT) - look.disk().freeBytes());
    }

    /// @param items what was measured
    DiskUse use(List<DiskUse.Item> items) {
        var look = look();
        return new DiskUse(
                look.disk().freeBytes(), look.disk().bytes(), look.room().name().toLowerCase(Locale.ROOT), items);
    }

    @Override
    public Optional<String> lack(int going) {
        var look = look();
        if (look.room().compareTo(Room.SHORT) >= 0) {
            return Optional.of("for room on the disk of the server: less than "
                    + Sizes.text(look.disk().mark(Room.SHORT))
                    + " are free; it goes on by itself when there is more (`johwa gc` frees what nobody needs)");
        }
        // One always goes on: what else takes the memory may stay for ever.
        boolean isTight = going > 0 && Processes.availableMemory().orElse(Long.MAX_VALUE) < LEAST_MEMORY;
        return isTight
                ? Optional.of("for memory of the server: less than " + Sizes.text(LEAST_MEMORY) + " are free")
                : Optional.empty();
    }

    /// Before anything of a push is read.
    ///
    /// @throws dev.johwa.lib.problem.ProblemException `disk.full` when the disk should take nothing more in
    void requireRoomForPush() {
        var look = look();
        if (look.room() == Room.ALMOST_NONE) {
            throw Problem.resource(
                            "disk.full",
                            "the disk of the server is almost full ("
                                    + Sizes.text(look.disk().freeBytes())
                                    + " are free): it takes no pushes until there is room; what is live serves on")
                    .hint("free what nobody needs (`johwa gc`) or give the disk more room, then push again")
                    .exception();
        }
    }
}
