package dev.johwa.source.detect.stack;

import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The folder that is looked at. Reads only what is asked for, nothing large, and nothing that a symbolic link shows
/// outside of it. Used by one thread; what was read once is kept.
public final class Folder {
    /// So many folders around a file that every search ends there.
    public static final int DEEPEST = Walk.DEEPEST;

    private static final int LARGEST = 1 << 20;

    private final Path root;
    private final Path realRoot;
    private final Map<String, Optional<String>> read = new HashMap<>();
    private final Map<String, Toml> tables = new LinkedHashMap<>();
    private final Set<String> tooLarge = new TreeSet<>();
    private final Map<Class<?>, Object> worked = new HashMap<>();
    private final Optional<Folder> repository;
    private final String place;
    private final Map<String, Boolean> lookedFor = new LinkedHashMap<>();
    private final Walk walk;

    public Folder(Path root) {
        this(root, Optional.empty(), "");
    }

    private Folder(Path root, Optional<Folder> repository, String place) {
        this.root = root;
        this.realRoot = real(root);
        this.walk = new Walk(root);
        this.repository = repository;
        this.place = place;
    }

    /// A folder in this one that is looked at by itself, and yet knows where it lies: what installs a package of a
    /// workspace is written above it.
    ///
    /// @param folder relative with `/`, without `..`
    public Folder below(String folder) {
        return new Folder(root.resolve(folder), Optional.of(this), folder);
    }

    /// The repository in which this folder is looked at; empty when it is looked at by itself.
    public Optional<Folder> repository() {
        return repository;
    }

    /// Where it lies in [#repository], relative with `/`.
    public String place() {
        return place;
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.toAbsolutePath().normalize();
        }
    }

    public boolean has(String file) {
        return inside(file).filter(Files::isRegularFile).isPresent();
    }

    public boolean hasFolder(String folder) {
        return inside(folder).filter(Files::isDirectory).isPresent();
    }

    /// The first of these files that is there.
    public Optional<String> first(List<String> files) {
        return files.stream().filter(this::has).findFirst();
    }

    /// The text of a file, without a byte order mark; empty when it is not there or too large. Bytes that are no UTF-8
    /// are read as Latin-1, so that one odd letter in a comment hides nothing.
    public Optional<String> read(String file) {
        var text = read.computeIfAbsent(file, name -> inside(name).flatMap(path -> text(name, path)));
        lookedFor.put(file, text.isPresent());
        return text;
    }

    /// A TOML file; without any key when it is not there or too large.
    public Toml toml(String file) {
        return tables.computeIfAbsent(file, name -> Toml.read(name, read(name).orElse("")));
    }

    /// What somebody works out of the whole folder, once for all who ask. The work asks for nothing in this way itself.
    public <T> T once(Class<T> kind, Function<Folder, T> work) {
        return kind.cast(worked.computeIfAbsent(kind, each -> work.apply(this)));
    }

    /// What is wrong in the manifests that were read, as far as their form goes.
    public List<Problem> problems() {
        var broken = tables.values().stream().flatMap(toml -> toml.problem().stream());
        var texts = read.entrySet().stream()
                .filter(each -> each.getValue().isPresent())
                .map(Map.Entry::getKey)
                .sorted();
        return Stream.of(broken, Forms.unread(tooLarge), texts.flatMap(file -> Forms.of(this, file)))
                .flatMap(each -> each)
                .toList();
    }

    /// Of those only what was too large to be read: where nobody knows the folder, it may be for that.
    public List<Problem> unread() {
        return Forms.unread(tooLarge).toList();
    }

    /// The beginning of a file that may be large; nothing when it is not there.
    public String start(String file) {
        try {
            var path = inside(file).filter(Files::isRegularFile);
            if (path.isEmpty()) {
                return "";
            }
            try (var input = Files.newInputStream(path.get())) {
                return new String(input.readNBytes(LARGEST), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            return "";
        }
    }

    /// Whether its owner may run it.
    public boolean isExecutable(String file) {
        return inside(file).filter(Files::isExecutable).isPresent();
    }

    /// The files that somebody asked for since the last call, and whether they were there.
    public Map<String, Boolean> takeLookedFor() {
        var taken = new LinkedHashMap<>(lookedFor);
        lookedFor.clear();
        return taken;
    }

    /// Whether a file says something.
    public boolean says(String file, Pattern what) {
        return read(file).filter(text -> what.matcher(text).find()).isPresent();
    }

    /// The real path, if it lies in the folder.
    private Optional<Path> inside(String name) {
        try {
            var path = root.resolve(name);
            boolean isThere = Files.exists(path);
            lookedFor.put(name, isThere);
            if (!isThere) {
                return Optional.empty();
            }
            var real = path.toRealPath();
            return real.startsWith(realRoot) ? Optional.of(real) : Optional.empty();
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Optional<String> text(String name, Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                return Optional.empty();
            }
            if (Files.size(path) > LARGEST) {
                tooLarge.add(name);
                return Optional.empty();
            }
            return Optional.of(decode(Files.readAllBytes(path)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String decode(byte[] bytes) {
        if (startsWith(bytes, 0xFF, 0xFE)) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(bytes, 0xFE, 0xFF)) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16BE);
        }
        int mark = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        var rest = ByteBuffer.wrap(bytes, mark, bytes.length - mark);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(rest).toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /// The encoding that a file's first bytes name, when it is not UTF-8.
    public Optional<Charset> otherEncoding(String file) {
        try {
            var path = inside(file).filter(Files::isRegularFile);
            if (path.isEmpty()) {
                return Optional.empty();
            }
            try (var input = Files.newInputStream(path.get())) {
                var start = input.readNBytes(2);
                boolean isWide = startsWith(start, 0xFF, 0xFE) || startsWith(start, 0xFE, 0xFF);
                return isWide ? Optional.of(StandardCharsets.UTF_16) : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= bytes.length || Byte.toUnsignedInt(bytes[i]) != start[i]) {
                return false;
            }
        }
        return true;
    }

    /// Names of the folders in a folder, in order; not those of tools and dependencies, and no symbolic links.
    public List<String> folders(String folder) {
        return inside(folder).stream()
                .flatMap(place -> Walk.children(place).stream()
                        .filter(child -> Walk.isOwn(child) && Walk.isFolder(place.resolve(child))))
                .toList();
    }

    /// Files below, relative with `/`, the shallow ones first and in order; not in folders of tools and dependencies.
    /// Of a very large folder only the part nearest to its root is seen, and of any only what the list is read for.
    public List<String> files(Predicate<String> wanted) {
        return files(Walk.DEEPEST, wanted);
    }

    /// The same, where it is enough to look near the root.
    ///
    /// @param deepest how many folders may be around a file
    public List<String> files(int deepest, Predicate<String> wanted) {
        return new Found(walk, deepest, wanted);
    }

    /// How many names were looked at to find files.
    public int visited() {
        return walk.visited();
    }
}
