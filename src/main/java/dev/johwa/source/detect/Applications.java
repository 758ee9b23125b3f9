package dev.johwa.source.detect;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.jvm.StartingModules;
import dev.johwa.source.detect.node.Workspaces;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Globs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The applications of a repository in which no file of ours names them.
///
/// A root that is an application by a file of its own is the only one, whatever lies below: what lies there is mostly
/// a part of it. Else everything that runs in the places where people keep applications is one: packages of a
/// workspace, modules of `go.work`, Maven and Gradle, web programs of a Cargo workspace, folders in `services`,
/// `apps` and `packages`, and `backend`, `user-service`, `frontend` and their like. Where all of that is nothing, the
/// one folder that is something.
public final class Applications {
    private static final List<String> AROUND = List.of("services", "apps", "packages");
    /// Names of parts of what a team runs, or their last or first word: `Backend`, `user-service`, `web_client`.
    private static final Pattern PART = word("api|backend|server|frontend|client|web|webapp|website|worker|admin|app"
            + "|service|ui|dashboard|gateway|portal|site|bot|front|back|front-?end|back-?end");
    private static final Pattern USE = Pattern.compile("(?m)^\\s*(?:use\\s+)?(?:\\./)?([\\w./-]+)\\s*$");
    private static final List<String> MANIFESTS = List.of(
            "Dockerfile",
            "package.json",
            "go.mod",
            "Cargo.toml",
            "pyproject.toml",
            "requirements.txt",
            "pom.xml",
            "build.gradle");
    /// Folders that mostly lie beside an application.
    private static final Pattern BESIDE = Pattern.compile(
            "(?i)(?:docs?|documentation|tests?|e2e|specs?|examples?|samples?|demos?|fixtures?|mocks?|scripts?|tools?)"
                    + "(?:[-_.].*)?|ci|dist|build|target|out|assets|static|infra\\w*|deploy\\w*");
    private static final List<String> PYTHON = List.of("requirements.txt", "pyproject.toml", "Pipfile", "setup.py");
    private static final Pattern NAME = Pattern.compile("\"name\"\\s*:\\s*\"([^\"]+)\"");
    private static final int MOST = 50;
    /// Together with the project's name it is a label of a host, which has 63 letters at most.
    private static final int LONGEST_NAME = 40;

    private final Detector detector;

    public Applications(Detector detector) {
        this.detector = detector;
    }

    /// @param name by which it is deployed
    /// @param folder in the repository, `.` for the whole
    /// @param foreign folders of other applications that are no part of it
    public record Application(String name, Path folder, Detection detection, Set<String> foreign) {}

    /// @param found what is deployed; empty when nobody knows what the folder is, or which of several is meant
    /// @param beside what could run too, and is not deployed
    public record Survey(List<Application> found, List<Application> beside) {}

    /// @param project whose name a single application has
    public Survey survey(Path repository, String project) {
        return survey(new Folder(repository), project);
    }

    Survey survey(Folder folder, String project) {
        var root = detector.detect(folder);
        var modules = StartingModules.read(folder);
        var below = running(folder, modules);
        boolean isWorkspace = isWorkspace(folder) || !modules.needs().isEmpty();
        boolean isRoot = root.isPresent()
                && (below.isEmpty()
                        || isApplication(root.get(), folder, isWorkspace)
                        // Of a workspace, what runs at its root is built with all that belongs to it.
                        || below.size() == 1 && isWorkspace && runs(root.get()));
        if (below.isEmpty() && (root.isEmpty() || isPageInFolder(root.get(), folder))) {
            var others = others(folder, root.isPresent());
            if (others.size() == 1) {
                return single(project, others);
            }
            if (root.isEmpty()) {
                return others.containsKey(project)
                        ? namesake(project, others, folder, modules)
                        : new Survey(List.of(), named(others, folder, modules));
            }
        }
        if (isRoot) {
            // What the root is built with is deployed with it.
            below.keySet()
                    .removeIf(place -> root.get().evidence().stream()
                            .anyMatch(each -> each.file().startsWith(place + "/")));
            var only = new Application(project, Path.of("."), root.get(), Set.of());
            return new Survey(List.of(only), named(below, folder, modules));
        }
        return below.size() == 1 ? single(project, below) : new Survey(named(below, folder, modules), List.of());
    }

    /// It has the name of the project.
    private static Survey single(String project, Map<String, Detection> below) {
        var only = below.entrySet().iterator().next();
        var found = new Application(project, Path.of(only.getKey()), only.getValue(), Set.of());
        return new Survey(List.of(found), List.of());
    }

    /// Of several folders the one with the project's name is meant; the others are told.
    private static Survey namesake(
            String project, Map<String, Detection> others, Folder folder, StartingModules modules) {
        var meant = new LinkedHashMap<>(others);
        meant.keySet().retainAll(Set.of(project));
        var beside = new LinkedHashMap<>(others);
        beside.remove(project);
        return new Survey(single(project, meant).found(), named(beside, folder, modules));
    }

    /// By a file of the root itself: one that lies deeper was found by looking for something, whatever it is.
    private static boolean isApplication(Detection root, Folder folder, boolean isWorkspace) {
        boolean isOwn =
                root.evidence().isEmpty() || !root.evidence().getFirst().file().contains("/") || isPython(root, folder);
        boolean isStarted = folder.has("Procfile")
                || folder.read("package.json")
                        .filter(text -> text.contains("\"start\""))
                        .isPresent();
        return runs(root) && (root.container().isPresent() || (isWorkspace ? isStarted : isOwn));
    }

    /// A page that was found deeper, such as that of the documentation.
    private static boolean isPageInFolder(Detection root, Folder folder) {
        return root.service() == Service.STATIC && root.build().isEmpty() && !isApplication(root, folder, false);
    }

    private static boolean isWorkspace(Folder folder) {
        return folder.has("go.work")
                || Workspaces.isNx(folder)
                || Workspaces.read(folder).isPresent()
                || !crates(folder).isEmpty();
    }

    /// The packages of a Cargo workspace whose root is none itself.
    private static List<String> crates(Folder folder) {
        var manifest = folder.toml("Cargo.toml");
        var members = new Globs(manifest.texts("workspace.members"));
        return manifest.hasTable("package") || members.isEmpty()
                ? List.of()
                : folder.files(name -> name.endsWith("/Cargo.toml")).stream()
                        .map(name -> name.substring(0, name.length() - "/Cargo.toml".length()))
                        .filter(members::match)
                        .toList();
    }

    private static boolean runs(Detection detection) {
        return detection.service() != Service.LIBRARY
                && (!detection.start().isEmpty() || detection.publish().isPresent());
    }

    /// What runs below the root, by folder, in order.
    private Map<String, Detection> running(Folder folder, StartingModules modules) {
        var running = new LinkedHashMap<String, Detection>();
        for (var place : places(folder, modules)) {
            detector.detect(folder.below(place))
                    .filter(Applications::runs)
                    .filter(detection -> !isPackage(detection, folder, place))
                    .ifPresent(detection -> running.put(place, detection));
        }
        // Beside its programs a workspace of Cargo, Maven or Gradle has tools, which are not deployed.
        crates(folder).stream()
                .filter(place ->
                        running.containsKey(place) && running.get(place).service() != Service.WEB)
                .forEach(running::remove);
        modules.needs().keySet().stream()
                .filter(place ->
                        running.containsKey(place) && running.get(place).service() == Service.JOB)
                .forEach(running::remove);
        return running;
    }

    /// Where the root is nothing, or a page in a folder: what the folders in it are, such as `src` or `my-shop`
    /// beside a README or `docs`. Of several nobody knows which is meant.
    ///
    /// @param isPage whether there is a page already, before which only what is more comes
    private Map<String, Detection> others(Folder folder, boolean isPage) {
        var running = new LinkedHashMap<String, Detection>();
        folder.folders(".").stream()
                .sorted()
                .limit(MOST)
                .forEach(place -> detector.detect(folder.below(place))
                        .filter(Applications::runs)
                        .filter(found -> !isPage
                                || found.service() == Service.WEB
                                || !found.build().isEmpty())
                        .ifPresent(detection -> running.put(place, detection)));
        var meant = new LinkedHashMap<>(running);
        meant.keySet().removeIf(place -> BESIDE.matcher(place).matches());
        return meant.isEmpty() && !isPage ? running : meant;
    }

    private static Pattern word(String words) {
        return Pattern.compile("(?i)(?:" + words + ")|.+[-_.](?:" + words + ")|(?:" + words + ")[-_.].+|.+service");
    }

    /// Code of Python without a manifest of its own, below one: the usual `app/main.py` beside a requirements.txt.
    private static boolean isPackage(Detection detection, Folder folder, String place) {
        return isPython(detection, folder) && PYTHON.stream().noneMatch(name -> folder.has(place + "/" + name));
    }

    private static boolean isPython(Detection detection, Folder folder) {
        return detection.language().equals("Python") && PYTHON.stream().anyMatch(folder::has);
    }

    private static Set<String> places(Folder folder, StartingModules modules) {
        var places = new LinkedHashSet<String>();
        folder.folders(".").stream()
                .filter(name ->
                        PART.matcher(name).matches() && !BESIDE.matcher(name).matches())
                .forEach(places::add);
        for (var around : AROUND) {
            folder.folders(around).stream().map(name -> around + "/" + name).forEach(places::add);
        }
        Workspaces.read(folder).ifPresent(workspaces -> places.addAll(workspaces.members()));
        places.addAll(Workspaces.ofNx(folder));
        places.addAll(crates(folder));
        places.addAll(modules.needs().keySet());
        folder.read("go.work")
                .ifPresent(text -> USE.matcher(text)
                        .results()
                        .map(use -> use.group(1))
                        .filter(place -> folder.has(place + "/go.mod"))
                        .forEach(places::add));
        return places.stream().sorted().limit(MOST).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static List<Application> named(Map<String, Detection> below, Folder folder, StartingModules modules) {
        var counts = below.keySet().stream().collect(Collectors.groupingBy(Applications::last, Collectors.counting()));
        var found = new ArrayList<Application>();
        var names = new HashSet<String>();
        below.forEach((place, detection) -> {
            var plain = counts.getOrDefault(last(place), 0L) > 1 ? plain(place) : last(place);
            // `a b` beside `a-b`: both are to be reached.
            var name = names.add(plain) ? plain : plain + "-" + names.size();
            names.add(name);
            var foreign = below.keySet().stream()
                    .filter(other -> !other.equals(place) && !isPart(other, place, folder))
                    .filter(other ->
                            !modules.needs().getOrDefault(place, Set.of()).contains(other))
                    .collect(Collectors.toSet());
            found.add(new Application(name, Path.of(place), detection, foreign));
        });
        return List.copyOf(found);
    }

    /// Whether an application lies around another, or that one's manifest names it: by the way there, or as a package.
    private static boolean isPart(String other, String place, Folder folder) {
        if (place.startsWith(other + "/") || other.startsWith(place + "/")) {
            return true;
        }
        var way = Path.of(place).relativize(Path.of(other)).toString();
        var name = folder.read(other + "/package.json").flatMap(Applications::packageName);
        return MANIFESTS.stream()
                .flatMap(manifest -> folder.read(place + "/" + manifest).stream())
                .anyMatch(text -> text.contains(way)
                        || name.filter(each -> text.contains("\"" + each + "\""))
                                .isPresent());
    }

    private static Optional<String> packageName(String manifest) {
        var name = NAME.matcher(manifest);
        return name.find() ? Optional.of(name.group(1)) : Optional.empty();
    }

    private static String last(String place) {
        return plain(place.substring(place.lastIndexOf('/') + 1));
    }

    /// As a part of a host name.
    private static String plain(String text) {
        var plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        if (plain.length() > LONGEST_NAME) {
            return plain.substring(0, LONGEST_NAME - 9) + "-" + Integer.toHexString(text.hashCode());
        }
        return plain.isEmpty() ? "app" : plain;
    }
}
