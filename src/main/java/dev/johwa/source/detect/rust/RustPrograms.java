package dev.johwa.source.detect.rust;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.rust.Crate.Program;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The programs of the packages of a folder: which one is started, how it is built, and what it is.
final class RustPrograms {
    /// Loco first: what is written with it uses axum too.
    private static final List<String> FRAMEWORKS = List.of(
            "loco-rs",
            "axum",
            "actix-web",
            "rocket",
            "warp",
            "poem",
            "salvo",
            "tide",
            "tonic",
            "ntex",
            "gotham",
            "rouille",
            "tiny_http",
            "viz",
            "trillium",
            "hyper");
    private static final Pattern LISTENS =
            Pattern.compile("TcpListener::bind|HttpServer::new|Server::(http|bind)|\"PORT\"|UnixListener::bind");
    private static final Pattern SERVES = Pattern.compile("axum::|actix_web::|rocket::|warp::|poem::|salvo::|serve\\(");
    private static final Pattern STAYS = Pattern.compile("\\bloop\\s*\\{|while true|signal::|ctrl_c\\(|interval\\(");
    private static final List<String> LIKELY = List.of("server", "web", "api", "app", "http");
    private static final int MOST_READ = 300;

    private final Folder folder;
    private final List<Crate> crates;

    RustPrograms(Folder folder, List<Crate> crates) {
        this.folder = folder;
        this.crates = crates;
    }

    /// A program with the package that holds it.
    private record Choice(Crate crate, Program program) {}

    /// Fills in the build and the start.
    void start(Draft draft) {
        var choices = choices();
        if (choices.isEmpty()) {
            draft.service = Service.LIBRARY;
            draft.build.add(cargo(List.of("build", "--release")));
            return;
        }
        var chosen = choices.getFirst();
        draft.because(
                chosen.program().file(), "is the program " + chosen.program().name());
        if (choices.size() > 1) {
            draft.warn(
                    "detect.several-programs",
                    "there are several programs: "
                            + String.join(
                                    ", ",
                                    choices.stream()
                                            .map(each -> each.program().name())
                                            .toList())
                            + "; " + chosen.program().name() + " is started",
                    "name another with `build` and `start` in johwa.yaml, or with `default-run` in Cargo.toml");
        }
        build(chosen, draft);
        run(chosen, draft);
    }

    /// All of them, the likely one first: what Cargo itself would run, what listens, what is named like a server.
    private List<Choice> choices() {
        return crates.stream()
                .flatMap(crate -> crate.programs().stream().map(program -> new Choice(crate, program)))
                .sorted(Comparator.comparingInt(this::rank))
                .toList();
    }

    private int rank(Choice choice) {
        var name = choice.program().name();
        if (choice.crate().defaultRun().filter(name::equals).isPresent()) {
            return 0;
        }
        int rank = isWeb(choice) ? 1 : 10;
        boolean isOwn =
                name.equals(choice.crate().name()) && choice.crate().place().isEmpty();
        return rank + (isOwn ? 0 : LIKELY.stream().anyMatch(name::contains) ? 1 : 2);
    }

    private void build(Choice chosen, Draft draft) {
        var words = new ArrayList<>(List.of("build", "--release"));
        if (!chosen.crate().place().isEmpty()) {
            words.addAll(List.of("-p", chosen.crate().name()));
        }
        words.addAll(List.of("--bin", chosen.program().name()));
        if (!chosen.program().features().isEmpty()) {
            words.addAll(List.of("--features", String.join(",", chosen.program().features())));
        }
        draft.build.add(cargo(words));
        var built = "target/"
                + CargoConfig.read(folder).target().map(target -> target + "/").orElse("") + "release/";
        draft.build.add(List.of("install", "-D", built + chosen.program().name(), "bin/app"));
    }

    private List<String> cargo(List<String> words) {
        var all = new ArrayList<>(List.of("cargo"));
        all.addAll(words);
        if (RustCargo.isLocked(folder)) {
            all.add("--locked");
        }
        return List.copyOf(all);
    }

    private void run(Choice chosen, Draft draft) {
        var framework = framework(chosen.crate());
        framework.ifPresent(name -> draft.because(chosen.crate().place() + "Cargo.toml", "uses " + name));
        var sources = chosen.crate().sources(folder).stream().limit(MOST_READ).toList();
        boolean stays = sources.stream().anyMatch(file -> folder.says(file, STAYS));
        draft.starts(command(framework.orElse("")), isWeb(chosen), stays).health(folder, sources);
    }

    /// Rocket reads no PORT. A program of Loco serves when it is told to, with the settings of a place that has a name.
    private List<String> command(String framework) {
        return switch (framework) {
            case "rocket" ->
                Draft.shell("ROCKET_ADDRESS=\"${HOST:-127.0.0.1}\" ROCKET_PORT=\"${PORT:-8000}\" exec ./bin/app");
            case "loco-rs" ->
                Draft.shell("export BINDING=\"${HOST:-127.0.0.1}\""
                        + (folder.has("config/production.yaml") ? " LOCO_ENV=\"${LOCO_ENV:-production}\"" : "")
                        + "; exec ./bin/app start");
            default -> List.of("./bin/app");
        };
    }

    /// By what it uses itself or through a package beside it, else by what its code says.
    private boolean isWeb(Choice choice) {
        boolean isServer = framework(choice.crate()).isPresent()
                || crates.stream()
                        .filter(other -> choice.crate().dependencies().contains(other.name()))
                        .anyMatch(other -> framework(other).isPresent());
        boolean isOne = choice.crate().programs().size() == 1;
        if (isServer && isOne) {
            return true;
        }
        var files = isOne
                ? choice.crate().sources(folder)
                : List.of(choice.program().file());
        return files.stream()
                .limit(MOST_READ)
                .anyMatch(file -> folder.says(file, LISTENS) || isServer && folder.says(file, SERVES));
    }

    private static Optional<String> framework(Crate crate) {
        return FRAMEWORKS.stream().filter(crate.dependencies()::contains).findFirst();
    }
}
