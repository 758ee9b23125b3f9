package dev.johwa.door.web;

import dev.johwa.lib.problem.ProblemException;
import dev.johwa.watch.log.Term;
import dev.johwa.watch.log.Terms;
import java.util.List;
import java.util.Optional;

/// What somebody looks for on a page with lines of logs.
///
/// @param text as it was typed; empty for all lines
/// @param mistake why it cannot be read; then lines that contain it as it is are meant
record Sought(String text, List<Term> terms, Optional<String> mistake) {
    static Sought of(Call call) {
        return call.query("find").map(Sought::of).orElse(new Sought("", List.of(), Optional.empty()));
    }

    private static Sought of(String text) {
        try {
            return new Sought(text, Terms.parse(text), Optional.empty());
        } catch (ProblemException e) {
            return new Sought(
                    text, List.of(new Term.Word(text)), Optional.of(e.problem().message()));
        }
    }
}
