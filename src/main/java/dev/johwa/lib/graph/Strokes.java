package dev.johwa.lib.graph;

/// Paths of SVG for values of equal steps. A gap is a gap; a value between two gaps is a dot. A step is two units wide
/// and a pixel two units high: whole numbers from one point to the next are fine enough, and half as long.
final class Strokes {
    static final int UNITS = 2;

    private final double height;
    private final double top;

    /// @param height in pixels
    /// @param top the value at the upper edge; 0 is at the lower one
    Strokes(double height, double top) {
        this.height = height;
        this.top = top;
    }

    /// In pixels.
    double y(double value) {
        return height * (1 - Math.max(0, Math.min(1, value / top)));
    }

    private long units(double value) {
        return Math.round(y(value) * UNITS);
    }

    String line(double[] values) {
        var path = new StringBuilder(values.length * 6);
        int from = 0;
        while (from < values.length) {
            int until = from;
            while (until < values.length && Double.isFinite(values[until])) {
                until++;
            }
            if (until > from) {
                along(path, values, from, until);
                path.append(until - from == 1 ? "h0" : "");
            }
            from = Math.max(until, from + 1);
        }
        return path.toString();
    }

    private void along(StringBuilder path, double[] values, int from, int until) {
        path.append('M').append(UNITS * from + 1).append(' ').append(units(values[from]));
        for (int i = from + 1; i < until; i++) {
            path.append(i == from + 1 ? "l" : " ");
            to(path, UNITS, units(values[i]) - units(values[i - 1]));
        }
    }

    private static void to(StringBuilder path, int x, long y) {
        path.append(x).append(y < 0 ? "" : " ").append(y);
    }

    /// What lies between.
    String band(double[] least, double[] most) {
        var path = new StringBuilder(least.length * 12);
        int from = 0;
        while (from < least.length) {
            int until = from;
            while (until < least.length && Double.isFinite(least[until]) && Double.isFinite(most[until])) {
                until++;
            }
            if (until - from > 1) {
                around(path, least, most, from, until);
            }
            from = Math.max(until, from + 1);
        }
        return path.toString();
    }

    private void around(StringBuilder path, double[] least, double[] most, int from, int until) {
        along(path, most, from, until);
        path.append('v')
                .append(units(least[until - 1]) - units(most[until - 1]))
                .append('l');
        for (int i = until - 2; i >= from; i--) {
            to(path, -UNITS, units(least[i]) - units(least[i + 1]));
        }
        path.append('Z');
    }

    /// `12.3`, without the cost of a formatter.
    static void tenths(StringBuilder out, double value) {
        long tenths = Math.round(value * 10);
        out.append(tenths / 10);
        if (tenths % 10 != 0) {
            out.append('.').append(Math.abs(tenths % 10));
        }
    }
}
