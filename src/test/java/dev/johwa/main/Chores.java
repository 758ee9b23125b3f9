package dev.johwa.main;

import static dev.johwa.Wait.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.johwa.door.api.AppName;
import dev.johwa.door.api.DataCalls;
import dev.johwa.door.api.DataList;
import dev.johwa.door.api.JobCalls;
import dev.johwa.door.api.JobList;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What an app has beside its releases, whatever ends meanwhile: a database that it gets and loses, runs of a job.
final class Chores {
    private static final String PRODUCTION = "production";
    private static final String POSTGRES = "postgres";
    /// Of the database that comes and goes, and of the one that stays.
    private static final String COMING = "COMING_URL";

    private static final String STAYING = "STAYING_URL";
    private static final String FILE = """
            data: [kept/]
            schedule:
              note: {cron: "0 3 1 1 *", run: [sh, -c, "echo noted >>kept/notes; sleep 0.1"]}
            """;

    private final UpProcess up;
    private final Kills kills;
    private final String name;
    private final AppName app;
    private final JobCalls.Place job;

    Chores(UpProcess up, Kills kills) throws IOException {
        this.up = up;
        this.kills = kills;
        this.name = "chores" + Long.toString(ProcessHandle.current().pid(), 36);
        this.app = new AppName(name, name);
        this.job = new JobCalls.Place(app, PRODUCTION, "note");
        var repository = up.repository(
                name,
                Stream.concat(Stream.of(Apps.PYTHON), Stream.of("johwa.yaml", FILE))
                        .toArray(String[]::new));
        assertThat(up.push(repository, "main")).contains("live");
    }

    String name() {
        return name;
    }

    /// It is there and the app knows it, or it is not there and comes when it is asked for again.
    ///
    /// @return whether the control plane ended before that act
    boolean getsADatabase(int act) throws IOException {
        boolean cut = kills.inTheMiddleOf(() -> add(COMING), act);
        if (databases(COMING).isEmpty()) {
            assertThat(up.ask(name, "/env/" + COMING)).isEqualTo("200 ");
        } else {
            eventually(() ->
                    databases(COMING).stream().allMatch(each -> each.health().equals("healthy")));
            eventually(() -> up.ask(name, "/env/" + COMING).startsWith("200 postgresql://"));
        }
        add(COMING);
        assertThat(up.ask(name, "/env/" + COMING)).startsWith("200 postgresql://");
        up.client().data().remove(new DataCalls.Place(app, PRODUCTION, COMING), event -> {});
        assertThat(databases(COMING)).isEmpty();
        assertThat(up.ask(name, "/env/" + COMING)).isEqualTo("200 ");
        return cut;
    }

    private void add(String variable) {
        var order = new DataList.Order(POSTGRES, Optional.of(variable), Optional.empty());
        up.client().data().add(app, PRODUCTION, order, event -> {});
    }

    private List<DataList.Item> databases(String variable) {
        return up.client().data().list(Optional.of(app), Optional.of(PRODUCTION)).data().stream()
                .filter(each -> each.variable().equals(variable))
                .toList();
    }

    /// Each run that was written down comes to its end, and did its work.
    ///
    /// @return whether the control plane ended before that act
    boolean runsItsJob(int act) throws IOException {
        boolean cut = kills.inTheMiddleOf(
                () -> up.client().jobs().follow(up.client().jobs().start(job), event -> {}), act);
        eventually(() -> runs().stream().allMatch(run -> run.ended().isPresent()));
        assertThat(runs()).extracting(JobList.Run::state).allMatch("done"::equals);
        // Once each; a start of which nobody could be told is begun again.
        assertThat(notes()).isBetween(runs().size(), runs().size() + kills.ofControlPlane());
        return cut;
    }

    private List<JobList.Run> runs() {
        return up.client().jobs().runs(job).runs();
    }

    private int notes() throws IOException {
        var file = up.data().resolve("apps/" + name + "/data/" + PRODUCTION + "/kept/notes");
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    /// What was committed outlives the end of all processes, those of the database too.
    void keepsItsRows(int number) throws IOException {
        if (databases(STAYING).isEmpty()) {
            add(STAYING);
        }
        assertThat(sql("create table if not exists rows (n int); insert into rows values (" + number + ");"
                        + " select count(*) from rows where n = " + number))
                .isEqualTo("1");
        kills.everything();
        eventually(() -> sql("select count(*) from rows where n = " + number).equals("1"));
        eventually(() -> up.ask(name, "/env/" + STAYING).startsWith("200 postgres"));
    }

    /// What the last of these statements answers, or why there is none.
    private String sql(String statements) {
        var address = up.client()
                .data()
                .address(new DataCalls.Place(app, PRODUCTION, STAYING))
                .address();
        var parts = URI.create(address);
        var user = parts.getUserInfo().split(":", 2);
        var place = "jdbc:postgresql://" + parts.getHost() + ":" + parts.getPort() + parts.getPath();
        try (var database = DriverManager.getConnection(place, user[0], user[1]);
                var statement = database.createStatement()) {
            boolean hasRows = statement.execute(statements);
            while (!hasRows && statement.getUpdateCount() >= 0) {
                hasRows = statement.getMoreResults();
            }
            try (var rows = statement.getResultSet()) {
                return rows != null && rows.next() ? rows.getString(1) : "";
            }
        } catch (SQLException e) {
            return e.toString();
        }
    }

    /// All that it had goes with it.
    void end() {
        up.client().deleteApp(app, true, event -> {});
        eventually(() -> !Files.exists(up.data().resolve("apps/" + name)));
    }

    /// Folder of backups beside the data.
    static Path backups(UpProcess up) {
        return up.data().resolveSibling("kept");
    }
}
