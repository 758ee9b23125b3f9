package dev.johwa.source.detect;

import dev.johwa.Parser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Those of manifests of all stacks: the first byte says of which, the others are the manifest.
public final class DetectParsers {
    private static final List<List<String>> FOLDERS = AnyBytesTest.FOLDERS;

    private final Path place;

    public DetectParsers(Path place) {
        this.place = place.resolve("manifests");
    }

    public List<Parser> all() {
        var seeds = IntStream.range(0, FOLDERS.size())
                .mapToObj(i -> (char) i + FOLDERS.get(i).get(1))
                .toArray(String[]::new);
        return List.of(Parser.ofBytes("manifests of stacks", this::detect, seeds));
    }

    private void detect(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        int chosen = (bytes[0] & 0xFF) % FOLDERS.size();
        var files = FOLDERS.get(chosen);
        var folder = place.resolve(String.valueOf(chosen));
        if (Files.notExists(folder)) {
            for (int i = 2; i < files.size(); i += 2) {
                write(folder.resolve(files.get(i)), files.get(i + 1).getBytes(StandardCharsets.UTF_8));
            }
        }
        write(folder.resolve(files.getFirst()), Arrays.copyOfRange(bytes, 1, bytes.length));
        AnyBytesTest.detect(folder, files.getFirst());
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
