package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.Toolchains.Tool;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.version.Ask;
import dev.johwa.source.detect.version.PlainVersion;
import dev.johwa.source.detect.version.Syntax;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which JDK a Maven project asks for: its toolchain says the most, then the release that its compiler is told, then
/// what its enforcer insists on.
///
/// A toolchain is looked up by Maven in a file of the person's home, where a server has none: one is written there.
final class MavenJava {
    private static final List<List<String>> RELEASE = List.of(
            List.of("properties", "maven.compiler.release"),
            List.of("properties", "java.version"),
            List.of("properties", "jdk.version"),
            List.of("properties", "release.version"),
            List.of("properties", "kotlin.compiler.jvmTarget"),
            List.of("properties", "maven.compiler.target"),
            List.of("properties", "maven.compiler.source"));
    private static final String COMPILER = "maven-compiler-plugin";
    private static final String KOTLIN = "kotlin-maven-plugin";
    private static final Pattern OLD_KOTLIN = Pattern.compile("1\\.(\\d{1,2})\\..*");
    private static final List<String> OF_THE_COMPILER = List.of("release", "target", "source");
    private static final String TOOLCHAINS = "maven-toolchains-plugin";
    private static final String ENFORCER = "maven-enforcer-plugin";
    private static final String WRITE = "mkdir -p \"$HOME/.m2\" && printf %s \"$1\" > \"$HOME/.m2/toolchains.xml\"";

    private final List<Pom> poms;

    MavenJava(List<Pom> poms) {
        this.poms = poms;
    }

    /// Puts the JDK into the draft, and what a toolchain needs.
    void choose(Folder folder, Toolchains toolchains, Draft draft) {
        var wanted = wanted();
        var asks = Stream.of(wanted.stream().map(Wanted::ask), release().stream(), enforced("requireJavaVersion"))
                .flatMap(each -> each)
                .toList();
        if (asks.isEmpty()) {
            asks = oldKotlin(draft).stream().toList();
        }
        JavaRuntime.choose(folder, toolchains, draft, asks);
        write(wanted, toolchains, draft);
    }

    /// What the enforcer insists on for Maven itself, which only the one that builds can break.
    void tellMaven(String version, Draft draft) {
        enforced("requireMavenVersion")
                .filter(ask -> !ask.fits(version))
                .findFirst()
                .ifPresent(ask -> draft.warn(
                        "detect.version",
                        ask.file() + " insists on Maven " + ask.text() + " (enforcer), and " + version + " builds it",
                        "commit a wrapper with one that suits: mvn wrapper:wrapper -Dmaven=VERSION"));
    }

    /// A JDK that a toolchain asks for.
    ///
    /// @param provides what it has to say of itself, as it is asked for: `version`, `vendor`, `id`
    private record Wanted(Ask ask, Map<String, String> provides) {}

    private List<Wanted> wanted() {
        return poms.stream().flatMap(pom -> wanted(pom).stream()).toList();
    }

    private static Optional<Wanted> wanted(Pom pom) {
        var provides = new LinkedHashMap<String, String>();
        pom.plugin(TOOLCHAINS)
                .flatMap(plugin -> Pom.first(plugin, "jdk"))
                .ifPresent(jdk -> Pom.elements(jdk)
                        .forEach(each -> provides.put(
                                each.getTagName(),
                                pom.substituted(each.getTextContent().strip()))));
        return Optional.ofNullable(provides.get("version"))
                .flatMap(text -> Ask.of(pom.below("pom.xml"), number(text), isRange(text) ? Syntax.MAVEN : Syntax.JAVA))
                .map(ask -> new Wanted(ask, provides));
    }

    private Optional<Ask> release() {
        for (var pom : poms) {
            for (var path : RELEASE) {
                var ask = pom.value(path.toArray(String[]::new))
                        .flatMap(number -> JavaRuntime.ask(pom.below("pom.xml"), number));
                if (ask.isPresent()) {
                    return ask;
                }
            }
            var ask = compiled(pom);
            if (ask.isPresent()) {
                return ask;
            }
        }
        return Optional.empty();
    }

    /// A Kotlin of the first line ends with an exception under a Java that came after it, and says no word why.
    private Optional<Ask> oldKotlin(Draft draft) {
        for (var pom : poms) {
            var version = pom.plugin(KOTLIN)
                    .flatMap(plugin -> Pom.below(plugin, "version"))
                    .or(() -> pom.value("properties", "kotlin.version"))
                    .map(pom::substituted)
                    .map(OLD_KOTLIN::matcher)
                    .filter(Matcher::matches);
            if (version.isPresent()) {
                int newest = Integer.parseInt(version.get().group(1)) < 8 ? 17 : 21;
                var file = pom.below("pom.xml");
                draft.because(file, "Kotlin " + version.get().group() + " knows no Java after " + newest);
                return Ask.of(file, "[8," + (newest + 1) + ")", Syntax.MAVEN);
            }
        }
        return Optional.empty();
    }

    /// Old projects tell the compiler itself, and no property.
    static Optional<Ask> compiled(Pom pom) {
        return pom.usualPlugin(COMPILER)
                .flatMap(plugin -> Pom.first(plugin, "configuration"))
                .flatMap(configuration -> OF_THE_COMPILER.stream()
                        .flatMap(name -> Pom.below(configuration, name).stream())
                        .findFirst())
                .map(pom::substituted)
                .flatMap(number -> JavaRuntime.ask(pom.below("pom.xml"), number));
    }

    private Stream<Ask> enforced(String rule) {
        return poms.stream()
                .flatMap(pom -> pom
                        .plugin(ENFORCER)
                        .flatMap(plugin -> Pom.first(plugin, rule))
                        .flatMap(found -> Pom.below(found, "version"))
                        .map(pom::substituted)
                        .flatMap(text -> Ask.of(pom.below("pom.xml"), number(text), Syntax.MAVEN))
                        .stream());
    }

    private static boolean isRange(String text) {
        return text.contains("[") || text.contains("(");
    }

    /// Without the 1 that was before the number of a Java once.
    private static String number(String text) {
        return text.replaceAll("\\b1\\.(?=[5-8]\\b)", "");
    }

    private static void write(List<Wanted> wanted, Toolchains toolchains, Draft draft) {
        var here = toolchains.find("java").stream()
                .sorted(Comparator.comparing(Tool::version, PlainVersion.ORDER))
                .toList();
        var written = new StringBuilder();
        for (var each : wanted) {
            here.stream()
                    .filter(tool -> each.ask().fits(tool.version()))
                    .findFirst()
                    .ifPresent(tool -> {
                        draft.show(tool);
                        written.append(toolchain(each, tool));
                    });
        }
        if (!written.isEmpty()) {
            draft.because(wanted.getFirst().ask().file(), "asks Maven for a toolchain: it is told which JDKs are here");
            draft.install.add(List.of("sh", "-c", WRITE, "sh", "<toolchains>" + written + "</toolchains>"));
        }
    }

    /// What is asked for is given in the same words: Maven compares letter by letter, but for a range.
    private static String toolchain(Wanted wanted, Tool tool) {
        var provides = new StringBuilder();
        wanted.provides()
                .forEach((name, text) -> provides.append(element(name, isRange(text) ? tool.version() : text)));
        return "<toolchain><type>jdk</type><provides>" + provides + "</provides><configuration>"
                + element("jdkHome", tool.home().toString()) + "</configuration></toolchain>";
    }

    private static String element(String name, String text) {
        var plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<" + name + ">" + plain + "</" + name + ">";
    }
}
