package dev.johwa.watch.chaos;

import dev.johwa.lib.problem.Problem;
import dev.johwa.lib.text.Near;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the words of an action say whose program is `johwa`: played by Chaos Toolkit they are a command, and here they
/// are read and done without one.
sealed interface OwnWords {
    /// The program of such actions.
    String PROGRAM = "johwa";

    /// `johwa chaos fault KIND [NAME] --environment E …`
    record Begin(Optional<String> app, FaultOrder order) implements OwnWords {
        @Override
        public String environment() {
            return order.environment();
        }
    }

    /// `johwa chaos stop [NAME] --environment E`
    record Stop(Optional<String> app, String environment) implements OwnWords {}

    Optional<String> app();

    String environment();

    /// @throws dev.johwa.lib.problem.ProblemException when they say something else, or too little
    static OwnWords read(List<String> words) {
        var plain = new ArrayList<String>();
        var options = options(words, plain);
        boolean isOurs = plain.size() >= 2 && plain.getFirst().equals("chaos");
        var verb = isOurs ? plain.get(1) : "";
        int names = verb.equals("fault") ? 3 : 2;
        if (!verb.equals("fault") && !verb.equals("stop") || plain.size() < names || plain.size() > names + 1) {
            throw Problem.user("chaos.words", "an action of johwa cannot be '" + String.join(" ", words) + "'")
                    .hint(Near.question(verb, List.of("fault", "stop"))
                            .orElse("write chaos fault KIND --environment E …, or chaos stop --environment E"))
                    .exception();
        }
        var app = plain.size() > names ? Optional.of(plain.get(names)) : Optional.<String>empty();
        return verb.equals("stop")
                ? new Stop(app, options.getOrDefault("environment", ""))
                : new Begin(app, FaultOrder.of(plain.get(2), options));
    }

    private static Map<String, String> options(List<String> words, List<String> plain) {
        var options = new LinkedHashMap<String, String>();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i).equals("-e") ? "--environment" : words.get(i);
            int equal = word.indexOf('=');
            if (!word.startsWith("--")) {
                plain.add(word);
            } else if (word.equals("--production")) {
                options.put("production", "true");
            } else if (equal > 0) {
                options.put(word.substring(2, equal), word.substring(equal + 1));
            } else {
                options.put(word.substring(2), i + 1 < words.size() ? words.get(++i) : "");
            }
        }
        return options;
    }
}
