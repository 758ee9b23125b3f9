package dev.johwa.watch.notice;

import dev.johwa.serve.release.AppEnvironment;
import dev.johwa.watch.notice.Sign.App;
import dev.johwa.watch.notice.Sign.Detail;
import dev.johwa.watch.notice.Sign.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;

/// A sign of an app with what its reader would look up next: which release serves, what it brought and from whom, what
/// it said, and how the app did.
final class Closer {
    private final Evidence evidence;
    private final Predicate<String> isOpen;

    /// @param isOpen whether a condition lasts already: of what only goes on nobody reads all that again
    Closer(Evidence evidence, Predicate<String> isOpen) {
        this.evidence = evidence;
        this.isOpen = isOpen;
    }

    List<Sign> of(List<Sign> signs) {
        return signs.stream().map(this::of).toList();
    }

    private Sign of(Sign sign) {
        return sign.words()
                .app()
                .filter(_ -> !isOpen.test(sign.key()))
                .map(app -> sign.saying(of(sign.words(), app, OptionalInt.empty())))
                .orElse(sign);
    }

    /// @param release whose doing it is; empty: the one that serves
    Words of(Words words, App app, OptionalInt release) {
        var details = new ArrayList<Detail>();
        var more = words.of(app);
        var found = evidence.release(app, release);
        if (found.isPresent()) {
            var known = found.get();
            var where = AppEnvironment.of(app.name(), app.environment());
            var project = where.project();
            details.add(new Detail("Release", String.valueOf(known.number())));
            details.add(new Detail("Commit", evidence.commit(project, known.commit())));
            more = more.changes(evidence.hide(project, evidence.changes(project, where.environment(), known.commit())))
                    .said(evidence.said(project, where.app(), where.environment(), known.number()));
        }
        var named = details.stream().map(Detail::name).toList();
        words.details().stream().filter(each -> !named.contains(each.name())).forEach(details::add);
        details.addAll(evidence.figures(app));
        return more.details(details.toArray(Detail[]::new));
    }
}
