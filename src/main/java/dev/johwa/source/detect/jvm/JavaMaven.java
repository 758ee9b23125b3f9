package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.Detection.Cache;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.Toolchains.Tool;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import dev.johwa.source.detect.stack.Versions;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Java built by Maven. Which module starts, and how, is told by [JavaPrograms].
public final class JavaMaven implements Provider {
    private static final List<List<String>> RELEASE = List.of(
            List.of("properties", "maven.compiler.release"),
            List.of("properties", "java.version"),
            List.of("properties", "maven.compiler.target"),
            List.of("properties", "maven.compiler.source"));
    private static final Pattern DISTRIBUTION =
            Pattern.compile("(?m)^distributionUrl=(\\S*?/apache-maven-(\\d+\\.\\d+)[^/\\s]*)$");
    private static final Pattern TEST_SOURCE = Pattern.compile("(.*/)?src/test/.*\\.(java|kt|groovy|scala)");
    private static final String REPORTS = "{target,**/target}/{surefire,failsafe}-reports/TEST-*.xml";
    private static final int MOST_MODULES = 100;

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var root = Pom.read(folder, ".");
        if (root.isEmpty()) {
            return Optional.empty();
        }
        var poms = new LinkedHashMap<String, Pom>();
        collect(folder, root.get(), poms);
        var modules = List.copyOf(poms.values());
        var draft = new Draft("java-maven", "Java").because("pom.xml", "built by Maven");
        draft.packageManager = Optional.of("maven");
        draft.caches.add(new Cache("~/.m2", List.of("pom.xml")));
        var maven = maven(folder, toolchains, draft);
        java(folder, modules, toolchains, draft);
        var goals = new JavaPrograms(folder, modules, draft).start();
        build(folder, modules, maven, goals, draft);
        return Optional.of(draft);
    }

    private static void collect(Folder folder, Pom pom, Map<String, Pom> poms) {
        if (poms.size() >= MOST_MODULES || poms.putIfAbsent(pom.folder(), pom) != null) {
            return;
        }
        for (var module : pom.modules()) {
            var place = module.replaceFirst("/?pom\\.xml$", "");
            if (!place.startsWith("/") && !place.contains("..") && !place.isEmpty()) {
                Pom.read(folder, pom.below(place)).ifPresent(found -> collect(folder, found, poms));
            }
        }
    }

    /// The oldest that is new enough: what the project was made for, rather than what came long after.
    private static void java(Folder folder, List<Pom> poms, Toolchains toolchains, Draft draft) {
        var here = toolchains.find("java").stream()
                .sorted(Comparator.comparing(Tool::version, Versions.ORDER))
                .toList();
        var asked = asked(folder, poms);
        draft.runtime(asked.isPresent() ? here : here.reversed(), asked)
                .ifPresent(
                        tool -> draft.environment.put("JAVA_HOME", tool.home().toString()));
    }

    private static Optional<Draft.Ask> asked(Folder folder, List<Pom> poms) {
        for (var pom : poms) {
            for (var path : RELEASE) {
                var release = pom.value(path.toArray(String[]::new)).filter(text -> text.matches("[0-9.]+"));
                if (release.isPresent()) {
                    var number = release.get().replaceFirst("^1\\.", "");
                    return Optional.of(new Draft.Ask(pom.below("pom.xml"), ">=" + number));
                }
            }
        }
        return folder.read(".java-version")
                .map(text -> text.strip().replaceFirst("^1\\.", ""))
                .filter(text -> text.matches("\\d+(\\.\\d+)*"))
                .map(version -> new Draft.Ask(".java-version", ">=" + version));
    }

    /// The wrapper's Maven, unless the one at hand is the same line or the wrapper's comes from elsewhere.
    private static List<String> maven(Folder folder, Toolchains toolchains, Draft draft) {
        var here = toolchains.choose("maven", Optional.empty());
        var properties = ".mvn/wrapper/maven-wrapper.properties";
        var wanted = folder.read(properties).map(DISTRIBUTION::matcher).filter(found -> found.find());
        boolean hasWrapper = folder.has("mvnw") && wanted.isPresent();
        boolean isSame = hasWrapper
                && here.filter(tool ->
                                Versions.fits(tool.version(), wanted.get().group(2)))
                        .isPresent();
        boolean isElsewhere = hasWrapper && !wanted.get().group(1).contains("repo.maven.apache.org");
        if (here.isPresent() && (!hasWrapper || isSame || isElsewhere)) {
            draft.use(here.get());
            if (isElsewhere) {
                draft.warn(
                        "detect.wrapper",
                        properties + " names " + wanted.get().group(1) + "; Maven "
                                + here.get().version() + " of this machine is used",
                        "name a distribution of repo.maven.apache.org there");
            }
            return List.of("mvn", "-B", "-ntp");
        }
        if (hasWrapper) {
            draft.because(properties, "the wrapper's Maven " + wanted.get().group(2));
            return List.of("sh", "./mvnw", "-B", "-ntp");
        }
        draft.warn(
                "detect.no-runtime",
                "there is no Maven on this machine, and no wrapper in the project",
                "install the package maven, or commit a wrapper: mvn wrapper:wrapper");
        return List.of("mvn", "-B", "-ntp");
    }

    /// Tests and package are one command, so that nothing is compiled twice.
    ///
    /// @param goals that are wanted beside packaging
    private static void build(Folder folder, List<Pom> poms, List<String> maven, List<String> goals, Draft draft) {
        boolean hasTests =
                !folder.files(name -> TEST_SOURCE.matcher(name).matches()).isEmpty();
        boolean hasIntegration = poms.stream().anyMatch(pom -> pom.runs("maven-failsafe-plugin"));
        if (hasTests) {
            var command = with(maven, List.of(hasIntegration ? "verify" : "package"), goals);
            draft.test.add(new Test(command, "surefire", Optional.of(REPORTS), true));
        }
        draft.build.add(with(maven, List.of("-DskipTests", "package"), goals));
    }

    private static List<String> with(List<String> maven, List<String> words, List<String> goals) {
        return Stream.of(maven, words, goals).flatMap(List::stream).toList();
    }
}
