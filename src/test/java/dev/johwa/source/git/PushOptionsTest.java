package dev.johwa.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.Kept;
import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.event.FactLog;
import dev.johwa.lib.file.Trees;
import dev.johwa.source.git.GitServer.Request;
import dev.johwa.source.git.Push.RefUpdate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.transport.PacketLineOut;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushOptionsTest {
    private static final String COMMIT = "1".repeat(40);
    private static final String OTHER = "2".repeat(40);

    @TempDir
    Path folder;

    private PushOptions open() {
        return new PushOptions(folder.resolve("git/options"));
    }

    private static RefUpdate update(String branch, String to) {
        return new RefUpdate("refs/heads/" + branch, RefUpdate.NOTHING, to, false);
    }

    private static Push push(List<RefUpdate> updates, String... options) {
        return new Push("shop", "ann", updates, List.of(options));
    }

    private List<String> files() {
        return Trees.children(folder.resolve("git/options")).stream()
                .map(Path::toString)
                .toList();
    }

    @Test
    void theNextServerKnowsWhatWasSaidOfEachBranchAtItsCommit() throws Exception {
        open().keep(push(List.of(update("main", COMMIT), update("next", OTHER)), "skip-deploy", Push.NO_WAIT));

        var next = open();

        assertThat(next.of("shop", update("main", COMMIT))).containsExactly("skip-deploy");
        assertThat(next.of("shop", update("next", OTHER))).containsExactly("skip-deploy");
        assertThat(next.of("shop", update("main", OTHER))).isEmpty();
        assertThat(next.of("wiki", update("main", COMMIT))).isEmpty();
    }

    @Test
    void whatIsForgottenIsGoneForTheNextServerToo() throws Exception {
        var options = open();
        var both = push(List.of(update("main", COMMIT), update("next", OTHER)), "a");
        options.keep(both);

        options.forget(push(List.of(update("main", COMMIT))));
        assertThat(options.of("shop", update("next", OTHER))).containsExactly("a");
        options.forget(both);

        assertThat(options.of("shop", update("next", OTHER))).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void ofTwoPushesTheLastOneCountsAlsoAfterAStart() throws Exception {
        open().keep(push(List.of(update("main", COMMIT)), "a"));
        var next = open();
        var note = next.keep(push(List.of(update("main", COMMIT)), "b"));

        assertThat(next.of("shop", update("main", COMMIT))).containsExactly("b");
        assertThat(next.earlier()).singleElement().satisfies(next::forget);
        assertThat(next.of("shop", update("main", COMMIT))).containsExactly("b");
        note.forget();
        assertThat(files()).isEmpty();
    }

    @Test
    void whatWasHalfWrittenIsGoneWithTheNextStart() throws Exception {
        Files.createDirectories(folder.resolve("git/options"));
        Files.writeString(folder.resolve("git/options/1.part"), "{\"project\":");

        assertThat(open().earlier()).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void optionsWithoutEndAreRefused() throws Exception {
        var options = open();
        var push = push(List.of(update("main", COMMIT)), "a".repeat(40_000), "b".repeat(40_000));

        assertThatThrownBy(() -> options.keep(push)).hasMessageContaining("longer than 65536 letters");
        assertThat(files()).isEmpty();
    }

    @Test
    void theyAreWrittenDownBeforeTheBranchMovesAndStayWhereWhatFollowsFails() throws Exception {
        var seen = new ArrayList<String>();
        var commit = commit();
        serve(commit, RefUpdate.NOTHING, (push, _) -> {
            seen.addAll(files());
            throw new IllegalStateException("cut off");
        });

        assertThat(seen).hasSize(1);
        assertThat(open().of("shop", update("next", commit))).containsExactly("skip-deploy");
    }

    @Test
    void aPushThatIsRefusedLeavesNothing() throws Exception {
        var commit = commit();
        var said = serve(commit, OTHER, (_, _) -> Optional.empty());

        assertThat(said).contains("ng refs/heads/next");
        assertThat(files()).isEmpty();
    }

    /// The commit of a repository `shop`.
    private String commit() throws IOException {
        new Repositories(folder.resolve("git"), Optional.empty()).create("shop");
        var client = GitClient.init(folder.resolve("work"));
        client.run("commit", "-q", "--allow-empty", "-m", "First").ok();
        client.run("push", "-q", folder.resolve("git/shop.git").toString(), "main")
                .ok();
        return client.run("rev-parse", "HEAD").line();
    }

    private String serve(String to, String from, OnPush onPush) throws Exception {
        try (var database = Kept.SQLITE.open(folder);
                var facts = new FactLog(database, new SystemClock(), List.of(Pushed.class))) {
            var server = new GitServer(new Repositories(folder.resolve("git"), Optional.empty()), facts, onPush);
            var out = new ByteArrayOutputStream();
            var request = new Request("shop", "git-receive-pack", Optional.empty(), "ann");
            server.serve(request, new ByteArrayInputStream(words(from, to)), out);
            return out.toString(StandardCharsets.UTF_8);
        }
    }

    /// As git sends them for a commit that is there already.
    private static byte[] words(String from, String to) throws Exception {
        var out = new ByteArrayOutputStream();
        var lines = new PacketLineOut(out);
        lines.writeString(from + " " + to + " refs/heads/next\0 report-status push-options\n");
        lines.end();
        lines.writeString("skip-deploy");
        lines.end();
        var pack = HexFormat.of().parseHex("5041434b0000000200000000");
        out.write(pack);
        out.write(MessageDigest.getInstance("SHA-1").digest(pack));
        return out.toByteArray();
    }
}
