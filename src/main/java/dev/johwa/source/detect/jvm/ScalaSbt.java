package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.jvm.Sources.Main;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Scala built by sbt: packed by sbt-native-packager (`stage`, Play too) or sbt-assembly where the project has them.
public final class ScalaSbt implements Provider {
    private static final String BUILD = "build.sbt";
    private static final Pattern STAGES = Pattern.compile("sbt-native-packager|\"sbt-plugin\"");
    private static final Pattern ASSEMBLES = Pattern.compile("sbt-assembly");
    private static final Pattern MAIN = Pattern.compile("mainClass\\s*:=\\s*Some\\(\\s*\"([\\w.$]+)\"");
    private static final Pattern PROJECT = Pattern.compile(
            "(?m)^\\s*lazy\\s+val\\s+`?([\\w-]+)`?\\s*=\\s*\\(?\\s*project(?:\\.in|\\s+in)\\s*\\(?\\s*file\\(\\s*\"([\\w./-]+)\"");
    private static final Pattern TEST_SOURCE = Pattern.compile("(.*/)?(src/test|test)/.*\\.(scala|java)");
    private static final String REPORTS = "{target,**/target}/test-reports/TEST-*.xml";
    private static final List<String> PLAIN = List.of("-batch", "-no-colors");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var build = folder.read(BUILD);
        if (build.isEmpty()) {
            return Optional.empty();
        }
        var draft = new Draft("scala-sbt", "Scala").because(BUILD, "built by sbt");
        draft.packageManager = Optional.of("sbt");
        var sbt = sbt(folder, toolchains, draft);
        JavaRuntime.choose(folder, toolchains, draft, List.of());
        var projects = projects(build.get());
        var plugins = folder.read("project/plugins.sbt").orElse("");
        var all = projects.entrySet().stream()
                .flatMap(each ->
                        program(folder, each.getKey(), each.getValue(), plugins + build.get(), build.get()).stream())
                .toList();
        var program = new Programs(folder, draft, build.get() + plugins).choose(all);
        var tasks = program.map(Program::goals).orElse(List.of("package"));
        if (!folder.files(name -> TEST_SOURCE.matcher(name).matches()).isEmpty()) {
            draft.test.add(new Test(Words.of(sbt, List.of("test"), tasks), "sbt", Optional.of(REPORTS), true));
        }
        draft.build.add(Words.of(sbt, tasks));
        draft.kept.addAll(List.of("target", "project/target", "project/project"));
        projects.values().stream()
                .filter(place -> !place.equals("."))
                .forEach(place -> draft.kept.add(place + "/target"));
        return Optional.of(draft);
    }

    private static List<String> sbt(Folder folder, Toolchains toolchains, Draft draft) {
        var here = toolchains.first("sbt");
        here.ifPresent(draft::use);
        var script = folder.first(List.of("sbt", "sbtx", "sbtw"));
        if (here.isEmpty() && script.isPresent()) {
            draft.because(script.get(), "the project's own sbt");
            return Words.of(List.of("sh", "./" + script.get()), PLAIN);
        }
        if (here.isEmpty()) {
            draft.warn(
                    Detection.NO_RUNTIME,
                    "there is no sbt on this machine, and none in the project",
                    "install sbt on the server, or commit its script as ./sbt");
        }
        return Words.of(List.of("sbt"), PLAIN);
    }

    /// The root, and those that the build file names with their folders.
    private static Map<String, String> projects(String build) {
        var projects = new LinkedHashMap<String, String>();
        projects.put("", ".");
        PROJECT.matcher(build)
                .results()
                .filter(found -> !found.group(2).equals(".") && !found.group(2).contains(".."))
                .forEach(found -> projects.put(found.group(1), found.group(2)));
        return projects;
    }

    private static Optional<Program> program(Folder folder, String name, String place, String text, String build) {
        var sources = Sources.of(folder, place);
        var framework = Framework.of(text);
        var main = sources.main();
        var type = framework == Framework.PLAY
                ? Optional.of("play.core.server.ProdServerStart")
                : Sources.group(MAIN, build).or(() -> main.map(Main::type));
        if (sources.isEmpty() || type.isEmpty()) {
            return Optional.empty();
        }
        var prefix = name.isEmpty() ? "" : name + "/";
        var below = place.equals(".") ? "" : place + "/";
        var way = way(JavaStart.of(framework), type.get(), prefix, below, text);
        return Optional.of(new Program(
                place, way.file(), way.why(), framework, way.command(), List.of(prefix + way.task()), List.of(), main));
    }

    /// @param task that makes what is started
    private record Way(String file, String why, List<String> command, String task) {}

    private static Way way(JavaStart start, String type, String prefix, String below, String text) {
        if (STAGES.matcher(text).find()) {
            var command = start.classPath(below + "target/universal/stage/lib/*", type);
            return new Way(BUILD, "staged by sbt", command, "stage");
        }
        if (ASSEMBLES.matcher(text).find()) {
            var command = start.jarIn(below + "target", "scala-*/*-assembly-*.jar");
            return new Way(BUILD, "a jar with all it needs", command, "assembly");
        }
        var run = List.of("sbt", "-batch", prefix + "run");
        return new Way("project/plugins.sbt", "run by sbt itself, slowly: add sbt-native-packager", run, "compile");
    }
}
