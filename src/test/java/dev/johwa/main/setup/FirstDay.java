package dev.johwa.main.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Measured, not judged, by `bench/first-day`: from `johwa setup` on a clean Debian to an application with a database.
class FirstDay {
    private static final int ROUNDS = Integer.getInteger("rounds", 3);

    /// Says what its database answers.
    private static final String APP = """
            use IO::Socket::INET;
            my $in = IO::Socket::INET->new(LocalPort => $ENV{PORT}, Listen => 50, ReuseAddr => 1) or die $!;
            while (my $one = $in->accept) {
                while (<$one>) { last if /^\\r?$/ }
                my $said = qx{psql "$ENV{DATABASE_URL}" -Atc "select 'rows: ' || count(*) from pg_tables"};
                print $one "HTTP/1.0 200 OK\\r\\nContent-Length: ", length($said), "\\r\\n\\r\\n$said";
                close $one;
            }
            """;

    @TempDir
    Path scratch;

    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    @Test
    void fromSetupToAnApplicationWithADatabase() throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            try (var laptop = new Laptop(Files.createDirectory(scratch.resolve("laptop" + round)))) {
                round(laptop);
            }
        }
        seconds.forEach((step, all) -> {
            Collections.sort(all);
            System.out.printf(Locale.ROOT, "%-48s %6.2f s  %s%n", step, all.get(all.size() / 2), all);
        });
    }

    private void round(Laptop laptop) throws IOException, InterruptedException {
        var app = laptop.repository(
                "shop", "Procfile", "web: perl app.pl\n", "app.pl", APP, "johwa.yaml", "test: perl -c app.pl\n");
        try (var server = new CleanMachine(scratch, laptop.publicKey())) {
            server.installPostgres();
            long start = System.nanoTime();
            var setup = laptop.johwa(app, "setup", "root@" + server.address(), "--yes");
            assertThat(setup.status()).as("%s", setup).isZero();
            took("setup, the packages of Debian beside", start);

            long push = System.nanoTime();
            assertThat(laptop.git(app, "push", "johwa", "main")).contains("live      http");
            took("first push", push);

            long data = System.nanoTime();
            var added = laptop.johwa(app, "data", "add", "shop", "postgres");
            assertThat(added.status()).as("%s", added).isZero();
            took("data add shop postgres", data);
            assertThat(get(server)).startsWith("rows: ");
            took("all of it: from setup to an answer with data", start);

            long again = System.nanoTime();
            assertThat(laptop.johwa(app, "setup", "root@" + server.address(), "--yes")
                            .status())
                    .isZero();
            took("setup again, nothing to do", again);
        }
    }

    private static String get(CleanMachine server) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://" + server.address() + "/"))
                    .header("Host", "shop.localhost")
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private void took(String step, long since) {
        seconds.computeIfAbsent(step, key -> new ArrayList<>())
                .add(Math.round((System.nanoTime() - since) / 1e7) / 100.0);
    }
}
