package dev.johwa.door.cli;

import dev.johwa.door.api.ReleaseList;
import dev.johwa.door.cli.Screen.Style;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description = "Lists the releases of an app, newest first.",
        footer = {"%nExample:", "  johwa releases shop", "  johwa releases shop --environment staging --json"})
final class ReleasesCommand extends AppVerb {
    @Option(names = "--limit", paramLabel = "N", defaultValue = "30", description = "At most so many; default: 30.")
    int limit;

    ReleasesCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        var list = client().releases(app(), environment, limit, Optional.empty());
        if (!toldAsJson(list)) {
            screen().table(
                            List.of(
                                    "",
                                    "RELEASE",
                                    "STATE",
                                    "SHARE",
                                    "WHY",
                                    "COMMIT",
                                    "BRANCH",
                                    "TESTS",
                                    "BY",
                                    "CREATED",
                                    "ARTIFACT"),
                            list.releases().stream().map(this::row).toList());
        }
        return ExitCode.DONE;
    }

    private List<String> row(ReleaseList.Item release) {
        return List.of(
                release.current() ? screen().style(Style.GREEN, "→") : " ",
                Integer.toString(release.number()),
                AppsCommand.state(screen(), release.state()),
                release.share() == 0 ? "" : share(release.share()),
                release.why().orElse("push"),
                release.commit().substring(0, Math.min(8, release.commit().length())),
                release.branch(),
                release.tests() == 0 ? "none" : Integer.toString(release.tests()),
                release.by(),
                Times.local(release.createdAt()),
                release.artifact().replaceFirst("^(sha256:.{12}).*", "$1"));
    }

    /// `5 %`, `0.5 %`.
    private static String share(double percent) {
        return (percent == Math.rint(percent) ? Long.toString(Math.round(percent)) : Double.toString(percent)) + " %";
    }
}
