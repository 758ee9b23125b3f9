package dev.johwa.door.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Puts [#HERE] where the NAME of an app was left out, so that the words after it stay what they are: in a repository
/// with a remote, `johwa data add postgres` is about its app.
final class LeftOutName {
    /// The app of this folder's repository; may be typed as well.
    static final String HERE = ".";

    private LeftOutName() {}

    /// @param words of the whole command line
    /// @param folder from which `-C` leads on
    static List<String> put(CommandLine root, List<String> words, Path folder) {
        var line = root;
        var there = folder;
        var places = new ArrayList<Integer>();
        for (int i = 0; i < words.size() && !words.get(i).equals("--"); i++) {
            var word = words.get(i);
            var inner = places.isEmpty() ? line.getSubcommands().get(word) : null;
            if (word.startsWith("-") && word.length() > 1) {
                int values = Math.min(values(line, word), words.size() - i - 1);
                there = word.equals("-C") && values > 0 ? there.resolve(words.get(i + 1)) : there;
                i += values;
            } else if (inner != null) {
                line = inner;
            } else {
                places.add(i);
            }
        }
        if (places.isEmpty() || !isLeftOut(line, places.stream().map(words::get).toList(), there)) {
            return words;
        }
        var whole = new ArrayList<>(words);
        whole.add(places.getFirst(), HERE);
        return whole;
    }

    /// How many of the next words belong to an option.
    private static int values(CommandLine line, String option) {
        var known = line.getCommandSpec().findOption(option);
        return known == null ? 0 : known.arity().min();
    }

    private static boolean isLeftOut(CommandLine line, List<String> words, Path folder) {
        if (!(line.getCommand() instanceof AppVerb verb)) {
            return false;
        }
        var others = line.getCommandSpec().positionalParameters().stream()
                .filter(each -> each.index().min() > 0)
                .toList();
        int needed = others.stream().mapToInt(each -> each.arity().min()).sum();
        // Where no app could be meant, or it is named, another word is missing.
        return verb.leavesNameOut(words)
                || words.size() == 1 && isNumber(words.getFirst()) && areNumbers(others)
                || words.size() <= needed && meansAnother(words.getFirst(), folder);
    }

    private static boolean meansAnother(String word, Path folder) {
        var project = word.replaceFirst("/.*", "");
        return GitRemote.find(folder)
                .filter(remote -> !remote.project().equals(project))
                .isPresent();
    }

    private static boolean isNumber(String word) {
        return word.chars().allMatch(Character::isDigit);
    }

    private static boolean areNumbers(List<PositionalParamSpec> others) {
        return !others.isEmpty() && others.stream().allMatch(each -> each.type() == Integer.class);
    }
}
