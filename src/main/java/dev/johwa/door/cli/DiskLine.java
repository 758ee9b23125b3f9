package dev.johwa.door.cli;

import dev.johwa.door.api.DiskUse;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.lib.text.Sizes;
import java.util.stream.Collectors;

/// What takes how much of the disk, in a line, and what to do where it is too much.
final class DiskLine {
    private DiskLine() {}

    /// @param isWhole also when there is nothing to do
    static void tell(Screen screen, DiskUse use, boolean isWhole) {
        if (isWhole) {
            var parts = use.items().stream()
                    .map(item ->
                            item.what() + " " + Sizes.text(item.usedBytes()) + " of " + Sizes.text(item.budgetBytes()))
                    .collect(Collectors.joining(", "));
            screen.line("disk: " + Sizes.text(use.freeBytes()) + " of " + Sizes.text(use.sizeBytes()) + " free"
                    + (parts.isEmpty() ? "; what takes how much is being measured" : "; " + parts));
        }
        var meaning = meaning(use.room());
        if (!meaning.isEmpty()) {
            screen.line("  " + screen.style(Style.RED, "! ") + meaning);
        }
        use.items().stream()
                .filter(item -> !item.advice().isEmpty())
                .forEach(item -> screen.line("  " + screen.style(Style.YELLOW, "! ") + item.what() + ": "
                        + Sizes.text(item.usedBytes()) + " where " + Sizes.text(item.budgetBytes())
                        + " are planned; " + item.advice()));
    }

    private static String meaning(String room) {
        return switch (room) {
            case "low" -> "The disk has little room: `johwa gc` frees what nobody needs.";
            case "short" -> "Builds wait until the disk has room: `johwa gc` frees what nobody needs.";
            case "almost_none" ->
                "Builds wait and pushes are refused until the disk has room; what is live serves on. Give it more room.";
            case String _ -> "";
        };
    }
}
