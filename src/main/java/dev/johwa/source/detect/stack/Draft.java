package dev.johwa.source.detect.stack;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.Severity;
import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Detection.Cache;
import dev.johwa.source.detect.Detection.Evidence;
import dev.johwa.source.detect.Detection.Missing;
import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A detection that grows while a provider looks; used by one thread.
public final class Draft {
    /// The code of the warning that nothing was found to start; it goes where a file of the project says what does.
    public static final String NOTHING_STARTS = "detect.nothing-starts";

    private static final Pattern HEALTH = Pattern.compile("[\"'`](?:GET )?(/healthz|/health|/livez|/readyz)/?[\"'`]");
    private static final List<String> SYSTEM = List.of("/usr/local/bin", "/usr/bin", "/bin");

    public final String provider;
    public final String language;
    public Optional<String> packageManager = Optional.empty();
    public Optional<String> version = Optional.empty();
    public Service service = Service.WEB;
    public final List<List<String>> install = new ArrayList<>();
    public final List<List<String>> build = new ArrayList<>();
    public final List<Test> test = new ArrayList<>();
    public final List<List<String>> lint = new ArrayList<>();
    public final Map<String, List<String>> start = new LinkedHashMap<>();
    public final List<List<String>> release = new ArrayList<>();
    public final Map<String, Detection.Job> schedule = new LinkedHashMap<>();
    public OptionalInt port = OptionalInt.empty();
    public Optional<String> health = Optional.empty();
    public Optional<Publish> publish = Optional.empty();
    public final List<Cache> caches = new ArrayList<>();
    public final List<String> layers = new ArrayList<>();
    public final List<String> kept = new ArrayList<>();
    public final Map<String, List<String>> madeOf = new LinkedHashMap<>();
    public final List<String> leftovers = new ArrayList<>();
    public final Map<String, String> environment = new LinkedHashMap<>();
    public final Map<String, String> buildEnvironment = new LinkedHashMap<>();
    public final Map<String, String> testEnvironment = new LinkedHashMap<>();
    public final List<String> tools = new ArrayList<>();
    public final List<Missing> missing = new ArrayList<>();
    public final List<Evidence> evidence = new ArrayList<>();
    public final List<Problem> warnings = new ArrayList<>();
    public String folder = ".";
    public Detection.Needs needs = Detection.Needs.NONE;
    public boolean guessed = true;
    public boolean testsNeedBuild;
    public Optional<Detection.Container> container = Optional.empty();

    public Draft(String provider, String language) {
        this.provider = provider;
        this.language = language;
        environment.put("PATH", String.join(":", SYSTEM));
    }

    public Draft because(String file, String why) {
        evidence.add(new Evidence(file, why));
        return this;
    }

    /// Something that the platform adds, since the project needs it and does not name it.
    public Draft brings(String what) {
        return because(Evidence.BROUGHT, what);
    }

    /// What tells most of the folder, before everything else that was found.
    public Draft aboveAll(String file, String why) {
        evidence.addFirst(new Evidence(file, why));
        return this;
    }

    public Draft warn(String code, String message, String hint) {
        return warn(Problem.user(code, message).hint(hint));
    }

    public Draft warn(Problem problem) {
        warnings.add(problem.as(Severity.WARNING));
        return this;
    }

    /// Chooses the runtime that the project asks for, says why, and puts it first on the PATH. What suits better and is
    /// not here is noted in `missing`, so that it can be fetched.
    ///
    /// @param here in the order in which they are liked
    public Optional<Tool> runtime(List<Tool> here, Asks asks) {
        var choice = Choice.of(language, here, asks);
        choice.missing().ifPresent(missing::add);
        choice.warnings().forEach(this::warn);
        choice.why().ifPresent(why -> because(asks.all().getFirst().file(), why));
        choice.tool().ifPresent(tool -> {
            version = Optional.of(tool.version());
            use(tool);
        });
        return choice.tool();
    }

    /// Puts a runtime first on the PATH of steps and instances, and shows it to their sandbox.
    public Draft use(Tool tool) {
        path(tool.bin().toString());
        return show(tool);
    }

    /// Shows a runtime to the sandbox, without a place on the PATH.
    public Draft show(Tool tool) {
        if (!tools.contains(tool.home().toString()) && !tool.home().equals(Path.of("/usr"))) {
            tools.add(tool.home().toString());
        }
        return this;
    }

    /// Puts a folder of programs first on the PATH; relative ones are meant in the application's folder. One of the
    /// system's own only comes before the others of the system, since it holds everything else too.
    public Draft path(String folder) {
        var folders =
                new ArrayList<>(List.of(environment.getOrDefault("PATH", "").split(":")));
        if (SYSTEM.contains(folder)) {
            folders.remove(folder);
            int place = 0;
            while (place < folders.size() && !SYSTEM.contains(folders.get(place))) {
                place++;
            }
            folders.add(place, folder);
        } else if (!folders.contains(folder)) {
            folders.addFirst(folder);
        }
        environment.put("PATH", String.join(":", folders));
        return this;
    }

    /// Takes what another draft installs, keeps and needs, which is built beside this and starts nothing.
    public Draft builtBeside(Draft other) {
        install.addAll(other.install);
        caches.addAll(other.caches);
        kept.addAll(other.kept);
        leftovers.addAll(other.layers);
        leftovers.addAll(other.leftovers);
        var before = paths();
        other.paths().reversed().stream()
                .filter(folder -> !before.contains(folder))
                .forEach(this::path);
        other.tools.stream().filter(tool -> !tools.contains(tool)).forEach(tools::add);
        other.missing.stream().filter(each -> !missing.contains(each)).forEach(missing::add);
        return this;
    }

    private List<String> paths() {
        return Stream.of(environment.getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .toList();
    }

    /// Starts a program, as what it seems to be: it answers requests, goes on for ever, or runs to its end.
    public Draft starts(List<String> command, boolean isWeb, boolean stays) {
        service = isWeb ? Service.WEB : stays ? Service.WORKER : Service.JOB;
        start.put(isWeb ? "web" : "worker", command);
        if (service == Service.JOB) {
            warn(
                    "detect.job",
                    "nothing in it listens or goes on for ever, so it runs to its end: it is tested and packed, and"
                            + " nothing of it is kept running",
                    "if it should stay up, say `service: worker` in johwa.yaml");
        }
        return this;
    }

    /// The path at which the application says how it is, where one of these files names it.
    public Draft health(Folder folder, List<String> files) {
        for (var file : files) {
            var found = HEALTH.matcher(folder.read(file).orElse(""));
            if (found.find()) {
                health = Optional.of(found.group(1));
                return because(file, "answers " + found.group(1));
            }
        }
        return this;
    }

    /// A line that the project wrote for a shell.
    public static List<String> shell(String line) {
        return List.of("sh", "-c", line);
    }

    public Detection done() {
        return new Detection(
                provider,
                language,
                packageManager,
                version,
                service,
                List.copyOf(install),
                List.copyOf(build),
                List.copyOf(test),
                List.copyOf(lint),
                Collections.unmodifiableMap(new LinkedHashMap<>(start)),
                List.copyOf(release),
                Collections.unmodifiableMap(new LinkedHashMap<>(schedule)),
                port,
                health,
                publish,
                List.copyOf(caches),
                List.copyOf(layers),
                List.copyOf(kept),
                Map.copyOf(madeOf),
                List.copyOf(leftovers),
                Collections.unmodifiableMap(new LinkedHashMap<>(environment)),
                Collections.unmodifiableMap(new LinkedHashMap<>(buildEnvironment)),
                Collections.unmodifiableMap(new LinkedHashMap<>(testEnvironment)),
                List.copyOf(tools),
                List.copyOf(missing),
                List.copyOf(evidence),
                List.copyOf(warnings),
                folder,
                needs,
                guessed,
                testsNeedBuild,
                container);
    }
}
