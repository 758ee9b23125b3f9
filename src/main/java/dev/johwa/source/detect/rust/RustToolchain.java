package dev.johwa.source.detect.rust;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Asks;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.List;
import java.util.Optional;

/// Which Rust builds a project: a channel or a version in `rust-toolchain.toml` or `rust-toolchain`, else at least the
/// `rust-version` of its manifest.
final class RustToolchain {
    private static final List<String> FILES = List.of("rust-toolchain.toml", "rust-toolchain");

    private RustToolchain() {}

    static void choose(Folder folder, Toolchains toolchains, Draft draft) {
        var here = toolchains.find("cargo");
        if (here.isEmpty()) {
            draft.warn(
                    Detection.NO_RUNTIME,
                    "there is no Rust on this machine",
                    "install it: rustup from https://rustup.rs, or `apt-get install cargo`");
            return;
        }
        var file =
                FILES.stream().filter(each -> channel(folder, each).isPresent()).findFirst();
        if (file.isEmpty()) {
            draft.runtime(here, Asks.of("rust", folder));
            return;
        }
        var channel = channel(folder, file.get()).orElseThrow();
        var kept = here.stream()
                .filter(tool -> String.valueOf(tool.home().getFileName()).startsWith(channel))
                .toList();
        if (kept.isEmpty()) {
            draft.warn(
                    "detect.version",
                    file.get() + " asks for Rust " + channel + "; "
                            + here.getFirst().version() + " is used, as that channel is not here",
                    "on the server: rustup toolchain install " + channel);
        } else {
            draft.because(file.get(), "asks for Rust " + channel);
        }
        draft.runtime(kept.isEmpty() ? here : kept, Asks.none("rust"));
    }

    /// A name instead of a number: `stable`, `nightly-2026-01-01`. The older file is one word or a table.
    private static Optional<String> channel(Folder folder, String file) {
        var text = folder.read(file).orElse("").strip();
        return Optional.of(text)
                .filter(word -> !word.contains("["))
                .or(() -> folder.toml(file).text("toolchain.channel"))
                .filter(name -> name.matches("[A-Za-z][\\w.-]*"));
    }
}
