package dev.johwa.main;

import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.lib.task.Tasks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettledEndTest {
    private static final String HERE = "/data/apps/unpacked/boot-1";

    @TempDir
    Path run;

    @Test
    void anEndInGoodOrderIsKnownOnce() throws Exception {
        leave(HERE, true);

        assertThat(new SettledEnd(run).take(HERE)).isTrue();
        assertThat(new SettledEnd(run).take(HERE)).isFalse();
    }

    @Test
    void nothingIsSaidWhereSomethingIsOpen() throws Exception {
        leave(HERE, false);

        assertThat(new SettledEnd(run).take(HERE)).isFalse();
    }

    @Test
    void nothingIsSaidByOneThatEndsWhileItStarts() throws Exception {
        var end = new SettledEnd(run);
        end.take(HERE);
        end.close();

        assertThat(new SettledEnd(run).take(HERE)).isFalse();
    }

    @Test
    void ofAnotherPlaceOrStartOfTheMachineItDoesNotHold() throws Exception {
        leave("/data/apps/unpacked/boot-0", true);

        assertThat(new SettledEnd(run).take(HERE)).isFalse();
    }

    @Test
    void nothingIsSaidBeforeWhatWasLeftOpenWasLookedAt() throws Exception {
        var looked = new CompletableFuture<Void>();
        try (var tasks = new Tasks()) {
            try (var end = new SettledEnd(run)) {
                end.take(HERE);
                end.unlessSettled(tasks, looked::join, true);
                end.leaveWhen(() -> true);
            }
            looked.complete(null);
        }
        assertThat(run.resolve("settled")).doesNotExist();
    }

    @Test
    void aPlatformLeavesWordWhenItEndsAndNotWhileItWorks() throws Exception {
        try (var platform = new Platform()) {
            var word = platform.data().resolve("run/settled");
            var app = platform.repository("page", "index.html", "One");
            platform.push(app, "main");
            assertThat(word).doesNotExist();

            platform.stopControlPlane();
            assertThat(word).content().contains(platform.data().toString());

            platform.startControlPlane();
            assertThat(word).doesNotExist();
            assertThat(platform.body("page")).isEqualTo("One");
        }
    }

    private void leave(String where, boolean isSettled) throws Exception {
        try (var end = new SettledEnd(run)) {
            end.take(where);
            end.leaveWhen(() -> isSettled);
        }
        assertThat(Files.exists(run.resolve("settled"))).isEqualTo(isSettled);
    }
}
