package dev.johwa.serve.backup;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.file.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// A small data folder with a real database, for tests.
public final class DataFolder implements AutoCloseable {
    static final List<Part> PARTS = List.of(
            new Part("git/shop.git", Part.Change.WHOLE, Set.of("objects")),
            new Part("git/shop.git/objects", Part.Change.WHOLE),
            new Part("blobs/sha256", Part.Change.NEVER),
            new Part("apps/shop/data", Part.Change.FREELY));

    public final Path data;
    public final Database database;
    private int held;

    public DataFolder(Path data) throws IOException {
        this.data = data;
        Files.createDirectories(data);
        this.database = Database.open(data.resolve("johwa.db"), List.of("db/migration"));
        put("git/shop.git/HEAD", "ref: refs/heads/main\n".getBytes(StandardCharsets.UTF_8));
        put("git/shop.git/objects/12/3456", random(300));
        put("blobs/sha256/ab/abcd", random(9 << 20));
        put("apps/shop/data/production/uploads/näme", "hello".getBytes(StandardCharsets.UTF_8));
        put("secrets.key", random(32));
        Files.createDirectories(data.resolve("apps/shop/data/production/empty"));
        Files.createSymbolicLink(data.resolve("apps/shop/data/production/link"), Path.of("/etc/passwd"));
        Files.setPosixFilePermissions(
                data.resolve("apps/shop/data/production/empty"), PosixFilePermissions.fromString("r-x--x---"));
        write("first");
    }

    private DataFolder(Path data, Database database) {
        this.data = data;
        this.database = database;
    }

    /// One that is there.
    static DataFolder at(Path data) {
        return new DataFolder(data, Database.open(data.resolve("johwa.db"), List.of("db/migration")));
    }

    void put(String path, byte[] bytes) throws IOException {
        Files.createDirectories(data.resolve(path).getParent());
        Files.write(data.resolve(path), bytes);
    }

    static byte[] random(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    void write(String subject) {
        database.write(handle ->
                handle.execute("insert into facts (at, type, subject, body) values (1, 'Said', ?, '{}')", subject));
    }

    Backups backups() {
        return backups(Plan.NONE, new SystemClock());
    }

    Backups backups(Plan plan, Clock clock) {
        return backups(plan, clock, new Places(Map.of(), clock));
    }

    public Backups backups(Plan plan, Clock clock, Places places) {
        return new Backups(
                new BackupPorts(
                        data,
                        database,
                        clock,
                        () -> PARTS,
                        List.of(new Part("secrets.key", Part.Change.WHOLE)),
                        progress -> {},
                        () -> {
                            held++;
                            return () -> held--;
                        },
                        "1",
                        plan),
                places);
    }

    int held() {
        return held;
    }

    /// Every file by its path: mode, and digest or target.
    public static TreeMap<String, String> contents(Path folder) throws IOException {
        var found = new TreeMap<String, String>();
        try (var all = Files.walk(folder)) {
            for (var each : all.toList()) {
                var mode = Files.isSymbolicLink(each)
                        ? ""
                        : PosixFilePermissions.toString(Files.getPosixFilePermissions(each));
                found.put(folder.relativize(each).toString(), mode + " " + content(each));
            }
        }
        return found;
    }

    private static String content(Path each) throws IOException {
        if (Files.isSymbolicLink(each)) {
            return "→ " + Files.readSymbolicLink(each);
        }
        return Files.isDirectory(each) ? "" : Chunks.digest(Files.readAllBytes(each));
    }

    /// Lets the folder be.
    void leave() {
        database.close();
    }

    @Override
    public void close() {
        leave();
        Trees.delete(data);
    }
}
