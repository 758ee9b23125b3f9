package dev.johwa.watch.chaos;

import dev.johwa.lib.problem.Problem;
import dev.johwa.serve.release.Stage;
import dev.johwa.serve.router.Trouble;
import dev.johwa.serve.target.Instance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What an order hits on its stage.
final class Aim {
    /// What is left on a disk is not for faults.
    private static final long KEPT_FREE = 2L << 30;

    /// Targets whose instances can be disturbed.
    private static final Set<String> ABLE = Set.of("process", "docker");

    private Aim() {}

    /// Those that it hits; none where it hits something else.
    static List<Instance> instances(Stage stage, FaultOrder order) {
        if (!order.kind().isOfInstances()) {
            return List.of();
        }
        var all = stage.instances();
        if (all.isEmpty()) {
            throw Problem.user("fault.instances", "no instance of " + stage.where() + " runs")
                    .hint("`johwa status` tells how it is; at the edge there are latency, errors and resets")
                    .exception();
        }
        all.stream().filter(each -> !ABLE.contains(each.target())).findFirst().ifPresent(each -> {
            throw Problem.user(
                            "target.fault",
                            "instances on " + each.target() + " are not disturbed on purpose: "
                                    + order.kind().word())
                    .hint("at the edge there are latency, errors and resets, for all")
                    .exception();
        });
        return order.kind() == FaultKind.DISK
                ? all.subList(0, 1)
                : all.subList(0, order.instances().of(all.size()));
    }

    /// The file that will fill the folder of data.
    static Path file(Stage stage, FaultOrder order, String id) {
        var folder = stage.data()
                .orElseThrow(() -> Problem.user("fault.data", stage.where() + " has no folder of data to fill")
                        .hint("`data: [uploads/]` in johwa.yaml makes one")
                        .exception())
                .getValue();
        if (order.isFull()) {
            requireOwnDisk(stage, folder);
        } else {
            requireRoom(order, folder);
        }
        return folder.resolve(".johwa-fault-" + id);
    }

    /// Whoever else writes there would be hit too.
    private static void requireOwnDisk(Stage stage, Path folder) {
        if (!OwnDisk.has(folder)) {
            throw Problem.user("fault.disk", "the folder of data of " + stage.where() + " is on a disk with others")
                    .hint("mount a disk of its own at " + folder + ", or fill a part: --size 200Mi")
                    .exception();
        }
    }

    private static void requireRoom(FaultOrder order, Path folder) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            if (free - order.bytes() < KEPT_FREE) {
                throw Problem.resource(
                                "fault.disk",
                                "the disk has " + (free >> 20) + " MiB left, and " + (KEPT_FREE >> 20)
                                        + " MiB of them are not for faults")
                        .hint("fill less: --size; on a disk of its own --size full")
                        .exception();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the edge does until then; empty where it does nothing.
    static Optional<Trouble> trouble(FaultOrder order, Instant until) {
        Optional<String> kind = switch (order.kind()) {
            case LATENCY -> Optional.of(Trouble.LATENCY);
            case ERRORS -> Optional.of(Trouble.ERRORS);
            case RESETS -> Optional.of(Trouble.RESETS);
            case KILL, PAUSE, CPU, MEMORY, DISK, CUT -> Optional.empty();
        };
        var field = order.header().orElse("");
        int colon = field.indexOf(':');
        var name = colon < 0 ? field : field.substring(0, colon);
        var value = colon < 0 ? "" : field.substring(colon + 1).strip();
        return kind.map(each -> new Trouble(
                each,
                order.share(),
                name.toLowerCase(Locale.ROOT),
                value,
                order.delay().toMillis(),
                order.status(),
                until.toEpochMilli(),
                order.time().toMillis()));
    }
}
