package dev.johwa.watch.advisory;

import dev.johwa.build.bill.Bill;
import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.lib.task.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Judges what is in artifacts by the advisories of a folder. The index of the folder is made beside, when somebody
/// asks and it changed; until it is made the one before answers. Safe for use by many threads.
public final class Advisories {
    private final Export export;
    private final Path index;
    private final Tasks tasks;
    private final AtomicInteger progress = new AtomicInteger();

    private @Nullable CompletableFuture<String> making;

    /// @param folder with the export, whether or not it is there
    /// @param index where the index is kept; nothing else is in its folder
    public Advisories(Path folder, Path index, Tasks tasks) {
        this.export = new Export(folder);
        this.index = index;
        this.tasks = tasks;
    }

    /// Whether there is an export.
    public boolean areThere() {
        return export.isThere();
    }

    /// Judges a bill by the folder as it is, or by the index that is there where a new one is not made in time.
    ///
    /// @param patience how long to wait for a new one
    /// @throws ProblemException where there is no folder, where it cannot be read, or where there is no index yet
    public Judgement judge(Bill bill, Duration patience) {
        try (var open = current(patience)) {
            return new Matching(open).of(bill);
        } catch (IOException e) {
            throw new ProblemException(unreadable(e), e);
        }
    }

    /// Judges a bill by the index that is there, without a look at the folder; empty where there is none.
    public Optional<Judgement> glance(Bill bill) {
        var open = areThere() ? opened() : Optional.<Index>empty();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        try (var known = open.get()) {
            return Optional.of(new Matching(known).of(bill));
        } catch (IOException e) {
            throw new ProblemException(unreadable(e), e);
        }
    }

    /// Changes with the folder, after it was read.
    ///
    /// @throws ProblemException where there is none, or it cannot be read
    public String state(Duration patience) {
        try (var open = current(patience)) {
            return open.facts().fingerprint();
        } catch (IOException e) {
            throw new ProblemException(unreadable(e), e);
        }
    }

    private Problem unreadable(IOException e) {
        return Problem.resource(
                        "osv.unreadable", "the advisories in " + export.folder() + " cannot be read: " + e.getMessage())
                .hint("look whether the server's user may read them, and put the export there anew");
    }

    private Index current(Duration patience) throws IOException {
        if (!areThere()) {
            throw Problem.user("osv.unknown", "there are no advisories on the server: no folder " + export.folder())
                    .hint("put an export of OSV there: ECOSYSTEM/all.zip for npm, PyPI, Maven, Go, crates.io, Debian")
                    .exception();
        }
        var before = opened();
        if (before.isPresent() && before.get().facts().fingerprint().equals(export.fingerprint())) {
            return before.get();
        }
        var made = await(patience);
        if (before.isPresent() && !made) {
            return before.get();
        }
        if (before.isPresent()) {
            before.get().close();
        }
        return opened().orElseThrow(() -> Problem.resource(
                        "osv.being-read", "the advisories are being read, " + progress.get() + " so far")
                .hint("ask again in a minute")
                .exception());
    }

    private Optional<Index> opened() {
        try {
            return Index.open(index);
        } catch (IOException | ProblemException e) {
            // Of another form, or damaged: it is made again.
            return Optional.empty();
        }
    }

    /// @return whether a new index is there
    private boolean await(Duration patience) throws IOException {
        try {
            var _ = making().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException cause -> throw new IOException(cause.getMessage(), cause);
                case ProblemException cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }

    private synchronized CompletableFuture<String> making() {
        var before = making;
        if (before != null && !before.isDone()) {
            return before;
        }
        progress.set(0);
        var next = tasks.call("advisories", () -> {
            Files.createDirectories(index.toAbsolutePath().getParent());
            IndexWriter.write(export, index, progress);
            return "made";
        });
        making = next;
        return next;
    }
}
