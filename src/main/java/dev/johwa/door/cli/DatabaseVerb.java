package dev.johwa.door.cli;

import dev.johwa.door.api.Client;
import dev.johwa.door.api.DataList;
import dev.johwa.lib.problem.Problem;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/// A verb about one database of an app.
abstract class DatabaseVerb extends AppVerb {
    @Nullable
    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VARIABLE",
            description = "Which one, as `johwa data` lists it; needed where the app has several.")
    String variable;

    DatabaseVerb(Session session) {
        super(session);
    }

    Client.Place database() {
        var app = app();
        return new Client.Place(app, environment, variable == null ? theOnlyOne() : variable);
    }

    private String theOnlyOne() {
        var all = client().data(Optional.of(app()), Optional.of(environment)).data();
        if (all.size() != 1) {
            var there = all.stream().map(DataList.Item::variable).collect(Collectors.joining(", "));
            throw Problem.user(
                            all.isEmpty() ? "data.unknown" : "usage.data",
                            app() + " (" + environment + ") has "
                                    + (all.isEmpty() ? "no database" : "several databases"))
                    .hint(all.isEmpty() ? "`johwa data add " + app() + " postgres` makes one" : "name one of " + there)
                    .exception();
        }
        return all.getFirst().variable();
    }
}
