package dev.johwa.door.cli;

import dev.johwa.door.api.DataCalls;
import dev.johwa.door.api.DataList;
import dev.johwa.lib.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/// A verb about one database of an app, or about one folder.
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

    /// A variable, or a folder.
    @Override
    boolean leavesNameOut(List<String> words) {
        return words.getFirst().matches("[A-Z][A-Z0-9_]*|.*/");
    }

    DataCalls.Place database() {
        var app = app();
        var chosen = new DataCalls.Place(
                app,
                environment,
                variable == null
                        ? theOnlyOne(
                                there().stream()
                                        .filter(each -> !each.isFolder())
                                        .toList(),
                                "database")
                        : variable);
        if (chosen.isFolder()) {
            throw Problem.user("data.folder", chosen.name() + " is a folder, no database")
                    .hint("`johwa backup` keeps what is in folders; the databases: `johwa data " + app + "`")
                    .exception();
        }
        return chosen;
    }

    /// Also a folder, whose name ends in `/` whether that was typed or not.
    DataCalls.Place place() {
        var there = there();
        var chosen = variable == null ? theOnlyOne(there, "database and no folder") : variable;
        boolean isFolder = there.stream().map(DataList.Item::variable).anyMatch((chosen + "/")::equals);
        return new DataCalls.Place(app(), environment, isFolder ? chosen + "/" : chosen);
    }

    private List<DataList.Item> there() {
        return client().data()
                .list(Optional.of(app()), Optional.of(environment))
                .data();
    }

    private String theOnlyOne(List<DataList.Item> there, String what) {
        if (there.isEmpty()) {
            throw Problem.user("data.unknown", app() + " (" + environment + ") has no " + what)
                    .hint("`johwa data add " + app() + " postgres` makes one")
                    .exception();
        }
        if (there.size() > 1) {
            throw Problem.user("usage.data", app() + " (" + environment + ") has several")
                    .hint("name one of "
                            + there.stream().map(DataList.Item::variable).collect(Collectors.joining(", ")))
                    .exception();
        }
        return there.getFirst().variable();
    }
}
