package dev.johwa.source.detect.other;

import dev.johwa.source.detect.Detection;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.Toolchains.Tool;
import dev.johwa.source.detect.stack.Asks;
import dev.johwa.source.detect.stack.Draft;
import dev.johwa.source.detect.stack.Folder;
import java.util.Optional;

/// A program without which a stack cannot be built or started, and how people get it.
///
/// @param program as it is called
/// @param hint what to do where it is missing
record Needed(String program, String hint) {
    /// From Debian's package of that name.
    static Needed packaged(String program, String debian) {
        return new Needed(program, "install it on the server: apt-get install " + debian);
    }

    /// Puts it on the PATH of the draft; where it is not on this machine, says so.
    Optional<Tool> on(Toolchains toolchains, Draft draft) {
        var here = toolchains.find(program).stream().findFirst();
        here.ifPresentOrElse(draft::use, () -> missing(draft));
        return here;
    }

    /// The same for the language itself, in the version that the folder asks for.
    Optional<Tool> languageOn(Toolchains toolchains, Folder folder, Draft draft) {
        var here = toolchains.find(program);
        if (here.isEmpty()) {
            missing(draft);
            return Optional.empty();
        }
        return draft.runtime(here, Asks.of(program, folder));
    }

    private void missing(Draft draft) {
        draft.warn(
                Detection.NO_RUNTIME,
                "there is no " + program + " on this machine, and " + draft.language + " needs it",
                hint);
    }
}
