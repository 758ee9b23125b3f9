package dev.johwa.main.ship;

import dev.johwa.lib.archive.Contents;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The texts of licences and notices of the libraries: those that a jar carries itself, and for others those of its
/// licences as the list of libraries names them.
final class Licences {
    private static final Pattern TEXT = Pattern.compile(
            "(META-INF/(maven/.*/)?|about_files/)?(LICEN[CS]E|NOTICE|COPYING|ABOUT)[^/]*", Pattern.CASE_INSENSITIVE);
    private static final Pattern LICENCE = Pattern.compile("(LICEN[CS]E|COPYING|ABOUT).*", Pattern.CASE_INSENSITIVE);
    private static final String FOLDER = "licences/";

    /// Licences whose text is the same for all.
    private static final Map<String, String> COMMON = Map.of(
            "Apache-2.0", "Apache-2.0.txt",
            "EPL-2.0", "EPL-2.0.txt",
            "Bouncy Castle Licence", "Bouncy-Castle.txt");

    /// Licences that name their holders, by the beginnings of jars that do not carry them.
    private static final Map<String, String> OWN =
            Map.of("asm-", "ASM.txt", "protobuf-java-", "Protobuf.txt", "re2j-", "Go.txt", "zstd-jni-", "Zstd.txt");

    private Licences() {}

    /// Adds them below `licences/`, in a folder for each jar.
    ///
    /// @param list of libraries with their licences, in the form of CycloneDX
    /// @throws dev.johwa.lib.problem.ProblemException `package.licence` for a jar whose licence has no text here
    static void add(Contents contents, String prefix, List<Path> jars, Path list) throws IOException {
        var listed = Json.tree(Files.readString(list)).path("components");
        var common = new TreeSet<String>();
        for (var jar : jars) {
            var name = jar.getFileName().toString().replaceFirst("\\.jar$", "");
            var carried = carried(jar);
            carried.forEach((text, bytes) -> contents.bytes(prefix + FOLDER + name + "/" + text, bytes));
            if (name.equals("johwa")
                    || carried.keySet().stream()
                            .anyMatch(text -> LICENCE.matcher(text).matches())) {
                continue;
            }
            var texts = texts(name, listed);
            common.addAll(texts);
            contents.text(prefix + FOLDER + name + "/licence.txt", said(texts));
        }
        common.forEach(text -> contents.text(prefix + FOLDER + text, Program.resource(FOLDER + text)));
    }

    private static Map<String, byte[]> carried(Path jar) throws IOException {
        var found = new LinkedHashMap<String, byte[]>();
        try (var file = new JarFile(jar.toFile());
                Stream<String> texts = file.stream()
                        .filter(entry -> !entry.isDirectory())
                        .map(entry -> entry.getName())
                        .filter(each -> TEXT.matcher(each).matches())) {
            for (var text : texts.sorted().toList()) {
                try (var in = file.getInputStream(file.getEntry(text))) {
                    found.put(text.substring(text.lastIndexOf('/') + 1), in.readAllBytes());
                }
            }
        }
        return found;
    }

    private static List<String> texts(String jar, JsonNode listed) {
        var found = new ArrayList<String>();
        OWN.entrySet().stream().filter(own -> jar.startsWith(own.getKey())).forEach(own -> found.add(own.getValue()));
        for (var component : listed) {
            var name = component.path("name").asString() + "-"
                    + component.path("version").asString();
            if (jar.equals(name) || jar.startsWith(name + "-")) {
                component
                        .path("licenses")
                        .valueStream()
                        .map(each -> each.path("license"))
                        .map(licence ->
                                licence.path("id").asString(licence.path("name").asString("")))
                        .filter(COMMON::containsKey)
                        .map(COMMON::get)
                        .forEach(found::add);
            }
        }
        if (found.isEmpty()) {
            throw Problem.system("package.licence", "there is no text of the licence of " + jar)
                    .hint("it lies neither in the jar nor among those that packages bring; add it there")
                    .exception();
        }
        return found.stream().distinct().sorted().toList();
    }

    private static String said(List<String> texts) {
        var names = texts.stream().map(text -> FOLDER + text).toList();
        return "The text of its licence: " + String.join(", or ", names) + "\n";
    }
}
