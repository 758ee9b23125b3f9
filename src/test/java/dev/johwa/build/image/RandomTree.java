package dev.johwa.build.image;

import dev.johwa.lib.text.RawNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// Folders full of what file systems allow, the same for the same seed, made in an order of the caller's.
final class RandomTree {
    private static final int FOLDERS = 12;
    private static final int FILES = 80;

    private RandomTree() {}

    private sealed interface Piece {
        String name();

        record Folder(String name) implements Piece {}

        record File(String name, byte[] bytes, boolean isProgram) implements Piece {}

        record Link(String name, String target) implements Piece {}
    }

    /// @param order seed of the order in which files are made
    static Path make(Path root, long seed, long order) throws IOException {
        Files.createDirectories(root);
        var random = new Random(seed);
        var folders = new ArrayList<String>(List.of(""));
        for (int i = 0; i < FOLDERS; i++) {
            folders.add(folders.get(random.nextInt(folders.size())) + name(random, i) + "/");
        }
        folders.add("d/".repeat(60));
        var pieces = new ArrayList<Piece>();
        folders.stream().filter(each -> !each.isEmpty()).forEach(each -> pieces.add(new Piece.Folder(each)));
        for (int i = 0; i < FILES; i++) {
            pieces.add(piece(random, folders.get(random.nextInt(folders.size())) + name(random, i)));
        }
        pieces.add(new Piece.File("a".repeat(99), new byte[0], false));
        pieces.add(new Piece.File("node_modules/a/" + "n".repeat(200), new byte[512], false));
        Collections.shuffle(pieces, new Random(order));
        for (var piece : pieces) {
            write(root, piece);
        }
        return root;
    }

    private static Piece piece(Random random, String name) {
        if (random.nextInt(6) == 0) {
            return new Piece.Link(name, random.nextInt(3) == 0 ? "../" + name(random, 0) : "/" + name(random, 1));
        }
        var bytes = new byte
                [random.nextInt(4) == 0
                        ? 0
                        : random.nextInt(3) == 0 ? 512 * random.nextInt(9) : random.nextInt(300_000)];
        if (random.nextBoolean()) {
            random.nextBytes(bytes);
        }
        return new Piece.File(name, bytes, random.nextBoolean());
    }

    /// Every byte but the slash and zero.
    private static String name(Random random, int number) {
        var name = new StringBuilder(number + "-");
        for (int length = random.nextInt(random.nextInt(8) == 0 ? 250 : 12); length > 0; length--) {
            char next = (char) (random.nextInt(255) + 1);
            name.append(next == '/' ? '_' : next);
        }
        return name.toString();
    }

    private static void write(Path root, Piece piece) throws IOException {
        var place = root.resolve(RawNames.path(piece.name()));
        Files.createDirectories(place.getParent());
        switch (piece) {
            case Piece.Folder(String _) -> Files.createDirectories(place);
            case Piece.Link(String _, String target) -> Files.createSymbolicLink(place, RawNames.path(target));
            case Piece.File(String _, byte[] bytes, boolean isProgram) -> {
                Files.write(place, bytes);
                if (isProgram) {
                    Files.setAttribute(place, "unix:mode", 0750);
                }
            }
        }
    }

    /// What a folder holds: names byte by byte, kinds, rights to execute and content.
    static Map<String, String> content(Path root) throws IOException {
        var found = new TreeMap<String, String>();
        try (var all = Files.walk(root)) {
            for (var each : all.toList()) {
                found.put(RawNames.of(root.relativize(each)), describe(each));
            }
        }
        return found;
    }

    private static String describe(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return "→ " + RawNames.of(Files.readSymbolicLink(file));
        }
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return "folder";
        }
        int mode = (int) Files.getAttribute(file, "unix:mode");
        return ((mode & 0100) != 0) + " " + Arrays.hashCode(Files.readAllBytes(file)) + " " + Files.size(file);
    }
}
