package dev.johwa.watch.log;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Which lines of an app are wanted.
///
/// @param limit the newest so many
/// @param since nothing before
/// @param until nothing after
/// @param from only of this process (`worker`), or of this instance
/// @param terms what must hold of each
/// @param after only lines of a larger sequence
public record LogSearch(
        String app,
        String environment,
        int limit,
        OptionalInt release,
        Optional<Instant> since,
        Optional<Instant> until,
        Optional<String> from,
        List<Term> terms,
        long after) {
    private static final String RUN = "run";

    public LogSearch {
        terms = List.copyOf(terms);
    }

    /// The newest lines of an app.
    public static LogSearch last(String app, String environment, int limit) {
        return new LogSearch(
                app,
                environment,
                limit,
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                0);
    }

    /// Which kinds are looked through: those that `kind:` names; what apps say where it names none, and what runs say
    /// where one is named.
    public Set<LogKind> kinds() {
        return kinds(terms);
    }

    /// The same of terms.
    public static Set<LogKind> kinds(List<Term> terms) {
        var named = EnumSet.noneOf(LogKind.class);
        boolean isOfRun = false;
        for (var term : terms) {
            if (term instanceof Term.Field(var name, var value)) {
                isOfRun |= name.equals(RUN);
                (name.equals(Term.Field.KIND) ? LogKind.of(value) : Optional.<LogKind>empty()).ifPresent(named::add);
            }
        }
        return named.isEmpty() ? isOfRun ? EnumSet.of(LogKind.APP, LogKind.BUILD) : EnumSet.of(LogKind.APP) : named;
    }

    /// The same of lines that came later.
    public LogSearch after(long sequence, int most) {
        return new LogSearch(app, environment, most, release, since, until, from, terms, sequence);
    }

    /// The same of lines of this time.
    public LogSearch between(Instant begin, Instant end) {
        return new LogSearch(
                app, environment, limit, release, Optional.of(begin), Optional.of(end), from, terms, after);
    }

    /// The same without conditions on what lines say, but for those that say where to look.
    public LogSearch ofAnything(int most) {
        var places = terms.stream().filter(LogSearch::isOfPlace).toList();
        return new LogSearch(app, environment, most, release, since, until, from, places, after);
    }

    private static boolean isOfPlace(Term term) {
        return term instanceof Term.Field(var name, var _) && (name.equals(Term.Field.KIND) || name.equals(RUN));
    }

    /// The same with one more condition.
    public LogSearch with(Term term) {
        var more = new ArrayList<>(terms);
        more.add(term);
        return new LogSearch(app, environment, limit, release, since, until, from, more, after);
    }
}
