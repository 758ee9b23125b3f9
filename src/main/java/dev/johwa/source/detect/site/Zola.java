package dev.johwa.source.detect.site;

import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Zola, where it is on the machine.
public final class Zola implements Provider {
    private static final List<String> CONFIGS = List.of("zola.toml", "config.toml");
    private static final Pattern BASE = Pattern.compile("(?m)^\\s*base_url\\s*=");
    private static final Pattern TARGET = Pattern.compile("(?m)^\\s*output_dir\\s*=\\s*[\"']([\\w./-]+)");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        return folder.first(CONFIGS)
                .filter(file ->
                        folder.says(file, BASE) && (folder.hasFolder("content") || folder.hasFolder("templates")))
                .map(config -> {
                    var draft = SiteTool.draft("zola", "Zola", toolchains)
                            .because(config, "built by Zola for the root of any host (--base-url /)");
                    draft.build.add(List.of("zola", "build", "--base-url", "/"));
                    return SiteTool.serves(
                            SiteTool.named(TARGET, folder.read(config).orElse(""))
                                    .orElse("public"),
                            draft);
                });
    }
}
