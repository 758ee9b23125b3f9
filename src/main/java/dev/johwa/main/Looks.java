package dev.johwa.main;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Disk;
import dev.johwa.lib.file.Disk.Room;
import dev.johwa.lib.text.Sizes;
import dev.johwa.serve.data.Data;
import dev.johwa.serve.data.DataStatus;
import dev.johwa.serve.domain.Domains;
import dev.johwa.serve.domain.Domains.Urgent;
import dev.johwa.watch.notice.Kind;
import dev.johwa.watch.notice.Look;
import dev.johwa.watch.notice.Sign;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.notice.Sign.Words;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What people are told of that no fact tells: room on the disk, certificates, servers of databases.
final class Looks {
    private static final String CERTIFICATE = "certificate:";
    private static final List<Integer> DAYS = List.of(1, 3, 7, 14);

    private Looks() {}

    /// A look at signs that need no memory.
    private record Plain(Kind kind, Function<Predicate<String>, List<Sign>> found, Predicate<String> known)
            implements Look {
        @Override
        public List<Sign> signs(Predicate<String> isOpen) {
            return found.apply(isOpen);
        }

        @Override
        public boolean isThere(String key) {
            return known.test(key);
        }
    }

    static List<Look> all(Capacity capacity, Settings settings, Domains domains, Data data, Clock clock) {
        var folders = settings.written();
        return List.of(
                new Plain(Kind.DISK, isOpen -> disks(folders, capacity, isOpen), _ -> true),
                new Plain(
                        Kind.CERTIFICATES,
                        isOpen -> domains.urgent().stream()
                                .map(each -> certificate(each, clock))
                                .toList(),
                        key -> domains.isHeld(key.substring(CERTIFICATE.length()))),
                new Plain(
                        Kind.DATABASES,
                        isOpen -> databases(data.lately().stream()
                                .filter(each -> !each.problem().isEmpty())
                                .toList()),
                        key -> data.lately().stream().anyMatch(each -> key(each).equals(key))));
    }

    private static List<Sign> disks(List<Path> folders, Capacity capacity, Predicate<String> isOpen) {
        return folders.stream()
                .collect(Collectors.toMap(folder -> Disk.of(folder).name(), folder -> folder, (one, other) -> one))
                .values()
                .stream()
                .flatMap(folder -> disk(folder, Disk.of(folder), capacity, isOpen).stream())
                .toList();
    }

    private static List<Sign> disk(Path folder, Disk disk, Capacity capacity, Predicate<String> isOpen) {
        // Told already, it does not come and go with each byte, also over a restart.
        var told = isOpen.test("disk:" + disk.name()) ? Room.LOW : Room.ENOUGH;
        var before = capacity.before(disk);
        return disk(folder, disk, before.compareTo(told) > 0 ? before : told);
    }

    static List<Sign> disk(Path folder, Disk disk, Room before) {
        var key = "disk:" + disk.name();
        var room = disk.room(before);
        if (room == Room.ENOUGH) {
            return List.of();
        }
        var words = Words.of(
                        "disk of " + folder,
                        "The disk of " + folder + " is " + disk.usedPercent() + " % full: "
                                + Sizes.text(disk.freeBytes()) + " are left"
                                + meaning(room),
                        "")
                .details(
                        new Detail("Disk", disk.name()),
                        new Detail("Free", Sizes.text(disk.freeBytes())),
                        new Detail("Size", Sizes.text(disk.bytes())))
                .advice(
                        "Free what nobody needs: johwa gc",
                        "Give what can be made again less: johwa up --budget",
                        "Or give the disk more room.");
        return List.of(new Sign(Kind.DISK, key, "", mark(room), words, "The disk of " + folder + " has room again"));
    }

    private static String meaning(Room room) {
        return switch (room) {
            case ENOUGH, LOW -> "";
            case SHORT -> "; builds wait until there is room";
            case ALMOST_NONE -> "; builds wait and pushes are refused until there is room, what is live serves on";
        };
    }

    private static String mark(Room room) {
        return switch (room) {
            case ENOUGH, LOW -> "low";
            case SHORT -> "short";
            case ALMOST_NONE -> "almost full";
        };
    }

    static Sign certificate(Urgent urgent, Clock clock) {
        long left = Duration.between(clock.now(), urgent.until()).toDays();
        var mark = urgent.until().isBefore(clock.now())
                ? "ended"
                : DAYS.stream().filter(days -> left < days).findFirst().orElse(DAYS.getLast()) + " days";
        var words = Words.of(
                        "certificate of " + urgent.name(),
                        "The certificate of " + urgent.name()
                                + (mark.equals("ended") ? " has ended" : " ends in " + left + " days"),
                        urgent.project().isEmpty() ? "" : "/" + urgent.project())
                .details(
                        new Detail("Name", urgent.name()),
                        new Detail("Ends", urgent.until().toString()))
                .advice(urgent.problem());
        return new Sign(
                Kind.CERTIFICATES,
                CERTIFICATE + urgent.name(),
                urgent.project(),
                mark,
                words,
                "The certificate of " + urgent.name() + " is good again");
    }

    /// One for each project that has databases on a server which is down.
    static List<Sign> databases(List<DataStatus> fallen) {
        return fallen.stream().collect(Collectors.groupingBy(Looks::key)).entrySet().stream()
                .map(each -> database(each.getKey(), each.getValue()))
                .toList();
    }

    private static String key(DataStatus status) {
        return "database:" + status.database().server() + " "
                + status.database().owner().project();
    }

    private static Sign database(String key, List<DataStatus> down) {
        var server = down.getFirst().database().server();
        var project = down.getFirst().database().owner().project();
        var names = down.stream()
                .map(each -> each.database().owner() + " " + each.database().variable())
                .sorted()
                .collect(Collectors.joining(", "));
        var words = Words.of(
                        project + ": database server " + server,
                        "The database server " + server + " is not well",
                        "/" + project)
                .details(
                        new Detail("Databases", names),
                        new Detail("It said", down.getFirst().problem()))
                .advice("It is started again by itself. How it is: johwa data");
        return new Sign(Kind.DATABASES, key, project, "", words, "The database server " + server + " is well again");
    }
}
