package dev.johwa.source.detect.jvm;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.jvm.Sources.Main;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Chooses among the programs of a project the one that starts, and tells what kind it is.
final class Programs {
    private static final Pattern LISTENS = Pattern.compile(
            "HttpServer|ServerSocket|\"PORT\"|Javalin|Undertow|jetty|Tomcat|Vertx|Verticle|Spark|netty|Helidon"
                    + "|ServerBuilder|embeddedServer|EngineMain|http4s|pekko|akka\\.http|zio\\.http|Http4k|asServer");
    private static final Pattern STAYS =
            Pattern.compile("while\\s*\\(|for\\s*\\(\\s*;|Scheduled|Listener|Thread|Executor|Timer|Queue|Latch|Consumer"
                    + "|Subscri|SpringApplication|Future|Lock|Semaphore|\\.wait\\(|\\.park|delay\\(|IOApp");
    private static final Pattern HEALTH = Pattern.compile("\"(/healthz|/health|/livez|/readyz)\"");
    private static final List<String> LIKELY = List.of("app", "server", "web", "api", "boot", "main", "service");

    private final Folder folder;
    private final Draft draft;
    private final String text;

    /// @param text of all build files
    Programs(Folder folder, Draft draft, String text) {
        this.folder = folder;
        this.draft = draft;
        this.text = text;
    }

    /// Puts the chosen one into the draft.
    Optional<Program> choose(List<Program> programs) {
        var ranked = programs.stream()
                .sorted(Comparator.comparing(this::service).thenComparing(program -> rank(program.module())))
                .toList();
        if (ranked.isEmpty()) {
            draft.service = Service.LIBRARY;
            return Optional.empty();
        }
        var program = ranked.getFirst();
        if (ranked.size() > 1) {
            draft.warn(
                    "detect.several-programs",
                    ranked.size() + " modules can be started ("
                            + ranked.stream().map(Program::module).collect(Collectors.joining(", ")) + "); "
                            + program.module() + " is",
                    "name another with `start` in johwa.yaml");
        }
        put(program);
        return Optional.of(program);
    }

    /// Those of them that answer requests.
    List<Program> serving(List<Program> programs) {
        return programs.stream()
                .filter(program -> service(program) == Service.WEB)
                .toList();
    }

    /// Names that people give to what starts come first, shallow modules before deep ones.
    private static int rank(String module) {
        var name = module.replaceFirst(".*/", "");
        return LIKELY.stream().anyMatch(name::contains) || module.equals(".") ? 0 : 1;
    }

    private void put(Program program) {
        var file = program.main().map(Main::file).orElse(program.file());
        var title = program.framework().title();
        draft.because(
                file, title.isEmpty() || program.why().equals(title) ? program.why() : title + ": " + program.why());
        draft.because(program.file(), JavaStart.TOLD);
        draft.service = service(program);
        draft.start.put(draft.service == Service.WEB ? "web" : "worker", program.command());
        if (program.framework() == Framework.FUNCTIONS) {
            draft.service = Service.FUNCTION;
        }
        if (draft.service == Service.JOB) {
            draft.warn(
                    "detect.job",
                    "nothing in it listens or goes on for ever, so it runs to its end: it is tested and packed, and"
                            + " nothing of it is kept running",
                    "if it should stay up, say `service: worker` in johwa.yaml");
        }
        draft.layers.addAll(program.layers());
        draft.health = program.framework().health(text);
        if (draft.health.isEmpty() && !bringsOwnHealth(program.framework())) {
            Sources.of(folder, program.module()).find(HEALTH).ifPresent(found -> {
                draft.health = Optional.of(found.text());
                draft.because(found.file(), "answers " + found.text());
            });
        }
    }

    /// Sorted as a person would choose: what answers, what goes on, what ends.
    private Service service(Program program) {
        var sources = Sources.of(folder, program.module());
        boolean isWeb =
                program.framework().isWeb(text).orElseGet(() -> program.main().isEmpty() || sources.says(LISTENS));
        boolean stays = program.main().isEmpty() || sources.says(STAYS);
        return isWeb ? Service.WEB : stays ? Service.WORKER : Service.JOB;
    }

    /// Paths in their sources are not all there is: a prefix may stand before them.
    private static boolean bringsOwnHealth(Framework framework) {
        return switch (framework) {
            case SPRING_BOOT, QUARKUS, MICRONAUT, FUNCTIONS, PLAY -> true;
            case HELIDON, DROPWIZARD, KTOR, JAVALIN, VERTX, NONE -> false;
        };
    }
}
