package dev.johwa.source.detect;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.detect.version.Syntax;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// What a folder was found to be, and the commands that follow from it.
///
/// Commands are lists of words; a shell's line that the project wrote itself (package.json scripts, Procfile) is
/// `["sh", "-c", line]` with the line exactly as written.
///
/// @param provider the stack's short name: `procfile`, `java-maven`, `python-pip`, `node-npm`, `go`, `static`, …
/// @param language as people write it: `Java`, `Python`, …
/// @param packageManager `maven`, `npm`, `pip`, …, or empty
/// @param version of the language's runtime that will be used, or empty
/// @param install,build,test commands run one after another in the folder
/// @param lint commands whose findings are shown and stop nothing
/// @param start processes by name in Procfile's words: `web`, `worker`, …; each one command
/// @param release commands run once before the release starts (Procfile's `release`), or empty
/// @param schedule jobs by name, which run at times (Dokku's `cron`)
/// @param port on which the application insists, when it says so and does not read PORT
/// @param health path to ask, when the project says so
/// @param publish for `STATIC`: the folder to serve, relative, and whether unknown paths get index.html
/// @param caches folders worth keeping between runs, with what decides that they are equal
/// @param layers folders of dependencies, relative, which change less often than the application
/// @param kept folders in which tools keep half-finished work, relative or below HOME with `~/`: the next run
///     finds them as the last one left them, and its tool decides what of them still holds
/// @param madeOf of folders among `kept` in which their tool leaves what it no longer makes: the files and folders that
///     they are made of; a change in one takes them away before the next run
/// @param leftovers folders, relative, that only the build needs: they stay out of the artifact
/// @param environment values that the tools need, for steps and for the application
/// @param buildEnvironment values that only steps get, over `environment`: the application sees nothing of them
/// @param testEnvironment values that only test steps get, over `environment` and under the project's own
/// @param folder in the repository that was looked at, `.` for the whole
/// @param needs values without which it does not start
/// @param guessed whether the service was read from sources and said by nobody: what it does when it runs may correct
///     it
/// @param testsNeedBuild whether the tests need what the build makes of other packages, so that it runs before them
/// @param container how an image is made of the folder; empty where it runs as a process of this machine
/// @param tools absolute paths of the runtimes used, so that a sandbox can show them
/// @param missing runtimes that the project asks for and that are not on the machine; what is used instead is in
/// `version`
public record Detection(
        String provider,
        String language,
        Optional<String> packageManager,
        Optional<String> version,
        Service service,
        List<List<String>> install,
        List<List<String>> build,
        List<Test> test,
        List<List<String>> lint,
        Map<String, List<String>> start,
        List<List<String>> release,
        Map<String, Job> schedule,
        OptionalInt port,
        Optional<String> health,
        Optional<Publish> publish,
        List<Cache> caches,
        List<String> layers,
        List<String> kept,
        Map<String, List<String>> madeOf,
        List<String> leftovers,
        Map<String, String> environment,
        Map<String, String> buildEnvironment,
        Map<String, String> testEnvironment,
        List<String> tools,
        List<Missing> missing,
        List<Evidence> evidence,
        List<Problem> warnings,
        String folder,
        Needs needs,
        boolean guessed,
        boolean testsNeedBuild,
        Optional<Container> container) {

    /// What an earlier version of the program stored lacks what was added since.
    public Detection {
        lint = Objects.requireNonNullElse(lint, List.of());
        schedule = Objects.requireNonNullElse(schedule, Map.of());
        kept = Objects.requireNonNullElse(kept, List.of());
        madeOf = Objects.requireNonNullElse(madeOf, Map.of());
        leftovers = Objects.requireNonNullElse(leftovers, List.of());
        buildEnvironment = Objects.requireNonNullElse(buildEnvironment, Map.of());
        missing = Objects.requireNonNullElse(missing, List.of());
        folder = Objects.requireNonNullElse(folder, ".");
        needs = Objects.requireNonNullElse(needs, Needs.NONE);
        container = Objects.requireNonNullElse(container, Optional.empty());
    }

    /// The code of the warning that a program is not on this machine without which nothing of the folder would run.
    public static final String NO_RUNTIME = "detect.no-runtime";

    /// The code of the warning that every runtime at hand is older than what the project itself admits.
    public static final String OLD_RUNTIME = "detect.runtime-old";

    /// A word of a start command that has its meaning only where the memory of an instance is limited.
    public static final String SHARE_OF_MEMORY = "-XX:MaxRAMPercentage=65";

    /// The same, where what its only process does when it runs says that it is something else.
    public Detection as(Service other) {
        var only = start.values().iterator().next();
        var name = other == Service.WEB ? "web" : "worker";
        return with(new Look(other, Map.of(name, only), environment, tools, port, guessed));
    }

    /// What instances see of it: those in containers nothing of the runtimes of this machine, which only its tests use.
    public Detection asRun() {
        return container.isEmpty() ? this : with(new Look(service, start, Map.of(), List.of(), port, guessed));
    }

    /// How its container runs beyond what its image says; [ContainerRun#NONE] where no compose file says anything.
    public ContainerRun run() {
        return container.map(Container::run).orElse(ContainerRun.NONE);
    }

    /// Whether it is a service of a compose file.
    public boolean isComposed() {
        return run().isComposed();
    }

    /// The same, now that its image is there and says on which ports it listens.
    public Detection listening(OptionalInt at) {
        if (at.isEmpty() || service != Service.WEB && !guessed) {
            return this;
        }
        var shown = service == Service.WEB ? this : as(Service.WEB);
        return shown.with(new Look(Service.WEB, shown.start, environment, tools, at, false));
    }

    /// What of it may turn out otherwise.
    private record Look(
            Service service,
            Map<String, List<String>> start,
            Map<String, String> environment,
            List<String> tools,
            OptionalInt port,
            boolean guessed) {}

    private Detection with(Look look) {
        return new Detection(
                provider,
                language,
                packageManager,
                version,
                look.service,
                install,
                build,
                test,
                lint,
                look.start,
                release,
                schedule,
                look.port,
                health,
                publish,
                caches,
                layers,
                kept,
                madeOf,
                leftovers,
                look.environment,
                buildEnvironment,
                testEnvironment,
                look.tools,
                missing,
                evidence,
                warnings,
                folder,
                needs,
                look.guessed,
                testsNeedBuild,
                container);
    }

    /// What the platform adds to the project, since it needs it and does not name it, with the reason.
    public List<String> brought() {
        return evidence.stream()
                .filter(each -> each.file().equals(Evidence.BROUGHT))
                .map(Evidence::why)
                .toList();
    }

    /// What runs at times.
    ///
    /// @param cron five fields, or a word such as `@daily`
    public record Job(String cron, List<String> run) {}

    /// Environment values that a file says must be there.
    ///
    /// @param required by name: people set them
    /// @param generated by name: the platform makes a secret of each, once
    public record Needs(List<String> required, List<String> generated) {
        public static final Needs NONE = new Needs(List.of(), List.of());
    }

    /// How an image is made of the folder.
    ///
    /// @param file the Dockerfile, relative to the folder
    /// @param stage of it that becomes the image; empty for the last
    /// @param tested whether it has a stage named `test`, which runs the tests
    /// @param inline the text of the Dockerfile, where it stands in a compose file; else empty
    public record Container(
            String file,
            Optional<String> stage,
            Map<String, String> arguments,
            boolean tested,
            ContainerRun run,
            String inline) {
        public Container(
                String file, Optional<String> stage, Map<String, String> arguments, boolean tested, ContainerRun run) {
            this(file, stage, arguments, tested, run, "");
        }

        public Container {
            inline = Objects.requireNonNullElse(inline, "");
            arguments = Map.copyOf(Objects.requireNonNullElse(arguments, Map.of()));
            run = Objects.requireNonNullElse(run, ContainerRun.NONE);
        }

        /// The name of that stage.
        public static final String TEST = "test";
    }

    public enum Service {
        WEB,
        WORKER,
        STATIC,
        FUNCTION,
        JOB,
        LIBRARY
    }

    /// A default test command.
    ///
    /// @param runner whose output it is, which decides how it is read: `surefire`, `unittest`, `django`, `pytest`,
    ///     `node`, `tap`, `jest`, `vitest`, `mocha`, `ava`, `playwright`, `go`, `cargo`, `nextest`, `rspec`,
    ///     `minitest`, `exunit`, `phpunit`, `ctest`, `dotnet`, `deno`, or `other`: then what it prints says it
    /// @param reports files that the runner writes, as a glob below the folder, or empty: JUnit's XML, trx,
    ///     the JSON of Jest, Mocha and RSpec. What matches before the command starts is deleted;
    ///     the folder `.johwa-results` is there for it and never comes into an artifact
    /// @param builds whether the command does on its way all that the detected build would do again
    public record Test(List<String> command, String runner, Optional<String> reports, boolean builds) {
        /// Where a runner is told to write its report when it has no place of its own.
        public static final String RESULTS = ".johwa-results";

        public Test(List<String> command, String runner, Optional<String> reports) {
            this(command, runner, reports, false);
        }
    }

    /// @param folder relative to the application, or below HOME when it starts with `~/`
    /// @param key files whose bytes decide that a kept folder still fits (lock files)
    public record Cache(String folder, List<String> key) {}

    /// A runtime that is asked for and not here.
    ///
    /// @param tool `node`, `go`, …
    /// @param file that asks for it
    /// @param text what is written there, in the words of the syntax
    public record Missing(String tool, String file, String text, Syntax syntax) {
        /// Whether a version would do.
        public boolean fits(String version) {
            return syntax.parse(text).filter(range -> range.holds(version)).isPresent();
        }
    }

    public record Publish(String folder, boolean fallback) {}

    /// Why something was decided: a file, and in words what it says.
    public record Evidence(String file, String why) {
        /// Stands for a file where something is added that no file names.
        public static final String BROUGHT = "(brought in)";
    }
}
