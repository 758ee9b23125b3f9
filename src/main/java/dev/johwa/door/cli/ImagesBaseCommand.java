package dev.johwa.door.cli;

import dev.johwa.door.api.ImageCalls;
import dev.johwa.lib.archive.ImageFiles;
import dev.johwa.lib.archive.Tar;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Adds a base on which images of apps without a Dockerfile stand (`image: {base: ...}` in johwa.yaml), or"
                    + " lists those that there are.",
            "FILES is a folder with an OCI image layout, or an archive of one or of `docker save`; of several images in"
                    + " it FILES:NAME is one."
        },
        footer = {
            "%nExample:",
            "  skopeo copy docker://node:22-slim oci:node:22",
            "  johwa images base node:22 node",
            "  johwa images base node:22 --remove"
        })
final class ImagesBaseCommand extends RemoteVerb {
    private static final String PROJECT = "bases";
    private static final Pattern NAME =
            Pattern.compile("(?:" + PROJECT + "/)?([a-z0-9][a-z0-9._/-]*):([\\w][\\w.-]{0,127})");

    @Nullable
    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME:TAG", description = "The base, such as node:22.")
    String name;

    @Nullable
    @Parameters(index = "1", arity = "0..1", paramLabel = "FILES", description = "Where the image lies.")
    String files;

    @Option(names = "--remove", description = "Nothing stands on it any more.")
    boolean remove;

    ImagesBaseCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws IOException {
        if (name == null) {
            list();
            return ExitCode.DONE;
        }
        var image = image(name);
        if (remove) {
            client().registry().remove(image);
            return ExitCode.DONE;
        }
        if (files == null) {
            throw Problem.user("usage.base", "from where does " + image + " come?")
                    .hint("johwa images base " + name + " FOLDER, or an archive")
                    .exception();
        }
        add(image, files);
        return ExitCode.DONE;
    }

    private void list() {
        var list = client().images(PROJECT);
        if (toldAsJson(list)) {
            return;
        }
        if (list.repositories().isEmpty()) {
            screen().progress("There are no bases yet. Add one: johwa images base node:22 FOLDER");
        } else {
            ImagesCommand.showTags(screen(), list);
        }
    }

    private static ImageCalls.Name image(String name) {
        var words = NAME.matcher(name);
        if (!words.matches()) {
            throw Problem.user("usage.base", "'" + name + "' is no name of a base")
                    .hint("write NAME:TAG, such as node:22")
                    .exception();
        }
        return new ImageCalls.Name(PROJECT + "/" + words.group(1), words.group(2));
    }

    private void add(ImageCalls.Name image, String place) throws IOException {
        int end = place.lastIndexOf(':');
        boolean isNamed = end > 0 && !Files.exists(Path.of(place));
        var path = Path.of(isNamed ? place.substring(0, end) : place)
                .toAbsolutePath()
                .normalize();
        var wanted = isNamed ? Optional.of(place.substring(end + 1)) : Optional.<String>empty();
        if (Files.isDirectory(path)) {
            push(image, path, wanted);
            return;
        }
        if (!Files.isRegularFile(path)) {
            throw Problem.user("usage.base", "there is no " + path)
                    .hint("name a folder with an OCI image layout, or an archive")
                    .exception();
        }
        var unpacked = Files.createTempDirectory("johwa-base");
        try {
            Tar.unpack(path, unpacked);
            push(image, unpacked, wanted);
        } finally {
            Trees.delete(unpacked);
        }
    }

    private void push(ImageCalls.Name image, Path folder, Optional<String> wanted) {
        client().registry().push(image, ImageFiles.read(folder, wanted));
        screen().line("Images may stand on " + image + " now: `image: {base: " + image + "}` in johwa.yaml");
    }
}
