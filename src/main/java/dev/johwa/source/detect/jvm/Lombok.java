package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.stack.Draft;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Lombok works inside of the compiler, which Java 16 and later closed; one that came before them ends with an
/// IllegalAccessError there, unless Maven's own Java is told to open what it reads.
final class Lombok {
    private static final String OPENED = Stream.of(
                    "code", "comp", "file", "jvm", "main", "model", "parser", "processing", "tree", "util")
            .map(name -> "--add-opens=jdk.compiler/com.sun.tools.javac." + name + "=ALL-UNNAMED")
            .collect(Collectors.joining(" "));
    private static final int CLOSED = 16;

    private Lombok() {}

    /// Opens the compiler to it, told.
    ///
    /// @param text of all poms
    static void open(String text, Draft draft) {
        boolean isClosed = draft.version
                .filter(java -> Integer.parseInt(java.replaceFirst("\\D.*", "")) >= CLOSED)
                .isPresent();
        if (isClosed && text.contains("<artifactId>lombok</artifactId>")) {
            draft.buildEnvironment.put("MAVEN_OPTS", OPENED);
            draft.because("pom.xml", "uses Lombok, to which the compiler of Java " + CLOSED + " and later is opened");
        }
    }
}
