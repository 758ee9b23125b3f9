package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;

/// Gleam on Erlang: exported with all it needs, and started by the script that the export has.
public final class Gleam implements Provider {
    private static final Needed GLEAM = new Needed("gleam", "install it on the server: https://gleam.run/install");
    private static final Needed ERLANG = Needed.packaged("erl", "erlang-base");
    private static final List<String> SERVERS = List.of("wisp", "mist", "elli", "gleam_cowboy", "ewe", "glisten");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        if (folder.read("gleam.toml").isEmpty()) {
            return Optional.empty();
        }
        var draft = new Draft("gleam", "Gleam").because("gleam.toml", "a project of Gleam");
        draft.packageManager = Optional.of("gleam");
        GLEAM.languageOn(toolchains, folder, draft);
        ERLANG.on(toolchains, draft);
        draft.kept.add("build");
        draft.install.add(List.of("gleam", "deps", "download"));
        if (!folder.files(name -> name.matches("test/.*\\.gleam")).isEmpty()) {
            draft.test.add(new Test(List.of("gleam", "test"), "other", Optional.empty()));
        }
        draft.build.add(List.of("gleam", "export", "erlang-shipment"));
        boolean isWeb = SERVERS.stream().anyMatch(folder.toml("gleam.toml").keys("dependencies")::contains);
        draft.starts(List.of("./build/erlang-shipment/entrypoint.sh", "run"), isWeb, false);
        return Optional.of(draft);
    }
}
