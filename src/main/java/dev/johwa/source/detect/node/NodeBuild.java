package dev.johwa.source.detect.node;

import dev.johwa.source.detect.node.Frameworks.Found;
import dev.johwa.source.detect.stack.Draft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How a package is built: the packages of its repository that it needs first, by Turborepo or Nx where they are there,
/// then itself by its script, else as its framework is built.
final class NodeBuild {
    /// What makes programs for Node.js; others compile contracts or translations by that name.
    private static final Pattern COMPILERS = Pattern.compile("\\b(?:tsc|swc|babel|esbuild|tsup|rollup|webpack)\\b");

    private static final Pattern BASE = Pattern.compile("\\bbase\\s*:[^,\\n]*?[\"'`](/[\\w./-]+)[\"'`]");
    private static final Pattern BASE_HREF = Pattern.compile("\"baseHref\"\\s*:\\s*\"(/[\\w./-]+)\"");
    private static final Pattern BASE_URL = Pattern.compile("baseUrl\\s*:\\s*[\"'`](/[\\w./-]+)[\"'`]");
    private static final Pattern PUBLIC_PATH = Pattern.compile("\\bpublicPath\\s*:[^,\\n]*?[\"'`](/[\\w./-]+)[\"'`]");
    private static final Pattern BASE_PATH = Pattern.compile("\\bbasePath\\s*:[^,\\n]*?[\"'`](/[\\w./-]+)[\"'`]");
    private static final Pattern LAST_WORDS =
            Pattern.compile("(^|.*(&&|;)\\s*)(npx )?(vite build|vitepress build|astro build|ng build)[^&|;]*");
    private static final int MOST_PACKAGES = 500;

    private final NodeProject project;
    private final Installation installation;
    private final Draft draft;

    NodeBuild(NodeProject project, Installation installation, Draft draft) {
        this.project = project;
        this.installation = installation;
        this.draft = draft;
    }

    void write(Optional<Found> framework) {
        var needed = project.isMember() ? needed() : List.<String>of();
        boolean isBuilt = project.isMember() && (byTurborepo() || byNx());
        if (!isBuilt) {
            needed.forEach(folder -> draft.build.add(installation.script(project.up(folder), "build")));
            own(framework);
        }
        if (!needed.isEmpty() && !draft.test.isEmpty()) {
            draft.testsNeedBuild = true;
            draft.because("package.json", "needs what the build makes of " + needed.getFirst() + ": tested after it");
        }
        framework.ifPresent(found -> {
            if (!found.framework().kept().isEmpty()) {
                draft.kept.add(found.framework().kept());
                draft.leftovers.add(found.framework().kept());
            }
            standalone(found);
        });
    }

    private boolean byTurborepo() {
        var name = project.manifest().text("name");
        if (name.isEmpty() || !project.root().uses("turbo") || !project.home().has("turbo.json")) {
            return false;
        }
        draft.build.add(List.of("turbo", "run", "build", "--filter=" + name.get() + "..."));
        draft.environment.put("TURBO_TELEMETRY_DISABLED", "1");
        draft.kept.add(project.up(".turbo"));
        draft.because("turbo.json", "builds what the package needs, then the package");
        return true;
    }

    private boolean byNx() {
        var name = project.manifest().text("name");
        boolean isBuilt = NxProject.of(project)
                .filter(nx -> nx.isBuilt() || project.manifest().script("build").isPresent())
                .isPresent();
        if (name.isEmpty() || !isBuilt || !project.root().uses("nx")) {
            return false;
        }
        // From the top: some of its executors take paths from the folder in which it is started.
        var root = project.up("").replaceFirst("/$", "");
        draft.build.add(List.of(
                "sh",
                "-c",
                "cd \"$0\" && exec \"$@\"",
                root,
                "nx",
                "run-many",
                "--target=build",
                "--projects=" + name.get()));
        draft.environment.put("NX_DAEMON", "false");
        draft.kept.add(project.up(".nx/cache"));
        draft.because("nx.json", "builds what the package needs, then the package");
        return true;
    }

    /// Folders of the repository's packages that this one depends on and that have a build, each after what it needs
    /// itself. Packages that need each other in a circle come in the order in which they are found.
    private List<String> needed() {
        var members = new HashMap<String, Member>();
        for (var folder : project.workspaces().map(Workspaces::members).orElse(List.of()).stream()
                .limit(MOST_PACKAGES)
                .toList()) {
            project.home()
                    .read(folder + "/package.json")
                    .flatMap(NodePackage::parsed)
                    .map(NodePackage::new)
                    .ifPresent(manifest ->
                            manifest.text("name").ifPresent(name -> members.put(name, new Member(folder, manifest))));
        }
        var ordered = new LinkedHashSet<Member>();
        needed(
                project.manifest(),
                members,
                new HashSet<>(Set.of(project.folder().place())),
                ordered);
        return ordered.stream()
                .filter(member -> member.manifest().script("build").isPresent())
                .map(Member::folder)
                .toList();
    }

    /// A package of the repository.
    private record Member(String folder, NodePackage manifest) {}

    private static void needed(NodePackage of, Map<String, Member> members, Set<String> seen, Set<Member> ordered) {
        for (var name : of.dependencies()) {
            var member = members.get(name);
            if (member != null && seen.add(member.folder())) {
                needed(member.manifest(), members, seen, ordered);
                ordered.add(member);
            }
        }
    }

    private void own(Optional<Found> framework) {
        var script = Stream.of("heroku-postbuild", "build", "docs:build", "build:prod", "compile")
                .filter(name -> project.manifest()
                        .script(name)
                        .filter(line -> !name.equals("compile")
                                || !isBuilt(framework)
                                        && COMPILERS.matcher(line).find())
                        .isPresent())
                .findFirst();
        if (script.isPresent()) {
            var line = project.manifest().script(script.get()).orElseThrow();
            draft.build.add(installation.script(script.get(), atRoot(line, framework)));
        } else if (isBuilt(framework)) {
            draft.build.add(framework.orElseThrow().framework().build());
            draft.because(
                    "package.json",
                    "has no build script: it is built as "
                            + framework.orElseThrow().framework().name());
        }
    }

    /// Whether what the framework makes is made by its own program.
    private static boolean isBuilt(Optional<Found> framework) {
        return framework
                .filter(found -> !(found.outcome() instanceof Outcome.Elsewhere))
                .isPresent();
    }

    /// Pages that are made for a folder of another host (`/repository/`) are made for the root of their own here.
    private List<String> atRoot(String line, Optional<Found> framework) {
        if (framework.isEmpty() || !(framework.get().outcome() instanceof Outcome.Pages)) {
            return List.of();
        }
        var name = framework.get().framework().name();
        var base = switch (name) {
            case "Vite" -> project.configuration("vite.config", BASE);
            case "Astro" -> project.configuration("astro.config", BASE);
            case "VitePress" ->
                project.configuration(".vitepress/config", BASE)
                        .or(() -> project.configuration("docs/.vitepress/config", BASE));
            case "Angular" -> project.configuration("angular", BASE_HREF);
            case "Vue CLI" -> project.configuration("vue.config", PUBLIC_PATH);
            case "Next.js" -> project.configuration("next.config", BASE_PATH);
            case "Docusaurus" -> project.configuration("docusaurus.config", BASE_URL);
            case "Create React App" ->
                project.manifest().text("homepage").filter(home -> home.matches("(https?://[^/]+)?/.+"));
            case String _ -> Optional.<String>empty();
        };
        if (base.isEmpty()) {
            return List.of();
        }
        if (name.equals("Create React App")) {
            draft.environment.put("PUBLIC_URL", "/");
        }
        boolean canBeTold = LAST_WORDS.matcher(line).matches() && !line.contains("--base");
        if (!canBeTold && !name.equals("Create React App")) {
            draft.warn(
                    "detect.base-path",
                    "the pages are made for " + base.get() + ", and are served at /: their links lead nowhere",
                    "leave that base out of the configuration of " + name);
            return List.of();
        }
        draft.because("package.json", "made for / instead of " + base.get() + ", since it has a host of its own");
        return canBeTold ? List.of(name.equals("Angular") ? "--base-href=/" : "--base=/") : List.of();
    }

    /// Next.js leaves a server that wants its files beside it, and does not bring them there.
    private void standalone(Found found) {
        if (FrameworkServers.isStandalone(found.outcome())) {
            var words = new ArrayList<>(List.of("cp", "-r"));
            draft.build.add(List.of("cp", "-r", ".next/static", ".next/standalone/.next/"));
            if (project.folder().hasFolder("public")) {
                words.addAll(List.of("public", ".next/standalone/"));
                draft.build.add(List.copyOf(words));
            }
        }
    }
}
