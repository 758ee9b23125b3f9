package dev.johwa.serve.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.johwa.OtherPostgres;
import dev.johwa.serve.data.Upgrade.Step;
import dev.johwa.source.git.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Databases between servers of two major versions of PostgreSQL.
class UpgradesTest {
    private static final Progress QUIET = line -> {};

    @TempDir
    Path folder;

    private DataRig rig;
    private Data data;
    private AppDatabase database;

    @BeforeEach
    void start() {
        rig = new DataRig(folder);
        data = rig.data();
        database = data.add(DataRig.SHOP, Kind.POSTGRES, "DATABASE_URL", QUIET);
        ask("create table pets (id serial primary key, name text not null);"
                + " insert into pets (name) select 'pet ' || n from generate_series(1, 100) n;"
                + " create view names as select name from pets; create schema \"odd|name\";"
                + " create table \"odd|name\".\"a\nb\" as select 1 as one; create extension citext");
        OtherPostgres.giveTo(rig.servers());
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private String address() {
        return data.addresses(DataRig.SHOP).get("DATABASE_URL");
    }

    private String ask(String sql) {
        return DataRig.said("psql", address(), "-qtAc", sql);
    }

    private UpgradeUnderway begun() {
        var plan = data.upgrades().plan(database, Optional.empty());
        assertThat(plan.to()).isEqualTo("17");
        assertThat(plan.bytes()).isBetween(5_000_000L, 50_000_000L);
        return data.upgrades().begin(plan, QUIET);
    }

    private void upgrade() {
        try (var underway = begun()) {
            underway.rehearse();
            underway.move();
            underway.keep();
        }
    }

    /// A control plane that starts on what another one left.
    private void next() {
        data = rig.data();
        data.recover();
    }

    private List<Step> steps() {
        return data.upgrades().list().stream().map(Upgrade::step).toList();
    }

    @Test
    void aDatabaseGoesOverAloneWithAllThatIsInItAndTheOldOneIsKeptForAWhile() throws IOException {
        var before = address();
        var blog = new Owner("blog", "blog", "production");
        data.add(blog, Kind.POSTGRES, "DATABASE_URL", Optional.of("15"), QUIET);
        refusesVersionsThatAreNotThere(blog);
        ask("alter role current_user set search_path = \"odd|name\", public, pg_temp;" + " alter database \""
                + database.name() + "\" set datestyle to 'German, DMY'");
        upgrade();

        assertThat(ask("show server_version")).startsWith("17.");
        assertThat(ask("insert into pets (name) values ('new'); select count(*), max(id) from pets"))
                .isEqualTo("101|101");
        assertThat(ask("select count(*) from names")).isEqualTo("101");
        assertThat(ask("show search_path; show datestyle")).isEqualTo("\"odd|name\", public, pg_temp\nGerman, DMY");
        assertThat(data.dumps().list(database)).extracting(Dump::why).containsExactly("before-upgrade");
        // Whoever comes late is not let in to write where nobody reads.
        assertThat(DataRig.said("psql", before, "-c", "select 1")).contains("authentication failed");
        assertThat(steps()).containsExactly(Step.KEPT);
        refusesWaysBack();

        rig.down();
        OtherPostgres.takeFrom(rig.servers());
        next();
        assertThat(data.list(each -> each.owner().equals(DataRig.SHOP))
                        .getFirst()
                        .problem())
                .contains("the programs of postgres-17 are not on this machine");
        OtherPostgres.giveTo(rig.servers());
        next();
        assertThat(ask("select count(*) from pets")).isEqualTo("101");

        assertThat(data.upgrades().forget(database)).isTrue();
        assertThat(data.upgrades().forget(database)).isFalse();
        assertThat(DataRig.said("psql", data.addresses(blog).get("DATABASE_URL"), "-tAc", "select 1"))
                .isEqualTo("1");
        database = data.require(blog, "DATABASE_URL");
        upgrade();
        // Nobody else is there any more.
        data.remove(data.require(blog, "DATABASE_URL"));
        assertThat(rig.servers().resolve("postgres-15")).doesNotExist();
        assertThat(steps()).isEmpty();
        assertThat(ask("select count(*) from pets")).isEqualTo("101");
    }

    private void refusesVersionsThatAreNotThere(Owner blog) {
        assertThatThrownBy(() -> data.add(blog, Kind.POSTGRES, "OTHER_URL", Optional.of("12"), QUIET))
                .hasMessageContaining("no postgres 12 on this machine")
                .hasMessageContaining("there is postgres 17, 15; `apt-get install postgresql-12`");
        assertThatThrownBy(() -> data.add(DataRig.SHOP, Kind.POSTGRES, "DATABASE_URL", Optional.of("17"), QUIET))
                .hasMessageContaining("of version 15")
                .hasMessageContaining("johwa data upgrade shop DATABASE_URL --to 17");
        assertThatThrownBy(() -> data.upgrades().plan(database, Optional.of("15")))
                .hasMessageContaining("on postgres 15 already");
        assertThatThrownBy(() -> data.upgrades().plan(database, Optional.of("17.2")))
                .hasMessageContaining("no postgres 17.2");
    }

    private void refusesWaysBack() {
        var now = data.require(DataRig.SHOP, "DATABASE_URL");
        assertThat(data.upgrades().newer(now)).isEmpty();
        assertThatThrownBy(() -> data.upgrades().plan(now, Optional.of("15")))
                .hasMessageContaining("does not go back to 15");
        assertThatThrownBy(() -> data.upgrades().plan(now, Optional.empty()))
                .hasMessageContaining("is the newest on this machine");
    }

    @Test
    void whatIsCutOffOrDoesNotGoOverIsUndone() {
        var before = address();
        var _ = begun();
        next();
        assertUndone(before);

        begun().rehearse();
        next();
        assertUndone(before);

        var moving = begun();
        moving.rehearse();
        data.upgrades().list().forEach(each -> {
            var role = new Role(each.name(), "");
            var server = new Servers(rig.tools(), rig.servers()).of(each.from());
            rig.database().write(handle -> handle.execute("update data_upgrades set step = 'MOVING'"));
            server.engine().movable().close(server.site(), role);
        });
        assertThat(DataRig.said("psql", before, "-c", "select 1")).contains("authentication failed");
        next();
        assertUndone(before);

        var switched = begun();
        switched.rehearse();
        switched.move();
        assertThat(ask("show server_version")).startsWith("17.");
        next();
        // Whoever knows what lives decides.
        assertThat(steps()).containsExactly(Step.SWITCHED);
        data.upgrades().switched().forEach(data.upgrades()::undo);
        assertUndone(before);

        // Only the old server has such an extension.
        var socket = rig.servers().resolve("postgres-15/socket").toString();
        var port = before.replaceFirst(".*:(\\d+)/.*", "$1");
        DataRig.said(
                "psql",
                "-h",
                socket,
                "-p",
                port,
                "-U",
                "postgres",
                database.name(),
                "-c",
                "create extension old_snapshot");
        try (var underway = begun()) {
            assertThatThrownBy(underway::rehearse).hasMessageContaining("old_snapshot");
            assertThatThrownBy(() -> data.upgrades().plan(database, Optional.empty()))
                    .hasMessageContaining("at this moment");
        }
        assertUndone(before);
    }

    private void assertUndone(String before) {
        assertThat(steps()).isEmpty();
        assertThat(address()).isEqualTo(before);
        assertThat(ask("show server_version")).startsWith("15.");
        assertThat(ask("select count(*) from pets")).isEqualTo("100");
        assertThat(rig.servers().resolve("postgres-17")).doesNotExist();
    }
}
