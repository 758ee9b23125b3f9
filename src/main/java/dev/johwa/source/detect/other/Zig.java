package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Zig: what build.zig installs.
public final class Zig implements Provider {
    private static final Needed ZIG = new Needed("zig", "install it on the server: https://ziglang.org/download");
    private static final Pattern PROGRAM =
            Pattern.compile("addExecutable\\(\\s*\\.\\{[^}]*?\\.name\\s*=\\s*\"([\\w.-]+)\"");
    private static final Pattern TESTS = Pattern.compile("\\.step\\(\"test\"");
    private static final Pattern LISTENS = Pattern.compile("\\.listen\\(|http\\.Server|httpz|zap\\.|jetzig");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var manifest = folder.read("build.zig");
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        var draft = new Draft("zig", "Zig").because("build.zig", "a project of Zig");
        draft.packageManager = Optional.of("zig");
        ZIG.languageOn(toolchains, folder, draft);
        draft.kept.add(".zig-cache");
        draft.leftovers.add(".zig-cache");
        if (TESTS.matcher(manifest.get()).find()) {
            draft.test.add(new Test(List.of("zig", "build", "test", "--summary", "all"), "other", Optional.empty()));
        }
        draft.build.add(List.of("zig", "build", "-Doptimize=ReleaseSafe"));
        var program = PROGRAM.matcher(manifest.get());
        if (!program.find()) {
            draft.service = Service.LIBRARY;
            return Optional.of(draft);
        }
        var sources = folder.files(name -> name.endsWith(".zig"));
        boolean isWeb = sources.stream().anyMatch(name -> folder.says(name, LISTENS));
        draft.starts(List.of("./zig-out/bin/" + program.group(1)), isWeb, false).health(folder, sources);
        return Optional.of(draft);
    }
}
