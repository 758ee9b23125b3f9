package dev.johwa.serve.target.docker;

import dev.johwa.lib.clock.Clock;
import dev.johwa.lib.docker.Containers.LogListener;
import dev.johwa.lib.file.Whole;
import dev.johwa.lib.json.Json;
import dev.johwa.lib.problem.ProblemException;
import dev.johwa.serve.target.Instance;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/// The files `out` and `err` of an instance, as a copy of what the engine keeps, and the file `copied`, which says how
/// far it is. It is written after them: who goes on cuts them to what it says and takes the rest from the engine once
/// more, so that no line is lost or twice. Used by one thread.
final class OutputCopy implements LogListener, Closeable {
    private static final long NOTED_AFTER_BYTES = 256 << 10;
    private static final long NOTED_AFTER_NANOS = 200_000_000;
    /// By so much the two streams may overtake each other on their way into the engine's file.
    private static final Duration OVERTAKING = Duration.ofSeconds(5);

    private final Path position;
    private final Clock clock;
    private final Stream out;
    private final Stream err;
    private long unnoted;
    private long notedAt;

    /// How far a stream is copied.
    ///
    /// @param at time of the last piece, in seconds and nanoseconds
    /// @param count pieces of that very time
    /// @param size of the file
    record Mark(long second, int nano, int count, long size) {
        private static final Mark BEGINNING = new Mark(0, 0, 0, 0);

        Instant at() {
            return Instant.ofEpochSecond(second, nano);
        }

        Mark after(Instant time, int bytes) {
            int same = time.equals(at()) ? count + 1 : 1;
            return new Mark(time.getEpochSecond(), time.getNano(), same, size + bytes);
        }
    }

    /// How far both are.
    record Position(Mark out, Mark err) {}

    private static final class Stream {
        private final FileChannel file;
        private Mark mark;
        private int toSkip;

        Stream(Path file, Mark mark) throws IOException {
            this.file = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (this.file.size() > mark.size()) {
                this.file.truncate(mark.size());
            }
            this.file.position(this.file.size());
            this.mark = mark;
            this.toSkip = mark.count();
        }

        /// @return whether it was new
        boolean take(Instant at, byte[] bytes) throws IOException {
            if (at.isBefore(mark.at())) {
                return false;
            }
            if (toSkip > 0 && at.equals(mark.at())) {
                toSkip--;
                return false;
            }
            toSkip = 0;
            var rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                file.write(rest);
            }
            mark = mark.after(at, bytes.length);
            return true;
        }
    }

    private OutputCopy(Path position, Position now, Path run, Clock clock) throws IOException {
        this.position = position;
        this.clock = clock;
        this.out = new Stream(run.resolve("out"), now.out());
        this.err = new Stream(run.resolve("err"), now.err());
        this.notedAt = clock.ticks();
    }

    /// Goes on where an earlier copy ended, or begins.
    static OutputCopy resume(Instance instance, Clock clock) {
        var position = Path.of(instance.handle()).resolve("copied");
        try {
            return new OutputCopy(position, read(position), Places.run(instance), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Position read(Path position) throws IOException {
        try {
            return Files.exists(position)
                    ? Json.read(Files.readAllBytes(position), Position.class)
                    : new Position(Mark.BEGINNING, Mark.BEGINNING);
        } catch (ProblemException e) {
            return new Position(Mark.BEGINNING, Mark.BEGINNING);
        }
    }

    /// From when on the engine is asked: some of it is known already.
    Instant since() {
        var one = out.mark.at();
        var other = err.mark.at();
        var later = one.isAfter(other) ? one : other;
        var earlier = one.isAfter(other) ? other : one;
        var floor = later.minus(OVERTAKING);
        return earlier.isAfter(floor) ? earlier : floor.isAfter(Instant.EPOCH) ? floor : Instant.EPOCH;
    }

    @Override
    public void piece(Instant at, boolean isError, byte[] bytes) {
        try {
            if ((isError ? err : out).take(at, bytes)) {
                unnoted += bytes.length;
            }
            if (unnoted > NOTED_AFTER_BYTES || clock.ticks() - notedAt > NOTED_AFTER_NANOS) {
                note();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void note() throws IOException {
        Whole.write(position, Json.bytes(new Position(out.mark, err.mark)));
        unnoted = 0;
        notedAt = clock.ticks();
    }

    @Override
    public void close() {
        try (var _ = out.file;
                var _ = err.file) {
            // Its instance may have been removed meanwhile.
            if (Files.exists(position.resolveSibling("state"))) {
                note();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
