package dev.johwa.source.detect.node;

import dev.johwa.source.detect.Detection.Cache;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.Toolchains.Tool;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.version.Syntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How the packages of a project are installed: by which tool, of which version, from where.
///
/// Corepack is not asked: new versions of Node.js come without it, and it fetches by settings of its own. What it would
/// fetch comes from npm's registry, by npm, as every other package does.
///
/// @param command the words that start the tool in the application's folder
/// @param lock empty when there is none
record Installation(Installer installer, List<String> command, Optional<Lock> lock) {
    /// Where a tool that is not on the machine is put, beside the packages: what starts the application may need it.
    private static final String BROUGHT = ".johwa";
    /// Runs a handler of the web's own kind (`fetch`) on Node.js.
    static final String SERVER = "srvx";
    /// Serves a function, by the package's name.
    static final String FUNCTIONS = "@google-cloud/functions-framework";
    /// Runs TypeScript as its compiler resolves it.
    static final String TYPESCRIPT = "tsx";
    private static final String SERVES_FUNCTIONS = "functions-framework";

    private static final int KNOWS_CERTIFICATES = 8;
    private static final Pattern EXACT = Pattern.compile("\\d+\\.\\d+\\.\\d+[\\w.-]*");
    private static final Pattern YARN_PATH = Pattern.compile("(?m)^yarnPath:\\s*[\"']?([\\w./-]+)");
    private static final List<String> DECIDING = List.of(
            "package.json",
            ".npmrc",
            ".yarnrc",
            ".yarnrc.yml",
            "bunfig.toml",
            "pnpm-workspace.yaml",
            ".pnpmfile.cjs",
            "prisma/schema.prisma");

    /// Decides, and writes the commands and what is to be kept into the draft.
    static Installation of(NodeProject project, InstallerAsk ask, Toolchains toolchains, Draft draft) {
        draft.packageManager = Optional.of(ask.installer().program);
        if (!ask.file().isEmpty()) {
            draft.because(ask.file(), "packages are installed by " + ask.installer().program);
        }
        if (!ask.otherLocks().isEmpty()) {
            draft.warn(
                    "detect.other-lock",
                    "there are several lock files: "
                            + ask.lock().map(Lock::file).orElse("none of " + ask.installer().program) + " is used, "
                            + String.join(", ", ask.otherLocks()) + " is not",
                    "keep the one of the tool that you use");
        }
        ask.lock().ifPresent(each -> each.tell(project.home(), draft));
        var command = command(project, ask, toolchains, draft);
        others(project, ask, toolchains, draft);
        var installation = new Installation(ask.installer(), command, ask.lock());
        installation.write(project, draft);
        return installation;
    }

    /// The words that start the tool, after seeing to it that it is there.
    private static List<String> command(NodeProject project, InstallerAsk ask, Toolchains toolchains, Draft draft) {
        if (ask.installer() == Installer.NPM) {
            return List.of("npm");
        }
        if (ask.installer() == Installer.BERRY) {
            var own = project.home().read(".yarnrc.yml").map(YARN_PATH::matcher).filter(found -> found.find());
            if (own.isPresent() && project.home().has(own.get().group(1))) {
                return List.of("node", project.up(own.get().group(1)));
            }
        }
        var here = toolchains.find(ask.installer().program).stream()
                .filter(tool -> isReal(tool) && fits(tool.version(), ask))
                .findFirst();
        if (here.isPresent()) {
            draft.use(here.get());
            return List.of(ask.installer().program);
        }
        var wanted = ask.file().isEmpty() ? "package.json" : ask.file();
        bring(
                ask.installer().program,
                ask.installer().packageName + "@" + version(ask),
                wanted + " asks for it",
                project,
                draft);
        return List.of(ask.installer().program);
    }

    /// Those that scripts call although the packages are installed by another.
    private static void others(NodeProject project, InstallerAsk ask, Toolchains toolchains, Draft draft) {
        for (var other : List.of(Installer.PNPM, Installer.YARN, Installer.BUN)) {
            boolean isCalled = !other.program.equals(ask.installer().program)
                    && !project.uses(other.program)
                    && (other.isCalled(project.manifest()) || other.isCalled(project.root()));
            if (!isCalled) {
                continue;
            }
            var here = toolchains.find(other.program).stream()
                    .filter(Installation::isReal)
                    .findFirst();
            here.ifPresentOrElse(
                    draft::use,
                    () -> bring(
                            other.program,
                            other.packageName + "@" + Pinned.version(other, ""),
                            "a script calls it",
                            project,
                            draft));
        }
    }

    /// One of Corepack's is a script that fetches what it pleases.
    private static boolean isReal(Tool tool) {
        return !tool.program().toString().contains("corepack");
    }

    private static boolean fits(String version, InstallerAsk ask) {
        if (!ask.version().isEmpty()) {
            return Syntax.NPM.fits(version, ask.version());
        }
        return Syntax.NPM.fits(
                version, Pinned.line(ask.installer(), ask.lock().map(Lock::form).orElse("")));
    }

    private static String version(InstallerAsk ask) {
        var pinned = Pinned.version(ask.installer(), ask.lock().map(Lock::form).orElse(""));
        return ask.version().isEmpty()
                        || !EXACT.matcher(ask.version()).matches() && Syntax.NPM.fits(pinned, ask.version())
                ? pinned
                : ask.version();
    }

    /// A server for what a framework leaves as a mere handler, beside the packages, so that a start fetches nothing.
    static void bringServer(NodeProject project, Draft draft) {
        bring(SERVER, SERVER + "@0.8.16", "what the framework builds is a handler without a server", project, draft);
    }

    /// What serves the function of a project that names the function and not what serves it.
    static void bringFunctions(NodeProject project, Draft draft) {
        bring(SERVES_FUNCTIONS, FUNCTIONS + "@4.0.1", "project.toml names a function", project, draft);
    }

    /// What makes the pages of a project that has its configuration alone.
    static void bringGenerator(String program, String what, NodeProject project, Draft draft) {
        bring(program, what, "its configuration is here, and package.json does not name it", project, draft);
    }

    /// What runs TypeScript whose imports name no ending, of a project that has nothing for it.
    static void bringTypeScript(NodeProject project, Draft draft) {
        bring(
                TYPESCRIPT,
                TYPESCRIPT + "@4.20.6",
                "its imports name no ending, by which Node.js finds none",
                project,
                draft);
    }

    /// @param what the package with its version
    private static void bring(String program, String what, String why, NodeProject project, Draft draft) {
        var folder = project.up(BROUGHT + "/" + program);
        draft.install.add(List.of(
                "npm",
                "install",
                "--prefix",
                folder,
                "--no-audit",
                "--no-fund",
                "--no-package-lock",
                "--loglevel=error",
                what));
        draft.path(folder + "/node_modules/.bin");
        var kept = new Cache(project.up(BROUGHT), List.of());
        if (!draft.caches.contains(kept)) {
            draft.caches.add(kept);
        }
        var version = what.substring(what.lastIndexOf('@') + 1);
        draft.brings(program + " " + version + " from npm's registry, since " + why + " and it is not on this machine");
    }

    /// The tool that was brought stays with the application only where something that is started calls it: it may be
    /// larger than that.
    void pack(NodeProject project, Draft draft) {
        var folder = project.up(BROUGHT);
        if (draft.caches.stream().noneMatch(cache -> cache.folder().equals(folder))) {
            return;
        }
        boolean isCalled = draft.start.values().stream()
                .flatMap(List::stream)
                .anyMatch(word -> word.equals(SERVER)
                        || word.equals(SERVES_FUNCTIONS)
                        || word.equals(TYPESCRIPT)
                        || Stream.of(Installer.values())
                                .anyMatch(each -> each.call.matcher(word).find()));
        (isCalled ? draft.layers : draft.leftovers).add(folder);
    }

    private void write(NodeProject project, Draft draft) {
        if (!project.needsInstall()) {
            return;
        }
        if (lock.isEmpty()) {
            draft.warn(
                    "detect.no-lock",
                    "there is no " + installer.locks.getFirst() + ", so versions may change from one build to the next",
                    "run `" + installer.program + " install` and commit " + installer.locks.getFirst());
        }
        if (installer == Installer.BERRY) {
            // Packages in folders are kept from run to run and packed as a layer; Plug'n'Play's archives are not.
            draft.environment.put("YARN_NODE_LINKER", "node-modules");
            draft.environment.put("YARN_ENABLE_TELEMETRY", "0");
            draft.environment.put("YARN_INSTALL_STATE_PATH", "./node_modules/.yarn-install-state.gz");
        }
        int node = NodePackage.first(draft.version.orElse(""));
        var words = words(
                project.isMember() ? installer.in(project.up("").replaceFirst("/$", "")) : List.of(),
                installer.install(lock.filter(Lock::isWhole).isPresent(), node));
        draft.install.add(installer == Installer.NPM && node < KNOWS_CERTIFICATES ? trusting(words) : words);
        keep(project, draft);
        draft.leftovers.add(project.up("node_modules/.cache"));
        draft.leftovers.add(project.up("node_modules/.vite"));
        draft.path(project.up("node_modules/.bin"));
        if (project.isMember()) {
            draft.path("node_modules/.bin");
        }
    }

    /// A Node.js of before 7.3 knows nothing of NODE_EXTRA_CA_CERTS, and its npm what npm is told.
    private static List<String> trusting(List<String> words) {
        var line = "[ -z \"$SSL_CERT_FILE\" ] || export npm_config_cafile=\"${npm_config_cafile:-$SSL_CERT_FILE}\""
                + "; exec \"$0\" \"$@\"";
        return Stream.concat(Draft.shell(line).stream(), words.stream()).toList();
    }

    /// Every folder of packages, those of a workspace's members too; some installers leave them out when empty.
    private void keep(NodeProject project, Draft draft) {
        var members = project.workspaces().map(Workspaces::members).orElse(List.of());
        var folders = new ArrayList<String>();
        members.forEach(member -> folders.add(project.up(member + "/node_modules")));
        if (!folders.isEmpty()) {
            draft.install.add(
                    Stream.concat(Stream.of("mkdir", "-p"), folders.stream()).toList());
        }
        folders.addFirst(project.up("node_modules"));
        var deciding = new ArrayList<String>();
        installer.locks.forEach(file -> deciding.add(project.up(file)));
        DECIDING.forEach(file -> deciding.add(project.up(file)));
        members.forEach(member -> deciding.add(project.up(member + "/package.json")));
        if (project.home().hasFolder("patches")) {
            project.home()
                    .files(2, name -> name.startsWith("patches/"))
                    .forEach(file -> deciding.add(project.up(file)));
        }
        // Later Yarns run no script without a lock file: one that is not committed is written by every install.
        boolean isWrittenAnew = installer == Installer.BERRY && lock.isEmpty();
        for (var folder : folders) {
            if (isWrittenAnew) {
                draft.kept.add(folder);
            } else {
                draft.caches.add(new Cache(folder, List.copyOf(deciding)));
            }
            draft.layers.add(folder);
        }
    }

    /// A script of package.json through the tool.
    ///
    /// @param more words for the script's program
    List<String> script(String name, List<String> more) {
        boolean needsDashes = installer == Installer.NPM && !more.isEmpty();
        return Stream.of(command, List.of("run", name), needsDashes ? List.of("--") : List.<String>of(), more)
                .flatMap(List::stream)
                .toList();
    }

    /// A script of another package of the repository.
    List<String> script(String folder, String name) {
        return words(installer.in(folder), List.of("run", name));
    }

    private List<String> words(List<String> where, List<String> what) {
        return Stream.of(command, where, what).flatMap(List::stream).toList();
    }
}
