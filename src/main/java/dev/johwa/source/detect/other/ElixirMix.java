package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection.Cache;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Detection.Test;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Elixir with Mix: Phoenix, or an application that its own module starts.
public final class ElixirMix implements Provider {
    private static final Needed ELIXIR = Needed.packaged("elixir", "elixir");
    private static final Pattern DEPENDENCY = Pattern.compile("(?m)^[^#\\n]*\\{:\\w+,\\s*(\"|\\w+:)");
    private static final Pattern PHOENIX = Pattern.compile("\\{:phoenix,");
    private static final Pattern DATABASE = Pattern.compile("\\{:ecto_sql,");
    private static final Pattern ASSETS = Pattern.compile("\"assets\\.deploy\"");
    private static final Pattern STARTED = Pattern.compile("(?m)^[^#\\n]*\\bmod:\\s*\\{");
    private static final Pattern LISTENS =
            Pattern.compile(":gen_tcp|Plug\\.Cowboy|Bandit|:cowboy|\"PORT\"|:inets|Ranch|ThousandIsland");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        var manifest = folder.read("mix.exs");
        if (manifest.isEmpty()) {
            return Optional.empty();
        }
        var draft = new Draft("elixir", "Elixir").because("mix.exs", "a project of Mix");
        draft.packageManager = Optional.of("mix");
        ELIXIR.languageOn(toolchains, folder, draft);
        draft.environment.put("MIX_ENV", "prod");
        draft.testEnvironment.put("MIX_ENV", "test");
        draft.kept.add("_build");
        draft.leftovers.addAll(List.of("_build/test", "_build/dev"));
        if (DEPENDENCY.matcher(manifest.get()).find()) {
            install(folder, draft);
        }
        if (!folder.files(name -> name.matches("(.*/)?test/.*_test\\.exs")).isEmpty()) {
            draft.test.add(new Test(List.of("mix", "test"), "exunit", Optional.empty()));
        }
        draft.build.add(List.of("mix", "compile"));
        start(folder, manifest.get(), draft);
        return Optional.of(draft);
    }

    private static void install(Folder folder, Draft draft) {
        draft.install.add(List.of("mix", "local.hex", "--force", "--if-missing"));
        draft.install.add(List.of("mix", "local.rebar", "--force", "--if-missing"));
        draft.install.add(List.of("mix", "deps.get"));
        draft.caches.add(new Cache("deps", List.of("mix.lock", "mix.exs")));
        draft.layers.add("deps");
        if (!folder.has("mix.lock")) {
            draft.warn(
                    "detect.no-lock",
                    "there is no mix.lock, so versions may change from one build to the next",
                    "run `mix deps.get` and commit mix.lock");
        }
    }

    private static void start(Folder folder, String manifest, Draft draft) {
        if (PHOENIX.matcher(manifest).find()) {
            phoenix(manifest, draft);
            return;
        }
        if (!STARTED.matcher(manifest).find()) {
            draft.service = Service.LIBRARY;
            return;
        }
        var sources = folder.files(name -> name.endsWith(".ex") || name.endsWith(".exs"));
        boolean isWeb = sources.stream().anyMatch(name -> folder.says(name, LISTENS));
        draft.because("mix.exs", "starts a module of its own");
        // What was compiled before is not looked at again: times of files differ where it runs.
        draft.starts(List.of("mix", "run", "--no-halt", "--no-compile", "--no-deps-check"), isWeb, true)
                .health(folder, sources);
    }

    private static void phoenix(String manifest, Draft draft) {
        draft.because("mix.exs", "an application of Phoenix");
        draft.environment.put("PHX_SERVER", "true");
        if (ASSETS.matcher(manifest).find()) {
            draft.build.add(List.of("mix", "assets.deploy"));
        }
        if (DATABASE.matcher(manifest).find()) {
            draft.release.add(List.of("mix", "ecto.migrate"));
        }
        draft.starts(List.of("mix", "phx.server", "--no-compile", "--no-deps-check"), true, true);
        draft.warn(
                "detect.secret",
                "Phoenix needs SECRET_KEY_BASE in production",
                "johwa secrets set SECRET_KEY_BASE (what `mix phx.gen.secret` prints)");
    }
}
