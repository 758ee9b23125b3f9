import dev.johwa.build.image.Images;
import dev.johwa.lib.blob.Blobs;
import dev.johwa.lib.clock.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What packing, unpacking and copying an application with 30,000 files of dependencies costs, in interleaved rounds
/// against what a person would type; and packing a small application.
final class Artifacts {
    private static final int ROUNDS = 5;
    private static final Images.Start START = new Images.Start(List.of("node", "server.js"), Map.of(), List.of());
    private static final List<String> LAYERS = List.of("node_modules");

    private final Map<String, double[]> times = new LinkedHashMap<>();
    private int round;

    public static void main(String[] arguments) throws Exception {
        int files = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30_000;
        var folder = Files.createTempDirectory(Path.of(arguments.length > 1 ? arguments[1] : "."), ".bench-artifact")
                .toAbsolutePath();
        try {
            new Artifacts().run(folder, files);
        } finally {
            shell("rm -rf \"$0\"", folder);
        }
    }

    private void run(Path folder, int files) throws Exception {
        var large = large(folder.resolve("large"), files);
        var small = small(folder.resolve("small"));
        for (round = -1; round < ROUNDS; round++) {
            round(Files.createDirectory(folder.resolve("round" + round)), large, small);
            shell("rm -rf \"$0\"", folder.resolve("round" + round));
        }
        System.out.printf("%,d files, %s; median of %d rounds, milliseconds%n", files, size(large), ROUNDS);
        times.forEach((name, each) -> System.out.printf("  %-52s %7.0f   %s%n", name, median(each), text(each)));
    }

    private void round(Path folder, Path large, Path small) throws Exception {
        var images = new Images(new Blobs(folder.resolve("blobs")), folder.resolve("unpacked"), new SystemClock());
        var first = images.pack(small, LAYERS, List.of(), START);
        Files.writeString(small.resolve("server.js"), "served " + round);
        time("pack a small application, one file changed", () -> images.pack(small, LAYERS, List.of(), START));
        time("pack, first", () -> images.pack(large, LAYERS, List.of(), START));
        time("tar | gzip -1", () -> shell("tar -C \"$0\" -c . | gzip -1 >\"$1\"", large, folder.resolve("tar.gz")));
        Files.writeString(large.resolve("server.js"), "served " + round);
        time("pack, one file changed", () -> images.pack(large, LAYERS, List.of(), START));
        var manifest = images.pack(large, LAYERS, List.of(), START).manifest();
        time("unpack, first", () -> images.unpack(manifest));
        time(
                "tar -xz",
                () -> shell(
                        "mkdir \"$0\" && tar -C \"$0\" -xzf \"$1\"", folder.resolve("x"), folder.resolve("tar.gz")));
        time("copy to an instance of the server's own account", () -> images.copyTo(manifest, folder.resolve("own")));
        time("cp -a", () -> shell("cp -a \"$0\" \"$1\"", large, folder.resolve("cp")));
        if ((int) Files.getAttribute(folder, "unix:uid") == 0) {
            time(
                    "copy to an instance of another account",
                    () -> images.copyTo(manifest, folder.resolve("other"), 54321));
        }
        if (!first.manifest().text().startsWith("sha256:")) {
            throw new IllegalStateException("no digest");
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private void time(String name, Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        double millis = (System.nanoTime() - start) / 1e6;
        if (round >= 0) {
            times.computeIfAbsent(name, each -> new double[ROUNDS])[round] = millis;
        }
    }

    private static Path large(Path folder, int files) throws IOException {
        var random = new Random(1);
        var words = new String[2000];
        Arrays.setAll(words, i -> Long.toString(random.nextLong(1L << 30), 36));
        for (int i = 0; i < files; i++) {
            var place = folder.resolve("node_modules/package" + i / 30 + "/lib" + i / 6 % 5);
            Files.createDirectories(place);
            var text = new StringBuilder();
            for (int length = (int) (Math.exp(random.nextGaussian() * 1.4 + 7.6));
                    text.length() < Math.min(length, 500_000); ) {
                text.append(words[random.nextInt(words.length)]).append(random.nextInt(9) == 0 ? ";\n" : " ");
            }
            Files.writeString(place.resolve("file" + i + ".js"), text);
        }
        return small(folder);
    }

    private static Path small(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < 30; i++) {
            Files.writeString(folder.resolve("page" + i + ".html"), ("<p>" + i + "</p>\n").repeat(300));
        }
        Files.writeString(folder.resolve("server.js"), "serve");
        return folder;
    }

    private static String size(Path folder) throws Exception {
        return new String(new ProcessBuilder("du", "-sh", "--apparent-size", folder.toString())
                        .start()
                        .getInputStream()
                        .readAllBytes())
                .split("\t")[0];
    }

    private static void shell(String script, Path... arguments) throws Exception {
        var command = new java.util.ArrayList<>(List.of("sh", "-c", script));
        for (var argument : arguments) {
            command.add(argument.toString());
        }
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("failed: " + script);
        }
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String text(double[] values) {
        return Arrays.stream(values).mapToObj("%.0f"::formatted).toList().toString();
    }
}
