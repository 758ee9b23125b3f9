package dev.johwa.source.detect.site;

import dev.johwa.source.detect.Detection.Cache;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Jekyll: by its Gemfile with Bundler, else by the Jekyll that is on the machine.
public final class Jekyll implements Provider {
    private static final Pattern GEM = Pattern.compile("(?m)^\\s*gem\\s+[\"'](jekyll|github-pages)[\"']");
    private static final List<String> FOLDERS = List.of("_posts", "_layouts", "_includes", "_pages");
    private static final Pattern TARGET = Pattern.compile("(?m)^destination:\\s*[\"']?([\\w./-]+)");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        boolean isBundled = folder.says("Gemfile", GEM);
        boolean isJekyll =
                folder.has("_config.yml") && (isBundled || FOLDERS.stream().anyMatch(folder::hasFolder));
        if (!isJekyll) {
            return Optional.empty();
        }
        var draft = SiteTool.draft(isBundled ? "bundle" : "jekyll", isBundled ? "Bundler" : "Jekyll", toolchains)
                .because("_config.yml", "built by Jekyll for the root of any host (an empty base URL)");
        draft.environment.put("JEKYLL_ENV", "production");
        if (isBundled) {
            draft.packageManager = Optional.of("bundler");
            draft.environment.put("BUNDLE_PATH", "vendor/bundle");
            draft.install.add(List.of("bundle", "install"));
            draft.layers.add("vendor/bundle");
            draft.caches.add(new Cache("vendor/bundle", List.of("Gemfile", "Gemfile.lock")));
            draft.build.add(List.of("bundle", "exec", "jekyll", "build", "--baseurl", ""));
        } else {
            draft.build.add(List.of("jekyll", "build", "--baseurl", ""));
        }
        return Optional.of(SiteTool.serves(
                SiteTool.named(TARGET, folder.read("_config.yml").orElse("")).orElse("_site"), draft));
    }
}
