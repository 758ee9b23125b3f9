package dev.johwa.build.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The log of a run, read in stretches from anywhere: what it costs does not depend on how long the log is.
final class LogFile {
    private static final int BLOCK = 64 * 1024;
    private static final int LONGEST = 1024 * 1024;
    private static final int STRETCH = 5_000;

    private final Path file;

    LogFile(Path file) {
        this.file = file;
    }

    /// The last so many whole lines that end at a place or before it.
    ///
    /// @param end a place, or -1 for the end of the log
    RunWords before(long end, int most) {
        if (!Files.exists(file)) {
            return new RunWords(List.of(), 0, 0);
        }
        try (var input = new RandomAccessFile(file.toFile(), "r")) {
            long until = end < 0 ? input.length() : Math.min(end, input.length());
            long start = start(input, until, most);
            return read(input, start, until, most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// So many whole lines from a place on.
    RunWords after(long start, int most) {
        if (!Files.exists(file)) {
            return new RunWords(List.of(), 0, 0);
        }
        try (var input = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.min(start, input.length());
            return read(input, from, input.length(), most);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first so many lines that contain a text, in either case of its letters.
    RunWords with(String text, int most) {
        var wanted = Pattern.compile(Pattern.quote(text), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        var found = new ArrayList<RunWords.Line>();
        long place = 0;
        while (found.size() < most) {
            var words = after(place, STRETCH);
            if (words.lines().isEmpty()) {
                break;
            }
            for (var line : words.lines()) {
                if (found.size() < most && wanted.matcher(line.plain()).find()) {
                    found.add(line);
                }
            }
            place = words.end();
        }
        return new RunWords(found, 0, place);
    }

    /// Where the last so many lines before a place begin.
    private static long start(RandomAccessFile input, long until, int most) throws IOException {
        var block = new byte[BLOCK];
        long place = until;
        // The last line's own end is none between two lines.
        int ends = -1;
        while (place > 0) {
            int count = (int) Math.min(BLOCK, place);
            place -= count;
            input.seek(place);
            input.readFully(block, 0, count);
            for (int i = count - 1; i >= 0; i--) {
                if (block[i] == '\n' && ++ends == most) {
                    return place + i + 1;
                }
            }
        }
        return 0;
    }

    private static RunWords read(RandomAccessFile input, long start, long until, int most) throws IOException {
        var lines = new ArrayList<RunWords.Line>();
        var line = new ByteArrayOutputStream();
        var block = new byte[BLOCK];
        long begun = start;
        long place = start;
        input.seek(start);
        while (place < until && lines.size() < most) {
            int count = input.read(block, 0, (int) Math.min(BLOCK, until - place));
            if (count <= 0) {
                break;
            }
            for (int i = 0; i < count && lines.size() < most; i++) {
                place++;
                if (block[i] == '\n') {
                    lines.add(new RunWords.Line(begun, line.toString(StandardCharsets.UTF_8)));
                    line.reset();
                    begun = place;
                } else if (line.size() < LONGEST) {
                    line.write(block[i]);
                }
            }
        }
        return new RunWords(lines, start, begun);
    }
}
