package dev.johwa.lib.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Folds the frames of stacks, which else push what went wrong out of the few lines that a person is shown.
public final class Frames {
    private static final Pattern FRAME = Pattern.compile(
            "(?:\\[ERROR] |npm (?:error|ERR!) )?(?:gyp ERR! stack)?\\s+(?:at \\S.*|\\.\\.\\. \\d+ more)");
    private static final int KEPT = 3;

    private Frames() {}

    /// The lines, of each row of frames only the first ones and how many more there are.
    public static List<String> folded(List<String> lines) {
        var folded = new ArrayList<String>();
        int row = 0;
        for (var line : lines) {
            boolean isFrame = FRAME.matcher(line).matches();
            if (!isFrame) {
                tell(row, folded);
            }
            row = isFrame ? row + 1 : 0;
            if (row <= KEPT) {
                folded.add(line);
            }
        }
        tell(row, folded);
        return List.copyOf(folded);
    }

    private static void tell(int row, List<String> folded) {
        if (row > KEPT) {
            folded.add("    … " + (row - KEPT) + " more");
        }
    }
}
