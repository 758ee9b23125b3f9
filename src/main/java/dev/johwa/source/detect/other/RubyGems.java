package dev.johwa.source.detect.other;

import dev.johwa.source.detect.stack.Folder;
import java.util.regex.Pattern;

/// The packages of a Ruby project.
final class RubyGems {
    private RubyGems() {}

    /// Whether it asks for one itself, or what it asks for brings it.
    static boolean has(Folder folder, String gem) {
        var name = Pattern.quote(gem);
        return folder.says("Gemfile", Pattern.compile("(?m)^\\s*gem\\s+['\"]" + name + "['\"]"))
                || folder.says("Gemfile.lock", Pattern.compile("(?m)^    " + name + " \\("));
    }
}
