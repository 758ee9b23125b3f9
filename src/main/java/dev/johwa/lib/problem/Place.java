package dev.johwa.lib.problem;

/// Where in a file something is; lines and columns count from 1, and 0 means not known.
public record Place(String file, int line, int column) {
    public Place {
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException("line and column must not be negative: " + line + ":" + column);
        }
    }

    public static Place of(String file) {
        return new Place(file, 0, 0);
    }

    /// `file:line:column`, without what is not known.
    @Override
    public String toString() {
        if (line == 0) {
            return file;
        }
        return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    }
}
