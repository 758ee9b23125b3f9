package dev.johwa.source.detect.site;

import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import dev.johwa.source.detect.stack.Provider;
import java.util.List;
import java.util.Optional;

/// Files that are served as they are: what a Staticfile names, else an index.html at the root or in a folder that
/// people publish from.
public final class StaticSite implements Provider {
    private static final List<String> FOLDERS =
            List.of(".", "public", "dist", "site", "docs", "www", "_site", "htdocs", "web", "html", "build", "out");

    @Override
    public Optional<Draft> detect(Folder folder, Toolchains toolchains) {
        return find(folder).map(publish -> {
            var draft = new Draft("static", "Static files");
            if (folder.has(index(publish.folder()))) {
                draft.because(index(publish.folder()), "a page to serve");
            }
            draft.service = Service.STATIC;
            draft.publish = Optional.of(publish);
            Staticfile.read(folder).ifPresent(file -> file.tell(draft, folder));
            return draft;
        });
    }

    /// The folder to serve.
    public static Optional<Publish> find(Folder folder) {
        var found = FOLDERS.stream()
                .filter(each -> folder.has(index(each)))
                .findFirst()
                .map(each -> new Publish(each, false));
        return Staticfile.read(folder).map(file -> file.publish(found)).or(() -> found);
    }

    /// The page of a folder that is answered first.
    public static String index(String folder) {
        return folder.equals(".") ? "index.html" : folder + "/index.html";
    }
}
