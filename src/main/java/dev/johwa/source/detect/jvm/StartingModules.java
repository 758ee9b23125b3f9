package dev.johwa.source.detect.jvm;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.detect.stack.Folder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The modules of a Maven project that can be started, for who looks for several applications in it; none where there
/// is one at most, or where the root starts itself. What only shows or measures a library is none.
///
/// @param needs folders of the modules, in order, each with those of all modules that it is built with
public record StartingModules(Map<String, Set<String>> needs) {
    private static final Pattern ASIDE =
            Pattern.compile("(?i)(.*/)?([\\w.-]+-)?(examples?|samples?|demos?|benchmarks?|jmh|it|tests?)(/.*)?");

    /// A file that cannot be read hides all: who reads it as a manifest tells what is wrong with it.
    public static StartingModules read(Folder folder) {
        try {
            return Reactor.read(folder)
                    .filter(reactor -> reactor.poms().size() > 2)
                    .map(reactor -> of(folder, reactor))
                    .filter(found -> found.needs().size() > 1 && !found.needs().containsKey("."))
                    .orElseGet(() -> new StartingModules(Map.of()));
        } catch (ProblemException e) {
            return new StartingModules(Map.of());
        }
    }

    private static StartingModules of(Folder folder, Reactor reactor) {
        var needs = new LinkedHashMap<String, Set<String>>();
        new MavenPrograms(folder, reactor.all(), reactor.root())
                .all().stream()
                        .map(Program::module)
                        .filter(module -> !ASIDE.matcher(module).matches())
                        .forEach(module -> needs.put(
                                module,
                                reactor.needed(reactor.in(module)).stream()
                                        .map(Pom::folder)
                                        .collect(Collectors.toSet())));
        return new StartingModules(needs);
    }
}
