package dev.johwa.source.detect.node;

import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.version.Syntax;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which tool a project wants its packages installed by: what it names, else whose lock file it has, else the one whose
/// version it asks for, else npm, which reads every package.json.
///
/// @param version as it is written: exact or a range; empty when only the tool is known
/// @param file that says so, or empty
/// @param lock of that tool
/// @param otherLocks files that it does not read
record InstallerAsk(Installer installer, String version, String file, Optional<Lock> lock, List<String> otherLocks) {
    private static final Pattern NAMED = Pattern.compile("(npm|pnpm|yarn|bun)@([\\w.^~<>=|* -]{1,60})(\\+sha[\\w.]*)?");
    /// Only who runs on Bun has its types.
    private static final List<String> BUN_TYPES = List.of("@types/bun", "bun-types");
    private static final Pattern RANGE = Pattern.compile("[\\w.^~<>=|* -]{1,60}");

    static InstallerAsk of(NodeProject project) {
        var root = project.root();
        var locks = Lock.all(project.home(), root);
        var said = named(root, project.home())
                .or(() -> locks.stream()
                        .findFirst()
                        .map(lock -> new Said(lock.installer(), engine(root, lock.installer()), lock.file())))
                .orElseGet(() -> unlocked(root));
        return new InstallerAsk(
                said.installer(),
                said.version(),
                said.file(),
                locks.stream()
                        .filter(lock -> lock.installer() == said.installer())
                        .findFirst(),
                locks.stream()
                        .filter(lock -> lock.installer() != said.installer())
                        .map(Lock::file)
                        .toList());
    }

    private record Said(Installer installer, String version, String file) {}

    private static Optional<Said> named(NodePackage manifest, Folder home) {
        var field = manifest.text("packageManager").map(NAMED::matcher).filter(found -> found.matches());
        if (field.isPresent()) {
            var version = field.get().group(2).strip();
            return Optional.of(new Said(installer(field.get().group(1), version, home), version, "package.json"));
        }
        return manifest.text("devEngines", "packageManager", "name")
                .filter(name -> List.of("npm", "pnpm", "yarn", "bun").contains(name))
                .map(name -> {
                    var version = manifest.text("devEngines", "packageManager", "version")
                            .filter(text -> RANGE.matcher(text).matches())
                            .orElse("");
                    return new Said(installer(name, version, home), version, "package.json");
                });
    }

    private static Installer installer(String name, String version, Folder home) {
        return switch (name) {
            case "pnpm" -> Installer.PNPM;
            case "bun" -> Installer.BUN;
            case "yarn" -> {
                boolean isClassic = version.isEmpty() ? !home.has(".yarnrc.yml") : Syntax.NPM.fits("1.22.22", version);
                yield isClassic || version.startsWith("1.") ? Installer.YARN : Installer.BERRY;
            }
            case String _ -> Installer.NPM;
        };
    }

    /// By the versions that it asks for, else by its scripts: who writes `pnpm exec` there has pnpm.
    private static Said unlocked(NodePackage manifest) {
        return Stream.of(Installer.PNPM, Installer.YARN, Installer.BUN)
                .filter(each -> manifest.text("engines", each.program).isPresent()
                        || each.isCalled(manifest)
                        || each == Installer.BUN && manifest.usesAny(BUN_TYPES))
                .findFirst()
                .map(each -> {
                    var range = engine(manifest, each);
                    boolean isBerry = each == Installer.YARN && !range.isEmpty() && !Syntax.NPM.fits("1.22.22", range);
                    return new Said(isBerry ? Installer.BERRY : each, range, "package.json");
                })
                .orElse(new Said(Installer.NPM, "", ""));
    }

    private static String engine(NodePackage manifest, Installer installer) {
        return manifest.text("engines", installer.program)
                .filter(range -> RANGE.matcher(range).matches())
                .orElse("");
    }
}
