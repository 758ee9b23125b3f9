package dev.johwa.build.pipeline;

import dev.johwa.build.base.Base;
import dev.johwa.build.base.ImageFace;
import dev.johwa.build.base.StandardImages.Order;
import dev.johwa.build.base.StaticProgram;
import dev.johwa.build.image.Artifact;
import dev.johwa.lib.blob.Digest;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.git.Commit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/// The image of an app without a Dockerfile: what is made of its files on the base, or what the run built where that is
/// the same everywhere. Used by one thread.
final class BaseStage {
    private static final Path APP = Path.of("/app");
    private static final int USUAL_PORT = 8080;
    /// What their builds make fits every base.
    private static final Set<String> PORTABLE = Set.of("Go", "Java", "Kotlin", "Scala", "Groovy", "Clojure");
    private static final String GO = "Go";

    private final Job job;
    private final AppRun.Seat seat;
    private final String wanted;

    private BaseStage(Job job, AppRun.Seat seat, String wanted) {
        this.job = job;
        this.seat = seat;
        this.wanted = wanted;
    }

    /// Empty where no image is wanted, or a Dockerfile says how it is made.
    static Optional<BaseStage> of(Job job, AppRun.Seat seat) {
        return job.settings()
                .base()
                .filter(_ -> job.detection().container().isEmpty())
                .map(wanted -> new BaseStage(job, seat, wanted));
    }

    /// Environment values with which the build of the app makes what fits the base.
    static Map<String, String> values(Job job) {
        var values = new HashMap<>(job.settings().values());
        boolean isStatic =
                job.settings().base().isPresent() && job.detection().language().equals(GO);
        if (isStatic) {
            values.putIfAbsent("CGO_ENABLED", "0");
        }
        return values;
    }

    /// Before anything runs: whether there can be an image at all.
    void require() {
        try {
            var base = base();
            if (command().isEmpty()) {
                throw new StageFailed(
                        "an image needs a process, and this app starts none",
                        List.of(),
                        List.of("Name one with `start:` in johwa.yaml, or leave `image:` out."));
            }
            if (!isPortable()) {
                requireSteps(base);
            }
        } catch (ProblemException e) {
            seat.stages().begin(job.app(), "image").failed(e.problem().message());
            throw e;
        } catch (StageFailed e) {
            seat.stages().begin(job.app(), "image").failed(e.summary());
            throw e;
        }
    }

    private void requireSteps(Base base) {
        if (base.isScratch()) {
            throw new StageFailed(
                    job.detection().language() + " cannot be installed on scratch, which has nothing in it",
                    List.of(),
                    List.of("Name a base with its runtime in johwa.yaml: `image: {base: " + conventional() + "}`."));
        }
        if (!seat.workspace().isConfined()) {
            throw new StageFailed(
                    "steps run on a base only in a sandbox, and this server has none",
                    List.of(),
                    List.of("Install the package `bubblewrap` on the server."));
        }
        var root = seat.rooms().standard().bases().root(base);
        for (var program : List.of("bin/sh", "usr/bin/setpriv")) {
            if (!Files.exists(root.resolve(program))) {
                throw new StageFailed(
                        "the base " + base.name() + " has no /" + program + ", which steps need",
                        List.of(),
                        List.of("Take one with a shell and util-linux, such as those made of Debian."));
            }
        }
    }

    private Base base() {
        var name = wanted.equals("auto") ? conventional() : wanted;
        return seat.rooms().standard().bases().find(job.run().project(), name);
    }

    /// One base for each stack and version.
    private String conventional() {
        var language = job.detection().language();
        if (language.equals(GO)) {
            return Base.SCRATCH;
        }
        var parts = List.of(job.detection().version().orElse("latest").split("\\."));
        var version = language.equals("Python") && parts.size() > 1 ? parts.get(0) + "." + parts.get(1) : parts.get(0);
        var name = switch (language) {
            case "Node.js" -> "node";
            case String _ when PORTABLE.contains(language) -> "java";
            case String other -> other.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        };
        return "bases/" + name + ":" + version;
    }

    private boolean isPortable() {
        return PORTABLE.contains(job.detection().language());
    }

    private List<String> command() {
        var processes = job.settings().processes();
        return processes.getOrDefault(
                "web", processes.values().stream().findFirst().orElse(List.of()));
    }

    /// @param artifact of the app, which runs as a process
    /// @param packing packs another folder as the artifact was packed
    void make(Artifact artifact, Map<String, byte[]> deciding, Function<Path, Artifact> packing) {
        var stage = seat.stages().begin(job.app(), "image");
        var base = base();
        var image = new Digest[1];
        stage.within(() -> {
            var files = isPortable() ? artifact : new OnBase(job, seat, base).make(stage, deciding, packing);
            if (base.isScratch()) {
                requireStatic();
            }
            var order = new Order(job.name(), base, artifact.manifest(), files.manifest(), face(base));
            image[0] = seat.rooms().standard().make(order);
        });
        stage.done(image[0].shortened() + "  on " + base.name());
    }

    private void requireStatic() {
        var program = seat.workspace()
                .source()
                .resolve(job.folder())
                .resolve(command().getFirst());
        if (!Files.isRegularFile(program) || !StaticProgram.is(program)) {
            throw new StageFailed(
                    command().getFirst() + " does not run on scratch: it is no static program",
                    List.of(),
                    List.of("Name a base that has what it needs: `image: {base: bases/NAME:TAG}` in johwa.yaml; or"
                            + " build it static and start it without a shell (`start: [./bin/app]`)."));
        }
    }

    private ImageFace face(Base base) {
        var folder = APP.resolve(job.folder()).normalize();
        var port = job.settings().port().orElse(USUAL_PORT);
        var own = job.detection().environment();
        var values = new HashMap<>(Ground.portable(own));
        values.put("PATH", Ground.path(own.getOrDefault("PATH", ""), folder, base.path()));
        values.put("PORT", String.valueOf(port));
        values.put("HOST", "0.0.0.0");
        // The account has no home of its own.
        values.put("HOME", "/tmp");
        boolean listens = job.settings().processes().containsKey("web");
        return new ImageFace(
                command(), folder.toString(), values, listens ? OptionalInt.of(port) : OptionalInt.empty(), labels());
    }

    private Map<String, String> labels() {
        var run = job.run();
        var labels = new HashMap<>(Map.of(
                "org.opencontainers.image.title", job.name(),
                "org.opencontainers.image.revision", run.commit(),
                "org.opencontainers.image.source", run.project() + ".git"));
        seat.rooms()
                .repositories()
                .resolve(run.project(), run.commit())
                .map(Commit::committedAt)
                .ifPresent(at -> labels.put("org.opencontainers.image.created", at.toString()));
        return labels;
    }
}
