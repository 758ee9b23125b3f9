package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.stack.Draft;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What Java 16 and later closed, opened to Maven's own Java for what worked inside of it. Lombok works inside of the
/// compiler, and one that came before them ends with an IllegalAccessError. The plugin for wars that an old Maven takes
/// where no version is named (2.2) reads classes of Java itself, and ends with an ExceptionInInitializerError.
final class Opened {
    private static final String COMPILER = Stream.of(
                    "code", "comp", "file", "jvm", "main", "model", "parser", "processing", "tree", "util")
            .map(name -> "--add-opens=jdk.compiler/com.sun.tools.javac." + name + "=ALL-UNNAMED")
            .collect(Collectors.joining(" "));
    private static final String LIBRARY = Stream.of(
                    "java.base/java.lang", "java.base/java.util", "java.base/java.text", "java.desktop/java.awt.font")
            .map(name -> "--add-opens=" + name + "=ALL-UNNAMED")
            .collect(Collectors.joining(" "));
    private static final Pattern WAR = Pattern.compile("<packaging>\\s*war\\s*</packaging>");
    private static final int CLOSED = 16;

    private Opened() {}

    /// Opens them where they are closed, told.
    ///
    /// @param text of all poms
    static void open(String text, Draft draft) {
        boolean isClosed = draft.version
                .filter(java -> Integer.parseInt(java.replaceFirst("\\D.*", "")) >= CLOSED)
                .isPresent();
        if (!isClosed) {
            return;
        }
        var opened = new ArrayList<String>();
        if (text.contains("<artifactId>lombok</artifactId>")) {
            opened.add(COMPILER);
            draft.because("pom.xml", "uses Lombok, to which the compiler of Java " + CLOSED + " and later is opened");
        }
        if (WAR.matcher(text).find()) {
            opened.add(LIBRARY);
            draft.because("pom.xml", "is a war, to whose plugin Java " + CLOSED + " and later is opened");
        }
        if (!opened.isEmpty()) {
            draft.buildEnvironment.put("MAVEN_OPTS", String.join(" ", opened));
        }
    }
}
