package dev.johwa.build.cause;

import dev.johwa.lib.file.Search;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The values of the environment that the code of a folder reads and has no default for, each with its first place.
public final class EnvironmentReads {
    private static final int MOST_TOLD = 10;
    private static final long LARGEST = 512 << 10;
    private static final Search SEARCH = new Search(
            Set.of(
                    "node_modules",
                    ".git",
                    "vendor",
                    "venv",
                    ".venv",
                    "site-packages",
                    "target",
                    "build",
                    "dist",
                    ".next",
                    "test",
                    "tests",
                    "spec",
                    "__tests__"),
            8,
            2_000);
    static final Set<String> GIVEN =
            Set.of("PORT", "HOST", "HOME", "PATH", "NODE_ENV", "CI", "DEBUG", "PWD", "TMPDIR", "LANG", "USER", "TZ");
    private static final Pattern CODE = Pattern.compile(
            ".*\\.(?:[cm]?[jt]sx?|vue|svelte|py|rb|go|rs|java|kt|scala|php|exs?|cs|prisma|properties|ya?ml)");
    private static final String NAME = "([A-Z][A-Z0-9_]{1,63})";
    /// What follows decides whether there is a default.
    private static final Pattern READ =
            Pattern.compile("(?:process\\.env\\.|process\\.env\\[['\"]|Bun\\.env\\.|Deno\\.env\\.get\\(['\"]"
                    + "|os\\.environ\\[['\"]|os\\.environ\\.get\\(['\"]|os\\.getenv\\(['\"]|os\\.(?:Getenv|LookupEnv)\\(\""
                    + "|System\\.getenv\\(\"|env::var(?:_os)?\\(\"|\\benv!\\(\"|ENV\\[['\"]|ENV\\.fetch\\(['\"]|\\bgetenv\\(['\"]"
                    + "|\\$_(?:ENV|SERVER)\\[['\"]|System\\.(?:get|fetch)_env!?\\(\"|GetEnvironmentVariable\\(\"|\\benv\\(\"|\\$\\{)"
                    + NAME + "(['\"]?)([)\\]}]?)(.{0,40})");
    private static final Pattern DEFAULT = Pattern.compile(
            "^\\s*(?:,|\\|\\||\\?\\?|\\?:|:|\\bor\\b|=\\s*[^=]).*|^\\s*\\)?\\s*(?:\\.unwrap_or|\\|\\||\\?\\?|\\?:|or ).*");

    private EnvironmentReads() {}

    /// By name: `STRIPE_KEY` → `src/pay.js:12`.
    public static Map<String, String> of(Path folder) {
        var found = new TreeMap<String, String>();
        files(folder).forEach(file -> read(folder, file, found));
        GIVEN.forEach(found::remove);
        return found;
    }

    /// For a person: what nothing sets; empty when everything is set.
    ///
    /// @param folder of the code
    /// @param set names that are set
    public static List<String> unset(Path folder, Set<String> set) {
        var unset = of(folder).entrySet().stream()
                .filter(read -> !set.contains(read.getKey()) && !read.getKey().startsWith("JOHWA_"))
                .toList();
        if (unset.isEmpty()) {
            return List.of();
        }
        var told = unset.stream()
                .limit(MOST_TOLD)
                .map(read -> read.getKey() + " (" + read.getValue() + ")")
                .collect(Collectors.joining(", "));
        var more = unset.size() > MOST_TOLD ? ", and " + (unset.size() - MOST_TOLD) + " more" : "";
        return List.of("The code reads, without a default, and nothing sets: " + told + more);
    }

    private static void read(Path folder, Path file, Map<String, String> found) {
        try {
            var lines = new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            for (int i = 0; i < lines.size(); i++) {
                var line = lines.get(i);
                var read = READ.matcher(line.length() > 1_000 ? line.substring(0, 1_000) : line);
                while (read.find()) {
                    boolean isPlaceholder = line.startsWith("${", read.start());
                    boolean isOther = isPlaceholder && !file.toString().matches(".*\\.(?:properties|ya?ml)");
                    if (!isOther && !DEFAULT.matcher(read.group(4)).matches()) {
                        found.putIfAbsent(read.group(1), folder.relativize(file) + ":" + (i + 1));
                    }
                }
            }
        } catch (IOException e) {
            // What cannot be read says nothing.
        }
    }

    private static List<Path> files(Path folder) {
        return SEARCH.find(
                folder,
                (file, attributes) -> attributes.size() < LARGEST
                        && CODE.matcher(file.getFileName().toString()).matches());
    }
}
