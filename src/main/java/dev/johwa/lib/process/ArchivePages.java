package dev.johwa.lib.process;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Pages of the JVM's archive of classes (the ahead-of-time cache) in this process. A start reads them all, what goes
/// on afterwards a part; the others are given back to the system and come from the file when they are read again
/// (madvise(2), `MADV_PAGEOUT`, Linux 5.4).
///
/// Only what is mapped for reading alone is touched: such pages are the file's own bytes. The JVM maps them so where it
/// does not move its archive (`-XX:ArchiveRelocationMode=0`); else there are none, and nothing happens.
public final class ArchivePages {
    /// A line of `/proc/PID/maps` (proc(5)).
    private static final Pattern READ_ONLY_ARCHIVE =
            Pattern.compile("([0-9a-f]+)-([0-9a-f]+) r--p \\S+ \\S+ \\S+ +/.*\\.(?:aot|jsa)");

    /// Advice of madvise(2).
    private static final int NORMAL = 0;

    private static final int RANDOM = 1;
    private static final int PAGE_OUT = 21;
    private static final MethodHandle MADVISE = Native.function(
            "madvise", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);

    private ArchivePages() {}

    private record Range(long begin, long end) {
        long bytes() {
            return end - begin;
        }
    }

    /// @return how many bytes of address space were given back; 0 where the system says no
    public static long release() {
        return mapped().stream()
                .filter(range -> advise(range, PAGE_OUT))
                .mapToLong(Range::bytes)
                .sum();
    }

    /// Gives them back so that each comes again alone, without those beside it: for a program that rests, until
    /// [#work].
    public static void rest() {
        mapped().stream().filter(range -> advise(range, RANDOM)).forEach(range -> advise(range, PAGE_OUT));
    }

    /// From now on pages come with those beside them again, which is quicker for who needs many.
    public static void work() {
        mapped().forEach(range -> advise(range, NORMAL));
    }

    private static List<Range> mapped() {
        try (var lines = Files.lines(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1)) {
            return lines.map(READ_ONLY_ARCHIVE::matcher)
                    .filter(line -> line.matches())
                    .map(line -> new Range(
                            Long.parseUnsignedLong(line.group(1), 16), Long.parseUnsignedLong(line.group(2), 16)))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean advise(Range range, int advice) {
        var at = MemorySegment.ofAddress(range.begin());
        return Native.call(() -> (int) MADVISE.invokeExact(at, range.bytes(), advice)) == 0;
    }
}
