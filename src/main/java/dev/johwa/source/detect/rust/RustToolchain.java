package dev.johwa.source.detect.rust;

import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Toml;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which Rust builds a project: a channel or a version in `rust-toolchain.toml` or `rust-toolchain`, else at least the
/// `rust-version` of its manifest.
final class RustToolchain {
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)*");

    private RustToolchain() {}

    static void choose(Folder folder, Toolchains toolchains, Draft draft) {
        var here = toolchains.find("cargo");
        var channel = channel(folder);
        if (here.isEmpty()) {
            draft.warn(
                    "detect.no-runtime",
                    "there is no Rust on this machine",
                    "install it: rustup from https://rustup.rs, or `apt-get install cargo`");
            return;
        }
        if (channel.isPresent() && !VERSION.matcher(channel.get().range()).matches()) {
            var kept = here.stream()
                    .filter(tool -> tool.home()
                            .getFileName()
                            .toString()
                            .startsWith(channel.get().range()))
                    .toList();
            if (kept.isEmpty()) {
                var name = channel.get().range();
                draft.warn(
                        "detect.version",
                        channel.get().file() + " asks for Rust " + name + "; "
                                + here.getFirst().version() + " is used, as that channel is not here",
                        "on the server: rustup toolchain install " + name);
            } else {
                draft.because(
                        channel.get().file(), "asks for Rust " + channel.get().range());
            }
            draft.runtime(kept.isEmpty() ? here : kept, Optional.empty());
            return;
        }
        draft.runtime(here, channel.or(() -> least(folder)));
    }

    private static Optional<Draft.Ask> channel(Folder folder) {
        for (var file : List.of("rust-toolchain", "rust-toolchain.toml")) {
            var text = folder.read(file).orElse("");
            var name = Toml.read(text).text("toolchain.channel").orElse(text.strip());
            if (name.matches("[A-Za-z0-9][\\w.-]*")) {
                return Optional.of(new Draft.Ask(file, name));
            }
        }
        return Optional.empty();
    }

    private static Optional<Draft.Ask> least(Folder folder) {
        var toml = Toml.read(folder.read("Cargo.toml").orElse(""));
        return toml.text("package.rust-version")
                .or(() -> toml.text("workspace.package.rust-version"))
                .map(version -> new Draft.Ask("Cargo.toml", ">=" + version));
    }
}
