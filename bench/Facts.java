import dev.johwa.lib.clock.SystemClock;
import dev.johwa.lib.db.Database;
import dev.johwa.lib.event.Fact;
import dev.johwa.lib.event.FactLog;
import dev.johwa.source.git.Pushed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Facts stored durably a second, in interleaved rounds in one run: our log with some appenders, and the same rows
/// each in a transaction of its own (WAL, synchronous=FULL, one thread and one prepared statement), which is what an
/// application without group commit gets at best.
final class Facts {
    private static final int ROUNDS = 5;
    private static final long ROUND_MILLIS = 2000;

    public static void main(String[] arguments) throws Exception {
        int appenders = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 64;
        var folder = Files.createTempDirectory(Path.of(arguments.length > 1 ? arguments[1] : "."), ".bench-facts");
        try {
            var ours = new double[ROUNDS];
            var plain = new double[ROUNDS];
            try (var database = Database.open(folder.resolve("ours.db"), List.of("db/migration"));
                    var log = new FactLog(database, new SystemClock(), List.of(Pushed.class))) {
                round(log, appenders);
                for (int i = 0; i < ROUNDS; i++) {
                    ours[i] = round(log, appenders);
                    plain[i] = plain(folder.resolve("plain.db"));
                }
                check(database, log);
            }
            System.out.printf("facts a second, durable, median of %d rounds of %d ms%n", ROUNDS, ROUND_MILLIS);
            System.out.printf("  johwa, %d appenders           %8.0f  (%s)%n", appenders, median(ours), text(ours));
            System.out.printf("  one transaction for each fact  %8.0f  (%s)%n", median(plain), text(plain));
            System.out.printf("  ratio %.1f%n", median(ours) / median(plain));
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static Fact fact(long i) {
        return new Pushed("shop", "refs/heads/main", "0".repeat(40), String.format("%040x", i), "ann", false);
    }

    private static final AtomicLong APPENDED = new AtomicLong();

    private static double round(FactLog log, int appenders) throws InterruptedException {
        long before = APPENDED.get();
        long start = System.nanoTime();
        long end = start + ROUND_MILLIS * 1_000_000;
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < appenders; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                while (System.nanoTime() < end) {
                    log.append(fact(APPENDED.incrementAndGet()));
                }
            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        return (APPENDED.get() - before) * 1e9 / (System.nanoTime() - start);
    }

    private static void check(Database database, FactLog log) {
        long stored = log.all(Pushed.class).size();
        if (stored != APPENDED.get()) {
            throw new IllegalStateException("stored " + stored + " of " + APPENDED);
        }
    }

    private static double plain(Path file) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma synchronous = full");
            statement.execute("create table if not exists facts (position integer primary key, at bigint not null,"
                    + " type text not null, subject text not null, body text not null)");
            statement.execute("create index if not exists facts_type on facts (type, position)");
            var insert = connection.prepareStatement(
                    "insert into facts (at, type, subject, body) values (?, 'Pushed', 'shop', ?)");
            long start = System.nanoTime();
            long count = 0;
            while (System.nanoTime() < start + ROUND_MILLIS * 1_000_000) {
                insert.setLong(1, count);
                insert.setString(2, dev.johwa.lib.json.Json.write(fact(count)));
                insert.execute();
                count++;
            }
            return count * 1e9 / (System.nanoTime() - start);
        }
    }

    private static double median(double[] values) {
        var sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static String text(double[] values) {
        return String.join(
                " ",
                Arrays.stream(values).mapToObj(v -> String.format("%.0f", v)).toList());
    }
}
