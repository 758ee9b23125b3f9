package dev.johwa.lib.graph;

/// Paths of SVG for values of equal steps. A gap is a gap; a value between two gaps is a dot.
final class Strokes {
    private final double width;
    private final double height;
    private final double top;

    /// @param top the value at the upper edge; 0 is at the lower one
    Strokes(double width, double height, double top) {
        this.width = width;
        this.height = height;
        this.top = top;
    }

    double y(double value) {
        return height * (1 - Math.max(0, Math.min(1, value / top)));
    }

    private double x(int index, int count) {
        return width * (index + 0.5) / count;
    }

    String line(double[] values) {
        var path = new StringBuilder(values.length * 12);
        boolean isDrawing = false;
        for (int i = 0; i < values.length; i++) {
            boolean isThere = Double.isFinite(values[i]);
            if (isThere) {
                path.append(isDrawing ? 'L' : 'M');
                point(path, x(i, values.length), y(values[i]));
                boolean isAlone = !isDrawing && (i + 1 == values.length || !Double.isFinite(values[i + 1]));
                path.append(isAlone ? "h0" : "");
            }
            isDrawing = isThere;
        }
        return path.toString();
    }

    /// What lies between.
    String band(double[] least, double[] most) {
        var path = new StringBuilder(least.length * 24);
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
        for (int i = from; i < until; i++) {
            path.append(i == from ? 'M' : 'L');
            point(path, x(i, most.length), y(most[i]));
        }
        for (int i = until - 1; i >= from; i--) {
            path.append('L');
            point(path, x(i, least.length), y(least[i]));
        }
        path.append('Z');
    }

    private static void point(StringBuilder path, double x, double y) {
        tenths(path, x);
        path.append(' ');
        tenths(path, y);
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
