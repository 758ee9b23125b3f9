package dev.johwa.door.cli;

import dev.johwa.door.api.ImageList;
import dev.johwa.door.api.ImageList.Change;
import dev.johwa.door.api.ImageList.Repository;
import dev.johwa.lib.text.Sizes;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = "Lists the images of a project that were pushed to the registry.",
        footer = {"%nExample:", "  johwa images shop", "  johwa images shop --history --json"})
final class ImagesCommand extends RemoteVerb {
    @Nullable
    @Parameters(arity = "0..1", paramLabel = "PROJECT", description = "Default: the remote named johwa.")
    String project;

    @Option(names = "--history", description = "What tags named before, who moved them and when.")
    boolean history;

    ImagesCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var name = session.app(project).project();
        var list = client().images(name);
        if (toldAsJson(list)) {
            return ExitCode.DONE;
        }
        if (list.repositories().isEmpty()) {
            screen().progress("No images were pushed for " + name + " yet.");
        } else if (history) {
            screen().table(List.of("IMAGE", "WHEN", "BY", "FROM", "TO"), rows(list, ImagesCommand::changes));
        } else {
            showTags(screen(), list);
            screen().progress(
                            Sizes.text(list.usedBytes()) + " of " + Sizes.text(list.mostBytes()) + " that it may have");
        }
        return ExitCode.DONE;
    }

    static void showTags(Screen screen, ImageList list) {
        screen.table(List.of("IMAGE", "DIGEST", "WHEN", "BY"), rows(list, ImagesCommand::tags));
    }

    private static List<List<String>> rows(ImageList list, Function<Repository, List<List<String>>> each) {
        return list.repositories().stream()
                .flatMap(repository -> each.apply(repository).stream())
                .toList();
    }

    private static List<List<String>> tags(Repository repository) {
        return repository.tags().stream()
                .map(tag -> {
                    var last = repository.changes().stream()
                            .filter(change -> change.tag().equals(tag.tag()))
                            .findFirst();
                    return List.of(
                            repository.name() + ":" + tag.tag(),
                            shortened(Optional.of(tag.digest())),
                            last.map(change -> Times.local(change.at())).orElse("-"),
                            last.map(Change::by).orElse("-"));
                })
                .toList();
    }

    private static List<List<String>> changes(Repository repository) {
        return repository.changes().stream()
                .map(change -> List.of(
                        repository.name() + ":" + change.tag(),
                        Times.local(change.at()),
                        change.by(),
                        shortened(change.from()),
                        shortened(change.to())))
                .toList();
    }

    private static String shortened(Optional<String> digest) {
        return digest.map(text -> text.replaceFirst("^(sha\\d+:.{12}).*", "$1")).orElse("-");
    }
}
