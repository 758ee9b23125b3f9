package dev.johwa.source.detect.rust;

import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Toml;
import java.util.List;
import java.util.Optional;

/// What a project tells Cargo itself, in `.cargo/config.toml`.
///
/// @param target the machine it builds for, when it names one: its programs then lie in a folder of that name
/// @param isVendored whether packages lie in the repository
record CargoConfig(Optional<String> target, boolean isVendored) {
    static CargoConfig read(Folder folder) {
        var toml = folder.first(List.of(".cargo/config.toml", ".cargo/config"))
                .map(folder::toml)
                .orElseGet(() -> Toml.read("", ""));
        return new CargoConfig(
                toml.text("build.target").filter(name -> name.matches("[\\w.-]+")),
                toml.hasTable("source.vendored-sources"));
    }
}
