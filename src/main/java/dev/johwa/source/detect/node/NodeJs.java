package dev.johwa.source.detect.node;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.Toolchains.Tool;
import dev.johwa.source.detect.node.Frameworks.Found;
import dev.johwa.source.detect.stack.Asks;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Moved;
import dev.johwa.source.detect.stack.Provider;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Projects with a package.json, whatever installs them: servers, pages, functions; and a single file that listens.
public final class NodeJs implements Provider {
    private static final List<String> SINGLE = List.of("server.js", "app.js", "index.js", "server.mjs", "index.mjs");
    private static final Pattern SERVES =
            Pattern.compile("(?s)(?=.*(require\\(|\\bimport\\s)).*(createServer\\s*\\(|\\.listen\\s*\\()");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var manifest =
                NodePackage.read(folder).or(() -> NxProject.manifest(folder)).or(() -> single(folder));
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        var project = NodeProject.of(manifest.get(), folder);
        var draft = draft(project, toolchains);
        if (draft.service == Service.LIBRARY
                && !project.isMember()
                && project.workspaces().isPresent()) {
            return Optional.of(member(project, toolchains, draft));
        }
        return Optional.of(draft);
    }

    /// What a folder would be by itself, for who builds it beside something else: how it starts and is tested is not
    /// asked then. Of a broken manifest that other is told.
    public static Optional<Draft> beside(Folder folder, Toolchains toolchains, Draft other) {
        try {
            return new NodeJs().detect(folder, toolchains);
        } catch (ProblemException e) {
            e.problems().forEach(other::warn);
            return Optional.empty();
        }
    }

    /// A file that listens, with nothing beside it that says more.
    private static Optional<NodePackage> single(Folder folder) {
        boolean isServer = !folder.has("index.html")
                && folder.first(SINGLE)
                        .filter(file -> folder.says(file, SERVES))
                        .isPresent();
        return isServer ? NodePackage.parsed("{}").map(NodePackage::new) : Optional.empty();
    }

    /// The one package of a workspace that runs, where there is one; several are apps by themselves.
    private static Draft member(NodeProject project, Toolchains toolchains, Draft root) {
        var running = new LinkedHashMap<String, Draft>();
        for (var place : project.workspaces().orElseThrow().members()) {
            var folder = project.home().below(place);
            NodePackage.read(folder)
                    .map(manifest -> draft(NodeProject.of(manifest, folder), toolchains))
                    .filter(each -> each.service != Service.LIBRARY)
                    .ifPresent(each -> running.put(place, each));
        }
        var file = project.workspaces().orElseThrow().file();
        var places = String.join(", ", running.keySet());
        return switch (running.size()) {
            case 0 -> root.because(file, "a workspace of which no package runs");
            case 1 ->
                new Moved(places)
                        .of(running.firstEntry().getValue())
                        .aboveAll(file, "a workspace in which " + places + " runs");
            default -> root.aboveAll(file, "a workspace in which " + places + " run");
        };
    }

    private static Draft draft(NodeProject project, Toolchains toolchains) {
        var ask = InstallerAsk.of(project);
        var draft =
                new Draft("node-" + ask.installer().program, "Node.js").because("package.json", "a Node.js package");
        var here = toolchains.find("node");
        var asks = asked(project);
        var needs = asks.all().isEmpty() ? needs(project, ask, here, draft) : asks;
        draft.runtime(here, needs).ifPresent(node -> headers(node, draft));
        LegacyWebpack.tell(project, draft);
        draft.environment.put("NODE_ENV", "production");
        draft.environment.put("npm_config_update_notifier", "false");
        draft.testEnvironment.put("NODE_ENV", "test");
        var framework = Frameworks.find(project).or(() -> Generators.find(project));
        if (project.manifest().uses("react-scripts")
                || framework.filter(Found::isCreateReactApp).isPresent()) {
            warnings(draft);
        }
        var installation = Installation.of(project, ask, toolchains, draft);
        framework.ifPresent(found -> Generators.bring(found, project, draft));
        new NodeTests(project, installation, draft).write();
        new NodeBuild(project, installation, draft).write(framework);
        new NodeStart(project, installation, draft).write(framework);
        installation.pack(project, draft);
        if (FrameworkServers.isLeftToChoose(project)) {
            // The one platform by which adapter-auto chooses a plain server of Node.js; its build fetches that adapter.
            draft.buildEnvironment.put("GCP_BUILDPACKS", "johwa");
            draft.warn(
                    "detect.adapter",
                    "SvelteKit's adapter-auto knows no platform like this; it is told to build a server of Node.js",
                    "install @sveltejs/adapter-node and name it in svelte.config.js, which saves the build that download");
        }
        return draft;
    }

    /// Where a value `CI` is set, the build of Create React App takes each warning for an error, as no build at its
    /// author's does; its tests need that value, else they wait for changes.
    private static void warnings(Draft draft) {
        draft.buildEnvironment.put("CI", "false");
        draft.testEnvironment.put("CI", "true");
    }

    /// What its packages run on, where the project itself says nothing: the old ones first.
    private static Asks needs(NodeProject project, InstallerAsk ask, List<Tool> here, Draft draft) {
        var old = NodeEra.asks(project, draft);
        return old.all().isEmpty() ? new DependencyNeeds(project, ask, here, draft).asks() : old;
    }

    /// Packages in C++ are compiled against headers, which node-gyp fetches where it is not told that they are here; an
    /// old one and a new one are told under names of their own.
    private static void headers(Tool node, Draft draft) {
        if (Files.exists(node.home().resolve("include/node/node.h"))) {
            for (var name : List.of("npm_config_nodedir", "npm_package_config_node_gyp_nodedir")) {
                draft.buildEnvironment.put(name, node.home().toString());
            }
        }
    }

    /// What the package itself asks for, else what its workspace does.
    private static Asks asked(NodeProject project) {
        var own = Asks.of("node", project.folder());
        return own.all().isEmpty() ? Asks.of("node", project.home()) : own;
    }
}
