package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.door.api.AppList;
import dev.johwa.door.api.AppName;
import dev.johwa.lib.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// An app that comes, has a preview, and goes with all that it had, whatever ends meanwhile.
final class Twig {
    private static final String KEEPING = "data: [kept/]\n";

    private final UpProcess up;
    private final Kills kills;
    private final String name;
    private final Path repository;

    Twig(UpProcess up, Kills kills, int number) throws IOException {
        this.up = up;
        this.kills = kills;
        this.name = "twig" + number + Long.toString(ProcessHandle.current().pid(), 36);
        repository = up.repository(name, Apps.PYTHON);
        up.commit(repository, "johwa.yaml", KEEPING);
        assertThat(up.push(repository, "main", "main:leaf")).contains("live");
        up.ask("leaf--" + name, "/");
    }

    /// @return whether the control plane ended before that act
    boolean losesItsPreview(int act) throws IOException {
        boolean cut = kills.inTheMiddleOf(() -> up.push(repository, "--delete", "leaf"), act);
        boolean isThere = up.git(repository, "ls-remote", "johwa", "leaf").contains("leaf");
        if (isThere) {
            assertThat(up.ask("leaf--" + name, "/")).startsWith("200 ");
            up.push(repository, "--delete", "leaf");
        }
        eventually(() -> apps().size() == 1);
        requireNone(name + "-leaf", up.data().resolve("apps/" + name + "/data/leaf"));
        assertThat(up.ask(name, "/")).startsWith("200 ");
        delete();
        return cut;
    }

    boolean isDeleted(int act) throws IOException {
        boolean cut = kills.inTheMiddleOf(this::delete, act);
        if (apps().isEmpty()) {
            try {
                delete();
            } catch (ProblemException nothingIsLeft) {
                assertThat(nothingIsLeft).hasMessageContaining("there is no app");
            }
        } else {
            assertThat(up.ask(name, "/")).startsWith("200 ");
            delete();
        }
        assertThat(up.ask(name, "/")).startsWith("404 ");
        requireNone(name, up.data().resolve("apps/" + name));
        assertThat(up.data().resolve("git/" + name + ".git")).doesNotExist();
        return cut;
    }

    private void delete() {
        up.client().deleteApp(new AppName(name, name), true, event -> {});
    }

    private List<AppList.App> apps() {
        return up.client().status(Optional.of(name)).apps();
    }

    private void requireNone(String ofInstance, Path folder) {
        eventually(() -> up.livingInstances().stream().noneMatch(each -> each.startsWith(ofInstance)));
        eventually(() -> !Files.exists(folder));
    }
}
