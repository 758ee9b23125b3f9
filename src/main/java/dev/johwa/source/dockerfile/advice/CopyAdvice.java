package dev.johwa.source.dockerfile.advice;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.CleanPath;
import dev.johwa.lib.text.RawNames;
import dev.johwa.source.dockerfile.instruction.Instruction;
import dev.johwa.source.dockerfile.stage.Copying;
import dev.johwa.source.dockerfile.stage.Lines;
import dev.johwa.source.dockerfile.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What COPY and ADD bring.
final class CopyAdvice {
    private static final Pattern ARCHIVE = Pattern.compile(
            "(?i)[^?#]*\\.(tar|tgz|tbz2?|txz|tzst|tar\\.[a-z0-9]+|zip|gz|bz2|xz|zst|7z|jar|war|deb|rpm)([?#].*)?",
            Pattern.DOTALL);

    private final Lines lines;

    CopyAdvice(Lines lines) {
        this.lines = lines;
    }

    List<Problem> of(Stage stage) {
        var problems = new ArrayList<Problem>();
        for (var instruction : stage.instructions()) {
            if (instruction instanceof Instruction.Copy copy) {
                copy.sources().forEach(source -> look(copy, source, problems));
            }
        }
        return problems;
    }

    private void look(Instruction.Copy copy, String raw, List<Problem> problems) {
        var source = RawNames.text(raw);
        if (copy.isAdd() && Copying.isRemote(source)) {
            boolean isArchive =
                    !Copying.isGit(source) && ARCHIVE.matcher(source).matches();
            if (isArchive && copy.flags().text("checksum").isEmpty()) {
                problems.add(Advice.warning(
                                "remote-archive",
                                "ADD fetches " + source + " unchecked"
                                        + (copy.flags().isOn("unpack") ? "" : ", and leaves the archive packed"))
                        .at(lines.of(copy, raw))
                        .hint("add --checksum=sha256:…, or fetch, check and unpack it in one RUN"));
            }
            return;
        }
        var cleaned = CleanPath.of(source);
        if (copy.from().isEmpty() && (cleaned.equals("..") || cleaned.startsWith("../"))) {
            problems.add(Advice.warning("outside", "'" + source + "' lies outside of what a build is given")
                    .at(lines.of(copy, raw))
                    .hint("builders look for '" + CleanPath.of("/" + source).substring(1)
                            + "' inside; move the Dockerfile or the context up"));
        }
    }
}
