package dev.johwa.door.cli;

import dev.johwa.door.api.MirrorList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Pulls images of another registry through this one, or lists such registries.",
            "What was pulled once is kept for a week from its last use, and answers while the other is away."
        },
        footer = {
            "%nExample:",
            "  johwa images mirror hub https://registry-1.docker.io",
            "  docker pull johwa.example.com/hub/library/alpine",
            "  johwa images mirror hub --remove"
        })
final class ImagesMirrorCommand extends RemoteVerb {
    @Nullable
    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Stands where a project would.")
    String name;

    @Nullable
    @Parameters(index = "1", arity = "0..1", paramLabel = "URL", description = "Of the other registry.")
    String url;

    @Option(names = "--remove", description = "Pull from there no longer.")
    boolean remove;

    ImagesMirrorCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var chosen = name;
        var address = url;
        if (chosen != null && remove) {
            client().removeMirror(chosen);
            return ExitCode.DONE;
        }
        if (chosen != null && address != null) {
            var added = client().addMirror(new MirrorList.Item(chosen, address));
            if (!toldAsJson(added)) {
                screen().line("Images of " + added.url() + " are at " + added.name() + "/…");
            }
            return ExitCode.DONE;
        }
        var list = client().mirrors();
        if (!toldAsJson(list)) {
            screen().table(
                            List.of("NAME", "REGISTRY"),
                            list.mirrors().stream()
                                    .map(item -> List.of(item.name(), item.url()))
                                    .toList());
        }
        return ExitCode.DONE;
    }
}
