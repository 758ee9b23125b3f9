package dev.johwa.serve.router.proxy;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.regex.Pattern;

/// A part of a file (RFC 9110 §14): one range only; several are answered with the whole, as the RFC allows.
record Range(long start, long length, boolean isPart, boolean isImpossible) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    static Range all(long size) {
        return new Range(0, size, false, false);
    }

    /// @param tag and date of the file, one of which `If-Range` must name
    static Range of(HttpHeaders headers, String tag, String date, long size) {
        var wanted = headers.get(HttpHeaderNames.RANGE);
        var condition = headers.get(HttpHeaderNames.IF_RANGE);
        if (wanted == null || condition != null && !condition.equals(tag) && !condition.equals(date)) {
            return all(size);
        }
        var one = ONE.matcher(wanted.strip());
        if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
            return all(size);
        }
        if (one.group(1).isEmpty()) {
            long last = Math.min(size, Long.parseLong(one.group(2)));
            return last == 0 ? new Range(0, 0, false, true) : new Range(size - last, last, true, false);
        }
        long start = Long.parseLong(one.group(1));
        long end = one.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(one.group(2)));
        if (start >= size) {
            return new Range(0, 0, false, true);
        }
        return end < start ? all(size) : new Range(start, end - start + 1, true, false);
    }

    String text(long size) {
        return "bytes " + start + "-" + (start + length - 1) + "/" + size;
    }
}
