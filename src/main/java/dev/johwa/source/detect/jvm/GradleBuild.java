package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Toml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The projects of a Gradle build, as its settings name them.
final class GradleBuild {
    private static final List<String> SETTINGS = List.of("settings.gradle.kts", "settings.gradle");
    private static final List<String> BUILDS = List.of("build.gradle.kts", "build.gradle");
    private static final String CATALOG = "gradle/libs.versions.toml";
    private static final Pattern COMMENT = Pattern.compile("(?m)/\\*[^*]*+(?:\\*(?!/)[^*]*+)*+\\*/|(?<![:\"'])//.*$");
    private static final Pattern NOT_APPLIED = Pattern.compile("(?m)^.*\\bapply\\s*\\(?\\s*false\\b.*$");
    private static final Pattern INCLUDE = Pattern.compile("^include\\b");
    private static final Pattern QUOTED = Pattern.compile("[\"']([\\w:./-]+)[\"']");
    private static final Pattern PLACE = Pattern.compile(
            "project\\(\\s*[\"']([\\w:./-]+)[\"']\\s*\\)\\.projectDir\\s*=\\s*(?:new File|file)\\([^\"'\\n]*[\"']([\\w./-]+)[\"']");
    private static final Pattern PLUGIN = Pattern.compile("\\bid\\s*\\(?\\s*[\"']([\\w.-]+)[\"']");
    private static final Pattern EVERYWHERE = Pattern.compile("\\b(subprojects|allprojects)\\s*\\{");
    private static final Pattern SAFE = Pattern.compile("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*");
    private static final List<String> CONVENTIONS = List.of("buildSrc", "build-logic", "buildSrc/convention");
    private static final int MOST_MODULES = 100;

    private final Folder folder;
    private final String settings;
    private final Map<String, List<String>> catalog = new LinkedHashMap<>();
    private final List<GradleModule> modules;

    private GradleBuild(Folder folder) {
        this.folder = folder;
        this.settings = plain(folder.first(SETTINGS).flatMap(folder::read).orElse(""));
        readCatalog(folder.toml(CATALOG));
        this.modules = collected();
    }

    /// Empty where no file of Gradle's lies in the folder.
    static Optional<GradleBuild> read(Folder folder) {
        boolean isThere = folder.first(SETTINGS).or(() -> folder.first(BUILDS)).isPresent();
        // The root is asked by each of its projects.
        return isThere ? Optional.of(folder.once(GradleBuild.class, GradleBuild::new)) : Optional.empty();
    }

    static boolean hasSettings(Folder folder) {
        return folder.first(SETTINGS).isPresent();
    }

    /// The file that says that it is one.
    String file() {
        return folder.first(BUILDS).or(() -> folder.first(SETTINGS)).orElseThrow();
    }

    private void readCatalog(Toml toml) {
        for (var table : List.of("plugins", "libraries")) {
            toml.entries(table).forEach((key, value) -> {
                var alias = key.replaceAll("[-_]", ".");
                var name = (table.equals("plugins") ? "libs.plugins." : "libs.") + alias;
                catalog.computeIfAbsent(name, each -> new ArrayList<>()).addAll(value.texts());
            });
        }
    }

    private static String plain(String text) {
        return COMMENT.matcher(text).replaceAll("");
    }

    /// The root first, then those that are included and have a build file.
    List<GradleModule> modules() {
        return modules;
    }

    /// The one in a folder, `.` for the root.
    Optional<GradleModule> in(String folder) {
        return modules.stream().filter(module -> module.folder().equals(folder)).findFirst();
    }

    /// A project and what it needs of the others, near and far: what its dependencies name.
    List<GradleModule> needed(GradleModule module) {
        var needed = new LinkedHashSet<GradleModule>();
        var open = new ArrayList<>(List.of(module));
        while (!open.isEmpty()) {
            var next = open.removeLast();
            if (needed.add(next)) {
                var named = next.named();
                modules.stream()
                        .filter(other -> !needed.contains(other) && named.contains(other.accessor()))
                        .forEach(open::add);
            }
        }
        return List.copyOf(needed);
    }

    private List<GradleModule> collected() {
        var places = new LinkedHashMap<String, String>();
        boolean isOpen = false;
        for (var line : settings.lines().map(String::strip).toList()) {
            isOpen |= INCLUDE.matcher(line).find();
            if (isOpen) {
                QUOTED.matcher(line).results().forEach(found -> {
                    var path = found.group(1).replaceFirst("^:", "");
                    places.put(path, path.replace(':', '/'));
                });
                isOpen = line.endsWith(",") || line.endsWith("(");
            }
        }
        PLACE.matcher(settings)
                .results()
                .forEach(found -> places.put(found.group(1).replaceFirst("^:", ""), found.group(2)));
        var byPlace = new LinkedHashMap<String, String>();
        places.forEach((path, place) -> byPlace.putIfAbsent(place, ":" + path + ":"));
        var members = byPlace.entrySet().stream()
                .filter(each -> SAFE.matcher(each.getKey()).matches())
                .limit(MOST_MODULES)
                .flatMap(each -> module(each.getKey(), each.getValue()).stream());
        return Stream.concat(module(".", ":").stream(), members).toList();
    }

    private Optional<GradleModule> module(String place, String path) {
        var start = place.equals(".") ? "" : place + "/";
        var name = place.substring(place.lastIndexOf('/') + 1);
        return Stream.concat(BUILDS.stream(), Stream.of(name + ".gradle.kts", name + ".gradle"))
                .map(file -> start + file)
                .filter(folder::has)
                .findFirst()
                .map(file -> new GradleModule(place, path, file, text(place, file)));
    }

    /// With what it takes from elsewhere: names of the catalog, conventions, what the root says of all.
    private String text(String place, String file) {
        var own = NOT_APPLIED.matcher(plain(folder.read(file).orElse(""))).replaceAll("");
        var all = new StringBuilder(own);
        PLUGIN.matcher(own)
                .results()
                .forEach(found -> convention(found.group(1)).ifPresent(all::append));
        if (!place.equals(".")) {
            var root = folder.first(BUILDS)
                    .flatMap(folder::read)
                    .map(GradleBuild::plain)
                    .orElse("");
            if (EVERYWHERE.matcher(root).find()) {
                all.append('\n').append(NOT_APPLIED.matcher(root).replaceAll(""));
            }
        }
        catalog.forEach((name, texts) -> {
            if (own.contains(name)) {
                texts.forEach(each -> all.append("\n\"").append(each).append('"'));
            }
        });
        return all.toString();
    }

    private Optional<String> convention(String plugin) {
        return CONVENTIONS.stream()
                .flatMap(place -> Stream.of("kotlin/" + plugin + ".gradle.kts", "groovy/" + plugin + ".gradle")
                        .map(file -> place + "/src/main/" + file))
                .filter(folder::has)
                .findFirst()
                .flatMap(folder::read)
                .map(text -> "\n" + plain(text));
    }

    static String text(List<GradleModule> modules) {
        return modules.stream().map(GradleModule::text).collect(Collectors.joining("\n"));
    }
}
