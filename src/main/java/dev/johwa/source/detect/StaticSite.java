package dev.johwa.source.detect;

import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.Detection.Service;
import java.util.List;
import java.util.Optional;

/// Files that are served as they are: an index.html at the root or in a folder that people publish from.
final class StaticSite implements Provider {
    private static final List<String> FOLDERS = List.of(".", "public", "dist", "site", "docs", "www");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        return FOLDERS.stream()
                .filter(each -> folder.has(each + "/index.html"))
                .findFirst()
                .map(each -> {
                    var index = each.equals(".") ? "index.html" : each + "/index.html";
                    var draft = new Draft("static", "Static files").because(index, "a page to serve");
                    draft.service = Service.STATIC;
                    draft.publish = Optional.of(new Publish(each, false));
                    return draft;
                });
    }
}
