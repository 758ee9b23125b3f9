package dev.johwa.source.detect.jvm;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.detect.stack.Folder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The modules of a project of Maven or Gradle that can be started, for who looks for several applications in it;
/// none where there is one at most, or where the root starts itself. What only shows or measures a library is none.
///
/// @param needs folders of the modules, in order, each with those of all modules that it is built with
public record StartingModules(Map<String, Set<String>> needs) {
    private static final Pattern ASIDE =
            Pattern.compile("(?i)(.*/)?([\\w.-]+-)?(examples?|samples?|demos?|benchmarks?|jmh|it|tests?)(/.*)?");

    /// A file that cannot be read hides all: who reads it as a manifest tells what is wrong with it.
    public static StartingModules read(Folder folder) {
        try {
            var needs = folder.has("pom.xml") ? maven(folder) : gradle(folder);
            return new StartingModules(needs.size() > 1 && !needs.containsKey(".") ? needs : Map.of());
        } catch (ProblemException e) {
            return new StartingModules(Map.of());
        }
    }

    private static Map<String, Set<String>> maven(Folder folder) {
        return Reactor.read(folder)
                .filter(reactor -> reactor.poms().size() > 2)
                .map(reactor -> needs(
                        new MavenPrograms(folder, reactor.all(), reactor.root()).all(),
                        module -> reactor.needed(reactor.in(module)).stream().map(Pom::folder)))
                .orElse(Map.of());
    }

    private static Map<String, Set<String>> gradle(Folder folder) {
        return GradleBuild.read(folder)
                .filter(build -> build.modules().size() > 1)
                .map(build -> needs(
                        new GradlePrograms(folder, build.modules(), GradleBuild.text(build.modules())).all(),
                        module -> build.needed(build.in(module).orElseThrow()).stream()
                                .map(GradleModule::folder)))
                .orElse(Map.of());
    }

    private static Map<String, Set<String>> needs(List<Program> programs, Function<String, Stream<String>> needed) {
        var needs = new LinkedHashMap<String, Set<String>>();
        programs.stream()
                .map(Program::module)
                .filter(module -> !ASIDE.matcher(module).matches())
                .forEach(module -> needs.put(module, needed.apply(module).collect(Collectors.toSet())));
        return needs;
    }
}
