package dev.johwa.build.pipeline;

import dev.johwa.build.container.ImageOrder;
import dev.johwa.build.container.ImageOrder.Supplies;
import dev.johwa.build.image.ContextTar;
import dev.johwa.lib.file.Trees;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.task.Cancel;
import dev.johwa.source.detect.ContainerRun.Given;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Files of the commit that a compose file has a service see: they become one more layer of its image, so that a
/// release is one thing, also when somebody goes back to it.
final class GivenFiles {
    private final Workspace workspace;
    private final Cancel cancel;
    private final String name;
    private final Path made;
    private final List<Path> context = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    GivenFiles(Workspace workspace, Job job, Cancel cancel) {
        this.workspace = workspace;
        this.cancel = cancel;
        this.name = job.name();
        this.made = Path.of(".johwa-files-" + job.app());
    }

    /// @param base the image without them
    /// @param files by their paths in the image
    /// @param tag by which the engine keeps the image with them
    ImageOrder onTopOf(String base, Map<String, Given> files, String tag, Duration limit) {
        lines.add("FROM " + base);
        Trees.delete(place(made));
        try {
            Files.createDirectories(place(made));
            for (var file : files.entrySet()) {
                lines.add("COPY " + Json.write(List.of(put(file.getValue()), file.getKey())));
            }
            var dockerfile = made.resolve("Dockerfile");
            write(dockerfile, String.join("\n", lines) + "\n");
            return new ImageOrder(
                    name,
                    ContextTar.of(workspace.source(), context, cancel),
                    dockerfile.toString(),
                    Optional.empty(),
                    Map.of(),
                    Optional.of(tag),
                    OptionalLong.empty(),
                    false,
                    limit,
                    new Supplies(List.of(base), Map.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path place(Path path) {
        return workspace.source().resolve(path);
    }

    private void write(Path path, String text) throws IOException {
        Files.writeString(place(path), text);
        context.add(path);
    }

    /// @return what COPY says of it: the content of a folder goes into the folder of its target, as a mount shows it
    private String put(Given file) throws IOException {
        if (file.place().isEmpty()) {
            var path = made.resolve(String.valueOf(lines.size()));
            write(path, file.text());
            return path.toString();
        }
        if (!Trees.holds(workspace.source(), file.place())) {
            throw Problem.user("compose.file-missing", "'" + file.place() + "' is not in this commit")
                    .hint("add it to git, or use a volume")
                    .exception();
        }
        try (var found = Files.walk(place(Path.of(file.place())))) {
            found.map(workspace.source()::relativize)
                    .filter(path -> !path.toString().isEmpty() && workspace.isOfCommit(".", path))
                    .forEach(context::add);
        }
        return Files.isDirectory(place(Path.of(file.place()))) ? file.place() + "/" : file.place();
    }
}
