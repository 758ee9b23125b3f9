package dev.johwa.source.detect.jvm;

import java.util.Optional;
import java.util.regex.Pattern;

/// What the build file of a Gradle project says, with what it takes from the version catalog and from the project's
/// own conventions. It is a program in Groovy or Kotlin and is not run: words in it are looked for.
///
/// @param folder where it lies, `.` for the root
/// @param file its build file, relative to the root
/// @param text without comments, with plugins that it applies by another name
record GradleModule(String folder, String file, String text) {
    private static final Pattern APPLICATION =
            Pattern.compile("(?m)^\\s*`?application`?\\s*$|[\"']application[\"']|\\bapplication\\s*\\{"
                    + "|io\\.micronaut\\.(minimal\\.)?application|io\\.ktor\\.plugin");
    private static final Pattern MAIN =
            Pattern.compile("\\bmainClass(?:Name)?(?:\\.set)?\\s*[=(]?\\s*\\(?\\s*[\"']([\\w.$]+)[\"']");
    private static final Pattern MANIFEST =
            Pattern.compile("Main-Class[\"']?\\s*\\]?\\s*(?:[:=,]|to)\\s*[\"']([\\w.$]+)[\"']");
    private static final Pattern BOOT = Pattern.compile("[\"']org\\.springframework\\.boot[\"':]");
    private static final Pattern QUARKUS = Pattern.compile("[\"']io\\.quarkus[\"':]");
    private static final Pattern SHADOW = Pattern.compile("com\\.(gradleup|github\\.johnrengelman)\\.shadow");
    private static final Pattern WAR = Pattern.compile("(?m)^\\s*`?war`?\\s*$|[\"']war[\"']");

    /// Its path in Gradle's words, before the name of a task: `:web:`.
    String path() {
        return folder.equals(".") ? ":" : ":" + folder.replace('/', ':') + ":";
    }

    String below(String path) {
        return folder.equals(".") ? path : folder + "/" + path;
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

    Optional<String> mainClass() {
        return Sources.group(MAIN, text);
    }

    Optional<String> manifestMain() {
        return Sources.group(MANIFEST, text);
    }
}
