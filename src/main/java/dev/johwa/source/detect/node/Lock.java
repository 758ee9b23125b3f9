package dev.johwa.source.detect.node;

import dev.johwa.lib.text.Few;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The lock file of a project: whose it is, the version of its form, and whether it is to be believed.
///
/// @param form version of its form, as it says itself, or empty
/// @param isKnown whether a tool that we name reads this form; of an unknown one only the packages' names count
/// @param lacks packages that it should have and has not
record Lock(Installer installer, String file, String form, boolean isKnown, List<String> lacks) {
    private static final int NAMED = 3;
    private static final Pattern NPM_FORM = Pattern.compile("\"lockfileVersion\"\\s*:\\s*(\\d{1,6})");
    private static final Pattern PNPM_FORM = Pattern.compile("(?m)^lockfileVersion:\\s*['\"]?(\\d{1,6})");
    private static final Pattern BERRY_FORM =
            Pattern.compile("(?m)^__metadata:\\s*\\R\\s+version:\\s*['\"]?(\\d{1,6})");
    private static final Map<Installer, Set<String>> KNOWN = Map.of(
            Installer.NPM, Set.of("1", "2", "3"),
            Installer.PNPM, Set.of("5", "6", "7", "9"),
            Installer.BERRY, Set.of("4", "5", "6", "7", "8", "9", "10"),
            Installer.BUN, Set.of("0", "1", "2"));

    private static final Pattern HOST = Pattern.compile("\"?resolved\"?:?\\s+\"?https?://([\\w.-]{1,200})");
    private static final Set<String> PUBLIC =
            Set.of("registry.npmjs.org", "registry.yarnpkg.com", "npm.jsr.io", "codeload.github.com", "github.com");

    /// All that lie in the folder, in the order in which they are believed: a person who uses npm alone has no other,
    /// so npm's own is the one that is there by accident.
    static List<Lock> all(Folder folder, NodePackage manifest) {
        return List.of(Installer.BUN, Installer.PNPM, Installer.BERRY, Installer.YARN, Installer.NPM).stream()
                .flatMap(installer -> of(installer, folder, manifest).stream())
                .toList();
    }

    /// Whether its tool installs from it and from nothing else.
    boolean isWhole() {
        return isKnown && lacks.isEmpty();
    }

    private static Optional<Lock> of(Installer installer, Folder folder, NodePackage manifest) {
        var file = folder.first(installer.locks);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        var text = folder.start(file.get());
        boolean isBerry = folder.has(".yarnrc.yml") || text.contains("__metadata:");
        if (installer == Installer.BERRY && !isBerry || installer == Installer.YARN && isBerry) {
            return Optional.empty();
        }
        var form = form(installer, text);
        boolean isKnown =
                form.isEmpty() || KNOWN.getOrDefault(installer, Set.of()).contains(form);
        var lacks = switch (installer) {
            case NPM -> NpmLock.lacks(file.get(), folder, manifest);
            case YARN -> unnamed(folder.read(file.get()), folder, manifest);
            case BERRY, PNPM, BUN -> List.<String>of();
        };
        return Optional.of(new Lock(installer, file.get(), form, isKnown, lacks));
    }

    /// Packages that Yarn's first version does not find by what is asked for, and then refuses the whole file. Those of
    /// the repository itself are in no lock.
    private static List<String> unnamed(Optional<String> lock, Folder folder, NodePackage manifest) {
        var own = Workspaces.read(folder).map(Workspaces::members).orElse(List.of()).stream()
                .flatMap(member -> folder.read(member + "/package.json").flatMap(NodePackage::parsed).stream())
                .map(json -> json.path("name").asString(""))
                .collect(Collectors.toSet());
        return lock.map(text -> manifest.dependencies().stream()
                        .filter(name -> !own.contains(name)
                                && !text.contains(
                                        name + "@" + manifest.version(name).orElse("")))
                        .toList())
                .orElse(List.of());
    }

    private static String form(Installer installer, String text) {
        var found = switch (installer) {
            case NPM, BUN -> NPM_FORM.matcher(text);
            case PNPM -> PNPM_FORM.matcher(text);
            case BERRY, YARN -> BERRY_FORM.matcher(text);
        };
        return found.find() ? found.group(1) : "";
    }

    /// Tells what in it will surprise.
    void tell(Folder folder, Draft draft) {
        var text = folder.start(file);
        if (!isKnown) {
            draft.warn(
                    "detect.lock-form",
                    file + " has version " + form + " of its form, which no " + installer.program
                            + " known here reads; versions of packages may differ from it",
                    "name the tool's version in package.json, as in \"packageManager\": \"" + installer.program
                            + "@…\"");
        }
        var hosts = new TreeSet<String>();
        var found = HOST.matcher(text);
        while (found.find() && hosts.size() < 4) {
            if (!PUBLIC.contains(found.group(1))) {
                hosts.add(found.group(1));
            }
        }
        if (!hosts.isEmpty()) {
            draft.warn(
                    "detect.private-registry",
                    file + " names packages at " + String.join(", ", hosts)
                            + ", which the server has to reach and may have to log in to",
                    "commit an .npmrc that reads its token from a secret (`_authToken=${NPM_TOKEN}`) and set that with"
                            + " `johwa secrets set`, or lock against the public registry");
        }
        if (!lacks.isEmpty()) {
            draft.warn(
                    "detect.lock-differs",
                    file + " does not hold all that is asked for: " + Few.of(lacks, NAMED)
                            + "; so it is installed without holding " + installer.program + " to it",
                    "run `" + installer.program + " install` and commit " + file);
        }
    }
}
