package dev.johwa.source.detect;

import dev.johwa.lib.problem.Problem;
import dev.johwa.source.compose.ComposeProject;
import dev.johwa.source.compose.Service;
import dev.johwa.source.compose.WebService;
import dev.johwa.source.detect.ContainerRun.Check;
import dev.johwa.source.detect.ContainerRun.Given;
import dev.johwa.source.detect.ContainerRun.Hidden;
import dev.johwa.source.detect.ContainerRun.Limits;
import dev.johwa.source.detect.ContainerRun.Network;
import dev.johwa.source.detect.ContainerRun.Program;
import dev.johwa.source.detect.ContainerRun.Sharing;
import dev.johwa.source.detect.ContainerRun.Volume;
import dev.johwa.source.detect.stack.Draft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What a service of a compose file says of its container. Of one thread.
final class ServiceRun {
    /// The code of the warning that a mount is for those only who develop.
    static final String DEVELOPMENT = "compose.development";

    private static final String MEMORY = "tmpfs";
    private static final String USUAL = "default";
    /// Files that keep a folder in a commit.
    private static final Set<String> HOLDERS = Set.of(".gitkeep", ".gitignore", ".keep");

    private final ComposeProject project;
    private final Service service;
    private final Path repository;
    private final Draft draft;
    private final ComposeLines lines;
    private final Optional<WebService> web;
    private final List<Volume> volumes = new ArrayList<>();
    private final List<String> memory = new ArrayList<>();
    private final Map<String, Given> files = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, String> secretConfigs = new LinkedHashMap<>();

    ServiceRun(ComposeProject project, Service service, Commit commit, Draft draft, Optional<WebService> web) {
        this.project = project;
        this.service = service;
        this.repository = commit.repository().toAbsolutePath().normalize();
        this.lines = commit.lines();
        this.draft = draft;
        this.web = web;
    }

    /// @param lines of its compose file
    record Commit(Path repository, ComposeLines lines) {}

    /// @param secrets names of those whose references may stand in it
    ContainerRun read(List<String> secrets) {
        service.mounts().forEach(this::mount);
        tellOfWatching();
        service.configs().forEach(config -> config(config, secrets));
        var program = service.program();
        return new ContainerRun(
                service.name(),
                aliases(),
                service.build().isPresent() ? "" : service.image(),
                program.entrypoint(),
                program.command(),
                service.environment(),
                new Program(
                        program.user(),
                        program.workingDirectory(),
                        program.stopSignal(),
                        program.grace(),
                        program.isReadOnly(),
                        program.capabilities().stream()
                                .map(name -> name.toUpperCase(Locale.ROOT).replaceFirst("^CAP_", ""))
                                .toList(),
                        program.powers(),
                        service.mayEnd() && !WebService.isData(service)),
                volumes,
                memory,
                files,
                new Hidden(secrets.stream().filter(this::isNamed).toList(), hiddenFiles(), texts),
                service.health().map(ServiceRun::check),
                new Limits(
                        service.limits().memory(),
                        service.limits().cpus(),
                        service.limits().processes()),
                needs(),
                WebService.isData(service) || !volumes.isEmpty() ? 1 : Math.max(0, service.scale()),
                WebService.isData(service),
                networks());
    }

    private void tellOfWatching() {
        if (service.isWatched()) {
            draft.warn(
                    "compose.watch",
                    "'" + service.name() + "': develop.watch is left out, which is for those who develop",
                    "a push brings what changed");
        }
    }

    private List<String> aliases() {
        return Stream.concat(
                        service.aliases().stream(),
                        service.networks().stream().flatMap(each -> each.aliases().stream()))
                .distinct()
                .toList();
    }

    /// None where it is in the one that all are in unless they say otherwise.
    private List<Network> networks() {
        var networks = service.networks().stream().map(this::network).toList();
        boolean isUsual = networks.stream().allMatch(each -> each.name().equals(USUAL) && !each.isInternal());
        return isUsual ? List.of() : networks;
    }

    private Network network(Service.Attachment attachment) {
        var known = Optional.ofNullable(project.networks().get(attachment.name()));
        if (known.filter(ComposeProject.Resource::isExternal).isPresent()) {
            draft.warn(
                    "compose.network",
                    "'" + service.name() + "': the network '" + attachment.name()
                            + "' of others becomes one of the project's own",
                    "`uses` in johwa.yaml gives the addresses of other apps");
        }
        var aliases = Stream.concat(service.aliases().stream(), attachment.aliases().stream())
                .distinct()
                .toList();
        boolean isInternal = known.filter(ComposeProject.Resource::isInternal).isPresent();
        return new Network(attachment.name(), aliases, isInternal);
    }

    private boolean isNamed(String secret) {
        var reference = Hidden.reference(secret);
        var program = service.program();
        return Stream.of(
                        service.environment().values().stream(),
                        program.command().stream().flatMap(List::stream),
                        program.entrypoint().stream().flatMap(List::stream),
                        service.health().stream().flatMap(health -> health.test().stream()),
                        texts.values().stream())
                .flatMap(each -> each)
                .anyMatch(text -> text.contains(reference));
    }

    /// Where each lies, by which name people set it.
    private Map<String, String> hiddenFiles() {
        var found = new LinkedHashMap<>(secretConfigs);
        for (var secret : service.secrets()) {
            var name = Optional.ofNullable(project.secrets().get(secret.source()))
                    .map(ComposeProject.Source::variable)
                    .filter(variable -> !variable.isEmpty())
                    .orElse(secret.source().replaceAll("[^A-Za-z0-9_]", "_"));
            var target = secret.target().isEmpty() ? secret.source() : secret.target();
            found.put(target.startsWith("/") ? target : "/run/secrets/" + target, name);
        }
        if (!found.isEmpty()) {
            draft.needs = new Detection.Needs(List.copyOf(new TreeSet<>(found.values())), List.of());
        }
        return found;
    }

    private Map<String, String> needs() {
        var needs = new LinkedHashMap<String, String>();
        service.dependsOn().forEach((name, how) -> needs.put(name, how.condition()));
        return needs;
    }

    private static Check check(Service.Health health) {
        return new Check(
                health.isOff() ? List.of("NONE") : health.test(),
                health.interval(),
                health.timeout(),
                health.startPeriod(),
                health.retries().map(OptionalInt::of).orElse(OptionalInt.empty()));
    }

    private void mount(Service.Mount mount) {
        switch (mount.type()) {
            case MEMORY -> memory.add(mount.target());
            case "volume" -> volumes.add(volume(mount));
            case "bind" -> bind(mount);
            default ->
                draft.warn(
                        "compose.mount",
                        "'" + service.name() + "': a mount of type " + mount.type() + " at " + mount.target()
                                + " is left out",
                        "use a volume");
        }
    }

    /// One that has a name belongs to the project. It is called by the first of those that have it, as it always was: a
    /// database whose volume is called as before need not start again.
    private Volume volume(Service.Mount mount) {
        var name = mount.source();
        if (name.isEmpty()) {
            return new Volume("", mount.target(), mount.isReadOnly());
        }
        var by = project.inOrder().stream()
                .filter(each -> each.mounts().stream().anyMatch(other -> isNamed(other, name)))
                .map(this::called)
                .toList();
        var others = project.inOrder().stream()
                .filter(each -> each.mounts().stream().anyMatch(other -> isOwn(other, name)))
                .map(this::called)
                .toList();
        return new Volume(
                by.getFirst() + ":" + name, mount.target(), mount.isReadOnly(), Optional.of(new Sharing(by, others)));
    }

    private static boolean isNamed(Service.Mount mount, String name) {
        return mount.type().equals("volume") && mount.source().equals(name);
    }

    private boolean isOwn(Service.Mount mount, String name) {
        return mount.type().equals("bind")
                && own(repository.relativize(Path.of(mount.source()).normalize()))
                        .equals(name);
    }

    /// The app that a service is: none for that of the project's name.
    private String called(Service each) {
        boolean isVisited =
                web.filter(visited -> visited.service().equals(each.name())).isPresent();
        return isVisited ? "" : each.name();
    }

    /// A file or folder of the commit comes into the image. What is not in the commit is made by the service itself and
    /// kept. The sources over themselves are for those only who develop.
    private void bind(Service.Mount mount) {
        var source = Path.of(mount.source()).normalize();
        var place = repository.relativize(source);
        boolean isContext = service.build()
                .filter(build -> Path.of(build.context()).normalize().startsWith(source))
                .isPresent();
        if (!source.startsWith(repository)) {
            volumes.add(new Volume(source.toString(), mount.target(), mount.isReadOnly()));
        } else if (isContext) {
            draft.warn(
                    DEVELOPMENT,
                    "'" + service.name() + "': " + shown(place) + " over " + mount.target()
                            + " is left out: the image has it",
                    "keep what is for development in compose.override.yaml, or use develop.watch");
        } else if (Files.exists(source) && !isToBeFilled(mount, source)) {
            give(mount, source);
        } else {
            volumes.add(new Volume(called(service) + ":" + own(place), mount.target(), mount.isReadOnly()));
        }
    }

    /// A folder that is in the commit only to be there, and that the service writes to.
    private static boolean isToBeFilled(Service.Mount mount, Path source) {
        if (mount.isReadOnly() || !Files.isDirectory(source)) {
            return false;
        }
        try (var all = Files.walk(source)) {
            return all.filter(each -> !Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))
                    .allMatch(each -> HOLDERS.contains(each.getFileName().toString()));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private void give(Service.Mount mount, Path source) {
        var place = repository.relativize(source);
        files.put(mount.target(), new Given(place.toString(), ""));
        if (!mount.isReadOnly() && Files.isDirectory(source)) {
            draft.warn(Problem.user(
                            "compose.given",
                            "'" + service.name() + "': " + shown(place) + " at " + mount.target()
                                    + " is given by the commit: what the app writes there goes with the next release")
                    .at(lines.of(service.name(), mount.target()))
                    .hint("say `:ro` if it only reads there; what is to be kept belongs in a named volume"));
        }
    }

    private static String own(Path place) {
        return place.toString().replace('/', '-');
    }

    private static String shown(Path place) {
        return place.toString().isEmpty() ? "the repository" : "'" + place + "'";
    }

    /// One in which a secret stands comes into no image.
    private void config(Service.File config, List<String> secrets) {
        var source = project.configs().get(config.source());
        if (source == null) {
            return;
        }
        var target = config.target().isEmpty() ? "/" + config.source() : config.target();
        if (!source.file().isEmpty()) {
            files.put(
                    target,
                    new Given(repository.relativize(Path.of(source.file())).toString(), ""));
        } else if (secrets.contains(source.variable())) {
            secretConfigs.put(target, source.variable());
        } else if (secrets.stream().map(Hidden::reference).anyMatch(source.content()::contains)) {
            texts.put(target, source.content());
        } else {
            files.put(target, new Given("", source.content()));
        }
    }
}
