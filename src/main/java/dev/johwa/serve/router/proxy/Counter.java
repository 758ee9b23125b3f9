package dev.johwa.serve.router.proxy;

import dev.johwa.serve.router.EdgeReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts of one release; the same object in every table. Of an app without a name nobody is told, and only what is in
/// flight is counted.
///
/// Each lane counts in a share of its own, without locks; [#counts] adds them up from any thread, and may miss what is
/// being counted at that moment.
public final class Counter {
    private static final long[] BOUNDS = EdgeReport.BOUNDS.stream()
            .mapToLong(seconds -> (long) (seconds * 1e9))
            .toArray();

    private final String app;
    private final String environment;
    private final int release;
    private final Share[] shares;

    Counter(String app, String environment, int release, int lanes) {
        this.app = app;
        this.environment = environment;
        this.release = release;
        this.shares = new Share[lanes];
        Arrays.setAll(shares, lane -> new Share(isTold()));
    }

    /// Whether somebody is told what is counted.
    boolean isTold() {
        return !app.isEmpty();
    }

    Share share(int lane) {
        return shares[lane];
    }

    long lastRequestAt() {
        return Arrays.stream(shares)
                .mapToLong(share -> share.lastRequestAt)
                .max()
                .orElse(0);
    }

    boolean isIdle() {
        return Arrays.stream(shares).mapToLong(share -> share.inFlight).sum() == 0;
    }

    String name() {
        return app.isEmpty() ? "-" : app + (environment.equals("production") ? "" : "@" + environment) + "#" + release;
    }

    /// What one lane counted. Written by its event loop only.
    static final class Share {
        private final boolean isTold;
        private final long[][] statuses = new long[6][];
        private final long[] buckets = new long[BOUNDS.length + 1];
        private long nanos;
        private long bytesIn;
        private long bytesOut;
        private long inFlight;
        private long lastRequestAt;
        private long turns;
        private long counted;

        Share(boolean isTold) {
            this.isTold = isTold;
        }

        /// Numbers requests of which it gets some, from 0 on.
        long turn() {
            return turns++;
        }

        /// An answer told of one of what the app counts.
        void count() {
            counted++;
        }

        void begin(long millis) {
            inFlight++;
            lastRequestAt = millis;
        }

        /// The request turned out to be another release's.
        void leave() {
            inFlight--;
        }

        void end(int status, long took, long in, long out) {
            inFlight--;
            if (!isTold) {
                return;
            }
            nanos += took;
            bytesIn += in;
            bytesOut += out;
            int code = Math.clamp(status, 0, 599);
            var hundred = statuses[code / 100];
            if (hundred == null) {
                hundred = new long[100];
                statuses[code / 100] = hundred;
            }
            hundred[code % 100]++;
            int bucket = 0;
            while (bucket < BOUNDS.length && took > BOUNDS[bucket]) {
                bucket++;
            }
            buckets[bucket]++;
        }

        private void addStatuses(Map<Integer, Long> sum) {
            for (int i = 0; i < statuses.length; i++) {
                var hundred = statuses[i];
                for (int j = 0; hundred != null && j < hundred.length; j++) {
                    if (hundred[j] > 0) {
                        sum.merge(i * 100 + j, hundred[j], Long::sum);
                    }
                }
            }
        }
    }

    EdgeReport.Counts counts() {
        var byStatus = new TreeMap<Integer, Long>();
        var byDuration = new long[BOUNDS.length + 1];
        long nanos = 0;
        long bytesIn = 0;
        long bytesOut = 0;
        long inFlight = 0;
        long counted = 0;
        for (var share : shares) {
            share.addStatuses(byStatus);
            Arrays.setAll(byDuration, i -> byDuration[i] + share.buckets[i]);
            nanos += share.nanos;
            bytesIn += share.bytesIn;
            bytesOut += share.bytesOut;
            inFlight += share.inFlight;
            counted += share.counted;
        }
        List<Long> buckets = new ArrayList<>();
        Arrays.stream(byDuration).forEach(buckets::add);
        long requests = byStatus.values().stream().mapToLong(Long::longValue).sum();
        return new EdgeReport.Counts(
                app,
                environment,
                release,
                requests,
                byStatus,
                buckets,
                nanos / 1e9,
                bytesIn,
                bytesOut,
                inFlight,
                lastRequestAt(),
                counted);
    }
}
