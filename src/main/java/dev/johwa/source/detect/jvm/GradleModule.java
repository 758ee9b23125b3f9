package dev.johwa.source.detect.jvm;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What the build file of a Gradle project says, with what it takes from the version catalog and from the project's
/// own conventions. It is a program in Groovy or Kotlin and is not run: words in it are looked for.
///
/// @param folder where it lies, `.` for the root
/// @param path its path in Gradle's words, before the name of a task: `:web:`
/// @param file its build file, relative to the root
/// @param text without comments, with plugins that it applies by another name
record GradleModule(String folder, String path, String file, String text) {
    private static final Pattern APPLICATION =
            Pattern.compile("(?m)^\\s*`?application`?\\s*$|[\"']application[\"']|\\bapplication\\s*\\{"
                    + "|io\\.micronaut\\.(minimal\\.)?application|io\\.ktor\\.plugin");
    private static final Pattern BOOT = Pattern.compile("[\"']org\\.springframework\\.boot[\"':]");
    private static final Pattern QUARKUS = Pattern.compile("[\"']io\\.quarkus[\"':]");
    private static final Pattern SHADOW = Pattern.compile("com\\.(gradleup|github\\.johnrengelman)\\.shadow");
    private static final Pattern SHADOW_BLOCK = Pattern.compile("\\b[sS]hadowJar\\b[^{}\\n]*\\{");
    private static final Pattern WAR = Pattern.compile("(?m)^\\s*`?war`?\\s*$|[\"']war[\"']");
    private static final Pattern JVM =
            Pattern.compile("(?m)(?:^|[{;])[ \\t]*+`?(?:java|java-library|groovy|scala)`?[ \\t]*+(?:$|[;}])"
                    + "|[\"'](?:java|java-library|groovy|scala|kotlin|org\\.jetbrains\\.kotlin\\.jvm)[\"']"
                    + "|\\bkotlin\\s*\\(\\s*[\"']jvm[\"']");
    private static final Pattern NOT_JVM = Pattern.compile("multiplatform|com\\.android\\.");
    private static final Pattern PACKS_ALL = Pattern.compile("\\bzipTree\\b");
    private static final Pattern PROJECT = Pattern.compile(
            "\\bproject\\s*\\(\\s*(?:path\\s*[:=]\\s*)?[\"']:?([\\w:.-]+)[\"']" + "|\\bprojects\\.([\\w.]+)");
    private static final Pattern CAMEL = Pattern.compile("[-_](\\w)");
    private static final Pattern TYPE = Pattern.compile("[A-Za-z_][\\w.$]*");
    private static final String TO = "[\"']?\\s*]?\\s*(?:[:=,]|to\\b)\\s*";

    String below(String path) {
        return folder.equals(".") ? path : folder + "/" + path;
    }

    /// The same, as seen from its own folder.
    GradleModule atHome() {
        return new GradleModule(".", path, file.substring(file.lastIndexOf('/') + 1), text);
    }

    /// By which dependencies name it, however they are written: `services.myApi`.
    String accessor() {
        return accessor(path.substring(1, Math.max(1, path.length() - 1)));
    }

    private static String accessor(String path) {
        return CAMEL.matcher(path.replace(':', '.'))
                .replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }

    /// The accessors of those that its dependencies name, and perhaps of some around them: `project(":lib")`,
    /// `projects.lib`.
    Set<String> named() {
        var named = new HashSet<String>();
        PROJECT.matcher(text).results().forEach(found -> {
            if (found.group(1) != null) {
                named.add(accessor(found.group(1)));
            } else {
                named.add(found.group(2));
                named.add(found.group(2).replaceFirst("\\.\\w+$", ""));
            }
        });
        return named;
    }

    private GradleText words() {
        return new GradleText(text, text);
    }

    boolean isBoot() {
        return BOOT.matcher(text).find();
    }

    boolean isQuarkus() {
        return QUARKUS.matcher(text).find();
    }

    boolean isApplication() {
        return APPLICATION.matcher(text).find();
    }

    boolean isShadowed() {
        return SHADOW.matcher(text).find();
    }

    boolean isWar() {
        return WAR.matcher(text).find();
    }

    /// Whether it compiles for a JVM as Gradle's own plugin does.
    boolean isJvm() {
        return JVM.matcher(text).find() && !NOT_JVM.matcher(text).find();
    }

    /// Whether it puts the classes of its libraries into a jar by itself.
    boolean packsLibraries() {
        return PACKS_ALL.matcher(text).find();
    }

    Optional<String> mainClass() {
        return type(words().said("\\bmainClass(?:Name)?" + GradleText.SET)
                .or(() -> words().said("\\bmainClass(?:Name)?(?:\\.set)?\\s+(?=[\"'])")));
    }

    Optional<String> manifestMain() {
        return type(words().said("\\bMain-Class" + TO));
    }

    /// What a launcher of Vert.x starts.
    Optional<String> verticle() {
        return type(words().said("\\bMain-Verticle" + TO));
    }

    private static Optional<String> type(Optional<String> said) {
        return said.filter(name -> TYPE.matcher(name).matches());
    }

    /// The name of the jar that the shadow plugin makes, as a shell finds it.
    String shadowJar() {
        var block = words().blocks(SHADOW_BLOCK);
        var named = block.said("\\barchiveFileName" + GradleText.SET);
        if (named.isPresent()) {
            return named.map(name -> name.replaceAll("\\$\\{[^}]*}|\\$\\w+", "*"))
                    .filter(name -> name.matches("[\\w.*+-]+"))
                    .orElse("*.jar");
        }
        boolean isNone = block.says(Pattern.compile("\\b(?:archiveC|c)lassifier" + GradleText.SET + "null\\b"));
        var classifier = block.said("\\b(?:archiveC|c)lassifier" + GradleText.SET)
                .filter(name -> name.matches("[\\w.-]*"))
                .orElse(isNone ? "" : "all");
        return classifier.isEmpty() ? "*.jar" : "*-" + classifier + ".jar";
    }
}
