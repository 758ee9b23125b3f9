package dev.johwa.door.cli.local;

import dev.johwa.door.api.Examination;
import dev.johwa.door.api.Examination.Finding;
import dev.johwa.door.cli.ExitCode;
import dev.johwa.door.cli.Screen;
import dev.johwa.door.cli.Screen.Style;
import dev.johwa.lib.json.Json;

/// Tells what a look through all that a platform keeps has found.
record ExaminationScreen(Screen screen) {

    /// @return the exit code
    int tell(Examination found, boolean json) {
        if (json) {
            screen.line(Json.pretty(found));
        } else {
            found.findings().forEach(this::tell);
            screen.line(sum(found));
        }
        return found.broken() > 0 ? ExitCode.NO : ExitCode.DONE;
    }

    private void tell(Finding finding) {
        var mark = finding.isOf(Finding.BROKEN)
                ? screen.style(Style.RED, "broken ")
                : screen.style(Style.YELLOW, "warning");
        screen.line(mark + "  " + screen.style(Style.BOLD, finding.what()) + ": " + finding.wrong());
        screen.line("         " + finding.means());
        screen.line("         " + screen.style(Style.FAINT, "→ ") + finding.next());
    }

    private String sum(Examination found) {
        int warnings = (int) found.findings().stream()
                .filter(finding -> finding.isOf(Finding.WARNING))
                .count();
        if (found.findings().isEmpty()) {
            return screen.style(Style.GREEN, "well") + ": all that is kept is whole, and all that it names is there.";
        }
        return found.broken() == 0
                ? screen.style(Style.YELLOW, "well") + ", with " + counted(warnings, "warning") + "."
                : screen.style(Style.RED, "not well") + ": " + counted(found.broken(), "thing") + " broken, "
                        + counted(warnings, "warning") + ".";
    }

    private static String counted(int count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
