package dev.johwa.source.config;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import dev.johwa.lib.yaml.Node;
import dev.johwa.source.compose.Forbidden;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What operators allow single projects: `allow: {shop: [host-path]}`.
final class Allowed {
    private static final String WORDS = "a list of " + String.join(", ", Forbidden.ALLOWABLE);

    private Allowed() {}

    /// @param problems take what is wrong with it
    static Map<String, Set<String>> in(Node.Mapping spec, String section, List<Problem> problems) {
        var allowed = new LinkedHashMap<String, Set<String>>();
        spec.entries().forEach((key, value) -> {
            if (!key.text().equals(section)) {
                return;
            }
            if (value instanceof Node.Mapping projects) {
                projects.entries().forEach((project, words) -> allowed.put(project.text(), words(words, problems)));
            } else {
                problems.add(wrong(
                        "'" + section + "' is " + value.kind(), value, "write a map of projects, each with " + WORDS));
            }
        });
        return allowed;
    }

    private static Set<String> words(Node node, List<Problem> problems) {
        var words = new HashSet<String>();
        if (!(node instanceof Node.Sequence list)) {
            problems.add(wrong("what is allowed is " + node.kind(), node, "write " + WORDS));
            return words;
        }
        for (var item : list.items()) {
            if (item instanceof Node.Scalar word && Forbidden.ALLOWABLE.contains(word.text())) {
                words.add(word.text());
            } else {
                var text = item instanceof Node.Scalar word ? "'" + word.text() + "'" : item.kind();
                var near = item instanceof Node.Scalar word
                        ? Near.question(word.text(), Forbidden.ALLOWABLE).map(each -> each + " ")
                        : java.util.Optional.<String>empty();
                problems.add(wrong(text + " is nothing that may be allowed", item, near.orElse("") + "write " + WORDS));
            }
        }
        return words;
    }

    private static Problem wrong(String what, Node node, String hint) {
        return Problem.user("config.wrong-type", what).at(node.place()).hint(hint);
    }
}
