package dev.johwa.source.detect.site;

import dev.johwa.source.detect.Detection.Publish;
import dev.johwa.source.detect.Detection.Service;
import dev.johwa.source.detect.Toolchains;
import dev.johwa.source.detect.stack.Asks;
import dev.johwa.source.detect.stack.Draft;
import java.util.Optional;
import java.util.regex.Pattern;

/// What programs that make sites have in common.
final class SiteTool {
    private SiteTool() {}

    /// With the program that is here, or a warning that there is none.
    static Draft draft(String tool, String language, Toolchains toolchains) {
        var draft = new Draft(tool, language);
        draft.runtime(toolchains.find(tool), Asks.none(tool));
        return draft;
    }

    static Draft serves(String folder, Draft draft) {
        draft.service = Service.STATIC;
        draft.publish = Optional.of(new Publish(folder.replaceAll("^(\\./|/)+|/+$", ""), false));
        return draft;
    }

    /// What a setting of a configuration says.
    static Optional<String> named(Pattern setting, String text) {
        var found = setting.matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
