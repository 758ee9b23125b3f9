package dev.johwa.serve.data;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.file.Whole;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

/// The dumps of one database: files that are whole or not there, thinned out with age.
final class DumpFolder {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmssSSS");
    private static final int LENGTH_OF_TIME = "20261126-033015123".length();
    private static final String END = ".dump";
    private static final String PART = ".part";
    private static final int NEWEST = 5;
    private static final Duration DAILY = Duration.ofDays(14);

    private final Path folder;
    private final Clock clock;

    private DumpFolder(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /// @param dumps folder of those of all databases
    static DumpFolder of(Path dumps, AppDatabase database, Clock clock) {
        var owner = database.owner();
        var folder = dumps;
        for (var part : List.of(owner.project(), owner.app(), owner.environment(), database.variable())) {
            folder = folder.resolve(
                    URLEncoder.encode(part, StandardCharsets.UTF_8).replace(".", "%2E"));
        }
        return new DumpFolder(folder, clock);
    }

    /// Newest first.
    List<Dump> list() {
        return Trees.children(folder).stream()
                .filter(file -> file.getFileName().toString().endsWith(END))
                .flatMap(file -> read(file).stream())
                .sorted(Comparator.comparing(Dump::id).reversed())
                .toList();
    }

    private static List<Dump> read(Path file) {
        var name = file.getFileName().toString();
        var id = name.substring(0, name.length() - END.length());
        try {
            var time = LocalDateTime.parse(id.substring(0, LENGTH_OF_TIME), TIME);
            var why = id.substring(LENGTH_OF_TIME).replaceFirst("^-", "");
            return List.of(new Dump(id, file, time.toInstant(ZoneOffset.UTC), why, Files.size(file)));
        } catch (IOException | DateTimeParseException | IndexOutOfBoundsException e) {
            // A file that somebody else put there, or that goes at this moment.
            return List.of();
        }
    }

    /// Writes one: it has its name only when all of it is on the disk.
    Dump write(String why, Consumer<OutputStream> writing) {
        var id = TIME.format(LocalDateTime.ofInstant(clock.now(), ZoneOffset.UTC)) + "-" + why;
        var part = folder.resolve(id + PART);
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            try (var channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                writing.accept(Channels.newOutputStream(channel));
                channel.force(true);
            }
            var file = Files.move(part, folder.resolve(id + END), StandardCopyOption.ATOMIC_MOVE);
            return read(file).getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Trees.delete(part);
        }
    }

    /// Lets those go that nobody will miss: the newest stay, then one a day.
    void thin() {
        var days = new HashSet<LocalDate>();
        var oldest = clock.now().minus(DAILY);
        int position = 0;
        for (var dump : list()) {
            boolean isNewOfDay = days.add(LocalDate.ofInstant(dump.at(), ZoneOffset.UTC));
            if (position++ >= NEWEST && (!isNewOfDay || dump.at().isBefore(oldest))) {
                Trees.delete(dump.file());
            }
        }
    }

    /// Takes away what was half written when the program ended. Nobody may write one meanwhile.
    void removeHalves() {
        Whole.clear(folder);
    }

    /// Those that may go when there is too little room: all but the newest, oldest first.
    List<Dump> spare() {
        var all = new ArrayList<>(list());
        return all.isEmpty() ? all : all.subList(1, all.size()).reversed();
    }

    void delete() {
        Trees.delete(folder);
    }
}
