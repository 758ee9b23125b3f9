package dev.johwa.source.detect.site;

import dev.johwa.lib.problem.Place;
import dev.johwa.lib.problem.Problem;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Hugo, where it is on the machine.
public final class Hugo implements Provider {
    private static final List<String> OWN = List.of(
            "hugo.toml",
            "hugo.yaml",
            "hugo.yml",
            "hugo.json",
            "config/_default/hugo.toml",
            "config/_default/config.toml");
    private static final List<String> SHARED = List.of("config.toml", "config.yaml", "config.yml", "config.json");
    private static final List<String> FOLDERS = List.of("content", "layouts", "themes", "archetypes");
    private static final Pattern ITS_KEY =
            Pattern.compile("(?m)^[\\s{]*\"?(baseURL|baseurl|languageCode|theme)\"?\\s*[=:]");
    private static final Pattern THEME = Pattern.compile("(?m)^[\\s{]*\"?theme\"?\\s*[=:]\\s*\\[?\\s*[\"']?([\\w.-]+)");
    private static final Pattern TARGET = Pattern.compile("(?mi)^[\\s{]*\"?publishDir\"?\\s*[=:]\\s*[\"']?([\\w./-]+)");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        return folder.first(OWN).or(() -> shared(folder)).map(config -> {
            var text = folder.read(config).orElse("");
            // At the root of whatever host it is served by; an address of another place would lead away from it.
            var draft = SiteTool.draft("hugo", "Hugo", toolchains)
                    .because(config, "built by Hugo for the root of any host (--baseURL /)");
            draft.build.add(List.of("hugo", "--minify", "--baseURL", "/"));
            theme(text, config, folder, draft);
            return SiteTool.serves(SiteTool.named(TARGET, text).orElse("public"), draft);
        });
    }

    private static Optional<String> shared(Folder folder) {
        return folder.first(SHARED)
                .filter(file -> folder.says(file, ITS_KEY) && FOLDERS.stream().anyMatch(folder::hasFolder));
    }

    private static void theme(String text, String config, Folder folder, Draft draft) {
        var named = SiteTool.named(THEME, text);
        if (named.isEmpty() && !folder.hasFolder("layouts") && !folder.has("go.mod")) {
            draft.warn(Problem.user("detect.theme", "no theme is named and there are no layouts: Hugo makes no pages")
                    .at(Place.of(config))
                    .hint("commit a theme below themes/NAME and say theme = 'NAME'"));
        }
        named.filter(theme -> !folder.hasFolder("themes/" + theme) && !folder.has("go.mod"))
                .ifPresent(theme -> draft.warn(Problem.user(
                                "detect.theme",
                                "the theme " + theme + " is not in the repository; submodules are not fetched")
                        .at(Place.of(config))
                        .hint("commit its files below themes/" + theme)));
    }
}
