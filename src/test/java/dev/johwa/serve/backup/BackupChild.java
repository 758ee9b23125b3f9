package dev.johwa.serve.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.Wait;
import dev.johwa.lib.clock.SystemClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// A process that makes backups one after another, or restores one, until it is killed. In its data folder each fact
/// names a blob that was there before it, so that what comes back can be looked at.
final class BackupChild implements AutoCloseable {
    private final Process process;
    private final Path said;

    private BackupChild(String... arguments) throws IOException {
        var argv = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        argv.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m"));
        argv.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
        argv.addAll(List.of("-cp", System.getProperty("java.class.path"), BackupChild.class.getName()));
        argv.addAll(List.of(arguments));
        said = Files.createTempFile("backup-child", ".out");
        process = new ProcessBuilder(argv)
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Wait.eventually(() -> !process.isAlive() || lines().contains("ready"));
    }

    static BackupChild backingUp(Path data, String where, long seed) throws IOException {
        return new BackupChild("backup", data.toString(), where, String.valueOf(seed));
    }

    static BackupChild restoring(String where, Path goal) throws IOException {
        return new BackupChild("restore", where, goal.toString());
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As `kill -9` does, so long after it began to work.
    ///
    /// @return how many times it was done with what it does
    int killAfter(long millis) throws InterruptedException {
        Thread.sleep(millis);
        end();
        assertThat(lines()).startsWith("ready");
        return lines().size() - 1;
    }

    private void end() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        end();
        Files.delete(said);
    }

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "backup" -> backUp(Path.of(arguments[1]), arguments[2], new Random(Long.parseLong(arguments[3])));
            case "restore" -> restore(arguments[1], Path.of(arguments[2]));
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    private static void backUp(Path data, String where, Random random) throws IOException {
        var folder = DataFolder.at(data);
        var backups = folder.backups();
        System.out.println("ready");
        while (true) {
            change(folder, random);
            System.out.println(backups.make(new Order(where, true), line -> {}).name());
            if (random.nextInt(3) == 0) {
                backups.thin(where, 2);
            }
        }
    }

    private static void change(DataFolder folder, Random random) throws IOException {
        var bytes = new byte[random.nextInt(300_000) + 1];
        random.nextBytes(bytes);
        var name = Chunks.digest(bytes);
        folder.put("blobs/sha256/" + name.substring(0, 2) + "/" + name, bytes);
        folder.write(name);
        folder.put("git/shop.git/refs/heads/main", name.getBytes(StandardCharsets.UTF_8));
    }

    private static void restore(String where, Path goal) throws IOException {
        Files.createDirectories(goal.resolveSibling(""));
        System.out.println("ready");
        new Restore(new Places(Map.of(), new SystemClock()), line -> {}, brought -> {})
                .restore(where, Optional.empty(), goal, Keys.NONE);
        System.out.println("restored");
    }
}
